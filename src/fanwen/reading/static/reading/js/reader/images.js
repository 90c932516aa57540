// Images live only near the view; one that does not come is asked for again, then its text stands in its place.

import { onSheet, reader, sheets } from "./pages.js";

const NEAR = "180% 0px";
const TRIES = 3;
const texts = reader.dataset;

const park = (image) => {
  if (image.dataset.set || !image.srcset) return;
  image.dataset.set = image.srcset;
  image.dataset.source = image.src;
  image.removeAttribute("srcset");
  image.removeAttribute("src");
};

const wake = (image) => {
  if (!image.dataset.set) return;
  image.srcset = image.dataset.set;
  image.src = image.dataset.source;
  delete image.dataset.set;
};

const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const image = target.querySelector("img");
    if (isIntersecting) wake(image);
    else park(image);
  }
}, { rootMargin: NEAR });

// All of them live until the paper has them; what was seen of them meanwhile does not count.
export const wakeAll = () => {
  near.disconnect();
  return sheets().map((sheet) => {
    const image = sheet.querySelector("img");
    image.loading = "eager";
    wake(image);
    return image;
  });
};
addEventListener("afterprint", () => sheets().forEach((sheet) => near.observe(sheet)));

const trouble = (face) => {
  if (face.querySelector(".sheet-trouble")) return;
  const number = face.dataset.number;
  const line = document.createElement("p");
  line.className = "sheet-trouble";
  line.setAttribute("role", "status");
  const again = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: texts.retry });
  again.addEventListener("click", () => {
    const image = face.querySelector("img");
    image.dataset.tries = 0;
    line.remove();
    face.classList.remove("sheet-failed");
    image.srcset = image.srcset;
  });
  const text = Object.assign(document.createElement("a"), { href: `${texts.address}text/?p=${Math.ceil(number / 50)}#text-${number}`, textContent: texts.text });
  line.append(texts.failed.replace("{number}", number), again, text);
  face.append(line);
};

// 410: the document's file was replaced while the page was open. Its reader says when to load the new one.
const replaced = async (image) => {
  if (document.getElementById("replaced")) return true;
  const answer = await fetch(image.currentSrc || image.src, { method: "HEAD" }).catch(() => null);
  if (answer?.status !== 410) return false;
  if (document.getElementById("replaced")) return true;
  const notice = Object.assign(document.createElement("p"), { id: "replaced", className: "notice replaced" });
  notice.setAttribute("role", "alert");
  const load = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: texts.load });
  load.addEventListener("click", () => location.reload());
  notice.append(texts.replaced, load);
  reader.querySelector(".reader-bar").append(notice);
  return true;
};

const failed = async (image) => {
  const face = image.closest(".sheet-face");
  if (!face || image.dataset.set || await replaced(image)) return;
  const tries = Number(image.dataset.tries ?? 0) + 1;
  image.dataset.tries = tries;
  if (tries < TRIES) {
    setTimeout(() => { image.srcset = image.srcset; }, 1500 * tries);
    return;
  }
  face.classList.add("sheet-failed");
  trouble(face);
};

addEventListener("error", (event) => { if (event.target instanceof HTMLImageElement) failed(event.target); }, true);

onSheet((sheet) => {
  const image = sheet.querySelector("img");
  const [width, height] = [image.getAttribute("width"), image.getAttribute("height")];
  // The box keeps its proportions while its image is away.
  sheet.style.setProperty("--ratio", width / height);
  near.observe(sheet);
  // It may have failed before this script ran.
  if (image.complete && image.currentSrc && !image.naturalWidth) failed(image);
});

// The browser's own pinch is left alone; it only brings a sharper image once it is over.
let due = 0;
window.visualViewport?.addEventListener("resize", () => {
  clearTimeout(due);
  due = setTimeout(() => {
    const { scale } = window.visualViewport;
    if (scale < 1.3) return;
    for (const sheet of sheets()) {
      const { top, bottom, width } = sheet.getBoundingClientRect();
      if (bottom > 0 && top < innerHeight) sheet.querySelector("img").sizes = `${Math.round(Math.min(width * scale, 1600))}px`;
    }
  }, 300);
});
