// A signature drawn with finger, pen or mouse, sent as a picture.
import { csrfHeaders, isSignIn, word } from "./shared.js";

for (const form of document.querySelectorAll("form[data-signature]")) {
  const canvas = form.querySelector("canvas");
  const paper = canvas.getContext("2d");
  const problem = form.querySelector("[data-signature-error]");
  let drawn = false;

  paper.lineWidth = 3;
  paper.lineCap = "round";
  paper.lineJoin = "round";
  clear();

  function clear() {
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    paper.beginPath();
    paper.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) {
      paper.strokeStyle = "#1d2b2e";
      paper.lineTo(...place(event));
      paper.stroke();
      drawn = true;
    }
  });
  form.querySelector("[data-signature-clear]").addEventListener("click", clear);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    if (button.disabled) {
      return;
    }
    if (!drawn) {
      explain(form.dataset.empty);
      return;
    }
    button.disabled = true;
    problem.hidden = true;
    const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    let text = form.dataset.failed;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: picture,
        credentials: "same-origin",
        headers: { "Content-Type": "application/octet-stream", Accept: "application/json", ...csrfHeaders() },
      });
      const json = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
      if (answer.ok && json.location) {
        location.assign(json.location);
        return;
      }
      text = answer.status === 401 || isSignIn(answer.url) ? word("signedOut") : (json.text ?? text);
    } catch {
      text = word("lost");
    }
    explain(text);
    button.disabled = false;
  });

  function explain(text) {
    problem.textContent = text;
    problem.hidden = false;
    problem.focus();
  }
}
