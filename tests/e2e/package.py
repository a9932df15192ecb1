#!/usr/bin/env python3
"""The Debian package, from its making to its purging. package.py FAULTLINE SOURCE_DIR BUILD_DIR [--whole [--base FOLDER]]

Makes it with cpack from what BUILD_DIR has built, looks into it, unpacks it and runs it; manual, completion and configuration are held
against the program. --whole installs, runs, removes and purges it in a Debian of its own (debootstrap, root, and the mirror that apt uses
here; some minutes), and does there what the Containerfile does. --base takes a folder that `debootstrap --variant=minbase` made before.
"""
import argparse, contextlib, json, os, pathlib, pwd, re, shutil, socket, subprocess, sys, tempfile, time

CLEAN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/tmp", "DEBIAN_FRONTEND": "noninteractive"}
SKIPPED = []

def ran(*words, good=0, env=CLEAN, **more):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, env=env, **more)
    assert good is None or done.returncode == good, (words, done.returncode, done.stdout[-3000:], done.stderr[-3000:])
    return done

def have(tool, why):
    if shutil.which(tool, path=CLEAN["PATH"]):
        return True
    SKIPPED.append(f"{tool} is not installed: {why} not looked at")
    return False

def make(build, folder):
    assert (build / "app/package/made/faultline.1.gz").exists(), f"build the target manuals in {build} first"
    ran("cpack", "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", folder, "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip", cwd=folder)
    debs = list(folder.glob("*.deb"))
    assert len(debs) == 1, debs
    return debs[0]

# What the package holds, with whose it must be and who may do what.
HOLDS = {"usr/bin/faultline": "-rwxr-xr-x", "lib/systemd/system/faultline-run.service": "-rw-r--r--", "lib/systemd/system/faultline-serve.service": "-rw-r--r--",
         "lib/systemd/system/faultline-worker@.service": "-rw-r--r--",
         "usr/lib/sysusers.d/faultline.conf": "-rw-r--r--", "usr/lib/tmpfiles.d/faultline.conf": "-rw-r--r--", "etc/faultline/faultline.toml": "-rw-r--r--",
         "usr/share/man/man1/faultline.1.gz": "-rw-r--r--", "usr/share/man/man5/faultline.toml.5.gz": "-rw-r--r--",
         "usr/share/bash-completion/completions/faultline": "-rw-r--r--", "usr/share/zsh/vendor-completions/_faultline": "-rw-r--r--",
         "usr/share/doc/faultline/copyright": "-rw-r--r--", "usr/share/doc/faultline/README.md": "-rw-r--r--", "usr/share/doc/faultline/docs/operate.md": "-rw-r--r--"}

def contents(deb, version):
    fields = dict(re.findall(r"^(\S+): (.*)$", ran("dpkg-deb", "-f", deb).stdout, re.M))
    assert (fields["Package"], fields["Version"]) == ("faultline", version), fields
    assert deb.name == f"faultline_{version}_{fields['Architecture']}.deb", deb.name
    for library in ("libc6", "libsqlite3-0", "libssl3", "libpq5", "ca-certificates"):
        assert re.search(rf"(^|, ){library}\b", fields["Depends"]), fields["Depends"]
    assert "-dev" not in fields["Depends"], fields["Depends"]
    listed = {}
    for line in ran("dpkg-deb", "--contents", deb).stdout.splitlines():
        mode, owner, _, _, _, name = line.split(None, 5)
        assert owner == "root/root" and mode[8] != "w", line
        listed[name.removeprefix("./").split(" -> ")[0]] = mode
    for name, mode in HOLDS.items():
        assert listed.get(name) == mode, (name, listed.get(name))
    assert ran("dpkg-deb", "--ctrl-tarfile", deb, good=None).returncode == 0
    assert ran("dpkg-deb", "--info", deb, "conffiles").stdout == "/etc/faultline/faultline.toml\n"
    return len(listed)

def keys_of(text, mark):
    """The keys of a configuration file whose lines begin with `mark`, with their sections."""
    section, out = "", []
    for line in text.splitlines():
        if found := re.match(r"\[([^]]+)\]", line):
            section = found[1] + "."
        elif found := re.match(mark + r"([a-z][\w-]*) = ", line):
            out.append(section + found[1])
    return out

def configuration(faultline, root, folder):
    template = (root / "etc/faultline/faultline.toml").read_text(encoding="utf-8")
    known = [json.loads(line)["key"] for line in ran(faultline, "config", "keys", "--json").stdout.splitlines()]
    assert sorted(keys_of(template, "#")) == sorted(known), set(known) ^ set(keys_of(template, "#"))
    assert keys_of(template, "") == []
    said = ran(faultline, "config", "check", root / "etc/faultline/faultline.toml").stdout
    assert "0 keys" in said and "all good" in said, said
    # With all marks taken away each key is known, and its value of the right kind.
    every = folder / "every.toml"
    every.write_text(re.sub(r"^#(?! )", "", template, flags=re.M), encoding="utf-8")
    told = json.loads(ran(faultline, "config", "check", every, "--json", good=None).stdout)
    assert told["keys"] == len(known), told
    wrong = [p for p in told["problems"] if re.search("there is no such|should be", p["message"])]
    assert not wrong, wrong
    return len(known)

