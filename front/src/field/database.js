// The database of the device: opened once, opened again when the browser closed it, and shared with other tabs.
import { openDB } from "idb";
import { BLOCKED, FieldError, STORAGE_FULL, UNSUPPORTED } from "./errors.js";
import { NAME, VERSION, upgrade } from "./schema.js";

const ATTEMPTS = 4;
const PATIENCE = 8000;
// A browser under pressure closes connections, and says it in several ways: nothing was written, and another connection
// will do. (iOS: "Connection to Indexed Database server lost", UnknownError.)
const LOST = new Set(["InvalidStateError", "AbortError", "UnknownError", "TransactionInactiveError"]);

let opening = null;

export const supported = () => Boolean(globalThis.isSecureContext && globalThis.indexedDB && crypto.subtle && navigator.locks);

// `fn(db)` runs whole transactions and says the same thing when it is run twice: it may be run again after a failure.
export async function withDatabase(fn) {
  if (!supported()) throw new FieldError(UNSUPPORTED);
  for (let attempt = 1; ; attempt += 1) {
    const connection = open();
    try {
      return await fn(await patiently(connection));
    } catch (error) {
      if (error?.name === "QuotaExceededError") throw new FieldError(STORAGE_FULL, error);
      if (!LOST.has(error?.name) || attempt === ATTEMPTS) throw error;
      await letGo(connection);
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * attempt));
    }
  }
}

// One transaction, on the disk before it is announced: resolves with what `fn(transaction, heard)` answers, once all of it
// is written. `heard(request)` is for requests that `fn` does not wait for. When it fails nothing of it is written.
export function write(stores, fn) {
  return withDatabase(async (db) => {
    const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
    const failures = [];
    const heard = (promise) => {
      promise.catch((error) => failures.push(error));
      return promise;
    };
    const done = heard(transaction.done);
    try {
      const answer = await fn(transaction, heard);
      await done;
      return answer;
    } catch (error) {
      undo(transaction);
      await done.catch(() => {});
      // The refusal of one request ends the others: the one that says why is wanted.
      throw failures.find((failure) => failure?.name === "QuotaExceededError") || error;
    }
  });
}

function undo(transaction) {
  try {
    transaction.abort();
  } catch {
    // It ended by itself.
  }
}

export async function closeDatabase() {
  if (opening) await letGo(opening);
}

function open() {
  if (opening) return opening;
  const ours = openVersion(VERSION).catch((error) => {
    // A newer application, in another tab, upgraded the database. Upgrades only add: what this page knows is still there.
    if (error?.name === "VersionError") return openVersion(undefined);
    throw error;
  });
  ours.catch(() => { if (opening === ours) opening = null; });
  opening = ours;
  return ours;
}

function openVersion(version) {
  return openDB(NAME, version, {
    upgrade,
    // Another tab waits to upgrade: it must not wait for us. The next use opens the database again.
    blocking: (_from, _to, event) => {
      event.target.close();
      opening = null;
    },
    terminated: () => { opening = null; },
  });
}

// A tab that keeps an old version open must not leave the person before a page that says nothing.
function patiently(connection) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new FieldError(BLOCKED)), PATIENCE);
  });
  return Promise.race([connection, late]).finally(() => clearTimeout(timer));
}

async function letGo(connection) {
  if (opening === connection) opening = null;
  try {
    (await connection).close();
  } catch {
    // It never opened: there is nothing to close.
  }
}
