// How large, how bright, which way up and how many side by side the pages stand. All but the turn is remembered in cookies, so that the
// server lays the next document out like that at once.

import { currentPage, onSheet, reader, sheetOf, sheets } from "./pages.js";

const STEPS = [50, 67, 80, 90, 100, 125, 150, 200, 250, 300];
const LOOKS = ["", "dim", "invert"];
const YEAR = 31536000;
const root = document.documentElement;
let zoom = Number(reader.dataset.zoom);

const remember = (name, value) => {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${value ? YEAR : 0}; samesite=lax${secure}`;
};

// Runs `change`, and leaves the point of the page that was in the middle of the window there.
const steadily = (change) => {
  const sheet = sheetOf(currentPage());
  const middle = innerHeight / 2;
  const before = sheet?.getBoundingClientRect();
  change();
  if (!sheet) return;
  const after = sheet.getBoundingClientRect();
  const share = (middle - before.top) / before.height;
  scrollBy({ top: after.top + share * after.height - middle, behavior: "instant" });
};

const fitSizes = (sheet) => {
  const image = sheet.querySelector("img");
  image.dataset.sizes ??= image.sizes;
  image.sizes = zoom === 100 && !reader.dataset.turn ? image.dataset.sizes : `${sheet.querySelector(".sheet-face").clientWidth}px`;
};

export const zoomTo = (percent) => {
  zoom = percent;
  remember("zoom", zoom === 100 ? "" : zoom);
  steadily(() => {
    reader.dataset.zoom = zoom;
    sheets().forEach(fitSizes);
  });
  const list = document.getElementById("pages");
  list.scrollLeft = (list.scrollWidth - list.clientWidth) / 2;
  document.getElementById("zoom-now").textContent = `${zoom}%`;
};

export const larger = () => zoomTo(STEPS.find((step) => step > zoom) ?? zoom);
export const smaller = () => zoomTo(STEPS.findLast((step) => step < zoom) ?? zoom);
export const fit = () => zoomTo(100);

export const turn = () => {
  const angle = (Number(reader.dataset.turn ?? 0) + 90) % 360;
  steadily(() => {
    if (angle) reader.dataset.turn = angle;
    else delete reader.dataset.turn;
    sheets().forEach(fitSizes);
  });
};

export const inSpread = () => reader.hasAttribute("data-spread") && matchMedia("(min-width: 1080px)").matches;

export const spread = () => {
  steadily(() => {
    const on = reader.toggleAttribute("data-spread");
    reader.querySelector("[data-do=spread]").setAttribute("aria-pressed", String(on));
    remember("spread", on ? "two" : "");
  });
};

// Everything but the reader goes away; where the browser can (an iPhone can't), its own frame does too.
const showFull = (on) => {
  steadily(() => root.classList.toggle("full", on));
  document.querySelector("[data-do=full]").setAttribute("aria-pressed", String(on));
};

export const full = () => {
  const on = !root.classList.contains("full");
  showFull(on);
  if (on) root.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
};

document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) showFull(false); });

export const look = () => {
  const next = LOOKS[(LOOKS.indexOf(root.dataset.pages ?? "") + 1) % LOOKS.length];
  if (next) root.dataset.pages = next;
  else delete root.dataset.pages;
  remember("pages", next);
};

onSheet((sheet) => { if (reader.dataset.turn) fitSizes(sheet); });
