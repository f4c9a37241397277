// What the expression editor explains of the language of cells and conditions, in the reader's language. Imported before that
// editor, which asks for these as it is loaded.
import { page, say } from "./studio-core.js";

const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** Only what there are words for is offered: the rest belongs to engines that are not ours, or is refused by the check. */
globalThis.ancoraFeelOffered = ({ name }) => page.words?.[`feel.${slug(name)}`] !== undefined;

/** What a function does, in our words, with its signature and its examples, which are the same in every language. */
globalThis.ancoraFeelHint = ({ name, info }) => {
  const told = document.createElement("template");
  told.innerHTML = info;
  const codes = [...told.content.querySelectorAll("pre")].map((code) => code.outerHTML);
  const heads = [say("feel.signature"), say("feel.examples")];
  return `<div><p>${say(`feel.${slug(name)}`)}</p>${codes.map((code, at) => `<p><strong>${heads[Math.min(at, 1)]}</strong></p>${code}`).join("")}</div>`;
};

/** What is wrong with an expression while it is written; the check names the place once it is saved. */
globalThis.ancoraFeelWrong = (what) => say(`feel.wrong.${what}`);
