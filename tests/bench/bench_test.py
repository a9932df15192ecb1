#!/usr/bin/env python3
"""What is read of the benchmarks' outputs, and the document that is made of it: bench_test.py. Needs nothing that is built."""
import pathlib, random, tempfile, types, unittest
import xml.etree.ElementTree as xml

import bench, benches, curves, document, soak

# What each prints, as it stands in a terminal, and some of what is to be read there.
OUTPUTS = {
    "feeds": ("RSS 2.0, 10,000 items, 14,801,234 bytes\n| contestant | s | items/s | faultline is |\n|---|---|---|---|\n| faultline | 0.0588 | 170,068 | 1.00 × |\n"
              "| sfeed (process) | 0.0520 | 192,308 | 0.88 × |\n| feedparser | 3.1200 | 3,205 | 53.06 × |\n50 items, 74,000 bytes: 5,400 documents/s\npeak memory: 70.1 MB, 3.20 × the document above that of a small one\n",
              {"faultline, items/s": 170068, "ratio to sfeed (process)": 0.88, "ratio to feedparser": 53.06, "documents of 50 items, a second": 5400, "times the document in memory": 3.2}),
    "ingest": ("ingest 18123 entries/s (0.552 s for 10000)\nbare loop 29000 entries/s; ingest / bare loop 0.62 (0.58 to 0.70)\nof which parse 0.060 s, normalise 0.030 s\nunchanged again 0.00120 s; first / again 460\n"
               "peak memory 90 MB for a document of 14.8 MB\n", {"entries a second": 18123, "ratio to a bare loop": 0.62, "times as fast when nothing has changed": 460, "peak memory, MB": 90}),
    "stores": ("SQLite, put: 3905 entries/s\nSQLite, put what was found: 7100 entries/s\nSQLite, find a word: 0.93 ms, p99 8.28 ms\nPostgreSQL, put what was found: 1130 entries/s\nPostgreSQL, find a word: 2.10 ms, p99 30.00 ms\n",
               {"SQLite, put, entries a second": 3905, "PostgreSQL, put what was found, entries a second": 1130, "PostgreSQL, find a word, ms p99": 30}),
    "extract": ("| contestant | MB/s |\n|---|---|\n| extract_news | 5.1 |\n| extract_times | 20.0 |\n| chrono-node | 6.4 |\nwhole extraction 0.80 x chrono-node, times alone 3.10 x\n",
                {"extract_news, MB/s": 5.1, "ratio to chrono-node of times alone": 3.1}),
    "copies": ("   10000    11.0    16.0      31\n  100000    12.5    33.5     999\npeak memory 99000 kB\n", {"sketch, µs an entry of the last tenth": 12.5, "find and add, µs an entry of the last tenth": 33.5, "peak memory, kB": 99000}),
    "detect": ("1000 series of 105120 samples, 2 threads: 16.9 s, 4242 outages\nratio 120 ns a sample, seasonal 480 ns a sample\npeak memory over the series: 20480 kB\n",
               {"seconds": 16.9, "series of states, ns a sample": 120, "peak memory over the series, kB": 20480}),
    "fuse": ("100000 records: 0.37 s, 3.72 us a record, 40000 outages\n1000000 records: 3.20 s, 3.20 us a record, 400000 outages\na record of many costs 0.86 times one of few; peak memory 1200 MB\n",
             {"100000 records, µs a record": 3.72, "1000000 records, seconds": 3.2, "ratio of many to a tenth": 0.86, "peak memory, MB": 1200}),
    "gazetteers": ("24000 cities, the names of ours and of 85,000 ASes (9.1 MB): 140 ms, 12.5 MB\n", {"ms": 140, "MB": 12.5}),
    "digest": ("100000 entries, 10000 subscribers, 200 queries: 200 issues made, 9800 mails queued in 4.1 s; 9800 composed and marked in 6.2 s, 14 kB each\n",
               {"issues made and mails queued, seconds": 4.1, "mails composed, seconds": 6.2, "kB a mail": 14}),
    "visibility": ("table: 40000000 routes in 11.0 s, peak memory:\t 900000 kB\nday: 20000000 changes, 75000 signals of 288 samples in 9.5 s\npeak memory:\t 950000 kB\n",
                   {"the table, seconds": 11, "the day, seconds": 9.5, "peak memory, kB": 950000}),
    "mrt": ("start of the program alone: 0.011 s\n\n| file | lines | bgpdump -m | faultline mrt | ratio | unpacking alone | distance |\n|---|---|---|---|---|---|---|\n"
            "| updates.gz | 90,000 | 0.510 s | 0.100 s | 5.1 × | 0.075 s | 1.33 × |\n", {"bgpdump -m, s of CPU": 0.51, "ratio to bgpdump -m": 5.1, "times unpacking alone": 1.33}),
    "serve": ("kept: 44000/s, nginx 51764/s with the same 58000 bytes: 0.85\nworked out: 4418/s of an incident with one story, 99/s of the founding one\n",
              {"kept answers a second": 44000, "ratio to nginx": 0.85, "worked out, the founding incident, a second": 99}),
    "streams": ("10000 streams opened in 3.1 s, 11.7 kB each\none more is answered 503\nan edit was heard by the first after 0.31 s, by half after 0.70 s, by the last after 1.10 s\na page meanwhile: median 0.1 ms, most 12.0 ms\n",
                {"kB a stream": 11.7, "by the last, seconds": 1.1, "a page meanwhile, ms": 0.1}),
    "sources": ("2000 sources, 400 of them slow; 2.2 min, each once in 60 s\n4100 requests seen by the servers, 3900 polls ended, 21 s of CPU\nlate, of 3100 polls of sound sources: median 0.42 s, p99 1.24 s, most 1.90 s; 0 sound sources never seen\n"
                "peak memory 111 MB of 150 MB; p99 1.24 s of 5 s: held\n", {"late, p99, seconds": 1.24, "peak memory, MB": 111, "CPU, seconds": 21}),
    "soak": ("errors: 0 of 720000 requests, 0 lines of the log (0 warnings); answers {200: 1}\nrequests: 200 a second, in ms entry p50 2 p99 54\n"
             "memory: 96 MB after the warm-up, 110 at the end, most 111; slope +9.81 ± 1.20 MB an hour, 2.8 kB an entry; begun anew over the same database, under the same load, 108 MB\n"
             "lag: from publication to timeline, of 3600 entries: median 2.6 s, p99 6.5 s, most 7.5 s; 0 never seen\nprocessor: 0.16 cores; streams of changes heard [1] entries\nheld\n",
             {"errors": 0, "requests a second": 200, "slope of the memory, MB an hour": 9.81, "lag, p99, seconds": 6.5, "cores": 0.16}),
    "run": ("a new process       100001 entries read,    30123.4 ms of processor,    20001.2 ms by the clock\none outage more          251 entries read,       40.5 ms of processor,       41.0 ms by the clock\n"
            "one outage more: 1/744 of what a new process takes\n",
            {"a new process, entries read": 100001, "one outage more, ms of processor": 40.5, "what a new process takes beside one outage more": 744}),
    "places": ("places: recall of the outages' countries 0.9727 (321 of 330)\nhappenings: right 0.8759 (120 of 137)\nspeed: 6.1 MB of text a second of CPU (4.0 MB, reading and printing JSON included)\n",
               {"recall of the outages' countries": 0.9727, "share of kinds that is right": 0.8759, "MB of text a second of CPU": 6.1}),
    "founding": ("items 137, gold incidents 5, system 8\nBCubed: P 0.9500 R 0.8500 F1 0.8950\n", {"BCubed F1": 0.895}),
}

