// The words of tasks, fields and steps in three languages: what is shipped, and over it what owners wrote into the draft.
import { ask, DraftOf, json, page, read } from "./studio-core.js";

export const LANGUAGES = ["en", "es", "it"];

/** Reads a .properties file, which may have been written by hand. */
export function parseProperties(text) {
  const found = new Map();
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at].replace(/^[ \t\f]+/, "");
    if (line === "" || line.startsWith("#") || line.startsWith("!")) {
      continue;
    }
    while (/(^|[^\\])(\\\\)*\\$/.test(line) && at + 1 < lines.length) {
      line = line.slice(0, -1) + lines[(at += 1)].replace(/^[ \t\f]+/, "");
    }
    const [, key, value] = /^((?:\\.|[^\\:= \t\f])*)[ \t\f]*[:=]?[ \t\f]*(.*)$/.exec(line);
    found.set(unescaped(key), unescaped(value));
  }
  return found;
}

function unescaped(text) {
  const plain = { n: "\n", t: "\t", r: "\r", f: "\f" };
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code) =>
    code.length === 5 ? String.fromCharCode(parseInt(code.slice(1), 16)) : (plain[code] ?? code),
  );
}

/** Writes one, keys in order, so that two versions can be compared line by line. */
export function writeProperties(entries) {
  return [...entries]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key.replace(/[\\:= ]/g, "\\$&")}=${value.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\r|\t/g, " ").replace(/^ /, "\\ ")}\n`)
    .join("");
}

export class Labels {
  #own = new Map();
  #changed = new Map();
  #drafts = new Map();
  #aside = new Map(LANGUAGES.map((language) => [language, new Map()]));

  /** @param saved called after words were saved */
  static async load(saved = () => {}) {
    const labels = new Labels();
    const { status, text } = await ask(page.labelsUrl, { headers: { Accept: "application/json" } });
    const answer = status === 200 ? json(text) : { words: {}, own: [] };
    labels.shipped = answer.words;
    await Promise.all(
      LANGUAGES.map(async (language) => {
        const path = `labels/${language}.properties`;
        const file = answer.own.includes(path) ? await read(path) : { text: "", version: "\"0\"" };
        labels.#own.set(language, parseProperties(file.text));
        labels.#changed.set(language, new Map());
        labels.#drafts.set(
          language,
          new DraftOf(path, {
            version: file.version,
            content: () => writeProperties(labels.#own.get(language)),
            open: () => {},
            saved: (written) => {
              labels.#changed.get(language).clear();
              saved(written);
            },
            // Two people who translate different words both keep theirs.
            merge: (theirs) => {
              const merged = parseProperties(theirs);
              labels.#changed.get(language).forEach((value, key) => (value === null ? merged.delete(key) : merged.set(key, value)));
              labels.#own.set(language, merged);
              return writeProperties(merged);
            },
          }),
        );
      }),
    );
    return labels;
  }

  get keys() {
    return new Set([...Object.keys(this.shipped), ...LANGUAGES.flatMap((language) => [...this.#own.get(language).keys()])]);
  }

  own(key, language) {
    return this.#own.get(language).get(key);
  }

  shippedText(key, language) {
    return this.shipped[key]?.[language];
  }

  /** What people read; undefined when nobody has written it. */
  text(key, language) {
    return this.own(key, language) ?? this.shippedText(key, language);
  }

  /** Writes an owner's words over what is shipped; empty words take them back. */
  set(key, language, words) {
    const own = this.#own.get(language);
    const value = words === "" || words === this.shippedText(key, language) ? null : words;
    if ((own.get(key) ?? null) === value) {
      return;
    }
    if (value === null) {
      own.delete(key);
    } else {
      own.set(key, value);
    }
    this.#changed.get(language).set(key, value);
    this.#drafts.get(language).changed();
  }

  /** Words of what is no longer there are put aside, and come back with it when its removal is undone. */
  keepOnly(prefix, isThere) {
    for (const language of LANGUAGES) {
      const aside = this.#aside.get(language);
      for (const [key, words] of [...this.#own.get(language)]) {
        if (key.startsWith(prefix) && !isThere(key)) {
          aside.set(key, words);
          this.set(key, language, "");
        }
      }
      for (const [key, words] of [...aside]) {
        if (key.startsWith(prefix) && isThere(key)) {
          aside.delete(key);
          this.own(key, language) === undefined && this.set(key, language, words);
        }
      }
    }
  }

  /** What was written for one thing is now for another, which was the same under another name. */
  rename(before, after) {
    for (const language of LANGUAGES) {
      for (const [key, words] of [...this.#own.get(language)]) {
        if (key === before || key.startsWith(`${before}.`)) {
          this.set(key, language, "");
          this.set(after + key.slice(before.length), language, words);
        }
      }
    }
  }
}
