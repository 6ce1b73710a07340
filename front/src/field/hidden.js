// Values that only an open vault reads, kept for seven days: what is being typed, and the forms for work without network.
import { withDatabase, write } from "./database.js";
import { hide, reveal } from "./vault.js";

const LIFE = 7 * 24 * 3600 * 1000;

export async function put(store, person, key, value) {
  const record = { person, key, at: Date.now(), hidden: await hide(person, value) };
  await write(store, (transaction, heard) => { heard(transaction.store.put(record)); });
}

// `null` when there is none, when it is too old, or when it was hidden by a vault that is gone.
export async function get(store, person, key) {
  const record = await withDatabase((db) => db.get(store, [person, key]));
  if (!record || outlived(record)) return null;
  return reveal(person, record.hidden);
}

export async function sweep(store) {
  await write(store, async (transaction, heard) => {
    for (const record of await transaction.store.getAll()) {
      if (outlived(record)) heard(transaction.store.delete([record.person, record.key]));
    }
  });
}

// A clock that was set back by years must not keep a draft for ever.
const outlived = ({ at }) => Math.abs(Date.now() - at) > LIFE;