def result(name, **more):
    return {"name": name, "title": "what " + name + " is", "date": "2026-11-27", "figures": {}, "seconds": [1.0], "processor": [0.5], "built": "Release", "failed": "", "command": "bench_" + name, **more}

class Reading(unittest.TestCase):
    def test_every_benchmark_is_read(self):
        self.assertEqual({one.name for one in benches.BENCHES}, set(OUTPUTS))
        for one in benches.BENCHES:
            text, wanted = OUTPUTS[one.name]
            read = one.read(text)
            self.assertEqual({label: read.get(label) for label in wanted}, wanted, one.name)

    def test_growth_is_read(self):
        place = types.SimpleNamespace(quick=True, bench=pathlib.Path("bench"), folder=pathlib.Path("folder"), data=pathlib.Path("data"))
        says = {"bench_link": "   10000 entries, 100000 outages:    0.21 s,  21.4 µs an entry, longest 0.52 ms, 700 links\n   10000 entries, all processors:    0.11 s, 700 links\n",
                "bench_join": "10000 entries, 1000 outages\n  from scratch: 0.6 s by the clock, 60.0 us an entry; 0.6 s of processors, 63.0 us\n  largest incident: 9 stories; held: 10000 items, 55 MB, 5500 bytes an entry\n"
                              "  one new entry, the newest:         median  0.200 ms, p99  0.500 ms, most  0.900 ms\n",
                "bench_run": "one entry more            1 entries read,        0.7 ms of processor,        0.8 ms by the clock\n"}
        made = curves.Curves(place, 10_000, None)
        made.run = lambda program, *_: says[program.name]
        made.link(), made.join(), made.correlation()
        self.assertEqual(made.lines["link (100,000 outages)"].values, {10_000: 21.4})
        self.assertEqual(made.lines["stories and incidents, all at once"].values, {10_000: 63.0})
        self.assertEqual(made.lines["one entry more, correlated and written"].values, {1_000: 700.0, 10_000: 700.0})
        self.assertEqual(made.lines["one new entry, linked and joined"].values, {10_000: 200.0})
        self.assertEqual(made.lines["memory of stories and incidents, with the entries that are held"].values, {10_000: 55.0})

