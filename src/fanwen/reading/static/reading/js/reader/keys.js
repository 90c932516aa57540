// Keys and buttons of the reader. Keys that are one letter or sign can be turned off.

import { copyPassage } from "./copy.js";
import { find } from "./find.js";
import { currentPage, go, list, reader, total } from "./pages.js";
import { toggle as thumbnails } from "./thumbnails.js";
import { fit, full, larger, look, smaller, turn } from "./zoom.js";

const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");
const box = document.getElementById("goto");

const turnOrMove = (step) => {
  const wide = list.scrollWidth > list.clientWidth + 1;
  if (wide) list.scrollBy({ left: step * list.clientWidth * 0.4 });
  else go(currentPage() + step);
};

const keys = {
  ArrowRight: () => turnOrMove(1),
  ArrowLeft: () => turnOrMove(-1),
  Home: () => go(1),
  End: () => go(total),
};
const letters = {
  j: () => go(currentPage() + 1),
  n: () => go(currentPage() + 1),
  k: () => go(currentPage() - 1),
  p: () => go(currentPage() - 1),
  "/": find,
  s: () => document.querySelector(".search-box")?.focus(),
  g: () => { box.focus(); box.select(); },
  t: thumbnails,
  "+": larger,
  "=": larger,
  "-": smaller,
  0: fit,
  r: turn,
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

const buttons = { larger, smaller, fit, turn, full, look, passage: copyPassage, keys: () => dialog.showModal() };
reader.querySelector(".tools-script").hidden = false;
reader.addEventListener("click", (event) => buttons[event.target.closest("[data-do]")?.dataset.do]?.());
