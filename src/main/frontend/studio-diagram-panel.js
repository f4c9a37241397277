// What one element is and does, in fields and lists: everything of a diagram but where it is drawn can be changed here, by keyboard too.
import { getBusinessObject, getDi, is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { button, el, page, say } from "./studio-core.js";
import { LANGUAGES } from "./studio-labels.js";
import { ATTACHED, BEHIND, INSIDE, kindAmong, turnsInto } from "./studio-diagram-modules.js";

const VARIABLE = /^\$\{\s*(\w+)\s*}$/;
const DATE_KINDS = new Set(["instant"]);

/** The colours of the menu beside a step, as paper and line. */
const COLOURS = [
  ["blue", "#BBDEFB", "#0D4372"],
  ["orange", "#FFE0B2", "#6B3C00"],
  ["green", "#C8E6C9", "#205022"],
  ["red", "#FFCDD2", "#831311"],
  ["purple", "#E1BEE7", "#5B176D"],
];

function colourOf(element) {
  const di = getDi(element);
  return (di?.get("color:background-color") ?? di?.get("bioc:fill") ?? di?.get("color:border-color") ?? di?.get("bioc:stroke"))?.toUpperCase();
}

let fields = 0;

/** A label with its control, and what is to be known about it. */
function field(label, control, hint) {
  const id = `studio-field-${(fields += 1)}`;
  control.id = id;
  const about = hint ? el("p", { class: "quiet", id: `${id}-hint` }, hint) : null;
  if (about) {
    control.setAttribute("aria-describedby", about.id);
  }
  return el("div", { class: "studio-field" }, el("label", { for: id }, label), control, about);
}

function text(value, change, { lines = 1, placeholder } = {}) {
  const control = el(lines > 1 ? "textarea" : "input", { class: "form-control", rows: lines > 1 ? lines : null, placeholder, onchange: () => change(control.value) });
  control.value = value ?? "";
  return control;
}

/** @param options value and words, in order */
function choice(value, options, change, none) {
  const control = el("select", { class: "form-select", onchange: () => change(control.value || undefined) });
  if (none !== undefined) {
    control.append(el("option", { value: "" }, none));
  }
  if (value && !options.some(([each]) => each === value)) {
    control.append(el("option", { value }, value));
  }
  options.forEach(([each, words]) => control.append(el("option", { value: each }, words)));
  control.value = value ?? "";
  return control;
}

function group(title, ...content) {
  return el("fieldset", { class: "studio-group" }, el("legend", {}, title), ...content);
}

export class Panel {
  #typing = false;

  constructor(root, modeler, catalogue, labels, process) {
    Object.assign(this, { root, modeler, catalogue, labels, process });
    this.element = null;
    const bus = modeler.get("eventBus");
    bus.on("selection.changed", ({ newSelection }) => this.show(newSelection.length === 1 ? newSelection[0] : null));
    bus.on("elements.changed", ({ elements }) => {
      if (!this.#typing && elements.some((each) => each === this.element)) {
        this.show(this.element);
      }
    });
  }

  get #modeling() {
    return this.modeler.get("modeling");
  }

  #set(element, properties) {
    this.#typing = true;
    try {
      this.#modeling.updateProperties(element, properties);
    } finally {
      this.#typing = false;
    }
  }

  #setInside(element, inside, properties) {
    this.#typing = true;
    try {
      this.#modeling.updateModdleProperties(element, inside, properties);
    } finally {
      this.#typing = false;
    }
  }

  #create(type, properties, parent) {
    const made = this.modeler.get("bpmnFactory").create(type, properties);
    made.$parent = parent;
    return made;
  }

  show(shown) {
    const canvas = this.modeler.get("canvas");
    const element = shown?.labelTarget ?? shown ?? canvas.getRootElement();
    const had = this.element === element ? document.activeElement?.closest?.(".studio-field")?.querySelector("label")?.textContent : null;
    this.element = element;
    const object = getBusinessObject(element);
    this.root.replaceChildren(...this.#parts(element, object).filter(Boolean));
    if (had) {
      const again = [...this.root.querySelectorAll("label")].find((label) => label.textContent === had);
      again && this.root.querySelector(`#${again.htmlFor}`)?.focus();
    }
  }

  focus() {
    this.root.querySelector("h2")?.focus();
  }

  #parts(element, object) {
    const kind = kindOf(element);
    const head = el(
      "header",
      {},
      el("h2", { tabindex: "-1" }, (kind === "process" && this.labels.text(`process.${this.process}`, page.language)) || object.name || say("panel.unnamed")),
      el("p", { class: "quiet" }, kind === "process" ? say("panel.process") : `${say(`kind.${kind}`)} · ${object.id}`),
    );
    const parts = [head];
    if (kind === "process") {
      return [...parts, ...this.#procedure(element)];
    }
    if (is(element, "bpmn:TextAnnotation")) {
      return [...parts, field(say("panel.note"), text(object.text, (value) => this.#set(element, { text: value }), { lines: 4 })), this.#places(element)];
    }
    parts.push(this.#names(element, object));
    if (is(element, "bpmn:UserTask")) {
      parts.push(...this.#task(element, object));
    } else if (isAny(element, ["bpmn:ServiceTask", "bpmn:BusinessRuleTask"])) {
      parts.push(this.#step(element, object));
    } else if (is(element, "bpmn:CallActivity")) {
      parts.push(this.#call(element, object));
    } else if (is(element, "bpmn:SequenceFlow")) {
      parts.push(this.#condition(element, object), this.#leads(element));
    } else if (is(element, "bpmn:Event")) {
      parts.push(this.#event(element, object));
    }
    parts.push(this.#places(element), this.#colours(element));
    return parts;
  }

  #procedure(element) {
    const object = is(element, "bpmn:Process") ? getBusinessObject(element) : getBusinessObject(element).participants?.[0]?.processRef;
    if (!object) {
      return [];
    }
    const days = /^P(\d+)D$/.exec(object.get("camunda:historyTimeToLive") ?? "")?.[1] ?? "";
    const key = `process.${this.process}`;
    const inFile = page.language === "en";
    const others = LANGUAGES.filter((language) => language !== page.language).map((language) =>
      field(say(`language.${language}`), text(this.labels.text(key, language), (value) => this.#say(element, [[key, language, value]]))),
    );
    return [
      field(
        say("panel.name"),
        text(this.labels.text(key, page.language) ?? object.name, (name) =>
          this.#say(element, [[key, page.language, name]], () => inFile && this.#modeling.updateModdleProperties(element, object, { name })),
        ),
      ),
      el("details", { class: "studio-more" }, el("summary", {}, say("panel.translations")), ...others),
      ...this.#about(element, object, `${key}.about`),
      field(
        say("panel.keep"),
        (() => {
          const control = text(days, (value) => this.#setInside(element, object, { "camunda:historyTimeToLive": value ? `P${Math.max(1, parseInt(value, 10) || 1)}D` : undefined }));
          control.type = "number";
          control.min = "1";
          return control;
        })(),
        say("panel.keep.hint"),
      ),
      el("p", { class: "quiet" }, say("panel.choose")),
      this.#inside(element),
    ];
  }

  /**
   * What a procedure is about, in the reader's language and below in the others. English is the file's own; what is shipped in another
   * language holds as long as the file says what was translated, what the owner says there holds always.
   */
  #about(element, object, key) {
    const inFile = () => object.documentation?.[0]?.text ?? "";
    const shipped = (language) => this.labels.shippedText(key, language);
    const said = (language) => this.labels.own(key, language) ?? (inFile() === shipped("en") ? shipped(language) : undefined) ?? (["en", page.language].includes(language) ? inFile() : "");
    const controls = new Map();
    const write = (language, value) => {
      const isFiles = language === "en" || inFile() === "";
      // Where nothing is shipped the words of all languages stand together, as those of a task do.
      const own = language === "en" && shipped("en") !== undefined ? "" : value;
      this.#say(element, [[key, language, own]], () => isFiles && this.#modeling.updateModdleProperties(element, object, { documentation: this.#documentation(object, value) }));
      controls.forEach((control, each) => (control.value = said(each)));
    };
    const told = (language) => {
      controls.set(language, text(said(language), (value) => write(language, value), { lines: 5 }));
      return controls.get(language);
    };
    const others = LANGUAGES.filter((language) => language !== page.language).map((language) => field(say("panel.about.in", say(`language.${language}`)), told(language)));
    return [
      field(say("panel.about"), told(page.language)),
      el("details", { class: "studio-more", "data-studio-about": "" }, el("summary", {}, say("panel.about.others")), ...others),
    ];
  }

  /** Words, and what else belongs to them, as one step that is taken back whole. */
  #say(element, words, deed) {
    this.#typing = true;
    try {
      this.modeler.get("studioChanges").say(element, this.labels, words, deed);
    } finally {
      this.#typing = false;
    }
  }

  /** A choice with the button that does it: not while one looks through the choices by their keys. */
  #deed(label, kinds, verb, symbol, name, then) {
    const keys = choice(Object.keys(kinds)[0], Object.keys(kinds).map((key) => [key, say(`kind.${key}`)]), () => {});
    const go = button(say(verb), symbol, () => {
      then(keys.value);
      this.focus();
    });
    go.dataset[name] = "";
    return [field(say(label), keys), go];
  }

  /** What follows nothing: where a procedure or a frame begins, and what may happen anywhere in it. */
  #inside(element) {
    const changes = this.modeler.get("studioChanges");
    return group(say("panel.inside"), ...this.#deed("panel.inside.which", INSIDE, "panel.add", "plus", "studioPut", (key) => changes.put(element, key)));
  }

  #documentation(object, value) {
    return value.trim() ? [this.#create("bpmn:Documentation", { text: value }, object)] : [];
  }

  #labelKey(element, object) {
    return `${is(element, "bpmn:UserTask") ? "task" : "flow"}.${this.process}.${object.id}`;
  }

  /** Its name in the reader's language is what the drawing shows; the others stand below. */
  #names(element, object) {
    const key = this.#labelKey(element, object);
    const name = text(object.name, (value) => {
      this.#typing = true;
      this.#modeling.updateProperties(element, { name: value });
      this.#typing = false;
      this.root.querySelector("h2").textContent = value || say("panel.unnamed");
    });
    const others = LANGUAGES.filter((language) => language !== page.language).map((language) =>
      field(
        say(`language.${language}`),
        text(this.labels.text(key, language), (value) => this.#say(element, [[key, language, value]])),
      ),
    );
    return group(say("panel.words"), field(say("panel.name"), name), el("details", { class: "studio-more" }, el("summary", {}, say("panel.translations")), ...others));
  }

  #task(element, object) {
    const { catalogue } = this;
    const dates = this.#variables(DATE_KINDS);
    const people = this.#variables(new Set(["user"]));
    const named = (attribute) => VARIABLE.exec(object.get(attribute) ?? "")?.[1];
    const refer = (attribute) => (value) => this.#set(element, { [attribute]: value ? `\${${value}}` : undefined });
    const roles = new Set((object.get("camunda:candidateGroups") ?? "").split(",").map((each) => each.trim()).filter(Boolean));
    const teams = el(
      "fieldset",
      { class: "studio-checks" },
      el("legend", {}, say("panel.team")),
      ...catalogue.groups.map(({ name, title }) => {
        const box = el("input", {
          type: "checkbox",
          class: "form-check-input",
          id: `studio-team-${name}`,
          onchange: () => {
            box.checked ? roles.add(name) : roles.delete(name);
            this.#set(element, { "camunda:candidateGroups": [...roles].join(",") || undefined });
          },
        });
        box.checked = roles.has(name);
        return el("label", { class: "form-check" }, box, " ", title);
      }),
    );
    const form = object.get("camunda:formRef");
    const key = this.#labelKey(element, object);
    const guidance = text(
      this.labels.text(`${key}.guidance`, page.language) ?? object.documentation?.[0]?.text,
      (value) =>
        this.#say(element, [[`${key}.guidance`, page.language, value]], () => {
          if (page.language === "en" || !object.documentation?.length) {
            this.#modeling.updateModdleProperties(element, object, { documentation: this.#documentation(object, value) });
          }
        }),
      { lines: 6 },
    );
    const otherGuidance = LANGUAGES.filter((language) => language !== page.language).map((language) =>
      field(
        say(`language.${language}`),
        text(this.labels.text(`${key}.guidance`, language), (value) => this.#say(element, [[`${key}.guidance`, language, value]]), { lines: 4 }),
      ),
    );
    return [
      group(
        say("panel.work"),
        field(
          say("panel.form"),
          choice(
            form,
            catalogue.forms.map(({ id, title }) => [id, title ?? words(id)]),
            (value) => this.#set(element, { "camunda:formRef": value, "camunda:formRefBinding": value ? "deployment" : undefined }),
            say("panel.form.none"),
          ),
        ),
        form ? el("p", {}, el("a", { href: `${page.editUrl}?file=${encodeURIComponent(`forms/${form}.form`)}` }, say("panel.form.open"))) : null,
        field(say("panel.guidance"), guidance, say("panel.guidance.hint")),
        el("details", { class: "studio-more" }, el("summary", {}, say("panel.translations")), ...otherGuidance),
      ),
      group(
        say("panel.who"),
        teams,
        field(say("panel.person"), choice(named("camunda:assignee"), people, refer("camunda:assignee"), say("panel.person.none"))),
      ),
      group(
        say("panel.when"),
        field(say("panel.opens"), choice(named("camunda:followUpDate"), dates, refer("camunda:followUpDate"), say("panel.at-once"))),
        field(say("panel.due"), choice(named("camunda:dueDate"), dates, refer("camunda:dueDate"), say("panel.no-date"))),
        this.#overdue(element, object, dates),
      ),
    ];
  }

  /** What happens when a task is not done in time. */
  #overdue(element, object, dates) {
    const listeners = (object.extensionElements?.values ?? []).filter((each) => is(each, "camunda:TaskListener") && each.get("event") === "timeout");
    const timer = (listener) => (listener.get("eventDefinitions") ?? [])[0]?.timeDate?.body;
    const lines = listeners.map((listener) => {
      const step = VARIABLE.exec(listener.get("delegateExpression") ?? "")?.[1];
      return el(
        "li",
        {},
        field(
          say("panel.late.step"),
          choice(step, this.catalogue.taskSteps.map(({ name, title }) => [name, title]), (value) =>
            this.#setInside(element, listener, { delegateExpression: value ? `\${${value}}` : undefined }),
          ),
        ),
        field(
          say("panel.late.when"),
          choice(VARIABLE.exec(timer(listener) ?? "")?.[1], dates, (value) => {
            const definition = listener.get("eventDefinitions")[0];
            const timeDate = this.#create("bpmn:FormalExpression", { body: value ? `\${${value}}` : "" }, definition);
            this.#setInside(element, definition, { timeDate });
          }),
        ),
        button(say("panel.late.remove"), "trash", () => {
          const values = object.extensionElements.values.filter((each) => each !== listener);
          this.#setInside(element, object.extensionElements, { values });
          this.show(element);
        }),
      );
    });
    const add = button(say("panel.late.add"), "plus", () => {
      const extension = object.extensionElements ?? this.#create("bpmn:ExtensionElements", { values: [] }, object);
      const listener = this.#create("camunda:TaskListener", { event: "timeout", id: `${object.id}-late-${listeners.length + 1}` }, extension);
      const definition = this.#create("bpmn:TimerEventDefinition", { id: `${listener.id}-timer` }, listener);
      definition.timeDate = this.#create("bpmn:FormalExpression", { body: dates[0] ? `\${${dates[0][0]}}` : "" }, definition);
      listener.set("delegateExpression", `\${${this.catalogue.taskSteps[0]?.name ?? ""}}`);
      listener.set("eventDefinitions", [definition]);
      this.#typing = true;
      if (!object.extensionElements) {
        this.#modeling.updateProperties(element, { extensionElements: extension });
      }
      this.#modeling.updateModdleProperties(element, extension, { values: [...extension.values, listener] });
      this.#typing = false;
      this.show(element);
    });
    return el("div", { class: "studio-late" }, el("h3", {}, say("panel.late")), el("ul", {}, ...lines), add);
  }

  #step(element, object) {
    const name = VARIABLE.exec(object.get("camunda:delegateExpression") ?? "")?.[1];
    const step = this.catalogue.steps.find((each) => each.name === name);
    const choose = choice(
      name,
      [...this.catalogue.steps].sort((one, other) => one.title.localeCompare(other.title, page.language)).map((each) => [each.name, each.title]),
      (value) => this.#chooseStep(element, object, value),
      say("panel.step.none"),
    );
    const inputs = (step?.inputs ?? []).map((input) => this.#input(element, object, input));
    return group(
      say("panel.step"),
      field(say("panel.step.which"), choose, step?.description),
      step?.outward ? el("p", { class: "quiet" }, say("panel.step.outward")) : null,
      ...inputs,
    );
  }

  #chooseStep(element, object, name) {
    const step = this.catalogue.steps.find((each) => each.name === name);
    const kept = new Map(this.#inputs(object).map((input) => [input.name, input.definition ?? input.value]));
    this.#set(element, {
      "camunda:delegateExpression": name ? `\${${name}}` : undefined,
      "camunda:asyncBefore": step?.outward ? true : undefined,
      ...(object.name ? {} : { name: step?.title }),
    });
    this.#writeInputs(
      element,
      object,
      (step?.inputs ?? []).map((input) => [input.name, kept.get(input.name) ?? this.#offered(input)?.[0]?.[0] ?? ""]).filter(([, value]) => value !== ""),
    );
    this.show(element);
  }

  #inputs(object) {
    return (object.extensionElements?.values ?? []).find((each) => is(each, "camunda:InputOutput"))?.inputParameters ?? [];
  }

  /** What there is to choose from for an input, where its name says so. */
  #offered({ name }) {
    if (name === "decision") {
      return this.catalogue.decisions.map(({ id }) => [id, this.labels.text(`decision.${id}`, page.language) ?? words(id)]);
    }
    if (/letter|template|kind/i.test(name) && this.catalogue.letters.length) {
      return this.catalogue.letters.map((each) => [each.name, words(each.name)]);
    }
    return null;
  }

  #input(element, object, input) {
    const given = this.#inputs(object).find((each) => each.name === input.name);
    const change = (value) => {
      const all = new Map(this.#inputs(object).map((each) => [each.name, each.value]));
      value ? all.set(input.name, value) : all.delete(input.name);
      this.#writeInputs(element, object, [...all]);
    };
    const offered = this.#offered(input);
    const label = words(input.name);
    const control = offered && (!given?.value || offered.some(([value]) => value === given.value)) ? choice(given?.value, offered, change, input.optional ? say("panel.nothing") : undefined) : text(given?.value, change);
    if (offered && !given && !input.optional) {
      control.value = "";
    }
    return field(input.optional ? say("panel.optional", label) : label, control);
  }

  #writeInputs(element, object, entries) {
    const extension = object.extensionElements ?? this.#create("bpmn:ExtensionElements", { values: [] }, object);
    const others = extension.values.filter((each) => !is(each, "camunda:InputOutput"));
    let values = others;
    if (entries.length) {
      const container = this.#create("camunda:InputOutput", {}, extension);
      container.inputParameters = entries.map(([name, value]) => this.#create("camunda:InputParameter", { name, value }, container));
      values = [container, ...others];
    }
    this.#writeExtension(element, object, values);
  }

  #call(element, object) {
    const called = choice(
      object.calledElement,
      this.catalogue.processes.map(({ id }) => [id, this.labels.text(`process.${id}`, page.language) ?? words(id)]),
      (value) => this.#set(element, { calledElement: value, "camunda:calledElementBinding": "deployment" }),
      say("panel.call.none"),
    );
    return group(
      say("panel.call"),
      field(say("panel.call.which"), called),
      ...["camunda:In", "camunda:Out"].map((type) => this.#handedOver(element, object, type)),
    );
  }

  /** What a called procedure is given, or gives back: each value with the name that it bears on the other side. */
  #handedOver(element, object, type) {
    const sort = type === "camunda:In" ? "in" : "out";
    const all = () => object.extensionElements?.values ?? [];
    const known = this.catalogue.variables.map(({ name }) => [name, say("panel.value", words(name), name)]);
    const write = (values) => {
      this.#writeExtension(element, object, values);
      this.show(element);
      this.root.querySelector(`[data-studio-mappings=${sort}] legend`)?.focus();
    };
    const line = (mapping) => {
      const change = (side) => (value) => value && this.#setInside(element, mapping, { [side]: value });
      const given = mapping.sourceExpression === undefined ? choice(mapping.source, known, change("source")) : text(mapping.sourceExpression, change("sourceExpression"));
      const gone = button(say("panel.call.remove"), "trash", () => write(all().filter((each) => each !== mapping)));
      gone.dataset.studioUnmap = "";
      return el("li", {}, field(say(`panel.call.${sort}.source`), given), field(say("panel.call.as"), choice(mapping.target, known, change("target"))), gone);
    };
    const source = choice("", known, () => {}, say("panel.call.choose"));
    const target = choice("", known, () => {}, say("panel.call.same"));
    const add = button(say("panel.add"), "plus", () => {
      if (source.value) {
        write([...all(), this.#create(type, { source: source.value, target: target.value || source.value }, object.extensionElements)]);
      }
    });
    add.dataset.studioMap = sort;
    return el(
      "fieldset",
      { class: "studio-checks studio-handed", "data-studio-mappings": sort },
      el("legend", { tabindex: "-1" }, say(`panel.call.${sort}`)),
      el("ul", { class: "studio-mappings" }, ...all().filter((each) => is(each, type) && !each.businessKey).map(line)),
      el("details", { class: "studio-more" }, el("summary", {}, say(`panel.call.${sort}.add`)), field(say(`panel.call.${sort}.source`), source), field(say("panel.call.as"), target), add),
    );
  }

  /** Writes what an element has of the engine's own; made where there was nothing. */
  #writeExtension(element, object, values) {
    this.#typing = true;
    const extension = object.extensionElements ?? this.#create("bpmn:ExtensionElements", { values: [] }, object);
    values.forEach((each) => (each.$parent = extension));
    if (!object.extensionElements) {
      this.#modeling.updateProperties(element, { extensionElements: extension });
    }
    this.#modeling.updateModdleProperties(element, extension, { values });
    this.#typing = false;
  }

  #condition(element, object) {
    const from = object.sourceRef;
    const asks = from && isAny(from, ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"]);
    if (!asks) {
      return group(say("panel.way"), el("p", { class: "quiet" }, say("panel.way.plain")));
    }
    const isDefault = from.default === object;
    const body = object.conditionExpression?.body ?? "";
    const asked = text(body.replace(/^\$\{|}$/g, ""), (value) => {
      const conditionExpression = value.trim() ? this.#create("bpmn:FormalExpression", { body: `\${${value.trim()}}` }, object) : undefined;
      this.#set(element, { conditionExpression });
    });
    asked.disabled = isDefault;
    asked.setAttribute("list", "studio-values");
    const otherwise = el("input", {
      type: "checkbox",
      class: "form-check-input",
      onchange: () => {
        const gateway = this.modeler.get("elementRegistry").get(from.id);
        this.#set(gateway, { default: otherwise.checked ? object : undefined });
        if (otherwise.checked) {
          this.#set(element, { conditionExpression: undefined });
        }
        this.show(element);
      },
    });
    otherwise.checked = isDefault;
    return group(
      say("panel.way"),
      el("label", { class: "form-check" }, otherwise, " ", say("panel.way.otherwise")),
      field(say("panel.way.if"), asked, say("panel.way.hint")),
      el("datalist", { id: "studio-values" }, ...this.catalogue.variables.map(({ name }) => el("option", { value: name }))),
      el(
        "details",
        { class: "studio-more" },
        el("summary", {}, say("panel.way.values")),
        el("ul", { class: "studio-values" }, ...this.catalogue.variables.map(({ name, kind }) => el("li", {}, el("code", {}, name), ` ${say(`variable.${kind}`)}`))),
      ),
    );
  }

  /** Where an arrow ends: what a mouse would drag. */
  #leads(element) {
    const changes = this.modeler.get("studioChanges");
    const targets = this.#named(changes.targets(element.source));
    const to = choice(element.target.id, targets, () => {});
    // Not while one looks through the list by its keys: each of them would be a change of the drawing.
    const lead = button(say("panel.leads.do"), "arrow-right", () => {
      if (to.value !== element.target.id) {
        changes.lead(element, to.value);
        this.show(element);
        this.focus();
      }
    });
    lead.dataset.studioLead = "";
    return group(say("panel.leads"), field(say("panel.leads.to"), to), lead);
  }

  #named(elements) {
    return elements.map((each) => [each.id, say("panel.value", nameOf(each), say(`kind.${kindOf(each)}`))]);
  }

  #colours(element) {
    if (is(element, "bpmn:Process")) {
      return null;
    }
    const now = COLOURS.find(([, fill, stroke]) => [fill, stroke].includes(colourOf(element)))?.[0] ?? "";
    return group(
      say("panel.colour"),
      field(
        say("panel.colour.which"),
        choice(
          now,
          COLOURS.map(([name]) => [name, say(`colour.${name}`)]),
          (name) => {
            const [, fill, stroke] = COLOURS.find(([each]) => each === name) ?? [];
            this.#modeling.setColor([element], fill ? { fill, stroke } : undefined);
          },
          say("colour.none"),
        ),
      ),
    );
  }

  #event(element, object) {
    const definition = (object.eventDefinitions ?? [])[0];
    if (is(definition, "bpmn:TimerEventDefinition")) {
      const current = VARIABLE.exec(definition.timeDate?.body ?? "")?.[1];
      return group(
        say("panel.timer"),
        field(
          say("panel.timer.until"),
          choice(
            current,
            this.#variables(DATE_KINDS),
            (value) => {
              const timeDate = value ? this.#create("bpmn:FormalExpression", { body: `\${${value}}` }, definition) : undefined;
              this.#setInside(element, definition, { timeDate });
            },
            say("panel.no-date"),
          ),
          say("panel.timer.hint"),
        ),
      );
    }
    if (is(definition, "bpmn:MessageEventDefinition")) {
      return group(
        say("panel.message"),
        field(
          say("panel.message.which"),
          choice(
            definition.messageRef?.name,
            this.catalogue.messages.map(({ name }) => [name, words(name)]),
            (name) => this.#setInside(element, definition, { messageRef: name ? this.#root("bpmn:Message", "name", name) : undefined }),
            say("panel.nothing"),
          ),
        ),
      );
    }
    if (is(definition, "bpmn:ErrorEventDefinition")) {
      const errors = this.modeler.getDefinitions().rootElements.filter((each) => is(each, "bpmn:Error"));
      return group(
        say("panel.error"),
        field(
          say("panel.error.which"),
          choice(
            definition.errorRef?.errorCode,
            errors.map((each) => [each.errorCode, each.name ?? each.errorCode]),
            (code) => this.#setInside(element, definition, { errorRef: code ? this.#root("bpmn:Error", "errorCode", code) : undefined }),
            say("panel.nothing"),
          ),
        ),
        ...this.#newReport(element, definition),
      );
    }
    return el("p", { class: "quiet" }, say(is(definition, "bpmn:TerminateEventDefinition") ? "panel.terminates" : "panel.plain-event"));
  }

  /** A report of one's own, by a code that no other one has. */
  #newReport(element, definition) {
    const name = el("input", { class: "form-control", autocomplete: "off", maxlength: "60" });
    const add = button(say("panel.error.do"), "plus", () => {
      const code = name.value.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
      if (!/^[a-z]/.test(code)) {
        name.focus();
        return;
      }
      this.#setInside(element, definition, { errorRef: this.#root("bpmn:Error", "errorCode", code) });
      this.show(element);
      this.focus();
    });
    add.dataset.studioReport = "";
    return [field(say("panel.error.new"), name, say("panel.error.new.hint")), add];
  }

  /** A message or error of the diagram; made where there is none. */
  #root(type, attribute, value) {
    const definitions = this.modeler.getDefinitions();
    const found = definitions.rootElements.find((each) => is(each, type) && each[attribute] === value);
    if (found) {
      return found;
    }
    const made = this.#create(type, { id: `${type.slice(5).toLowerCase()}-${value.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`, [attribute]: value }, definitions);
    definitions.rootElements.push(made);
    return made;
  }

  #variables(kinds) {
    return this.catalogue.variables.filter(({ kind }) => kinds.has(kind)).map(({ name }) => [name, say("panel.value", words(name), name)]);
  }

  /** To the arrow itself: only where there are several does the list of steps name them. */
  #wayTo(way) {
    return el(
      "button",
      {
        type: "button",
        class: "studio-line",
        "data-way": way.id,
        onclick: () => {
          this.modeler.get("selection").select(way);
          this.focus();
        },
      },
      say("outline.to", way.businessObject.name || "", nameOf(way.target)),
    );
  }

  /** Where it stands: what comes after it, earlier or later, gone. */
  #places(element) {
    const changes = this.modeler.get("studioChanges");
    const buttons = [];
    const joins = [];
    if (changes.canBeFollowed(element) || is(element, "bpmn:SequenceFlow")) {
      const inWay = is(element, "bpmn:SequenceFlow");
      const { note, frame, end, "end-error": report, "end-all": drop, ...leadsOn } = BEHIND;
      buttons.push(
        ...this.#deed(inWay ? "panel.add.here" : "panel.add.after", inWay ? leadsOn : BEHIND, "panel.add", "plus", "studioAdd", (key) =>
          inWay ? changes.insert(element, key) : changes.append(element, key),
        ),
      );
      if (changes.canBeFollowed(element)) {
        const targets = choice("", this.#named(changes.targets(element)), () => {}, say("panel.arrow.none"));
        const join = button(say("panel.arrow.add"), "arrow-right", () => {
          if (targets.value) {
            changes.join(element, targets.value);
            this.focus();
          }
        });
        join.dataset.studioJoin = "";
        joins.push(field(say("panel.arrow"), targets), join);
      }
    }
    if (changes.canCarry(element)) {
      buttons.push(...this.#deed("panel.attach", ATTACHED, "panel.attach.do", "plus", "studioAttach", (key) => changes.attach(element, key)));
    }
    const turns = turnsInto(element);
    if (Object.keys(turns).length > 1) {
      const now = kindAmong(turns, element);
      const others = Object.fromEntries(Object.entries(turns).filter(([key]) => key !== now));
      joins.push(...this.#deed("replace", others, "panel.turn.do", "refresh", "studioTurn", (key) => changes.turn(element, key)));
    }
    const row = el("div", { class: "buttons" });
    for (const [direction, key, symbol] of [
      [-1, "earlier", "arrow-left"],
      [1, "later", "arrow-right"],
    ]) {
      if (changes.neighbour(element, direction)) {
        const move = button(say(`panel.${key}`), symbol, () => {
          changes.swap(element, direction);
          this.show(element);
          this.focus();
        });
        move.dataset.studioMove = key;
        row.append(move);
      }
    }
    if (!is(element, "bpmn:Process")) {
      row.append(button(say("delete"), "trash", () => this.#modeling.removeElements([element]), "btn-danger"));
    }
    const ways = (element.outgoing ?? []).filter((way) => is(way, "bpmn:SequenceFlow"));
    const leading = ways.length
      ? el(
          "div",
          { class: "studio-ways" },
          el("p", {}, say("panel.ways")),
          el("ul", {}, ...ways.map((way) => el("li", {}, this.#wayTo(way)))),
        )
      : null;
    const inside = is(element, "bpmn:SubProcess") ? this.#inside(element) : null;
    return el("div", {}, group(say("panel.place"), leading, ...buttons, ...joins, row), inside ?? "");
  }
}

/** A code as words: first-round → First round. */
export function words(code) {
  const spaced = code.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[-_]/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What an element is called; one without a name by what it leads to, since its id tells a reader nothing. */
export function nameOf(element) {
  const next = element.outgoing?.find((way) => way.target?.businessObject.name)?.target.businessObject.name;
  return element.businessObject.name || (next ? say("panel.unnamed.before", next) : say("panel.unnamed"));
}

/** What an element is to people. */
export function kindOf(element) {
  const object = getBusinessObject(element);
  const definition = (object.eventDefinitions ?? [])[0];
  if (isAny(element, ["bpmn:Process", "bpmn:Collaboration"])) {
    return "process";
  }
  if (is(element, "bpmn:UserTask")) {
    return "user-task";
  }
  if (is(element, "bpmn:CallActivity")) {
    return "call";
  }
  if (is(element, "bpmn:SubProcess")) {
    return "frame";
  }
  if (is(element, "bpmn:Task")) {
    return "step";
  }
  if (is(element, "bpmn:SequenceFlow")) {
    return "way";
  }
  if (is(element, "bpmn:StartEvent")) {
    return "start";
  }
  if (is(element, "bpmn:EndEvent")) {
    return "end";
  }
  if (is(element, "bpmn:Event")) {
    return is(definition, "bpmn:MessageEventDefinition") ? "message" : is(definition, "bpmn:ErrorEventDefinition") ? "error" : "wait";
  }
  if (is(element, "bpmn:ParallelGateway")) {
    return "all";
  }
  if (is(element, "bpmn:EventBasedGateway")) {
    return "race";
  }
  return is(element, "bpmn:Gateway") ? "choice" : "note";
}
