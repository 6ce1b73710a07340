// The device that each person is in this browser: its name, its keys, what the server said of it.
import { closeDatabase, supported, withDatabase, write } from "./database.js";
import { FieldError, NO_ANSWER, REFUSED } from "./errors.js";
import { uuid4 } from "./ids.js";
import { mark } from "./mark.js";
import { learn } from "./receipt.js";
import { deviceKeys } from "./sealing.js";
import { enrolment } from "./wire.js";

export { closeDatabase, supported };


export const of = (person) => withDatabase((db) => db.get("devices", person));

export const all = () => withDatabase((db) => db.getAll("devices"));

// Who can write here without network: those whose device the server knows.
export const people = async () =>
  (await all()).filter((device) => device.sealing).map(({ person, label }) => ({ person, label }));

const NEWS = 5 * 60 * 1000;

// Makes the device the first time, and asks the server to know it; asking again is how a device hears news, every five minutes
// unless `again`. Without an answer, a device that the server knew before serves as it is.
export async function enrol({ person, csrf = "", label = "", again = false }) {
  let device = await made(person, label);
  if (device.sealing && !again && Math.abs(Date.now() - device.heardAt) < NEWS) return device;
  let answer = await ask(device, csrf);
  if (answer.status === 409 && !(await wrote(device))) {
    device = await made(person, label, device.device);
    answer = await ask(device, csrf);
  }
  if (answer.status === 200 && answer.data?.sealing) {
    device = await learn(person, answer.data, { adopt: true });
    await mark();
    return device;
  }
  if (answer.status === 409) throw new FieldError(REFUSED);
  if (!device.sealing) throw new FieldError(NO_ANSWER);
  return device;
}

// Entries that this browser lost: `[{person, kind, count, at}]`. `evicted`: the storage was emptied while they waited;
// `behind`: it came back from an older copy; `missing`: the server waits for numbers that are nowhere here.
export const losses = () => withDatabase(async (db) => {
  const [devices, notes] = [await db.getAll("devices"), await db.getAll("notes", IDBKeyRange.bound("lost:", "lost:\uffff"))];
  return [...devices, ...notes].filter(({ lost }) => lost).map(({ person, lost }) => ({ person, ...lost }));
});

// The person read the alert.
export const lossSeen = (person) => write(["devices", "notes"], async (transaction, heard) => {
  const devices = transaction.objectStore("devices");
  const device = await devices.get(person);
  if (device) heard(devices.put({ ...device, lost: null }));
  heard(transaction.objectStore("notes").delete(`lost:${person}`));
});

const ask = ({ device, point, label }, csrf) => enrolment({ device, public_key: point, label }, csrf);

// `replaced`: the identifier to leave, which belongs to somebody else.
async function made(person, label, replaced = null) {
  const known = await of(person);
  if (known && known.device !== replaced) return label && label !== known.label ? renamed(known, label) : known;
  const { pair, point } = await deviceKeys();
  const device = {
    person, label, device: uuid4(), keys: pair, point, next: 1, epoch: "", sealing: null, heardAt: 0, lost: null,
  };
  return write("devices", async (transaction, heard) => {
    const now = await transaction.store.get(person);
    if (now && now.device !== replaced) return now; // another tab was quicker
    heard(transaction.store.put(device));
    return device;
  });
}

const renamed = ({ person }, label) => write("devices", async (transaction, heard) => {
  const device = { ...(await transaction.store.get(person)), label };
  heard(transaction.store.put(device));
  return device;
});

async function wrote({ device, next }) {
  const theirs = IDBKeyRange.bound([device], [device, []]);
  return next > 1 || (await withDatabase((db) => db.countFromIndex("operations", "queue", theirs))) > 0;
}
