// The form editor, with a preview as people will see it: in each language, and on a phone.
import "./studio-feel.js";
import { FormEditor } from "@bpmn-io/form-js-editor";
import { Form } from "@bpmn-io/form-js-viewer";
import { broken, button, DraftOf, el, host, named, page, part, Problems, read, say, tool, undoTools } from "./studio-core.js";
import { Labels, LANGUAGES } from "./studio-labels.js";
import { eachWord, inLanguage, tidy } from "./studio-form-words.js";
import { wordTable } from "./studio-words.js";
import { dateHint, loadStyles } from "./shared.js";
import { tableOf, wordsOf } from "./studio-differences.js";

/** Kinds of fields that the server knows how to check. */
const OURS = new Set(["default", "textfield", "textarea", "number", "checkbox", "checklist", "datetime", "radio", "select", "taglist", "expression", "text", "group", "dynamiclist", "separator", "spacer"]);

const texts = page.formTexts ?? {};
const translate = (template, replacements = {}) => (texts[template] ?? template).replace(/{([^}]+)}/g, (_, key) => String(replacements[key] ?? `{${key}}`));
globalThis.ancoraDateLocale = page.language === "en" ? "en-CA" : page.language;
globalThis.ancoraDateHint = (hint) => dateHint(hint, page.language);
globalThis.ancoraFormText = (text) => translate(text);

/** The editor asks nobody for its words: those of its palette and its fields are put in the reader's language as it draws them. */
const SPEAKS = ".fjs-palette-container, .fjs-properties-container, .fjs-empty-editor";
/** What an owner called something stays as it is, above all where it is being written. */
const OWNERS = ".bio-properties-panel-header-label, .bio-properties-panel-collapsible-entry-header-title, [contenteditable], .cm-editor, [class*=feelers], textarea";

function own(text) {
  const words = page.words[`f.${text.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`];
  return words === undefined || page.language === "en" ? text : words;
}

function speak(canvas) {
  for (const spoken of canvas.querySelectorAll(SPEAKS)) {
    const texts = document.createTreeWalker(spoken, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.data.trim() && own(text.data) !== text.data && !text.parentElement.closest(OWNERS)) {
        text.data = own(text.data);
      }
    }
    for (const each of spoken.querySelectorAll("[title], [placeholder], [aria-label], [data-title]")) {
      for (const name of ["title", "placeholder", "aria-label", "data-title"]) {
        const text = each.getAttribute(name);
        if (text && own(text) !== text) {
          each.setAttribute(name, own(text));
        }
      }
    }
  }
}

function OnlyOurs(formFields) {
  Object.keys(formFields._formFields).forEach((type) => OURS.has(type) || delete formFields._formFields[type]);
}
OnlyOurs.$inject = ["formFields"];

/** Whoever leaves a property's field hands its value over once more: what changes nothing is no step to be taken back. */
function OnlyChanges(modeling) {
  const edit = modeling.editFormField;
  const saysSo = (field, name, value) =>
    JSON.stringify(field[name]) === JSON.stringify(value) || (name === "readonly" && !field[name] && value === false);
  modeling.editFormField = (field, properties, value) => {
    // A name comes as such, or as a path of one.
    const asked = typeof properties === "string" || Array.isArray(properties) ? { [properties]: value } : properties;
    if (!Object.entries(asked).every(([name, each]) => saysSo(field, name, each))) {
      edit.call(modeling, field, properties, value);
    }
  };
}
OnlyChanges.$inject = ["modeling"];

start().catch(broken);

