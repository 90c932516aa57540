// A shared draft: what others fill in appears in the fields one has not touched.

const form = document.getElementById("fill");
const EVERY = 4000;

if (form?.dataset.follow) {
  const base = () => document.getElementById("base");
  const focus = document.getElementById("focus");
  const entryOf = (element) => element?.closest("[data-entry], #lost ~ [data-field]");
  const idOf = (entry) => entry?.dataset.field ?? entry?.id.replace("rows-", "") ?? "";
  let timer = 0;
  let before = "{}";
  let kept = [];

  const look = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(look, EVERY);
    try {
      const answer = await fetch(form.dataset.follow, { cache: "no-store" });
      if (answer.status === 410 || answer.status === 404) clearTimeout(timer);
      if (answer.ok && (await answer.text()) !== base().dataset.version) form.dispatchEvent(new Event("follow"));
    } catch {
      // No connection just now: the next look tells.
    }
  };

  form.addEventListener("focusin", (event) => (focus.value = idOf(entryOf(event.target))));
  form.addEventListener("focusout", () => (focus.value = ""));

  form.addEventListener("htmx:beforeRequest", () => {
    before = base().value;
    kept = [];
  });

  // Who went into a field while the answer was on its way keeps what they type there.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const target = event.detail.target;
    if (target.id !== "notes" && form.contains(target) && target.contains(document.activeElement)) {
      event.detail.shouldSwap = false;
      if (entryOf(target) === target) kept.push(idOf(target));
    }
  });

  form.addEventListener("htmx:afterSettle", () => {
    if (!kept.length) return;
    const [shown, old] = [JSON.parse(base().value), JSON.parse(before)];
    for (const id of kept) {
      if (id in old) shown[id] = old[id];
      else delete shown[id];
    }
    base().value = JSON.stringify(shown);
    kept = [];
  });

  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  timer = setTimeout(look, EVERY);
}
