// The search box: suggestions by keyboard and pointer (the ARIA combobox pattern), and "/" to reach it.

const inField = (event) => event.target.closest("input, select, textarea, [contenteditable]");

const signKeys = () => {
  try {
    return localStorage.getItem("letter-keys") !== "off";
  } catch {
    return true; // a browser that keeps nothing for sites
  }
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inField(event)) return;
  // In a document "/" finds in it (reader/keys.js); keys of one sign can be turned off there.
  if (document.getElementById("reader") || !signKeys()) return;
  const box = document.querySelector(".search-box");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

for (const form of document.querySelectorAll(".search")) {
  const box = form.querySelector(".search-box");
  const list = form.querySelector(".suggestions");
  const said = form.querySelector(".suggestions-said");
  let typed = box.value;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) {
      choose(-1);
      said.textContent = "";
    }
  };
  const choose = (index) => {
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", options()[index].id);
      options()[index].scrollIntoView({ block: "nearest" });
    }
  };
  const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  const wanted = () => document.activeElement === box && box.value.trim() !== "";

  // What comes for something typed before, or after Enter or Escape, is not shown.
  list.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.shouldSwap = typed === box.value;
  });
  list.addEventListener("htmx:afterSwap", () => {
    options().forEach((option, at) => { option.id = `${list.id}-${at}`; });
    const count = options().length;
    show(count > 0 && wanted());
    if (!list.hidden) said.textContent = said.dataset.count.replace("{n}", count);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.href = option.dataset.href;
  });
  form.addEventListener("submit", () => {
    typed = null;
    show(false);
  });
  box.addEventListener("input", () => {
    typed = box.value;
    if (!wanted()) show(false);
  });
  box.addEventListener("focus", () => {
    if (typed === box.value && options().length && wanted()) show(true);
  });
  box.addEventListener("blur", () => show(false));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count || !wanted()) return;
      event.preventDefault();
      if (list.hidden) show(true);
      // From the box down to the first, up to the last, and from either end back to the box.
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen() + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen() >= 0) {
      event.preventDefault();
      location.href = options()[chosen()].dataset.href;
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      typed = null;
      show(false);
    }
  });
}
