// Selecting on a page with the mouse. Left alone, a browser that finds no text under the pointer (between two lines, in
// the margin) selects to the page's beginning or end; here it selects to the nearest line instead.

const nearestLine = (layer, x, y) => {
  let best = null;
  let least = Infinity;
  for (const line of layer.querySelectorAll("text")) {
    const box = line.getBBox();
    const dx = Math.max(box.x - x, 0, x - box.x - box.width);
    const dy = Math.max(box.y - y, 0, y - box.y - box.height);
    const distance = dx * dx + dy * dy * 4;
    if (distance < least) [least, best] = [distance, { line, box }];
  }
  return best;
};

// The place in the text nearest to a point of the window, as a node and an offset; also on a page that is turned.
const placeAt = (layer, event) => {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(layer.getScreenCTM().inverse());
  const found = nearestLine(layer, x, y);
  if (!found) return null;
  const { line, box } = found;
  const point = new DOMPoint(
    Math.min(Math.max(x, box.x + 0.1), box.x + box.width - 0.1),
    Math.min(Math.max(y, box.y + 0.1), box.y + box.height - 0.1),
  );
  const node = line.firstChild;
  if (x >= box.x + box.width || y > box.y + box.height) return [node, node.length];
  if (x <= box.x) return [node, 0];
  const at = line.getCharNumAtPosition(point);
  if (at < 0) return [node, 0];
  const extent = line.getExtentOfChar(at);
  const tall = box.height > box.width && line.getNumberOfChars() > 1;
  const past = tall ? y > extent.y + extent.height / 2 : x > extent.x + extent.width / 2;
  return [node, at + (past ? 1 : 0)];
};

const layerAt = (event) => {
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest(".sheet-face")?.querySelector(".layer");
  if (under) return under;
  let best = null;
  let least = Infinity;
  for (const layer of document.querySelectorAll(".layer")) {
    const face = layer.getBoundingClientRect();
    const distance = Math.max(face.top - event.clientY, 0, event.clientY - face.bottom);
    if (distance < least) [least, best] = [distance, layer];
  }
  return best;
};

let dragging = false;

document.addEventListener("mousedown", (event) => {
  const layer = event.target.closest?.(".layer");
  if (!layer || event.button !== 0 || event.detail > 1) return;
  const place = placeAt(layer, event);
  if (!place) return;
  event.preventDefault();
  document.activeElement?.blur?.();
  const selection = getSelection();
  if (event.shiftKey && selection.anchorNode) selection.extend(...place);
  else selection.collapse(...place);
  dragging = true;
});

document.addEventListener("mousemove", (event) => {
  if (!dragging) return;
  if (!(event.buttons & 1)) {
    dragging = false;
    return;
  }
  const layer = layerAt(event);
  const place = layer && placeAt(layer, event);
  if (place) getSelection().extend(...place);
  if (event.clientY < 40) scrollBy({ top: -40, behavior: "instant" });
  if (event.clientY > innerHeight - 40) scrollBy({ top: 40, behavior: "instant" });
});

document.addEventListener("mouseup", () => { dragging = false; });
