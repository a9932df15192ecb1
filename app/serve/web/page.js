// What makes the pages better where there is a script; all of them work without.
import { Axis } from "./axis.js";

// Chooses clock and moment without loading the whole page: the server draws the same page for the
// same address, and its <main> takes the place of ours.
async function show(url, push) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  const text = await answer.text();
  const next = new DOMParser().parseFromString(text, "text/html");
  const focused = document.activeElement?.name;
  document.querySelector("main").replaceWith(next.querySelector("main"));
  document.title = next.title;
  if (push) history.pushState(null, "", url);
  begin();
  if (focused) document.querySelector(`.controls [name="${focused}"]`)?.focus();
}

function addressOf(form) {
  const url = new URL(location.href);
  url.search = "";
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.set(name, value);
  return url.toString();
}

// The list of moments as a slider, from the first that anything was known to now.
function slider(form) {
  const list = form.querySelector('select[name="as_of"]');
  if (!list || list.options.length < 3) return;
  const moments = [...list.options].reverse();
  const label = list.closest("label");
  const range = document.createElement("input");
  range.type = "range";
  range.name = "moment";
  range.min = 0;
  range.max = moments.length - 1;
  range.value = moments.findIndex((one) => one.selected);
  range.setAttribute("aria-label", "What was known at this moment");
  const said = document.createElement("output");
  const tell = () => {
    const one = moments[range.value];
    said.textContent = one.value === "" ? "now" : one.textContent;
    range.setAttribute("aria-valuetext", said.textContent);
  };
  tell();
  range.addEventListener("input", tell);
  range.addEventListener("change", () => {
    list.value = moments[range.value].value;
    range.disabled = false;
    form.requestSubmit();
  });
  label.after(range, said);
}

function controls() {
  const form = document.querySelector(".controls");
  if (!form) return;
  slider(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const moment = form.querySelector('[name="moment"]');
    moment?.removeAttribute("name");
    const url = addressOf(form);
    if (moment) moment.name = "moment";
    show(url, true);
  });
  for (const list of form.querySelectorAll("select")) {
    list.addEventListener("change", () => form.requestSubmit());
  }
}

async function axis() {
  const place = document.querySelector("[data-axis]");
  if (!place) return;
  const answer = await fetch(place.dataset.axis);
  if (!answer.ok) return;
  const told = await answer.json();
  if (told.last <= told.first) return;
  place.hidden = false;
  new Axis(place, told);
  // The axis shows all that the still picture does.
  document.querySelector("main .measured figure")?.setAttribute("hidden", "");
}

// Marks with a click what is to be copied.
function copying() {
  for (const area of document.querySelectorAll(".copy textarea")) {
    area.addEventListener("focus", () => area.select());
  }
}

// Says when something has changed here.
let heard = null;
function changes() {
  if (heard || !("EventSource" in window)) return;
  heard = new EventSource("/api/v1/changes");
  heard.addEventListener("correlated", () => {
    if (document.querySelector(".fresh")) return;
    const said = document.createElement("p");
    said.className = "fresh note";
    said.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "Something has changed here: show it";
    said.append(link);
    document.querySelector("main").prepend(said);
  });
}

function begin() {
  controls();
  axis();
  copying();
}

window.addEventListener("popstate", () => show(location.href, false));
begin();
if (document.querySelector("[data-axis]")) changes();
