// What the diagram editor has of its own: ids as our files have them, a palette without what is never allowed, and changes
// of several parts that are undone in one.
import BpmnFactory from "bpmn-js/lib/features/modeling/BpmnFactory";
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { say } from "./studio-core.js";

/** Kinds of elements that somebody may add, with how they are drawn in the menus. */
export const KINDS = {
  "user-task": { type: "bpmn:UserTask", icon: "bpmn-icon-user-task" },
  step: { type: "bpmn:ServiceTask", icon: "bpmn-icon-service-task" },
  wait: { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition", icon: "bpmn-icon-intermediate-event-catch-timer" },
  message: { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:MessageEventDefinition", icon: "bpmn-icon-intermediate-event-catch-message" },
  choice: { type: "bpmn:ExclusiveGateway", icon: "bpmn-icon-gateway-xor" },
  all: { type: "bpmn:ParallelGateway", icon: "bpmn-icon-gateway-parallel" },
  race: { type: "bpmn:EventBasedGateway", icon: "bpmn-icon-gateway-eventbased" },
  call: { type: "bpmn:CallActivity", icon: "bpmn-icon-call-activity" },
  end: { type: "bpmn:EndEvent", icon: "bpmn-icon-end-event-none" },
};

const TIMER = "bpmn:TimerEventDefinition";
const MESSAGE = "bpmn:MessageEventDefinition";
const ERROR = "bpmn:ErrorEventDefinition";

/** What else can be put behind a step. */
export const BEHIND = {
  ...KINDS,
  some: { type: "bpmn:InclusiveGateway" },
  frame: { type: "bpmn:SubProcess", isExpanded: true },
  "end-error": { type: "bpmn:EndEvent", eventDefinitionType: ERROR },
  "end-all": { type: "bpmn:EndEvent", eventDefinitionType: "bpmn:TerminateEventDefinition" },
  note: { type: "bpmn:TextAnnotation" },
};

/** What can be put on the edge of a step; what stands beside it does not end it. */
export const ATTACHED = {
  "on-date": { type: "bpmn:BoundaryEvent", eventDefinitionType: TIMER },
  "on-date-beside": { type: "bpmn:BoundaryEvent", eventDefinitionType: TIMER, cancelActivity: false },
  "on-answer": { type: "bpmn:BoundaryEvent", eventDefinitionType: MESSAGE },
  "on-answer-beside": { type: "bpmn:BoundaryEvent", eventDefinitionType: MESSAGE, cancelActivity: false },
  "on-error": { type: "bpmn:BoundaryEvent", eventDefinitionType: ERROR },
};

/** What can be put into a procedure or a frame without following anything. */
export const INSIDE = {
  start: { type: "bpmn:StartEvent" },
  ...KINDS,
  some: BEHIND.some,
  frame: BEHIND.frame,
  "event-frame": { type: "bpmn:SubProcess", triggeredByEvent: true, isExpanded: true },
  note: BEHIND.note,
};

/** How the frame begins that waits for something to happen anywhere. */
const BEGINS = {
  "begins-on-date": { type: "bpmn:StartEvent", eventDefinitionType: TIMER },
  "begins-on-date-beside": { type: "bpmn:StartEvent", eventDefinitionType: TIMER, isInterrupting: false },
  "begins-on-answer": { type: "bpmn:StartEvent", eventDefinitionType: MESSAGE },
  "begins-on-answer-beside": { type: "bpmn:StartEvent", eventDefinitionType: MESSAGE, isInterrupting: false },
  "begins-on-error": { type: "bpmn:StartEvent", eventDefinitionType: ERROR },
};

const only = (kinds, ...keys) => Object.fromEntries(keys.map((key) => [key, kinds[key]]));

/** What an element can be turned into without being drawn anew. */
export function turnsInto(element) {
  const inEventFrame = element.parent?.businessObject?.triggeredByEvent;
  return is(element, "bpmn:BoundaryEvent")
    ? ATTACHED
    : is(element, "bpmn:EndEvent")
      ? only(BEHIND, "end", "end-error", "end-all")
      : is(element, "bpmn:IntermediateCatchEvent")
        ? only(BEHIND, "wait", "message")
        : is(element, "bpmn:StartEvent") && inEventFrame
          ? BEGINS
          : is(element, "bpmn:Gateway")
            ? only(BEHIND, "choice", "some", "all", "race")
            : isAny(element, ["bpmn:Task", "bpmn:CallActivity"])
              ? only(BEHIND, "user-task", "step", "call")
              : {};
}

/** Which of the kinds an element is; undefined where it is none of them. */
export function kindAmong(kinds, element) {
  const object = element.businessObject;
  const definition = object.eventDefinitions?.[0]?.$type;
  return Object.entries(kinds).find(
    ([, kind]) =>
      object.$type === kind.type && definition === kind.eventDefinitionType && (object.cancelActivity ?? true) === (kind.cancelActivity ?? true) && (object.isInterrupting ?? true) === (kind.isInterrupting ?? true),
  )?.[0];
}

const ALLOWED_REPLACEMENTS =
  /^replace-with-(none-start|none-end|terminate-end|error-end|timer-intermediate-catch|message-intermediate-catch|(non-interrupting-)?(timer|message)-boundary|error-boundary|(non-interrupting-)?(timer|message)-start|error-start|exclusive-gateway|parallel-gateway|inclusive-gateway|event-based-gateway|user-task|service-task|rule-task|call-activity|expanded-subprocess|event-subprocess|(default|conditional|sequence)-flow)$/;

const ID_PREFIXES = [
  ["bpmn:UserTask", "task"],
  ["bpmn:Activity", "step"],
  ["bpmn:Event", "event"],
  ["bpmn:Gateway", "choice"],
  ["bpmn:SequenceFlow", "way"],
];

/** Our ids are small letters and digits joined by hyphens. */
function OwnBpmnFactory(moddle) {
  BpmnFactory.call(this, moddle);
}
OwnBpmnFactory.$inject = ["moddle"];
OwnBpmnFactory.prototype = Object.create(BpmnFactory.prototype);
OwnBpmnFactory.prototype._ensureId = function (element) {
  if (!element.id && this._needsId(element)) {
    const prefix = ID_PREFIXES.find(([type]) => is(element, type))?.[1] ?? element.$type.replace(/^.*:/, "").toLowerCase();
    let id;
    do {
      id = `${prefix}-${Math.random().toString(36).slice(2, 8).padEnd(6, "0")}`;
    } while (this._model.ids.assigned(id));
    this._model.ids.claim(id, element);
    element.id = id;
    return;
  }
  BpmnFactory.prototype._ensureId.call(this, element);
};

function Palette(palette, create, elementFactory, handTool, lassoTool, spaceTool, globalConnect) {
  palette.registerProvider(this);
  this.getPaletteEntries = () => {
    const tool = (key, className, click) => ({ group: "tools", className, title: say(`palette.${key}`), action: { click } });
    const entries = {
      hand: tool("hand", "bpmn-icon-hand-tool", (event) => handTool.activateHand(event)),
      lasso: tool("lasso", "bpmn-icon-lasso-tool", (event) => lassoTool.activateSelection(event)),
      space: tool("space", "bpmn-icon-space-tool", (event) => spaceTool.activateSelection(event)),
      connect: tool("connect", "bpmn-icon-connection-multi", (event) => globalConnect.start(event)),
      separator: { group: "tools", separator: true },
    };
    const add = (key, className, attributes) => {
      const begin = (event) => create.start(event, elementFactory.createShape(attributes));
      entries[`create-${key}`] = { group: "elements", className, title: say(`kind.${key}`), action: { dragstart: begin, click: begin } };
    };
    for (const [key, { icon, ...attributes }] of Object.entries(KINDS)) {
      add(key, icon, attributes);
    }
    add("start", "bpmn-icon-start-event-none", { type: "bpmn:StartEvent" });
    add("note", "bpmn-icon-text-annotation", { type: "bpmn:TextAnnotation" });
    entries["create-frame"] = {
      group: "elements",
      className: "bpmn-icon-subprocess-expanded",
      title: say("kind.frame"),
      action: {
        click: (event) => frame(event),
        dragstart: (event) => frame(event),
      },
    };
    const frame = (event) => {
      const outer = elementFactory.createShape({ type: "bpmn:SubProcess", x: 0, y: 0, isExpanded: true });
      const inner = elementFactory.createShape({ type: "bpmn:StartEvent", x: 40, y: 82, parent: outer });
      create.start(event, [outer, inner], { hints: { autoSelect: [outer] } });
    };
    return entries;
  };
}
Palette.$inject = ["palette", "create", "elementFactory", "handTool", "lassoTool", "spaceTool", "globalConnect"];

function ContextPad(contextPad, studioChanges, connect, modeling, popupMenu, rules, canvas) {
  contextPad.registerProvider(this);
  this.getContextPadEntries = (element) => {
    const entries = {};
    if (element.type === "label") {
      return entries;
    }
    if (studioChanges.canBeFollowed(element)) {
      for (const key of ["user-task", "step", "wait", "choice", "end"]) {
        entries[`append-${key}`] = {
          group: "model",
          className: KINDS[key].icon,
          title: say("append", say(`kind.${key}`)),
          action: { click: () => studioChanges.append(element, key) },
        };
      }
    }
    if (!isAny(element, ["bpmn:Process", "bpmn:Collaboration", "bpmn:SequenceFlow", "bpmn:Association"])) {
      entries.connect = {
        group: "connect",
        className: "bpmn-icon-connection-multi",
        title: say("palette.connect"),
        action: { click: (event) => connect.start(event, element), dragstart: (event) => connect.start(event, element) },
      };
    }
    if (!popupMenu.isEmpty(element, "bpmn-replace")) {
      entries.replace = {
        group: "edit",
        className: "bpmn-icon-screw-wrench",
        title: say("replace"),
        action: {
          click: (event) => {
            const pad = canvas.getContainer().querySelector(".djs-context-pad")?.getBoundingClientRect();
            const at = pad ? { x: pad.left, y: pad.bottom + 5 } : { x: event.x, y: event.y };
            popupMenu.open(element, "bpmn-replace", { ...at, cursor: { x: event.x, y: event.y } }, { title: say("replace"), width: 300, search: true });
          },
        },
      };
    }
    if (rules.allowed("elements.delete", { elements: [element] }) !== false) {
      entries.delete = {
        group: "edit",
        className: "bpmn-icon-trash",
        title: say("delete"),
        action: { click: () => modeling.removeElements([element]) },
      };
    }
    return entries;
  };
  this.getMultiElementContextPadEntries = (elements) => ({
    delete: { group: "edit", className: "bpmn-icon-trash", title: say("delete"), action: { click: () => modeling.removeElements([...elements]) } },
  });
}
ContextPad.$inject = ["contextPad", "studioChanges", "connect", "modeling", "popupMenu", "rules", "canvas"];

/** The menu that changes what an element is offers only what may be published. */
function AllowedReplacements(popupMenu) {
  popupMenu.registerProvider("bpmn-replace", 500, {
    getPopupMenuEntries: () => (entries) => Object.fromEntries(Object.entries(entries).filter(([id]) => ALLOWED_REPLACEMENTS.test(id))),
    getPopupMenuHeaderEntries: () => (entries) => Object.fromEntries(Object.entries(entries).filter(() => false)),
  });
}
AllowedReplacements.$inject = ["popupMenu"];

/** So far apart stand two steps at least, and so far a free place is looked for, in pixels of the drawing. */
const APART = 15;
const FAR = 1200;

/** Changes that concern several elements and are one step for "undo". */
function Changes(commandStack, modeling, elementFactory, autoPlace, selection, bpmnFactory, elementRegistry, bpmnRules, bpmnReplace, eventBus) {
  commandStack.register("studio.together", {
    preExecute: ({ deed }) => deed(),
  });
  this._together = (deed) => commandStack.execute("studio.together", { deed });

  // Words stand in files of their own, and are taken back like anything else that was done here.
  const written = (which) => (context) => {
    context.before ??= context.words.map(([key, language]) => [key, language, context.labels.own(key, language) ?? ""]);
    context[which].forEach(([key, language, words]) => context.labels.set(key, language, words));
    return [context.element];
  };
  commandStack.register("studio.words", { execute: written("words"), revert: written("before") });

  /**
   * Writes words of an element, and does what else belongs to them, in one step.
   * @param words key, language and text of each
   */
  this.say = (element, labels, words, deed = () => {}) =>
    this._together(() => {
      commandStack.execute("studio.words", { element, labels, words });
      deed();
    });

  this.canBeFollowed = (element) =>
    is(element, "bpmn:FlowNode") &&
    !is(element, "bpmn:EndEvent") &&
    !(is(element, "bpmn:SubProcess") && element.businessObject.triggeredByEvent);

  this.shape = (key, kinds = BEHIND) => {
    const { icon, ...attributes } = kinds[key];
    const shape = elementFactory.createShape(attributes);
    const object = shape.businessObject;
    if (key === "user-task") {
      object.set("camunda:formRefBinding", "deployment");
    } else if (key === "call") {
      object.set("camunda:calledElementBinding", "deployment");
      const caseCode = bpmnFactory.create("camunda:In", { businessKey: "#{execution.processBusinessKey}" });
      object.extensionElements = bpmnFactory.create("bpmn:ExtensionElements", { values: [caseCode] });
      caseCode.$parent = object.extensionElements;
      object.extensionElements.$parent = object;
    }
    return shape;
  };

  /** What is new is chosen, and whoever shows the drawing is told to bring it into sight. */
  this._chosen = (shape) => {
    selection.select(shape);
    eventBus.fire("studio.added", { element: shape });
    return shape;
  };

  const standing = (parent) => parent.children.filter((each) => !each.waypoints && each.type !== "label" && !isAny(each, ["bpmn:Lane", "bpmn:Group"]));

  /** The place nearest to this middle, straight below or above it, where nothing else stands. */
  this._room = (middle, { id, width, height }, parent) => {
    const others = standing(parent).filter((each) => each.id !== id);
    const isFree = (y) =>
      others.every(
        (each) =>
          middle.x + width / 2 + APART <= each.x ||
          middle.x - width / 2 - APART >= each.x + each.width ||
          y + height / 2 + APART <= each.y ||
          y - height / 2 - APART >= each.y + each.height,
      );
    for (let away = 0; away <= FAR; away += 20) {
      const y = [middle.y + away, middle.y - away].find(isFree);
      if (y !== undefined) {
        return { x: middle.x, y };
      }
    }
    return middle;
  };

  /** Makes something, and moves it on where it stands over something else. */
  this._placed = (make) => {
    let shape;
    this._together(() => {
      shape = make();
      const middle = middleOf(shape);
      const free = this._room(middle, shape, shape.parent);
      if (free.y !== middle.y) {
        this._move(shape, { x: 0, y: free.y - middle.y });
        shape.incoming.forEach((way) => modeling.layoutConnection(way));
      }
    });
    return shape;
  };

  /** Does something inside a frame; where the frame grows by it, what stood beside and below it goes as far aside. */
  this._growing = (frame, deed) => {
    if (!is(frame, "bpmn:SubProcess")) {
      return deed();
    }
    const before = { right: frame.x + frame.width, bottom: frame.y + frame.height };
    const beside = standing(frame.parent).filter((each) => each !== frame && each.host === undefined && each.x >= before.right);
    const below = standing(frame.parent).filter((each) => each !== frame && each.host === undefined && !beside.includes(each) && each.y >= before.bottom);
    const made = deed();
    const grown = { x: frame.x + frame.width - before.right, y: frame.y + frame.height - before.bottom };
    this._growing(frame.parent, () => {
      grown.x > 0 && beside.forEach((each) => this._move(each, { x: grown.x, y: 0 }));
      grown.y > 0 && below.forEach((each) => this._move(each, { x: 0, y: grown.y }));
    });
    return made;
  };

  /** Adds what comes next; between two steps it is put into the way that leads on. */
  this.append = (element, key) => {
    const ways = element.outgoing.filter((way) => is(way, "bpmn:SequenceFlow"));
    if (key === "frame") {
      return this._withBeginning(() => (ways.length === 1 ? this.insert(ways[0], key) : this._placed(() => autoPlace.append(element, this.shape(key)))));
    }
    if (ways.length === 1 && !["end", "end-error", "end-all", "note"].includes(key) && !isAny(element, ["bpmn:EventBasedGateway", "bpmn:ParallelGateway", "bpmn:InclusiveGateway", "bpmn:ExclusiveGateway"])) {
      return this.insert(ways[0], key);
    }
    return this._chosen(this._placed(() => autoPlace.append(element, this.shape(key))));
  };

  /** A frame is nothing without a step in it to begin with. */
  this._withBeginning = (make) => {
    let frame;
    this._together(() => {
      frame = make();
      const begins = frame.businessObject.triggeredByEvent ? BEGINS["begins-on-answer"] : INSIDE.start;
      modeling.createShape(elementFactory.createShape(begins), { x: frame.x + 60, y: frame.y + frame.height / 2 }, frame);
    });
    return this._chosen(frame);
  };

  /** On the lower edge of a step, beside what is there already. */
  this.attach = (host, key) => {
    const shape = modeling.createShape(this.shape(key, ATTACHED), { x: host.x + Math.max(20, host.width - 20 - 45 * host.attachers.length), y: host.y + host.height }, host, { attach: true });
    return this._chosen(shape);
  };

  this.canCarry = (element) => isAny(element, ["bpmn:Task", "bpmn:CallActivity", "bpmn:SubProcess"]) && !element.businessObject.triggeredByEvent;

  /** Below what stands there already. */
  this.put = (scope, key) => {
    const parent = is(scope, "bpmn:Collaboration") ? scope.children.find((each) => is(each, "bpmn:Participant")) : scope;
    const inside = parent.children.filter((each) => !each.waypoints && each.type !== "label");
    const left = inside.length ? Math.min(...inside.map(({ x }) => x)) : (parent.x ?? 0) + 40;
    const below = inside.length ? Math.max(...inside.map(({ y, height }) => y + height)) + 60 : (parent.y ?? 0) + 40;
    const make = () => {
      const made = this.shape(key, INSIDE);
      return this._growing(parent, () => modeling.createShape(made, { x: left + made.width / 2, y: below + made.height / 2 }, parent));
    };
    if (["frame", "event-frame"].includes(key)) {
      return this._withBeginning(make);
    }
    let shape;
    this._together(() => (shape = make()));
    return this._chosen(shape);
  };

  /** Turns an element into another of its sort; what leads to and from it stays. */
  this.turn = (element, key) => {
    const { icon, ...target } = turnsInto(element)[key];
    const turned = bpmnReplace.replaceElement(element, { ...target, ...(element.host ? { host: element.host } : {}) });
    selection.select(turned);
    return turned;
  };

  /** Puts a step into a way, and moves what follows aside where there is no room. */
  this.insert = (way, key) => {
    let shape;
    const parent = way.source.host?.parent ?? way.source.parent;
    this._together(() => this._growing(parent, () => {
      const { source, target } = way;
      const made = this.shape(key);
      const room = made.width + 80;
      const gap = target.x - (source.x + source.width);
      if (target.x > source.x && gap < room + 20) {
        const from = target.x - 1;
        const onTheRight = [...target.parent.children].filter(
          (each) => !each.waypoints && each.type !== "label" && each.x >= from && each.host === undefined,
        );
        const delta = { x: room + 30 - Math.max(gap, 30), y: 0 };
        onTheRight.length > 1 ? modeling.moveElements(onTheRight, delta, target.parent, { autoResize: true }) : onTheRight.forEach((each) => this._move(each, delta));
      }
      const middle = source.x + source.width + (target.x - (source.x + source.width)) / 2;
      const x = target.x > source.x ? middle : source.x + source.width + 110;
      const at = this._room({ x, y: source.y + source.height / 2 }, made, parent);
      shape = modeling.createShape(made, at, parent);
      modeling.reconnectEnd(way, shape, { x: shape.x, y: at.y });
      modeling.connect(shape, target);
    }));
    return this._chosen(shape);
  };

  /** Moves one shape with its labels and what sits on its edge; moved by the mouse's way it would be put into any arrow it lands on. */
  this._move = (shape, delta) =>
    [shape, ...shape.labels, ...shape.attachers.flatMap((each) => [each, ...each.labels])].forEach((each) => modeling.moveShape(each, delta, each.parent, undefined, { layout: false }));

  /** The step that would change places with this one, or null where that would not be plain. */
  this.neighbour = (element, direction) => {
    const single = (node) => node.incoming.filter(isWay).length === 1 && node.outgoing.filter(isWay).length === 1;
    if (!isAny(element, ["bpmn:Task", "bpmn:CallActivity", "bpmn:SubProcess", "bpmn:IntermediateCatchEvent"]) || !single(element)) {
      return null;
    }
    const way = direction > 0 ? element.outgoing.find(isWay) : element.incoming.find(isWay);
    const other = direction > 0 ? way.target : way.source;
    // What a race waits for stands right behind it.
    const first = direction > 0 ? element : other;
    if (is(first.incoming.find(isWay)?.source, "bpmn:EventBasedGateway")) {
      return null;
    }
    const fits = isAny(other, ["bpmn:Task", "bpmn:CallActivity", "bpmn:SubProcess", "bpmn:IntermediateCatchEvent"]) && single(other);
    return fits && other !== element && other.parent === element.parent ? other : null;
  };

  /** Where an arrow that begins here may end. */
  this.targets = (source) => elementRegistry.filter((each) => each !== source && each.type !== "label" && is(each, "bpmn:FlowNode") && bpmnRules.canConnectSequenceFlow(source, each));

  /** An arrow leads elsewhere from now on. */
  this.lead = (way, id) =>
    this._together(() => {
      const target = elementRegistry.get(id);
      modeling.reconnectEnd(way, target, middleOf(target));
      modeling.layoutConnection(way);
    });

  /** One more arrow. */
  this.join = (source, id) => {
    const way = modeling.connect(source, elementRegistry.get(id), { type: "bpmn:SequenceFlow" });
    selection.select(way);
  };

  /** Two steps that follow each other change places. */
  this.swap = (element, direction) => {
    const other = this.neighbour(element, direction);
    if (!other) {
      return;
    }
    const [first, second] = direction > 0 ? [element, other] : [other, element];
    this._together(() => {
      const before = first.incoming.find(isWay);
      const between = first.outgoing.find(isWay);
      const after = second.outgoing.find(isWay);
      const one = middleOf(first);
      const two = middleOf(second);
      this._move(first, { x: two.x - one.x, y: two.y - one.y });
      this._move(second, { x: one.x - two.x, y: one.y - two.y });
      modeling.reconnectEnd(before, second, middleOf(second));
      modeling.reconnect(between, second, first, middleOf(second));
      modeling.reconnectStart(after, first, middleOf(first));
      [before, between, after].forEach((way) => modeling.layoutConnection(way));
    });
    selection.select(element);
  };
}
Changes.$inject = ["commandStack", "modeling", "elementFactory", "autoPlace", "selection", "bpmnFactory", "elementRegistry", "bpmnRules", "bpmnReplace", "eventBus"];

const isWay = (connection) => is(connection, "bpmn:SequenceFlow");
const middleOf = (shape) => ({ x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 });

export const own = {
  __init__: ["studioChanges", "paletteProvider", "contextPadProvider", "allowedReplacements"],
  bpmnFactory: ["type", OwnBpmnFactory],
  paletteProvider: ["type", Palette],
  contextPadProvider: ["type", ContextPad],
  allowedReplacements: ["type", AllowedReplacements],
  studioChanges: ["type", Changes],
};
