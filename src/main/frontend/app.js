import htmx from "htmx.org/dist/htmx.esm.js";
import { csrfHeaders, isSignIn, toast, word } from "./shared.js";
import "./session.js";
import "./draft.js";

window.htmx = htmx;

// Requests of htmx

document.addEventListener("htmx:configRequest", (event) => {
  Object.assign(event.detail.headers, csrfHeaders());
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (isSignIn(event.detail.xhr.responseURL)) {
    // The session has ended: a sign-in form does not belong into a panel.
    event.detail.shouldSwap = false;
    location.reload();
  }
});

document.addEventListener("htmx:sendError", () => toast(word("lost")));
document.addEventListener("htmx:afterRequest", () => document.dispatchEvent(new CustomEvent("ancora:alive")));

document.addEventListener("htmx:afterSwap", (event) => {
  const waiting = event.detail.target?.querySelector?.("[data-focus]");
  waiting?.focus();
});

document.querySelector("main [data-focus]")?.focus();

// Where entries stand in a row that scrolls, the present one is in sight

for (const present of document.querySelectorAll(".admin-menu [aria-current], .tabs [aria-current]")) {
  const menu = present.closest(".admin-menu, .tabs");
  menu.scrollLeft += present.getBoundingClientRect().left - menu.getBoundingClientRect().left - 16;
}

// A form is sent once, however often its button is pressed

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-hx-post]")) {
    return;
  }
  const download = form.matches("[data-download]");
  // Each button of a form for downloads gives another file; of any other form, only one is pressed.
  const sent = (download && event.submitter) || form;
  if (sent.dataset.sent) {
    event.preventDefault();
    return;
  }
  sent.dataset.sent = "true";
  event.submitter?.setAttribute("aria-busy", "true");
  if (download) {
    // A file leaves the page where it is, so it may be asked for again.
    setTimeout(() => {
      mayBeSentAgain(sent);
      form.closest("details.menu")?.removeAttribute("open");
    }, 1000);
  }
});

function mayBeSentAgain(sent) {
  delete sent.dataset.sent;
  for (const busy of [sent, ...sent.querySelectorAll("[aria-busy]")]) {
    busy.removeAttribute("aria-busy");
  }
}

window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach(mayBeSentAgain));

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) {
    window.print();
  }
});

// A search inside another form: Enter and its button search, and do not send the form

document.addEventListener("keydown", (event) => {
  const find = event.key === "Enter" && event.target.closest?.("[data-find] input");
  if (find) {
    event.preventDefault();
    find.closest("[data-find]").dispatchEvent(new CustomEvent("find"));
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-find-now]")) {
    event.target.closest("[data-find]").dispatchEvent(new CustomEvent("find"));
  }
});

// Shortcuts: "/" searches, "?" lists; none while typing

const shortcuts = document.getElementById("shortcuts");

function isTyping(element) {
  return element?.closest?.("input, textarea, select, [contenteditable], [role=combobox], [role=textbox]");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) {
    return;
  }
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "?") {
    event.preventDefault();
    shortcuts?.showModal();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-shortcuts]")) {
    shortcuts?.showModal();
  }
  const back = event.target.closest?.("[data-back]");
  if (back && history.length > 1) {
    event.preventDefault();
    history.back();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

// Brightness changes at once; the server is told for the next page

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || !event.submitter) {
    return;
  }
  event.preventDefault();
  delete form.dataset.sent;
  const chosen = event.submitter;
  chosen.removeAttribute("aria-busy");
  document.documentElement.dataset.theme = chosen.value;
  for (const button of form.querySelectorAll("[name=theme]")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, chosen)), redirect: "manual" }).catch(() =>
    toast(word("lost")),
  );
});

// What stands at the foot is never over what has the focus

const foot = document.querySelector(".foot");
if (foot) {
  const measure = () => document.documentElement.style.setProperty("--foot-height", `${foot.offsetHeight}px`);
  new ResizeObserver(measure).observe(foot);
  measure();
}
