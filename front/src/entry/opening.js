// Who opens the journal here, and their PIN.
import * as profile from "../field/profile.js";
import * as vault from "../field/vault.js";
import { fill } from "../device/words.js";

// One of the explanations in place of the form; none for "".
export function sayInstead(name) {
  for (const box of document.querySelectorAll("[data-opening]")) box.hidden = box.dataset.opening !== name;
}

let asked = null;

// Gives the person whose vault was opened, or "" when nobody can open one here: the page says why, where it is `needed`.
export async function openingByPin(needed) {
  const people = await withPin().catch(() => null);
  if (!people?.length) {
    if (needed) sayInstead(people && profile.supported() ? "unprepared" : "unable");
    return "";
  }
  document.getElementById("opening").hidden = false;
  document.getElementById("opening-pin").focus();
  asked ||= ask(people).finally(() => { asked = null; });
  return asked;
}

// One question at a time, whichever screens were seen meanwhile.
function ask(people) {
  const form = document.getElementById("opening-form");
  const who = document.getElementById("opening-person");
  who.replaceChildren(...people.map(({ person, label }) => new Option(label, person)));
  document.getElementById("opening-who").hidden = people.length < 2;
  const pin = document.getElementById("opening-pin");
  performance.mark("maillage:asks");
  return new Promise((resolve) => {
    let busy = false;
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (busy || !pin.value) return pin.focus();
      busy = true;
      const { opened, left } = await vault.openWithPin(who.value, pin.value).catch(() => ({ opened: false, left: -1 }));
      busy = false;
      pin.value = "";
      if (opened || !left) document.getElementById("opening").hidden = true;
      if (opened) return resolve(who.value);
      if (!left) return resolve(destroyed());
      return refuse(left);
    };
  });
}

async function withPin() {
  const people = await profile.people();
  const able = await Promise.all(people.map(({ person }) => vault.hasPin(person)));
  return people.filter((_, place) => able[place]);
}

function destroyed() {
  sayInstead("destroyed");
  return "";
}

function refuse(left) {
  const words = document.getElementById("opening").dataset;
  const line = document.getElementById("opening-problem");
  const pin = document.getElementById("opening-pin");
  line.querySelector("span").textContent = left < 0 ? words.closed : left === 1 ? words.one : fill(words.many, { n: left });
  line.hidden = false;
  pin.setAttribute("aria-invalid", "true");
  pin.focus();
}
