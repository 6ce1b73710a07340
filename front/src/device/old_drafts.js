// Drafts once lay readable in `localStorage`. Those of the person go into their vault, once; the others go away.
import * as drafts from "../field/drafts.js";

const PREFIX = "maillage:draft:";

export async function rescueOldDrafts(person, open) {
  for (const key of keys()) {
    try {
      const value = JSON.parse(localStorage.getItem(key));
      const mine = key.startsWith(`${PREFIX}${person}:`);
      if (mine && !open) continue;
      if (mine && value && !(await drafts.read(person, key))) await drafts.keep(person, key, value);
      localStorage.removeItem(key);
    } catch {
      // It stays where it is until it can be moved.
    }
  }
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}
