#!/usr/bin/env python3
"""A disk that becomes read-only: readonly.py FAULTLINE SOURCE_DIR

Two real file systems, so it needs root and a kernel that lets it mount. One is remounted read-only between two commands: each that needs the
database says so in one sentence and changes nothing. The other is an ext4 that its kernel itself makes read-only, as it does after an error of
the disk, while files are being ingested: whoever was writing says so or was done. Written to again, `check` finds nothing wrong, and the same
commands end as where nothing happened."""
import os, pathlib, re, subprocess, sys, tempfile, time

FAULTLINE, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
SAMPLE = sorted(str(one) for one in (SOURCE / "app/sample").iterdir() if one.name != "README.md")
ENV = {**os.environ, "FAULTLINE_NOW": "2015-02-01T00:00:00Z", "USER": "ed"}
SENTENCE = re.compile(r"faultline: The database \S+ is on a disk that is mounted read-only; mount it for writing, and run this again\.\n")

def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)

def mount(*words):
    return subprocess.run(["mount", *words], capture_output=True, text=True)

def run(db, *words):
    return subprocess.run([FAULTLINE, "--db", f"sqlite:{db}", *words], env=ENV, capture_output=True, text=True, timeout=120)

def done(db, *words):
    ran = run(db, *words)
    assert ran.returncode == 0, (words, ran.stderr)
    return ran.stdout

def contents(db):
    return subprocess.run(["sqlite3", db, ".dump"], capture_output=True, text=True, check=True).stdout

def undisturbed(folder):
    db = folder / "undisturbed.db"
    done(db, "ingest", *SAMPLE)
    done(db, "correlate")
    return contents(db)

def remounted(place, expected):
    """Between two commands."""
    db = place / "t.db"
    done(db, "ingest", *SAMPLE[:3])
    before = contents(db)
    assert mount("-o", "remount,ro", str(place)).returncode == 0
    refused = 0
    for words in (["ingest", *SAMPLE[3:]], ["correlate"], ["search", "sony"], ["timeline", "sony"], ["edit", "delete", "ent-1", "--reason", "r"], ["check"]):
        ran = run(db, *words)
        assert ran.returncode == 1 and SENTENCE.fullmatch(ran.stderr), (words, ran.returncode, ran.stderr)
        refused += 1
    new = run(place / "new.db", "ingest", SAMPLE[0])
    assert new.returncode == 1 and SENTENCE.fullmatch(new.stderr), new.stderr
    assert mount("-o", "remount,rw", str(place)).returncode == 0
    assert contents(db) == before, "something changed"
    done(db, "ingest", *SAMPLE)
    done(db, "correlate")
    assert contents(db) == expected, "it ends otherwise"
    done(db, "check")
    return refused

def loop_device(place):
    for line in pathlib.Path("/proc/mounts").read_text().splitlines():
        device, where = line.split()[:2]
        if where == str(place):
            return pathlib.Path(device).name
    return ""

def by_the_kernel(place, image, expected, after):
    """While files are ingested, one after the other, `after` seconds from the first; how far it was."""
    db = place / "t.db"
    image.write_bytes(b"")
    os.truncate(image, 64 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    assert mount("-o", "loop,errors=remount-ro", str(image), str(place)).returncode == 0
    try:
        trigger = pathlib.Path("/sys/fs/ext4", loop_device(place), "trigger_fs_error")
        done(db, "ingest", SAMPLE[0])
        os.sync()
        writing = subprocess.Popen([FAULTLINE, "--db", f"sqlite:{db}", "ingest", *SAMPLE[1:]], env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(after)
        trigger.write_text("1")
        said = writing.communicate(timeout=120)[1]
        told = writing.returncode == 1
        assert writing.returncode in (0, 1) and (not told or SENTENCE.fullmatch(said)), (writing.returncode, said)
        again = run(db, "correlate")
        assert again.returncode == 1 and SENTENCE.fullmatch(again.stderr), (again.returncode, again.stderr)
    finally:
        subprocess.run(["umount", str(place)], check=True)
    assert subprocess.run(["e2fsck", "-p", "-f", str(image)], capture_output=True).returncode < 4
    assert mount("-o", "loop", str(image), str(place)).returncode == 0
    try:
        done(db, "check")
        done(db, "ingest", *SAMPLE)
        done(db, "correlate")
        assert contents(db) == expected, "it ends otherwise"
    finally:
        subprocess.run(["umount", str(place)], check=True)
    return told

def main():
    if os.geteuid() != 0:
        skip("only root mounts")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        expected = undisturbed(folder)
        place = folder / "disk"
        place.mkdir()
        made = mount("-t", "tmpfs", "-o", "size=64m", "none", str(place))
        if made.returncode != 0:
            skip(f"nothing can be mounted here ({made.stderr.strip()})")
        try:
            refused = remounted(place, expected)
        finally:
            subprocess.run(["umount", str(place)], check=True)
        image = folder / "image"
        image.write_bytes(b"")
        os.truncate(image, 64 << 20)
        if subprocess.run(["mkfs.ext4", "-q", "-F", str(image)]).returncode != 0 or mount("-o", "loop", str(image), str(place)).returncode != 0:
            print(f"readonly: {refused} commands refused on a disk remounted read-only; no loop device here, so none was made so by the kernel")
            return
        subprocess.run(["umount", str(place)], check=True)
        told = sum(by_the_kernel(place, image, expected, after) for after in (0, 0.05, 0.2, 0.6))
        print(f"readonly: {refused} commands refused on a disk remounted read-only; made so by the kernel 4 times, {told} times in the midst of writing; nothing lost, and the same in the end")

if __name__ == "__main__":
    main()
