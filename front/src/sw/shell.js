// What is kept, and what is answered from it. Each version has a cache of its own.

const { version, shell, form, assets, hashed } = self.FIELD;
const PREFIX = "maillage-shell-";
const OURS = `${PREFIX}${version}`;
const WHOLE = "/sw-whole"; // in a cache: everything that its version needs is there
const BEFORE = "/sw-before"; // in our cache: the pages that were open when this version took over
const PATIENCE = 2500;
const PORTALS = [502, 503, 504]; // the server is away, and something in front of it says so

// Keeps what can be had, and answers whether that is everything. An entry that cannot be had does not stop the others, nor
// this version: it is asked again later, and until then an older copy serves.
export async function install() {
  const cache = await caches.open(OURS);
  const kept = await Promise.all([...assets.map((asset) => keepAsset(cache, asset)), keepShell(cache)]);
  const whole = kept.every(Boolean);
  if (whole) await cache.put(WHOLE, new Response("yes"));
  return whole;
}

export async function takeOver() {
  const cache = await caches.open(OURS);
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  await cache.put(BEFORE, new Response(JSON.stringify(pages.map(({ id }) => id))));
  await self.clients.claim();
  await settleOldCaches();
}

// Older copies go once ours is whole and no page from before is open. Copies are listed in the order in which they were
// made: one that comes after ours belongs to the version that is about to take over from this one.
export async function settleOldCaches() {
  try {
    const cache = await caches.open(OURS);
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    const older = names.slice(0, names.indexOf(OURS));
    const whole = (await cache.match(WHOLE)) || (await install());
    if (!older.length || !whole) return;
    const before = await cache.match(BEFORE).then((kept) => (kept ? kept.json() : null));
    if (!before) return; // not in charge yet: an older version still serves
    const open = await Promise.all(before.map((id) => self.clients.get(id)));
    if (!open.some(Boolean)) await Promise.all(older.map((name) => caches.delete(name)));
  } catch {
    // Storage that is full or refused: the next page tries again.
  }
}

// A promise of an answer, or nothing when the network is to be asked as usual.
export function answer(request, pathname) {
  if (request.mode === "navigate") return pathname === form ? soon(request) : orShell(request);
  return assets.includes(pathname) ? kept(request, pathname) : olderAsset(pathname, request);
}

// The form opens within seconds, or without the network.
async function soon(request) {
  const local = await fromCaches(shell);
  if (!local) return fetch(request);
  const late = new Promise((resolve) => { setTimeout(() => resolve(local), PATIENCE); });
  const asked = fetch(request).then((response) => (PORTALS.includes(response.status) ? local : response), () => local);
  return Promise.race([asked, late]);
}

async function orShell(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const local = await fromCaches(shell);
    if (local) return local;
    throw error;
  }
}

async function kept(request, asset) {
  const found = await fromCaches(asset);
  // While the product is being written its files bear no hash: the network is asked first.
  if (found) return hashed ? found : fetch(request).catch(() => found);
  const response = await fetch(request);
  if (good(response)) {
    const copy = response.clone();
    caches.open(OURS).then((cache) => cache.put(asset, copy)).catch(() => {});
  }
  return response;
}

// A page from before asks for files that a newer version has under other names, and that the server may have removed.
function olderAsset(pathname, request) {
  if (!assets.some((asset) => folder(asset) === folder(pathname))) return null;
  return fromCaches(pathname).then((found) => found || fetch(request));
}

const folder = (address) => address.slice(0, address.lastIndexOf("/") + 1);

async function fromCaches(address) {
  const ours = await caches.open(OURS);
  const found = await ours.match(address);
  if (found) return found;
  for (const name of (await caches.keys()).filter((key) => key.startsWith(PREFIX)).reverse()) {
    const older = await (await caches.open(name)).match(address);
    if (older) return older;
  }
  return undefined;
}

// The same name holds the same bytes: what an older version kept is taken from it.
async function keepAsset(cache, asset) {
  try {
    if (await cache.match(asset)) return true;
    const response = (hashed && (await fromCaches(asset))) || (await fetch(asset, { cache: hashed ? "default" : "reload" }));
    if (good(response)) await cache.put(asset, response);
    return good(response);
  } catch {
    return false;
  }
}

// Asked for without the cookie of the session: it is nobody's page.
async function keepShell(cache) {
  try {
    if (await cache.match(shell)) return true;
    const response = await fetch(shell, { credentials: "omit", cache: "reload" });
    if (good(response)) await cache.put(shell, response);
    return good(response);
  } catch {
    return false;
  }
}

// An answer of our own server, where it was asked: neither a page to sign in nor the portal of a hotel.
const good = (response) => response.ok && !response.redirected && response.type === "basic";
