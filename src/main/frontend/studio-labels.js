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

/** What was written, changed or taken away since a text was as it was then; null for what was taken away. */
function changesSince(before, now) {
  const changes = new Map();
  now.forEach((words, key) => before.get(key) !== words && changes.set(key, words));
  before.forEach((_, key) => now.has(key) || changes.set(key, null));
  return changes;
}

export class Labels {
  #own = new Map();
  #saved = new Map();
  #drafts = new Map();
  #aside = new Map(LANGUAGES.map((language) => [language, new Map()]));

  /**
   * @param saved called after words were saved
   * @param replaced called when another person's words take the place of these
   */
  static async load(saved = () => {}, replaced = () => {}) {
    const labels = new Labels();
    const { status, text } = await ask(page.labelsUrl, { headers: { Accept: "application/json" } });
    const answer = status === 200 ? json(text) : { words: {}, own: [] };
    labels.shipped = answer.words;
    await Promise.all(LANGUAGES.map((language) => labels.#read(language, answer.own, saved, replaced)));
    return labels;
  }

  async #read(language, there, saved, replaced) {
    const path = `labels/${language}.properties`;
    const file = there.includes(path) ? await read(path) : { text: "", version: "\"0\"" };
    this.#own.set(language, parseProperties(file.text));
    this.#saved.set(language, parseProperties(file.text));
    this.#drafts.set(
      language,
      new DraftOf(path, {
        version: file.version,
        content: () => writeProperties(this.#own.get(language)),
        open: async (written) => {
          this.#own.set(language, parseProperties(written));
          this.#saved.set(language, parseProperties(written));
          await replaced();
        },
        saved: (written) => {
          this.#saved.set(language, parseProperties(written));
          saved(written);
        },
        merge: (theirs, mineWins) => this.#merged(language, parseProperties(theirs), mineWins),
        adopt: (merged, theirs) => {
          this.#own.set(language, parseProperties(merged));
          this.#saved.set(language, parseProperties(theirs));
        },
      }),
    );
  }

  /** Two people who translate different words both keep theirs; where they wrote the same words differently one of them decides. */
  #merged(language, theirs, mineWins) {
    const mine = changesSince(this.#saved.get(language), this.#own.get(language));
    const others = changesSince(this.#saved.get(language), theirs);
    const merged = new Map(theirs);
    for (const [key, words] of mine) {
      if (!mineWins && others.has(key) && others.get(key) !== words) {
        return null;
      }
      words === null ? merged.delete(key) : merged.set(key, words);
    }
    return writeProperties(merged);
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
