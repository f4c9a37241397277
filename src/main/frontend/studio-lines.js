// Two texts as lines: what went, what came.
import { diffLines } from "diff";

const AROUND = 2;

/** A list of lines, with what is alike left out but for a few lines around. */
export function linesBetween(before, after, say) {
  const list = document.createElement("ol");
  list.className = "studio-diff";
  const parts = diffLines(before, after, { ignoreNewlineAtEof: true });
  parts.forEach((change, at) => {
    const lines = change.value.replace(/\n$/, "").split("\n");
    const kind = change.added ? "added" : change.removed ? "removed" : "same";
    const shown = kind !== "same" ? lines : around(lines, at === 0, at === parts.length - 1);
    for (const line of shown) {
      const row = document.createElement("li");
      row.className = `studio-${line === null ? "skipped" : kind}`;
      if (line === null) {
        row.textContent = "…";
      } else {
        const mark = document.createElement("span");
        mark.className = "visually-hidden";
        mark.textContent = kind === "same" ? "" : `${say(`diff.${kind}`)}: `;
        row.append(mark, line || "\u00a0");
      }
      list.append(row);
    }
  });
  return list;
}

function around(lines, isFirst, isLast) {
  if (lines.length <= AROUND * 2 + 1) {
    return lines;
  }
  const head = isFirst ? [] : lines.slice(0, AROUND);
  const tail = isLast ? [] : lines.slice(-AROUND);
  return [...head, null, ...tail];
}
