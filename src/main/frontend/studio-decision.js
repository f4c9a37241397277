// The decision editor: one table a file.
import "./studio-feel.js";
import EditingManager from "dmn-js-shared/lib/base/EditingManager";
import DecisionTableEditor from "dmn-js-decision-table/lib/Editor";
import columnResize from "dmn-js-decision-table/lib/features/column-resize";
import camunda from "camunda-dmn-moddle/resources/camunda.json";
import { broken, DraftOf, el, host, named, page, part, Problems, read, say, translator, undoTools } from "./studio-core.js";
import { Labels } from "./studio-labels.js";
import { loadStyles } from "./shared.js";
import { tableOf, wordsOf } from "./studio-differences.js";

/** Without widths of columns, which would be written into the file by an extension that is not ours. */
class TableEditor extends DecisionTableEditor {
  getModules() {
    return super.getModules().filter((module) => module !== columnResize);
  }
}

/** Decision tables only: a file of ours holds one. */
class TableManager extends EditingManager {
  _getViewProviders() {
    return [{ id: "decisionTable", constructor: TableEditor, opens: (element) => element.$instanceOf("dmn:Decision") && element.decisionLogic?.$instanceOf("dmn:DecisionTable") }];
  }
}

const translate = translator();
globalThis.ancoraDecisionText = (text) => translate(text);

start().catch(broken);

async function start() {
  await Promise.all((page.styles ?? []).map(loadStyles));
  const canvas = part("canvas");
  canvas.replaceChildren();
  const manager = new TableManager({
    container: canvas,
    moddleExtensions: { camunda },
    common: {
      expressionLanguages: { options: [{ value: "feel", label: "FEEL" }], defaults: { editor: "feel" } },
      dataTypes: ["string", "boolean", "integer", "long", "number", "date", "dateTime"],
    },
    decisionTable: { additionalModules: [{ translate: ["value", translate] }] },
  });
  const labels = await Labels.load();
  const table = page.path.replace(/\.dmn$/, "");
  const shown = new Map();
  let opening = true;
  let draft;
  let problems;

  async function open(xml) {
    opening = true;
    await manager.importXML(xml);
    const viewer = manager.getActiveViewer();
    viewer.on("elements.changed", () => {
      if (!opening) {
        draft.changed();
        steps();
      }
    });
    opening = false;
    accessible();
    steps();
  }

  /** Titles and remarks, each with the key under which it is translated as long as the file says what was translated. */
  function eachWord(definitions, then) {
    const decision = (definitions.drgElement ?? []).find((each) => each.decisionLogic);
    const logic = decision?.decisionLogic;
    decision && then(decision, "name", `decision.${table}`);
    [...(logic?.input ?? []), ...(logic?.output ?? [])].forEach((each) => then(each, "label", `decision.${table}.${each.id}`));
    (logic?.rule ?? []).forEach((each) => then(each, "description", `decision.${table}.${each.id}`));
  }

  manager.on("import.parse.complete", ({ definitions }) => {
    shown.clear();
    definitions &&
      eachWord(definitions, (holder, property, key) => {
        const words = labels.text(key, page.language);
        if (holder[property] && words && holder[property] === labels.shippedText(key, "en") && words !== holder[property]) {
          shown.set(key, { inFile: holder[property], words });
          holder[property] = words;
        }
      });
  });

  /** The file's text; what only was shown in another language stays as it was. */
  async function content() {
    const back = [];
    eachWord(manager.getDefinitions(), (holder, property, key) => {
      const was = shown.get(key);
      if (was && holder[property] === was.words) {
        back.push(() => (holder[property] = was.words));
        holder[property] = was.inFile;
      }
    });
    try {
      return (await manager.saveXML({ format: true })).xml;
    } finally {
      back.forEach((each) => each());
    }
  }

  const file = await read(page.path);
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

  /** Where an element stands: its cell, the first of its row, or the head of its column. */
  function at(id) {
    const named = (attribute) => canvas.querySelector(`[data-${attribute}="${CSS.escape(id)}"]`);
    return named("element-id") ?? named("row-id") ?? named("col-id");
  }

  function show(id) {
    const cell = id && at(id);
    if (!cell) {
      return;
    }
    cell.scrollIntoView({ block: "center", inline: "center" });
    (cell.querySelector("[contenteditable]") ?? cell).focus?.();
    // The table draws a cell anew once it is chosen.
    setTimeout(() => {
      const shown = at(id);
      shown?.classList.add("studio-shown");
      setTimeout(() => shown?.classList.remove("studio-shown"), 4000);
    }, 50);
  }

  /** What the codes in the cells mean, in the words in which the written procedure says them. */
  function values() {
    const key = `decision.${table}.value.`;
    const known = [...labels.keys].filter((each) => each.startsWith(key)).map((each) => each.slice(key.length));
    const meanings = known.map((code) => [code, labels.text(key + code, page.language) ?? labels.text(key + code, "en")]).filter(([, words]) => words);
    part("values").hidden = !meanings.length;
    part("values")
      .querySelector("dl")
      .replaceChildren(...meanings.map(([code, words]) => el("div", {}, el("dt", {}, el("code", {}, `"${code}"`)), el("dd", {}, words))));
  }

  const { undo, redo, steps } = undoTools(() => manager.getActiveViewer()?.get("commandStack"));
  part("tools").replaceChildren(undo, redo);

  /** Cells and boxes say what they are. */
  function accessible() {
    canvas.querySelectorAll(".tjs-table-container").forEach((each) => {
      each.tabIndex = 0;
      each.setAttribute("role", "region");
      each.setAttribute("aria-label", say("decision.table"));
    });
    canvas.querySelectorAll("[contenteditable], input, select").forEach((each) => {
      if (each.hasAttribute("contenteditable") && !each.hasAttribute("role")) {
        each.setAttribute("role", "textbox");
      }
      if (!each.hasAttribute("aria-label") && !each.labels?.length) {
        const cell = each.closest("td, th");
        const row = cell?.closest("tr");
        const column = cell && row ? [...row.children].indexOf(cell) : -1;
        const head = column >= 0 ? canvas.querySelectorAll("thead tr:first-child th")[column]?.textContent.trim() : "";
        each.setAttribute("aria-label", head || say("decision.cell"));
      }
    });
    // The corner over the numbers of rows heads nothing.
    canvas.querySelectorAll("th.index-column:empty").forEach((each) => each.setAttribute("role", "cell"));
    canvas.querySelectorAll("[title]:not([aria-label])").forEach((each) => {
      if (!each.textContent.trim()) {
        each.setAttribute("aria-label", each.title);
        if (!["BUTTON", "A", "INPUT", "SELECT", "TD", "TH"].includes(each.tagName) && !each.hasAttribute("role")) {
          each.setAttribute("role", "img");
        }
      }
    });
  }
  new MutationObserver(accessible).observe(canvas, { childList: true, subtree: true });

  problems = new Problems(show);
  problems.name = (id) => at(id)?.closest("tr")?.querySelector(".annotation")?.textContent.trim() || undefined;
  await open(file.text);
  values();
  if (named()) {
    show(named());
  }
  host.studio = { open, text: content, lacking: translate.lacking };
  host.dataset.ready = "true";
}