class Writing(unittest.TestCase):
    def write(self, path, results, growth, some):
        document.write(path, {"processor": "two"}, {"sfeed": "1.7-1", "newsboat": ""}, results, growth, (0.1, 0.2), False, some)
        return path.read_text(encoding="utf-8")

    def test_the_document(self):
        growth = types.SimpleNamespace(most=100_000, missing=["bench_query FILE ENTRIES: not built"], lines={
            "link": curves.Line("link", "cost", "bench_link", {10_000: 20.0, 100_000: 21.0}), "database": curves.Line("database", "size", "bench_ingest", {10_000: 30.0, 100_000: 310.0})})
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "benchmarks.md")
            text = self.write(path, [result("feeds", figures={"faultline, items/s": [100.0, 300.0, 200.0], "ratio to sfeed": [0.9, 0.8, 0.85]}, seconds=[1, 2, 3]),
                                     result("serve", missing="wrk is not installed"), result("sources", failed="the disk is full")], growth, False)
            self.assertIn("| newsboat | **missing**", text)
            self.assertIn("| sfeed | 1.7-1 |", text)
            self.assertIn("| faultline, items/s | 200 | 100 | 300 |", text)
            self.assertIn("| feeds | sfeed | 0.85 × |", text)
            self.assertIn("Not run: wrk is not installed.", text)
            self.assertIn("it said: the disk is full", text)
            self.assertIn("| link | 20 | 21 | `bench_link` |", text)
            self.assertIn("Not run: bench_query FILE ENTRIES: not built.", text)
            picture = xml.parse(pathlib.Path(folder, "growth.svg")).getroot()
            self.assertEqual(len(picture.findall(".//{http://www.w3.org/2000/svg}circle")), 4)
            # One part anew: the others, the growth and the ratios stay.
            again = self.write(path, [result("serve", figures={"ratio to nginx": [0.5]})], None, True)
            self.assertIn("| serve | nginx | 0.5 × |", again)
            self.assertIn("| feeds | sfeed | 0.85 × |", again)
            self.assertIn("| faultline, items/s | 200 | 100 | 300 |", again)
            self.assertIn("| link | 20 | 21 | `bench_link` |", again)
            self.assertNotIn("wrk is not installed", again)

    def test_numbers(self):
        self.assertEqual([document.number(one) for one in (1234567.0, 99.94, 0.01234, 0.0)], ["1,234,567", "99.9", "0.0123", "0"])

class Slopes(unittest.TestCase):
    def test_a_rise_is_seen_and_noise_is_not(self):
        chance = random.Random(5)
        hours = [n / 360 for n in range(360)]
        noise = [100 + chance.gauss(0, 2) for _ in hours]
        rise, error = soak.slope(hours, noise)
        self.assertLess(abs(rise), 3 * error)
        rise, error = soak.slope(hours, [one + 10 * hour for one, hour in zip(noise, hours)])
        self.assertGreater(rise, 3 * error)
        self.assertLess(abs(rise - 10), 3 * error)

    def test_samples_that_depend_on_each_other_are_less_sure(self):
        chance, level, walk = random.Random(6), 0.0, []
        for _ in range(360):
            level = 0.9 * level + chance.gauss(0, 1)
            walk.append(level)
        shuffled = walk[:]
        chance.shuffle(shuffled)
        hours = [n / 360 for n in range(360)]
        self.assertGreater(soak.slope(hours, walk)[1], 1.5 * soak.slope(hours, shuffled)[1])

if __name__ == "__main__":
    unittest.main()
