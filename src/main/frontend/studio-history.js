// Undo and redo for texts that have no editor of their own: what is typed without a pause in one place is one step.

const PAUSE = 1000;

export class History {
  #done = [];
  #undone = [];
  #at = 0;

  /**
   * @param write puts a text into its place, and leads there
   * @param changed called whenever there is more or less to undo
   */
  constructor(write, changed) {
    this.write = write;
    this.changed = changed;
  }

  /**
   * To be told of every change, with the text before and after it.
   * @param whole whether it is a step of its own, however soon it follows what was typed
   */
  note(place, before, after, whole = false) {
    const last = this.#done.at(-1);
    const now = whole ? Infinity : performance.now();
    if (last?.place === place && last.after === before && this.#undone.length === 0 && now - this.#at < PAUSE) {
      last.after = after;
    } else {
      this.#done.push({ place, before, after });
    }
    this.#at = whole ? -Infinity : now;
    this.#undone = [];
    this.changed();
  }

  canUndo() {
    return this.#done.length > 0;
  }

  canRedo() {
    return this.#undone.length > 0;
  }

  undo() {
    this.#move(this.#done, this.#undone, "before");
  }

  redo() {
    this.#move(this.#undone, this.#done, "after");
  }

  #move(from, to, which) {
    const step = from.pop();
    if (step) {
      to.push(step);
      this.write(step.place, step[which]);
      // What is typed next is a step of its own.
      this.#at = -Infinity;
      this.changed();
    }
  }
}

/** The keys of undo and redo inside text fields, where the browser would keep a history of its own that knows less. */
export function undoByKeys(within, history) {
  within.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !event.target.matches("textarea") || !["z", "y"].includes(key)) {
      return;
    }
    event.preventDefault();
    key === "y" || event.shiftKey ? history.redo() : history.undo();
  });
}
