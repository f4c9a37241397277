// Bundles every entry below into hashed files and writes the manifest by which templates find them.
// Called as: node build.mjs <output folder> <state folder>
import * as esbuild from "esbuild";
import { PurgeCSS } from "purgecss";
import subsetFont from "subset-font";
import { readFile, readdir, rm, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, "../../..");
const [output, state] = process.argv.slice(2);

/** The editors of the studio: large, only on their own pages, and built apart, so that the parts of other pages do not grow. */
const studio = [
  ...["diagram", "decision", "form", "letter", "compare"].map((name) => `studio-${name}.js`),
  ...["editor", "diagram", "decision", "form"].map((name) => `studio-${name}.css`),
];

const entries = ["app.css", "app.js", "theme.js", "task.css", "task.js", "diagram.css", "diagram.js", "caselist.js", "upload.js", "desk.js", "monitor.css", "monitor.js", "icon.svg"];

/**
 * The whole icon font weighs half a megabyte, and Tabler's styles weigh more; a phone gets only what the sources name.
 *
 * @param known names of icons or of classes
 * @returns those that a source names, be it by itself or, for icons, with the "ti-" before it
 */
async function inUse(known) {
  const used = new Set();
  for (const folder of ["src/main/java", "src/main/resources/templates", "src/test/resources/templates"]) {
    for (const file of await filesBelow(join(project, folder))) {
      collect(await readFile(file, "utf8"), known, used);
    }
  }
  for (const file of await readdir(here)) {
    if (/\.(js|css)$/.test(file)) {
      collect(await readFile(join(here, file), "utf8"), known, used);
    }
  }
  return used;
}

function collect(text, known, used) {
  for (const [word] of text.matchAll(/[a-z0-9]+(?:-[a-z0-9]+)*/g)) {
    for (const name of [word, word.replace(/^ti-/, "")]) {
      if (known.has(name)) {
        used.add(name);
      }
    }
  }
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const icons = {
  name: "icons",
  setup(build) {
    build.onResolve({ filter: /^ancora-icons(\.woff2)?$/ }, ({ path }) => ({ path, namespace: "icons" }));
    build.onLoad({ filter: /.*/, namespace: "icons" }, async ({ path }) => {
      const folder = join(here, "node_modules/@tabler/icons-webfont/dist");
      const css = await readFile(join(folder, "tabler-icons.css"), "utf8");
      const glyphs = new Map(
        [...css.matchAll(/\.ti-([a-z0-9-]+):before\s*{\s*content:\s*"\\([0-9a-f]+)"/g)].map(([, name, code]) => [name, code]),
      );
      const used = [...(await inUse(new Set(glyphs.keys())))].sort();
      if (path === "ancora-icons.woff2") {
        const text = used.map((name) => String.fromCodePoint(parseInt(glyphs.get(name), 16))).join("");
        const font = await readFile(join(folder, "fonts/tabler-icons.ttf"));
        return { contents: await subsetFont(font, text, { targetFormat: "woff2" }), loader: "file" };
      }
      await writeFile(join(state, "icon-names.txt"), [...glyphs.keys()].sort().join("\n") + "\n");
      const rules = used.map((name) => `.ti-${name}::before{content:"\\${glyphs.get(name)}"}`).join("\n");
      return {
        contents: `@font-face{font-family:"tabler-icons";font-display:block;src:url("ancora-icons.woff2") format("woff2")}
.ti{font-family:"tabler-icons";font-style:normal;font-weight:400;line-height:1;speak:never;-webkit-font-smoothing:antialiased}
${rules}`,
        loader: "css",
        resolveDir: here,
      };
    });
  },
};

const ELEMENTS = (
  "a abbr address b blockquote body button caption cite code dd dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
  "header hr html i iframe img input ins kbd label legend li main mark nav ol optgroup option output p pre progress q s samp section select " +
  "small span strong sub summary sup svg table tbody td textarea tfoot th thead time tr u ul var"
).split(" ");

/**
 * Of Tabler's styles only those of classes that some source names; what a page would bear of the others is found by its browser tests,
 * for whom their names are written down.
 */
const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /tabler\.min\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      const classes = classesOf(css);
      const used = await inUse(classes);
      const [{ css: contents }] = await new PurgeCSS().purge({
        content: [{ raw: [...used].join(" "), extension: "txt" }],
        css: [{ raw: css }],
        // Whatever may stand in a page may come in any state and in dark colours.
        safelist: ELEMENTS,
        dynamicAttributes: [...css.matchAll(/\[([a-z-]+)/g)].map(([, name]) => name),
      });
      const kept = classesOf(contents);
      await writeFile(join(state, "class-names.txt"), [...classes].sort().join("\n") + "\n");
      await writeFile(join(state, "classes-left-out.txt"), [...classes].filter((each) => !kept.has(each)).sort().join("\n") + "\n");
      return { contents, loader: "css" };
    });
  },
};

function classesOf(css) {
  return new Set([...css.matchAll(/\.(-?[a-zA-Z_][\w-]*)/g)].map(([, name]) => name));
}

/** A picture that is an entry is copied as it is; inside styles it becomes part of them. */
const pictures = {
  name: "pictures",
  setup(build) {
    build.onLoad({ filter: /icon\.svg$/ }, async ({ path }) => ({ contents: await readFile(path), loader: "copy" }));
  },
};

/**
 * Some texts of the form viewer pass its translate hook by, in the preview and where the editor draws; a new version that moves
 * them must fail the build.
 */
