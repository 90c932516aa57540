// The upload page: every chosen or dropped file is sent by itself and gets its own row.
import { Board } from "./upload/board.js";
import { follow } from "./upload/live.js";
import { Sender } from "./upload/send.js";

const AT_ONCE = 3;

const form = document.getElementById("upload");
const drop = document.getElementById("drop");
const list = document.getElementById("uploads");
const files = document.getElementById("files");
const folder = document.getElementById("folder");
const unfinished = document.getElementById("unfinished");
const sender = new Sender(form);
const board = new Board(form, list, document.getElementById("summary"));
const waiting = [];
const broken = new Set(); // files that go on by themselves when the connection is back
let sending = 0;

document.documentElement.classList.add("script");
files.required = false;
for (const part of drop.querySelectorAll(".drop-or, .drop-more")) part.hidden = false;

const goOn = (item) => {
  if (!broken.delete(item)) return;
  board.again();
  waiting.unshift(item);
  next();
};

const run = async (item) => {
  sending += 1;
  board.start(item);
  try {
    const html = await sender.send(item, {
      read: (bytes) => board.read(item, bytes),
      begun: (address) => takeUp(address),
      sent: (bytes) => board.progress(item, bytes),
      pause: () => board.pause(item),
    });
    board.end(item, html);
  } catch (problem) {
    broken.add(item);
    board.fail(item, problem, () => goOn(item));
    if (!problem.again) broken.delete(item);
  }
  sending -= 1;
  next();
};

// An unfinished upload that goes on is no longer listed as one.
const takeUp = (address) => {
  if (!unfinished) return;
  const path = new URL(address, location.href).pathname;
  for (const entry of unfinished.querySelectorAll("li")) if (entry.dataset.address === path) entry.remove();
  unfinished.hidden = !unfinished.querySelector("li");
};

const next = () => {
  while (sending < AT_ONCE && waiting.length) run(waiting.shift());
};

const add = (chosen) => {
  const about = Object.fromEntries(["category", "tags", "title", "visibility", "shown_as"].map((name) => [name, form.elements[name].value]));
  if (chosen.length > 1) about.title = "";
  for (const file of chosen) {
    const item = { file, about, name: file.webkitRelativePath || file.fullPath || file.name };
    board.add(item);
    if (file.size > Number(form.dataset.limit)) board.fail(item, { message: form.dataset.tooLarge }, null);
    else if (file.size === 0) board.fail(item, { message: form.dataset.empty }, null);
    else waiting.push(item);
  }
  form.elements.title.value = "";
  board.refresh();
  next();
};

// A dropped folder is walked; its files come as if they had been chosen one by one.
const walk = async (entry) => {
  if (entry.isFile) {
    const file = await new Promise((found, failed) => entry.file(found, failed));
    file.fullPath = entry.fullPath.replace(/^\//, "");
    return [file];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const part = await new Promise((read, failed) => reader.readEntries(read, failed));
    if (!part.length) return found;
    for (const child of part) if (!hidden(child)) found.push(...(await walk(child)));
  }
};
const hidden = (file) => file.name.startsWith(".") || file.name.startsWith("~$") || file.name === "Thumbs.db";

for (const input of [files, folder]) {
  input.addEventListener("change", () => {
    add([...input.files].filter((file) => !hidden(file)));
    input.value = "";
  });
}
document.getElementById("choose-folder").addEventListener("click", () => folder.click());
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("online", () => { for (const item of [...broken]) goOn(item); });
addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });

let depth = 0;
addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; drop.classList.add("over"); });
addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) drop.classList.remove("over"); });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", async (event) => {
  event.preventDefault();
  depth = 0;
  drop.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files];
  add(entries.length ? (await Promise.all(entries.map(walk))).flat() : plain);
});

follow(form.parentElement, form.dataset.progress, () => { board.trim(); board.refresh(); });
