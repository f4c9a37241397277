// What changed between two texts of a file, in words: steps of a diagram, rows of a table, fields of a form, lines of a letter.
import { BpmnModdle } from "bpmn-moddle";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import { diff } from "bpmn-js-differ";
import { el, page, say } from "./studio-core.js";
import { linesBetween } from "./studio-lines.js";

const DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
/** Parts that come and go with the element they belong to. */
const WITHIN = new Set(["bpmn:Collaboration", "bpmn:LaneSet", "bpmn:Definitions"]);

/** Where nothing is known of words: what the files say. */
const NO_WORDS = { before: () => undefined, after: () => undefined, english: () => undefined, renamed: [] };

/** Words that are the same on both sides, as an editor has them. */
export function wordsOf(labels) {
  const shown = (key) => labels.text(key, page.language);
  return { before: shown, after: shown, english: (key) => labels.shippedText(key, "en"), renamed: [] };
}

/** Under which key the words of an element are looked up. */
function wordKey(process, model) {
  return model.$type === "bpmn:Process" ? `process.${process}` : `${model.$type === "bpmn:UserTask" ? "task" : "flow"}.${process}.${model.id}`;
}

/** What an element is called in the page's language; a text that needs an argument says nothing here. */
function called(process, model, words) {
  const key = wordKey(process, model);
  return [`${key}.step`, key].map(words).find((text) => text && !/\{\d/.test(text)) ?? model.name;
}

/** An arrow that says nothing is known by where it leads from and to; what has no name is called by what it is, beside its kind. */
function nameOf(process, model, words) {
  const own = called(process, model, words);
  const ends = [model.sourceRef, model.targetRef].map((each) => each && (called(process, each, words) || kindOf(each)));
  return own || (ends.every(Boolean) ? ends.join(" → ") : (model.errorCode ?? ""));
}

/** Gives every element of a diagram the name that its readers know it by. */
export function nameAll(definitions, process, words) {
  byId(definitions).forEach((model) => {
    if (model.name) {
      model.name = called(process, model, words);
    }
  });
}

/** @returns {Promise<{all: {what: string, kind: string, id: string, name: string, details: string[]}[], added: string[], …}>} */
export async function diagramChanges(path, before, after, words = NO_WORDS) {
  const process = path.replace(/\.bpmn$/, "");
  const [one, other] = await Promise.all([definitions(before), definitions(after)]);
  const found = diff(one, other);
  const all = [];
  const put = (what, model, details = []) => {
    if (model && !WITHIN.has(model.$type) && model.id) {
      all.push({ what, id: model.id, kind: kindOf(model), name: nameOf(process, model, what === "removed" ? words.before : words.after), details });
    }
  };
  /** Words of an element that were written anew, each with its language where that is not the page's. */
  const renamed = (key, model) => {
    const details = [];
    for (const each of words.renamed) {
      const name = [key, `${key}.step`].includes(each.key) ? "name" : [`${key}.guidance`, `${key}.about`].includes(each.key) ? "documentation" : null;
      if (name) {
        const title = each.language === page.language ? property(name) : [property(name), say(`language.${each.language}`)].join(" – ");
        const inFile = name === "name" ? model.name : undefined;
        details.push({ name, language: each.language, line: say("changed.from-to", title, each.before || inFile || say("changed.nothing"), each.after || inFile || say("changed.nothing")) });
      }
    }
    return details;
  };
  Object.values(found._added).forEach((model) => put("added", model));
  Object.values(found._removed).forEach((model) => put("removed", model));
  // What an element says is compared here: the library leaves conditions, timers and inputs out.
  const changed = new Set();
  const earlier = byId(one);
  for (const [id, model] of byId(other)) {
    if (!earlier.has(id)) {
      continue;
    }
    const written = renamed(wordKey(process, model), model);
    const [was, is] = [
      [earlier.get(id), words.before],
      [model, words.after],
    ].map(([each, said]) => facts(each, (reference) => called(process, reference, said)));
    // What readers see is said once, in their own words.
    const shown = written.filter(({ language }) => language === page.language || language === "en").map(({ name }) => name);
    const details = [...factsChanged(was, is, shown), ...written.map(({ line }) => line)];
    if (details.length) {
      changed.add(id);
      put("changed", model, details);
    }
  }
  const gone = new Set([...Object.keys(found._added), ...Object.keys(found._removed)]);
  for (const [id, model] of Object.entries(found._layoutChanged)) {
    if (!changed.has(id) && !gone.has(id) && model.$type !== "bpmn:SequenceFlow") {
      put("moved", model);
    }
  }
  return all;
}

async function definitions(xml) {
  return (await new BpmnModdle({ camunda }).fromXML(xml)).rootElement;
}

function kindOf(model) {
  const type = model.$type.replace("bpmn:", "");
  const kinds = { UserTask: "user-task", CallActivity: "call", SubProcess: "frame", SequenceFlow: "way", StartEvent: "start", EndEvent: "end", ParallelGateway: "all", EventBasedGateway: "race", TextAnnotation: "note", Process: "process" };
  const known = kinds[type] ?? (type.endsWith("Task") ? "step" : type.endsWith("Gateway") ? "choice" : type.endsWith("Event") ? "wait" : type === "Message" ? "message" : type === "Error" ? "error" : null);
  return known ? say(`kind.${known}`) : type;
}

const APART = new Set(["flowElements", "artifacts", "laneSets", "lanes", "incoming", "outgoing", "flowNodeRef", "rootElements", "diagrams", "id"]);

/** Every element of a diagram that has an id of its own, but for what stands inside others. */
function byId(root) {
  const found = new Map();
  const look = (element) => {
    found.set(element.id, element);
    [...(element.flowElements ?? []), ...(element.artifacts ?? []), ...(element.participants ?? [])].forEach(look);
  };
  root.rootElements.forEach(look);
  return found;
}

/** What an element says: words and numbers by where they stand in it. */
function facts(element, called, path = [], found = new Map()) {
  for (const { name, isReference, isMany } of element.$descriptor?.properties ?? []) {
    const property = name.replace(/^.*:/, "");
    const value = Object.hasOwn(element, property) || Object.hasOwn(element, name) ? element.get(name) : undefined;
    if (value === undefined || value === null || APART.has(property)) {
      continue;
    }
    (isMany ? value : [value]).forEach((each) => {
      const at = [...path, property];
      if (isReference) {
        // A step that got another name is the same step for the arrows, messages and edges that point to it.
        found.set(key(at), { same: each.id ?? each.name, words: (each.$instanceOf?.("bpmn:FlowNode") && (called(each) || kindOf(each))) || each.name || each.id });
      } else if (each !== null && typeof each === "object") {
        facts(each, called, each.name && each.$type.startsWith("camunda:") ? [...at, each.name] : at, found);
      } else if (!(property === "name" && path.length && element.$type.startsWith("camunda:"))) {
        found.set(key(at), { same: String(each), words: String(each) });
      }
    });
  }
  return found;
}

const key = (path) => path.join(" ");

function factsChanged(before, after, but) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((each) => !but.includes(each.split(" ")[0]))
    .filter((each) => before.get(each)?.same !== after.get(each)?.same)
    // Whoever chooses a form or a procedure chooses it from the same publication: nobody was asked.
    .filter((each, _, all) => !(each.endsWith("Binding") && all.includes(each.slice(0, -"Binding".length))))
    .map((each) => {
      const [first, ...rest] = each.split(" ").filter((word) => !["values", "inputParameters", "eventDefinitions", "body", "text", "value"].includes(word));
      const title = property(first ?? each.split(" ")[0]);
      return say("changed.from-to", [title, ...rest.map(property)].join(" – "), before.get(each)?.words ?? say("changed.nothing"), after.get(each)?.words ?? say("changed.nothing"));
    });
}

