// Plots and heat maps of the monitor. Every figure also stands in a table, so nothing is lost without this script.
import * as echarts from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const root = document.documentElement;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function colour(name) {
  return getComputedStyle(root).getPropertyValue(`--${name}`).trim();
}

const TONES = { calm: "calm-bar", late: "late-bar", soon: "soon-bar", done: "done", quiet: "halted-bar" };

function options(plot, width) {
  const lying = plot.kind === "ranks";
  // Each bar says what it is: where its name is too long for the room below it, in several lines.
  const each = plot.kind === "bars" ? Math.floor((width - 60) / plot.labels.length) - 4 : 0;
  const names = {
    type: "category",
    data: plot.labels,
    inverse: lying,
    axisLine: { lineStyle: { color: colour("line-strong") } },
    axisTick: { show: false },
    axisLabel: each
      ? { color: colour("quiet"), interval: 0, width: each, overflow: "break", fontSize: each < 48 ? 10 : 12, lineHeight: 14 }
      : { color: colour("quiet"), hideOverlap: true, width: lying ? 110 : undefined, overflow: "truncate" },
  };
  const figures = {
    type: "value",
    minInterval: 1,
    splitLine: { lineStyle: { color: colour("line") } },
    axisLabel: { color: colour("quiet") },
  };
  return {
    animation: !still,
    textStyle: { fontFamily: colour("tblr-font-sans-serif") },
    grid: { left: lying ? 122 : 44, right: 16, top: plot.series.length > 1 ? 34 : 22, bottom: each ? 46 : 26 },
    legend: plot.series.length > 1 ? { top: 0, left: 0, textStyle: { color: colour("ink") } } : undefined,
    tooltip: { trigger: "axis", axisPointer: { type: lying || plot.kind === "bars" ? "shadow" : "line" }, backgroundColor: colour("panel"), borderColor: colour("line"), textStyle: { color: colour("ink") } },
    xAxis: lying ? figures : names,
    yAxis: lying ? names : figures,
    series: plot.series.map((one, at) => ({
      name: one.name,
      type: plot.kind === "lines" ? "line" : "bar",
      stack: lying ? "all" : undefined,
      data: one.values,
      symbol: at ? "rect" : "circle",
      symbolSize: 6,
      barMaxWidth: lying ? 16 : 40,
      lineStyle: { width: 2, type: at ? "dashed" : "solid" },
      itemStyle: { color: colour(TONES[one.tone] ?? "calm-bar") },
      label: { show: plot.kind === "bars", position: "top", color: colour("ink") },
    })),
  };
}

function draw(figure) {
  const plot = JSON.parse(figure.querySelector("script").textContent);
  const area = figure.querySelector(".plot-area");
  if (plot.kind === "ranks") {
    area.style.height = `${Math.max(6, plot.labels.length * 1.5 + 4)}rem`;
  }
  const chart = echarts.init(area, null, { renderer: "svg" });
  const show = () => chart.setOption(options(plot, area.clientWidth), true);
  show();
  new ResizeObserver(() => {
    chart.resize();
    show();
  }).observe(area);
  new MutationObserver(show).observe(root, { attributeFilter: ["data-bs-theme"] });
}

document.querySelectorAll("[data-plot]").forEach(draw);

// Heat: how much of it each step has, and how many are there

function pill(text, kind) {
  const span = document.createElement("span");
  span.className = kind;
  span.textContent = text;
  return span;
}

document.addEventListener("ancora:diagram", ({ target, detail: { viewer } }) => {
  const source = document.getElementById(target.dataset.heat ?? "");
  if (!source) {
    return;
  }
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const overlays = viewer.get("overlays");
  for (const mark of JSON.parse(source.textContent)) {
    if (!registry.get(mark.element)) {
      continue;
    }
    if (mark.level) {
      canvas.addMarker(mark.element, `heat-${mark.level}`);
    }
    const pills = document.createElement("div");
    pills.className = "heat-pills";
    for (const [text, kind] of [
      [mark.open, "heat-open"],
      [mark.late, "heat-late"],
      [mark.failed, "heat-failed"],
      [mark.text, "heat-figure"],
    ]) {
      if (text) {
        pills.append(pill(text, kind));
      }
    }
    if (pills.childElementCount) {
      // Figures stay legible where a large diagram is drawn small.
      overlays.add(mark.element, { position: { bottom: 8, left: -8 }, html: pills, scale: { min: target.clientWidth > 640 ? 0.8 : 0 } });
    }
  }
});

// Lists: all of a page at once

for (const all of document.querySelectorAll("[data-choose-all]")) {
  const each = [...document.querySelectorAll("input[form=bulk][name=instance]")];
  const show = () => {
    all.checked = each.every((one) => one.checked);
    all.indeterminate = !all.checked && each.some((one) => one.checked);
  };
  all.addEventListener("change", () => {
    for (const one of each) {
      one.checked = all.checked;
    }
  });
  each.forEach((one) => one.addEventListener("change", show));
}

// The diagram may have been drawn before this script came.
document.querySelectorAll("[data-heat]").forEach((canvas) => canvas.dispatchEvent(new CustomEvent("ancora:redraw")));
