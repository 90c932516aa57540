// All pages small, beside the pages: links, the current one marked and in view.

import { currentPage, go, onTurn } from "./pages.js";

const link = document.getElementById("thumbs-open");
const panel = document.getElementById("thumbs");
const list = document.getElementById("thumb-list");
let asked = false;

const mark = (page) => {
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const now = list.querySelector(`[data-to="${page}"]`);
  now?.setAttribute("aria-current", "page");
  if (now && !panel.hidden) list.scrollTop = now.offsetTop - (list.clientHeight - now.offsetHeight) / 2;
  return now;
};

export const toggle = async () => {
  panel.hidden = !panel.hidden;
  link.setAttribute("aria-expanded", String(!panel.hidden));
  if (panel.hidden) {
    link.focus();
    return;
  }
  if (!asked) {
    asked = true;
    const first = Math.floor((currentPage() - 1) / 100) * 100 + 1;
    for (let from = 1; from <= first; from += 100) {
      await window.htmx.ajax("GET", `${link.pathname}?from=${from}`, { target: "#thumb-list", swap: "beforeend" });
      if (from < first) list.querySelector(".thumbs-next")?.remove();
    }
    asked = list.childElementCount > 0;
  }
  (mark(currentPage()) ?? list.querySelector("a"))?.focus({ preventScroll: true });
};

link.setAttribute("aria-expanded", "false");
link.setAttribute("aria-controls", "thumbs");
link.setAttribute("role", "button");
link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toggle();
});
link.addEventListener("keydown", (event) => {
  if (event.key !== " ") return;
  event.preventDefault();
  toggle();
});

panel.querySelector(".thumbs-close").addEventListener("click", toggle);
panel.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape") toggle();
  else if (step) {
    const links = [...list.querySelectorAll("a")];
    links[links.indexOf(document.activeElement) + step]?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
});
list.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-to]");
  if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(Number(chosen.dataset.to));
  // On a phone the list covers the pages.
  if (matchMedia("(max-width: 700px)").matches) toggle();
});
onTurn(mark);