function property(name) {
  const words = say(`property.${name}`);
  return words === `property.${name}` ? name : words;
}

function said(name, before, after) {
  const words = property(name);
  const [one, other] = [plain(before), plain(after)];
  return one === other ? say("changed.property", words) : say("changed.from-to", words, one || say("changed.nothing"), other || say("changed.nothing"));
}

function plain(value) {
  if (value === undefined || value === null) {
    return "";
  }
  if (Array.isArray(value)) {
    return value.map(plain).filter(Boolean).join(", ");
  }
  if (typeof value === "object") {
    return value.body ?? value.text ?? value.name ?? value.id ?? plain(value.values ?? value.inputParameters ?? (value.value && `${value.name ?? ""} ${plain(value.value)}`) ?? []);
  }
  return String(value);
}

function decision(xml, called) {
  const root = new DOMParser().parseFromString(xml, "application/xml");
  const texts = (within, name) => [...within.getElementsByTagNameNS(DMN, name)].map((each) => each.getElementsByTagNameNS(DMN, "text")[0]?.textContent.trim() ?? "");
  const columns = ["input", "output"].flatMap((name) => [...root.getElementsByTagNameNS(DMN, name)].map((each) => ({ id: each.id || each.getAttribute("id"), name: called(each.getAttribute("id"), each.getAttribute("label")) || each.getAttribute("name") || each.getAttribute("id") })));
  const rows = [...root.getElementsByTagNameNS(DMN, "rule")].map((rule, at) => ({
    id: rule.getAttribute("id"),
    name: called(rule.getAttribute("id"), rule.getElementsByTagNameNS(DMN, "description")[0]?.textContent.trim()) || say("row", at + 1),
    at,
    cells: [...texts(rule, "inputEntry"), ...texts(rule, "outputEntry")],
  }));
  return { columns, rows, policy: root.getElementsByTagNameNS(DMN, "decisionTable")[0]?.getAttribute("hitPolicy") ?? "UNIQUE" };
}

