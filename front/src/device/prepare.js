// « Préparer cet appareil »: a PIN, a promise of the browser, a place on the home screen.
import { supported } from "../field/database.js";
import * as outbox from "../field/outbox.js";
import * as vault from "../field/vault.js";
import { keepForms, signedIn } from "./person.js";

const SHORTEST = 6;
let invitation = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  invitation = event;
  const button = document.getElementById("prepare-install");
  if (button) button.hidden = false;
});

// On the form: one line for who did not prepare this device yet.
export async function hintToPrepare() {
  const line = document.getElementById("prepare-hint");
  const here = line && supported() ? await signedIn() : null;
  if (here?.programs.length) line.hidden = await vault.hasPin(here.person).catch(() => true);
}

export async function prepare() {
  const box = document.getElementById("field-prepare");
  if (!box || !supported()) return;
  const here = await signedIn();
  if (!here) return;
  box.hidden = false;
  const step = (name, done) => { box.querySelector(`[data-step=${name}] [data-done]`).hidden = !done; };
  const say = (text) => { document.getElementById("prepare-said").textContent = text; };
  const look = async () => {
    step("pin", await vault.hasPin(here.person).catch(() => false));
    step("persisted", await outbox.persisted());
    step("install", matchMedia("(display-mode: standalone)").matches || navigator.standalone === true);
  };
  document.getElementById("pin-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await setPin(event.target, here, box.dataset)) say(box.dataset.pinSet);
    await look();
  });
  document.getElementById("prepare-persist").addEventListener("click", async () => {
    await navigator.storage?.persist?.().catch(() => false);
    say((await outbox.persisted()) ? box.dataset.kept : box.dataset.refused);
    await look();
  });
  document.getElementById("prepare-install").addEventListener("click", async () => {
    await invitation?.prompt();
    await look();
  });
  await look();
}

async function setPin(form, here, words) {
  const [pin, again] = [form.elements.pin.value.trim(), form.elements.again.value.trim()];
  if (!/^\d+$/.test(pin) || pin.length < SHORTEST) return refuse(form, words.pinShort);
  if (pin !== again) return refuse(form, words.pinDiffers);
  refuse(form, "");
  try {
    if (!vault.isOpen(here.person)) {
      // It was closed by another key of the server, and its PIN was forgotten: another vault begins, without its drafts.
      await vault.forget(here.person);
      here.open = await vault.openWithSession(here.person, here.secret);
    }
    await vault.setPin(here.person, pin);
    await keepForms(here).catch(() => {});
  } catch {
    return refuse(form, words.pinFailed);
  }
  form.reset();
  return true;
}

function refuse(form, sentence) {
  const line = document.getElementById("pin-problem");
  line.querySelector("span").textContent = sentence;
  line.hidden = !sentence;
  if (sentence) form.elements.pin.focus();
  return false;
}
