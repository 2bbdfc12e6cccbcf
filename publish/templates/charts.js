"use strict";

Plotly.register({
  moduleType: "locale",
  name: "vi",
  dictionary: {
    "Download plot as a PNG": "Tải hình về (PNG)",
    "Download plot": "Tải hình về",
    "Reset axes": "Về ban đầu",
    "Double-click to zoom back out": "Nháy đúp để về ban đầu",
    "Snapshot succeeded": "Đã lưu hình",
    "Taking snapshot - this may take a few seconds": "Đang lưu hình",
    "Sorry, there was a problem downloading your snapshot!": "Không lưu được hình",
  },
  format: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"], date: "%d/%m/%Y", time: "%H:%M:%S" },
});

const config = {
  locale: "vi",
  responsive: true,
  displaylogo: false,
  modeBarButtons: [["toImage"]],
};

async function draw(holder) {
  const { data, layout } = JSON.parse(holder.textContent);
  await Plotly.newPlot(holder.dataset.plot, data, layout, config);
  await new Promise((painted) => setTimeout(painted));
}

// Longer tables are furnished by search_tables.js.
function furnish(table) {
  if (table.tBodies[0].rows.length > 10) return;
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Bảng số liệu");
  table.before(scroll);
  scroll.append(table);
}

// On paper a chart keeps the width it needs and is made smaller as a whole, so that its labels don't run into each other.
const SHEET = 680;
const plots = () => document.querySelectorAll(".js-plotly-plot");

window.addEventListener("beforeprint", () => plots().forEach((plot) => {
  const width = Math.max(820, parseInt(plot.style.minWidth, 10));
  Plotly.relayout(plot, { width });
  plot.style.zoom = SHEET / width;
}));

window.addEventListener("afterprint", () => plots().forEach((plot) => {
  plot.style.zoom = "";
  Plotly.relayout(plot, { width: null, autosize: true });
}));

// The first chart goes before the tables: it is what the reader waits for.
async function open() {
  const [first, ...rest] = document.querySelectorAll("script[data-plot]");
  if (first) await draw(first);
  document.querySelectorAll("table.data").forEach(furnish);
  for (const holder of rest) await draw(holder);
  document.documentElement.dataset.drawn = "true";
}

open();
