// Draws the days of a chart as bars; the table beside it says the same.
(() => {
  "use strict";

  const HALF = 12 * 60 * 60;

  const numbers = (text) => (text ? text.split(",").map(Number) : []);
  const language = document.documentElement.lang;
  const whole = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: "compact" });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const tick = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", timeZone: "UTC" });

  const colour = (name) => {
    const probe = document.createElement("span");
    probe.className = name;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };

  // Failures are hatched, so that the colour is not alone.
  const hatched = (context, ink) => {
    const size = 6 * devicePixelRatio;
    const tile = document.createElement("canvas");
    tile.width = size;
    tile.height = size;
    const pen = tile.getContext("2d");
    pen.strokeStyle = ink;
    pen.lineWidth = 3 * devicePixelRatio;
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
    return context.createPattern(tile, "repeat");
  };

  const tip = (box, data) => {
    const label = document.createElement("div");
    label.className = "tip";
    label.hidden = true;
    return {
      hooks: {
        init: (plot) => plot.over.append(label),
        setCursor: (plot) => {
          const at = plot.cursor.idx;
          label.hidden = at == null || plot.cursor.left < 0;
          if (!label.hidden) {
            label.textContent =
              `${day.format(new Date(data.days[at] * 1000))}: ` +
              `${whole.format(data.successful[at])} ${box.dataset.nameSuccessful}, ` +
              `${whole.format(data.failed[at])} ${box.dataset.nameFailed}`;
            const left = Math.min(plot.cursor.left + 12, plot.over.clientWidth - label.clientWidth);
            label.style.left = `${Math.max(0, left)}px`;
            label.style.top = "0px";
          }
        },
      },
    };
  };

  const draw = (box) => {
    const data = {
      days: box.dataset.days.split(",").map((text) => Date.parse(`${text}T00:00:00Z`) / 1000),
      successful: numbers(box.dataset.successful),
      failed: numbers(box.dataset.failed),
    };
    const all = data.successful.map((count, at) => count + data.failed[at]);
    const ink = { ok: colour("ink-ok"), bad: colour("ink-bad"), text: colour("ink-text"), line: colour("ink-line") };
    const bars = uPlot.paths.bars({ size: [0.75, 40], align: 0 });
    const axis = { stroke: ink.text, grid: { stroke: ink.line, width: 1 }, ticks: { stroke: ink.line, width: 1 } };
    const options = {
      width: box.clientWidth,
      height: 240,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { x: { time: true, range: [data.days[0] - HALF, data.days.at(-1) + HALF] }, y: { range: (plot, low, high) => [0, Math.max(1, high * 1.05)] } },
      axes: [
        { ...axis, grid: { show: false }, values: (plot, splits) => splits.map((at) => tick.format(new Date(at * 1000))) },
        { ...axis, size: 56, values: (plot, splits) => splits.map((count) => (Number.isInteger(count) ? short.format(count) : "")) },
      ],
      series: [
        {},
        { stroke: ink.ok, fill: ink.ok, width: 0, paths: bars, points: { show: false } },
        { stroke: ink.bad, fill: (plot) => hatched(plot.ctx, ink.bad), width: 1, paths: bars, points: { show: false } },
      ],
      plugins: [tip(box, data)],
    };
    box.replaceChildren();
    return new uPlot(options, [data.days, all, data.failed], box);
  };

  for (const box of document.querySelectorAll(".chart")) {
    let plot = draw(box);
    const again = () => {
      plot.destroy();
      plot = draw(box);
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    let width = box.clientWidth;
    new ResizeObserver(() => {
      if (box.clientWidth !== width) {
        width = box.clientWidth;
        plot.setSize({ width, height: 240 });
      }
    }).observe(box);
  }
})();
