#!/usr/bin/env python3
"""What the program is made of besides ourselves, as CycloneDX 1.5 in JSON: sbom.py PROGRAM [VERSION]
Libraries that it is linked with, and theirs, from the loader; whose they are, from dpkg; what is compiled in, from the list below.
The same program on the same system gives the same bytes."""
import hashlib, json, os, re, subprocess, sys, uuid

# Headers, static libraries and scripts that no loader knows of.
COMPILED_IN = ["libboost1.81-dev", "libcli11-dev", "libtomlplusplus-dev", "node-d3-scale", "node-d3-selection", "node-d3-shape", "node-d3-zoom"]

def ran(*words):
    return subprocess.run(words, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})

def libraries(program):
    """Files of the libraries that are loaded with it."""
    done = ran("ldd", program)
    if done.returncode:
        sys.exit(f"sbom: {program}: {(done.stderr or done.stdout).strip()}")
    if "not found" in done.stdout:
        sys.exit(f"sbom: a library is missing: {done.stdout}")
    return sorted(set(re.findall(r"(/\S+) \(0x", done.stdout)))

def owner(file):
    real = os.path.realpath(file)
    for path in (real, real.removeprefix("/usr"), file):
        done = ran("dpkg-query", "-S", path)
        if done.returncode == 0:
            return done.stdout.split(":")[0].split(",")[0]
    sys.exit(f"sbom: no package has {file}")

def component(package, files):
    done = ran("dpkg-query", "-W", "-f", "${Version}\t${Architecture}\t${source:Package}\t${Homepage}\n", package)
    if done.returncode:
        return None
    version, architecture, source, home = done.stdout.splitlines()[0].split("\t")
    quoted = version.replace(":", "%3A").replace("+", "%2B")
    out = {"type": "library", "bom-ref": f"deb/{package}", "name": package, "version": version,
           "purl": f"pkg:deb/debian/{package}@{quoted}?arch={architecture}",
           "properties": [{"name": "debian:source", "value": source}, {"name": "faultline:how", "value": "linked" if files else "compiled in"}]}
    if home:
        out["externalReferences"] = [{"type": "website", "url": home}]
    for file in files:
        with open(file, "rb") as opened:
            digest = hashlib.sha256(opened.read()).hexdigest()
        out["properties"].append({"name": "faultline:file", "value": f"{os.path.basename(file)} sha256:{digest}"})
    return out

def main():
    program, version = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ran(sys.argv[1], "--version").stdout.strip()
    packages = {}
    for file in libraries(program):
        packages.setdefault(owner(file), []).append(file)
    for package in COMPILED_IN:
        packages.setdefault(package, [])
    components = [c for c in (component(p, f) for p, f in sorted(packages.items())) if c]
    with open(program, "rb") as opened:
        digest = hashlib.sha256(opened.read()).hexdigest()
    root = {"type": "application", "bom-ref": "faultline", "name": "faultline", "version": version, "hashes": [{"alg": "SHA-256", "content": digest}]}
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": root}, "components": components,
           "dependencies": [{"ref": "faultline", "dependsOn": [c["bom-ref"] for c in components]}]}
    bom["serialNumber"] = "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bom, sort_keys=True)))
    print(json.dumps(bom, indent=1, sort_keys=True))

if __name__ == "__main__":
    main()
