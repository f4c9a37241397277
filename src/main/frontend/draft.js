// Forms with data-draft are kept on the server while they are filled in, and are there again after signing in.
import { postJson } from "./shared.js";

const AFTER = 1500;

document.querySelectorAll("form[data-draft]").forEach((form) => {
  const state = form.querySelector("[data-draft-state]");
  let timer;
  let saving = null;
  let leaving = false;
  let dirty = false;

  const fields = () =>
    Object.fromEntries([...new FormData(form).entries()].filter(([name, value]) => name !== "_csrf" && typeof value === "string"));

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
      if (leaving) {
        return;
      }
      dirty = false;
      say("cloud-up", state?.dataset.wordsKeeping ?? "");
      const { status, signedOut } = await postJson("/drafts", { place: form.dataset.draft, fields: fields() }, { keepalive: true });
      if (signedOut) {
        dirty = true;
        say("cloud-off", state?.dataset.wordsSignedOut ?? "");
      } else if (status >= 200 && status < 300) {
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
  };

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, AFTER);
  });

  // A draft on its way must not arrive after the form itself, or it would come back from the dead.
  form.addEventListener(
    "submit",
    (event) => {
      clearTimeout(timer);
      leaving = true;
      if (saving) {
        event.preventDefault();
        event.stopImmediatePropagation();
        const button = event.submitter;
        saving.then(() => form.requestSubmit(button ?? undefined));
      }
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
});
