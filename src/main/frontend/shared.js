// What more than one entry needs: the CSRF header, requests that know what happened to them, polite lines of news.

export function csrfHeaders() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta ? { [meta.dataset.header]: meta.content } : {};
}

/** Whether the server answered a request with its sign-in page. */
export function isSignIn(url) {
  return Boolean(url) && new URL(url, location.href).pathname.endsWith("/sign-in");
}

/**
 * Takes over the CSRF token of a session that began after this page was opened: somebody signed in again in another tab.
 * Only when it is the same person's: what one typed is never sent as another.
 */
async function renewToken() {
  const mine = document.querySelector('meta[name="csrf-token"]');
  if (!mine?.dataset.person) {
    return false;
  }
  const answer = await fetch("/", { credentials: "same-origin", headers: { Accept: "text/html" } });
  const theirs = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector('meta[name="csrf-token"]');
  if (theirs?.dataset.person !== mine.dataset.person || theirs.content === mine.content) {
    return false;
  }
  mine.content = theirs.content;
  document.querySelectorAll('input[name="_csrf"]').forEach((field) => {
    field.value = theirs.content;
  });
  return true;
}

function send(url, data, options) {
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...csrfHeaders() },
    body: JSON.stringify(data),
    ...options,
  });
}

/**
 * Posts JSON and never throws.
 * @returns {Promise<{status: number, body: any, signedOut: boolean}>} status 0 when the server could not be reached
 */
export async function postJson(url, data, options = {}) {
  try {
    let response = await send(url, data, options);
    if (response.status === 403 && (await renewToken())) {
      response = await send(url, data, options);
    }
    const signedOut = response.status === 401 || (response.redirected && isSignIn(response.url));
    const json = (response.headers.get("Content-Type") ?? "").includes("json");
    document.dispatchEvent(new CustomEvent("ancora:alive"));
    return { status: response.status, body: json ? await response.json() : null, signedOut };
  } catch {
    return { status: 0, body: null, signedOut: false };
  }
}

export function word(name) {
  return document.getElementById("words")?.dataset[name] ?? "";
}

/** A line at the foot of the window, read out politely, gone after a while or when closed. */
export function toast(text) {
  const shelf = document.getElementById("toasts");
  if (!shelf || !text) {
    return;
  }
  const line = document.createElement("div");
  line.className = "toast-line";
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.setAttribute("aria-label", shelf.dataset.close);
  close.innerHTML = '<i class="ti ti-x" aria-hidden="true"></i>';
  close.addEventListener("click", () => line.remove());
  line.append(words, close);
  shelf.append(line);
  setTimeout(() => line.matches(":hover, :focus-within") || line.remove(), 12_000);
}

const DATE_LETTERS = { es: { y: "a" }, it: { d: "g", y: "a" } };

/** "dd/mm/yyyy" with the letters of the language: "gg/mm/aaaa" in Italian. */
export function dateHint(hint, language) {
  return hint.replace(/[dmy]/g, (letter) => DATE_LETTERS[language]?.[letter] ?? letter);
}

/** Styles that only some pages need come with the part that needs them. */
export function loadStyles(href) {
  return new Promise((resolve) => {
    if (!href || document.querySelector(`link[href="${href}"]`)) {
      resolve();
      return;
    }
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    document.head.append(link);
  });
}
