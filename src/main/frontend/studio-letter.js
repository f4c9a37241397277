// Letters with a preview beside them, and the words of a folder in three languages.
import { ask, broken, button, DraftOf, editUrl, el, host, json, named, page, part, Problems, read, say, tool, undoTools } from "./studio-core.js";
import { History, undoByKeys } from "./studio-history.js";
import { Labels, LANGUAGES } from "./studio-labels.js";
import { placeOf } from "./studio-places.js";
import { wordTable } from "./studio-words.js";

(page.kind === "words" ? words() : letter()).catch(broken);

async function letter() {
  const [, kind, language, suffix] = /^letters\/([^.]+)\.([a-z]{2})\.(\w+)$/.exec(page.path);
  const file = await read(page.path);
  const source = el("textarea", { class: "form-control studio-source", spellcheck: "true", lang: language, rows: "24", "aria-labelledby": "letter-title" });
  source.value = file.text;
  const tabs = el(
    "ul",
    { class: "pills" },
    ...LANGUAGES.map((each) => el("li", {}, el("a", { class: "pill", href: editUrl(`letters/${kind}.${each}.${suffix}`), "aria-current": each === language ? "page" : null }, say(`language.${each}`)))),
  );
  const missing = el("div", { class: "notice notice-soon", hidden: !file.missing, "data-letter-missing": true }, el("p", {}, say("letter.missing")));
  part("canvas").replaceChildren(tabs, el("h2", { id: "letter-title" }, say("letter.source")), el("p", { class: "quiet" }, say("letter.hint")), missing, writing(), source);

  const frame = el("iframe", { class: "studio-letter", sandbox: "", title: say("letter.preview"), tabindex: "0" });
  const subject = el("p", { class: "studio-subject" });
  const sorry = el("p", { class: "notice notice-late", hidden: true, role: "status" });
  const code = el("input", { class: "form-control", id: "letter-case", autocomplete: "off", placeholder: say("letter.sample"), onchange: () => preview() });
  part("panel").replaceChildren(
    el("h2", {}, say("letter.preview")),
    el("div", { class: "studio-field" }, el("label", { for: "letter-case" }, say("letter.case")), code),
    sorry,
    subject,
    frame,
  );

  const problems = new Problems((_, { line }) => {
    const lines = source.value.split("\n");
    const from = lines.slice(0, Math.max(0, line - 1)).join("\n").length + (line > 1 ? 1 : 0);
    source.focus();
    source.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  });
  async function preview() {
    const { status, text } = await ask(`${page.previewUrl}?file=${encodeURIComponent(page.path)}&case=${encodeURIComponent(code.value.trim())}`, {
      method: "POST",
      body: source.value,
      headers: { "Content-Type": "text/plain; charset=UTF-8", Accept: "application/json" },
    });
    const answer = json(text) ?? {};
    sorry.hidden = status === 200;
    if (status === 200) {
      subject.textContent = answer.title;
      // The frame runs nothing and fetches nothing: what it shows was cleaned, and it is alone in there.
      frame.srcdoc = `<!DOCTYPE html><html lang="${language}"><head><meta charset="UTF-8"><title>·</title></head><body>${answer.html}</body></html>`;
    } else {
      sorry.textContent = answer.text ?? answer.detail ?? say("letter.preview.failed");
    }
  }

  const draft = new DraftOf(page.path, {
    version: file.version,
    content: async () => source.value,
    open: async (text) => {
      history.note("", written, text);
      written = source.value = text;
      await preview();
    },
    saved: () => problems.check(),
  });
  let written = source.value;
  const history = new History(
    (_, text) => {
      rewrite(text);
    },
    () => steps(),
  );
  const { undo, redo, steps } = undoTools(() => history);
  part("tools").replaceChildren(undo, redo);
  undoByKeys(source, history);
  steps();
  // Whoever has not been in the text yet writes at the end of the letter, not behind its file.
  const end = source.value.lastIndexOf("</body>");
  end >= 0 && source.setSelectionRange(end, end);

  /** What a letter may be made of, without its signs being known by heart: they are put around what is chosen in the text. */
  function writing() {
    const around = (key, symbol, make) => tool(key, symbol, () => over(make));
    const names = Object.entries(page.placeholders ?? {}).sort(([, one], [, other]) => one.localeCompare(other, page.language));
    const which = el("select", { class: "form-select", id: "letter-placeholder" }, el("option", { value: "" }, say("letter.placeholder.choose")), ...names.map(([name, words]) => el("option", { value: name }, words)));
    const insert = button(say("letter.placeholder.do"), "plus", () => which.value && over(() => ["", `{{${which.value}}}`, ""]));
    insert.dataset.studioTool = "placeholder";
    return el(
      "div",
      { class: "studio-writing", role: "group", "aria-label": say("letter.tools") },
      around("bold", "bold", (chosen) => ["<strong>", chosen, "</strong>"]),
      around("paragraph", "pilcrow", (chosen) => ["<p>", chosen, "</p>"]),
      around("list", "list", (chosen) => ["<ul>\n<li>", chosen.split("\n").map((line) => line.trim()).join("</li>\n<li>"), "</li>\n</ul>"]),
      el("label", { for: "letter-placeholder" }, say("letter.placeholder")),
      which,
      insert,
    );
  }

  /** Writes over what is chosen in the text, as a step of its own; what stood there, or was put in, is chosen then. */
  function over(make) {
    const { selectionStart: from, selectionEnd: to, value } = source;
    const [before, inside, after] = make(value.slice(from, to));
    const text = value.slice(0, from) + before + inside + after + value.slice(to);
    history.note("", written, text, true);
    written = source.value = text;
    source.focus();
    source.setSelectionRange(from + before.length, from + before.length + inside.length);
    changed();
  }

  /** Puts the text there, and the cursor behind what is different. */
  function rewrite(text) {
    const before = source.value;
    let same = 0;
    while (same < Math.min(before.length, text.length) && before.at(-1 - same) === text.at(-1 - same)) {
      same += 1;
    }
    written = source.value = text;
    source.focus();
    source.setSelectionRange(text.length - same, text.length - same);
    changed();
  }

  let typing;
  source.addEventListener("input", () => {
    history.note("", written, source.value);
    written = source.value;
    changed();
  });
  function changed() {
    // Emptied again, it may be begun from another language as before.
    missing.hidden = !file.missing || source.value !== "";
    draft.changed();
    clearTimeout(typing);
    typing = setTimeout(preview, 700);
  }
  if (file.missing) {
    // What another language says is the best beginning of a translation.
    const buttons = el("div", { class: "buttons" });
    for (const each of LANGUAGES.filter((other) => other !== language)) {
      const other = await read(`letters/${kind}.${each}.${suffix}`);
      if (!other.missing) {
        const begin = button(say("letter.begin", say(`language.${each}`)), "copy", () => {
          history.note("", written, other.text, true);
          written = source.value = other.text;
          changed();
          source.focus();
        });
        begin.dataset.letterFrom = each;
        buttons.append(begin);
      }
    }
    missing.append(buttons);
  } else {
    await preview();
  }
  host.studio = { open: async (text) => (source.value = text), text: async () => source.value };
  host.dataset.ready = "true";
}

