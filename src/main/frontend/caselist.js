// The list of cases: filters open below their column, wherever the table is scrolled to.

for (const menu of document.querySelectorAll("[data-column-filter]")) {
  menu.addEventListener("toggle", () => {
    if (menu.open) {
      place(menu);
    }
  });
}

function place(menu) {
  const panel = menu.querySelector(".menu-panel");
  const head = menu.querySelector("summary").getBoundingClientRect();
  const width = Math.min(320, innerWidth - 16);
  panel.style.width = `${width}px`;
  panel.style.left = `${Math.max(8, Math.min(head.left, innerWidth - width - 8))}px`;
  panel.style.top = `${Math.min(head.bottom + 6, Math.max(8, innerHeight - 320))}px`;
}

addEventListener(
  "scroll",
  () => document.querySelectorAll("[data-column-filter][open]").forEach(place),
  { passive: true, capture: true },
);

// Choosing cases: how many are, all of a page, all that match

const bulk = document.querySelector("[data-bulk]");
if (bulk) {
  const ticks = [...document.querySelectorAll("input[form=bulk][name=case]")];
  const page = document.querySelector("[data-bulk-page]");
  const all = bulk.querySelector("[data-bulk-all]");
  const count = bulk.querySelector("[data-bulk-count]");
  const how = count.textContent;
  const show = () => {
    const chosen = ticks.filter((tick) => tick.checked).length;
    count.textContent = all.checked || !chosen ? how : count.dataset.words.replace("@", chosen);
    page.checked = chosen === ticks.length;
    page.indeterminate = chosen > 0 && chosen < ticks.length;
    for (const tick of [...ticks, page]) {
      tick.disabled = all.checked;
    }
  };
  page.addEventListener("change", () => {
    for (const tick of ticks) {
      tick.checked = page.checked;
    }
    show();
  });
  for (const tick of [...ticks, all]) {
    tick.addEventListener("change", show);
  }
  show();
}
