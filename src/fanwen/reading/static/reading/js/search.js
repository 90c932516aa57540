// The search box: suggestions by keyboard and pointer, and "/" to reach it.

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
  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
  const choose = (index) => {
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", options()[index].id);
  };
  const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  list.addEventListener("htmx:afterSwap", () => {
    options().forEach((option, at) => { option.id = `${list.id}-${at}`; });
    show(options().length > 0 && document.activeElement === box && box.value.trim() !== "");
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.href = option.dataset.href;
  });
  box.addEventListener("blur", () => show(false));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen() < 0 && step < 0 ? 0 : chosen()) + step + count) % count);
    } else if (event.key === "Enter" && chosen() >= 0) {
      event.preventDefault();
      location.href = options()[chosen()].dataset.href;
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
    }
  });
}
