// Proves what `faultline export SITE` wrote: node validate.mjs SITE [SCHEMAS]
// SCHEMAS holds the JSON Schemas of STIX 2.1 and MISP with the templates of MISP's objects. Prints a line
// for each format, with what was counted over all incidents; exit code 1 when one fails.
import { readFileSync, readdirSync, existsSync, mkdtempSync, writeFileSync, rmSync, symlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join, dirname } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import ICAL from "ical.js";
import { JSDOM } from "jsdom";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [site, schemas] = process.argv.slice(2);
const read = (name) => readFileSync(join(site, name), "utf8");
const json = (name) => JSON.parse(read(name));
// Each incident's folder, what its JSON says, and the lines of it.
const incidents = readdirSync(join(site, "incidents")).sort().map((id) => {
  const timeline = json(`incidents/${id}/timeline.json`);
  return { at: `incidents/${id}/`, timeline, lines: timeline.incidents.flatMap((one) => one.lines), outages: timeline.incidents.flatMap((one) => one.outages) };
});
const total = (count) => incidents.reduce((sum, incident) => sum + count(incident), 0);
let failed = false;

function same(what, got, want) {
  if (got !== want) throw new Error(`${what}: ${got}, not ${want}`);
}

async function check(name, prove) {
  try {
    console.log(`${name}: ${await prove()}`);
  } catch (error) {
    failed = true;
    console.log(`${name}: FAILED, ${error.message}`);
  }
}

function must(validate, value, what) {
  if (!validate(value)) throw new Error(`${what}: ${JSON.stringify(validate.errors.slice(0, 3))}`);
}

// The program itself reads it, and keeps every event: it drops those it cannot use in silence.
async function timelineJs() {
  const dom = new JSDOM("<!doctype html><body></body>", { url: "https://news.example/" });
  for (const name of ["window", "document", "DOMParser", "Node", "HTMLElement", "getComputedStyle"]) {
    Object.defineProperty(globalThis, name, { value: name === "window" ? dom.window : dom.window[name], configurable: true });
  }
  Object.defineProperty(globalThis, "navigator", { value: dom.window.navigator, configurable: true });
  const work = mkdtempSync(join(tmpdir(), "timelinejs-"));
  const bundle = join(work, "config.mjs");
  await build({
    entryPoints: [join(here, "node_modules/@knight-lab/timelinejs/src/js/core/TimelineConfig.js")],
    bundle: true, format: "esm", outfile: bundle, logLevel: "error",
    loader: { ".less": "empty", ".css": "empty" },
  });
  const { TimelineConfig } = await import(bundle);
  rmSync(work, { recursive: true });
  let eras = 0;
  for (const { at, lines } of incidents) {
    const sent = json(`${at}timelinejs.json`);
    same(`${at} events written`, sent.events.length, lines.length);
    const config = new TimelineConfig(sent);
    if (!config.isValid()) throw new Error(config.getErrors("; "));
    same(`${at} events kept`, config.events.length, sent.events.length);
    same(`${at} eras kept`, config.eras.length, (sent.eras ?? []).length);
    const ends = (events) => events.filter((event) => event.end_date).length;
    same(`${at} ends kept`, ends(config.events), ends(sent.events));
    eras += config.eras.length;
  }
  return `${total((one) => one.lines.length)} events and ${eras} eras kept`;
}

function jsonFeed() {
  const ajv = addFormats(new Ajv2020({ allErrors: true, strict: false }));
  const validate = ajv.compile(JSON.parse(readFileSync(join(here, "json-feed.schema.json"), "utf8")));
  for (const { at, lines } of incidents) {
    const feed = json(`${at}feed.json`);
    must(validate, feed, at);
    same(`${at} items`, feed.items.length, lines.length);
    same(`${at} ids`, new Set(feed.items.map((item) => item.id)).size, feed.items.length);
  }
  return `${total((one) => one.lines.length)} items`;
}

