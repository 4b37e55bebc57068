// The token that forms send belongs to a session. Who was logged out and logged in again, in another tab, has a new session and old
// pages: they ask for its token and go on. `data-token` of the page names the address, and stands only where somebody is logged in.

const address = document.body.dataset.token;

/** The token that this page sends now. */
export function token() {
  return document.querySelector('input[name="csrf"]').value;
}

/**
 * Asks for the token of the session that this browser has now, and gives it to everything on the page that sends one. Gives "new" or
 * "same", "out" where nobody is logged in, and "away" where no good answer came.
 */
export async function renewToken() {
  let fresh;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (answer.status === 401) return "out";
    fresh = (await answer.json()).token;
  } catch {
    return "away";
  }
  if (!fresh) return "away";
  let isNew = false;
  for (const field of document.querySelectorAll('input[name="csrf"]')) {
    isNew ||= field.value !== fresh;
    field.value = fresh;
  }
  for (const root of document.querySelectorAll("[data-csrf]")) root.dataset.csrf = fresh;
  if (isNew) document.dispatchEvent(new CustomEvent("daebon:token"));
  return isNew ? "new" : "same";
}

// Back from the tab in which he logged in.
if (address) document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void renewToken());