def manual(faultline, root):
    pages = {"page": root / "usr/share/man/man1/faultline.1.gz", "settings": root / "usr/share/man/man5/faultline.toml.5.gz"}
    shown = {}
    for part, file in pages.items():
        text = ran("gzip", "-dc", file).stdout
        assert text == ran(faultline, "manual", part).stdout, f"{file.name} is of another program"
        if have("man", f"{file.name} by groff"):
            said = ran("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", file, env={**CLEAN, "MANROFFSEQ": "", "MANWIDTH": "80"})
            assert not said.stderr, said.stderr
        if have("mandoc", f"{file.name} by mandoc"):
            said = ran("mandoc", "-T", "lint", "-W", "warning", input=text)
            assert not said.stdout, said.stdout
            shown[part] = re.sub(r".\x08", "", ran("mandoc", "-T", "utf8", "-O", "width=200", input=text).stdout)
    if not shown:
        return 0
    # Against what --help prints, which the manual is not made from.
    def helped(*command):
        return re.findall(r"^  (?:-\w,)?(--[\w-]+)", ran(faultline, *command, "--help").stdout, re.M)
    def parts(*command):
        block = re.search(r"^Subcommands:\n((?:  .*\n)+)", ran(faultline, *command, "--help").stdout, re.M)
        return re.findall(r"^  ([a-z][\w-]*) ", block[1], re.M) if block else []
    options = set(helped())
    for command in parts():
        assert f"faultline {command}" in shown["page"], command
        options.update(helped(command))
        for part in parts(command):
            assert f"faultline {command} {part}" in shown["page"], (command, part)
            options.update(helped(command, part))
    missing = [o for o in options if o != "--help" and not re.search(rf"^ +.*{o}\b", shown["page"], re.M)]
    assert not missing, missing
    return len(options)

def completion(root):
    file = root / "usr/share/bash-completion/completions/faultline"
    def offers(*words):
        script = f"source {file}; COMP_WORDS=({' '.join(repr(w) for w in words)}); COMP_CWORD={len(words) - 1}; _faultline; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        done = ran("bash", "-uc", script)
        assert not done.stderr, done.stderr
        return done.stdout.split()
    assert offers("faultline", "sour") == ["sources"]
    assert set(offers("faultline", "sources", "")) == {"add", "remove", "export"}
    assert "--poll-floor" in offers("faultline", "run", "--po") and "--poll-floor" not in offers("faultline", "serve", "--po")
    assert "--db" in offers("faultline", "serve", "--d")
    assert offers("faultline", "timeline", "--format", "ht") == ["html"]
    assert offers("faultline", "--db", "serve", "tokens", "a") == ["add"]
    assert offers("faultline", "--db", "x") == []
    if have("shellcheck", "completion and scripts by it"):
        ran("shellcheck", "-s", "bash", file)
    if have("zsh", "zsh's completion"):
        ran("zsh", "-n", root / "usr/share/zsh/vendor-completions/_faultline")

def scripts(source):
    for name in ("postinst", "prerm", "postrm"):
        ran("sh", "-n", source / "app/package/debian" / name)
    if shutil.which("shellcheck"):
        ran("shellcheck", *(source / "app/package/debian" / n for n in ("postinst", "prerm", "postrm")), source / "app/package/write_manuals.sh")

def lint(deb):
    if have("lintian", "the package by it"):
        said = ran("lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", deb, good=None)
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout.strip() or "nothing"

def demo_says(text):
    assert "9 h 31 min" in text and "MEASURED" in text, text[-2000:]

# --- the Containerfile ---

def stages(source):
    """Each stage as [(instruction, rest)], lines that go on put together."""
    text = re.sub(r"\\\n\s*", "", (source / "app/package/Containerfile").read_text(encoding="utf-8"))
    out = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        instruction, rest = line.split(None, 1)
        if instruction == "FROM":
            out.append([])
        out[-1].append((instruction, rest))
    return out

