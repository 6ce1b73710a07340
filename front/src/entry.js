// The entry form: what HTML alone does not do. The same rules and template serve without this script.
import { keepDraft, dropSavedDraft } from "./entry/draft.js";
import { hintIdentities } from "./entry/identities.js";
import { referralRows } from "./entry/referrals.js";
import { searchableSites } from "./entry/sites.js";
import { choices } from "./entry/choices.js";

const form = document.getElementById("entry-form");
if (form) {
  const data = JSON.parse(document.getElementById("entry-data").textContent);
  const words = document.getElementById("entry-words").dataset;
  const rows = referralRows(form, data);
  choices(form);
  searchableSites(form, words);
  hintIdentities(form, data.screening, words);
  keepDraft(form, data, words, rows);
  const told = document.querySelector("#problems, #conflict");
  if (told) told.focus();
  for (const link of document.querySelectorAll("#problems a[href^='#']")) {
    link.addEventListener("click", () => {
      const target = document.getElementById(link.hash.slice(1));
      for (let box = target?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
      target?.focus();
    });
  }
}
dropSavedDraft(document.getElementById("entry-saved"));
