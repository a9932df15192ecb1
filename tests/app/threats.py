#!/usr/bin/env python3
"""Each threat of docs/threats.md names its tests, and each of them is there and registered. threats.py SOURCE_DIR"""
import pathlib, re, sys

def is_there(source, named):
    """Why a test that is named is none; empty: it is one."""
    path, _, name = named.partition(": ")
    file = source / path
    if not file.is_file():
        return "no such file"
    lists = "".join(p.read_text(encoding="utf-8") for p in (source / "tests").rglob("CMakeLists.txt"))
    if not re.search(rf"\b{re.escape(file.stem)}\b", lists):
        return "no CMakeLists.txt names it"
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py" and name and not re.search(rf"^def {name}\(", text, re.M):
        return "no such function"
    if file.suffix == ".cc" and name:
        suite, _, case = name.partition(".")
        if not re.search(rf"^TEST(_F|_P)?\({suite}, {case}\)", text, re.M):
            return "no such case"
    return ""

def main():
    source = pathlib.Path(sys.argv[1])
    rows = re.findall(r"^\|(.+)\|(.+)\|(.+)\|$", (source / "docs/threats.md").read_text(encoding="utf-8"), re.M)[2:]
    bad, tests = [], set()
    for threat, _, held in rows:
        named = re.findall(r"`([^`]+)`", held)
        tests.update(named)
        bad += [(threat.strip(), name, why) for name in named if (why := is_there(source, name))]
        bad += [(threat.strip(), "", "no test is named")] if not named else []
    assert len(rows) >= 20, rows
    for row in bad:
        print("threats: {}: {}: {}".format(*row))
    print(f"threats: {len(rows)} threats, {len(tests)} tests")
    return 1 if bad else 0

if __name__ == "__main__":
    sys.exit(main())
