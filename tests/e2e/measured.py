#!/usr/bin/env python3
"""Measurement APIs through the real binary: adding, polling, paging, keys, refusals, a kill in the middle, corrections
that come late, a stream that breaks off. measured.py FAULTLINE"""
import json, os, pathlib, signal, sqlite3, subprocess, sys, tempfile, threading, time, unittest

FAULTLINE = os.path.abspath(sys.argv.pop(1))
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "support"))
from measured_hosts import DAY, KEY, MeasuredHosts, epoch, iso

NOW = 1767225600  # 2026-01-01

class Measured(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.hosts = MeasuredHosts(NOW)
        self.env = {"PATH": os.environ["PATH"], "FAULTLINE_ALLOW_HOSTS": "127.0.0.1", "FAULTLINE_CONTACT": "test@example.org", "FAULTLINE_RADAR_TOKEN": KEY}

    def run_it(self, *words, at=NOW, code=0):
        done = subprocess.run([FAULTLINE, *words, "--now", iso(at)], cwd=self.folder.name, env=self.env, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, done)
        self.assertNotIn(KEY, done.stdout + done.stderr)
        return done

    def add(self, provider, *words, code=0):
        return self.run_it("sources", "add", provider, "--base", self.hosts.base(provider), *words, code=code)

    def poll(self, at=NOW):
        return self.run_it("run", "--once", "--no-correlate", "--json", at=at)

    def state(self, at=NOW):
        return [p for p in map(json.loads, self.run_it("sources", "--json", at=at).stdout.splitlines()) if p["polled"]]

    def rows(self, query):
        with sqlite3.connect(os.path.join(self.folder.name, "faultline.db")) as db:
            return db.execute(query).fetchall()

    def outages(self):
        return {row[0] for row in self.rows("SELECT id FROM outages")}

    def test_pages_are_read_to_the_end_and_only_once_more(self):
        out = self.add("ioda", "--country", "North Korea").stdout
        self.assertIn("Terms of IODA", out)
        self.assertIn("terms", self.run_it("sources").stdout)
        self.poll()
        self.assertEqual(len(self.outages()), 1203)
        asked = self.hosts.queries("/ioda/outages/events")
        self.assertEqual([query["page"] for query in asked], ["0", "1", "2", "0", "1", "2"])
        self.assertEqual({query["entityCode"] for query in asked}, {"KP"})
        # Nothing is due; then one round more, of what is new and of two days before.
        self.poll(NOW + 60)
        self.assertEqual(len(self.hosts.asked), 6)
        self.poll(NOW + 3600)
        again = self.hosts.queries("/ioda/outages/events")[6:]
        self.assertEqual({(query["from"], query["until"]) for query in again}, {(str(NOW - 7 * DAY - 3600), str(NOW + 3600))})

    def test_a_list_that_changes_while_it_is_read_loses_and_doubles_nothing(self):
        state = {"done": False}
        def change(path, query):
            if query.get("page") == "1" and not state["done"]:
                state["done"] = True
                del self.hosts.events[0:3]
                self.hosts.events.append({"start": NOW - 5 * DAY + 7, "duration": 60, "score": 5})
        self.hosts.before = change
        self.add("ioda", "--country", "KP")
        self.poll()
        starts = {row[0] for row in self.rows("SELECT start_at FROM outages")}
        self.assertTrue({event["start"] for event in self.hosts.events} <= starts)
        self.assertEqual(self.rows("SELECT count(*) FROM outages GROUP BY id HAVING count(*) > 1"), [])

    def test_a_round_that_was_killed_goes_on_at_its_page(self):
        self.add("ioda", "--country", "KP")
        self.hosts.before = lambda path, query: time.sleep(5 if query.get("page") == "2" else 0)
        run = subprocess.Popen([FAULTLINE, "run", "--once", "--no-correlate", "--now", iso(NOW)], cwd=self.folder.name, env=self.env)
        while not any(query.get("page") == "2" for _, query, _ in self.hosts.asked):
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
        run.wait()
        self.assertEqual(len(self.outages()), 1000)
        self.hosts.before = lambda path, query: None
        self.hosts.asked.clear()
        self.poll(NOW + 300)
        asked = self.hosts.queries("/ioda/outages/events")
        self.assertEqual([query["page"] for query in asked], ["2", "0", "1", "2"])
        self.assertEqual({query["until"] for query in asked}, {str(NOW)})
        self.assertEqual(len(self.outages()), 1203)

    def test_what_was_open_is_closed_by_a_later_round(self):
        self.hosts.events = [{"start": NOW - 900, "duration": 7200, "score": 3}]
        self.add("ioda", "--country", "KP")
        self.poll()
        self.assertEqual(self.rows("SELECT open FROM outages"), [(1,)])
        self.poll(NOW + 10000)
        self.poll(NOW + 20000)
        self.assertEqual(self.rows("SELECT number, open, end_at - start_at FROM outages ORDER BY number"), [(1, 1, None), (2, 0, 7200)])

    def test_the_key_goes_to_its_host_and_nowhere_else(self):
        self.add("radar", "--country", "KP", "--data", "outages,hijacks,traffic")
        self.poll()
        self.assertEqual(len(self.rows("SELECT DISTINCT id FROM outages WHERE id NOT LIKE 'radar-hijack%'")), 205)
        self.assertEqual(len(self.rows("SELECT DISTINCT id FROM outages WHERE id LIKE 'radar-hijack%'")), 150)
        self.assertEqual([query["offset"] for query in self.hosts.queries("/radar/annotations/outages")], ["0", "100", "200"] * 2)
        self.assertEqual([query["page"] for query in self.hosts.queries("/radar/bgp/hijacks/events")], ["1", "2"] * 2)
        self.assertGreater(self.rows("SELECT count(*) FROM signals")[0][0], 0)
        for name in os.listdir(self.folder.name):
            self.assertNotIn(KEY.encode(), pathlib.Path(self.folder.name, name).read_bytes(), name)
        self.add("ioda", "--country", "KP")
        self.poll()
        ours = [fields for path, _, fields in self.hosts.asked if path.startswith("/ioda")]
        self.assertTrue(ours and not any("authorization" in fields for fields in ours))

    def test_a_redirect_takes_no_key_along(self):
        other = MeasuredHosts(NOW)
        self.add("radar", "--country", "KP", "--data", "outages")
        self.hosts.faults["/radar/annotations/outages"] = (302, {"Location": other.base("radar") + "/annotations/outages?dateStart=2025-01-01T00:00:00Z&dateEnd=2025-01-02T00:00:00Z&limit=1&offset=0"}, "")
        self.poll()
        self.assertTrue(other.asked)
        self.assertFalse(any("authorization" in fields for _, _, fields in other.asked))

    def test_each_refusal_is_one_sentence_and_a_right_next_attempt(self):
        self.add("ioda", "--country", "KP")
        path = "/ioda/outages/events"
        html = b"<!DOCTYPE html><html><title>Log in</title></html>"
        at = NOW
        rows = [((401, {}, "no"), "401 Unauthorized", 3600, 3960), ((403, {}, "no"), "403 Forbidden", 7200, 7920),
                ((429, {"Retry-After": "1800"}, "later"), "429 Too Many Requests; it asks to come back", 1800, 1980),
                ((500, {}, "oops"), "500 Internal Server Error; try again later", 900 * 8, 900 * 8 * 1.1 + 1), ((503, {"Retry-After": "7200"}, ""), "503 Service Unavailable", 7200, 7920),
                ((200, {}, html), "answered with a web page where data were expected", 900 * 32, 900 * 32 * 1.1 + 1), ((200, {}, b"{\"data\": [1, "), "the JSON cannot be read", 900 * 64, 900 * 64 * 1.1 + 1),
                ((200, {}, {"type": "outages.events", "error": "overloaded", "data": None}), "IODA answered: overloaded", 86400, 95040)]
        for failures, (fault, says, least, most) in enumerate(rows, 1):
            self.hosts.faults[path] = fault
            self.poll(at)
            state = self.state(at)[0]
            self.assertEqual(state["failures"], failures, state)
            self.assertIn(says, state["last_error"])
            self.assertEqual(state["last_error"].count("\n"), 0)
            self.assertTrue(least <= epoch(state["next_poll"]) - at <= most, (says, epoch(state["next_poll"]) - at))
            at = epoch(state["next_poll"])
            self.assertEqual(self.outages(), set())
        self.poll(at)
        self.assertEqual(self.state(at)[0]["failures"], 0)
        self.assertEqual(len(self.outages()), 1203)

    def test_a_missing_key_is_told(self):
        del self.env["FAULTLINE_RADAR_TOKEN"]
        self.assertIn("FAULTLINE_RADAR_TOKEN", self.add("radar", "--country", "KP", "--data", "outages").stderr)
        self.poll()
        self.assertIn("it needs a key", self.state()[0]["suggestion"])

    def test_every_other_answer_is_read(self):
        self.add("ioda", "--country", "KP", "--data", "signals")
        self.add("ripestat", "--country", "KP")
        self.add("ripestat", "--prefix", "192.0.2.0/24", "--since", iso(NOW - DAY))
        self.add("ooni", "--country", "KP", "--data", "incidents,aggregation")
        self.poll()
        states = self.state()
        self.assertEqual([state["failures"] for state in states], [0] * 5, states)
        self.assertTrue(all(state["terms"] for state in states))
        kinds = {row[0] for row in self.rows("SELECT kind FROM signals")}
        self.assertTrue({"bgp", "v4_prefixes_ris", "asns_ris", "ok_count test_name=web_connectivity"} <= kinds, kinds)
        updates = self.hosts.queries("/ripestat/bgp-updates/data.json")
        self.assertEqual([query["starttime"] for query in updates], [iso(NOW - DAY + i * 21600, "") for i in range(4)])
        # The week under way is asked again as a whole, and stays one series.
        self.poll(NOW + 3600)
        before = self.rows("SELECT count(*) FROM signals WHERE kind = 'bgp'")
        self.poll(NOW + 7200)
        self.assertEqual(self.rows("SELECT count(*) FROM signals WHERE kind = 'bgp'"), before)

    def test_regions_by_their_names(self):
        self.add("ioda", "--region", "izmir")
        self.assertIn("entityCode=4107", self.state()[0]["url"])
        self.assertIn("4108 Manisa (TR)", self.add("ioda", "--region", "Atlantis", code=1).stderr)

    def test_a_mapped_table(self):
        path = pathlib.Path(self.folder.name)
        (path / "faultline.toml").write_text('[mapping.power]\nstart = "Began"\nend = "Ended"\ncountry = "=KP"\nzone = "Asia/Pyongyang"\n')
        (path / "power.csv").write_text("Began,Ended,Crew\n2014-12-23 01:15,2014-12-23 10:46,7\n")
        out = self.run_it("outages", "--config", "faultline.toml", "--mapping", "power", "power.csv").stdout
        self.assertEqual(json.loads(out)["extra"], {"Crew": "7"})
        self.run_it("ingest", "--config", "faultline.toml", "--mapping", "power", "power.csv")
        self.assertEqual(self.rows("SELECT count(*) FROM outages"), [(1,)])
        self.assertIn("there are power", self.run_it("outages", "--config", "faultline.toml", "--mapping", "water", "power.csv", code=2).stderr)

    def test_a_stream_that_breaks_off_is_heard_again_and_the_gap_is_told(self):
        url = self.hosts.stream()
        self.run_it("sources", "add", "ris-live", "--base", url, "--prefix", "192.0.2.0/24")
        run = subprocess.Popen([FAULTLINE, "run", "--no-correlate", "--json"], cwd=self.folder.name, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertTrue(self.hosts.sent.wait(60))
        time.sleep(1)
        run.send_signal(signal.SIGTERM)
        out, err = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 0, err)
        self.assertEqual(self.hosts.streams[0]["data"], {"prefix": "192.0.2.0/24", "moreSpecific": True, "socketOptions": {"acknowledge": True}})
        reports = [json.loads(line) for line in out.splitlines()]
        # Twice five announcements and a peer that is down.
        self.assertEqual(sum(report["outcome"]["routes"] for report in reports if report["outcome"]), 12)
        self.assertIn("nothing was heard from", err)
        self.assertIn("has no timestamp", err)
        # What lies between two runs is a gap too.
        self.hosts.sent.clear()
        run = subprocess.Popen([FAULTLINE, "run", "--no-correlate", "--json"], cwd=self.folder.name, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertTrue(self.hosts.sent.wait(60))
        time.sleep(1)
        run.send_signal(signal.SIGTERM)
        self.assertIn("Faultline was not running", run.communicate(timeout=60)[1])

unittest.main()
