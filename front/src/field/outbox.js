// What the person saved, until the server says that it has it. One function writes an operation: `keep`.
import { withDatabase, write } from "./database.js";
import { FieldError, NOT_ENROLLED } from "./errors.js";
import { uuid4 } from "./ids.js";
import { mark } from "./mark.js";
import { REJECTED, WAITING, inState, ofDevice } from "./operations.js";
import * as profile from "./profile.js";
import { sealed, boundTo, signature } from "./sealing.js";
import * as vault from "./vault.js";

const SCHEMA = 1;
const SHOWN = 200;
const announced = globalThis.BroadcastChannel ? new BroadcastChannel("maillage:field") : null;

// Resolves once the operation and its number are on the disk, in one transaction. Rejects, and then nothing is kept.
export async function keep({ person, program, kind, entry, base = 0, content, title = null, op = uuid4() }) {
  const device = await profile.of(person);
  if (!device?.sealing) throw new FieldError(NOT_ENROLLED);
  askToPersist();
  const draft = {
    op, person, device: device.device, entry, kind, base, program, schema: SCHEMA, made: localTime(new Date()),
    seal: device.sealing.key, state: WAITING, result: "", savedAt: Date.now(),
    clock: { origin: performance.timeOrigin, at: performance.now() },
    title: title !== null && vault.isOpen(person) ? await vault.hide(person, title) : null,
  };
  draft.body = await sealed(content, boundTo(draft), device.sealing.public);
  let seq = device.next;
  for (;;) {
    const operation = { ...draft, seq };
    operation.signature = await signature(operation, device.keys);
    const { written, next } = await add(operation);
    if (written) {
      changed();
      return { op, seq: written };
    }
    seq = next; // another tab took this number: the signature is made again
  }
}

// The number under which it is written, or the next one to sign for. An operation is written once, however often asked.
const add = (operation) => write(["operations", "devices"], async (transaction, heard) => {
  const [operations, devices] = [transaction.objectStore("operations"), transaction.objectStore("devices")];
  const before = await operations.get(operation.op);
  if (before) return { written: before.seq };
  const device = await devices.get(operation.person);
  if (device?.device !== operation.device) throw new FieldError(NOT_ENROLLED);
  if (device.next !== operation.seq) return { next: device.next };
  heard(operations.add(operation));
  heard(devices.put({ ...device, next: operation.seq + 1 }));
  return { written: operation.seq };
});

// The newest, what waits and what was refused, the newest first. `title` and `sentence` need an open vault.
export async function list(person, limit = SHOWN) {
  const found = await withDatabase(async (db) => {
    const device = (await db.get("devices", person))?.device;
    const store = db.transaction("operations").store;
    const waiting = device ? await store.index("queue").getAll(ofDevice(device, WAITING), limit) : [];
    const rejected = device ? await store.index("queue").getAll(ofDevice(device, REJECTED), limit) : [];
    const newest = [];
    let cursor = await store.index("shown").openCursor(IDBKeyRange.bound([person], [person, []]), "prev");
    for (; cursor && newest.length < limit; cursor = await cursor.continue()) newest.push(cursor.value);
    return [...waiting, ...rejected, ...newest];
  });
  const once = [...new Map(found.map((operation) => [operation.op, operation])).values()];
  once.sort((one, other) => other.savedAt - one.savedAt || other.seq - one.seq);
  return Promise.all(once.map((operation) => line(person, operation)));
}

async function line(person, operation) {
  const { op, seq, entry, kind, state, result, savedAt, revision = 0, program } = operation;
  const read = (record) => (record && vault.isOpen(person) ? vault.reveal(person, record).catch(() => null) : null);
  const [title, told] = await Promise.all([read(operation.title), read(operation.told)]);
  const { sentence = "", problems = [] } = told || {};
  return { op, seq, entry, kind, state, result, savedAt, revision, program, title, sentence, problems };
}

// For everybody of this browser: numbers only.
export async function summary() {
  const counted = await withDatabase(async (db) => {
    const ages = db.transaction("operations").store.index("ages");
    const [waiting, rejected, conflict, oldest] = await Promise.all([
      ages.count(inState(WAITING)), ages.count(inState(REJECTED)), ages.count(inState("conflict")),
      ages.openKeyCursor(inState(WAITING)),
    ]);
    return { waiting, toSettle: rejected + conflict, oldest: oldest?.key[1] };
  });
  const { waiting, toSettle, oldest } = counted;
  const oldestMinutes = waiting ? Math.max(0, Math.floor((Date.now() - oldest) / 60_000)) : 0;
  return { waiting, oldestMinutes, toSettle, lost: await profile.losses(), persisted: await persisted() };
}

// Other tabs, and what watches in this one, look again.
export function changed() {
  announced?.postMessage("changed");
  dispatchEvent(new Event("maillage:field"));
  mark().catch(() => {});
}

export function watch(listener) {
  announced?.addEventListener("message", listener);
  addEventListener("maillage:field", listener);
}

export async function persisted() {
  try {
    return await navigator.storage.persisted();
  } catch {
    return null;
  }
}

// The browser answers by itself or asks the person; the save does not wait for it.
function askToPersist() {
  navigator.storage?.persist?.().catch(() => {});
}

// ISO 8601 with the offset of this device.
export function localTime(date) {
  const offset = -date.getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}
