"""docs/benchmarks.md: how figures are written, and how a part of them is replaced."""
import datetime, os, re, statistics, sys

import curves

INTRO = """# Benchmarks

Written by `./bench` ([what each measures](../tests/bench/README.md)). A figure is the median of the runs that its part names; ratios are of the same run. `--only NAME` measures one part again.
A run that took much longer than its time of processor had to wait for other work on the machine: what it tells by the clock is then too long, what it tells of the processor and of ratios
less so.
"""

def number(value):
    if value != value:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"

def shown(command, place):
    """The command as somebody would type it at the top of the checkout."""
    here = str(place.folder)
    words = []
    for word in map(str, command):
        word = word.replace(here + "/", "FOLDER/").replace(here, "FOLDER").replace(os.getcwd() + "/", "").replace(str(place.data), "DATA")
        words.append(word)
    return " ".join(words)

def say(result):
    """What came of a benchmark, on stderr."""
    if "missing" in result:
        print(f"   not run: {result['missing']}", file=sys.stderr)
    for label, values in result["figures"].items():
        print(f"   {label}: {number(statistics.median(values))}", file=sys.stderr)
    if result["failed"]:
        print(f"   FAILED: {result['failed']}", file=sys.stderr)

def part(result):
    """The part of the document that is about one benchmark."""
    out = [f"### {result['name']}: {result['title']}", ""]
    if "missing" in result:
        return "\n".join([*out, f"Not run: {result['missing']}.", ""])
    runs = len(result["seconds"])
    out += [f"    {result['command']}", "", f"{result['date']}, " + ("one run" if runs == 1 else f"{runs} runs") + f" of {number(statistics.median(result['seconds']))} s, {number(statistics.median(result['processor']))} s of processor; built as {result['built']}"]
    if result["failed"]:
        out[-1] += f"; it said: {result['failed']}"
    if result["figures"]:
        several = runs > 1
        out += ["", "| | median | least | most |" if several else "| | |", "|---|---|---|---|" if several else "|---|---|"]
        for label, values in result["figures"].items():
            row = f"| {label} | {number(statistics.median(values))} |"
            out.append(row + (f" {number(min(values))} | {number(max(values))} |" if several else ""))
    return "\n".join([*out, ""])

def growth_part(growth, picture):
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
    lines = list(growth.lines.values())
    sizes = sorted({size for line in lines for size in line.values})
    out = ["## Growth", "", f"{date}, one run. An entry has 40 to 120 words; linking is against 100,000 outages whatever the number of entries. Time is of the processor, whatever else the machine did. "
           "What reading an entry takes does not depend on what is there, so that it was measured once.", "",
           f"![Costs of an entry and of a question, and what is held, against the number of entries]({picture})"]
    for name, title in curves.PANELS.items():
        shown_lines = [line for line in lines if line.panel == name]
        if shown_lines:
            out += ["", f"| {title} | " + " | ".join(f"{size:,}" for size in sizes) + " | command |", "|---|" + "---|" * (len(sizes) + 1)]
            out += [f"| {line.name} | " + " | ".join(number(line.values.get(size, float("nan"))) for size in sizes) + f" | `{line.command}` |" for line in shown_lines]
    out += ["", f"Ten times {growth.most:,} was not run."]
    out += [f"Not run: {one}." for one in growth.missing]
    return "\n".join([*out, ""])

def sections(text):
    """Heading → its part, of a document that was written before."""
    return {re.match(r"#+ ([^:\n]+)", one)[1]: one for one in re.split(r"^(?=###? )", text, flags=re.M) if one.startswith("##")}

def beside(parts):
    """All ratios to peers, in one table."""
    rows = []
    for name, text in parts.items():
        rows += [f"| {name} | {peer} | {ratio} × |" for peer, ratio in re.findall(r"^\| ratio to ([^|]+?) \| ([\d.,]+) \|", text, re.M)]
    return ["## Beside peers", "", "How many times as fast as the peer in the same run.", "", "| | beside | |", "|---|---|---|", *rows, ""]

def write(path, machine, peers, results, growth, load, quick, some):
    old = sections(path.read_text(encoding="utf-8")) if some and path.exists() else {}
    parts = {name: text for name, text in old.items() if text.startswith("### ")}
    parts.update({result["name"]: part(result) for result in results})
    grown = old.get("Growth", "")
    if growth:
        svg = path.with_name("growth.svg")
        svg.write_text(curves.picture(growth.lines.values()), encoding="utf-8")
        grown = growth_part(growth, svg.name)
    out = [INTRO]
    if quick:
        out.append("Small sizes, one run each (`--quick`): these figures say that it runs, not how fast.\n")
    out += ["| | |", "|---|---|", *(f"| {name} | {what} |" for name, what in machine.items()),
            f"| load average | {load[0]:.1f} when it began, {load[1]:.1f} at the end" + (f" ({os.cpu_count()} processors: other work went on)" if max(load[0], 0) > 0.5 else "") + " |", ""]
    out += ["## Peers", "", "| | version |", "|---|---|", *(f"| {name} | {version or '**missing**: what it would be held against was not'} |" for name, version in peers.items()), ""]
    out += [*beside(parts), grown, "## Each", "", *parts.values()]
    path.write_text(re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n", encoding="utf-8")
