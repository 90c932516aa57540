// Copying: a link that leads to the selected passage, and all of the text.

import { reader } from "./pages.js";

const LONGEST = 200;
const texts = reader.dataset;

// Only pages reached over HTTPS may use the clipboard; elsewhere there is the old way.
const toClipboard = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "hidden" });
    document.body.append(field);
    const selection = getSelection();
    const ranges = Array.from({ length: selection.rangeCount }, (_, at) => selection.getRangeAt(at));
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    selection.removeAllRanges();
    ranges.forEach((range) => selection.addRange(range));
    return done;
  }
};

const tell = (place, text) => {
  place.textContent = text;
  setTimeout(() => { if (place.textContent === text) place.textContent = ""; }, 5000);
};

const said = document.getElementById("said");

export const copyPassage = async () => {
  const selection = getSelection();
  const sheet = selection.anchorNode?.parentElement?.closest(".sheet");
  const passage = selection.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST);
  if (!sheet || !passage) {
    tell(said, texts.nothing);
    return;
  }
  const first = selection.getRangeAt(0).startContainer.parentElement.closest(".sheet") ?? sheet;
  const values = new URLSearchParams({ page: first.dataset.page, passage });
  const done = await toClipboard(`${location.origin}${texts.address}?${values}`);
  tell(said, done ? texts.copied : texts.uncopied);
};

// The selection must survive the press of the button.
reader.querySelector("[data-do=passage]").addEventListener("mousedown", (event) => event.preventDefault());

const button = document.getElementById("copy-text");
button.hidden = false;
button.addEventListener("click", async () => {
  const place = document.getElementById("copy-said");
  try {
    const response = await fetch(document.getElementById("plain-text").href);
    if (!response.ok) throw new Error(response.status);
    tell(place, (await toClipboard(await response.text())) ? texts.copied : texts.uncopied);
  } catch {
    tell(place, texts.broken);
  }
});