export function decisionChanges(path, before, after, words) {
  // A translation holds as long as the file says what was translated.
  const named = (said) => (id, inFile) => {
    const key = `decision.${path.replace(/\.dmn$/, "")}.${id}`;
    return inFile && words.english(key) === inFile ? (said(key) ?? inFile) : inFile;
  };
  const one = decision(before, named(words.before));
  const other = decision(after, named(words.after));
  const changes = [];
  compare(one.columns, other.columns, (what, was, is) => {
    if (what !== "same" || was.name !== is.name) {
      changes.push({ what: what === "same" ? "changed" : what, kind: say("kind.column"), id: (is ?? was).id, name: (is ?? was).name, details: what === "same" ? [say("changed.from-to", say("property.name"), was.name, is.name)] : [] });
    }
  });
  const cell = (table, row, id) => row.cells[table.columns.findIndex((column) => column.id === id)];
  compare(one.rows, other.rows, (what, was, is) => {
    const shown = is ?? was;
    const entry = { what, kind: say("kind.row"), id: shown.id, name: shown.name, details: [] };
    if (what === "same") {
      entry.what = "changed";
      entry.details = other.columns
        .filter(({ id }) => one.columns.some((column) => column.id === id) && cell(one, was, id) !== cell(other, is, id))
        .map(({ id, name }) => say("changed.from-to", name, cell(one, was, id) || say("changed.anything"), cell(other, is, id) || say("changed.anything")));
      if (was.name !== is.name) {
        entry.details.push(say("changed.from-to", say("property.name"), was.name, is.name));
      }
    } else {
      const table = is ? other : one;
      entry.details = table.columns.filter(({ id }) => cell(table, shown, id)).map(({ id, name }) => `${name}: ${cell(table, shown, id)}`);
    }
    if (entry.what !== "changed" || entry.details.length) {
      changes.push(entry);
    }
  });
  const order = (rows, among) => rows.map(({ id }) => id).filter((id) => among.some((row) => row.id === id)).join();
  if (order(one.rows, other.rows) !== order(other.rows, one.rows)) {
    changes.push({ what: "moved", kind: say("kind.rows"), id: "", name: say("changed.order"), details: [] });
  }
  if (one.policy !== other.policy) {
    changes.push({ what: "changed", kind: say("kind.table"), id: "", name: say("property.hitPolicy"), details: [say("changed.from-to", say("property.hitPolicy"), one.policy, other.policy)] });
  }
  return changes;
}

