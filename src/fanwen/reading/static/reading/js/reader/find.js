// Finding inside the document: every place over all its pages is known, those on the pages here are boxed.

import { addressOf, bring, currentPage, onSheet, reader, sheets } from "./pages.js";

const SVG = "http://www.w3.org/2000/svg";
const texts = reader.dataset;
const box = document.getElementById("inside");
const count = document.getElementById("inside-count");
const steps = [document.getElementById("inside-previous"), document.getElementById("inside-next")];
let found = { query: "", hits: [], exact: true, more: false };
let at = -1;
let came = null;

const draw = (sheet) => {
  const layer = sheet.querySelector(".layer");
  if (!layer) return;
  const passages = [...layer.querySelectorAll(".hits .passage")];
  layer.querySelector(".hits")?.remove();
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", "hits");
  group.append(...passages);
  const page = Number(sheet.dataset.page);
  found.hits.forEach((hit, index) => {
    for (const [on, x, y, width, height] of hit) {
      if (on !== page || x === undefined) continue;
      const rect = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ x, y, width, height, rx: 1.5, "data-hit": index + 1 })) rect.setAttribute(name, value);
      if (index === at) rect.setAttribute("class", "now");
      group.append(rect);
    }
  });
  if (group.childNodes.length) layer.prepend(group);
};

const say = () => {
  const many = found.hits.length;
  if (!found.query) count.textContent = "";
  else if (!many) count.textContent = texts.none;
  else count.textContent = (found.exact ? texts.of : texts.words).replace("{at}", at + 1).replace("{count}", many + (found.more ? "+" : ""));
  steps.forEach((button) => { button.hidden = !found.query; button.disabled = !many; });
};

const show = async (index) => {
  const many = found.hits.length;
  if (!many) return;
  at = (index + many) % many;
  say();
  const page = found.hits[at][0][0];
  const sheet = await bring(page);
  if (!sheet) {
    location.href = addressOf(page, { q: found.query });
    return;
  }
  sheets().forEach(draw);
  const place = sheet.querySelector(".hits .now") ?? sheet;
  place.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  history.replaceState(history.state, "", addressOf(page, { q: found.query }));
};

let asked = 0;
const look = async (query, { move = true } = {}) => {
  const turn = ++asked;
  let answer = { hits: [], exact: true, more: false };
  if (query) {
    try {
      const response = await fetch(`${texts.address}find/?${new URLSearchParams({ q: query })}`);
      if (!response.ok) throw new Error(response.status);
      answer = await response.json();
    } catch {
      if (turn === asked) count.textContent = texts.broken;
      return;
    }
  }
  if (turn !== asked) return;
  found = { query, ...answer };
  const listed = document.getElementById("hit-pages");
  if (listed && listed.dataset.query !== query) listed.remove();
  // The nearest place from the page being read on.
  const page = currentPage();
  const next = found.hits.findIndex(([[on]]) => on >= page);
  at = found.hits.length ? Math.max(next, 0) : -1;
  sheets().forEach(draw);
  say();
  if (move && found.hits.length) await show(at);
  else history.replaceState(history.state, "", addressOf(page, { q: query }));
};

let due = 0;
const typed = () => box.value.replace(/\s+/g, " ").trim();
box.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(due);
  due = setTimeout(() => look(typed()), 220);
});
box.addEventListener("compositionend", () => box.dispatchEvent(new Event("input")));
box.addEventListener("focus", (event) => { came = event.relatedTarget ?? came; });

const step = (by) => {
  clearTimeout(due);
  if (typed() !== found.query) look(typed());
  else show(at + by);
};

box.form.addEventListener("submit", (event) => { event.preventDefault(); step(1); });
steps.forEach((button, index) => button.addEventListener("click", () => step(index ? 1 : -1)));

box.form.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && event.shiftKey && event.target === box) {
    event.preventDefault();
    step(-1);
  } else if (event.key === "Escape") {
    event.preventDefault();
    end();
  }
});

// Finding ends where it was: the boxes go, the page stays, focus returns.
const end = () => {
  clearTimeout(due);
  box.value = "";
  look("", { move: false });
  if (came?.isConnected && came !== document.body) came.focus({ preventScroll: true });
  else box.blur();
  came = null;
};

export const find = () => {
  if (document.activeElement !== document.body) came = document.activeElement;
  box.focus();
  box.select();
};

onSheet((sheet) => { if (found.hits.length) draw(sheet); });
if (typed()) look(typed(), { move: false });
