// A guarded form that was sent while the session had ended comes back filled after the sign-in.
// What was typed stays in this tab only, until the form is taken or the person signs out.
import { toast } from "./exchanges.js";

const KEY = "kept-form";
const read = () => JSON.parse(sessionStorage.getItem(KEY) || "null");
const person = () => document.body.dataset.person || "";
const drop = () => sessionStorage.removeItem(KEY);
const secret = (input) => ["password", "file", "hidden"].includes(input.type) || !input.name;

function keep(form) {
  const values = [...form.elements]
    .filter((input) => !secret(input) && (!["checkbox", "radio"].includes(input.type) || input.checked))
    .map((input) => [input.name, input.value]);
  sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, person: person(), values, away: false }));
}

function fill(form, values) {
  for (const input of form.elements) {
    if (secret(input)) continue;
    const given = values.filter(([name]) => name === input.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(input.type)) input.checked = given.includes(input.value);
    else if (given.length) input.value = given[0];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

export function keptForms() {
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-guard]")) keep(event.target);
  });
  const kept = read();
  if (!kept) return;
  const form = document.querySelector("form[data-guard]");
  if (document.querySelector("[data-door]")) {
    sessionStorage.setItem(KEY, JSON.stringify({ ...kept, away: true }));
  } else if (kept.path === location.pathname && kept.person === person() && form && (kept.away || location.hash === "#repris")) {
    fill(form, kept.values);
    drop();
    toast(document.getElementById("toasts")?.dataset.kept || "");
  } else drop();
}
