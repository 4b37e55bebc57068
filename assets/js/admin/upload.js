// Upload of a file by tus 1.0, https://tus.io/protocols/resumable-upload. tus-js-client speaks it: it begins an upload, sends the
// pieces, and asks how far the server came before it goes on. Ours is what lines need: a piece has a checksum and is as long as the
// line is fast, a line that died without a word is given up, and what failed is tried again for ever.

import { renewToken, token } from "./token.js";

// A piece is checked as a whole, so a dropped line costs it: it is what goes out in a few seconds.
const PIECE = { least: 256 * 1024, first: 1024 * 1024, most: 8 * 1024 * 1024, seconds: 4 };
// How long nothing may move, in milliseconds. What is sent whole may still lie in a buffer of the system; with the last piece the
// server looks at the file first.
const PATIENCE = { bytes: 30000, answer: 60000, last: 300000 };

/**
 * Sends `file` to `to`: `{ endpoint, metadata, url }`, where `url` is the upload to go on with, or null. `on` is told
 * `begun(url)`, `progress(sent, rate)` in bytes and bytes a second, `finishing()`, `waiting(seconds)`, `loggedOut()` after
 * which it goes on when somebody is logged in again, and in the end `done(json)` or
 * `refused(status, body)`. `cancel()` of what comes back deletes it on the server; after that `on` hears nothing.
 */
export function upload(file, to, on) {
  const headers = { "X-CSRF-Token": token(), Accept: "application/json" };
  let cancelled = false;
  let failures = 0;
  let rate = 0;
  let mark = null; // where the rate was counted last
  const sending = new tus.Upload(file, {
    endpoint: new URL(to.endpoint, location.href).href,
    uploadUrl: to.url,
    metadata: to.metadata,
    headers,
    chunkSize: PIECE.first,
    retryDelays: null, // they would come to an end
    storeFingerprintForResuming: false, // told by `begun`
    httpStack: { createRequest, getName: () => "checked" },
    onUploadUrlAvailable: () => on.begun(new URL(sending.url, location.href).pathname),
    onProgress: progress,
    onChunkComplete: () => {
      failures = 0;
      if (rate) sending.options.chunkSize = within(rate * PIECE.seconds);
    },
    onSuccess: ({ lastResponse }) => (lastResponse.getBody() ? done(lastResponse) : askAgain()),
    onError: failed,
  });
  sending.start();

  function createRequest(method, url) {
    const request = new tus.DefaultHttpStack().createRequest(method, url);
    const send = request.send.bind(request);
    request.send = async (body) => {
      if (body?.size) await sum(request, body);
      if (cancelled && method !== "DELETE") return new Promise(() => {});
      watch(request, body?.size ?? 0);
      return judged(method, await send(body));
    };
    return request;
  }

  /** What the piece comes to, where the browser counts it: on safe lines alone. */
  async function sum(request, piece) {
    if (!globalThis.crypto?.subtle) return;
    const sum = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
    request.setHeader("Upload-Checksum", `sha256 ${btoa(String.fromCharCode(...new Uint8Array(sum)))}`);
  }

  /** A line that died without a word is given up like one that broke. */
  function watch(request, length) {
    const xhr = request.getUnderlyingObject();
    const isLast = Number(request.getHeader("Upload-Offset")) + length >= file.size;
    const answer = isLast ? PATIENCE.last : PATIENCE.answer;
    let patience = length ? PATIENCE.bytes : answer;
    let moved = Date.now();
    const timer = setInterval(() => Date.now() - moved > patience && xhr.abort(), 5000);
    xhr.onabort = (event) => xhr.onerror(event);
    xhr.onloadend = () => clearInterval(timer);
    xhr.upload.addEventListener("progress", () => (moved = Date.now()));
    xhr.upload.addEventListener("load", () => {
      [moved, patience] = [Date.now(), answer];
      if (isLast) on.finishing();
    });
  }

  /** The answer, if it lets the upload go on; else an error, with the answer where trying again would not help. */
  function judged(method, answer) {
    const status = answer.getStatus();
    const isGone = status === 404 || status === 410;
    if ((status >= 200 && status < 300) || (isGone && method === "HEAD")) return answer;
    const passes = [423, 429, 460].includes(status) || (status >= 500 && status !== 507);
    // The server is further or not as far, or forgot it: asked how far it came, it tells.
    const isElsewhere = method === "PATCH" && (isGone || status === 409);
    throw Object.assign(new Error(`status ${status}`), passes || isElsewhere ? {} : { answer });
  }

  /** It was whole already when it was asked for: a piece without bytes gets the last answer again. */
  function askAgain() {
    const request = createRequest("PATCH", sending.url);
    const all = { ...headers, "Tus-Resumable": "1.0.0", "Upload-Offset": file.size, "Content-Type": "application/offset+octet-stream" };
    for (const [name, value] of Object.entries(all)) request.setHeader(name, String(value));
    request.send(null).then(done).catch(failed);
  }

  function done(answer) {
    if (!cancelled) on.done(JSON.parse(answer.getBody()));
  }

  function failed(error) {
    if (cancelled) return;
    const answer = error.answer ?? error.causingError?.answer;
    if (answer && [401, 403].includes(answer.getStatus())) return void withNewToken(answer);
    if (answer) return on.refused(answer.getStatus(), answer.getBody());
    const seconds = Math.min(30, 2 ** failures++);
    mark = null;
    sending.options.chunkSize = within(sending.options.chunkSize / 2);
    on.waiting(seconds);
    const timer = setTimeout(again, seconds * 1000);
    addEventListener("online", again);
    function again() {
      clearTimeout(timer);
      removeEventListener("online", again);
      if (!cancelled) sending.start();
    }
  }

  /** The session may be over; the browser may have a new one, or will. */
  async function withNewToken(answer) {
    const old = headers["X-CSRF-Token"];
    await renewToken();
    if (cancelled) return;
    if (token() !== old) return goOn();
    if (answer.getStatus() === 403) return on.refused(403, answer.getBody());
    on.loggedOut();
    document.addEventListener("daebon:token", goOn, { once: true });
  }

  function goOn() {
    headers["X-CSRF-Token"] = token();
    if (!cancelled) sending.start();
  }

  function progress(sent) {
    const now = performance.now();
    mark ??= { at: now, sent };
    const seconds = (now - mark.at) / 1000;
    if (seconds >= 0.5) {
      const fresh = (sent - mark.sent) / seconds;
      rate = rate ? rate * 0.8 + fresh * 0.2 : fresh;
      mark = { at: now, sent };
    }
    on.progress(sent, rate);
  }

  return {
    cancel() {
      cancelled = true;
      sending.abort(true).catch(() => {}); // what stays is swept
    },
  };
}

function within(length) {
  return Math.max(PIECE.least, Math.min(PIECE.most, Math.round(length)));
}
