// A new form from the one that the device kept: another entry, dated today.
import * as cache from "../field/cache.js";
import { uuid7 } from "../field/ids.js";
import * as vault from "../field/vault.js";
import { formKey } from "../device/person.js";
import { beginToday } from "./days.js";

// null when none was kept, or when it is too old.
export async function freshForm(person, slug) {
  const kept = vault.isOpen(person) ? await cache.get(person, formKey(slug)).catch(() => null) : null;
  return kept ? partOf(kept.html) : null;
}

export function partOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const part = page.getElementById("entry-part");
  const form = part.querySelector("#entry-form");
  form.elements.uid.value = uuid7();
  beginToday(form, JSON.parse(part.querySelector("#entry-data").textContent));
  return part;
}