def container(source):
    build, run = stages(source)
    for stage in (build, run):
        assert re.match(r"docker.io/library/debian:12-slim\b", stage[0][1]), stage[0]
        for _, command in [s for s in stage if s[0] == "RUN"]:
            ran("sh", "-n", "-c", command)
            if "apt-get install" in command:
                assert "apt-get update && apt-get install -y --no-install-recommends" in command, command
    steps = [rest for what, rest in build if what == "RUN"][1:]
    documented = (source / "docs/operate.md").read_text(encoding="utf-8")
    for step in steps:  # it is built as the documentation says
        assert re.sub(" -DWITH_BENCH=OFF", "", step) in documented, step
    order = [what for what, _ in run]
    assert order.index("USER") > max(i for i, what in enumerate(order) if what in ("RUN", "COPY")), "a step of root's after USER"
    assert dict(run)["USER"] == "faultline" and "HEALTHCHECK" in order and json.loads(dict(run)["ENTRYPOINT"]) == ["faultline"]
    return run

# --- a Debian of its own ---

SEEN_BY_ALL = re.compile(r"^(proc|sys|dev|tmp|run|var/cache|var/log|var/lib/(apt|dpkg|systemd)|etc/(passwd|shadow|group|gshadow|subuid|subgid|machine-id|\.pwd\.lock)(-|$)?)")

class Debian:
    def __init__(self, root):
        self.root = root
    def run(self, *words, user=None, good=0, env=(), **more):
        who = [f"--userspec={user}"] if user else []
        return ran("chroot", *who, self.root, *words, good=good, env={**CLEAN, **dict(env)}, **more)
    def apt(self, *words, **more):
        return self.run("apt-get", "-qq", "-y", "--no-install-recommends", *words, **more)
    def files(self):
        out = set()
        for folder, folders, files in os.walk(self.root):
            inside = os.path.relpath(folder, self.root)
            folders[:] = [f for f in folders if not SEEN_BY_ALL.match(os.path.normpath(f"{inside}/{f}"))]
            out.update(os.path.normpath(f"{inside}/{f}") for f in files + folders if not SEEN_BY_ALL.match(os.path.normpath(f"{inside}/{f}")))
        return out
    def put(self, deb):
        shutil.copy(deb, self.root / "tmp/faultline.deb")

@contextlib.contextmanager
def debian(folder, base):
    """A minimal Debian 12 that ends with the block."""
    root = folder / "debian"
    ran("cp", "-a", "--one-file-system", base, root)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    ran("mount", "-t", "proc", "proc", root / "proc")
    try:
        yield Debian(root)
    finally:
        ran("umount", root / "proc")
        shutil.rmtree(root)

def base_of(folder, given):
    if given:
        return pathlib.Path(given)
    mirrors = ran("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Codename: bookworm").stdout.split()
    assert mirrors, "apt knows no mirror of Debian 12"
    begun = time.monotonic()
    ran("debootstrap", "--variant=minbase", "bookworm", folder / "base", mirrors[0])
    print(f"package: debootstrap took {time.monotonic() - begun:.0f} s")
    return folder / "base"

def install_and_purge(system, deb):
    """Without systemd, as in a container: files come and go, and no user is made."""
    system.apt("update")
    system.apt("install", "man-db")
    system.apt("satisfy", ran("dpkg-deb", "-f", deb, "Depends").stdout.strip())
    before = system.files()
    system.put(deb)
    system.apt("install", "/tmp/faultline.deb")
    added = system.files() - before
    demo_says(system.run("faultline", "demo", user="nobody:nogroup", cwd="/").stdout)
    said = system.run("faultline", "config", "check", "/etc/faultline/faultline.toml", user="nobody:nogroup").stdout
    assert "all good" in said, said
    for page in ("faultline", "faultline.toml"):
        assert system.run("man", "-w", page).stdout.strip().endswith(".gz")
    system.apt("remove", "faultline")
    kept = system.files() - before
    assert kept == {"etc/faultline", "etc/faultline/faultline.toml"}, kept
    system.apt("purge", "faultline")
    left, gone = system.files() - before, before - system.files()
    assert not left and not gone, (left, gone)
    print(f"package: without systemd {len(added)} files and folders came; demo ran as nobody; remove left {len(kept)}, purge nothing")

