// Signing out removes the person's drafts, forms and key from this device, never what waits: that is said first.
import { supported } from "../field/database.js";
import * as outbox from "../field/outbox.js";
import * as sync from "../field/sync.js";
import * as vault from "../field/vault.js";
import { download } from "./queue.js";
import { fill } from "./words.js";

export function signingOut() {
  const person = document.body.dataset.person;
  const way = document.querySelector("form[data-sign-out]")?.getAttribute("action");
  if (!person || !way || !supported()) return;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (new URL(form.getAttribute("action") || "", location.href).pathname !== way || form.dataset.leaving) return;
    event.preventDefault();
    const waiting = await left(person);
    if (waiting) ask(form, person, waiting);
    else await leave(form, person);
  });
}

const left = (person) => outbox.list(person).then(
  (lines) => lines.filter(({ state }) => state === "waiting").length,
  () => 0,
);

async function leave(form, person) {
  form.dataset.leaving = "1";
  dispatchEvent(new Event("maillage:leaving")); // what is being typed is not kept any more
  await vault.forget(person).catch(() => {});
  form.submit();
}

function ask(form, person, waiting) {
  const dialog = document.getElementById("signing-out");
  const at = (name) => dialog.querySelector(`[data-signing-out-${name}]`);
  const said = at("said");
  const tell = (count) => {
    for (const line of dialog.querySelectorAll("[data-signing-out]")) {
      line.hidden = (count === 1 ? "one" : "many") !== line.dataset.signingOut;
      if (!line.hidden) line.textContent = fill(line.dataset.text ||= line.textContent, { n: count });
    }
  };
  tell(waiting);
  said.textContent = "";
  at("send").onclick = async () => {
    said.textContent = said.dataset.sending;
    await sync.now({ fresh: true });
    const still = await left(person);
    if (!still) return leave(form, person);
    tell(still);
    said.textContent = said.dataset.left;
  };
  at("export").onclick = async () => {
    await download();
    said.textContent = said.dataset.exported;
  };
  at("leave").onclick = () => leave(form, person);
  if (!dialog.open) dialog.showModal();
}
