// The diagram editor: drawing, fields, words and problems of one procedure.
import Modeler from "bpmn-js/lib/Modeler";
import { is } from "bpmn-js/lib/util/ModelUtil";
import spanish from "bpmn-js-i18n/translations/es.js";
import italian from "bpmn-js-i18n/translations/it.js";
import colours from "bpmn-js-color-picker";
import simulation from "bpmn-js-token-simulation";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import minimap from "diagram-js-minimap";
import { ask, broken, DraftOf, el, json, named, page, part, Problems, read, say, tool, translator, host, undoTools } from "./studio-core.js";
import { Labels } from "./studio-labels.js";
import { own } from "./studio-diagram-modules.js";
import { linter } from "./studio-diagram-lint.js";
import { kindOf, nameOf, Panel } from "./studio-diagram-panel.js";
import { loadStyles } from "./shared.js";
import { tableOf, wordsOf } from "./studio-differences.js";

const translate = translator(page.language === "es" ? spanish : page.language === "it" ? italian : {});

/** What the palette, which has two columns where the drawing is low, hides of the drawing's left, in pixels. */
const BESIDE_PALETTE = 150;

start().catch(broken);

async function start() {
  await Promise.all([...(page.styles ?? []).map(loadStyles), document.fonts.ready]);
  const canvas = part("canvas");
  // Drawn on paper, in the dark too: the parts of the editor know no other colours.
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const font = colour("--tblr-font-sans-serif");
  canvas.replaceChildren();
  const modeler = new Modeler({
    container: canvas,
    moddleExtensions: { camunda },
    additionalModules: [own, minimap, colours, simulation, { translate: ["value", translate] }],
    bpmnRenderer: { defaultFillColor: colour("--panel"), defaultStrokeColor: colour("--quiet"), defaultLabelColor: colour("--ink") },
    textRenderer: { defaultStyle: { fontFamily: font, fontWeight: "500" }, externalStyle: { fontFamily: font } },
  });
  const [file, catalogueAnswer] = await Promise.all([read(page.path), ask(page.catalogueUrl)]);
  const catalogue = json(catalogueAnswer.text);
  const process = page.path.replace(/\.bpmn$/, "");
  let problems;
  const labels = await Labels.load(() => problems?.check(), async () => open(await content()));
  const names = new Names(labels, process);
  const panel = new Panel(part("panel"), modeler, catalogue, labels, process);
  const lint = linter({
    steps: new Set(catalogue.steps.map(({ name }) => name)),
    forms: new Set(catalogue.forms.map(({ id }) => id)),
    processes: new Set(catalogue.processes.map(({ id }) => id)),
  });
  let opening = true;
  modeler.on("import.parse.complete", ({ definitions }) => definitions && names.translate(definitions));

  async function open(xml) {
    opening = true;
    await modeler.importXML(xml);
    fit();
    outline();
    panel.show(null);
    opening = false;
  }

  /** The file's text; names that only were shown in another language stay as they were. */
  async function content() {
    const definitions = modeler.getDefinitions();
    const restore = names.restore(definitions);
    const all = definitions.rootElements;
    definitions.rootElements = all.filter((each) => !isAnyType(each, ["bpmn:Message", "bpmn:Error"]) || isNamed(definitions, each));
    try {
      return (await modeler.saveXML({ format: true })).xml;
    } finally {
      definitions.rootElements = all;
      restore();
    }
  }

  function fit() {
    const drawing = modeler.get("canvas");
    drawing.resized();
    if (canvas.clientWidth) {
      drawing.zoom("fit-viewport", "auto");
      // Too small to be read: from its beginning on, beside the palette
      const smallest = 0.8;
      if (drawing.zoom() < smallest) {
        const { inner, outer } = drawing.viewbox();
        drawing.viewbox({ x: inner.x - BESIDE_PALETTE / smallest, y: inner.y - 60, width: outer.width / smallest, height: outer.height / smallest });
      }
    }
  }

  /** Brings it into sight, beside the palette. */
  function reveal(element) {
    if (element.width || element.waypoints) {
      modeler.get("canvas").scrollToElement(element, { top: 80, right: canvas.clientWidth < 600 ? 40 : 180, bottom: 80, left: BESIDE_PALETTE });
    }
  }
  modeler.on("studio.added", ({ element }) => reveal(element));

  function show(id) {
    const element = modeler.get("elementRegistry").get(id) ?? modeler.get("canvas").getRootElement();
    modeler.get("selection").select(element === modeler.get("canvas").getRootElement() ? null : element);
    reveal(element);
    panel.show(element);
    panel.focus();
  }

  /** The elements in the order in which one reads them: the way through the diagram without a mouse. */
  function outline() {
    const seen = new Set();
    const isFlow = (connection) => is(connection, "bpmn:SequenceFlow");
    const line = (element, text) =>
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: `studio-line studio-is-${kindOf(element)}`, "data-element": element.id, "aria-current": modeler.get("selection").isSelected(element) ? "true" : null, onclick: () => show(element.id) },
          el("span", { class: "quiet" }, say(`kind.${kindOf(element)}`)),
          " ",
          text,
        ),
      );
    const walk = (first) => {
      const list = el("ol", {});
      const waiting = [...first];
      while (waiting.length) {
        const element = waiting.shift();
        if (seen.has(element)) {
          continue;
        }
        seen.add(element);
        const item = line(element, nameOf(element));
        const ways = element.outgoing.filter(isFlow);
        if (ways.length > 1) {
          item.append(el("ul", {}, ...ways.map((way) => line(way, say("outline.to", way.businessObject.name || "", nameOf(way.target))))));
        }
        if (element.children?.length && is(element, "bpmn:SubProcess")) {
          item.append(walk(starts(element)));
        }
        list.append(item);
        waiting.unshift(...ways.map((way) => way.target), ...(element.attachers ?? []));
      }
      return list;
    };
    const starts = (scope) => {
      const nodes = scope.children.filter((each) => is(each, "bpmn:FlowNode") && each.type !== "label");
      const begun = nodes.filter((each) => is(each, "bpmn:StartEvent"));
      const loose = nodes.filter((each) => each.incoming.filter(isFlow).length === 0 && !begun.includes(each) && !each.host);
      return [...begun, ...loose];
    };
    const top = modeler.get("elementRegistry").filter((each) => isAnyOf(each, ["bpmn:Participant"]));
    const scopes = top.length ? top : [modeler.get("canvas").getRootElement()];
    const whole = el("button", { type: "button", class: "studio-line", "data-studio-whole": true, onclick: () => show("") }, say("panel.process"));
    const list = part("outline");
    const at = list.contains(document.activeElement) ? document.activeElement.dataset.element : null;
    list.replaceChildren(whole, ...scopes.map((scope) => walk(starts(scope))));
    // Whoever goes through the list by keys stays where they are.
    if (at !== null) {
      (at === undefined ? whole : [...list.querySelectorAll("[data-element]")].find(({ dataset }) => dataset.element === at))?.focus();
    }
  }

  const draft = new DraftOf(page.path, {
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

  problems = new Problems(show, (found) => mark(found));
  problems.name = (id) => {
    const element = modeler.get("elementRegistry").get(id);
    // What nobody has named yet is called by what it is.
    return element && (element.businessObject.name || `${say(`kind.${kindOf(element)}`)}: ${say("panel.unnamed")}`);
  };

  function mark(found) {
    const overlays = modeler.get("overlays");
    overlays.remove({ type: "studio-problem" });
    const byElement = new Map();
    for (const problem of found) {
      if (problem.element && modeler.get("elementRegistry").get(problem.element)) {
        byElement.set(problem.element, [...(byElement.get(problem.element) ?? []), problem]);
      }
    }
    byElement.forEach((about, id) => {
      const refuses = about.some(({ severity }) => severity === "error");
      const badge = el("span", { class: `studio-badge ${refuses ? "studio-badge-error" : ""}`, title: about.map((each) => each.words).join("\n"), "aria-hidden": "true" }, refuses ? "!" : "i");
      overlays.add(id, "studio-problem", { position: { top: -10, right: 10 }, html: badge });
    });
  }

  // Words have files of their own: whoever only translates has not changed the diagram.
  let redrawn = false;
  modeler.on(["commandStack.execute", "commandStack.revert"], ({ command }) => {
    redrawn ||= !["studio.words", "studio.together"].includes(command);
  });
  let typing;
  modeler.on(["commandStack.changed"], () => {
    if (opening) {
      return;
    }
    names.keep(modeler.getDefinitions());
    if (redrawn) {
      draft.changed();
    }
    redrawn = false;
    clearTimeout(typing);
    typing = setTimeout(async () => {
      outline();
      problems.see(await lint(modeler.getDefinitions()));
    }, 250);
    steps();
  });
  modeler.on("selection.changed", () => {
    for (const line of part("outline").querySelectorAll("[data-element]")) {
      const element = modeler.get("elementRegistry").get(line.dataset.element);
      element && modeler.get("selection").isSelected(element) ? line.setAttribute("aria-current", "true") : line.removeAttribute("aria-current");
    }
  });

  // Tools

  const { undo, redo, steps } = undoTools(() => modeler.get("commandStack"));
  const search = tool("search", "search", () => modeler.get("searchPad").toggle());
  const overview = tool("map", "map", () => {
    modeler.get("minimap").toggle();
    overview.setAttribute("aria-pressed", String(modeler.get("minimap").isOpen()));
  });
  const whole = tool("whole", "arrows-maximize", fit);
  const play = tool("play", "player-play", () => modeler.get("toggleMode").toggleMode());
  // While it is played nothing can be changed.
  modeler.on("tokenSimulation.toggleMode", ({ active }) => {
    play.setAttribute("aria-pressed", String(active));
    part("panel").inert = active;
    active ? [undo, redo].forEach((each) => (each.disabled = true)) : steps();
  });
  overview.setAttribute("aria-pressed", "false");
  play.setAttribute("aria-pressed", "false");
  part("tools").replaceChildren(undo, redo, search, whole, overview, play);

  wordsOfParts(canvas);
  await open(file.text);
  steps();
  problems.see(await lint(modeler.getDefinitions()));
  if (named()) {
    show(named());
  }
  new ResizeObserver(() => modeler.get("canvas").resized()).observe(canvas);
  host.studio = { open, text: content };
  host.dataset.ready = "true";
}

/** Whether some event still means this answer or report: what was taken back leaves them behind. */
function isNamed(definitions, answer) {
  const means = (scope) =>
    (scope.flowElements ?? []).some((element) => (element.eventDefinitions ?? []).some((each) => each.messageRef === answer || each.errorRef === answer) || means(element));
  return definitions.rootElements.some(means);
}

const isAnyType = (object, types) => types.some((type) => object.$instanceOf(type));

function isAnyOf(element, types) {
  return types.some((type) => is(element, type));
}

/** What some parts say in English only is said in the page's language, there and whenever they say more. */
function wordsOfParts(canvas) {
  const speak = (within) => {
    for (const element of within.querySelectorAll("[title]")) {
      const words = translate(element.title);
      if (words !== element.title) {
        element.title = words;
      }
    }
    for (const element of within.querySelectorAll(".bts-text, .bts-notifications .bts-text")) {
      if (element.childElementCount === 0 && translate(element.textContent) !== element.textContent) {
        element.textContent = translate(element.textContent);
      }
    }
    // Without a name of its own a control is nothing to a screen reader.
    for (const control of within.querySelectorAll(".djs-palette .entry, .djs-context-pad .entry, .bts-entry, button[title]")) {
      if (!control.hasAttribute("aria-label") && control.title) {
        control.setAttribute("aria-label", control.title);
        control.tagName === "DIV" && control.setAttribute("role", "button");
      }
    }
    for (const box of within.querySelectorAll(".djs-search-input input")) {
      box.setAttribute("aria-label", say("tool.search"));
    }
  };
  new MutationObserver(() => speak(canvas)).observe(canvas, { childList: true, subtree: true });
}

/** Elements are shown by their names in the reader's language, and keep in the file the name that they had there. */
class Names {
  #shown = new Map();
  #first = new Map();

  constructor(labels, process) {
    this.labels = labels;
    this.process = process;
  }

  #each(definitions, then) {
    const look = (scope) =>
      (scope.flowElements ?? []).forEach((element) => {
        then(element, `${element.$type === "bpmn:UserTask" ? "task" : "flow"}.${this.process}.${element.id}`);
        look(element);
      });
    definitions.rootElements.forEach(look);
  }

  translate(definitions) {
    this.#shown.clear();
    this.#first.clear();
    this.#each(definitions, (element, key) => {
      const words = this.#words(key);
      this.#shown.set(element.id, { inFile: element.name, shown: element.name && words ? words : element.name });
      element.name = this.#shown.get(element.id).shown;
      this.#first.set(element.id, { ...this.#shown.get(element.id), own: this.labels.own(key, page.language) });
    });
  }

  /** What is looked up by a key; a text that needs an argument says nothing here. */
  #words(key) {
    const words = this.labels.text(key, page.language);
    return words && !/\{\d/.test(words) ? words : undefined;
  }

  /** A name that was changed is written down for its language, since the words found there would win over the file. */
  keep(definitions) {
    const there = new Set();
    this.#each(definitions, (_, key) => there.add(key));
    for (const sort of ["task", "flow"]) {
      this.labels.keepOnly(`${sort}.${this.process}.`, (key) => there.has(key.split(".").slice(0, 3).join(".")));
    }
    this.#each(definitions, (element, key) => {
      const was = this.#shown.get(element.id);
      if (was?.shown === element.name || (!was && !element.name)) {
        return;
      }
      const isEnglish = page.language === "en";
      const first = this.#first.get(element.id);
      if (first && first.shown === element.name) {
        // Taken back: nothing is left of what it was called meanwhile.
        this.labels.set(key, page.language, first.own ?? "");
        this.#shown.set(element.id, { inFile: first.inFile, shown: first.shown });
        return;
      }
      if (!isEnglish || element.$type === "bpmn:UserTask" || this.#words(key) !== undefined) {
        this.labels.set(key, page.language, element.name ?? "");
      }
      this.#shown.set(element.id, { inFile: isEnglish || !was ? element.name : was.inFile, shown: element.name });
    });
  }

  restore(definitions) {
    const back = [];
    this.#each(definitions, (element) => {
      const was = this.#shown.get(element.id);
      if (was && element.name === was.shown && was.inFile !== was.shown) {
        back.push([element, element.name]);
        element.name = was.inFile;
      }
    });
    return () => back.forEach(([element, name]) => (element.name = name));
  }
}
