// Saving by the script: the server first; when it does not answer, or no longer knows the session, the device keeps the entry
// and says so. « Enregistré » is said only of what is written somewhere. The form is in sight until then.
import { isFull } from "../field/errors.js";
import * as outbox from "../field/outbox.js";
import * as profile from "../field/profile.js";
import * as sync from "../field/sync.js";
import { longDay, problemsOf } from "./checks.js";
import { askAboutNote, clearProblems, showProblems, showTrouble } from "./problems.js";
import { showSlips } from "./slips.js";

const PATIENCE = 8000;
const NOT_SENT = new Set(["csrfmiddlewaretoken", "do", "uid", "programme", "revision"]);
const TROUBLES = { not_enrolled: "unprepared", unsupported: "unable", blocked: "closed" };

// `entry` is `{part, form, data, words, draft, identities, signal, show}`; `show(part)` puts another form in place.
export function savedByScript(entry) {
  let busy = false;
  entry.form.addEventListener("submit", async (event) => {
    const doing = event.submitter?.value || "save";
    if (!profile.supported() || !["save", "save-anyway"].includes(doing)) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const done = working(entry);
    try {
      await save(entry, doing);
    } finally {
      busy = false;
      done();
    }
  }, { signal: entry.signal });
}

async function save(entry, doing) {
  await entry.draft.save();
  const answer = await send(entry.form, doing);
  if (answer.saved) return leave(entry, answer.saved, doing);
  if (answer.part) return entry.show(answer.part);
  return keepHere(entry, doing, answer.signedOut);
}

// `{saved}`: where the server leads after it wrote; `{part}`: its form, with what it refuses; `{signedOut}`: its door;
// none of them: no answer to believe.
async function send(form, doing) {
  if (!navigator.onLine) return {};
  const body = new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "do"));
  body.set("do", doing);
  const token = cookie("csrftoken");
  if (token) body.set("csrfmiddlewaretoken", token);
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const response = await fetch(form.getAttribute("action"), {
      method: "POST", body, headers: { "X-Maillage-Form": "1" }, credentials: "same-origin", cache: "no-store", signal: giveUp.signal,
    });
    if (response.status === 201) return { saved: response.headers.get("Location") };
    if (response.redirected) return { signedOut: new URL(response.url).origin === location.origin };
    if (![400, 409].includes(response.status)) return {};
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { part: page.getElementById("entry-part") };
  } catch {
    return {};
  } finally {
    clearTimeout(timer);
  }
}

// A new entry that the server has is kept sealed for thirty days too: it comes back from here when a server is restored.
async function leave(entry, address, doing) {
  const enough = new Promise((resolve) => { setTimeout(resolve, 1500); });
  const kept = entry.form.elements.revision ? null : outbox.keep(operation(entry, doing)).catch(() => {});
  await Promise.race([Promise.all([kept, entry.draft.drop()]), enough]);
  location.assign(address);
}

async function keepHere(entry, doing, signedOut) {
  const problems = problemsOf(entry.form, entry.data);
  if (problems.length) return showProblems(entry.part, problems);
  const findings = entry.identities();
  if (findings.length && doing !== "save-anyway") return askAboutNote(entry.part, findings);
  try {
    await outbox.keep(operation(entry, doing));
  } catch (error) {
    return showTrouble(entry.part, isFull(error) ? "full" : TROUBLES[error?.code] || (error?.code ? "other" : "closed"));
  }
  await entry.draft.drop();
  await showSlips(entry).catch(() => {});
  kept(entry, signedOut ? "session" : "network");
  sync.now();
}

function operation({ form, data }, doing) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NOT_SENT.has(name) || typeof value !== "string") continue;
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  const base = form.elements.revision ? Number(form.elements.revision.value) : 0;
  return {
    person: data.person, program: data.program.slug, kind: base ? "update" : "create", entry: form.elements.uid.value.toLowerCase(),
    base, content: { fields, acknowledged: doing === "save-anyway" }, title: titleOf(form),
  };
}

// « 21 novembre 2026 · Les Érables · Individualisée »
function titleOf(form) {
  const label = (name) => form.querySelector(`[name=${name}]:checked`)?.closest("label").textContent.trim();
  const option = (name) => (form.elements[name]?.value ? form.elements[name].selectedOptions[0].text : "");
  const site = form.querySelector("[name=site]:checked");
  const place = option("site_other") || (site?.value === "aucun" ? option("mrc") : site && label("site"));
  const date = form.elements.date.value;
  return [date && longDay(date), place, label("nature")].filter(Boolean).join(" · ");
}

function kept({ part, form }, why) {
  clearProblems(part);
  form.hidden = true;
  part.querySelector("#draft-found").hidden = true;
  const panel = part.querySelector("#entry-kept");
  panel.querySelector("[data-kept-said]").textContent = titleOf(form);
  for (const line of panel.querySelectorAll("[data-kept-because]")) line.hidden = line.dataset.keptBecause !== why;
  panel.hidden = false;
  scrollTo(0, 0);
  panel.focus();
}

// The button says that it works; the form can be read meanwhile.
function working({ form, words }) {
  const button = form.querySelector(".savebar [type=submit]");
  const label = button.querySelector("span");
  const before = label.textContent;
  form.setAttribute("aria-busy", "true");
  const timer = setTimeout(() => { label.textContent = words.saving; }, 150);
  return () => {
    clearTimeout(timer);
    label.textContent = before;
    form.removeAttribute("aria-busy");
  };
}

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
