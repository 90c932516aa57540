// Printing: every page that is here is loaded before the browser's own dialogue opens; of a long document it says on
// paper how to print it whole.

import { wakeAll } from "./images.js";

const LONGEST = 20000;

const settled = (image) => (image.complete && image.naturalWidth > 0) || image.closest(".sheet-failed");

const print = async () => {
  const images = wakeAll();
  const end = Date.now() + LONGEST;
  while (!images.every(settled) && Date.now() < end) await new Promise((done) => setTimeout(done, 100));
  window.print();
};

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  print();
});

// The browser's menu does not wait; what has been loaded by then is printed.
addEventListener("beforeprint", wakeAll);
