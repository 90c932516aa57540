// Uploading: every chosen or dropped file is sent by itself and gets its own row.

const AT_ONCE = 2;

const form = document.getElementById("upload");
const drop = document.getElementById("drop");
const list = document.getElementById("uploads");
const files = document.getElementById("files");
const folder = document.getElementById("folder");
const texts = form.dataset;
const waiting = [];
let sending = 0;

document.documentElement.classList.add("script");
files.required = false;
for (const part of drop.querySelectorAll(".drop-or, .drop-more")) part.hidden = false;

const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" });

const rowFor = (file) => {
  const row = element("li", "upload-row");
  row.append(element("p", "upload-name", file.webkitRelativePath || file.name), element("p", "hint", texts.waiting));
  list.prepend(row);
  return row;
};

const fail = (row, file, text, again) => {
  row.replaceChildren(element("p", "upload-name", file.name));
  const problem = element("p", "problem", text);
  problem.setAttribute("role", "alert");
  row.append(problem);
  if (!again) return;
  const button = element("button", "button quiet", texts.again);
  button.type = "button";
  button.addEventListener("click", () => { row.remove(); add([file]); });
  row.append(button);
};

const send = (row, file) => {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const name of ["category", "tags", "title", "visibility"]) body.append(name, row.about[name]);
  body.append("files", file, file.name);
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", texts.sending);
  row.querySelector(".hint").replaceWith(bar);
  const request = new XMLHttpRequest();
  request.open("POST", form.action || location.href);
  request.setRequestHeader("X-Requested-With", "fanwen");
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  request.addEventListener("load", () => {
    const answer = document.createElement("template");
    answer.innerHTML = request.responseText;
    const made = answer.content.querySelector(".upload-row");
    if (!made || new URL(request.responseURL).pathname !== location.pathname) {
      fail(row, file, request.status === 200 ? texts.signedOut : texts.broken, true);
      return;
    }
    row.replaceWith(made);
    window.htmx?.process(made);
  });
  request.addEventListener("error", () => fail(row, file, texts.broken, true));
  request.addEventListener("loadend", () => { sending -= 1; next(); });
  sending += 1;
  request.send(body);
};

const next = () => {
  while (sending < AT_ONCE && waiting.length) send(...waiting.shift());
};

const add = (chosen) => {
  const about = Object.fromEntries(["category", "tags", "title", "visibility"].map((name) => [name, form.elements[name].value]));
  if (chosen.length > 1) about.title = "";
  for (const file of chosen) {
    const row = rowFor(file);
    row.about = about;
    if (file.size > Number(texts.limit)) fail(row, file, texts.tooLarge, false);
    else waiting.push([row, file]);
  }
  form.elements.title.value = "";
  next();
};

// A dropped folder is walked; its files come as if they had been chosen one by one.
const walk = async (entry) => {
  if (entry.isFile) return [await new Promise((found, failed) => entry.file(found, failed))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const part = await new Promise((read, failed) => reader.readEntries(read, failed));
    if (!part.length) return found;
    for (const child of part) if (!child.name.startsWith(".")) found.push(...(await walk(child)));
  }
};

for (const input of [files, folder]) {
  input.addEventListener("change", () => {
    add([...input.files].filter((file) => !file.name.startsWith(".")));
    input.value = "";
  });
}
document.getElementById("choose-folder").addEventListener("click", () => folder.click());
form.addEventListener("submit", (event) => event.preventDefault());

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
