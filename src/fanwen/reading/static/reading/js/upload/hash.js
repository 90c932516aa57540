// A worker: the SHA-256 of files, read in blocks, so that neither memory nor the page feels their size.
import { bytesToHex, sha256 } from "../../../vendor/sha256.min.js";

const BLOCK = 4 * 1024 * 1024;
const TELL = 8; // blocks between two words on how far it is

addEventListener("message", async ({ data: { key, file } }) => {
  try {
    const hash = sha256.create();
    for (let at = 0; at < file.size; at += BLOCK) {
      hash.update(new Uint8Array(await file.slice(at, at + BLOCK).arrayBuffer()));
      if ((at / BLOCK) % TELL === TELL - 1) postMessage({ key, read: at + BLOCK });
    }
    postMessage({ key, sha256: bytesToHex(hash.digest()) });
  } catch (error) {
    postMessage({ key, error: String(error) });
  }
});
