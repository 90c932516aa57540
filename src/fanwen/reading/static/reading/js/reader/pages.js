// The pages: which one is read, how to get to another one, fetching those that are not here yet.

export const reader = document.getElementById("reader");
export const total = Number(reader.dataset.total);
export const list = document.getElementById("pages");
const box = document.getElementById("goto");
const turned = [];
let current = Number(box.value) || 1;

export const currentPage = () => current;
export const sheetOf = (page) => document.getElementById(`page-${page}`);
export const sheets = () => [...list.querySelectorAll(".sheet")];
export const onTurn = (listener) => turned.push(listener);

// Calls `listener` with each sheet that is here or comes.
export const onSheet = (listener) => {
  sheets().forEach(listener);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.classList?.contains("sheet")) listener(node);
  }).observe(list, { childList: true });
};

// What a script may put in an address again; where further pages begin and end is over with the next move.
export const addressOf = (page, changes = {}) => {
  const values = new URLSearchParams({ page });
  const query = changes.q ?? new URLSearchParams(location.search).get("q");
  if (query) values.set("q", query);
  return `${reader.dataset.address}?${values}#page-${page}`;
};

// What is told about the address stays in view until the reader moves on.
const told = () => reader.querySelectorAll(".told").forEach((notice) => notice.remove());

const show = (page) => {
  if (page === current) return;
  told();
  current = page;
  if (document.activeElement !== box) box.value = page;
  turned.forEach((listener) => listener(page));
};

const settled = (start) => new Promise((done) => {
  const end = () => { list.removeEventListener("htmx:afterSettle", end); clearTimeout(limit); done(); };
  const limit = setTimeout(end, 15000);
  list.addEventListener("htmx:afterSettle", end);
  start();
});

// Makes sure that `page` is among the pages here: the next ones are added to them, others take their place.
export const bring = async (page) => {
  if (sheetOf(page)) return sheetOf(page);
  const more = list.querySelector(":scope > .more:not(.more-earlier) a");
  const last = Number(sheets().at(-1)?.dataset.page);
  if (more && page > last && page <= last + 5) await settled(() => window.htmx.trigger(more, "click"));
  if (!sheetOf(page)) {
    const values = new URLSearchParams({ around: 1, from: Math.max(1, page - 1), upto: Math.min(total, page + 3) });
    await settled(() => window.htmx.ajax("GET", `${reader.dataset.address}pages/?${values}`, { target: "#pages", swap: "innerHTML" }).catch(() => {}));
  }
  return sheetOf(page);
};

// Opens `page` at its top. Without `push` the address is taken to be right already.
export const go = async (page, { push = true } = {}) => {
  page = Math.min(Math.max(page, 1), total);
  const sheet = await bring(page);
  if (!sheet) {
    location.href = addressOf(page);
    return;
  }
  if (push && page !== current) history.pushState(null, "", addressOf(page));
  sheet.scrollIntoView({ behavior: "instant" });
  show(page);
};

// The page in view is the one of which most is seen.
let due = 0;
const follow = () => {
  due = 0;
  let page = 0;
  let most = 0;
  for (const sheet of sheets()) {
    const { top, bottom } = sheet.getBoundingClientRect();
    const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (seen > most) [most, page] = [seen, Number(sheet.dataset.page)];
  }
  if (!page || page === current) return;
  show(page);
  history.replaceState(history.state, "", addressOf(page));
};
addEventListener("scroll", () => { due ||= setTimeout(follow, 250); }, { passive: true });

// With a script both boxes need no button: Enter goes, typing finds.
reader.classList.add("live");

// What is no page's number is left to the server: it may be printed on a page, or it is told that there is none.
box.form.addEventListener("submit", (event) => {
  const page = /^\d+$/.test(box.value.trim()) ? Number(box.value) : 0;
  if (page < 1 || page > total) return;
  event.preventDefault();
  box.blur();
  go(page);
});

// Addresses made for other viewers are understood too: #page=12.
const asked = () => {
  const named = /^#page[=-](\d+)$/.exec(location.hash)?.[1];
  if (named) return Number(named);
  const page = Number(new URLSearchParams(location.search).get("page"));
  return page > total ? current : page; // a number beyond is one printed on a page, which was looked up when the page was made
};
addEventListener("popstate", () => {
  const page = asked();
  if (page) go(page, { push: false });
});
document.addEventListener("DOMContentLoaded", () => {
  // not before: htmx then knows the links that bring further pages
  if (/^#page=/.test(location.hash) || (asked() && !sheetOf(asked()))) go(asked() || 1, { push: false });
});

// A page that came by ?page= is brought into view, its first marked place where there is one; so is the first place of
// what is looked for.
const target = sheetOf(current);
const place = list.querySelector(".hits .passage") ?? target?.querySelector(".hits rect");
const wanted = asked() || (place && new URLSearchParams(location.search).has("q"));
if ((wanted || list.querySelector(".hits .passage")) && target && !/^#(?!page)/.test(location.hash) && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  if (place) place.scrollIntoView({ block: "center", behavior: "instant" });
  else target.scrollIntoView({ behavior: "instant" });
}
