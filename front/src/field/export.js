// What waits, in a file that anybody of the team may bring to the journal from elsewhere: sealed, it can be read by nobody on
// the way. Nothing is acknowledged by it.
import { onTheWire } from "./batches.js";
import { withDatabase } from "./database.js";
import { REJECTED, WAITING, ofDevice } from "./operations.js";

export async function exportFile() {
  const batches = await withDatabase(async (db) => {
    const found = [];
    for (const { device } of await db.getAll("devices")) {
      const [waiting, rejected] = await Promise.all(
        [WAITING, REJECTED].map((state) => db.getAllFromIndex("operations", "queue", ofDevice(device, state))),
      );
      const ops = [...waiting, ...rejected].sort((one, other) => one.seq - other.seq).map(onTheWire);
      if (ops.length) found.push({ device, ops });
    }
    return found;
  });
  const file = { format: "maillage-sealed-1", made: new Date().toISOString(), batches };
  return new Blob([JSON.stringify(file)], { type: "application/json" });
}

export const exportName = () => `maillage-${new Date().toISOString().slice(0, 10)}.scelle.json`;
