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

function talk(map, words) {
  const popup = new Popup({ closeButton: false, closeOnClick: false, offset: 12 });
  const hours = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  map.on("mousemove", (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers: ["points", "areas"].filter((id) => map.getLayer(id)) });
    map.getCanvas().style.cursor = found?.properties.url ? "pointer" : "";
    if (!found) return popup.remove();
    const { name, url, approximate, hours: given } = found.properties;
    const lines = url
      ? [name, approximate && words.approximate]
      : [name, given === undefined || given === null || given === "null" ? words.none : `${hours.format(given)} ${words.hours}`];
    return popup.setLngLat(event.lngLat).setDOMContent(said(lines)).addTo(map);
  });
  map.on("mouseout", () => popup.remove());
  map.on("click", "points", ({ features: [found] }) => window.location.assign(found.properties.url));
}

async function draw(box) {
  const { map: points, limits, worker, ...words } = box.dataset;
  setWorkerUrl(new URL(worker, window.location.href).href);
  const [areas, sites] = await Promise.all([limits ? read(limits) : { features: [] }, read(points)]);
  areas.type = sites.type = "FeatureCollection";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const box_ = bounds([areas, sites]);
  const map = new Map({
    container: box,
    style: { version: 8, sources: {}, layers: [] },
    bounds: box_.isEmpty() ? [-80, 44.9, -57, 62.6] : box_,
    fitBoundsOptions: { padding: 24, animate: false },
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
