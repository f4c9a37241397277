// Words in three languages as a table; what is missing is marked.
import { el, page, say } from "./studio-core.js";
import { LANGUAGES } from "./studio-labels.js";
import { placeOf } from "./studio-places.js";

/**
 * @param keys which words, in order
 * @param noted told of every change: key, language, words before and after
 */
export function wordTable(labels, keys, { editable = true, noted = () => {} } = {}) {
  const body = el("tbody", {});
  const row = (key) => {
    const place = placeOf(labels, key);
    const line = el(
      "tr",
      { "data-key": key },
      el("th", { scope: "row" }, el("span", { class: "studio-part" }, place.part), el("span", { class: "quiet" }, place.file), el("code", {}, key)),
    );
    const missing = () => {
      const without = LANGUAGES.filter((language) => !labels.text(key, language));
      line.classList.toggle("studio-missing", without.length > 0);
    };
    for (const language of LANGUAGES) {
      const shipped = labels.shippedText(key, language);
      const own = labels.own(key, language);
      const control = el("textarea", {
        class: "form-control",
        rows: String(Math.min(6, 1 + Math.floor((labels.text(key, language) ?? "").length / 24))),
        lang: language,
        "aria-label": say("words.cell", `${place.part}, ${place.file}`, say(`language.${language}`)),
        "data-language": language,
        placeholder: say("words.missing"),
        oninput: () => {
          noted(key, language, labels.text(key, language) ?? "", control.value);
          labels.set(key, language, control.value);
          mark();
          missing();
        },
      });
      control.value = labels.text(key, language) ?? "";
      control.readOnly = !editable;
      const note = el("span", { class: "studio-origin quiet" });
      const mark = () => {
        const changed = labels.own(key, language) !== undefined;
        note.textContent = !labels.text(key, language) ? say("words.missing") : changed && shipped !== undefined ? say("words.changed", shipped) : changed ? say("words.own") : "";
        note.classList.toggle("studio-lacks", !labels.text(key, language));
      };
      if (own === undefined && shipped === undefined) {
        control.value = "";
      }
      mark();
      line.append(el("td", { "data-called": say(`language.${language}`) }, control, note));
    }
    missing();
    return line;
  };
  keys.forEach((key) => body.append(row(key)));
  return el(
    "div",
    { class: "table-responsive", tabindex: "0", role: "region", "aria-label": say("words.title") },
    el(
      "table",
      { class: "table studio-words" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("words.key")), ...LANGUAGES.map((language) => el("th", { scope: "col", lang: page.language }, say(`language.${language}`))))),
      body,
    ),
  );
}
