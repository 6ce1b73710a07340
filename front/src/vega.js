// Vega under a strict content security policy: expressions are interpreted, nothing is evaluated, no style is inserted.
import { compile } from "vega-lite";
import { View, formatLocale, logger, parse, timeFormatLocale } from "vega";
import { expressionInterpreter } from "vega-interpreter";

function widthOf(place) {
  return Math.max(200, Math.floor(place.clientWidth));
}

function family() {
  return getComputedStyle(document.body).fontFamily;
}

export async function render(place, spec, { numbers, times }) {
  if (numbers) formatLocale(numbers);
  if (times) timeFormatLocale(times);
  const whole = { width: widthOf(place), background: null, ...spec };
  whole.autosize = { type: "fit-x", contains: "padding" };
  whole.config = { ...spec.config, font: family(), aria: false };
  const view = new View(parse(compile(whole, { logger: logger(0) }).spec, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container: place,
    hover: false,
  });
  await view.runAsync();
  // The place itself is the image that assistive technologies name; its parts say nothing more.
  place.querySelector("svg").setAttribute("aria-hidden", "true");
  follow(place, view);
}

// The chart takes the width of its place, whatever becomes of the window.
function follow(place, view) {
  let last = widthOf(place);
  new ResizeObserver(() => {
    const width = widthOf(place);
    if (width === last || !place.isConnected) return;
    last = width;
    view.width(width).runAsync();
  }).observe(place);
}
