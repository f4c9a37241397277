// What every editor of the studio shares: its words, its draft that saves itself, and the list of what is to be looked at.
import { csrfHeaders, isSignIn } from "./shared.js";
import { linesBetween } from "./studio-lines.js";

const AUTOSAVE_AFTER = 1200;
const RETRIES = [3, 8, 20, 45, 60];

export const host = document.querySelector("[data-studio]");
export const page = host ? JSON.parse(host.querySelector("script[data-studio-page]").textContent) : {};
page.formTexts = JSON.parse(host?.querySelector("script[data-studio-form-texts]")?.textContent ?? "{}");
export const part = (name) => host.querySelector(`[data-studio-${name}]`);

/** The words of a key in the page's language, with {0}, {1}… filled in. */
export function say(key, ...values) {
  return (page.words?.[key] ?? key).replace(/\{(\d)\}/g, (_, at) => String(values[at] ?? ""));
}

/** An editor's own English text in the page's language: ours, else what the fallback has, else as it is, and noted as lacking. */
export function translator(fallback = {}) {
  const lacking = new Set();
  const translate = (text, replacements = {}) => {
    const slug = `t.${text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;
    // "Input label: " is what stands before a name.
    const colon = /:\s*$/.exec(text)?.[0] ?? "";
    const ours = page.words?.[slug];
    if (ours === undefined && fallback[text] === undefined && text) {
      lacking.add(text);
    }
    const found = ours === undefined ? (fallback[text] ?? text) : ours.replace(/:\s*$/, "") + colon;
    return found.replace(/{\s*([A-Za-z]+)\s*}/g, (whole, key) => String(replacements[key] ?? whole));
  };
  return Object.assign(translate, { lacking });
}

/** Elements by their name, attributes and children: el("p", { class: "quiet" }, "…"). */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value === true) {
      made.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function icon(name) {
  return el("i", { class: `ti ti-${name}`, "aria-hidden": "true" });
}

export function button(text, symbol, then, kind = "") {
  return el("button", { type: "button", class: `btn ${kind}`, onclick: then }, ...(symbol ? [icon(symbol), " "] : []), text);
}

/** One of the tools above an editor. */
export function tool(key, symbol, then) {
  const made = button(say(`tool.${key}`), symbol, then);
  made.dataset.studioTool = key;
  return made;
}

/**
 * Undo and redo of an editor, as buttons and by the usual keys wherever no field or drawing takes these for itself.
 * @param commands gives what can undo(), redo(), canUndo() and canRedo(), or nothing yet
 * @returns the two buttons, and what is to be called whenever there may be more or less to undo
 */
export function undoTools(commands) {
  const undo = tool("undo", "arrow-back-up", () => commands()?.undo());
  const redo = tool("redo", "arrow-forward-up", () => commands()?.redo());
  const steps = () => {
    undo.disabled = !commands()?.canUndo();
    redo.disabled = !commands()?.canRedo();
  };
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const again = key === "y" || (key === "z" && event.shiftKey);
    const typed = event.target.closest?.("input, select, textarea, [contenteditable], iframe");
    if (event.defaultPrevented || typed || !(event.ctrlKey || event.metaKey) || !(again || key === "z")) {
      return;
    }
    event.preventDefault();
    (again ? redo : undo).click();
  });
  return { undo, redo, steps };
}

/** A request that never throws: status 0 when the server could not be reached. */
export async function ask(url, options = {}) {
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      ...options,
      headers: { ...(options.method && options.method !== "GET" ? csrfHeaders() : {}), ...options.headers },
    });
    const signedOut = response.status === 401 || (response.redirected && isSignIn(response.url));
    document.dispatchEvent(new CustomEvent("ancora:alive"));
    return { status: signedOut ? 401 : response.status, response, text: await response.text() };
  } catch {
    return { status: 0, response: null, text: "" };
  }
}

export function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const fileUrl = (path) => `${page.filesUrl}?path=${encodeURIComponent(path)}`;
export const editUrl = (path, element) => `${page.editUrl}?file=${encodeURIComponent(path)}${element ? `#${encodeURIComponent(element)}` : ""}`;

/** A file as it stands in the draft, with the version to be named when it is saved. */
export async function read(path) {
  // Not asked for what the page knows not to be there: the browser would note it as a fault.
  if (page.files && !page.files.includes(path)) {
    return { text: "", version: `"${page.removed?.[path] ?? 0}"`, missing: true };
  }
  const { status, response, text } = await ask(fileUrl(path), { headers: { Accept: "text/plain, */*" } });
  if (status === 404) {
    return { text: "", version: "\"0\"", missing: true };
  }
  if (status !== 200) {
    throw new Error(`${path} was answered with ${status}`);
  }
  return { text, version: response.headers.get("ETag") ?? "\"0\"", missing: false };
}

export function time(at) {
  return new Intl.DateTimeFormat(page.language, { hour: "2-digit", minute: "2-digit" }).format(at);
}

const unsaved = new Set();
/** The page knows of what is still to be saved, in whichever file. */
function count() {
  unsaved.size ? (host.dataset.unsaved = String(unsaved.size)) : delete host.dataset.unsaved;
}
window.addEventListener("beforeunload", (event) => {
  if (unsaved.size > 0) {
    unsaved.forEach((draft) => draft.save());
    event.preventDefault();
  }
});
// A phone puts a page away without asking, and may never come back to it.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    unsaved.forEach((draft) => draft.save());
  }
});
window.addEventListener("online", () => unsaved.forEach((draft) => draft.save()));
// Whoever is used to saving by keys need not wait for the moment after which it is saved anyway.
window.addEventListener(
  "keydown",
  (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && host) {
      event.preventDefault();
      // A field tells what was typed once it is left.
      const here = document.activeElement;
      here?.blur();
      here?.focus({ preventScroll: true });
      unsaved.forEach((draft) => draft.save());
    }
  },
  true,
);

/**
 * One file of the draft, saved a moment after each change; what cannot be saved is tried again, and said.
 * @param path the file
 * @param content gives its text as it is now, or null while it cannot be written
 * @param open shows another text in the editor
 * @param merge where what two people changed can be kept: puts mine into theirs; null where both changed the same, unless mine wins
 * @param adopt takes a merged text as its own, without showing it anew; told theirs as well
 */
export class DraftOf {
  #timer;
  #saving = null;
  #failures = 0;
  #conflict = null;
  #changes = 0;

  constructor(path, { version, content, open, saved = () => {}, describe = null, merge = null, adopt = null, state = part("state") }) {
    Object.assign(this, { path, version, content, open, saved, describe, merge, adopt, state });
  }

  /** To be called at every change. */
  changed() {
    this.#changes += 1;
    unsaved.add(this);
    count();
    if (this.#conflict) {
      return;
    }
    this.#tell("pencil", say("state.unsaved"), "soon");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), AUTOSAVE_AFTER);
  }

  get isUnsaved() {
    return unsaved.has(this);
  }

  /** One after the other, so that an older text never arrives last. */
  save() {
    clearTimeout(this.#timer);
    if (!this.#saving) {
      this.#saving = this.#send().finally(() => {
        this.#saving = null;
      });
      return this.#saving;
    }
    return this.#saving.then(() => (unsaved.has(this) && !this.#conflict ? this.save() : undefined));
  }

  async #send() {
    if (!unsaved.has(this) || this.#conflict) {
      return;
    }
    const changes = this.#changes;
    const text = await this.content();
    if (text === null || text === undefined) {
      return;
    }
    this.#tell("cloud-up", say("state.saving"), "calm");
    const { status, response, text: answer } = await ask(fileUrl(this.path), {
      method: "PUT",
      body: text,
      keepalive: text.length < 60_000,
      headers: { "Content-Type": "text/plain; charset=UTF-8", "If-Match": this.version, Accept: "application/json" },
    });
    if (status >= 200 && status < 300) {
      this.version = response.headers.get("ETag") ?? this.version;
      this.#failures = 0;
      if (changes === this.#changes) {
        unsaved.delete(this);
        count();
        this.#tell("cloud-check", say("state.saved", time(new Date())), "done");
      }
      this.saved(text);
    } else if (status === 409) {
      await this.#overtaken(text, json(answer) ?? {});
    } else {
      this.#failed(status, json(answer));
    }
  }

  #failed(status, answer) {
    const wait = RETRIES[Math.min(this.#failures, RETRIES.length - 1)];
    this.#failures += 1;
    const refused = [400, 403, 404, 413, 422].includes(status);
    const why =
      status === 401
        ? say("state.signed-out")
        : refused
          ? (answer?.text ?? answer?.detail ?? say("state.refused"))
          : navigator.onLine === false || status === 0
            ? say("state.offline", wait)
            : say("state.failed", wait);
    this.#tell("cloud-off", why, "late");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), wait * 1000);
  }

  /** Somebody else saved the file meanwhile: both texts stay, and a person decides. */
  async #overtaken(mine, theirs) {
    if (this.merge) {
      const merged = this.merge(theirs.content ?? "", false);
      if (merged !== null) {
        this.adopt(merged, theirs.content ?? "");
        this.version = theirs.version;
        this.#timer = setTimeout(() => this.save(), 50);
        return;
      }
    }
    this.#conflict = { mine, theirs };
    this.#tell("alert-triangle", say("state.conflict"), "late");
    const at = theirs.savedAt ? time(new Date(theirs.savedAt)) : "";
    const shelf = part("conflict");
    const compared = el("div", { class: "studio-lines", tabindex: "0", role: "region", "aria-label": say("conflict.compare"), hidden: true });
    const decide = (then) => async () => {
      shelf.hidden = true;
      shelf.replaceChildren();
      this.#conflict = null;
      this.version = theirs.version;
      await then();
    };
    const keepMine = decide(() => {
      this.merge && this.adopt(this.merge(theirs.content ?? "", true), theirs.content ?? "");
      unsaved.add(this);
      count();
      return this.save();
    });
    const takeTheirs = decide(async () => {
      const before = this.merge ? this.merge(theirs.content ?? "", true) : await this.content();
      await this.open(theirs.content ?? "");
      unsaved.delete(this);
      count();
      this.#tell("cloud-check", say("state.theirs"), "done");
      this.saved(theirs.content ?? "");
      const back = button(say("conflict.back"), "arrow-back-up", async () => {
        unsaved.add(this);
        count();
        await this.open(before ?? mine);
        shelf.hidden = true;
        this.changed();
      });
      shelf.replaceChildren(el("p", {}, say("conflict.kept")), el("div", { class: "buttons" }, back));
      shelf.hidden = false;
    });
    const compare = () => {
      compared.hidden = !compared.hidden;
      if (!compared.childElementCount) {
        compared.append(this.describe ? this.describe(theirs.content ?? "", mine) : linesBetween(theirs.content ?? "", mine, say));
      }
    };
    shelf.replaceChildren(
      el("h2", {}, say("conflict.title")),
      el("p", {}, say("conflict.words", theirs.savedBy ?? "", at)),
      el(
        "div",
        { class: "buttons" },
        button(say("conflict.mine"), "check", keepMine, "btn-primary"),
        button(say("conflict.theirs"), "download", takeTheirs),
        button(say("conflict.compare"), "arrows-diff", compare),
      ),
      compared,
    );
    shelf.hidden = false;
    shelf.focus();
  }

  #tell(symbol, text, tone) {
    if (this.state) {
      this.state.className = `chip chip-${tone}`;
      this.state.replaceChildren(icon(symbol), ` ${text}`);
    }
  }
}

/** Whether a file is open on this page; the words of all languages are open on one. */
function isHere(file) {
  return file === page.path || (page.kind === "words" && file.startsWith("labels/"));
}

/** What is to be looked at before the draft can be published: what the editor sees at once, and what the server found. */
export class Problems {
  #now = [];
  #found = [];
  #written = "";
  #asked = 0;

  /** @param show selects the element of this file that a problem speaks of */
  constructor(show, changed = () => {}) {
    this.show = show;
    this.changed = changed;
    this.check();
  }

  /** What the editor sees by itself, as somebody types. */
  see(problems) {
    this.#now = problems;
    this.#list();
  }

  /** Asks the server, which sees all. */
  async check() {
    const asked = (this.#asked += 1);
    const { status, text } = await ask(page.checkUrl, { method: "POST", headers: { Accept: "application/json" } });
    if (asked !== this.#asked) {
      return;
    }
    if (status === 200) {
      this.#found = json(text)?.findings ?? [];
      this.#list();
    } else {
      part("checked").textContent = say("problems.unchecked");
    }
  }

  /** The problems of this file, each element's once. */
  get ofThisFile() {
    const found = this.#found.filter((each) => isHere(each.file));
    const known = new Set(found.map((each) => `${each.element} ${each.rule}`));
    return [
      ...found,
      ...this.#now.filter((each) => !known.has(`${each.element} ${each.rule}`)),
    ];
  }

  #list() {
    const mine = this.ofThisFile;
    const others = this.#found.filter((each) => !isHere(each.file));
    const all = [...mine, ...others];
    const refusing = all.filter((each) => each.severity === "error").length;
    part("checked").textContent =
      all.length === 0 ? say("problems.none") : refusing === 0 ? say("problems.hints", all.length) : say("problems.some", refusing);
    this.#put([...mine.map((each) => this.#line(each, true)), ...others.map((each) => this.#line(each, false))]);
    this.changed(mine);
  }

  /** Leaves the list as it stands while it says the same, and whoever goes through it by keys where they are. */
  #put(lines) {
    const written = lines.map((each) => each.outerHTML).join("");
    if (written === this.#written) {
      return;
    }
    this.#written = written;
    const list = part("problem-list");
    const at = list.contains(document.activeElement) ? document.activeElement.closest("li").textContent : null;
    list.replaceChildren(...lines);
    lines.find((each) => each.textContent === at)?.querySelector("a, button")?.focus();
  }

  #line(problem, here) {
    const name = problem.element ? (here && this.name?.(problem.element)) || problem.name || problem.element : "";
    const words = `${here ? "" : `${page.titles?.[problem.file] ?? problem.file}: `}${name ? `${say("quoted", name)} ` : ""}${problem.words}`;
    const target = here
      ? problem.element || (page.kind === "letter" && problem.line > 0)
        ? el("button", { type: "button", class: "studio-show", "data-element": problem.element, onclick: () => this.show(problem.element, problem) }, say("problems.show"))
        : null
      : el("a", { href: editUrl(problem.file, problem.element) }, say("problems.show"));
    return el(
      "li",
      { class: `studio-problem studio-${problem.severity}`, "data-rule": problem.rule, "data-line": problem.line ?? "" },
      icon(problem.severity === "error" ? "alert-circle" : "info-circle"),
      el("span", {}, el("span", { class: "visually-hidden" }, say(`problems.${problem.severity === "error" ? "error" : "warning"}`)), " ", words, " ", target ?? ""),
    );
  }
}

/** Sorry, in the place of the editor. */
export function broken(failure) {
  console.error(failure);
  part("canvas").replaceChildren(el("p", { class: "diagram-broken" }, say("broken")));
}

/** The element that the address names, such as #first-round. */
export function named() {
  return decodeURIComponent(location.hash.slice(1));
}
