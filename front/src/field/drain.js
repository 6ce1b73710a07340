// Empties the outbox of one device, batch after batch, as far as the server takes it.
import { MOST, nextBatch, request, unsettled } from "./batches.js";
import { settle } from "./operations.js";
import { changed } from "./outbox.js";
import * as profile from "./profile.js";
import { learn } from "./receipt.js";
import * as vault from "./vault.js";
import { EPOCH, HALVE, LATER, READ, SIGN_IN, UNKNOWN, UPDATE, verdict } from "./verdict.js";
import { drop, push } from "./wire.js";

export const DONE = "done";
const LIVES = 3; // restores of the server followed in one go; more is somebody playing
const REFUSED_WHOLE = { 400: "unreadable", 413: "too_large" };

// Answers `{state, wait, signedOut}`: `done`, or what it stopped at. `hello`: when nothing waits, ask for news.
export async function drain(device, inSession, hello) {
  const round = { device, inSession, after: 0, limit: MOST, again: 0, lives: 0, enrolled: false, signedOut: false };
  for (let first = true; ; first = false) {
    const waiting = await nextBatch(round.device.device, round.after, round.limit);
    round.greeting = first && hello && !waiting.length;
    if (!waiting.length && !round.greeting) return end(round, round.again ? LATER : DONE);
    const batch = round.greeting ? await unsettled(round.device.device) : waiting;
    const answer = await (round.inSession ? push : drop)(await request(round.device, batch));
    const stop = await act(round, batch, answer);
    if (stop) return end(round, stop, answer.wait);
  }
}

const end = ({ signedOut }, state, wait = null) => ({ state, wait, signedOut });

// What to stop at, or null to go on.
async function act(round, batch, answer) {
  const what = verdict(answer, round.device.epoch);
  if (what === READ) return read(round, batch, answer.data);
  if (what === HALVE) return halve(round, batch, answer.status);
  if (what === EPOCH) return restart(round, answer.data);
  if (what === UNKNOWN) return introduce(round);
  if (what === SIGN_IN) return byMailbox(round);
  return what; // UPDATE or LATER
}

// Only a result for that very operation, in this very batch, acknowledges it.
async function read(round, batch, data) {
  const sent = new Map(batch.map((operation) => [operation.op, operation]));
  const results = data.results.filter((result) => sent.has(result?.op));
  const hidden = await Promise.all(results.map((result) => hide(round.device.person, result)));
  const again = await settle(hidden);
  if (!round.greeting) round.again += again + batch.length - new Set(results.map(({ op }) => op)).size;
  round.device = (await learn(round.device.person, data)) || round.device;
  advance(round, batch);
  round.limit = Math.min(MOST, round.limit * 2);
  changed();
  return results.some(({ status }) => status === "upgrade") ? UPDATE : null;
}

// What a rule says of an entry may quote it: it is kept only where the vault hides it. The server has it in any case.
async function hide(person, { op, status, revision, sentence = "", problems = [] }) {
  const told = sentence || problems.length;
  const result = { op, status, revision: Number(revision) || 0 };
  return told && vault.isOpen(person) ? { ...result, told: await vault.hide(person, { sentence, problems }) } : result;
}

async function halve(round, batch, status) {
  if (round.greeting) return null;
  if (batch.length > 1) {
    round.limit = Math.floor(batch.length / 2);
    return null;
  }
  await settle([{ op: batch[0].op, status: REFUSED_WHOLE[status] }]);
  advance(round, batch);
  changed();
  return null;
}

async function restart(round, data) {
  round.lives += 1;
  if (round.lives > LIVES) return LATER;
  round.device = (await learn(round.device.person, data, { adopt: true })) || round.device;
  round.after = 0;
  changed();
  return null;
}

// The server forgot this device (it was restored), or never heard of it.
async function introduce(round) {
  if (!round.inSession) return SIGN_IN;
  if (round.enrolled) return byMailbox(round);
  round.enrolled = true;
  try {
    round.device = await profile.enrol({ person: round.device.person, again: true });
    round.after = 0;
    return null;
  } catch {
    return byMailbox(round); // the session is of somebody else, or the device belongs to somebody else
  }
}

function byMailbox(round) {
  if (!round.inSession) return SIGN_IN;
  round.inSession = false;
  round.signedOut = true;
  return null;
}

function advance(round, batch) {
  if (!round.greeting) round.after = batch[batch.length - 1].seq;
}
