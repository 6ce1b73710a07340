// What this device keeps of the directory: names to refer to without network, and what a slip says of each.
import * as cache from "../field/cache.js";
import { directoryKey } from "../device/person.js";
import { fold, holds } from "./fold.js";

const SHOWN = 10;

async function services({ person, program }) {
  const kept = await cache.get(person, directoryKey(program.slug)).catch(() => null);
  return kept?.services || [];
}

export async function namesLike(typed, data) {
  const found = (await services(data)).filter(({ name }) => holds(fold(name), typed));
  return found.slice(0, SHOWN).map(({ name }) => name);
}

export async function linesOf(name, data) {
  const wanted = fold(name);
  return (await services(data)).find((one) => fold(one.name) === wanted)?.lines || [];
}