const formTexts = {
  name: "form-texts",
  setup(build) {
    build.onLoad({ filter: /form-js-viewer[\\/]dist[\\/]index\.es\.js$/ }, async ({ path }) => {
      let source = await readFile(path, "utf8");
      for (const [from, to] of [
        ["children: valueLabel || 'Select'", "children: valueLabel || globalThis.ancoraFormText('Select')"],
        ["placeholder: 'Search'", "placeholder: globalThis.ancoraFormText('Search')"],
        ["placeholder: getLocaleReadableDateFormat()", "placeholder: globalThis.ancoraDateHint(getLocaleReadableDateFormat())"],
        ["new Intl.DateTimeFormat(locale).formatToParts", "new Intl.DateTimeFormat(globalThis.ancoraDateLocale).formatToParts"],
      ]) {
        if (!source.includes(from)) {
          throw new Error(`The form viewer no longer contains "${from}".`);
        }
        source = source.replaceAll(from, to);
      }
      return { contents: source, loader: "js" };
    });
  },
};

/** The form editor takes the focus to the chosen field whenever that is changed, so that no key leads out of its fields. */
const formFocus = {
  name: "form-focus",
  setup(build) {
    const taken = /(if \(selection\.isSelected\(field\))(\) {\s*ref\.current\.focus\(\);)/;
    build.onLoad({ filter: /form-js-editor[\\/]dist[\\/]index\.es\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!taken.test(source)) {
        throw new Error("The form editor no longer takes the focus where it did.");
      }
      return { contents: source.replace(taken, '$1 && document.activeElement?.closest(".fjs-form-container, .fjs-palette-container")$2'), loader: "js" };
    });
  },
};

/**
 * What the decision editor says, collected as it is bundled: a test asks for a word of ours for each. Two texts pass its translate
 * hook by; a new version that moves them must fail the build.
 */
const decisionTexts = {
  name: "decision-texts",
  setup(build) {
    const said = new Set();
    const asked = /translate\(\s*(?:'([^']*)'|"([^"]*)")/g;
    const chosen = /(?:\b(?:label|explanation|yearMonthDuration|dayTimeDuration): |_LABEL = |return |\? (?:this\._)?translate\()'([A-Z][a-z][^']*)'/g;
    const passedBy = [
      [/DragAndDrop\.js$/, "let title = `Move ${isInput(col) ? 'Input' : 'Output'}`", "let title = isInput(col) ? this._translate('Move input') : this._translate('Move output')"],
      [/components[\\/]List\.js$/, '"title": "Remove item"', '"title": globalThis.ancoraDecisionText("Remove item")'],
    ];
    const seen = new Set();
    build.onLoad({ filter: /dmn-js-(decision-table|shared)[\\/]lib[\\/].*\.js$/ }, async ({ path }) => {
      let source = await readFile(path, "utf8");
      for (const [file, from, to] of passedBy) {
        if (file.test(path) && source.includes(from)) {
          seen.add(from);
          source = source.replace(from, to);
          said.add("Remove item");
        }
      }
      for (const pattern of [asked, chosen]) {
        for (const found of source.matchAll(pattern)) {
          said.add((found[1] ?? found[2]).trim());
        }
      }
      return { contents: source, loader: "js" };
    });
    build.onEnd(async ({ metafile }) => {
      if (Object.values(metafile?.outputs ?? {}).some(({ entryPoint }) => entryPoint === "studio-decision.js")) {
        const moved = passedBy.find(([, from]) => !seen.has(from));
        if (moved) {
          throw new Error(`The decision editor no longer contains "${moved[1]}".`);
        }
        await writeFile(join(state, "decision-texts.txt"), [...said].sort().join("\n") + "\n");
      }
    });
  },
};

/** What the expression editor explains has no translate hook; a new version that moves these texts must fail the build. */
const feelTexts = {
  name: "feel-texts",
  setup(build) {
    const passedBy = [
      [/feel-editor[\\/]dist[\\/]index\.js$/, [["camundaBuiltins.map(builtin", "camundaBuiltins.filter(globalThis.ancoraFeelOffered).map(builtin"], ["domify(builtin.info)", "domify(globalThis.ancoraFeelHint(builtin))"]]],
      [
        /feel-lint[\\/]dist[\\/]index\.js$/,
        [
          ["`Unrecognized token in <${parent.name}>`", 'globalThis.ancoraFeelWrong("token")'],
          ["`Unrecognized token <${next.name}> in <${parent.name}>`", 'globalThis.ancoraFeelWrong("token")'],
          ["`Incomplete <${ (before || parent).name }>`", 'globalThis.ancoraFeelWrong("incomplete")'],
          ["'First item is accessed via [1]'", 'globalThis.ancoraFeelWrong("first")'],
        ],
      ],
    ];
    for (const [filter, texts] of passedBy) {
      build.onLoad({ filter }, async ({ path }) => {
        let source = await readFile(path, "utf8");
        for (const [from, to] of texts) {
          if (!source.includes(from)) {
            throw new Error(`${basename(filter.source)}: the expression editor no longer contains "${from}".`);
          }
          source = source.replaceAll(from, () => to);
        }
        return { contents: source, loader: "js" };
      });
    }
  },
};

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
await mkdir(state, { recursive: true });

const build = (entryPoints) => esbuild.build({
  absWorkingDir: here,
  entryPoints,
  outdir: output,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  minify: true,
  legalComments: "linked",
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "dataurl" },
  metafile: true,
  logLevel: "warning",
  plugins: [pictures, styles, icons, formTexts, formFocus, decisionTexts, feelTexts],
});

const results = await Promise.all([build(entries), build(studio)]);
const manifest = results.flatMap((result) => Object.entries(result.metafile.outputs))
  .filter(([, built]) => built.entryPoint)
  .map(([file, built]) => `${basename(built.entryPoint)}=${basename(file)}`)
  .sort();
await writeFile(join(output, "manifest.properties"), manifest.join("\n") + "\n");
