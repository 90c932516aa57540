// What the page shows of the files: a row each, as long as there are few, and one line for all of them.

const MOST_WAITING = 40; // rows of files whose turn has not come
const MOST_QUIET = 120; // rows that need nobody's attention any more

const language = document.documentElement.lang;
const whole = new Intl.NumberFormat(language);
const percent = new Intl.NumberFormat(language, { style: "percent" });
const unit = (name, style) => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: style ?? "short", maximumFractionDigits: 1 });
const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte"].map((name) => [unit(name), unit(`${name}-per-second`)]);

const scaled = (bytes, which) => {
  let step = 0;
  for (; bytes >= 1000 && step < 3; step += 1) bytes /= 1000;
  return SIZES[step][which].format(step ? bytes : Math.round(bytes));
};
export const size = (bytes) => scaled(bytes, 0);
const rate = (bytes) => scaled(bytes, 1);
const time = (seconds) => (seconds < 90 ? unit("second", "long").format(Math.max(1, Math.round(seconds))) : unit("minute", "long").format(Math.round(seconds / 60)));
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? "" });

// Bytes a second over the last few seconds.
class Pace {
  constructor() { this.seen = []; }
  add(sent) {
    const now = performance.now();
    this.seen.push([now, sent]);
    while (this.seen.length > 2 && now - this.seen[0][0] > 6000) this.seen.shift();
  }
  get rate() {
    const [first, last] = [this.seen[0], this.seen.at(-1)];
    return first && last[0] - first[0] > 500 ? (1000 * (last[1] - first[1])) / (last[0] - first[0]) : 0;
  }
}

export class Board {
  constructor(form, list, summary) {
    this.texts = form.dataset;
    this.list = list;
    this.summary = summary;
    this.items = 0;
    this.ended = 0;
    this.total = 0; // bytes of all files
    this.sent = 0;
    this.pace = new Pace();
    this.waitingRows = 0;
    summary.querySelector("input").addEventListener("change", (event) => list.classList.toggle("only-problems", event.target.checked));
    setInterval(() => this.refresh(), 1000);
  }

  add(item) {
    this.items += 1;
    this.total += item.file.size;
    item.sent = 0;
    if (this.waitingRows < MOST_WAITING) {
      this.waitingRows += 1;
      item.waits = true;
      this.place(item, [element("p", "hint", this.texts.waiting)], "upload-row upload-waiting");
    }
  }

  place(item, parts, className = "upload-row") {
    if (!item.row?.isConnected) {
      item.row = element("li", className);
      this.list.append(item.row);
    }
    item.row.className = className;
    item.row.replaceChildren(element("p", "upload-name", item.name), ...parts);
  }

  start(item) {
    if (item.waits) this.waitingRows -= 1;
    item.waits = false;
    item.pace = new Pace();
    item.bar = Object.assign(document.createElement("progress"), { max: Math.max(item.file.size, 1), value: 0 });
    item.bar.setAttribute("aria-label", this.texts.sending);
    item.state = element("span", "hint", this.texts.checking);
    const stop = element("button", "plain", this.texts.cancel);
    stop.type = "button";
    stop.addEventListener("click", () => item.cancel?.());
    const line = element("p", "upload-line");
    line.append(item.state, stop);
    this.place(item, [item.bar, line]);
  }

  progress(item, sent) {
    this.sent += sent - item.sent;
    item.sent = sent;
    item.bar.value = sent;
    item.pace.add(sent);
    const left = item.pace.rate ? fill(this.texts.left, { time: time((item.file.size - sent) / item.pace.rate), rate: rate(item.pace.rate) }) : "";
    item.state.textContent = [fill(this.texts.sent, { sent: size(sent), size: size(item.file.size) }), left].filter(Boolean).join(this.texts.comma);
  }

  // How much of the file was read, before it is sent.
  read(item, bytes) { item.state.textContent = [this.texts.checking, percent.format(bytes / item.file.size)].join(this.texts.comma); }

  pause(item) { item.state.textContent = this.texts.pausing; }

  // The server's row takes the place of ours.
  end(item, html) {
    this.progress(item, item.file.size);
    this.ended += 1;
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    const row = parsed.content.querySelector(".upload-row");
    item.row.replaceWith(row);
    item.row = row;
    window.htmx?.process(row);
    this.trim();
  }

  fail(item, problem, again) {
    if (!problem.message) { // cancelled
      this.forget(item);
      return;
    }
    this.ended += 1;
    const text = element("p", "problem", problem.message);
    text.setAttribute("role", "alert");
    const parts = [text];
    if (problem.again) {
      const button = element("button", "button quiet", item.sent ? this.texts.goOn : this.texts.again);
      button.type = "button";
      button.addEventListener("click", again);
      parts.push(button);
    }
    this.place(item, parts, "upload-row upload-refused");
  }

  forget(item) {
    this.items -= 1;
    this.total -= item.file.size;
    this.sent -= item.sent;
    item.row?.remove();
  }

  again() { this.ended -= 1; }

  // A list of thousands would be of no use to anyone: what is done and needs nobody leaves it.
  trim() {
    const quiet = this.list.querySelectorAll(".upload-row[data-settled]:not(.upload-attention)");
    for (const row of [...quiet].slice(0, Math.max(0, quiet.length - MOST_QUIET))) row.remove();
  }

  refresh() {
    this.summary.hidden = this.items < 2;
    if (this.summary.hidden) return;
    this.pace.add(this.sent);
    const problems = this.list.querySelectorAll(".upload-refused, .upload-attention").length;
    const parts = [fill(this.texts.ended, { done: whole.format(this.ended), total: whole.format(this.items) })];
    if (this.ended < this.items && this.pace.rate > 0) {
      parts.push(fill(this.texts.left, { time: time((this.total - this.sent) / this.pace.rate), rate: rate(this.pace.rate) }));
    }
    if (problems) parts.push(fill(this.texts.problems, { count: whole.format(problems) }));
    const line = this.summary.querySelector("p");
    const said = parts.join(this.texts.comma);
    if (line.textContent !== said) line.textContent = said;
    Object.assign(this.summary.querySelector("progress"), { max: Math.max(this.total, 1), value: this.sent });
  }
}
