// Keys and buttons of the reader. Keys that are one letter or sign can be turned off.

import { copyPassage } from "./copy.js";
import { find } from "./find.js";
import { currentPage, go, list, reader, total } from "./pages.js";
import { toggle as thumbnails } from "./thumbnails.js";
import { fit, full, inSpread, larger, look, smaller, spread, turn } from "./zoom.js";

const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");
const box = document.getElementById("goto");

// Side by side the next page is in view already.
const move = (step) => go(currentPage() + step * (inSpread() ? 2 : 1));

const turnOrMove = (step) => {
  const wide = list.scrollWidth > list.clientWidth + 1;
  if (wide) list.scrollBy({ left: step * list.clientWidth * 0.4 });
  else move(step);
};

const keys = {
  ArrowRight: () => turnOrMove(1),
  ArrowLeft: () => turnOrMove(-1),
  Home: () => go(1),
  End: () => go(total),
};
const letters = {
  j: () => move(1),
  n: () => move(1),
  k: () => move(-1),
  p: () => move(-1),
  "/": find,
  s: () => document.querySelector(".search-box")?.focus(),
  g: () => { box.focus(); box.select(); },
  t: thumbnails,
  "+": larger,
  "=": larger,
  "-": smaller,
  0: fit,
  r: turn,
  d: spread,
  f: full,
  "?": () => dialog.showModal(),
};

const lettersOn = () => on.checked;
try {
  on.checked = localStorage.getItem("letter-keys") !== "off";
} catch {
  // a browser that keeps nothing for sites: the choice holds for this page
}
on.addEventListener("change", () => {
  try {
    localStorage.setItem("letter-keys", on.checked ? "on" : "off");
  } catch {
    // as above
  }
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, select, textarea, [contenteditable], dialog, [role=listbox]")) return;
  if (event.key === "Escape" && document.documentElement.classList.contains("full")) full();
  const shifted = event.shiftKey && !"?+/".includes(event.key);
  const act = shifted ? undefined : keys[event.key] ?? (lettersOn() ? letters[event.key] : undefined);
  if (!act) return;
  event.preventDefault();
  act();
});

const buttons = { larger, smaller, fit, turn, spread, full, look, passage: copyPassage, keys: () => dialog.showModal() };
reader.querySelector(".tools-script").hidden = false;
reader.addEventListener("click", (event) => buttons[event.target.closest("[data-do]")?.dataset.do]?.());
