// Where words stand, as people call the place: the form and its field, the diagram and its step, the table and its column.
import { page, say } from "./studio-core.js";

/** What a key ends in that stands for a certain part of a thing. */
const PARTS = {
  form: new Set(["description", "date", "time", "prefix", "suffix", "pattern", "alt"]),
  task: new Set(["guidance", "step", "text"]),
};
const FILES = {
  form: (name) => `forms/${name}.form`,
  task: (name) => `${name}.bpmn`,
  flow: (name) => `${name}.bpmn`,
  process: (name) => `${name}.bpmn`,
  decision: (name) => `${name}.dmn`,
};

/** What stands in for a name that nobody gave: the words of an id. */
function inWords(id) {
  const words = id
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[-_.]+/g, " ")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/**
 * The place of some words.
 *
 * @param labels all words, by which things are called
 * @param key under which they are looked up, such as "form.follow-up.note.description"
 * @return file: what the file is called, with its kind; part: what in it
 */
export function placeOf(labels, key) {
  const [kind, name, thing, ...rest] = key.split(".");
  const called = (which) => labels.text(which, page.language) ?? labels.text(which, "en");
  const titled = page.titles?.[FILES[kind]?.(name)] ?? inWords(name ?? key);
  const thingKey = `${kind}.${name}.${thing}`;
  const title = called(thingKey) ?? inWords(thing ?? "");
  const ending = rest.join(".");
  return { file: say(`words.file.${FILES[kind] ? kind : "other"}`, titled), part: part() };

  function part() {
    switch (kind) {
      case "form":
        return !ending
          ? say("words.part.field", title)
          : PARTS.form.has(ending)
            ? say(`words.part.${ending}`, title)
            : say("words.part.choice", called(key) ?? ending, title);
      case "task":
        return !ending
          ? say("words.part.task", title)
          : PARTS.task.has(ending)
            ? say(`words.part.task-${ending}`, title)
            : ending.endsWith(".guidance")
              ? say("words.part.task-called", title, page.titles?.[`${rest[0]}.bpmn`] ?? inWords(rest[0]))
              : say("words.part.task-when", title, inWords(ending));
      case "process":
        return say(thing ? "words.part.about" : "words.part.name");
      case "decision":
        return !thing
          ? say("words.part.name")
          : thing === "about"
            ? say("words.part.about")
            : thing === "value"
              ? say("words.part.value", called(key) ?? inWords(ending))
              : say(/^(in|out)put/.test(thing) ? "words.part.column" : "words.part.row", title);
      default:
        return say("words.part.drawn", title);
    }
  }
}
