// Printing: every page that is here is loaded before the browser's own dialogue opens; of a long document it says on
// paper how to print it whole.

import { wake } from "./images.js";
import { sheets } from "./pages.js";

const LONGEST = 10000;

const come = (image) => new Promise((done) => {
  if (image.complete && image.naturalWidth) done();
  for (const name of ["load", "error"]) image.addEventListener(name, done, { once: true });
});

const wakeAll = () => sheets().map((sheet) => {
  const image = sheet.querySelector("img");
  image.loading = "eager";
  wake(image);
  return image;
});

const print = async () => {
  const late = new Promise((done) => setTimeout(done, LONGEST));
  await Promise.race([Promise.all(wakeAll().map(come)), late]);
  window.print();
};

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  print();
});

// The browser's menu does not wait; what has been loaded by then is printed.
addEventListener("beforeprint", wakeAll);
