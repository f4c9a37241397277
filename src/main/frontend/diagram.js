import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { loadStyles } from "./shared.js";

const STEP = 60;
const root = document.documentElement;
const shown = new WeakSet();

/** Diagrams drawn now and those that htmx brings later. */
function drawAll(within) {
  for (const canvas of within.querySelectorAll("[data-diagram-url]")) {
    if (!shown.has(canvas)) {
      shown.add(canvas);
      unfoldOutline(canvas);
      whenVisible(canvas, () => draw(canvas));
    }
  }
}

/** On a phone the steps in words say more than a drawing as wide as a hand; a long one only where it says where we are. */
function unfoldOutline(canvas) {
  const outline = canvas.parentElement.querySelector(".diagram-outline");
  const telling = outline?.matches("[data-unfold]") || outline?.querySelector("[aria-current]") || outline?.querySelectorAll("li").length < 8;
  if (matchMedia("(max-width: 40rem)").matches) {
    if (telling) {
      outline.open = true;
    }
    // Where the page itself tells every step in words, they come first.
    canvas.closest("[data-fold-on-phones]")?.removeAttribute("open");
  }
}

function whenVisible(canvas, then) {
  // A diagram inside a closed <details> has no size to fit into.
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      seen.disconnect();
      then();
    }
  });
  seen.observe(canvas);
}

function colours() {
  const style = getComputedStyle(root);
  const of = (name) => style.getPropertyValue(name).trim();
  return { defaultFillColor: of("--panel"), defaultStrokeColor: of("--quiet"), defaultLabelColor: of("--ink") };
}

async function draw(canvas) {
  try {
    const [response] = await Promise.all([
      fetch(canvas.dataset.diagramUrl, { headers: { Accept: "application/xml" }, credentials: "same-origin" }),
      loadStyles(canvas.dataset.diagramCss),
      document.fonts.ready,
    ]);
    if (!response.ok) {
      throw new Error(`The diagram was answered with ${response.status}`);
    }
    await render(canvas, await response.text());
  } catch (failure) {
    console.error(failure);
    const sorry = document.createElement("p");
    sorry.className = "diagram-broken";
    sorry.textContent = canvas.dataset.failed;
    canvas.replaceChildren(sorry);
    const list = canvas.parentElement.querySelector("details");
    if (list) {
      list.open = true;
    }
  }
}

async function render(canvas, xml) {
  canvas.replaceChildren();
  const font = getComputedStyle(root).getPropertyValue("--tblr-font-sans-serif").trim();
  const viewer = new NavigatedViewer({
    container: canvas,
    bpmnRenderer: colours(),
    textRenderer: { defaultStyle: { fontFamily: font, fontWeight: "500" }, externalStyle: { fontFamily: font } },
  });
  await viewer.importXML(xml);
  // The frame around the drawing has the keys and the name; a second stop inside it would have neither.
  canvas.querySelector("svg").setAttribute("tabindex", "-1");
  settleLabels(viewer);
  mark(viewer, canvas);
  fit(viewer, canvas);
  keys(viewer, canvas);
  // Pages that know more about the elements add it, whichever of the two scripts is ready first.
  const tell = () => canvas.dispatchEvent(new CustomEvent("ancora:diagram", { bubbles: true, detail: { viewer } }));
  canvas.addEventListener("ancora:redraw", tell, { once: true });
  tell();
  new ResizeObserver(() => fit(viewer, canvas)).observe(canvas);
  // Stroke and fill are written into the drawing, so another theme means drawing again.
  const themes = new MutationObserver(() => {
    themes.disconnect();
    viewer.destroy();
    render(canvas, xml);
  });
  themes.observe(root, { attributeFilter: ["data-bs-theme"] });
}

/**
 * Labels are as wide as the language they are read in needs: the drawing knows only one. A word wider than its room would be
 * broken, and a short one in the middle of a wide room would stand away from its arrow.
 */
function settleLabels(viewer) {
  const style = viewer.get("textRenderer").getExternalStyle();
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize}px ${style.fontFamily}`;
  const wide = (text) => Math.ceil(pen.measureText(text).width) + 4;
  for (const label of viewer.get("elementRegistry").filter((element) => element.labelTarget)) {
    const text = label.businessObject.name ?? "";
    const word = Math.max(...text.split(/\s+/).map(wide));
    if (label.labelTarget.waypoints && wide(text) < label.width) {
      label.width = wide(text);
    } else if (word > label.width) {
      label.x -= (word - label.width) / 2;
      label.width = word;
    } else {
      continue;
    }
    viewer.get("graphicsFactory").update("shape", label, viewer.get("elementRegistry").getGraphics(label));
  }
}

function ids(canvas, name) {
  return (canvas.dataset[name] ?? "").split(/\s+/).filter(Boolean);
}

function mark(viewer, canvas) {
  const drawing = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  for (const [name, marker] of [["done", "is-done"], ["present", "is-present"], ["failedAt", "is-failed"]]) {
    for (const id of ids(canvas, name)) {
      if (registry.get(id)) {
        drawing.addMarker(id, marker);
      }
    }
  }
  writeDates(viewer, canvas);
  registry
    .filter((element) => element.type === "bpmn:SubProcess" && element.children?.length)
    .forEach((element) => drawing.addMarker(element, "is-frame"));
}

/** When the steps were left, below them; those of frames would lie on what is inside. */
function writeDates(viewer, canvas) {
  const registry = viewer.get("elementRegistry");
  for (const [id, text] of Object.entries(JSON.parse(canvas.dataset.dates || "{}"))) {
    const element = registry.get(id);
    if (element && element.type !== "bpmn:SubProcess" && element.width >= 80) {
      const date = document.createElement("div");
      date.className = "diagram-date";
      date.textContent = text;
      viewer.get("overlays").add(id, { position: { bottom: 10, left: 6 }, html: date });
    }
  }
}

/** The whole when it can be read like that; else the place where the case stands, at a size that can be read. */
function fit(viewer, canvas) {
  if (canvas.clientWidth === 0) {
    return;
  }
  const drawing = viewer.get("canvas");
  drawing.resized();
  const whole = drawing.zoom("fit-viewport", "auto");
  const present = ids(canvas, "present").map((id) => viewer.get("elementRegistry").get(id)).find(Boolean);
  const readable = 0.65;
  if (whole < readable && present) {
    drawing.zoom(readable, {
      x: present.x + (present.width ?? 0) / 2,
      y: present.y + (present.height ?? 0) / 2,
    });
    const box = drawing.viewbox();
    drawing.viewbox({
      x: present.x + (present.width ?? 0) / 2 - box.width / 2,
      y: present.y + (present.height ?? 0) / 2 - box.height / 2,
      width: box.width,
      height: box.height,
    });
  }
}

function keys(viewer, canvas) {
  const moves = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
  canvas.onkeydown = (event) => {
    const drawing = viewer.get("canvas");
    if (moves[event.key]) {
      const [dx, dy] = moves[event.key];
      drawing.scroll({ dx, dy });
    } else if (event.key === "+" || event.key === "-") {
      drawing.zoom(drawing.zoom() * (event.key === "+" ? 1.2 : 1 / 1.2), "auto");
    } else if (event.key === "0") {
      fit(viewer, canvas);
    } else {
      return;
    }
    event.preventDefault();
  };
}

drawAll(document);
document.addEventListener("htmx:afterSettle", (event) => drawAll(event.target));
