// Drives the pages in Chromium: browser.mjs {"url","token","incident","entry","link","outage","verdict","story","pictures"}
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const told = JSON.parse(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
const trouble = [];
let asked = 0;

// A page that tells of every error, and of every address that is not the server's.
async function open(context, path) {
  const page = await context.newPage();
  page.on("pageerror", (error) => trouble.push(`${path}: ${error.message}`));
  page.on("console", (said) => {
    // Chromium says so of every answer that is no 2xx; those are looked at where they belong.
    if (said.type() === "error" && !said.text().startsWith("Failed to load resource")) trouble.push(`${path}: ${said.text()}`);
  });
  page.on("request", (request) => {
    ++asked;
    if (!request.url().startsWith(told.url) && !request.url().startsWith("data:")) trouble.push(`${path} asks ${request.url()}`);
  });
  await page.goto(told.url + path, { waitUntil: "load" });
  return page;
}

async function check(page, path) {
  // Our own policy forbids scripts in the page; the browser's tools may still run one.
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
  for (const one of found.violations) {
    trouble.push(`axe, ${path}: ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }
  const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  if (wide > 0) trouble.push(`${path}: wider than the window by ${wide} px`);
}

const pages = ["", "search?q=sony", "search?q=plase:x", `incidents/${told.incident}/`, `incidents/${told.incident}/?as_of=2014-12-23T00:00:00Z&zone=Asia/Pyongyang`,
  `entries/${told.entry}`, `outages/${told.outage}`, "outages", `why/${told.link}`, `why/${told.verdict}`, `why/${told.incident}`, `why/${told.story}`,
  "sources", "corrections", "help", "login", `embed/${told.incident}`, "nowhere"];
let looked = 0;
// Every page in both themes and at both widths; all four together where pictures are wanted.
const looks = [["light", 1440], ["dark", 360], ...(told.pictures ? [["dark", 1440], ["light", 360]] : [])];
{
  for (const [colorScheme, width] of looks) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    for (const path of pages) {
      const page = await open(context, path);
      if (path.startsWith("incidents/")) await page.waitForSelector(".axis-drawing .series, .axis-drawing .outage");
      await check(page, `/${path} (${colorScheme}, ${width} px)`);
      if (told.pictures) {
        const name = `${path.replace(/\W+/g, "-") || "home"}-${colorScheme}-${width}.png`;
        await page.screenshot({ path: `${told.pictures}/${name}` });
      }
      ++looked;
      await page.close();
    }
    await context.close();
  }
}

for (const one of trouble) console.log(one);
const axed = trouble.length;

// The incident's page as somebody comes to it: everything is in the first answer, the script only makes it livelier.
{
  const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await open(fresh, `incidents/${told.incident}/`);
  const [{ domInteractive, domContentLoadedEventEnd, encodedBodySize }] = await page.evaluate(
    "performance.getEntriesByType('navigation').map((entry) => entry.toJSON())");
  assert.ok(encodedBodySize < 100_000, `the page has ${encodedBodySize} bytes`);
  console.log(`incident's page: ${encodedBodySize} bytes, can be read and used after ${domInteractive.toFixed()} ms, with the script after ` +
    `${domContentLoadedEventEnd.toFixed()} ms`);
  await fresh.close();
}

// Search, incident, why, edit, undo, as of.
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
let page = await open(context, "login");
await page.fill('[name="token"]', told.token);
await page.click('main button');
await page.waitForURL(told.url);
await page.fill("#q", "country:KP outage");
await page.press("#q", "Enter");
await page.waitForURL(/search/);
assert.ok(await page.locator(".hits li").count() > 3, "hits");
await page.click(".incidents .title");
await page.waitForSelector(".axis-drawing .outage");
const address = page.url();
const before = await page.locator("#lines > li").count();
// Zoom to minutes: the labels become times of the day.
const labels = () => page.locator(".axis-drawing .days .label").allTextContents();
for (let i = 0; i < 12; ++i) await page.click('.axis-buttons button:has-text("Zoom in")');
assert.ok((await labels()).some((one) => /^\d\d:\d\d$/.test(one)), `minutes: ${await labels()}`);
await page.click('.axis-buttons button:has-text("Outages")');
// Another clock moves the day lines too.
const utc = await page.locator(".axis-drawing .day").first().getAttribute("x1");
await page.selectOption('[name="zone"]', "Asia/Pyongyang");
await page.waitForURL(/zone=Asia/);
await page.waitForSelector('#lines:has-text("2014-12-23 01:15")');
await page.waitForSelector(".axis-drawing .outage");
assert.notEqual(await page.locator(".axis-drawing .day").first().getAttribute("x1"), utc);
await page.selectOption('[name="zone"]', "UTC");
await page.waitForURL((url) => url.searchParams.get("zone") === "UTC");
// As of: the slider, by keys.
await page.waitForSelector('[name="moment"]');
await page.focus('[name="moment"]');
await page.keyboard.press("Home");
await page.waitForURL(/as_of=/);
await page.waitForSelector(".changed");
assert.ok(await page.locator("#lines > li").count() < before, "less was known at first");
await page.goto(address);
// Why.
await page.locator('.verdicts a:has-text("why")').first().click();
await page.waitForURL(/why\/vrd/);
assert.match(await page.textContent("main"), /Measured/);
await page.goto(address);
await page.locator('.link a[href^="/why/"]:visible').first().click();
await page.waitForURL(/why\/lnk/);
assert.match(await page.textContent("main"), /timelines moved in time score as high/);
// Edit and undo, on the page, as an editor.
await page.goto(address);
const tools = page.locator("main > details.tools").first();
await tools.locator("summary").click();
const form = tools.locator('form:has(button:has-text("Correct the title"))');
await form.locator('[name="word"]:not([type="hidden"])').fill("The outages of December");
await form.locator('[name="reason"]').fill("as the newsroom calls it");
await form.locator("button").click();
await page.waitForURL(address);
assert.equal(await page.textContent("h1"), "The outages of December");
await page.goto(told.url + "corrections");
await page.locator(".edits details summary").first().click();
await page.locator(".edits details button").first().click();
await page.waitForURL(/corrections/);
assert.equal(await page.locator(".edits .undone").count(), 1);
await page.goto(address);
assert.notEqual(await page.textContent("h1"), "The outages of December");
await context.close();

// With the keyboard alone, at both widths, from the first page to a reason.
for (const width of [360, 1440]) {
  const alone = await browser.newContext({ viewport: { width, height: 800 } });
  page = await open(alone, "");
  const tabTo = async (wanted, most = 2000) => {
    for (let i = 0; i < most; ++i) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((selector) => document.activeElement.matches(selector), wanted)) return;
    }
    assert.fail(`no Tab leads to ${wanted} at ${width} px`);
  };
  await tabTo(".skip", 1);
  await tabTo("#q");
  await page.keyboard.type("country:KP");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search/);
  await tabTo(".incidents .title");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".axis-drawing .outage");
  await tabTo(".axis-drawing");
  const where = () => page.locator(".axis-drawing .outage").first().getAttribute("x");
  const at = await where();
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await where(), at, "arrows move the axis");
  await page.keyboard.press("+");
  await tabTo('.verdicts a[href^="/why/"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/why/);
  await alone.close();
}

// Without a script everything is there too.
const plain = await browser.newContext({ javaScriptEnabled: false });
page = await plain.newPage();
await page.goto(`${told.url}incidents/${told.incident}/`);
assert.ok(await page.locator("svg.chart .outage").count() > 0, "the still picture");
await page.selectOption('[name="zone"]', "Asia/Pyongyang");
await page.click(".controls button");
assert.match(await page.textContent("#lines"), /2014-12-23 01:15/);
await plain.close();

await browser.close();
for (const one of trouble.slice(axed)) console.log(one);
console.log(`browser: ${looked} pages looked at by axe, ${asked} requests, all of them ours`);
process.exit(trouble.length ? 1 : 0);
