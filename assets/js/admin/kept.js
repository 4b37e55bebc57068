// Text that the server has not acknowledged, kept in this browser: a copy for each page that has the editor of the post open, so that
// no tab takes another's. A page deletes its own copy alone; what a page left behind that is gone is offered to the author.

/**
 * The copies of the post `id`.
 *
 * A copy is `{ at, version, base, fields, sent, stored }`: a time in milliseconds, the version that the text was based on, the text that
 * may have become the next version meanwhile or null, the text itself, both as query strings, whether it was on its way when the page
 * went, and the version that it became, where the page still heard of it. The next page may have been asked for before.
 */
export function keptCopies(id) {
  const every = `daebon:post:${id}`;
  const own = `${every}:${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  // The lock tells other pages that this one is alive; the browser lets it go with the page. Where a browser has none (a site without
  // TLS), the copies of living pages are offered too, which costs nobody his text.
  void navigator.locks?.request(own, () => new Promise(() => {}));

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  function remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // A forbidden store holds nothing.
    }
  }

  function left() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key !== own && (key === every || key.startsWith(`${every}:`)));
      return keys.sort((a, b) => (read(b)?.at ?? 0) - (read(a)?.at ?? 0));
    } catch {
      return [];
    }
  }

  return {
    /** Keeps a copy, but for its time. Gives whether it could be kept. */
    keep(copy) {
      try {
        localStorage.setItem(own, JSON.stringify({ at: Date.now(), ...copy }));
        return true;
      } catch {
        return false; // A full or forbidden store: the server's copy is then the only one.
      }
    },

    forget: () => remove(own),

    /**
     * Calls `ask(copy, drop)` for what other pages left here, the newest first, each when its page is gone and the one before it is
     * settled: when the promise of `ask` ends.
     */
    offer(ask) {
      let turn = Promise.resolve();
      for (const key of left()) {
        const settle = () =>
          (turn = turn.then(() => {
            const copy = read(key);
            return copy && ask(copy, () => remove(key));
          }));
        if (navigator.locks) void navigator.locks.request(key, settle);
        else void settle();
      }
    },
  };
}