def with_systemd(system):
    """The services' user and folders are made; data outlive a purge that was not told otherwise."""
    system.apt("install", "systemd")
    before = system.files()
    system.apt("install", "/tmp/faultline.deb")
    user = [line for line in (system.root / "etc/passwd").read_text().splitlines() if line.startswith("faultline:")]
    assert user and user[0].endswith(":/var/lib/faultline:/usr/sbin/nologin"), user
    data, settings = (system.root / p for p in ("var/lib/faultline", "etc/faultline"))
    assert data.stat().st_uid == int(user[0].split(":")[2]) and data.stat().st_mode & 0o7777 == 0o750
    assert settings.stat().st_uid == 0 and settings.stat().st_gid == data.stat().st_gid and settings.stat().st_mode & 0o7777 == 0o750
    for unit in ("faultline-run", "faultline-serve", "faultline-worker@fetch"):
        said = system.run("systemd-analyze", "verify", f"{unit}.service", good=None)
        assert "faultline" not in said.stderr, said.stderr
    (settings / "secrets.env").write_text("FAULTLINE_SMTP_PASSWORD=swordfish\n")
    toml = settings / "faultline.toml"
    toml.write_text(toml.read_text() + "\n# mine\n")
    system.run("faultline", "ingest", "-", user="faultline", input='{"id":"1","title":"News","published":"2014-12-22T00:00:00Z","text":"Some"}\n', env={"FAULTLINE_DB": "sqlite:/var/lib/faultline/faultline.db"})
    system.apt("install", "--reinstall", "/tmp/faultline.deb", env={})
    assert toml.read_text().endswith("# mine\n"), "an upgrade lost what the operator wrote"
    said = system.apt("purge", "faultline").stdout
    left = system.files() - before
    assert left == {"var/lib/faultline", "var/lib/faultline/faultline.db"}, left
    assert "/var/lib/faultline is left" in said, said
    system.apt("install", "/tmp/faultline.deb")
    system.apt("purge", "faultline", env={"FAULTLINE_PURGE_DATA": "yes"})
    left = system.files() - before
    assert not left, left
    print("package: with systemd its user and folders are made; purge left the data and said so; FAULTLINE_PURGE_DATA=yes left no file (the user stays)")

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

def as_container(system, deb, run):
    """What the second stage of the Containerfile runs, and what it starts."""
    settings, user, folder = {}, None, "/"
    system.put(deb)
    for what, rest in run:
        if what == "RUN":
            system.run("sh", "-c", rest, env=settings)
        elif what == "ENV":
            settings.update([rest.split("=", 1)])
        elif what == "USER":
            user = rest
        elif what == "WORKDIR":
            folder = rest
    port = str(free_port())
    last = dict(run)
    command = json.loads(last["ENTRYPOINT"]) + json.loads(last["CMD"].replace("8080", port))
    health = json.loads(re.search(r"CMD (\[.*)", last["HEALTHCHECK"])[1].replace("8080", port))
    probe = lambda: system.run(*health, user=user, good=None).returncode
    assert probe() != 0, "healthy before it was started"
    inside = ["chroot", f"--userspec={user}", str(system.root), "sh", "-c", f"cd {folder} && exec \"$@\"", "sh", *command]
    process = subprocess.Popen(inside, env={**CLEAN, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            if process.poll() is not None or probe() == 0:
                break
            time.sleep(0.1)
        assert process.poll() is None, process.stderr.read()
        assert probe() == 0, "not healthy within ten seconds"
    finally:
        process.terminate()
        begun = time.monotonic()
        code = process.wait(30)
    assert code == 0, process.stderr.read()
    print(f"package: the Containerfile's steps ran in a Debian of their own; healthy as {user}, ended within {time.monotonic() - begun:.1f} s")

def whole(deb, folder, given, run):
    if os.geteuid() != 0 or not shutil.which("debootstrap", path=CLEAN["PATH"]):
        print("package: --whole needs root and debootstrap; it is skipped")
        return 77
    base = base_of(folder, given)
    with debian(folder, base) as system:
        install_and_purge(system, deb)
        with_systemd(system)
    with debian(folder, base) as system:
        as_container(system, deb, run)
    return 0

def main():
    arguments = argparse.ArgumentParser()
    for name in ("faultline", "source", "build"):
        arguments.add_argument(name)
    arguments.add_argument("--whole", action="store_true")
    arguments.add_argument("--base")
    given = arguments.parse_args()
    if not shutil.which("dpkg-shlibdeps"):
        print("package: dpkg-dev is not installed; nothing was looked at")
        return 77
    faultline, source, build = (pathlib.Path(p).resolve() for p in (given.faultline, given.source, given.build))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "out").mkdir()
        deb = make(build, folder / "out")
        version = ran(faultline, "--version").stdout.strip()
        root = folder / "root"
        ran("dpkg", "-x", deb, root)
        print(f"package: {deb.name}, {deb.stat().st_size / 1e6:.1f} MB, {contents(deb, version)} files and folders")
        demo_says(ran(root / "usr/bin/faultline", "demo", cwd=folder).stdout)
        print(f"package: unpacked, demo runs; all {configuration(faultline, root, folder)} keys stand in the configuration file")
        print(f"package: the manual has all {manual(faultline, root)} options of --help")
        completion(root)
        scripts(source)
        run = container(source)
        print(f"package: lintian says: {lint(deb)}")
        code = whole(deb, folder, given.base, run) if given.whole else 0
    for line in SKIPPED:
        print(f"package: {line}")
    return code or (77 if SKIPPED else 0)

if __name__ == "__main__":
    sys.exit(main())
