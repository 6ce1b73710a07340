// Charts. A page says what to draw; nothing is loaded before a chart comes near the screen.
//  · [data-chart="id"]: a whole Vega-Lite specification in <script type="application/json" id="id">.
//  · [data-portrait-chart="table"]: the kinds of charts and the figures stand once in #portrait-drawing; names and texts
//    are read in the table beside the chart, so that both say the same.
//    With data-portrait-map="address" the chart is a map where the address has shapes.

const NEAR = "300px";
let library;

function load() {
  const address = document.querySelector("[data-vega]")?.dataset.vega ?? new URL("./vega.js", import.meta.url);
  library ??= import(address);
  return library;
}

function given(id) {
  const script = document.getElementById(id);
  return script ? JSON.parse(script.textContent) : null;
}

const texts = (cells) => [...cells].map((cell) => cell.textContent.trim());

function valuesOf(place, kind, figures) {
  const table = place.closest(".portrait-pair").querySelector("table");
  const lines = [...table.tBodies[0].rows];
  if (kind === "months") return figures.map(([month, value]) => ({ month: `${month}-01`, value, text: printed(table, month) }));
  if (kind === "heat") {
    const columns = texts(table.tHead.querySelectorAll("th"));
    return figures.flatMap((line, i) => line.map((value, j) => ({
      i, j, value, row: lines[i].cells[0].textContent.trim(), column: columns[j], text: lines[i].cells[j + 1].textContent.trim(),
    })));
  }
  return figures.map(([value, depth, shared], i) => {
    const [label, count, share] = texts(lines[i].cells);
    return { i, value, depth, label, text: shared ? share : count };
  });
}

function printed(table, month) {
  const [year, number] = month.split("-");
  const line = [...table.tBodies[0].rows].find((row) => row.cells[0].textContent.trim() === year);
  return line ? line.cells[Number(number)].textContent.trim() : "";
}

let shared;
function specifications(address) {
  shared ??= fetch(address).then((answer) => answer.json());
  return shared;
}

async function specOf(place) {
  if (place.dataset.chart) return given(place.dataset.chart);
  const { address, tables } = given("portrait-drawing");
  const drawing = await specifications(address);
  if (place.dataset.portraitMap) {
    const answer = await fetch(place.dataset.portraitMap, { headers: { Accept: "application/json" } });
    const found = answer.ok ? await answer.json() : { features: [] };
    if (found.features.length) {
      if (found.schematic) note(place);
      return { ...drawing, spec: drawing.specs.places, values: found.features };
    }
  }
  const [kind, figures] = tables[place.dataset.portraitChart];
  return { ...drawing, spec: drawing.specs[kind], values: valuesOf(place, kind, figures) };
}

function note(place) {
  const line = document.createElement("p");
  line.className = "source";
  line.textContent = place.dataset.note;
  place.closest("article").append(line);
}

async function draw(place) {
  const wanted = await specOf(place);
  if (!wanted) return;
  const { render } = await load();
  await document.fonts.ready;
  if (wanted.spec) await render(place, { ...wanted.spec, data: { values: wanted.values }, config: wanted.config }, wanted);
  else await render(place, wanted, {});
  place.dataset.drawn = "";
}

const near = new IntersectionObserver(
  (seen) => seen.filter((entry) => entry.isIntersecting).forEach((entry) => {
    near.unobserve(entry.target);
    draw(entry.target).catch((trouble) => console.error(trouble));
  }),
  { rootMargin: NEAR },
);

function watch(root) {
  for (const place of root.querySelectorAll("[data-chart], [data-portrait-chart]")) {
    if ("drawn" in place.dataset) continue;
    near.observe(place);
  }
}

watch(document);
document.addEventListener("htmx:afterSwap", (event) => watch(event.target));
// On paper every chart is there.
window.addEventListener("beforeprint", () => document.querySelectorAll("[data-portrait-chart]:not([data-drawn])").forEach(draw));
