// What is being typed, hidden by the vault of who types it.
import { withDatabase, write } from "./database.js";
import { get, put, sweep } from "./hidden.js";

export const keep = (person, key, value) => put("drafts", person, key, value);

export const read = (person, key) => get("drafts", person, key);

export const keys = (person) => withDatabase(async (db) => {
  const found = await db.getAllKeys("drafts", IDBKeyRange.bound([person], [person, []]));
  return found.map(([, key]) => key);
});

export const drop = (key) => write("drafts", async (transaction, heard) => {
  for (const found of await transaction.store.index("key").getAllKeys(key)) heard(transaction.store.delete(found));
});

export const sweepDrafts = () => sweep("drafts");