async function start() {
  await Promise.all((page.styles ?? []).map(loadStyles));
  const canvas = part("canvas");
  const formId = page.path.replace(/^forms\/|\.form$/g, "");
  let problems;
  const [file, labels] = await Promise.all([read(page.path), Labels.load(() => problems?.check(), async () => open(await content()))]);
  canvas.replaceChildren();
  const editor = new FormEditor({ container: canvas, additionalModules: [{ __init__: ["onlyOurs", "onlyChanges"], onlyOurs: ["type", OnlyOurs], onlyChanges: ["type", OnlyChanges] }], exporter: undefined });
  let original = {};
  let shown = new Map();
  let opening = true;
  let draft;

  /** What the fields are called where their words are looked up. */
  function namesIn(form) {
    return (form.components ?? []).flatMap((each) => [each.key || each.path || each.id, ...namesIn(each)]);
  }

  /** A new field gets a key that the server takes, and its first words in the reader's language; all is one step, undone at once. */
  function welcome(field) {
    const taken = new Set(namesIn(editor.saveSchema()));
    const spoken = Object.fromEntries(["label", "dateLabel", "timeLabel"].filter((name) => typeof field[name] === "string").map((name) => [name, own(field[name])]));
    if (field.values) {
      spoken.values = field.values.map((each) => ({ ...each, label: own(each.label ?? "") }));
    }
    if (field.key && !/^[a-z][A-Za-z0-9]*$/.test(field.key)) {
      let number = 1;
      while (taken.has(`${field.type}${number}`)) {
        number += 1;
      }
      spoken.key = `${field.type}${number}`;
    }
    editor.get("modeling").editFormField(field, spoken);
  }

  let present = new Set();

  async function open(text) {
    opening = true;
    original = JSON.parse(text);
    shown = new Map();
    const form = structuredClone(original);
    eachWord(form, formId, (holder, property, key) => {
      const words = labels.text(key, page.language);
      if (words && words !== holder[property]) {
        shown.set(`${key} ${property}`, { inFile: holder[property], words });
        holder[property] = words;
      }
    });
    await editor.importSchema(form);
    present = new Set(namesIn(editor.saveSchema()));
    opening = false;
    steps();
    await preview();
  }

  /** The form as it goes into the file: words that only were shown in another language stay as they were. */
  function schema() {
    const form = tidy(editor.saveSchema(), original);
    eachWord(form, formId, (holder, property, key) => {
      const was = shown.get(`${key} ${property}`);
      if (was && was.words === holder[property]) {
        holder[property] = was.inFile;
      }
    });
    return form;
  }

  const content = async () => `${JSON.stringify(schema(), null, 2)}\n`;

  /** New and changed words are written down for their language, since what is found there wins over the file. */
  function keepWords() {
    const there = new Set(namesIn(editor.saveSchema()));
    const [gone, come] = [[...present].filter((word) => !there.has(word)), [...there].filter((word) => !present.has(word))];
    if (gone.length === 1 && come.length === 1) {
      labels.rename(`form.${formId}.${gone[0]}`, `form.${formId}.${come[0]}`);
    }
    present = there;
    labels.keepOnly(`form.${formId}.`, (key) => there.has(key.split(".")[2]) || labels.shipped[key] !== undefined);
    eachWord(editor.saveSchema(), formId, (holder, property, key) => {
      const was = shown.get(`${key} ${property}`);
      const label = labels.text(key, page.language);
      if (holder[property] !== (was?.words ?? label) && typeof holder[property] === "string") {
        labels.set(key, page.language, holder[property]);
        shown.set(`${key} ${property}`, { inFile: page.language === "en" || !was ? holder[property] : was.inFile, words: holder[property] });
      }
    });
  }

  draft = new DraftOf(page.path, {
    version: file.version,
    content,
    open,
    saved: () => problems.check(),
    describe: (theirs, mine) => {
      const shelf = el("div", {});
      tableOf(page.path, theirs, mine, wordsOf(labels)).then((table) => shelf.append(table));
      return shelf;
    },
  });

  // Not told of what comes back by undo or redo: to change that would forget what else can be done again.
  editor.on("commandStack.formField.add.postExecuted", ({ context }) => {
    welcome(context.formField);
    // The key that added it may reach it as well, and let go of it.
    setTimeout(() => {
      const field = editor.get("formFieldRegistry").get(context.formField.id);
      field && editor.get("selection").set(field);
    });
  });

  let typing;
  editor.on("changed", () => {
    if (opening) {
      return;
    }
    draft.changed();
    clearTimeout(typing);
    typing = setTimeout(() => {
      keepWords();
      preview();
    }, 400);
  });
  // Only then is it known what can be undone: what is told before stands in the midst of a command.
  editor.on("commandStack.changed", () => {
    steps();
  });

  /** Where the first words of a field are to be written that a language lacks. */
  function lackingWords(word) {
    return [...part("words").querySelectorAll("tr.studio-missing")]
      .find(({ dataset: { key } }) => key === word || key.startsWith(`${word}.`))
      ?.querySelector("td:has(.studio-lacks) textarea");
  }

  function show(id, problem) {
    // What lacks in a language is written below, not in the field; the preview may not have caught up with a field that is new.
    words();
    const lacking = problem?.rule === "label" && lackingWords(`form.${formId}.${id}`);
    if (lacking) {
      lacking.focus();
      return;
    }
    const registry = editor.get("formFieldRegistry");
    const field = registry.get(id) ?? registry.getAll().find(({ key, path }) => key === id || path === id);
    if (field) {
      editor.get("selection").set(field);
      const drawn = canvas.querySelector(`[data-id="${CSS.escape(field.id)}"]`);
      drawn?.scrollIntoView({ block: "center" });
      drawn?.focus();
    }
  }

  // Tools

  const { undo, redo, steps: stepsBack } = undoTools(() => editor.get("commandStack"));
  const earlier = tool("earlier", "arrow-up", () => moveChosen(-1));
  const later = tool("later", "arrow-down", () => moveChosen(1));
  const gone = tool("delete", "trash", () => {
    const { field, parent, at } = chosen();
    editor.get("modeling").removeFormField(field, parent, at);
  });
  part("tools").replaceChildren(undo, redo, earlier, later, gone);

  /** The chosen field with where it stands; null for the form itself. */
  function chosen() {
    const field = editor.get("selection").get();
    const parent = field && field.type !== "default" ? editor.get("formFieldRegistry").get(field._parent) : null;
    const at = parent ? parent.components.findIndex(({ id }) => id === field.id) : -1;
    return parent && at >= 0 ? { field, parent, at } : null;
  }

  /** Dragging is not for everybody: the chosen field changes places with its neighbour. */
  function moveChosen(by) {
    const { field, parent, at } = chosen();
    const row = editor.get("formLayouter").getRowForField(field);
    editor.get("modeling").moveFormField(field, parent, parent, at, by > 0 ? at + 2 : at - 1, row, row);
    editor.get("selection").set(editor.get("formFieldRegistry").get(field.id));
    steps();
  }
  // A listener that answers something keeps the event from all who come after it.
  editor.on("selection.changed", () => {
    setTimeout(steps);
  });

  function steps() {
    const here = chosen();
    earlier.disabled = !here || here.at === 0;
    later.disabled = !here || here.at === here.parent.components.length - 1;
    gone.disabled = !here;
    stepsBack();
  }

  // Preview

  const side = part("panel");
  const stage = el("div", { class: "studio-stage" });
  let language = page.language;
  let viewer;
  let drawn = 0;
  const tabs = el("div", { class: "pills", role: "group", "aria-label": say("form.preview.language") });
  const phone = button(say("form.preview.phone"), "device-mobile", () => {
    const narrow = stage.classList.toggle("studio-phone");
    phone.setAttribute("aria-pressed", String(narrow));
  });
  phone.setAttribute("aria-pressed", "false");
  phone.dataset.studioTool = "phone";
  for (const each of LANGUAGES) {
    const tab = el("button", { type: "button", class: "pill", "aria-pressed": String(each === language), "data-language": each, onclick: () => {
      language = each;
      tabs.querySelectorAll("button").forEach((other) => other.setAttribute("aria-pressed", String(other === tab)));
      preview();
    } }, say(`language.${each}`));
    tabs.append(tab);
  }
  side.replaceChildren(el("h2", {}, say("form.preview")), el("p", { class: "quiet" }, say("form.preview.about")), el("div", { class: "studio-preview-tools" }, tabs, phone), stage);

  /** Choices that come from the case, so that questions with them can be answered here as well. */
  function samples(form) {
    const words = [1, 2].map((number) => say("form.preview.choice", number));
    const keys = (component) => [component.valuesKey, ...(component.components ?? []).flatMap(keys)].filter(Boolean);
    return Object.fromEntries(keys(form).map((key) => [key, words.map((label, at) => ({ label, value: `choice-${at}` }))]));
  }

  async function preview() {
    const mine = (drawn += 1);
    const form = inLanguage(schema(), formId, labels, language);
    const next = new Form({ additionalModules: [{ translate: ["value", translate] }] });
    const shelf = el("div", { lang: language });
    try {
      await next.importSchema(form, samples(form));
      if (mine !== drawn) {
        return;
      }
      viewer?.destroy();
      viewer = next;
      next.attachTo(shelf);
      stage.replaceChildren(shelf);
    } catch (failure) {
      stage.replaceChildren(el("p", { class: "quiet" }, say("form.preview.broken")));
      console.warn(failure);
    }
    words();
  }

  function words() {
    const keys = [];
    eachWord(schema(), formId, (_, __, key) => keys.includes(key) || keys.push(key));
    if (!part("words").contains(document.activeElement)) {
      part("words").replaceChildren(wordTable(labels, keys));
    }
  }
  part("words").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(preview, 600);
  });

  // A part that is clicked is added as if Enter were pressed on it: not everybody drags.
  canvas.addEventListener("click", ({ target, detail }) => {
    if (detail > 0) {
      target.closest(".fjs-palette-field")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true }));
    }
  });

  // The editor's own parts carry no names for those who cannot see them.
  const accessible = () => {
    speak(canvas);
    canvas.querySelectorAll(".fjs-palette-container, .fjs-form-container, .fjs-properties-container, .bio-properties-panel-scroll-container, .fjs-palette-entries").forEach((each) => (each.tabIndex = 0));
    canvas.querySelectorAll("input:not([aria-label]), select:not([aria-label]), textarea:not([aria-label])").forEach((each) => {
      if (!each.labels?.length) {
        each.setAttribute("aria-label", each.placeholder || each.title || each.name || each.id || say("decision.cell"));
      }
    });
    canvas.querySelectorAll("button[title]:not([aria-label])").forEach((each) => each.textContent.trim() || each.setAttribute("aria-label", each.title));
  };
  new MutationObserver(accessible).observe(canvas, { childList: true, characterData: true, subtree: true });

  problems = new Problems(show);
  problems.name = (id) => editor.get("formFieldRegistry").getAll().find((field) => field.id === id || field.key === id)?.label;
  await open(file.text);
  accessible();
  if (named()) {
    show(named());
  }
  host.studio = { open, text: content };
  host.dataset.ready = "true";
}
