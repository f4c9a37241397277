// A form with one file sends it as the body of the request: nothing of it is read before the person is known to be allowed.
import { csrfHeaders, isSignIn, word } from "./shared.js";

for (const form of document.querySelectorAll("form[data-upload]")) {
  const problem = form.querySelector("[data-upload-error]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.querySelector("input[type=file]").files[0];
    const button = form.querySelector("button");
    if (!file || button.disabled) {
      return;
    }
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    problem.hidden = true;
    let text = form.dataset.failed;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: file,
        credentials: "same-origin",
        headers: {
          "Content-Type": "application/octet-stream",
          "X-File-Name": encodeURIComponent(file.name),
          Accept: "application/json",
          ...csrfHeaders(),
        },
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
    problem.textContent = text;
    problem.hidden = false;
    problem.focus();
    button.disabled = false;
    button.removeAttribute("aria-busy");
  });
}
