// Marks of sites: a shape and a colour for each tenure, full when served, ringed when chosen. Shapes alone tell them apart.
const SHAPES = { omh: ["circle", "--cat-1"], obnl: ["square", "--cat-2"], coop: ["triangle", "--cat-3"], other: ["diamond", "--cat-4"] };
const SIDE = 26;
const RATIO = 2;

function outline(pen, shape, middle, radius) {
  pen.beginPath();
  if (shape === "circle") pen.arc(middle, middle, radius, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(middle - radius * 0.88, middle - radius * 0.88, radius * 1.76, radius * 1.76);
  else {
    const corners = shape === "triangle" ? [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]] : [[0, -1.2], [1.1, 0], [0, 1.2], [-1.1, 0]];
    corners.forEach(([x, y], index) => pen[index ? "lineTo" : "moveTo"](middle + x * radius, middle + y * radius));
    pen.closePath();
  }
}

export function paint(shape, colour, paper, ink, { served, targeted }) {
  const side = SIDE * RATIO;
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = canvas.getContext("2d");
  const middle = side / 2;
  const radius = 6 * RATIO;
  if (targeted) {
    pen.beginPath();
    pen.arc(middle, middle, 11 * RATIO, 0, 2 * Math.PI);
    pen.lineWidth = 2 * RATIO;
    pen.strokeStyle = ink;
    pen.stroke();
  }
  outline(pen, shape, middle, radius);
  pen.fillStyle = served ? colour : paper;
  pen.fill();
  pen.lineWidth = (served ? 1.25 : 2.5) * RATIO;
  pen.strokeStyle = served ? paper : colour;
  pen.stroke();
  return pen.getImageData(0, 0, side, side);
}

export function symbols(map, box) {
  const style = getComputedStyle(box);
  const value = (name) => style.getPropertyValue(name).trim();
  Object.entries(SHAPES).forEach(([tenure, [shape, name]]) => {
    [true, false].forEach((served) => [true, false].forEach((targeted) => {
      const image = paint(shape, value(name), value("--surface"), value("--ink"), { served, targeted });
      map.addImage(`${tenure}${served ? "-served" : "-unserved"}${targeted ? "-targeted" : ""}`, image, { pixelRatio: RATIO });
    }));
  });
}
