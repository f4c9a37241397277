// Which words a form has, and under which keys they are looked up: as the server does it.

/** Calls then(holder, property, key) for every text of a form that people read. */
export function eachWord(form, formId, then) {
  const look = (component) => {
    const word = component.key || component.path || component.id;
    const key = `form.${formId}.${word}`;
    const nested = (group, property, ending) => component[group]?.[property] !== undefined && then(component[group], property, `${key}.${ending}`);
    for (const [property, ending] of [
      ["label", ""],
      ["text", ""],
      ["content", ""],
      ["description", ".description"],
      ["dateLabel", ".date"],
      ["timeLabel", ".time"],
    ]) {
      if (typeof component[property] === "string" && component[property] !== "" && !component[property].startsWith("=")) {
        then(component, property, `${key}${ending}`);
      }
    }
    nested("appearance", "prefixAdorner", "prefix");
    nested("appearance", "suffixAdorner", "suffix");
    nested("validate", "patternErrorMessage", "pattern");
    (component.values ?? []).forEach((option) => then(option, "label", `${key}.${option.value}`));
    (component.components ?? []).forEach(look);
  };
  (form.components ?? []).forEach(look);
}

/** The form with its words in a language, as people will see it. */
export function inLanguage(form, formId, labels, language) {
  const copy = structuredClone(form);
  eachWord(copy, formId, (holder, property, key) => {
    holder[property] = labels.text(key, language) ?? holder[property];
  });
  return copy;
}

/** What the editor adds of its own is left out, and everything stands in the order in which it stood. */
export function tidy(saved, original) {
  const known = new Map();
  const collect = (component) =>
    (component.components ?? []).forEach((each) => {
      known.set(each.id ?? each.key ?? each.path, each);
      each.key && known.set(`key ${each.key}`, each);
      collect(each);
    });
  collect(original);
  const clean = (component) => {
    const rows = new Map();
    (component.components ?? []).forEach((each) => each.layout?.row && rows.set(each.layout.row, (rows.get(each.layout.row) ?? 0) + 1));
    return (component.components ?? []).map((each) => {
      const was = known.get(each.id) ?? known.get(`key ${each.key}`) ?? {};
      const { layout, id, components, ...rest } = each;
      const made = { ...rest };
      if (id && !(was.id === undefined && (each.key || each.path) && /^[A-Z][a-zA-Z]*_[0-9a-z]{6,8}$/.test(id))) {
        made.id = id;
      }
      if (layout && (was.layout || layout.columns || rows.get(layout.row) > 1)) {
        made.layout = layout;
      }
      if (components) {
        made.components = clean(each);
      }
      return ordered(made, was);
    });
  };
  const { exporter, components, ...rest } = saved;
  return ordered({ ...rest, ...(original.exporter ? { exporter: original.exporter } : {}), components: clean(saved) }, original);
}

function ordered(made, like) {
  const names = [...Object.keys(like).filter((name) => name in made), ...Object.keys(made).filter((name) => !(name in like))];
  return Object.fromEntries(names.map((name) => [name, made[name]]));
}
