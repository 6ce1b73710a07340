// What an answer of the server teaches a device: the life of its database, the key to seal for, the numbers it holds.
import { write } from "./database.js";
import { putAllBack, putMissingBack } from "./operations.js";

const ABSURD = 1_000_000_000; // no browser wrote as many: such an answer says nothing

// `adopt`: the answer may say another epoch, and the device takes it. Else such an answer is not believed (null).
export const learn = (person, answer, { adopt = false } = {}) =>
  write(["devices", "operations"], async (transaction, heard) => {
    const known = await transaction.objectStore("devices").get(person);
    if (!known || typeof answer.epoch !== "string" || !answer.epoch) return null;
    const restored = known.epoch !== "" && known.epoch !== answer.epoch;
    if (restored && !adopt) return null;
    const device = { ...known, epoch: answer.epoch, heardAt: Date.now() };
    if (answer.sealing?.key && answer.sealing?.public) device.sealing = answer.sealing;
    if (restored) await putAllBack(transaction, heard, device.device);
    else await compare(transaction, heard, device, answer);
    heard(transaction.objectStore("devices").put(device));
    return device;
  });

// A browser may empty its storage, or come back from a copy: numbers that the server has and we do not, or that nobody
// has, say so. New operations are numbered above all of them.
async function compare(transaction, heard, device, { contiguous = 0, missing = [], highest = 0 }) {
  const runs = Array.isArray(missing) ? missing.filter(([first, last]) => first > 0 && first <= last) : [];
  const reached = Math.max(contiguous, highest, ...runs.map(([, last]) => last));
  if (!(reached - device.next < ABSURD)) return;
  let lost = 0;
  const holes = [];
  for (const run of runs) {
    const nowhere = await putMissingBack(transaction, heard, device.device, run);
    if (nowhere) holes.push(run.join("-"));
    lost += nowhere;
  }
  const behind = reached >= device.next;
  if (behind) device.next = reached + 1;
  const told = holes.join(" ");
  const news = lost && device.lostTold !== told; // the person is told of the same holes once
  device.lostTold = told;
  if (behind || news) device.lost = { kind: behind ? "behind" : "missing", count: lost, at: Date.now() };
}
