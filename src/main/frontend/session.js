// Warns before a session ends for want of requests, and lets it go on with one press. Tabs tell each other.
import { csrfHeaders, toast, word } from "./shared.js";

const seconds = Number(document.body.dataset.sessionSeconds ?? 0);
const dialog = document.getElementById("session");

if (seconds > 0 && dialog) {
  const warnBefore = Math.min(120, seconds / 4) * 1000;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("ancora-session") : null;
  let last = Date.now();
  let over = false;

  const alive = (tell = true) => {
    last = Date.now();
    if (dialog.open) {
      dialog.close();
    }
    if (tell) {
      tabs?.postMessage("alive");
    }
  };

  document.addEventListener("ancora:alive", () => alive());
  tabs?.addEventListener("message", () => alive(false));
  tabs?.postMessage("alive");

  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });

  async function stay() {
    try {
      const answer = await fetch(dialog.dataset.extend, { method: "POST", headers: csrfHeaders() });
      if (answer.redirected || !answer.ok) {
        location.reload();
      } else {
        alive();
      }
    } catch {
      toast(word("lost"));
    }
  }

  setInterval(() => {
    const left = last + seconds * 1000 - Date.now();
    if (left <= 0 && !over) {
      over = true;
      dialog.close();
      toast(word("signedOut"));
      document.dispatchEvent(new CustomEvent("ancora:signed-out"));
    } else if (left <= warnBefore && left > 0 && !dialog.open) {
      dialog.showModal();
    }
  }, 1000);
}
