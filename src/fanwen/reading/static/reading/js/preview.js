// The pages the form would make, beside it: asked for at a pause in typing, only while they are looked at.

const form = document.getElementById("fill");
const pane = document.getElementById("pane");
const sheets = document.getElementById("sheets");
const preview = document.getElementById("preview");
const state = document.getElementById("preview-state");
const switches = [...document.querySelectorAll("[data-show]")];

const PAUSE = 600;
const LOOK = 200;
const PATIENCE = 1500;
const CHOICE = "fill-show";

let chosen = "preview";
try {
  chosen = localStorage.getItem(CHOICE) ?? "preview";
} catch {
  // Storage may be forbidden: the preview is shown then.
}
let asked = "";
let running = null;
let timer = 0;

const said = () => new URLSearchParams(new FormData(form)).toString();
const sleep = (time, signal) =>
  new Promise((resolve, reject) => {
    const clock = setTimeout(resolve, time);
    signal.addEventListener("abort", () => {
      clearTimeout(clock);
      reject(signal.reason);
    });
  });

const show = (what) => {
  for (const one of switches) one.setAttribute("aria-pressed", String(one.dataset.show === what));
  if (preview.hidden === (what !== "preview")) return;
  preview.hidden = what !== "preview";
  sheets.hidden = !preview.hidden;
};

const fetched = async (signal) => {
  const headers = { "HX-Request": "true" };
  let answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), headers, signal });
  while (answer.status === 202) {
    await sleep(LOOK, signal);
    answer = await fetch(answer.url, { headers, signal });
  }
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
};

// What is in view is drawn before it takes the place of the old pages, so that nothing flickers.
const place = async (html) => {
  const made = document.createRange().createContextualFragment(html);
  const frame = pane.getBoundingClientRect();
  const old = [...(preview.hidden ? sheets : preview).querySelectorAll(".fill-sheet")];
  const images = [...made.querySelectorAll("img")].filter((image, index) => {
    const box = old[index]?.getBoundingClientRect();
    return box ? box.bottom > frame.top && box.top < frame.bottom : index === 0;
  });
  const drawn = images.map((image) => {
    image.loading = "eager";
    return image.decode().catch(() => undefined);
  });
  await Promise.race([Promise.all(drawn), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  const top = pane.scrollTop;
  preview.replaceChildren(made);
  if (chosen === "preview") show("preview");
  pane.scrollTop = top;
  form.dispatchEvent(new CustomEvent("previewed"));
};

const ask = async () => {
  const values = said();
  if (values === asked) return;
  running?.abort();
  const mine = new AbortController();
  running = mine;
  asked = values;
  state.textContent = state.dataset.making;
  try {
    const html = await fetched(mine.signal);
    if (mine.signal.aborted) return;
    await place(html);
    if (running === mine) state.textContent = "";
  } catch (error) {
    if (mine.signal.aborted) return;
    asked = "";
    state.textContent = state.dataset.failed;
  }
};

if (form && preview) {
  for (const one of switches) {
    one.addEventListener("click", () => {
      chosen = one.dataset.show;
      try {
        localStorage.setItem(CHOICE, chosen);
      } catch {
        // It holds for this page then.
      }
      if (chosen === "preview") ask();
      if (chosen === "template" || preview.children.length) show(chosen);
    });
  }
  const soon = (pause) => {
    clearTimeout(timer);
    if (chosen === "preview") timer = setTimeout(ask, pause);
  };
  form.addEventListener("input", () => soon(PAUSE));
  form.addEventListener("followed", () => soon(PAUSE));
  // The first field touched wakes the office that makes the pages.
  form.addEventListener("focusin", () => soon(0), { once: true });
}
