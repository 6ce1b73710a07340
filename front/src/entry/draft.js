// What is being typed survives a reload, a session that ended and a server in trouble. It stays in this device, under the
// name of the person and of the programme, seven days at most, and goes away once the entry is written.
import { sleepingParts } from "./choices.js";

const PREFIX = "maillage:draft:";
const LIFE = 7 * 24 * 3600 * 1000;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "do", "programme", "revision"]);

export function keepDraft(form, data, words, rows) {
  sweep(data.key);
  const kept = data.fresh ? read(data.key) : null;
  if (kept) restore(form, kept.fields, rows);
  let timer = 0;
  let leaving = false;
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (leaving) return;
    write(data.key, { at: Date.now(), uid: form.elements.uid.value, fields: fieldsOf(form) });
    document.getElementById("draft-state").textContent = words.kept;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 250);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("draft", soon);
  form.addEventListener("submit", save);
  document.addEventListener("submit", (event) => { leaving = event.target.matches("[data-sign-out]"); });
  window.addEventListener("pagehide", () => timer && save());
  document.getElementById("draft-drop")?.addEventListener("click", () => {
    leaving = true;
    forget(data.key);
    location.replace(location.pathname + location.search);
  });
}

// The confirmation page names the entry that was written: its draft has done its work.
export function dropSavedDraft(page) {
  if (!page) return;
  for (const key of draftKeys()) {
    if (read(key)?.uid === page.dataset.uid) forget(key);
  }
}

function fieldsOf(form) {
  return [...new FormData(form).entries()].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");
}

function restore(form, fields, rows) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
  for (const name of values.keys()) {
    const place = /^ref-(\d+)-destination$/.exec(name);
    if (place) rows.add(place[1]);
  }
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.has(field.name) || field.type === "submit") continue;
    const given = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
  sleepingParts(form);
  for (const [name, [value]] of values) {
    const field = form.elements[name];
    if (field && field.disabled === false && field.value === "" && field.tagName) field.value = value;
  }
  for (const box of form.querySelectorAll("details")) {
    if (box.querySelector("input:checked, [data-referral]")) box.open = true;
  }
  document.getElementById("draft-found").hidden = false;
}

// Drafts of other people and old ones are not kept in a phone that is passed from hand to hand.
function sweep(ours) {
  const person = ours.slice(PREFIX.length).split(":")[0];
  for (const key of draftKeys()) {
    const kept = read(key);
    if (key.slice(PREFIX.length).split(":")[0] !== person || !kept || Date.now() - kept.at > LIFE) forget(key);
  }
}

function draftKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or closed storage must not stop the person from writing: the form itself still holds everything.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept where nothing can be removed.
  }
}