async function words() {
  let problems;
  const labels = await Labels.load(
    () => problems.check(),
    () => list(),
  );
  const search = el("input", { class: "form-control", type: "search", id: "words-search", autocomplete: "off", oninput: () => list() });
  const only = el("input", { class: "form-check-input", type: "checkbox", onchange: () => list() });
  const table = el("div", {});
  const count = el("p", { class: "quiet", role: "status" });
  part("canvas").replaceChildren(
    el("div", { class: "studio-field" }, el("label", { for: "words-search" }, say("words.search")), search),
    el("label", { class: "form-check" }, only, " ", say("words.only-missing")),
    count,
    table,
  );
  part("panel").remove();
  const MOST = 100;
  function list() {
    const wanted = search.value.trim().toLowerCase();
    const keys = [...labels.keys]
      .filter((key) => !only.checked || LANGUAGES.some((language) => !labels.text(key, language)))
      .filter((key) => !wanted || [key, ...Object.values(placeOf(labels, key)), ...LANGUAGES.map((language) => labels.text(key, language))].some((text) => text?.toLowerCase().includes(wanted)))
      .sort((one, other) => missing(other) - missing(one) || (one < other ? -1 : 1));
    count.textContent = keys.length > MOST ? say("words.first", MOST, keys.length) : say("words.count", keys.length);
    table.replaceChildren(
      wordTable(labels, keys.slice(0, MOST), {
        noted: (key, language, before, after) => undoing || history.note(`${key} ${language}`, before, after),
      }),
    );
  }
  const missing = (key) => (LANGUAGES.some((language) => !labels.text(key, language)) ? 1 : 0);
  const row = (key) => table.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
  /** To the words of a key: in this language, else those that are missing, else the first. */
  function show(key, language) {
    if (!row(key)) {
      only.checked = false;
      search.value = key;
      list();
    }
    const box = (language && row(key)?.querySelector(`[data-language=${language}]`)) ?? row(key)?.querySelector("td:has(.studio-lacks) textarea") ?? row(key)?.querySelector("textarea");
    box?.focus();
    return box;
  }
  /** What a rule refuses in one language stands there; what only lacks somewhere is written where it lacks. */
  const lead = (key, { rule, file }) => show(key, rule === "label" ? null : /labels\/(\w+)/.exec(file)[1]);

  let undoing = false;
  const history = new History(
    (place, text) => {
      const box = show(...place.split(" "));
      undoing = true;
      box.value = text;
      box.dispatchEvent(new Event("input"));
      undoing = false;
    },
    () => steps(),
  );
  const { undo, redo, steps } = undoTools(() => history);
  part("tools").replaceChildren(undo, redo);
  undoByKeys(table, history);
  steps();

  problems = new Problems(lead);
  list();
  if (named()) {
    show(named());
  }
  host.dataset.ready = "true";
}
