// Builds the front end into maillage/core/static/build: scripts, style sheets, fonts and the sprite of icons.
// File names are simple: Django's manifest storage adds the hashes. Any trouble ends with a non-zero status.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, "node_modules");
const source = path.join(root, "front");
const output = path.join(root, "maillage", "core", "static", "build");
const fonts = path.join(modules, "@fontsource-variable", "atkinson-hyperlegible-next", "files");

async function scripts() {
  const names = (await readdir(path.join(source, "src"))).filter((name) => name.endsWith(".js"));
  const entries = Object.fromEntries(names.map((name) => [path.parse(name).name, path.join(source, "src", name)]));
  entries["map-worker"] = path.join(modules, "maplibre-gl", "dist", "maplibre-gl-worker.mjs");
  await esbuild.build({
    entryPoints: entries,
    outdir: output,
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2020",
    legalComments: "none",
    logLevel: "warning",
  });
  await esbuild.build({
    entryPoints: { map: path.join(modules, "maplibre-gl", "dist", "maplibre-gl.css") },
    outdir: output,
    minify: true,
    logLevel: "warning",
  });
}

// `@import "house:palette"` gives the colours of maillage/core/palette.json; `house:pages` every page's own partial.
async function house(name) {
  if (name === "palette") {
    const palette = JSON.parse(await readFile(path.join(root, "maillage", "core", "palette.json"), "utf8"));
    const flat = (colours) => Object.entries(colours).map(([key, value]) => `"${key}": ${value}`).join(", ");
    return Object.entries(palette).map(([mode, colours]) => `$palette-${mode}: (${flat(colours)});`).join("\n");
  }
  const pages = (await readdir(path.join(source, "scss", "pages"))).filter((file) => file.endsWith(".scss")).sort();
  return pages.map((file) => `@import "pages/${file.replace(/^_|\.scss$/g, "")}";`).join("\n");
}

async function styles() {
  const importer = {
    canonicalize: (url) => (["house:palette", "house:pages"].includes(url) ? new URL(url) : null),
    load: async (url) => ({ contents: await house(url.pathname), syntax: "scss" }),
  };
  const result = await sass.compileAsync(path.join(source, "scss", "app.scss"), {
    style: "compressed",
    loadPaths: [path.join(source, "scss"), modules],
    importers: [importer],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
    charset: false,
  });
  await writeFile(path.join(output, "app.css"), result.css);
}

async function typefaces() {
  await mkdir(path.join(output, "fonts"), { recursive: true });
  for (const part of ["latin", "latin-ext"]) {
    const name = `atkinson-hyperlegible-next-${part}-wght-normal.woff2`;
    await cp(path.join(fonts, name), path.join(output, "fonts", name));
  }
}

async function icons() {
  const names = (await readFile(path.join(source, "icons", "names.txt"), "utf8")).split(/\s+/).filter(Boolean);
  const own = new Set(await readdir(path.join(source, "icons")));
  const symbols = await Promise.all(names.sort().map(async (name) => {
    const folder = own.has(`${name}.svg`) ? path.join(source, "icons") : path.join(modules, "bootstrap-icons", "icons");
    const svg = await readFile(path.join(folder, `${name}.svg`), "utf8");
    const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 16 16">${inside}</symbol>`;
  }));
  await writeFile(path.join(output, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  await Promise.all([scripts(), styles(), typefaces(), icons()]);
}
