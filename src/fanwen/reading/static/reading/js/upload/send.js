// One file's way to the server: hashed, asked for, sent in pieces that can be gone on with, and its row fetched.
import { Upload } from "../../../vendor/tus.min.js";

const PIECE = 16 * 1024 * 1024;
const AT_ONCE = 1024 * 1024; // a file up to this size goes along with its announcement
const DELAYS = [0, 1000, 2000, 4000, 8000, 15000, 30000];

export class Problem extends Error {
  // `again`: whether trying once more may help.
  constructor(text, again) { super(text); this.again = again; }
}

export class Sender {
  constructor(form) {
    this.texts = form.dataset;
    this.form = form;
    this.worker = new Worker(this.texts.hash, { type: "module" });
    this.hashing = new Map();
    this.worker.addEventListener("message", ({ data }) => {
      const { resolve, reject, tell } = this.hashing.get(data.key);
      if (data.read) {
        tell.read(data.read);
        return;
      }
      this.hashing.delete(data.key);
      if (data.sha256) resolve(data.sha256);
      else reject(new Problem(this.texts.unreadable, true));
    });
  }

  // Another tab may have signed in anew, which changes the token.
  token() {
    return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? this.form.elements.csrfmiddlewaretoken.value;
  }

  hash(file, tell) {
    const key = crypto.getRandomValues(new Uint32Array(2)).join("-");
    return new Promise((resolve, reject) => {
      this.hashing.set(key, { resolve, reject, tell });
      this.worker.postMessage({ key, file });
    });
  }

  // An answer of the server; a connection that fails, or a service that is just starting, is asked again.
  async ask(address, tell, options) {
    for (const delay of [...DELAYS, null]) {
      const answer = await fetch(address, options).catch(() => null);
      if (answer?.ok) return answer;
      if (answer?.status === 401 || answer?.status === 403) throw new Problem(this.texts.signedOut, true);
      if ((answer && answer.status < 500) || delay === null) break;
      tell.pause();
      await new Promise((go) => setTimeout(go, delay));
    }
    throw new Problem(this.texts.broken, true);
  }

  known(item, tell) {
    const body = new URLSearchParams({ sha256: item.sha256, size: item.file.size, name: item.file.name });
    return this.ask(this.texts.known, tell, { method: "POST", body, headers: { "X-CSRFToken": this.token() } }).then((answer) => answer.json());
  }

  // The row that says what became of `item`; `tell` hears of bytes sent and of pauses.
  async send(item, tell) {
    item.sha256 ??= await this.hash(item.file, tell);
    const { row, resume } = await this.known(item, tell);
    if (row) return row;
    const address = await this.transfer(item, resume, tell);
    return (await this.ask(`${address}row/`, tell)).text();
  }

  transfer(item, resume, tell) {
    return new Promise((resolve, reject) => {
      const upload = new Upload(item.file, {
        endpoint: this.texts.tus,
        uploadUrl: resume ?? null,
        chunkSize: PIECE,
        retryDelays: DELAYS,
        uploadDataDuringCreation: item.file.size <= AT_ONCE,
        storeFingerprintForResuming: false,
        metadata: { filename: item.file.name, sha256: item.sha256, ...item.about },
        onBeforeRequest: (request) => request.setHeader("X-CSRFToken", this.token()),
        onShouldRetry: (error) => {
          const status = error.originalResponse?.getStatus() ?? 0;
          const again = status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 507);
          if (again) tell.pause();
          return again;
        },
        onUploadUrlAvailable: () => tell.begun(upload.url),
        onProgress: (sent) => tell.sent(sent),
        onSuccess: () => resolve(upload.url),
        onError: (error) => reject(this.problem(error)),
      });
      item.cancel = async () => {
        await upload.abort(true).catch(() => {}); // what can't be told to the server expires there
        reject(new Problem("", false));
      };
      upload.start();
    });
  }

  problem(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    if (status === 401 || status === 403) return new Problem(this.texts.signedOut, true);
    const said = /^text\/plain/.test(error.originalResponse?.getHeader("Content-Type") ?? "") && error.originalResponse.getBody();
    return new Problem(said || this.texts.broken, status !== 413 && status !== 400);
  }
}
