// Who writes here: the person signed in on this page, or whoever opened the page without network with their PIN. Opening
// a page of the journal makes the device known to the server, and keeps the forms for a day without network.
import * as cache from "../field/cache.js";
import * as profile from "../field/profile.js";
import * as sync from "../field/sync.js";
import * as vault from "../field/vault.js";
import { rescueOldDrafts } from "./old_drafts.js";

const FRESH = 3600 * 1000;
const DAY = 24 * FRESH;
export const PROGRAMS = "programs";
export const formKey = (slug) => `form:${slug}`;
export const directoryKey = (slug) => `directory:${slug}`;

let opening = null;

function told() {
  const script = document.getElementById("field-data");
  return script ? JSON.parse(script.textContent) : null;
}

// `{person, open, ...}` of the person signed in on this page; null without one, or where nothing can be kept.
export function signedIn() {
  opening ||= open(told());
  return opening;
}

async function open(data) {
  if (!data) return null;
  const here = { ...data, open: false };
  if (!profile.supported()) return here;
  try {
    here.open = await vault.openWithSession(data.person, data.secret);
  } catch {
    // The page works without what the device keeps; saving says what is wrong when it matters.
  }
  await rescueOldDrafts(data.person, here.open);
  return here;
}

// The device is made known, what waits begins to leave, and the forms are kept. None of it stops the person.
export async function settleIn() {
  if (!profile.supported()) return;
  const here = await signedIn();
  if (here) await profile.enrol({ person: here.person, label: `${here.label} (${nameOfDevice()})`.slice(0, 120) }).catch(() => {});
  sync.start({ person: here?.person || document.body.dataset.person || "" });
  if (here?.open) await keepForms(here).catch(() => {});
}

// `anyway`: even those that were fetched within the hour.
export async function keepForms({ person, programs }, anyway = false) {
  await cache.put(person, PROGRAMS, programs.map(({ slug, name }) => ({ slug, name })));
  for (const { slug, form } of programs) {
    const kept = await cache.get(person, formKey(slug));
    if (!anyway && kept && Math.abs(Date.now() - kept.at) < FRESH) continue;
    const answer = await fetch(form, { credentials: "same-origin", cache: "no-store" });
    if (answer.ok && !answer.redirected) await cache.put(person, formKey(slug), { at: Date.now(), html: await answer.text() });
  }
  for (const { slug, directory } of programs) await keepDirectory(person, slug, directory, anyway);
}

// Names of services and what their slips say, once a day: the form works without them.
async function keepDirectory(person, slug, address, anyway) {
  const kept = await cache.get(person, directoryKey(slug));
  if (!address || (!anyway && kept && Math.abs(Date.now() - kept.at) < DAY)) return;
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (answer.ok && !answer.redirected) await cache.put(person, directoryKey(slug), { at: Date.now(), ...(await answer.json()) });
}

// « Android, Chrome »: enough for the coordination to know one device from another.
function nameOfDevice() {
  const agent = navigator.userAgent;
  const system = ["Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux"].find((name) => agent.includes(name)) || "";
  const browser = [["Edg/", "Edge"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]]
    .find(([mark]) => agent.includes(mark))?.[1] || "";
  return [system === "Macintosh" ? "Mac" : system, browser].filter(Boolean).join(", ");
}
