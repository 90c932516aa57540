// Reading: the page number follows the scroll, keys turn pages, a page that is not here yet is fetched.

const reader = document.getElementById("reader");

if (reader) {
  const total = Number(reader.dataset.total);
  const box = document.getElementById("goto");
  const query = new URLSearchParams(location.search).get("q");
  const sheets = () => [...reader.querySelectorAll(".sheet")];
  let current = Number(box.value) || 1;

  const addressOf = (page) => {
    const values = new URLSearchParams({ page });
    if (query) values.set("q", query);
    return `${reader.dataset.address}?${values}#page-${page}`;
  };

  const go = (page) => {
    page = Math.min(Math.max(page, 1), total);
    const sheet = document.getElementById(`page-${page}`);
    if (!sheet) {
      location.href = addressOf(page);
      return;
    }
    if (page !== current) history.pushState(null, "", addressOf(page));
    sheet.scrollIntoView();
    show(page);
  };

  const show = (page) => {
    current = page;
    if (document.activeElement !== box) box.value = page;
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

  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const page = Number(box.value);
    box.blur();
    if (page) go(page);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const turn = { ArrowRight: current + 1, j: current + 1, n: current + 1, ArrowLeft: current - 1, k: current - 1, p: current - 1, Home: 1, End: total }[event.key];
    if (turn === undefined) return;
    event.preventDefault();
    go(turn);
  });

  // Addresses made for other viewers: #page=12.
  const fromHash = () => {
    const asked = /^#page[=-](\d+)$/.exec(location.hash);
    if (asked && (location.hash.includes("=") || !document.getElementById(`page-${asked[1]}`))) go(Number(asked[1]));
  };
  addEventListener("hashchange", fromHash);
  fromHash();

  // A page that came by ?page= without a fragment is brought into view, its first found word where there is one.
  const asked = Number(new URLSearchParams(location.search).get("page"));
  const target = asked && document.getElementById(`page-${asked}`);
  if (target && !/^#(?!page)/.test(location.hash)) {
    const hit = target.querySelector(".hits rect");
    const seen = ({ top, bottom }) => top >= 60 && bottom <= innerHeight;
    const bringIn = () => {
      if (!hit) target.scrollIntoView({ behavior: "instant" });
      else if (!seen(hit.getBoundingClientRect())) hit.scrollIntoView({ block: "center", behavior: "instant" });
    };
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") bringIn();
    show(asked);
  }
}

// An image that did not come is asked for again; if it still does not, the page's text is shown in its place.
const failed = (image) => {
  const face = image.closest(".sheet-face");
  if (!face) return;
  const tries = Number(image.dataset.tries ?? 0) + 1;
  image.dataset.tries = tries;
  if (tries > 2) face.classList.add("sheet-failed");
  else setTimeout(() => { image.srcset = image.srcset; }, 1500 * tries);
};

addEventListener("error", (event) => { if (event.target instanceof HTMLImageElement) failed(event.target); }, true);

// Some may have failed before this script ran.
for (const image of document.querySelectorAll(".sheet-face img")) {
  if (image.complete && image.currentSrc && !image.naturalWidth) failed(image);
}

const back = document.querySelector("[data-back]");
back?.addEventListener("click", (event) => {
  if (!document.referrer.startsWith(location.origin) || history.length < 2) return;
  event.preventDefault();
  history.back();
});
