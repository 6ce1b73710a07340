// A trace of the outbox outside the database: how far each device counted and how many of its entries wait. Browsers that
// reclaim storage empty the database and leave cookies: what is missing is then known at the next start, even without network.
// The trace names nobody's entries. In `localStorage` the same line tells every page that there is something to send.
import { withDatabase, write } from "./database.js";
import { WAITING, ofDevice } from "./operations.js";

const KEY = "maillage:field";
const COOKIE = "maillage-field";
const YEAR = 400 * 24 * 3600;

let noticed = null;

export async function mark() {
  await (noticed ||= notice()); // before the trace is written over
  const devices = await withDatabase(async (db) => {
    const found = [];
    for (const { person, device, next } of await db.getAll("devices")) {
      const waiting = await db.countFromIndex("operations", "queue", ofDevice(device, WAITING));
      found.push([encodeURIComponent(person), device.slice(0, 8), next - 1, waiting].join("."));
    }
    return found;
  });
  const line = devices.join("~");
  const safe = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${line}; Path=/; Max-Age=${YEAR}; SameSite=Strict${safe}`;
  try {
    localStorage.setItem(KEY, line);
  } catch {
    // Pages then start the exchange only for a signed-in person.
  }
}

// Compares the trace with the database, once a page, and keeps what is missing for the page to show.
async function notice() {
  for (const { person, device, last, waiting } of traces()) {
    const kept = await withDatabase((db) => db.get("devices", person));
    if (kept?.device.startsWith(device)) await countOn(person, last);
    else if (waiting) await tell(person, { kind: "evicted", count: waiting, at: Date.now() });
  }
}

function traces() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${COOKIE}=`));
  let line = cookie?.slice(COOKIE.length + 1) || "";
  try {
    line ||= localStorage.getItem(KEY) || "";
  } catch {
    // Nothing can be read where nothing can be kept.
  }
  return line.split("~").map((part) => part.split(".")).filter((part) => part.length === 4).map(
    ([person, device, last, waiting]) =>
      ({ person: decodeURIComponent(person), device, last: Number(last), waiting: Number(waiting) }),
  );
}

const countOn = (person, last) => write("devices", async (transaction, heard) => {
  const device = await transaction.store.get(person);
  if (!device || device.next > last) return;
  const lost = { kind: "behind", count: last - device.next + 1, at: Date.now() };
  heard(transaction.store.put({ ...device, next: last + 1, lost }));
});

// The device is gone with its key: the loss is kept under the person, for the device that comes.
const tell = (person, lost) => write("notes", (transaction, heard) => {
  heard(transaction.store.put({ name: `lost:${person}`, person, lost }));
});
