// The operations of this browser: the states they go through, and the only function that removes one.
import { withDatabase, write } from "./database.js";

const DAY = 24 * 3600 * 1000;
export const KEEP = 30 * DAY;
export const WAITING = "waiting";
// What the server has: it may be dropped once it was kept long enough for the day when a server is restored.
export const ACKNOWLEDGED = ["received", "conflict", "held"];
// What a rule refuses: shown, exported, and dropped by nobody.
export const REJECTED = "rejected";
// A person is to decide on these, on the server's pages: their word changes what a device is told of them.
export const UNSETTLED = ["conflict", "held", REJECTED];
export const STATES = [WAITING, ...ACKNOWLEDGED, REJECTED];
const NEVER_AGAIN = DAY; // an operation said missing goes back to the outbox once a day at most

// What each answer of the server makes of an operation; any other word leaves it as it is, to be sent again.
const AFTER = {
  applied: "received", duplicate: "received", conflict: "conflict", held: "held", rejected: REJECTED, op_reuse: REJECTED,
  unreadable: REJECTED, too_large: REJECTED,
};

export const ofDevice = (device, state, from = 0, to = Number.MAX_SAFE_INTEGER) =>
  IDBKeyRange.bound([device, state, from], [device, state, to]);

export const inState = (state) => IDBKeyRange.bound([state], [state, []]);

// Writes what the server said of each: `[{op, status, revision, told}]`. Answers how many are to be sent again.
export const settle = (results) => write("operations", async (transaction, heard) => {
  let again = 0;
  for (const { op, status, revision = 0, told = null } of results) {
    const operation = await transaction.store.get(op);
    if (!operation) continue;
    const state = Object.hasOwn(AFTER, status) ? AFTER[status] : WAITING;
    if (state === WAITING) again += 1;
    if (state === WAITING && operation.state !== WAITING) continue; // what was acknowledged stays so
    heard(transaction.store.put({ ...operation, state, result: status, revision, told, settledAt: Date.now() }));
  }
  return again;
});

// The server began another life: what it acknowledged in the last thirty days goes back to the outbox.
export async function putAllBack(transaction, heard, device) {
  const store = transaction.objectStore("operations");
  for (const state of [...ACKNOWLEDGED, REJECTED]) {
    for (const operation of await store.index("queue").getAll(ofDevice(device, state))) {
      if (Date.now() - operation.settledAt < KEEP) heard(store.put({ ...operation, state: WAITING, putBackAt: Date.now() }));
    }
  }
}

// Numbers that the server says it never received, `[first, last]`: what is acknowledged here goes back to the outbox.
// Answers how many are nowhere in this browser.
export async function putMissingBack(transaction, heard, device, [first, last]) {
  const store = transaction.objectStore("operations");
  let held = 0;
  for (const state of STATES) held += await store.index("queue").count(ofDevice(device, state, first, last));
  for (const state of ACKNOWLEDGED) {
    for (const operation of await store.index("queue").getAll(ofDevice(device, state, first, last))) {
      if (Date.now() - (operation.putBackAt || 0) < NEVER_AGAIN) continue;
      heard(store.put({ ...operation, state: WAITING, putBackAt: Date.now() }));
    }
  }
  return last - first + 1 - held;
}

// Saved so long ago that the acknowledgement may be as old: the others are not even looked at, or thousands of them would
// make the next save wait.
const oldIn = (state) => IDBKeyRange.bound([state], [state, Date.now() - KEEP]);

export async function purge() {
  const old = await withDatabase(async (db) => {
    const found = await Promise.all(ACKNOWLEDGED.map((state) => db.getAllKeysFromIndex("operations", "ages", oldIn(state))));
    return found.flat();
  });
  if (old.length) {
    await write("operations", async (transaction, heard) => {
      for (const op of old) await drop(transaction, heard, op);
    });
  }
}

// The only line of this application that removes an operation. It refuses one that the server did not acknowledge, or
// acknowledged less than thirty days ago, whoever asks.
async function drop(transaction, heard, op) {
  const operation = await transaction.objectStore("operations").get(op);
  if (!operation || !ACKNOWLEDGED.includes(operation.state)) return;
  if (!(Date.now() - operation.settledAt > KEEP)) return;
  heard(transaction.objectStore("operations").delete(op));
}
