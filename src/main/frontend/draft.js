// Forms with data-draft or a place to be kept at are kept on the server while they are filled in, and are there again after
// signing in. What a page does not fill in by itself is put back here. Nothing is kept in the browser.
import { postJson } from "./shared.js";

const AFTER = 1500;
/** Between the values of several controls with one name. */
const BETWEEN = "\u001f";
const PLACE = "draft.place";
const SECRET = "[type=password], [type=file], [autocomplete=one-time-code], [data-no-draft]";
/** On what the typing was based, so that it cannot overwrite what somebody else saved meanwhile. */
const BASIS = /^(version|seen|was[.-].*)$/;

const isBasis = (control) => control.type === "hidden" && BASIS.test(control.name);
const isTyped = (control) =>
  Boolean(control.name) && control.matches("input, select, textarea") && !control.matches(`[type=hidden], [type=submit], [type=button], ${SECRET}`);

function fieldsOf(form) {
  const secret = new Set([...form.elements].filter((control) => control.matches(SECRET)).map((control) => control.name));
  const fields = {};
  for (const [name, value] of new FormData(form).entries()) {
    if (name !== "_csrf" && name !== PLACE && typeof value === "string" && !secret.has(name)) {
      fields[name] = name in fields ? fields[name] + BETWEEN + value : value;
    }
  }
  if (form.querySelector("[data-draft-place]")) {
    // A box that nobody ticked is known all the same; one that the form gets later is not.
    for (const control of form.querySelectorAll("[type=checkbox][name], [type=radio][name], select[multiple][name]")) {
      fields[control.name] ??= "";
    }
  }
  return fields;
}

const stateOf = (control) =>
  control.matches("[type=checkbox], [type=radio]") ? control.checked : control.multiple ? [...control.selectedOptions].map((each) => each.value).join(BETWEEN) : control.value;

function set(control, value) {
  if (value === undefined) {
    // The form had no such field then.
    return;
  }
  if (control.matches("[type=checkbox], [type=radio]")) {
    control.checked = value.split(BETWEEN).includes(control.value);
  } else if (control.multiple) {
    const chosen = value.split(BETWEEN);
    [...control.options].forEach((option) => {
      option.selected = chosen.includes(option.value);
    });
  } else if (!control.matches("select") || [...control.options].some((option) => option.value === value)) {
    control.value = value;
  }
}

/** Puts what was typed back where it was; returns whether that made a difference. */
function putBack(form, fields) {
  let different = false;
  for (const control of form.elements) {
    if (isTyped(control)) {
      const before = stateOf(control);
      set(control, fields[control.name]);
      if (stateOf(control) !== before) {
        different = true;
        for (let folded = control.closest("details"); folded; folded = folded.parentElement.closest("details")) {
          folded.open = true;
        }
      }
    }
  }
  return different;
}

function whenOf(savedAt) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }).format(
    new Date(savedAt),
  );
}

/** A page that was asked to begin the form with other words (data-draft-prefilled) is not answered with the earlier ones. */
function offer(form, place) {
  const kept = form.querySelector("script[data-draft-fields]");
  const found = form.querySelector("[data-draft-found]");
  if (!kept || !found || form.hasAttribute("data-draft-prefilled")) {
    return;
  }
  const { fields, savedAt } = JSON.parse(kept.textContent);
  const basis = [...form.elements].filter(isBasis);
  const now = basis.map((control) => control.value);
  if (!putBack(form, fields)) {
    return;
  }
  const older = basis.some((control) => fields[control.name] !== undefined && fields[control.name] !== control.value);
  basis.forEach((control) => {
    control.value = fields[control.name] ?? control.value;
  });
  const words = found.querySelector("[data-draft-when]");
  words.textContent = words.textContent.replace("@", whenOf(savedAt));
  found.querySelector("[data-draft-older]").hidden = !older;
  form.before(found);
  found.hidden = false;
  found.querySelector("[data-draft-discard]").addEventListener("click", async () => {
    await postJson("/drafts", { place, fields: {} });
    form.reset();
    basis.forEach((control, at) => {
      control.value = now[at];
    });
    found.hidden = true;
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}

let sessionOver = false;
document.addEventListener("ancora:signed-out", () => {
  sessionOver = true;
});

function keep(form) {
  const hidden = form.querySelector("[data-draft-place]");
  const place = hidden ? hidden.value : form.dataset.draft;
  const state = form.querySelector("[data-draft-state]");
  let timer;
  let saving = null;
  let leaving = false;
  let dirty = false;
  let signedOut = false;

  if (hidden) {
    offer(form, place);
  }

  const say = (icon, text) => {
    if (state) {
      state.innerHTML = `<i class="ti ti-${icon}" aria-hidden="true"></i> `;
      state.append(text);
    }
  };

  const save = () => {
    clearTimeout(timer);
    const before = saving ?? Promise.resolve();
    // One after the other, so that an older draft never arrives last.
    const mine = before.then(async () => {
      dirty = false;
      say("cloud-up", state?.dataset.wordsKeeping ?? "");
      const answer = await postJson("/drafts", { place, fields: fieldsOf(form) }, { keepalive: true });
      signedOut = answer.signedOut;
      if (signedOut) {
        dirty = true;
        say("cloud-off", state?.dataset.wordsSignedOut ?? "");
      } else if (answer.status >= 200 && answer.status < 300) {
        say("cloud-check", state?.dataset.wordsKept ?? "");
      } else {
        dirty = true;
        say("cloud-off", state?.dataset.wordsFailed ?? "");
      }
    });
    saving = mine;
    mine.finally(() => {
      if (saving === mine) {
        saving = null;
      }
    });
    return mine;
  };

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, AFTER);
  });

  // A draft on its way must not arrive after the form itself, or it would come back from the dead. Whoever is known to be signed
  // out by now would lose what they send, and is told so instead.
  form.addEventListener(
    "submit",
    (event) => {
      if (leaving) {
        return;
      }
      clearTimeout(timer);
      const waiting = saving ?? (dirty && (signedOut || sessionOver) ? save() : null);
      if (!waiting) {
        leaving = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      waiting.then(() => {
        if (!signedOut) {
          leaving = true;
          form.requestSubmit(button ?? undefined);
        }
      });
    },
    { capture: true },
  );
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty && !leaving) {
      save();
    }
  });
}

const known = new WeakSet();

function keepAll(part) {
  for (const found of part.querySelectorAll("form[data-draft], form [data-draft-place]")) {
    const form = found.closest("form");
    if (!known.has(form)) {
      known.add(form);
      keep(form);
    }
  }
}

keepAll(document);
document.addEventListener("htmx:afterSwap", (event) => keepAll(event.detail.target?.parentElement ?? document));
