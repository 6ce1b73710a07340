// The stores of the device's database, and the steps from each version to the next.
//
// A step only adds: nothing that a device in the field holds is created anew, emptied or removed by an upgrade. A step
// that was released is never edited; what changes comes as another step.

export const NAME = "maillage";

// `operations`: what the person saved, sealed. `devices`: one for each person. `vaults`: the wrapped key of each person.
// `drafts` and `cache`: what a vault hides.
function first(db) {
  const operations = db.createObjectStore("operations", { keyPath: "op" });
  operations.createIndex("queue", ["device", "state", "seq"]);
  db.createObjectStore("devices", { keyPath: "person" });
  db.createObjectStore("vaults", { keyPath: "person" });
  db.createObjectStore("drafts", { keyPath: ["person", "key"] }).createIndex("key", "key");
  db.createObjectStore("cache", { keyPath: ["person", "key"] });
}

// By age (`waiting` for how long, acknowledged since when) and by person; `notes` holds small facts such as a pause.
function second(db, transaction) {
  const operations = transaction.objectStore("operations");
  operations.createIndex("ages", ["state", "savedAt"]);
  operations.createIndex("shown", ["person", "savedAt"]);
  db.createObjectStore("notes", { keyPath: "name" });
}

export const STEPS = [first, second];
export const VERSION = STEPS.length;

// The browser runs all of it in one transaction: an upgrade that is cut half-way leaves the version that stood before.
export function upgrade(db, from, to, transaction) {
  for (const step of STEPS.slice(from, to)) step(db, transaction);
}
