// A form put in place: the page's own, the server's answer, or the one that the device kept. Each begins from its own data
// and ends with what it listened to.
import { choices } from "./choices.js";
import { setDays } from "./days.js";
import { keepDraft } from "./draft.js";
import { partOf } from "./fresh.js";
import { hintIdentities } from "./identities.js";
import { leadToFields } from "./problems.js";
import { referralRows } from "./referrals.js";
import { savedByScript } from "./saving.js";
import { searchableSites } from "./sites.js";

const NEXT = "[name=site], [name=date]";
let ending = new AbortController();

// `again()` gives a fresh form when this one was not; `ready` is settled once the person's vault is open, or cannot be.
export function setUp(part, { ready, again }) {
  ending.abort();
  ending = new AbortController();
  const { signal } = ending;
  const asItCame = part.outerHTML;
  const form = part.querySelector("#entry-form");
  const data = JSON.parse(part.querySelector("#entry-data").textContent);
  const words = part.querySelector("#entry-words").dataset;
  const rows = referralRows(form, data);
  for (const box of part.querySelectorAll("[data-counter]")) box.classList.add("is-live");
  setDays(form, data);
  choices(form);
  searchableSites(form, words);
  const identities = hintIdentities(form, data.screening, words);
  const draft = keepDraft({ form, data, words, rows, signal });
  leadToFields(part);
  const show = (other) => {
    const place = document.adoptNode(other);
    part.replaceWith(place);
    setUp(place, { ready, again });
  };
  savedByScript({ part, form, data, words, draft, identities, signal, show });
  const anew = async () => {
    await draft.drop();
    const other = form.elements.revision ? null : data.fresh ? partOf(asItCame) : await again(data);
    if (!other) return location.replace(form.elements.revision ? location.pathname : `${form.getAttribute("action")}?programme=${data.program.slug}`);
    show(other);
    scrollTo(0, 0);
    document.getElementById("entry-form").querySelector(NEXT).focus({ preventScroll: true });
  };
  part.querySelector("[data-kept-again]")?.addEventListener("click", anew);
  part.querySelector("#draft-drop").addEventListener("click", anew);
  part.querySelector("#problems, #conflict")?.focus();
  return ready.then(async () => {
    const kept = data.fresh && !signal.aborted ? await draft.read() : null;
    if (kept && !signal.aborted) draft.restore(kept);
  });
}
