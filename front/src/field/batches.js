// What goes to the server in one request: operations of one device, by their numbers.
import { withDatabase } from "./database.js";
import { UNSETTLED, WAITING, inState, ofDevice } from "./operations.js";
import { localTime, persisted } from "./outbox.js";

export const MOST = 50;
const BYTES = 262_144 - 1024; // what stands around the operations is in the last kilobyte
const WHOLE = new Set(["unreadable", "too_large"]);
const SENT = ["op", "seq", "entry", "kind", "base", "program", "schema", "made", "seal", "body", "signature"];

// The next ones above the number `after`: at most `limit`, and one at least, whatever its size.
export async function nextBatch(device, after, limit) {
  const found = await withDatabase((db) => db.getAllFromIndex("operations", "queue", ofDevice(device, WAITING, after + 1), limit));
  return fitting(found);
}

// What a person is to settle: sent again, each is answered by where it stands now. The server never had what came alone and
// was refused whole.
export async function unsettled(device) {
  const found = await withDatabase((db) => Promise.all(
    UNSETTLED.map((state) => db.getAllFromIndex("operations", "queue", ofDevice(device, state), MOST)),
  ));
  return fitting(found.flat().filter(({ result }) => !WHOLE.has(result)).slice(0, MOST));
}

function fitting(found) {
  let bytes = 0;
  const taken = [];
  for (const operation of found) {
    bytes += JSON.stringify(onTheWire(operation)).length + 1; // of characters that take one byte each
    if (taken.length && bytes > BYTES) break;
    taken.push(operation);
  }
  return taken;
}

export function onTheWire(operation) {
  const sent = Object.fromEntries(SENT.map((name) => [name, operation[name]]));
  return { ...sent, age: age(operation.clock) };
}

export async function request(device, batch) {
  return { device: device.device, epoch: device.epoch, report: await report(device.device, batch), ops: batch.map(onTheWire) };
}

// The monotonic clock counts within one page only.
function age(clock) {
  if (!clock || clock.origin !== performance.timeOrigin) return null;
  return Math.max(0, Math.round(performance.now() - clock.at));
}

// `waiting` and `oldest` leave out what goes with this very request.
async function report(device, batch) {
  const last = batch.length ? batch[batch.length - 1].seq : 0;
  const { waiting, next } = await withDatabase(async (db) => ({
    waiting: await db.countFromIndex("operations", "queue", ofDevice(device, WAITING)),
    next: await db.getFromIndex("operations", "queue", ofDevice(device, WAITING, last + 1)),
  }));
  const minutes = next ? Math.max(0, Math.floor((Date.now() - next.savedAt) / 60_000)) : 0;
  const left = Math.max(0, waiting - batch.length);
  return { clock: localTime(new Date()), waiting: left, oldest: left ? minutes : 0, persisted: await persisted(), app: "" };
}

export const anythingWaits = () => withDatabase(async (db) => (await db.countFromIndex("operations", "ages", inState(WAITING))) > 0);

export const anythingToSettle = async (device) => (await unsettled(device)).length > 0;
