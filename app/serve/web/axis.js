// One axis of time: what was measured, outages as bands, what could not be seen hatched, stories as
// marks with their verdicts, claimed starts and ends as the stretches that they can mean.
import { scaleLinear, scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { line, curveStepAfter } from "d3-shape";
import { zoom, zoomIdentity } from "d3-zoom";

const height = { top: 26, plot: 170, claims: 26, marks: 64, labels: 34 };
const bottom = height.top + height.plot + height.claims + height.marks;
const whole = bottom + height.labels;
const minute = 60, hour = 3600, day = 86400;
// Steps of the ticks, in seconds; the smallest that leaves room for its labels is taken.
const steps = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day,
  2 * day, 7 * day, 14 * day, 30 * day, 91 * day, 182 * day, 365 * day];

// The clock of a zone: parts of a moment there, and the moment of a midnight.
class Clock {
  constructor(zone) {
    const named = /^[+-]/.test(zone) ? undefined : zone;
    this.fixed = named === undefined ? offsetOf(zone) : null;
    this.format = new Intl.DateTimeFormat("en-GB", {
      timeZone: named ?? "UTC", hourCycle: "h23", year: "numeric", month: "2-digit",
      day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
  }
  // Seconds that the clock is ahead of UTC at a moment.
  offset(at) {
    if (this.fixed !== null) return this.fixed;
    const part = {};
    for (const { type, value } of this.format.formatToParts(new Date(at * 1000))) part[type] = +value;
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) / 1000 - at;
  }
  // The first moment from `at` on whose local time is a multiple of `step`.
  next(at, step) {
    let out = Math.ceil((at + this.offset(at)) / step) * step - this.offset(at);
    const moved = this.offset(out) - this.offset(at);  // the clock was changed between
    if (moved !== 0) out -= moved;
    return out;
  }
  words(at, step) {
    const local = new Date((at + this.offset(at)) * 1000).toISOString();
    return step >= day || local.slice(11, 16) === "00:00" ? local.slice(0, 10) : local.slice(11, 16);
  }
  full(at) {
    return new Date((at + this.offset(at)) * 1000).toISOString().slice(0, 16).replace("T", " ");
  }
}

function offsetOf(zone) {
  const [hours, minutes] = zone.slice(1).split(":").map(Number);
  return (zone[0] === "-" ? -1 : 1) * (hours * hour + (minutes || 0) * minute);
}

export class Axis {
  constructor(place, told) {
    this.told = told;
    this.clock = new Clock(told.zone);
    this.place = place;
    place.textContent = "";
    this.buttons(place);
    this.svg = select(place).append("svg").attr("class", "axis-drawing").attr("tabindex", 0)
      .attr("role", "group")
      .attr("aria-label", "Axis of time. Plus and minus zoom, arrows move, 0 shows the outages, Home shows all.");
    this.said = select(place).append("p").attr("class", "axis-said").attr("aria-live", "polite");
    this.layers();
    this.zoom = zoom().scaleExtent([1, this.span() / (10 * minute)]).on("zoom", () => this.draw());
    this.svg.call(this.zoom).on("wheel.zoom", null);
    // Scrolling the page must stay possible: the wheel zooms with Ctrl only.
    this.svg.node().addEventListener("wheel", (turn) => {
      if (!turn.ctrlKey) return;
      turn.preventDefault();
      this.zoom.scaleBy(this.svg, turn.deltaY < 0 ? 1.25 : 0.8);
    }, { passive: false });
    this.svg.node().addEventListener("keydown", (key) => this.key(key));
    new ResizeObserver(() => this.resize()).observe(place);
    this.resize();
    this.show(told.from, told.to);
  }

  span() { return Math.max(this.told.last - this.told.first, hour); }

