// « Sur cet appareil »: what was written here, each with its state in words, what is wrong, and what can be done.
import { exportFile, exportName } from "../field/export.js";
import * as outbox from "../field/outbox.js";
import { supported } from "../field/database.js";
import * as profile from "../field/profile.js";
import * as sync from "../field/sync.js";
import { ago, fill, moment } from "./words.js";

const FIRST = 30;
const OLD = 24 * 60;

// `who()` gives the person whose entries may be shown, "" for nobody.
export function queue(who) {
  const page = document.getElementById("field-queue");
  if (!page) return;
  const view = { page, who, words: page.dataset, shown: FIRST, drawing: null };
  const at = (id) => document.getElementById(id);
  if (!supported()) return alert(page, "unable", true);
  at("queue-send").addEventListener("click", () => sendNow(view));
  at("queue-export").addEventListener("click", () => save(view));
  at("queue-more").querySelector("button").addEventListener("click", () => {
    view.shown += 200;
    draw(view);
  });
  page.querySelector("[data-loss-seen]").addEventListener("click", async () => {
    await profile.lossSeen(who());
    await sync.now();
    tell(view, { ...view.last, lost: [] });
  });
  at("queue-list").addEventListener("click", (event) => {
    const button = event.target.closest("[data-take-back]");
    if (button) takeBack(view, button);
  });
  sync.subscribe((status) => {
    tell(view, status);
    draw(view);
  });
}

function tell(view, status) {
  const { page, words } = view;
  const { phase, waiting, oldestMinutes, persisted, lost } = status;
  view.last = status;
  const since = oldestMinutes < 1 ? words.moment : fill(words.since, { time: ago(oldestMinutes) });
  const sentence = !waiting ? words.none : waiting === 1 ? fill(words.one, { since }) : fill(words.many, { n: waiting, since });
  say(phase === "sending" && waiting ? `${sentence} ${words.sending}` : sentence);
  document.getElementById("queue-buttons").hidden = !waiting;
  view.signedOut ||= phase === "sign_in"; // until the page is opened again: nothing asks the server once all is sent
  alert(page, "session", view.signedOut);
  alert(page, "upgrade", phase === "update");
  alert(page, "old", waiting > 0 && oldestMinutes >= OLD);
  alert(page, "persisted", waiting > 0 && persisted === false);
  alert(page, "gap", lost.some(({ person }) => person === view.who()));
}

function say(sentence) {
  const line = document.getElementById("queue-state");
  if (line.textContent !== sentence) line.textContent = sentence;
}

// What was just asked for, beside what holds.
function answer(sentence) {
  document.getElementById("queue-said").textContent = sentence;
}

function alert(page, name, on) {
  const box = page.querySelector(`[data-alert=${name}]`);
  if (box.hidden === on) box.hidden = !on;
}

// One drawing at a time; what changes meanwhile is drawn after.
function draw(view) {
  if (view.drawing) {
    view.again = true;
    return;
  }
  view.drawing = redraw(view).catch(() => alert(view.page, "closed", true)).finally(() => {
    view.drawing = null;
    if (!view.again) return;
    view.again = false;
    draw(view);
  });
}

async function redraw(view) {
  const person = view.who();
  const lines = person ? await outbox.list(person, view.shown) : [];
  const { waiting } = await outbox.summary();
  const mine = lines.filter(({ state }) => state === "waiting").length;
  alert(view.page, "closed", false);
  alert(view.page, "held", lines.some(({ state }) => state === "held"));
  others(view, lines.length < view.shown ? waiting - mine : 0);
  const taken = new Set(lines.filter(({ kind }) => kind === "delete").map(({ entry }) => entry));
  const list = document.getElementById("queue-list");
  const focus = document.activeElement?.closest?.("[data-op]")?.dataset.op;
  list.replaceChildren(...lines.map((line) => row(view, line, taken)));
  list.hidden = !lines.length;
  list.querySelector(`[data-op="${focus}"] button:not([hidden])`)?.focus();
  document.getElementById("queue-more").hidden = lines.length < view.shown;
  document.getElementById("queue-empty").hidden = !person || lines.length > 0 || waiting > 0;
}

function others(view, count) {
  alert(view.page, "others", count > 0);
  const line = view.page.querySelector("[data-alert=others] p");
  const [one, many] = view.who() ? [line.dataset.one, line.dataset.many] : [line.dataset.lockedOne, line.dataset.lockedMany];
  line.textContent = count === 1 ? one : fill(many, { n: count });
}

function row(view, line, taken) {
  const { words } = view;
  const copy = document.getElementById("queue-row").content.firstElementChild.cloneNode(true);
  const find = (name) => copy.querySelector(`[data-${name}]`);
  const title = line.title || words.untold;
  const said = { update: words.update, delete: words.delete }[line.kind];
  copy.dataset.op = line.op;
  copy.dataset.is = line.state;
  find("title").textContent = said ? fill(said, { title }) : title;
  find("since").textContent = fill(words.written, { when: moment(line.savedAt) });
  find("state").append(stateOf(line.state));
  const why = line.state === "rejected" && words.settle ? words.why : "";
  const told = line.problems.length ? line.problems.map(([, sentence]) => sentence) : [line.sentence || why].filter(Boolean);
  find("problems").replaceChildren(...told.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  find("problems").hidden = !told.length;
  const settle = find("settle");
  settle.hidden = !["conflict", "rejected", "held"].includes(line.state) || !words.settle;
  if (!settle.hidden) settle.href = words.settle;
  const back = find("take-back");
  back.hidden = line.kind === "delete" || taken.has(line.entry) || !["waiting", "received"].includes(line.state);
  back.setAttribute("aria-label", `${back.textContent.trim()} : ${title}`);
  Object.assign(back.dataset, { entry: line.entry, program: line.program, base: line.state === "received" ? line.revision : line.kind === "create" ? 1 : 0 });
  back.dataset.title = line.title || "";
  return copy;
}

const stateOf = (state) =>
  document.getElementById("queue-states").content.querySelector(`[data-of=${state}]`).firstElementChild.cloneNode(true);

// Nothing is removed here: a deletion is asked, and leaves after the entry. The server keeps a trace for thirty days.
async function takeBack(view, button) {
  const { entry, program, base, title } = button.dataset;
  button.disabled = true;
  try {
    await outbox.keep({ person: view.who(), program, kind: "delete", entry, base: Number(base), content: { reason: "" }, title });
    answer(view.words.taken);
    sync.now();
  } catch {
    button.disabled = false;
    alert(view.page, "closed", true);
  }
}

async function sendNow(view) {
  await sync.now({ fresh: true });
  const { waiting } = await outbox.summary();
  answer(waiting ? view.words.unsent : "");
}

async function save(view) {
  await download();
  answer(view.words.exported);
}

export async function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await exportFile());
  link.download = exportName();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
