#!/usr/bin/env python3
"""The systemd units: what they start exists, and systemd-analyze calls them well locked. units.py FAULTLINE SOURCE_DIR
Without systemd-analyze that half is skipped, visibly (77)."""
import pathlib, re, shutil, subprocess, sys

MOST = 2.0  # exposure, of 10

def directives(path):
    """Section → [(name, value)], as systemd reads a unit."""
    out, section = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line[0] in "#;":
            continue
        if line.startswith("["):
            section = out.setdefault(line.strip("[]"), [])
        else:
            name, equals, value = line.partition("=")
            assert equals and section is not None, (path.name, line)
            section.append((name, value))
    return out

def main():
    faultline, source = sys.argv[1], pathlib.Path(sys.argv[2])
    units = sorted((source / "app/package").glob("*.service"))
    assert [u.name for u in units] == ["faultline-run.service", "faultline-serve.service", "faultline-worker@.service"], units
    users = (source / "app/package/faultline.sysusers").read_text()
    for unit in units:
        service = dict(directives(unit)["Service"])
        program, command, *options = service["ExecStart"].split()
        assert program == "/usr/bin/faultline", service["ExecStart"]
        said = subprocess.run([faultline, command, "--help"], capture_output=True, text=True)
        assert said.returncode == 0 and all(o in said.stdout for o in options if o.startswith("--")), (command, options)
        assert ("%I" in options) == ("@" in unit.name), unit.name
        # Workers read their configuration when they begin.
        assert ("ExecReload" in service) == (command != "worker"), unit.name
        assert re.search(rf"^u {service['User']} ", users, re.M), service["User"]
    print(f"units: {len(units)} start commands that are there, as a user that is made")
    if shutil.which("systemd-analyze") is None:
        print("units: systemd-analyze is not installed (package systemd); their exposure was not looked at")
        return 77
    for unit in units:
        said = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)], capture_output=True, text=True)
        level = re.search(r"exposure level for \S+: ([\d.]+)", said.stdout)
        assert level, said
        assert float(level[1]) <= MOST, said.stdout
        print(f"units: {unit.name}: exposure {level[1]}, {MOST} at most")
    return 0

if __name__ == "__main__":
    sys.exit(main())
