// Two versions of a folder side by side: what changed in each file, in words, and on the drawing.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { ask, broken, el, json, page, part, say, button } from "./studio-core.js";
import { changesOf, nameAll, tableOf } from "./studio-differences.js";
import { loadStyles } from "./shared.js";

const root = document.documentElement;

start().catch(broken);

async function start() {
  await Promise.all([...(page.styles ?? []).map(loadStyles), document.fonts.ready]);
  const { status, text } = await ask(page.contentsUrl, { headers: { Accept: "application/json" } });
  if (status !== 200) {
    throw new Error(`The files were answered with ${status}`);
  }
  const { before, after, words } = json(text);
  // A diagram that only got other words is here as well, with the same text on both sides.
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const said = { before: (key) => words.before[key], after: (key) => words.after[key], english: (key) => words.english[key], renamed: words.renamed };
  const shelf = part("canvas");
  if (paths.length === 0) {
    shelf.replaceChildren(el("p", { class: "notice" }, say("compare.same")));
    return;
  }
  shelf.replaceChildren();
  for (const path of paths) {
    const id = `file-${path.replace(/[^a-z0-9]/gi, "-")}`;
    const kind = before[path] === undefined ? "added" : after[path] === undefined ? "removed" : "changed";
    const section = el(
      "section",
      { class: "card studio-compared", "aria-labelledby": id, "data-file": path },
      el("h2", { id }, page.titles?.[path] ?? path, " ", el("span", { class: `chip studio-${kind}` }, say(`diff.${kind}`))),
      el("p", { class: "quiet" }, path),
    );
    shelf.append(section);
    if (path.endsWith(".bpmn")) {
      const pair = el("div", { class: "studio-pair" });
      section.append(pair);
      await drawings(pair, path, before[path], after[path]);
    }
    if (!path.endsWith(".bpmn") || kind === "changed" || !section.querySelector("svg")) {
      section.append(await tableOf(path, before[path] ?? "", after[path] ?? "", said));
    }
    for (const row of section.querySelectorAll("tr[data-element]")) {
      if (section.show) {
        row.cells[1].append(" ", button(say("problems.show"), "", () => {
          section.show(row.dataset.element);
          section.querySelector(".studio-pair").scrollIntoView({ block: "center" });
        }, "studio-show"));
      }
    }
  }
  document.querySelector("[data-studio]").dataset.ready = "true";

  async function drawings(pair, path, was, is) {
    let changes;
    try {
      changes = (await changesOf(path, was, is, said)) ?? [];
    } catch {
      return;
    }
    const sides = [
      ["before", was],
      ["after", is],
    ].filter(([, xml]) => xml !== undefined);
    const style = getComputedStyle(root);
    const colour = (name) => style.getPropertyValue(name).trim();
    const font = colour("--tblr-font-sans-serif");
    const viewers = await Promise.all(
      sides.map(async ([side, xml]) => {
        const canvas = el("div", { class: "diagram-canvas", tabindex: "0", role: "region", "aria-label": `${say(`compare.${side}`)}: ${path}` });
        pair.append(el("figure", {}, el("figcaption", {}, say(`compare.${side}`)), canvas));
        const viewer = new NavigatedViewer({
          container: canvas,
          bpmnRenderer: { defaultFillColor: colour("--panel"), defaultStrokeColor: colour("--quiet"), defaultLabelColor: colour("--ink") },
          textRenderer: { defaultStyle: { fontFamily: font, fontWeight: "500" }, externalStyle: { fontFamily: font } },
        });
        viewer.on("import.parse.complete", ({ definitions }) => definitions && nameAll(definitions, path.replace(/\.bpmn$/, ""), said[side]));
        try {
          await viewer.importXML(xml);
        } catch {
          // A draft may be whatever somebody saved last.
          canvas.replaceChildren(el("p", { class: "diagram-broken" }, say("broken")));
          return null;
        }
        const registry = viewer.get("elementRegistry");
        const shown = side === "before" ? ["removed", "changed", "moved"] : ["added", "changed", "moved"];
        changes
          .filter(({ what, id }) => shown.includes(what) && registry.get(id))
          .forEach(({ what, id }) => viewer.get("canvas").addMarker(id, `studio-is-${what}`));
        viewer.get("canvas").zoom("fit-viewport", "auto");
        return viewer;
      }),
    );
    if (viewers.includes(null)) {
      return;
    }
    // What one is moved by, the other is too
    let moving = false;
    viewers.forEach((viewer, at) =>
      viewer.on("canvas.viewbox.changed", ({ viewbox }) => {
        if (!moving && viewers.length > 1) {
          moving = true;
          viewers[1 - at].get("canvas").viewbox({ x: viewbox.x, y: viewbox.y, width: viewbox.width, height: viewbox.height });
          moving = false;
        }
      }),
    );
    viewers.forEach((viewer, at) => {
      pair.querySelectorAll(".diagram-canvas")[at].addEventListener("keydown", (event) => {
        const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
        if (moves[event.key]) {
          const [dx, dy] = moves[event.key];
          viewer.get("canvas").scroll({ dx, dy });
          event.preventDefault();
        }
      });
    });
    pair.parentElement.show = (id) => {
      const last = viewers.length - 1;
      const at = viewers[last].get("elementRegistry").get(id) ? last : 0;
      const element = viewers[at].get("elementRegistry").get(id);
      if (element) {
        viewers[at].get("canvas").zoom(0.9);
        viewers[at].get("canvas").scrollToElement(element, 100);
      }
    };
    const first = changes.find(({ id, what }) => what !== "moved" && viewers.some((viewer) => viewer.get("elementRegistry").get(id)));
    first && pair.parentElement.show(first.id);
  }
}
