"""IODA, Cloudflare Radar, RIPEstat, OONI and RIS Live, played by one server on a loopback port: for tests. The data
are invented: networks and addresses are those reserved for documentation. `faults` maps a path to what is done once:
(status, headers, body), "drop" or "hang"; `before` is called with each path and query, and may change the data."""
import asyncio, base64, hashlib, json, threading, urllib.parse

KEY = "test-key-7f3a"
DAY = 86400
REASONS = {200: "OK", 302: "Found", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}

def iso(at, zone="Z"):
    import datetime
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S") + zone

def epoch(text):
    import datetime
    return int(datetime.datetime.fromisoformat(text.replace("Z", "")).replace(tzinfo=datetime.timezone.utc).timestamp())

class MeasuredHosts:
    def __init__(self, now, events=1203, annotations=205, hijacks=150):
        self.now, self.asked, self.faults, self.before = now, [], {}, lambda path, query: None
        start = now - 20 * DAY
        self.events = [{"start": start + i * 1200, "duration": 600 if i % 7 else 1200, "score": i} for i in range(events)]
        self.annotations = [{"id": str(i), "startDate": iso(start + i * 3600), "endDate": iso(start + i * 3600 + 1800), "locations": ["KP"],
                             "asns": [], "eventType": "OUTAGE", "outage": {"outageCause": "POWER_OUTAGE", "outageType": "NATIONWIDE"}} for i in range(annotations)]
        self.hijacks = [{"id": i, "min_hijack_ts": iso(start + i * 60, ""), "duration": 30, "prefixes": ["192.0.2.0/24"], "victim_asns": [64496],
                         "hijacker_asn": 64511, "confidence_score": 8} for i in range(hijacks)]
        self.streams, self.sent = [], threading.Event()
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        def serve():
            asyncio.set_event_loop(self.loop)
            server = self.loop.run_until_complete(asyncio.start_server(self.client, "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            self.loop.run_forever()
        threading.Thread(target=serve, daemon=True).start()
        ready.wait()

    def base(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def stream(self):
        return f"ws://127.0.0.1:{self.port}/ris"

    def queries(self, path):
        return [dict(query) for asked, query, _ in self.asked if asked == path]

    async def client(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                lines = head.split("\r\n")
                fields = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:] if ":" in line}
                target = urllib.parse.urlsplit(lines[0].split(" ")[1])
                query = dict(urllib.parse.parse_qsl(target.query))
                self.asked.append((target.path, query, fields))
                self.before(target.path, query)
                if fields.get("upgrade", "").lower() == "websocket":
                    return await self.hear(reader, writer, fields)
                fault = self.faults.pop(target.path, None)
                if fault == "drop":
                    return
                if fault == "hang":
                    await asyncio.sleep(60)
                    return
                status, more, body = fault or self.answer(target.path, query, fields)
                body = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
                more = "".join(f"{name}: {value}\r\n" for name, value in more.items())
                writer.write(f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def answer(self, path, query, fields):
        name = path.split("/")[1]
        if name == "radar" and fields.get("authorization") != f"Bearer {KEY}":
            return 403, {}, {"success": False, "errors": [{"code": 10000, "message": "Authentication error"}], "result": None}
        return getattr(self, name)(path, query)

    def ioda(self, path, query):
        asked = {name: query[name] for name in ("from", "until") if name in query}
        if path.startswith("/ioda/entities"):
            names = [("4107", "Izmir", "TR"), ("4108", "Manisa", "TR")]
            data = [{"code": code, "name": name, "type": "region", "attrs": {"country_code": country}} for code, name, country in names]
            return 200, {}, {"type": "entities.lookup", "error": None, "data": data}
        first, last = int(query["from"]), int(query["until"])
        if last - first >= 100 * DAY:
            return 400, {}, {"type": "signals", "error": "the window is too long", "data": None}
        if path.startswith("/ioda/signals"):
            values = [None if i % 5 == 4 else 16 for i in range((last - first) // 300)]
            one = {"entityType": "country", "entityCode": path.split("/")[-1], "datasource": "bgp", "from": first, "until": last, "step": 300, "nativeStep": 300, "values": values}
            return 200, {}, {"type": "signals", "requestParameters": asked, "error": None, "data": [[one]]}
        events = [event for event in self.events if event["start"] < last and event["start"] + event["duration"] > first]
        size, page = int(query["limit"]), int(query["page"])
        data = [{"location": "country/KP", "location_name": "North Korea", "start": event["start"], "duration": min(event["duration"], last - event["start"]),
                 "uncertainty": None, "method": "median", "datasource": "bgp", "status": 0, "fraction": None, "score": event["score"],
                 "overlaps_window": event["start"] + event["duration"] >= last} for event in events[page * size:(page + 1) * size]]
        return 200, {}, {"type": "outages.events", "requestParameters": asked, "error": None, "data": data}

    def radar(self, path, query):
        first, last = epoch(query["dateStart"]), epoch(query["dateEnd"])
        if path.endswith("/timeseries"):
            hours = range(first - first % 3600, last, 3600)
            return 200, {}, {"success": True, "errors": [], "result": {"meta": {"aggInterval": "ONE_HOUR"}, "serie_0": {"timestamps": [iso(at) for at in hours], "values": ["0.5" for _ in hours]}}}
        if "/bgp/" in path:
            size, page = int(query["per_page"]), int(query["page"])
            return 200, {}, {"success": True, "errors": [], "result": {"events": self.hijacks[(page - 1) * size:page * size]},
                             "result_info": {"count": size, "total_count": len(self.hijacks), "page": page, "per_page": size}}
        size, offset = int(query["limit"]), int(query["offset"])
        newest_first = list(reversed(self.annotations))
        return 200, {}, {"success": True, "errors": [], "result": {"annotations": newest_first[offset:offset + size]}}

    def ripestat(self, path, query):
        call = path.split("/")[2]
        data = {"resource": query["resource"], "query_starttime": query["starttime"], "query_endtime": query["endtime"]}
        if call == "bgp-updates":
            at = epoch(query["starttime"])
            data["updates"] = [{"seq": 1, "timestamp": iso(at, ""), "type": "A", "attrs": {"source_id": "00-192.0.2.1", "target_prefix": "192.0.2.0/24", "path": [64500, 64496]}},
                               {"seq": 2, "timestamp": iso(at + 5, ""), "type": "W", "attrs": {"source_id": "00-192.0.2.1", "target_prefix": "192.0.2.0/24"}}]
        else:
            first = epoch(query["starttime"])
            data["resolution"] = query["resolution"]
            data["stats"] = [{"timeline": [{"starttime": iso(first + i * 3600, ""), "endtime": iso(first + i * 3600 + 3600, "")}],
                              "v4_prefixes_ris": 4 if i % 3 else -1, "v6_prefixes_ris": -1, "asns_ris": 1} for i in range(24)]
        return 200, {}, {"status": "ok", "status_code": 200, "messages": [], "data_call_name": call, "data": data}

    def ooni(self, path, query):
        if path.endswith("/search"):
            return 200, {}, {"incidents": [{"id": "9", "title": "Blocked", "start_time": "2023-06-01T00:00:00Z", "end_time": None, "CCs": ["KP"], "ASNs": [], "event_type": "incident"}]}
        return 200, {}, {"v": 0, "result": [{"measurement_start_day": query["since"], "measurement_count": 5, "ok_count": 5, "anomaly_count": 0, "confirmed_count": 0, "failure_count": 0}]}

    # One WebSocket (RFC 6455): greets, hears what is asked, sends five changes, and hangs up the first time.
    async def hear(self, reader, writer, fields):
        accept = base64.b64encode(hashlib.sha1((fields["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        writer.write(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        head = await reader.readexactly(2)
        size = head[1] & 127
        if size == 126:
            size = int.from_bytes(await reader.readexactly(2), "big")
        mask, body = await reader.readexactly(4), await reader.readexactly(size)
        self.streams.append(json.loads(bytes(byte ^ mask[i % 4] for i, byte in enumerate(body))))
        def send(message):
            text = json.dumps(message).encode()
            writer.write(bytes([0x81]) + (bytes([len(text)]) if len(text) < 126 else bytes([126]) + len(text).to_bytes(2, "big")) + text)
        send({"type": "ris_subscribe_ok", "data": {}})
        for i in range(5):
            send({"type": "ris_message", "data": {"timestamp": self.now + i, "peer": "192.0.2.1", "peer_asn": "64500", "host": "rrc00", "type": "UPDATE",
                                                  "path": [64500, 64496], "announcements": [{"next_hop": "192.0.2.1", "prefixes": ["192.0.2.0/24"]}]}})
        send({"type": "ris_message", "data": {"timestamp": self.now + 9, "peer": "192.0.2.1", "peer_asn": "64500", "host": "rrc00", "type": "RIS_PEER_STATE", "state": "down"}})
        send({"type": "ris_message", "data": {"peer": 5}})
        await writer.drain()
        if len(self.streams) == 1:
            return
        self.sent.set()
        await reader.read()