function atom() {
  const files = incidents.map(({ at }) => join(site, at, "atom.xml"));
  execFileSync("xmllint", ["--noout", "--relaxng", join(here, "atom.rng"), ...files], { stdio: ["ignore", "pipe", "pipe"] });
  for (const { at, lines } of incidents) {
    same(`${at} entries`, (read(`${at}atom.xml`).match(/<entry>/g) ?? []).length, lines.length);
  }
  return `${total((one) => one.lines.length)} entries`;
}

function iCalendar() {
  incidents.forEach(calendar);
  return `${total((one) => one.lines.length)} events`;
}

function calendar({ at, lines, outages }) {
  const text = read(`${at}timeline.ics`);
  for (const line of text.split("\r\n")) {
    if (Buffer.byteLength(line) > 75) throw new Error(`a line of ${Buffer.byteLength(line)} octets`);
      if (line.includes("\n")) throw new Error(`a line that does not end in CR LF: ${JSON.stringify(line.slice(0, 90))}`);
  }
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
  same(`${at} events`, events.length, lines.length);
  const lengths = new Map();
  for (const event of events) {
    for (const name of ["uid", "dtstamp", "dtstart", "summary"]) {
      if (!event.getFirstPropertyValue(name)) throw new Error(`an event without ${name}`);
    }
    const start = event.getFirstPropertyValue("dtstart");
    if (!start.isDate && start.zone.tzid !== "UTC") throw new Error(`a floating time: ${start}`);
    const read = new ICAL.Event(event);
    lengths.set(event.getFirstPropertyValue("uid"), read.duration.toSeconds());
  }
  same("uids", lengths.size, events.length);
  for (const outage of outages) {
    if (outage.end) same(`length of ${outage.id}`, lengths.get(`${outage.id}/start@faultline`), outage.duration_s);
  }
}

function stix() {
  const validators = schemas ? stixValidators() : undefined;
  let objects = 0;
  for (const { at } of incidents) {
    const bundle = json(`${at}stix.json`);
    same("type", bundle.type, "bundle");
    const ids = new Set(bundle.objects.map((object) => object.id));
    same(`${at} ids`, ids.size, bundle.objects.length);
    for (const object of bundle.objects) {
      for (const [name, value] of Object.entries(object)) {
        const refs = name.endsWith("_refs") ? value : name.endsWith("_ref") ? [value] : [];
        for (const ref of refs) if (!ids.has(ref)) throw new Error(`${object.id}: ${name} ${ref} is not in the bundle`);
      }
      if (validators) must(validators(object.type), object, object.id);
    }
    objects += bundle.objects.length;
  }
  return `${objects} objects` + (validators ? ", each by its own schema" : "; no schemas here to hold them against");
}

// Its patterns escape "-", which JavaScript's Unicode mode refuses. Not bundle.json: it lists not all types.
function stixValidators() {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, logger: false });
  addFormats(ajv);
  const root = join(schemas, "stix2.1");
  for (const group of ["common", "observables", "sdos", "sros"]) {
    for (const name of readdirSync(join(root, group))) {
      if (name === "bundle.json") continue;
      const schema = JSON.parse(readFileSync(join(root, group, name), "utf8"));
      if (!ajv.getSchema(schema.$id)) ajv.addSchema(schema);
    }
  }
  return (type) => {
    const group = ["sdos", "sros", "observables"].find((one) => existsSync(join(root, one, `${type}.json`)));
    if (!group) throw new Error(`no schema of ${type}`);
    return ajv.getSchema(JSON.parse(readFileSync(join(root, group, `${type}.json`), "utf8")).$id);
  };
}

