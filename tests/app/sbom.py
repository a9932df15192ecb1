#!/usr/bin/env python3
"""The bill of materials has CycloneDX's shape, names every library that the program needs, and says the versions that are installed. sbom.py FAULTLINE SOURCE_DIR"""
import json, os, pathlib, re, shutil, subprocess, sys

def ran(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}).stdout

def main():
    if shutil.which("dpkg-query") is None:
        print("sbom: there is no dpkg here, whose packages are told")
        return 77
    faultline, source = sys.argv[1], pathlib.Path(sys.argv[2])
    script = str(source / "app/package/sbom.py")
    told = ran(sys.executable, script, faultline)
    assert told == ran(sys.executable, script, faultline), "the same program, other bytes"
    bom = json.loads(told)
    # https://cyclonedx.org/docs/1.5/json/: what it requires, and the forms of what we use.
    assert (bom["bomFormat"], bom["specVersion"], bom["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bom["serialNumber"]), bom["serialNumber"]
    root = bom["metadata"]["component"]
    assert root["type"] == "application" and root["version"] == ran(faultline, "--version").strip(), root
    assert all(re.fullmatch(r"[0-9a-f]{64}", h["content"]) and h["alg"] == "SHA-256" for h in root["hashes"])
    refs = [c["bom-ref"] for c in bom["components"]] + [root["bom-ref"]]
    assert len(refs) == len(set(refs)), "one name for two parts"
    for c in bom["components"]:
        assert c["type"] == "library" and c["name"] and c["version"], c
        assert re.fullmatch(r"pkg:deb/debian/[a-z0-9.+-]+@[A-Za-z0-9.%~_-]+\?arch=\w+", c["purl"]), c["purl"]
        assert ran("dpkg-query", "-W", "-f", "${Version}\n", c["name"]).splitlines()[0] == c["version"], c
        assert all(set(p) == {"name", "value"} for p in c["properties"]), c
    for d in bom["dependencies"]:
        assert d["ref"] in refs and set(d["dependsOn"]) <= set(refs), d
    needed = re.findall(r"\(NEEDED\).*\[(.+)\]", ran("readelf", "-d", "-W", faultline))
    files = {p["value"].split(" ")[0] for c in bom["components"] for p in c["properties"] if p["name"] == "faultline:file"}
    assert needed and set(needed) <= files, set(needed) - files
    print(f"sbom: {len(bom['components'])} packages; all {len(needed)} libraries that the program needs are of them")
    return 0

if __name__ == "__main__":
    sys.exit(main())
