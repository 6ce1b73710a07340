// Maps: each <div data-map> names its points and its limits; the style sheet of the map is build/map.css.
// Nothing comes from elsewhere: no tiles, no fonts. The tables of the page say the same as the map.
import { LngLatBounds, Map, Marker, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import { areaLayers, hatch, pointLayers } from "./map/layers.js";
import { symbols } from "./map/symbols.js";

async function read(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

function bounds(collections) {
  const box = new LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? box.extend(part) : part.forEach(walk));
  collections.forEach(({ features }) => features.forEach(({ geometry }) => walk(geometry.coordinates)));
  return box;
}

// A line of text in a popup, never HTML: names come from files.
function said(lines) {
  const box = document.createElement("div");
  lines.filter(Boolean).forEach((text, index) => {
    const line = document.createElement(index ? "div" : "strong");
    line.textContent = text;
    box.append(line);
  });
  return box;
}

// Names of areas; where two would overlap, the one that comes first stays.
function label(areas, map) {
  const texts = areas.filter(({ properties: { x, y } }) => x !== null && y !== null).map(({ properties: { x, y, name } }) => {
    const text = document.createElement("span");
    text.className = "map-label";
    text.textContent = name;
    new Marker({ element: text }).setLngLat([x, y]).addTo(map);
    return text;
  });
  const settle = () => {
    const kept = [];
    texts.forEach((text) => {
      const mine = text.getBoundingClientRect();
      const meets = kept.some((other) => mine.left < other.right && other.left < mine.right && mine.top < other.bottom && other.top < mine.bottom);
      text.classList.toggle("invisible", meets);
      if (!meets) kept.push(mine);
    });
  };
  map.on("idle", settle);
  settle();
}

// What is at a point where several things are, each with its page.
function choices({ name, services, more }, words) {
  const box = said([name]);
  const list = Object.assign(document.createElement("ul"), { className: "map-choices" });
  JSON.parse(services).forEach(({ name: text, url }) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("a"), { textContent: text, href: url }));
    list.append(line);
  });
  box.append(list);
  if (more) box.append(`${words.more} (${more})`);
  return box;
}

function talk(map, words) {
  const popup = new Popup({ closeButton: false, closeOnClick: false, offset: 12 });
  const hours = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  map.on("mousemove", (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers: ["points", "areas"].filter((id) => map.getLayer(id)) });
    map.getCanvas().style.cursor = found?.properties.url ? "pointer" : "";
    if (!found || found.properties.services) {
      map.getCanvas().style.cursor = found ? "pointer" : "";
      return popup.remove();
    }
    const { name, url, approximate, hours: given } = found.properties;
    const lines = url
      ? [name, approximate && words.approximate]
      : [name, given === undefined || given === null || given === "null" ? words.none : `${hours.format(given)} ${words.hours}`];
    return popup.setLngLat(event.lngLat).setDOMContent(said(lines)).addTo(map);
  });
  map.on("mouseout", () => popup.remove());
  const chosen = new Popup({ offset: 12, maxWidth: "20rem" });
  map.on("click", "points", ({ features: [found] }) => {
    const { services, url } = found.properties;
    if (!services) return window.location.assign(url);
    return chosen.setLngLat(found.geometry.coordinates).setDOMContent(choices(found.properties, words)).addTo(map);
  });
}

// The map of a search: its points are those of the results, and change with them.
const none = { type: "FeatureCollection", features: [] };
const followed = (selector) => document.querySelector(selector)?.dataset.points;

function follow(map, box, still) {
  let shown = followed(box.dataset.follows);
  document.addEventListener("htmx:afterSettle", async () => {
    const asked = followed(box.dataset.follows);
    if (asked === shown) return;
    shown = asked;
    const points = asked ? await read(asked).catch(() => none) : none;
    if (asked !== shown) return;
    map.getSource("sites").setData(points);
    if (points.features.length) map.fitBounds(bounds([points]), { padding: 48, maxZoom: 12, animate: !still });
  });
}

async function draw(box) {
  const { limits, worker, follows, ...words } = box.dataset;
  const points = follows ? followed(follows) : box.dataset.map;
  setWorkerUrl(new URL(worker, window.location.href).href);
  const [areas, sites] = await Promise.all([limits ? read(limits) : { features: [] }, points ? read(points) : { ...none }]);
  areas.type = sites.type = "FeatureCollection";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const box_ = bounds(follows && sites.features.length ? [sites] : [areas, sites]);
  const map = new Map({
    container: box,
    style: { version: 8, sources: {}, layers: [] },
    bounds: box_.isEmpty() ? [-80, 44.9, -57, 62.6] : box_,
    fitBoundsOptions: { padding: follows ? 48 : 24, maxZoom: follows ? 12 : 15, animate: false },
    attributionControl: false,
    fadeDuration: still ? 0 : 150,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
    maxZoom: 15,
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.touchZoomRotate.disableRotation();
  map.on("load", () => {
    symbols(map, box);
    hatch(map, box);
    map.addSource("areas", { type: "geojson", data: areas });
    map.addSource("sites", { type: "geojson", data: sites });
    [...areaLayers(box), ...pointLayers()].forEach((layer) => map.addLayer(layer));
    label(areas.features, map);
    talk(map, words);
    if (follows) follow(map, box, still);
    box.dataset.ready = "";
  });
}

document.querySelectorAll("[data-map]").forEach((box) => {
  draw(box).catch(() => {
    const note = document.createElement("p");
    note.className = "map-failed";
    note.textContent = box.dataset.failed;
    box.replaceChildren(note);
  });
});