  buttons(place) {
    const row = document.createElement("div");
    row.className = "axis-buttons";
    for (const [words, does] of [
      ["Zoom in", () => this.zoom.scaleBy(this.svg, 1.6)],
      ["Zoom out", () => this.zoom.scaleBy(this.svg, 1 / 1.6)],
      ["Earlier", () => this.zoom.translateBy(this.svg, this.width / 4 / this.transform().k, 0)],
      ["Later", () => this.zoom.translateBy(this.svg, -this.width / 4 / this.transform().k, 0)],
      ["Outages", () => this.show(this.told.from, this.told.to)],
      ["All", () => this.show(this.told.first, this.told.last)],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      button.addEventListener("click", does);
      row.append(button);
    }
    place.append(row);
  }

  key(key) {
    const does = {
      "+": () => this.zoom.scaleBy(this.svg, 1.6),
      "=": () => this.zoom.scaleBy(this.svg, 1.6),
      "-": () => this.zoom.scaleBy(this.svg, 1 / 1.6),
      ArrowLeft: () => this.zoom.translateBy(this.svg, this.width / 8 / this.transform().k, 0),
      ArrowRight: () => this.zoom.translateBy(this.svg, -this.width / 8 / this.transform().k, 0),
      0: () => this.show(this.told.from, this.told.to),
      Home: () => this.show(this.told.first, this.told.last),
    }[key.key];
    if (!does || key.target !== this.svg.node()) return;
    key.preventDefault();
    does();
  }

  layers() {
    this.svg.append("defs").html('<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch" width="3" height="8"/></pattern>');
    for (const name of ["outages", "unseen", "days", "series", "claims", "marks"]) {
      this[name] = this.svg.append("g").attr("class", name);
    }
  }

  transform() { return this.svg.node().__zoom ?? zoomIdentity; }

  // Only the width counts: the height changes with what is said of a mark, and drawing it all anew
  // then would take the focus from that mark.
  resize() {
    const width = Math.max(this.place.clientWidth, 280);
    if (width === this.width) return;
    this.width = width;
    this.svg.attr("viewBox", `0 0 ${this.width} ${whole}`).attr("height", whole);
    this.base = scaleUtc().domain([this.told.first * 1000, this.told.last * 1000]).range([8, this.width - 8]);
    this.zoom?.translateExtent([[0, 0], [this.width, whole]]).extent([[0, 0], [this.width, whole]]);
    if (this.zoom) this.draw();
  }

  show(from, to) {
    const a = this.base(from * 1000), b = this.base(to * 1000);
    const k = Math.min((this.width - 16) / Math.max(b - a, 0.001), this.zoom.scaleExtent()[1]);
    this.svg.call(this.zoom.transform, zoomIdentity.scale(k).translate(8 / k - a, 0));
  }

  draw() {
    this.x = this.transform().rescaleX(this.base);
    const [from, to] = this.x.domain().map((one) => one / 1000);
    this.drawDays(from, to);
    this.drawBands(from, to);
    this.drawSeries(from, to);
    this.drawClaims(from, to);
    this.drawMarks(from, to);
  }

  at(seconds) { return this.x(seconds * 1000); }

  drawDays(from, to) {
    const room = Math.max(this.width / 90, 2);
    const step = steps.find((one) => (to - from) / one <= room) ?? 3650 * day;
    const ticks = [];
    for (let at = this.clock.next(from, step); at <= to && ticks.length < 60;
      at = this.clock.next(at + step / 2, step)) ticks.push(at);
    this.days.selectAll("*").remove();
    for (const at of ticks) {
      const x = this.at(at);
      this.days.append("line").attr("class", "day").attr("x1", x).attr("x2", x)
        .attr("y1", height.top).attr("y2", bottom);
      this.days.append("text").attr("class", "label").attr("x", x + 3).attr("y", bottom + 16)
        .text(this.clock.words(at, step));
    }
    this.days.append("text").attr("class", "label").attr("x", 8).attr("y", whole - 2)
      .text(`${this.clock.full(from)} to ${this.clock.full(to)}, ${this.told.zone}`);
  }

  drawBands(from, to) {
    const shown = this.told.outages.filter((one) => one.from < to && (one.to ?? to) > from);
    this.outages.selectAll("*").remove();
    for (const one of shown) {
      const a = this.at(one.from), b = this.at(one.to ?? (one.open ? to : one.from));
      const band = this.outages.append("a").attr("href", `/outages/${encodeURIComponent(one.id)}`);
      band.append("rect").attr("class", one.open ? "outage open" : "outage").attr("x", a)
        .attr("y", height.top).attr("width", Math.max(2, b - a)).attr("height", height.plot)
        .append("title").text(`${one.name}: ${one.label}`);
      band.append("text").attr("class", "label").attr("x", Math.max(a, 8) + 2).attr("y", height.top - 8)
        .text(one.name);
    }
    this.unseen.selectAll("*").remove();
    for (const one of this.unseenParts()) {
      if (one.from >= to || one.to <= from) continue;
      const a = this.at(one.from), b = this.at(one.to);
      this.unseen.append("rect").attr("class", "unseen").attr("fill", "url(#hatch)").attr("x", a)
        .attr("y", height.top).attr("width", Math.max(1, b - a)).attr("height", height.plot)
        .append("title").text("no measurement here");
    }
  }

  // Where no series has a sample: nobody can say there that nothing happened.
  unseenParts() {
    if (this.gaps) return this.gaps;
    const seen = [];
    for (const one of this.told.series) {
      for (let i = 0; i < one.min.length; ++i) {
        if (one.min[i] === null) continue;
        const from = one.from + i * one.step, last = seen[seen.length - 1];
        if (last && last.to >= from && last.of === one) last.to = from + one.step;
        else seen.push({ from, to: from + one.step, of: one });
      }
    }
    seen.sort((a, b) => a.from - b.from);
    this.gaps = [];
    let at = this.told.first - this.span();
    for (const one of seen) {
      if (one.from > at) this.gaps.push({ from: at, to: one.from });
      at = Math.max(at, one.to);
    }
    this.gaps.push({ from: at, to: this.told.last + this.span() });
    return this.gaps;
  }

  drawSeries(from, to) {
    this.series.selectAll("*").remove();
    for (const one of this.told.series) {
      const most = Math.max(...one.max.filter((value) => value !== null), 0);
      if (most <= 0) continue;
      const y = scaleLinear().domain([0, most]).range([height.top + height.plot, height.top]);
      const first = Math.max(0, Math.floor((from - one.from) / one.step) - 1);
      const last = Math.min(one.min.length, Math.ceil((to - one.from) / one.step) + 1);
      const points = [];
      for (let i = first; i < last; ++i) points.push([one.from + i * one.step, one.min[i]]);
      if (last > first && last === one.min.length) {
        points.push([one.from + last * one.step, one.min[last - 1]]);
      }
      const path = line().defined((point) => point[1] !== null).curve(curveStepAfter)
        .x((point) => this.at(point[0])).y((point) => y(point[1]));
      this.series.append("path").attr("class", "series").attr("d", path(points))
        .append("title").text(`${one.label} (${one.unit || "samples"}), at most ${most}`);
    }
  }

  drawClaims(from, to) {
    this.claims.selectAll("*").remove();
    const y = height.top + height.plot + 6;
    for (const one of this.told.claims) {
      if (one.from > to || one.to < from) continue;
      const a = this.at(one.from), b = this.at(one.to);
      this.claims.append("rect").attr("class", `claim ${one.verdict}`).attr("x", a)
        .attr("y", one.kind === "start" ? y : y + 8).attr("width", Math.max(3, b - a))
        .attr("height", 6).append("title").text(`claimed ${one.kind}: “${one.text}”: ${one.verdict}`);
    }
  }

  // Marks that would hide one another stand above one another, in rows; what finds no room is
  // counted in the last.
  drawMarks(from, to) {
    const rows = 4, wide = 14, top = height.top + height.plot + height.claims;
    const ends = new Array(rows).fill(-Infinity);
    this.marks.selectAll("*").remove();
    for (const one of this.told.marks) {
      const middle = (one.from + one.to) / 2;
      if (middle < from || middle > to) continue;
      const x = this.at(middle);
      let row = ends.findIndex((end) => x - end >= wide);
      if (row < 0) row = rows - 1;
      ends[row] = x;
      const y = top + 8 + row * 15;
      const link = this.marks.append("a").attr("href", `#${one.id}`)
        .attr("aria-label", `${this.clock.full(one.from)}: ${one.title}`);
      if (one.to - one.from > hour) {
        link.append("line").attr("class", "when").attr("x1", this.at(one.from)).attr("x2", this.at(one.to))
          .attr("y1", y).attr("y2", y);
      }
      link.append("circle").attr("class", `story ${one.kind}`).attr("cx", x).attr("cy", y).attr("r", 5);
      if (one.verdicts) {
        link.append("text").attr("class", "sign").attr("x", x + 6).attr("y", y + 4)
          .text([...new Set(one.verdicts)].join(""));
      }
      link.append("title").text(`${this.clock.full(one.from)}: ${one.title}`);
      link.on("focus mouseenter", () => this.said.text(`${this.clock.full(one.from)}: ${one.title}`));
    }
  }
}
