// The page without network: it knows nothing until a PIN opens what the device keeps. Then it shows the form as the server
// wrote it, or the queue; what was written leaves by itself when the network comes back.
import * as cache from "../field/cache.js";
import * as sync from "../field/sync.js";
import * as vault from "../field/vault.js";
import { PROGRAMS } from "../device/person.js";
import { queue } from "../device/queue.js";
import { openingByPin, sayInstead } from "./opening.js";
import { setUp } from "./form.js";
import { freshForm } from "./fresh.js";

const LAST = "last-program";
let person = "";

export async function shell(box) {
  const links = [...document.querySelectorAll("[data-screen]")];
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.pushState(null, "", link.getAttribute("href"));
      show(screenOf(links));
    });
  }
  addEventListener("popstate", () => show(screenOf(links)));
  asChosen();
  backOnline();
  show(screenOf(links));
  // What opens the form goes first.
  setTimeout(() => {
    sync.start({ person }).catch(() => {});
    queue(() => person);
  }, 300);
}

function screenOf(links) {
  const here = links.find((link) => location.pathname === link.getAttribute("href"));
  for (const link of links) {
    if (link === here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  return here?.dataset.screen || "elsewhere";
}

async function show(name) {
  for (const title of document.querySelectorAll("[data-screen-title]")) title.hidden = title.dataset.screenTitle !== name;
  for (const other of ["queue", "elsewhere", "form"]) document.getElementById(`screen-${other}`).hidden = other !== name;
  document.getElementById("opening").hidden = true;
  sayInstead("");
  if (name === "elsewhere" || (name === "form" && document.getElementById("entry-part"))) return;
  document.getElementById("screen-form").hidden = true;
  await whoWrites(name === "form");
  if (!person || screenHidden("form")) return;
  document.getElementById("screen-form").hidden = false;
  await choosePrograms();
}

// The form needs a PIN; the queue shows that something waits without one, and whose it is with it.
async function whoWrites(needed) {
  if (person) return;
  person = await openingByPin(needed);
  if (!person) return;
  dispatchEvent(new Event("maillage:field")); // titles of the queue can be read now
  sync.start({ person }).catch(() => {});
}

const screenHidden = (name) => document.querySelector(`[data-screen-title=${name}]`).hidden;

async function choosePrograms() {
  const programs = (await cache.get(person, PROGRAMS).catch(() => null)) || [];
  const last = await cache.get(person, LAST).catch(() => null);
  const asked = new URLSearchParams(location.search).get("programme");
  const chosen = [asked, last, programs[0]?.slug].find((slug) => programs.some((program) => program.slug === slug));
  if (!chosen) return sayInstead("stale");
  const select = document.getElementById("offline-program");
  select.replaceChildren(...programs.map(({ slug, name }) => new Option(name, slug, false, slug === chosen)));
  document.getElementById("offline-programs").hidden = programs.length < 2;
  select.addEventListener("change", () => open(select.value, programs));
  return open(chosen, programs);
}

async function open(slug, programs) {
  const place = document.getElementById("offline-form");
  const part = await freshForm(person, slug);
  if (!part) {
    place.replaceChildren();
    return sayInstead("stale");
  }
  sayInstead("");
  document.getElementById("offline-program-name").textContent = programs.length < 2 ? programs[0].name : "";
  cache.put(person, LAST, slug).catch(() => {});
  place.replaceChildren(document.adoptNode(part));
  return setUp(place.firstElementChild, { ready: Promise.resolve(), again: () => freshForm(person, slug) });
}

// The page is the same for everybody: who chose a dark or a light screen gets it here too.
function asChosen() {
  const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
  if (theme) document.documentElement.dataset.bsTheme = theme;
}

function backOnline() {
  const said = document.getElementById("offline-said");
  const away = said.textContent;
  const tell = () => {
    said.textContent = navigator.onLine ? said.dataset.back : away;
    document.getElementById("offline-reload").hidden = !navigator.onLine;
  };
  // A server that was too slow may answer by now.
  document.getElementById("offline-reload").hidden = !navigator.onLine;
  addEventListener("online", tell);
  addEventListener("offline", tell);
}

// A page that is left alone closes what the PIN opened.
addEventListener("pagehide", () => vault.close());
