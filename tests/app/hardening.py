#!/usr/bin/env python3
"""What the linker and the compiler did to make a defect harder to use. hardening.py PROGRAM SOURCE_DIR
The program is held to what every build has; what only optimised builds have is read from the commands that a release build would run."""
import json, pathlib, platform, re, subprocess, sys, tempfile, time

def readelf(*words):
    return subprocess.run(["readelf", "-W", *words], capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout

RELEASE = ["-fPIE", "-D_FORTIFY_SOURCE=2", "-fstack-protector-strong", "-fstack-clash-protection"]

def without(source, flags):
    """The files that a release build would compile without one of these flags."""
    with tempfile.TemporaryDirectory() as build:
        subprocess.run(["cmake", "-S", source, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DWITH_TESTS=OFF"], check=True, capture_output=True)
        commands = json.loads(pathlib.Path(build, "compile_commands.json").read_text())
    assert len(commands) > 100, len(commands)
    return [c["file"] for c in commands if not all(flag in c["command"].split() for flag in flags)]

def is_confined(program):
    """Whether a command without a store has given away what it does not need by when it reads (no_new_privs goes before that)."""
    reader = subprocess.Popen([program, "parse", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if "NoNewPrivs:\t1" in pathlib.Path(f"/proc/{reader.pid}/status").read_text():
                return True
            time.sleep(0.1)
        return False
    finally:
        reader.communicate(b"")

def main():
    program, source = sys.argv[1:3]
    header, segments, dynamic = readelf("-h", program), readelf("-l", program), readelf("-d", program)
    stack = re.search(r"GNU_STACK\s.*?\s(R[W ]?E?)\s", segments)
    flags = RELEASE + (["-fcf-protection"] if platform.machine() == "x86_64" else [])
    lacking = without(source, flags)
    checks = {
        "position independent (PIE)": bool(re.search(r"Type:\s+DYN", header)) and "PIE" in dynamic,
        "relocations read-only (RELRO)": "GNU_RELRO" in segments,
        "bound at the start (BIND_NOW)": "NOW" in dynamic,
        "no code on the stack": bool(stack) and "E" not in stack[1],
        "no folders to look for libraries in": not re.search(r"\((RPATH|RUNPATH)\)", dynamic),
        "no segment that is both written and run": not re.search(r"LOAD\s.*RWE", segments),
        f"release: {' '.join(flags)}": not lacking,
        "confines itself": is_confined(program),
    }
    for name, good in checks.items():
        print(f"{'good ' if good else 'WRONG'} {name}")
    for file in lacking[:10]:
        print(f"      not: {file}")
    return 0 if all(checks.values()) else 1

if __name__ == "__main__":
    sys.exit(main())
