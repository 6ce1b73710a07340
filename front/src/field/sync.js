// When the outbox is emptied: at the start of a page, when the network or the person comes back, after a save, and every
// minute while something waits. One tab at a time.
import { anythingToSettle, anythingWaits } from "./batches.js";
import { sweepCache } from "./cache.js";
import { supported, withDatabase, write } from "./database.js";
import { DONE, drain } from "./drain.js";
import { sweepDrafts } from "./drafts.js";
import { mark } from "./mark.js";
import { purge } from "./operations.js";
import { summary, watch } from "./outbox.js";
import * as pause from "./pause.js";
import * as profile from "./profile.js";
import { LATER, SIGN_IN, UPDATE } from "./verdict.js";

const MINUTE = 60_000;
const NEWS = 5 * MINUTE; // between two greetings of a signed-in person's device
const DECISIONS = MINUTE / 3; // the same, while a person is to settle something
const OTHERS = 6 * 60 * MINUTE; // and of the other devices of a shared phone
const SOON = 5000;

let me = "";
let started = false;
let running = null;
let wanted = false;
let timer = 0;
let status = { phase: "idle", until: 0 };
const listeners = new Set();

// `person`: who is signed in, or whose vault is open; empty for nobody. What other people left here leaves too.
export async function start({ person = "" } = {}) {
  if (!supported()) return;
  me = person;
  if (!started) {
    started = true;
    addEventListener("online", () => now({ fresh: true }));
    addEventListener("offline", () => tell({ phase: "offline" }));
    addEventListener("focus", () => now({ fresh: true }));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now({ fresh: true }));
    watch(() => tell({}));
    housekeeping();
  }
  await now();
}

// `fresh`: the person asks, or the network came back; only a time that the server asked for is still respected.
export function now({ fresh = false } = {}) {
  if (running) {
    wanted = true;
    return running;
  }
  running = round(fresh).catch(() => arm(MINUTE)).finally(() => {
    running = null;
    if (!wanted) return;
    wanted = false;
    now();
  });
  return running;
}

// `listener({phase, until, waiting, oldestMinutes, toSettle, lost, persisted})`, at once and after each change. Phases: `idle`,
// `sending`, `offline`, `later`, `sign_in`, `update`, `elsewhere` (another tab does it). Answers how to stop.
export function subscribe(listener) {
  listeners.add(listener);
  tell({});
  return () => listeners.delete(listener);
}

async function round(fresh) {
  clearTimeout(timer);
  if (!navigator.onLine) {
    await tell({ phase: "offline" });
    return arm(SOON); // some browsers forget to say that the network is back
  }
  const rest = await pause.read();
  if (rest.until > Date.now() && (rest.asked || !fresh)) return arm(rest.until - Date.now());
  const took = await navigator.locks.request("maillage:sync", { ifAvailable: true }, async (lock) => {
    if (lock) await everyDevice();
    return Boolean(lock);
  });
  if (took) return rearm();
  await tell({ phase: "elsewhere" });
  return arm(SOON);
}

async function everyDevice() {
  const devices = (await profile.all()).filter((device) => device.sealing);
  devices.sort((one, other) => (other.person === me) - (one.person === me));
  if (await anythingWaits()) await tell({ phase: "sending" });
  const ends = [];
  for (const device of devices) {
    const mine = device.person === me;
    const often = mine ? ((await anythingToSettle(device.device)) ? DECISIONS : NEWS) : OTHERS;
    const ended = await drain(device, mine, Math.abs(Date.now() - device.heardAt) > often);
    ends.push({ ...ended, mine });
    if (ended.state === LATER) break; // the server is in trouble: the others wait too
  }
  const waits = ends.map(({ wait }) => wait).filter((wait) => wait !== null);
  const trouble = ends.some(({ state }) => state !== DONE);
  const rest = trouble ? await pause.longer(waits.length ? Math.max(...waits) : null) : await pause.none();
  await tell({ phase: phaseOf(ends), until: rest.until });
}

// The worst of it, for the person who looks at the page.
function phaseOf(ends) {
  for (const state of [UPDATE, LATER]) if (ends.some((ended) => ended.state === state)) return state;
  return ends.some(({ mine, signedOut, state }) => mine && (signedOut || state === SIGN_IN)) ? SIGN_IN : "idle";
}

async function rearm() {
  if (!(await anythingWaits())) return;
  const { until } = await pause.read();
  arm(Math.min(MINUTE, Math.max(1000, until - Date.now())));
}

function arm(delay) {
  clearTimeout(timer);
  timer = setTimeout(() => now(), delay);
}

// What outlived its time goes, once a day: telephones read and write slowly.
async function housekeeping() {
  await mark().catch(() => {});
  const swept = await withDatabase((db) => db.get("notes", "swept")).catch(() => null);
  if (swept && Math.abs(Date.now() - swept.at) < 24 * 60 * MINUTE) return;
  for (const room of [purge, sweepDrafts, sweepCache]) await room().catch(() => {});
  await write("notes", (transaction, heard) => { heard(transaction.store.put({ name: "swept", at: Date.now() })); }).catch(() => {});
}

async function tell(change) {
  status = { ...status, ...change };
  if (!listeners.size) return;
  try {
    const all = { ...status, ...(await summary()) };
    for (const listener of listeners) listener(all);
  } catch {
    // The storage does not answer: the page says so where the person saves.
  }
}