function compare(before, after, tell) {
  after.forEach((is) => {
    const was = before.find(({ id }) => id === is.id);
    tell(was ? "same" : "added", was, is);
  });
  before.filter((was) => !after.some(({ id }) => id === was.id)).forEach((was) => tell("removed", was, undefined));
}

function fields(component, path = "") {
  return (component.components ?? []).flatMap((each, at) => {
    const { id, layout, components, ...rest } = each;
    const key = `${path}${each.key ?? each.path ?? id}`;
    return [{ id: key, word: each.key || each.path || id, name: each.label || each.text || key, rest, at }, ...fields(each, each.path ? `${path}${each.path}.` : path)];
  });
}

export function formChanges(before, after, called) {
  const one = fields(JSON.parse(before));
  const other = fields(JSON.parse(after));
  const changes = [];
  compare(one, other, (what, was, is) => {
    const shown = is ?? was;
    const details =
      what === "same"
        ? [...new Set([...Object.keys(was.rest), ...Object.keys(is.rest)])]
            .filter((name) => JSON.stringify(was.rest[name]) !== JSON.stringify(is.rest[name]))
            .map((name) => said(name, show(was.rest[name]), show(is.rest[name])))
        : [];
    if (what !== "same" || details.length) {
      changes.push({ what: what === "same" ? "changed" : what, kind: say("kind.field"), id: shown.id, name: called(shown.word) ?? shown.name, details });
    }
  });
  const order = (all, among) => all.map(({ id }) => id).filter((id) => among.some((each) => each.id === id)).join();
  if (order(one, other) !== order(other, one)) {
    changes.push({ what: "moved", kind: say("kind.fields"), id: "", name: say("changed.order"), details: [] });
  }
  return changes;
}

function show(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.entries(value).map(([name, each]) => `${name} ${typeof each === "object" ? JSON.stringify(each) : each}`).join(", ")
    : Array.isArray(value)
      ? value.map((each) => each?.label ?? each?.value ?? String(each)).join(", ")
      : value;
}

/** The changes of a file, of whatever kind; null for a text, which is compared line by line. */
export async function changesOf(path, before, after, words = NO_WORDS) {
  if (!before || !after) {
    return null;
  }
  if (path.endsWith(".bpmn")) {
    return diagramChanges(path, before, after, words);
  }
  if (path.endsWith(".dmn")) {
    return decisionChanges(path, before, after, words);
  }
  return path.endsWith(".form") ? formChanges(before, after, (field) => words.after(`form.${path.replace(/^forms\/|\.form$/g, "")}.${field}`)) : null;
}

/** A table in words, or the lines of a text. */
export async function tableOf(path, before, after, words = NO_WORDS) {
  let changes;
  try {
    changes = await changesOf(path, before, after, words);
  } catch (unreadable) {
    console.warn(unreadable);
    changes = null;
  }
  if (changes === null) {
    return linesBetween(before ?? "", after ?? "", say);
  }
  if (changes.length === 0) {
    return el("p", { class: "quiet" }, say("changed.spelling"));
  }
  const table = el(
    "table",
    { class: "table studio-changes" },
    el("thead", {}, el("tr", {}, ...["what", "part", "details"].map((key) => el("th", { scope: "col" }, say(`changes.${key}`))))),
    el(
      "tbody",
      {},
      ...changes.map((change) =>
        el(
          "tr",
          { "data-change": change.what, "data-element": change.id || null },
          el("td", {}, el("span", { class: `chip studio-${change.what}` }, say(`diff.${change.what}`))),
          el("td", {}, el("span", { class: "quiet" }, change.kind), " ", change.name),
          el("td", {}, change.details.length ? el("ul", {}, ...change.details.map((each) => el("li", {}, each))) : ""),
        ),
      ),
    ),
  );
  return el("div", { class: "table-responsive" }, table);
}
