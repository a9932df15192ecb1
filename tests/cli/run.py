#!/usr/bin/env python3
"""Runs recorded sessions of the command line: run.py FAULTLINE SOURCE_DIR FILE... [--record]

A session is a text file. "$ COMMAND" is run by bash in a new empty folder, with `faultline` on the
PATH, FAULTLINE_NOW fixed and SAMPLE naming the shipped sample. The lines under it are its output:
stdout, then stderr lines with "! " before them, then "[exit N]" when N is not 0. A line "..." stands
for any number of lines, "{*}" within a line for any text; the folder is shown as DIR, the sample's as
$SAMPLE. Lines that begin with "#" are comments.
--record rewrites the outputs from what the commands print now.
"""
import os, re, subprocess, sys, tempfile

def read(path):
    steps, head = [], []
    for line in open(path, encoding="utf-8").read().split("\n"):
        if line.startswith("$ "):
            steps.append([line[2:], [], []])
        elif not steps:
            head.append(line)
        elif line.startswith("#"):
            steps[-1][2].append(line)
        else:
            steps[-1][1].append(line)
    for step in steps:
        while step[1] and step[1][-1] == "":
            step[1].pop()
    return head, steps

def run(command, folder, env):
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, timeout=120)
    out = done.stdout.decode("utf-8", "replace").split("\n")
    err = done.stderr.decode("utf-8", "replace").split("\n")
    lines = [l.rstrip() for l in out[:-1]] + ([out[-1]] if out[-1] else [])
    lines += ["! " + l.rstrip() for l in err if l]
    if done.returncode:
        lines.append(f"[exit {done.returncode}]")
    return [l.replace(str(folder), "DIR").replace(env["SAMPLE"], "$SAMPLE") for l in lines]

def matches(want, got):
    if not want:
        return not got
    if want[0] == "...":
        return any(matches(want[1:], got[i:]) for i in range(len(got) + 1))
    if not got:
        return False
    pattern = ".*".join(map(re.escape, want[0].split("{*}")))
    return re.fullmatch(pattern, got[0]) is not None and matches(want[1:], got[1:])

def main():
    record = "--record" in sys.argv
    faultline, source, *files = [a for a in sys.argv[1:] if a != "--record"]
    sys.setrecursionlimit(20000)
    failed = 0
    for path in files:
        head, steps = read(path)
        with tempfile.TemporaryDirectory() as folder:
            bin_dir = os.path.join(folder, "..bin")
            os.mkdir(bin_dir)
            os.symlink(os.path.abspath(faultline), os.path.join(bin_dir, "faultline"))
            env = {"PATH": bin_dir + ":/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8",
                   "FAULTLINE_NOW": "2015-02-01T00:00:00Z", "SAMPLE": os.path.join(os.path.abspath(source), "app/sample")}
            for step in steps:
                got = run(step[0], folder, env)
                if not record and not matches(step[1], got):
                    failed += 1
                    print(f"{path}: $ {step[0]}\n--- want\n" + "\n".join(step[1]) + "\n--- got\n" + "\n".join(got))
                step[1] = got
        if record:
            with open(path, "w", encoding="utf-8") as out:
                out.write("\n".join(head))
                if head and head[-1] != "": out.write("\n")
                for command, lines, comments in steps:
                    out.write("$ " + command + "\n" + "".join(l + "\n" for l in lines) + "\n" + "".join(c + "\n" for c in comments))
    sys.exit(1 if failed else 0)

main()
