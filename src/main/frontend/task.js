import { Form } from "@bpmn-io/form-js-viewer";
import flatpickr from "flatpickr";
import { Spanish } from "flatpickr/dist/l10n/es.js";
import { Italian } from "flatpickr/dist/l10n/it.js";
import { dateHint, loadStyles, postJson } from "./shared.js";

const AUTOSAVE_AFTER = 1500;

const language = document.documentElement.lang;
if (language === "es" || language === "it") {
  flatpickr.localize(language === "es" ? Spanish : Italian);
}

document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("[data-fill-form]").forEach((button) => (button.hidden = false));
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-fill-form]");
  if (button) {
    const facts = [...button.parentElement.querySelectorAll("[data-fact]")];
    const detail = Object.fromEntries(facts.map((fact) => [fact.dataset.fact, fact.textContent]));
    detail.document = button.dataset.document;
    if (button.dataset.register === "beneficiary") {
      detail.beneficiary = "yes";
      detail.snapshot = facts
        .filter((fact) => ["householdState", "since", "lastPayment", "note"].includes(fact.dataset.fact))
        .map((fact) => `${fact.previousElementSibling.textContent}: ${fact.textContent}`)
        .join("\n");
    }
    document.dispatchEvent(new CustomEvent("ancora:fill", { detail }));
  }
});

let texts = {};

/** The form viewer's own words in the page's language; labels and options come translated with the schema. */
function translate(template, replacements = {}) {
  return (texts[template] ?? template).replace(/{([^}]+)}/g, (_, key) => String(replacements[key] ?? `{${key}}`));
}
// 11/12/2026 is two different days in Canada; the year first is only one.
globalThis.ancoraDateLocale = language === "en" ? "en-CA" : language;
globalThis.ancoraDateHint = (hint) => dateHint(hint, language);
globalThis.ancoraFormText = (text) => translate(text);

document.querySelectorAll("[data-submit-url]").forEach((root) => mount(root));

async function mount(root) {
  const read = (name) => JSON.parse(root.querySelector(`script[${name}]`).textContent);
  const part = (name) => root.querySelector(`[${name}]`);
  const words = (name) => root.dataset[`words${name}`];
  const errors = part("data-form-errors");
  const canvas = part("data-form-canvas");
  const send = part("data-form-submit");
  const keep = part("data-form-keep");
  const kept = part("data-form-kept");
  const schema = read("data-form-schema");
  texts = read("data-form-texts");

  let dirty = false;
  let sending = false;
  let leaving = false;
  let timer;
  let saving = Promise.resolve();

  await loadStyles(root.dataset.formCss);
  const form = new Form({ additionalModules: [{ translate: ["value", translate] }] });
  try {
    await form.importSchema(schema, read("data-form-data"));
    canvas.replaceChildren();
    form.attachTo(canvas);
  } catch (failure) {
    console.error(failure);
    canvas.replaceChildren();
    explain(words("Broken"));
    send.disabled = true;
    return;
  }
  decorate(form, canvas, read("data-form-unavailable"));

  // What something beside the form found out can be taken over: by the keys of its fields

  const shown = form.get("formFieldInstanceRegistry");
  let takenOver = {};

  document.addEventListener("ancora:fill", ({ detail }) => {
    takenOver = { ...detail };
    shown.getAll().forEach(fill);
  });
  // One answer may bring another field to light; it is filled, once, as soon as it is there
  form.on("formFieldInstance.added", ({ instanceId }) =>
    setTimeout(() => {
      const fieldInstance = shown.get(instanceId);
      if (fieldInstance) {
        fill(fieldInstance);
      }
    }),
  );

  function fill(fieldInstance) {
    const key = form.get("formFieldRegistry").get(fieldInstance.id)?.key;
    const value = takenOver[key];
    if (value) {
      delete takenOver[key];
      form._update({ fieldInstance, value });
    }
  }

  // Drafts

  form.on("field.updated", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(saveDraft, AUTOSAVE_AFTER);
  });
  keep?.addEventListener("click", () => saveDraft());

  function saveDraft() {
    clearTimeout(timer);
    if (!root.dataset.draftUrl || sending) {
      return saving;
    }
    // One after the other, so that an older draft never arrives last.
    saving = saving.then(async () => {
      if (sending) {
        return;
      }
      dirty = false;
      say("cloud-up", words("Keeping"));
      const { status, body, signedOut } = await postJson(root.dataset.draftUrl, form._getSubmitData());
      if (signedOut) {
        dirty = true;
        say("cloud-off", words("SignedOut"));
      } else if (status >= 200 && status < 300) {
        say("cloud-check", words("Kept").replace("@", body?.kept ?? clock()));
      } else {
        dirty = true;
        say("cloud-off", body?.text ?? words("DraftFailed"));
      }
    });
    return saving;
  }

  function say(icon, text) {
    kept.innerHTML = `<i class="ti ti-${icon}" aria-hidden="true"></i> `;
    kept.append(text);
  }

  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) {
      saveDraft();
      event.preventDefault();
    }
  });

  // Sending

  send.addEventListener("click", submit);
  canvas.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  async function submit() {
    if (sending) {
      return;
    }
    const result = form.submit();
    if (Object.keys(result.errors).length > 0) {
      showErrors(result.errors, words("Summary"));
      return;
    }
    sending = true;
    send.setAttribute("aria-busy", "true");
    hideErrors();
    clearTimeout(timer);
    await saving;
    say("send", words("Sending"));
    const { status, body, signedOut } = await postJson(root.dataset.submitUrl, result.data);
    if (status === 200 && body?.location) {
      leaving = true;
      location.assign(body.location);
      return;
    }
    sending = false;
    send.removeAttribute("aria-busy");
    kept.replaceChildren();
    if (signedOut) {
      explain(words("SignedOut"));
    } else if (status === 422) {
      showErrors(byFieldId(body?.errors ?? {}), body?.summary ?? words("Summary"));
    } else if (body?.text) {
      explain(body.title, body.text, body.advice, body.reference);
    } else {
      explain(words("Failed"));
    }
  }

  // Saying what is wrong

  /** The server speaks of keys, the form viewer of field ids; what has no field here is said in the summary alone. */
  function byFieldId(errorsByKey) {
    const byKey = new Map();
    form.get("formFieldRegistry").getAll().forEach((field) => field.key && byKey.set(field.key, field.id));
    return Object.fromEntries(Object.entries(errorsByKey).map(([key, said]) => [byKey.get(key) ?? key, [said].flat()]));
  }

  function showErrors(byField, title) {
    form._setState({ errors: byField });
    const registry = form.get("formFieldRegistry");
    const list = document.createElement("ul");
    for (const [id, said] of Object.entries(byField)) {
      const field = registry.get(id);
      for (const text of flatten(said)) {
        const line = document.createElement("li");
        if (field) {
          const link = document.createElement("a");
          link.href = "#";
          const name = shownName(id);
          link.textContent = name ? `${name}${/[?!]$/.test(name) ? "" : ":"} ${text}` : text;
          link.addEventListener("click", (event) => {
            event.preventDefault();
            focusField(id);
          });
          line.append(link);
        } else {
          line.textContent = text;
        }
        list.append(line);
      }
    }
    summarise(title, list);
  }

  function explain(title, ...lines) {
    const text = lines.filter(Boolean).map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    });
    summarise(title, ...text);
  }

  function summarise(title, ...content) {
    const heading = document.createElement("h2");
    heading.textContent = title;
    errors.replaceChildren(heading, ...content);
    errors.hidden = false;
    errors.focus();
    errors.scrollIntoView({ block: "center" });
  }

  function hideErrors() {
    errors.hidden = true;
    errors.replaceChildren();
  }

  function controlOf(id) {
    return [...canvas.querySelectorAll("input, textarea, select, [role=combobox]")].find(
      (control) => fieldId(control, form) === id,
    );
  }

  /** A field's name as it stands on the page, where templates inside it are filled in. */
  function shownName(id) {
    const label = controlOf(id)?.closest(".fjs-form-field")?.querySelector(".fjs-form-field-label");
    return (label?.querySelector(".fjs-label-content") ?? label)?.textContent.replace(/[:*\s]+$/, "") ?? "";
  }

  function focusField(id) {
    const control = controlOf(id);
    control?.focus();
    control?.closest(".fjs-form-field")?.scrollIntoView({ block: "center" });
  }
}

