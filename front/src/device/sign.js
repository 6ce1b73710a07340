// In the frame of every page: how many entries wait on this device, amber after a day; nothing when none does.
import { supported } from "../field/database.js";
import * as sync from "../field/sync.js";
import { fill } from "./words.js";

const OLD = 24 * 60;

export function signOfQueue() {
  const sign = document.querySelector("[data-queue-sign]");
  if (!sign || !supported()) return;
  sync.subscribe(({ waiting, oldestMinutes }) => {
    const old = oldestMinutes >= OLD;
    const words = waiting === 1 ? sign.dataset.one : fill(sign.dataset.many, { n: waiting });
    sign.hidden = !waiting;
    sign.classList.toggle("is-old", old);
    sign.querySelector("[data-queue-count]").textContent = waiting;
    sign.setAttribute("aria-label", old ? `${words}, ${sign.dataset.old}` : words);
    sign.title = sign.getAttribute("aria-label");
  });
}
