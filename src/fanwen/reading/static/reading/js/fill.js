// The form and the pages beside it: a field shows its blank, a blank leads to its field.

const form = document.getElementById("fill");
const pane = document.getElementById("pane");

if (form && pane) {
  document.documentElement.classList.add("script");
  const all = (what) => [...form.querySelectorAll(what)];
  const blanksOf = (field) => pane.querySelectorAll(`[data-blank="${CSS.escape(field.dataset.field)}"]`);
  const entryOf = (field) => field.querySelector("textarea, select, input:not(.fill-pick)");
  const fieldOf = (id) => form.querySelector(`[data-field="${CSS.escape(id)}"]`);
  const said = (field) => {
    const boxes = field.querySelectorAll(".fill-options input");
    return boxes.length ? [...boxes].some((box) => box.checked && box.value) : entryOf(field).value.trim() !== "";
  };

  const show = (field) => {
    for (const old of pane.querySelectorAll(".now")) old.classList.remove("now");
    const blanks = blanksOf(field);
    for (const blank of blanks) blank.classList.add("now");
    const seen = [...blanks].find((blank) => blank.getClientRects().length);
    if (!seen) return;
    // The pane alone moves: the field stays where it is.
    const box = seen.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top + 30 || box.bottom > frame.bottom - 30 || box.left < frame.left || box.right > frame.right) {
      pane.scrollTo({
        top: pane.scrollTop + box.top - frame.top - (frame.height - box.height) / 2,
        left: pane.scrollLeft + box.left - frame.left - (frame.width - box.width) / 2,
      });
    }
  };

  let last = null;
  const counted = document.getElementById("filled-in");
  const count = () => {
    for (const field of all("[data-field]")) {
      for (const blank of blanksOf(field)) blank.classList.toggle("done", said(field));
    }
    counted.textContent = `${entries().filter(done).length} / ${counted.dataset.total}`;
  };

  // What is counted: the facts, a whole table being one; words that seem lost are not.
  const entries = () => all("#facts-list > [data-entry]");
  const inner = (entry) => (entry.dataset.field ? [entry] : [...entry.querySelectorAll("[data-field]")]);
  const done = (entry) => inner(entry).some(said);

  document.getElementById("next-empty").addEventListener("click", () => {
    const now = document.activeElement?.closest("#facts-list > [data-entry]");
    const list = entries();
    const from = last && list.includes(last) ? list.indexOf(last) + 1 : list.indexOf(now) + 1;
    const next = [...list.slice(from), ...list.slice(0, from)].find((entry) => !done(entry));
    if (next) entryOf(inner(next)[0]).focus();
  });

  form.addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-field]");
    if (field) {
      last = field.closest("#facts-list > [data-entry]");
      show(field);
    }
  });

  form.addEventListener("htmx:afterSwap", (event) => {
    count();
    if (event.target.id !== "saved") form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // What others filled in of a shared draft is counted and shown on the pages too.
  form.addEventListener("htmx:oobAfterSwap", (event) => {
    count();
    if (event.target.matches(".fill-followed")) form.dispatchEvent(new Event("followed"));
  });

  form.addEventListener("input", (event) => {
    const picked = event.target;
    if (picked.classList?.contains("fill-pick")) entryOf(picked.closest("[data-field]")).value = picked.value;
    count();
  });

  form.addEventListener("click", (event) => {
    const number = event.target.closest(".fill-number");
    const take = event.target.closest("[data-take]");
    if (number) {
      event.preventDefault();
      entryOf(number.closest("[data-field]")).focus();
    } else if (take) {
      event.preventDefault();
      const entry = entryOf(take.closest("[data-field]"));
      entry.value = take.dataset.take;
      (take.closest(".notice") ?? take).remove();
      entry.focus();
      entry.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  pane.addEventListener("click", (event) => {
    const blank = event.target.closest("[data-blank]");
    const field = blank && fieldOf(blank.dataset.blank);
    if (!field) return;
    event.preventDefault();
    entryOf(field).focus({ preventScroll: true });
    field.scrollIntoView({ block: matchMedia("(min-width: 1000px)").matches ? "center" : "start" });
  });

  form.addEventListener("previewed", () => {
    count();
    const field = document.activeElement?.closest("[data-field]");
    if (field) show(field);
  });

  count();
}
