#!/usr/bin/env python3
"""From BGP dumps generated to Dyn's published times to outages: north_korea.py FAULTLINE SOURCE_DIR.
Generated, not measured: tests/support/mrt_north_korea.py says what is Dyn's in it."""
import datetime, json, os, pathlib, shutil, subprocess, sys, tempfile, unittest

FAULTLINE, SOURCE = os.path.abspath(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1)).resolve()
sys.path.insert(0, str(SOURCE / "tests/support"))
import mrt_north_korea as made


def run(*command, given=None):
    done = subprocess.run([str(c) for c in command], input=given, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class NorthKorea(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        run(sys.executable, SOURCE / "tests/support/mrt_north_korea.py", cls.folder)
        cls.files = [cls.folder / "rib.20141222.0000.gz", cls.folder / "updates.20141222.gz"]

    def signals(self, *options):
        return run(FAULTLINE, "visibility", "--collector", "generated", *options, *self.files)

    def outages(self, lines, kind):
        chosen = b"".join(l + b"\n" for l in lines.splitlines() if json.loads(l)["kind"] == kind)
        self.assertTrue(chosen)
        found = run(FAULTLINE, "detect", "-", given=chosen)
        return [json.loads(l) for l in found.splitlines()]

    def check(self, outages):
        self.assertEqual(len(outages), 3, outages)
        for outage, (begin, end) in zip(sorted(outages, key=lambda o: o["start"]), made.OUTAGES):
            self.assertLessEqual(abs(seconds(outage["start"]) - begin), 60, outage)
            self.assertLessEqual(abs(seconds(outage["end"]) - end), 60, outage)
            self.assertAlmostEqual(outage["depth"], 1.0)
            self.assertFalse(outage["open"])

    def test_one_outage_and_two_relapses_to_the_minute(self):
        lines = self.signals("--as", "AS131279", "--step", "30")
        for kind in ("bgp-peer-share", "bgp-visible-slash24s"):
            with self.subTest(kind):
                outages = self.outages(lines, kind)
                self.check(outages)
                self.assertEqual({o["scope"]["asn"] for o in outages}, {131279})

    def test_each_of_the_four_networks(self):
        lines = self.signals("--step", "30", *[x for n in made.NORTH_KOREA for x in ("--prefix", n)])
        self.assertEqual(len(lines.splitlines()), 4)
        for line in lines.splitlines():
            outages = self.outages(line, "bgp-peer-share")
            self.check(outages)
            self.assertEqual({o["scope"]["prefix"] for o in outages}, {json.loads(line)["scope"]["prefix"]})

    def test_the_country_by_the_registry(self):
        lines = self.signals("--country", "KP", "--delegated", self.folder / "delegated-kp", "--step", "60")
        self.assertEqual({json.loads(l)["scope"]["country"] for l in lines.splitlines()}, {"KP"})
        self.check(self.outages(lines, "bgp-visible-slash24s"))

    def test_a_lost_session_and_a_lost_feeder_are_no_outages_of_others(self):
        lines = self.signals("--as", "131279", "--as", "4837", "--as", str(made.NOISE[0][1]), "--prefix", made.NOISE[1][0])
        for line in lines.splitlines():
            signal = json.loads(line)
            if signal["scope"].get("asn") in (131279, 4837) or signal["kind"] != "bgp-peer-share":
                continue
            first, step = seconds(signal["from"]), signal["step"]
            for begin, end in (made.RESET, made.FEEDER_LOSS):
                around = [v for n, v in enumerate(signal["values"]) if begin - 600 <= first + n * step <= end + 900]
                self.assertGreater(len(around), 4)
                # The networks come and go by themselves; that one peer of six is gone would be 0.83.
                self.assertEqual(min(v for v in around if v is not None), 1.0, (signal["scope"], around))


if __name__ == "__main__":
    unittest.main()
