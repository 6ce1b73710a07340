// The layers of a map, in the colours of the theme.
const colour = (box, name) => getComputedStyle(box).getPropertyValue(name).trim();

// Areas by depth of figure (0 the least), a pattern where there is none.
export function areaLayers(box) {
  const depths = [0, 1, 2, 3, 4].flatMap((depth) => [depth, colour(box, `--seq-${depth + 1}`)]);
  return [
    { id: "nodata", type: "fill", source: "areas", filter: ["==", ["get", "depth"], -1], paint: { "fill-pattern": "nodata" } },
    {
      id: "areas", type: "fill", source: "areas",
      paint: {
        "fill-color": ["match", ["get", "depth"], ...depths, colour(box, "--nodata")],
        "fill-opacity": ["case", ["==", ["get", "depth"], -1], 0, 1],
      },
    },
    { id: "lines", type: "line", source: "areas", paint: { "line-color": colour(box, "--edge"), "line-width": 1 } },
  ];
}

export function pointLayers() {
  return [
    {
      id: "points", type: "symbol", source: "sites",
      layout: {
        "icon-image": ["concat", ["get", "tenure"], ["case", ["get", "served"], "-served", "-unserved"], ["case", ["get", "targeted"], "-targeted", ""]],
        "icon-allow-overlap": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 5, 0.6, 9, 0.9, 12, 1.1],
        "symbol-sort-key": ["case", ["get", "targeted"], 2, ["get", "served"], 1, 0],
      },
    },
  ];
}

export function hatch(map, box) {
  const size = 8;
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour(box, "--nodata");
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = colour(box, "--hidden");
  pen.fillRect(3, 3, 2, 2);
  map.addImage("nodata", pen.getImageData(0, 0, size, size));
}
