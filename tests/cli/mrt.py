#!/usr/bin/env python3
"""Holds `faultline mrt` against Debian's bgpdump: mrt.py FAULTLINE SOURCE_DIR. Exit code 77 (skipped)
without bgpdump.

Byte for byte: the generated forms (tests/support/mrt_forms.py), each also packed and through standard
input; every file of ../shared/data/outages/mrt; and the recorded outputs beside those. What differs
on purpose is named here, and in feeds/outages/mrt/README.md."""
import bz2, gzip, os, pathlib, shutil, subprocess, sys, tempfile, unittest

FAULTLINE, SOURCE = os.path.abspath(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1)).resolve()
sys.path.insert(0, str(SOURCE / "tests/support"))
import mrt, mrt_forms

SHARED = pathlib.Path(os.environ.get("FAULTLINE_SHARED_DATA", SOURCE / "../shared/data")) / "outages/mrt"
# bgpdump stops at the first record of this one, whose length is 4 short; we read 452,018 routes.
STOPS = {"rrc00_2000.01_bview.20000111.0032.gz": 452018}


def run(*command, given=None):
    return subprocess.run([str(c) for c in command], input=given, capture_output=True, timeout=300)


def ours(path, *options):
    return run(FAULTLINE, "mrt", *options, path)


# As Debian's version prints: with the bits behind a network's length.
def as_debian(path):
    return ours(path, "--host-bits")


def theirs(path):
    return run("bgpdump", "-m", path).stdout


class Generated(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def test_every_form_is_printed_as_bgpdump_prints_it(self):
        for name, make in mrt_forms.FORMS.items():
            with self.subTest(name):
                path = self.file(f"{name}.mrt", b"".join(make()))
                expected = theirs(path)
                self.assertTrue(expected, "bgpdump printed nothing")
                self.assertEqual(as_debian(path).stdout, expected)

    def test_packed_and_streamed_it_is_the_same(self):
        data = b"".join(mrt_forms.mixed())
        expected = ours(self.file("plain", data)).stdout
        half = len(data) // 2
        self.assertGreater(expected.count(b"\n"), 5000)
        for name, packed in (("gz", gzip.compress(data)), ("bz2", bz2.compress(data)), ("two-members", gzip.compress(data[:half]) + gzip.compress(data[half:])),
                             ("two-streams", bz2.compress(data[:half]) + bz2.compress(data[half:])),
                             ("zst", run("zstd", "-c", "-q", given=data).stdout if shutil.which("zstd") else None)):
            if packed is None:
                continue
            with self.subTest(name):
                self.assertEqual(ours(self.file(name, packed)).stdout, expected)
                self.assertEqual(run(FAULTLINE, "mrt", "-", given=packed).stdout, expected)

    def test_a_packed_file_that_was_cut_off_fails_but_gives_what_was_there(self):
        packed = gzip.compress(b"".join(mrt_forms.mixed()))
        done = ours(self.file("cut.gz", packed[: len(packed) // 2]))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"cut off", done.stderr)
        self.assertGreater(done.stdout.count(b"\n"), 1000)

    def test_more_networks_than_bgpdump_keeps_of_one_message(self):
        body = mrt.update(["0.0.0.0/0"] * 9000)
        path = self.file("many.mrt", mrt.bgp4mp(1, "192.0.2.1", 64500, body))
        self.assertEqual(theirs(path).count(b"\n"), 8192)
        self.assertEqual(ours(path).stdout.count(b"\n"), 9000)

    def test_nothing_is_a_crash_or_a_hang(self):
        for name, data in (("empty", b""), ("text", b"no MRT at all\n" * 500), ("zeros", bytes(5000)), ("ones", b"\xff" * 5000)):
            with self.subTest(name):
                done = ours(self.file(name, data))
                self.assertIn(done.returncode, (0, 1))
                self.assertEqual(done.stdout, b"")


@unittest.skipUnless(SHARED.is_dir(), "needs ../shared/data/outages/mrt")
class Real(unittest.TestCase):
    def test_real_files_are_printed_as_bgpdump_prints_them(self):
        files = [p for p in sorted(SHARED.rglob("*")) if p.is_file() and "expect" not in p.parts and p.suffix not in (".md", ".csv")]
        self.assertGreater(len(files), 10)
        for path in files:
            with self.subTest(path.name):
                mine, other = as_debian(path), theirs(path)
                if path.name in STOPS:
                    self.assertEqual(mine.stdout[: len(other)], other)
                    self.assertEqual(mine.stdout.count(b"\n"), STOPS[path.name])
                else:
                    self.assertEqual(mine.stdout, other)
                self.assertEqual(mine.returncode, 0)

    def test_recorded_outputs(self):
        for path in sorted((SHARED / "bgpdump/expect").glob("*.bgp.gz")):
            source = path.name.removesuffix(".bgp.gz")
            with self.subTest(source):
                self.assertEqual(ours(SHARED / "bgpdump" / source).stdout, gzip.open(path).read())


if __name__ == "__main__":
    if not shutil.which("bgpdump"):
        print("needs bgpdump (apt-get install bgpdump); skipped")
        sys.exit(77)
    unittest.main()