function misp() {
  const names = readdirSync(join(site, "misp"));
  const manifest = json("misp/manifest.json");
  const events = names.filter((name) => /^[0-9a-f-]{36}\.json$/.test(name));
  same("events", events.length, incidents.length);
  same("manifest", Object.keys(manifest).sort().join(), events.map((name) => name.slice(0, -5)).sort().join());
  const hashes = read("misp/hashes.csv").trim().split("\n");
  let objects = 0;
  let attributes = 0;
  for (const name of events) {
    const { Event } = json(`misp/${name}`);
    const lists = [Event.Attribute, ...Event.Object.map((object) => object.Attribute)];
    attributes += lists.flat().length;
    objects += Event.Object.length;
    for (const attribute of lists.flat()) {
      if (attribute.last_seen < attribute.first_seen) throw new Error(`${attribute.uuid}: last_seen before first_seen`);
    }
    if (!schemas) continue;
    const ajv = addFormats(new AjvDraft04({ strict: false }));
    must(ajv.compile(JSON.parse(readFileSync(join(schemas, "misp/schema-lax.json"), "utf8"))), { Event }, name);
    for (const object of Event.Object) checkTemplate(object);
  }
  same("hashes", hashes.length, attributes);
  const entries = incidents.flatMap(({ lines }) => lines.flatMap((line) => line.entries ?? []));
  same("objects", objects, total((one) => one.outages.length) + entries.length);
  return `${events.length} events of ${objects} objects` + (schemas ? "" : "; no schemas here to hold them against");
}

function checkTemplate(object) {
  const template = JSON.parse(readFileSync(join(schemas, `misp/object-${object.name}.json`), "utf8"));
  same(`template of ${object.name}`, object.template_uuid, template.uuid);
  const given = new Map();
  for (const attribute of object.Attribute) {
    const wanted = template.attributes[attribute.object_relation];
    if (!wanted) throw new Error(`${object.name} has no ${attribute.object_relation}`);
    same(`${object.name}.${attribute.object_relation}`, attribute.type, wanted["misp-attribute"]);
    const allowed = wanted.values_list ?? wanted.sane_default;
    if (allowed && !allowed.includes(attribute.value)) throw new Error(`${attribute.object_relation}: ${attribute.value}`);
    given.set(attribute.object_relation, true);
  }
  for (const name of template.required ?? []) if (!given.has(name)) throw new Error(`${object.name} without ${name}`);
  const one = template.requiredOneOf;
  if (one && !one.some((name) => given.has(name))) throw new Error(`${object.name} without any of ${one}`);
}

// The compiler holds it against the types of schema.org: a word that is none is an error.
function jsonLd() {
  const graphs = incidents.map(({ at }) => json(`${at}timeline.jsonld`));
  let reviews = 0;
  let confirmed = 0;
  graphs.forEach((graph, i) => {
    const { at, lines } = incidents[i];
    const nodes = graph["@graph"];
    const posts = nodes.filter((node) => node["@type"] === "LiveBlogPosting");
    same(`${at} live blogs`, posts.length, 1);
    same(`${at} updates`, posts[0].liveBlogUpdate.length, lines.length);
    const claims = lines.flatMap((line) => (line.entries ?? []).flatMap((entry) => entry.claims));
    confirmed += claims.filter((claim) => claim.confirmed).length;
    reviews += nodes.filter((node) => node["@type"] === "ClaimReview").length;
  });
  if (reviews > confirmed) throw new Error(`${reviews} reviews of ${confirmed} confirmed claims`);
  const work = mkdtempSync(join(tmpdir(), "jsonld-"));
  symlinkSync(join(here, "node_modules"), join(work, "node_modules"));
  const constants = graphs.map((graph, i) => `export const graph${i}: Graph = ${JSON.stringify(graph)};\n`);
  writeFileSync(join(work, "graph.ts"), `import type { Graph } from "schema-dts";\n${constants.join("")}`);
  try {
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler"];
    execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), ...options, join(work, "graph.ts")], { stdio: "pipe" });
  } catch (error) {
    throw new Error(String(error.stdout).slice(0, 600));
  } finally {
    rmSync(work, { recursive: true });
  }
  return `${graphs.length} live blogs, ${reviews} reviews of ${confirmed} confirmed claims`;
}

await check("TimelineJS", timelineJs);
await check("JSON Feed", jsonFeed);
await check("Atom", atom);
await check("iCalendar", iCalendar);
await check("STIX", stix);
await check("MISP", misp);
await check("JSON-LD", jsonLd);
process.exit(failed ? 1 : 0);
