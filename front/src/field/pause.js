// How long to leave the server in peace. Kept in the database: a page that is opened again does not start from nothing.
import { withDatabase, write } from "./database.js";

const LONGEST = 15 * 60 * 1000;
const NONE = { until: 0, step: 0, asked: false };

export const read = async () => {
  const kept = (await withDatabase((db) => db.get("notes", "pause"))) || NONE;
  // A clock that jumped, or a server that asked for a year, does not silence the device.
  return kept.until - Date.now() > LONGEST ? { ...kept, until: 0 } : kept;
};

// `asked` is what `Retry-After` says; else a random time up to 1 s, 2 s, 4 s… 15 min (full jitter).
export async function longer(asked) {
  const { step } = await read();
  const most = Math.min(LONGEST, 1000 * 2 ** Math.min(step, 20));
  const wait = asked === null ? Math.random() * most : Math.min(asked, LONGEST);
  return put({ until: Date.now() + wait, step: step + 1, asked: asked !== null });
}

// Nothing is written when there is nothing to end: it is said after each round.
export async function none() {
  const kept = await read();
  return kept.until || kept.step ? put(NONE) : NONE;
}

async function put(pause) {
  await write("notes", (transaction, heard) => { heard(transaction.store.put({ name: "pause", ...pause })); });
  return pause;
}
