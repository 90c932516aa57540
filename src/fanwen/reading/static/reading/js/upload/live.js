// Rows of documents under way are asked for again, all in one request, at an easy pace, until each has settled.

const MOST = 60;

export const follow = (page, address, changed) => {
  const seen = new Map();
  const look = async () => {
    const rows = [...page.querySelectorAll(".upload-row[data-number]:not([data-settled])")].slice(0, MOST);
    if (rows.length && !document.hidden) {
      const query = rows.map((row) => `d=${row.dataset.number}`).join("&");
      const answer = await fetch(`${address}?${query}`).catch(() => null);
      if (answer?.ok) show((await answer.json()).rows);
    }
    setTimeout(look, rows.length > 20 ? 3000 : 1200);
  };
  const show = (html) => {
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    for (const row of parsed.content.querySelectorAll(".upload-row")) {
      const old = page.querySelector(`.upload-row[data-number="${row.dataset.number}"]:not([data-settled])`);
      if (!old || seen.get(row.dataset.number) === row.outerHTML || old.contains(document.activeElement)) continue;
      seen.set(row.dataset.number, row.outerHTML);
      old.replaceWith(row);
      window.htmx?.process(row);
    }
    changed();
  };
  // A retry puts a document on its way again.
  page.addEventListener("htmx:afterSwap", (event) => event.target.closest?.(".upload-row")?.removeAttribute("data-settled"));
  look();
};
