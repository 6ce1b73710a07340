// What is being typed survives a reload, a session that ended and a server in trouble. It stays in this device, hidden by
// the person's vault, seven days at most, and goes away once the entry is written. Where no vault can be opened (an
// address without https) it stays in the tab only.
import { supported } from "../field/database.js";
import * as drafts from "../field/drafts.js";
import * as vault from "../field/vault.js";
import { sleepingParts } from "./choices.js";

const NOT_KEPT = new Set(["csrfmiddlewaretoken", "do", "programme", "revision"]);
const LIFE = 7 * 24 * 3600 * 1000;

const inTab = {
  read: async (key) => JSON.parse(sessionStorage.getItem(key)),
  keep: async (key, value) => sessionStorage.setItem(key, JSON.stringify(value)),
  drop: async (key) => sessionStorage.removeItem(key),
};

function storeOf(person) {
  if (!vault.isOpen(person)) return inTab;
  return {
    read: (key) => drafts.read(person, key),
    keep: (key, value) => drafts.keep(person, key, value),
    drop: (key) => drafts.drop(key),
  };
}

// Gives `{save, drop}`; `signal` ends it when the form makes place for another.
export function keepDraft({ form, data, words, rows, signal }) {
  const touched = new Set();
  let timer = 0;
  let leaving = false;
  let chain = Promise.resolve();
  const store = () => storeOf(data.person);
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (leaving || signal.aborted) return chain;
    const value = { at: Date.now(), uid: form.elements.uid.value, fields: fieldsOf(form) };
    chain = chain.then(async () => {
      if (leaving) return;
      await store().keep(data.key, value);
      document.getElementById("draft-state").textContent = words.kept;
    }).catch(() => {
      // A full or closed storage must not stop the person from writing: the form itself still holds everything.
    });
    return chain;
  };
  const drop = async () => {
    leaving = true;
    clearTimeout(timer);
    await chain;
    await store().drop(data.key).catch(() => {});
  };
  const soon = (event) => {
    if (event.target.name) touched.add(event.target.name);
    clearTimeout(timer);
    timer = setTimeout(save, 250);
  };
  for (const name of ["input", "change", "draft"]) form.addEventListener(name, soon, { signal });
  const go = () => { leaving = true; };
  window.addEventListener("maillage:leaving", go, { signal });
  document.addEventListener("submit", (event) => !supported() && event.target.matches("[data-sign-out]") && go(), { signal });
  window.addEventListener("pagehide", () => timer && save(), { signal });
  document.addEventListener("visibilitychange", () => document.hidden && timer && save(), { signal });
  return { save, drop, touched, read: () => readYoung(store(), data.key), restore: (kept) => restore(form, kept, rows, touched) };
}

async function readYoung(store, key) {
  const kept = await store.read(key).catch(() => null);
  return kept && Math.abs(Date.now() - kept.at) < LIFE ? kept : null;
}

// The confirmation page names the entry that was written: its draft has done its work.
export async function dropSavedDraft({ person, key, uid }) {
  for (const store of new Set([storeOf(person), inTab])) {
    const kept = await store.read(key).catch(() => null);
    if (kept?.uid === uid) await store.drop(key).catch(() => {});
  }
}

export function fieldsOf(form) {
  return [...new FormData(form).entries()].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
}

// What the person touched before the draft came back stays as they put it.
function restore(form, { fields }, rows, touched) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
  for (const name of values.keys()) {
    const place = /^ref-(\d+)-destination$/.exec(name);
    if (place) rows.add(place[1]);
  }
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.has(field.name) || field.type === "submit" || touched.has(field.name)) continue;
    const given = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
  sleepingParts(form);
  for (const [name, [value]] of values) {
    const field = form.elements[name];
    if (field && field.disabled === false && field.value === "" && field.tagName && !touched.has(name)) field.value = value;
  }
  for (const box of form.querySelectorAll("details")) {
    if (box.querySelector("input:checked, [data-referral]")) box.open = true;
  }
  document.getElementById("draft-found").hidden = false;
}