/** The field that a control belongs to: the viewer writes its id at the end of the control's, before an answer's number. */
function fieldId(control, form) {
  const ends = [control?.id ?? "", (control?.id ?? "").replace(/-(date|time|search|\d+)$/, "")];
  return form
    .get("formFieldRegistry")
    .getAll()
    .map((field) => field.id)
    .filter((id) => ends.some((end) => end.endsWith(`-${id}`)))
    .sort((one, other) => other.length - one.length)[0];
}

function flatten(said) {
  return Array.isArray(said) ? said : Object.values(said ?? {}).flatMap(flatten);
}

function clock() {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", hourCycle: "h23" }).format(new Date());
}

/**
 * A radio group of up to six answers is laid out as tiles, with its name tied to it; an answer that may not be given
 * stays visible and says why.
 */
function decorate(form, canvas, unavailable) {
  const registry = form.get("formFieldRegistry");
  const apply = () => {
    for (const group of canvas.querySelectorAll(".fjs-form-field-radio, .fjs-form-field-checklist")) {
      const answers = [...group.querySelectorAll(":scope > .fjs-inline-label")];
      const label = group.querySelector(":scope > .fjs-form-field-label");
      group.classList.toggle("as-tiles", group.matches(".fjs-form-field-radio") && answers.length > 0 && answers.length <= 6);
      if (label) {
        label.id ||= `${answers[0]?.querySelector("input")?.id ?? "group"}-name`;
        group.setAttribute("role", group.matches(".fjs-form-field-radio") ? "radiogroup" : "group");
        group.setAttribute("aria-labelledby", label.id);
      }
      refuse(group, answers);
    }
  };

  function refuse(group, answers) {
    const field = registry.get(fieldId(answers[0]?.querySelector("input"), form));
    const reasons = field && unavailable[field.key];
    if (!reasons) {
      return;
    }
    const options = field.values ?? form._getState().data[field.valuesKey] ?? [];
    answers.forEach((answer, position) => {
      const reason = reasons[options[position]?.value];
      if (reason && !answer.classList.contains("unavailable")) {
        answer.classList.add("unavailable");
        answer.querySelector("input").disabled = true;
        const why = document.createElement("span");
        why.className = "why-not";
        why.textContent = reason;
        answer.querySelector("label").append(why);
      }
    });
  }

  new MutationObserver(apply).observe(canvas, { childList: true, subtree: true });
  apply();
}
