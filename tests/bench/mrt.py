#!/usr/bin/env python3
"""Times `faultline mrt` beside `bgpdump -m` and a bare unpacking of the same files, in one run:
mrt.py FAULTLINE FILE... User and system time of fresh processes, the least of five: what others do
on the machine counts less than in wall time. Without bgpdump only the rest is timed."""
import os, resource, shutil, subprocess, sys


def cpu(command):
    best = None
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = spent if best is None else min(best, spent)
    return best


def main():
    faultline, files = sys.argv[1], sys.argv[2:]
    start = cpu([faultline, "mrt", "/dev/null"])
    print(f"start of the program alone: {start:.3f} s\n")
    print("| file | lines | bgpdump -m | faultline mrt | ratio | unpacking alone | distance |\n|---|---|---|---|---|---|---|")
    for path in files:
        ours = cpu([faultline, "mrt", path])
        lines = subprocess.run([faultline, "mrt", path], capture_output=True).stdout.count(b"\n")
        theirs = cpu(["bgpdump", "-m", path]) if shutil.which("bgpdump") else float("nan")
        magic = open(path, "rb").read(3)
        tool = "gzip" if magic[:2] == b"\x1f\x8b" else "bzip2" if magic == b"BZh" else None
        bare = cpu([tool, "-dc", path]) if tool else 0
        print(f"| {os.path.basename(path)} | {lines:,} | {theirs:.3f} s | {ours:.3f} s | {theirs / ours:.1f} × | {bare:.3f} s | {ours / bare if bare else float('nan'):.2f} × |")


if __name__ == "__main__":
    main()
