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
        others = [x for text, _ in made.NOISE[:40] for x in ("--prefix", text)]
        lines = self.signals("--step", "60", *others).splitlines()
        self.assertEqual(len(lines), 40)
        missing = 0
        for line in lines:
            signal = json.loads(line)
            first = seconds(signal["from"])
            for begin, end in (made.RESET, made.FEEDER_LOSS):
                around = [v for n, v in enumerate(signal["values"]) if begin <= first + n * 60 <= end + 120]
                self.assertGreater(len(around), 5)
                self.assertNotIn(None, around)
                # A network may come and go by itself, with all peers. That one of six is gone, minute
                # after minute, would be the session's or the feeder's loss.
                self.assertLess(sum(0.8 < v < 1 for v in around), 3, (signal["scope"], around))
                missing += sum(v < 1 for v in around)
        self.assertLess(missing, 100)


if __name__ == "__main__":
    unittest.main()
