// One AES key for each person and browser. It hides drafts, forms and the titles of the queue. It lies in the database
// wrapped twice: by a secret that the server gives to the signed-in page and that is never kept here, and by the PIN. Once
// opened it lives in the memory of the page only, and no script can copy it.
import { withDatabase, write } from "./database.js";
import { FieldError, VAULT_CLOSED } from "./errors.js";
import { uuid4 } from "./ids.js";

const TRIES = 10;
const ROUNDS = 600_000;
const AES = { name: "AES-GCM", length: 256 };
const WRAPS = ["wrapKey", "unwrapKey"];
const USES = ["encrypt", "decrypt"];
const utf8 = new TextEncoder();
const opened = new Map(); // person -> {id, key, wrapping, how}

const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const read = (person) => withDatabase((db) => db.get("vaults", person));

export const isOpen = (person) => opened.has(person);

export const close = () => opened.clear();

// Opens the person's vault, or makes it the first time. `false` when the secret is another one than when the vault was
// made and a PIN can still open it: once it does, `openWithSession` wraps it anew.
export async function openWithSession(person, secret) {
  const kept = await read(person);
  const salt = kept?.session?.salt || random(16);
  const wrapping = await sessionKey(secret, salt);
  if (kept && (await unlock(kept, "session", wrapping))) return true;
  if (kept && opened.get(person)?.id === kept.id) {
    await rewrap(person, "session", wrapping, { salt });
    return true;
  }
  if (kept?.pin) return false;
  // When another tab makes one at the same moment, hers counts.
  return (await make(person, kept?.id, wrapping, salt)) || openWithSession(person, secret);
}

// Each try is counted before it is made: a browser that is killed in between gives none back. After the last one the
// wrapping by PIN is gone, and only a sign-in opens the vault.
export async function openWithPin(person, pin) {
  const kept = await countTry(person);
  if (!kept?.pin) return { opened: false, left: 0 };
  const wrapping = await pinKey(pin, kept.pin.salt, kept.pin.rounds);
  const left = TRIES - kept.pin.tries;
  const done = left >= 0 && (await unlock(kept, "pin", wrapping));
  if (done || left <= 0) await settleTries(person, done);
  return { opened: done, left: done ? TRIES : Math.max(0, left) };
}

export async function setPin(person, pin) {
  const salt = random(16);
  await rewrap(person, "pin", await pinKey(pin, salt, ROUNDS), { salt, rounds: ROUNDS, tries: 0 });
}

export const hasPin = async (person) => Boolean((await read(person))?.pin);

export async function hide(person, value) {
  const { id, key } = opened.get(person) || closed();
  const iv = random(12);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, utf8.encode(JSON.stringify(value)));
  return { vault: id, iv, data };
}

// What `hide` hid; `null` when it was hidden by a vault that is gone.
export async function reveal(person, record) {
  const { id, key } = opened.get(person) || closed();
  if (!record || record.vault !== id) return null;
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv }, key, record.data);
  return JSON.parse(new TextDecoder().decode(plain));
}

// Drafts, cache and key of the person. Operations stay: they are sealed, and leave by themselves.
export async function forget(person) {
  opened.delete(person);
  const theirs = IDBKeyRange.bound([person], [person, []]);
  await write(["vaults", "drafts", "cache"], (transaction, heard) => {
    heard(transaction.objectStore("vaults").delete(person));
    heard(transaction.objectStore("drafts").delete(theirs));
    heard(transaction.objectStore("cache").delete(theirs));
  });
}

function closed() {
  throw new FieldError(VAULT_CLOSED);
}

async function sessionKey(secret, salt) {
  const root = await crypto.subtle.importKey("raw", utf8.encode(secret), "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: utf8.encode("maillage/1 vault") };
  return crypto.subtle.deriveKey(how, root, AES, false, WRAPS);
}

async function pinKey(pin, salt, iterations) {
  const root = await crypto.subtle.importKey("raw", utf8.encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, root, AES, false, WRAPS);
}

function unwrapped({ wrapped, iv }, wrapping, extractable) {
  return crypto.subtle.unwrapKey("raw", wrapped, wrapping, { name: "AES-GCM", iv }, AES, extractable, USES);
}

async function unlock(kept, how, wrapping) {
  if (!kept[how]) return false;
  try {
    opened.set(kept.person, { id: kept.id, key: await unwrapped(kept[how], wrapping, false), wrapping, how });
    return true;
  } catch {
    return false; // another secret than the one it was wrapped by
  }
}

// The key can be copied for as long as it takes to wrap it once more, and only from the wrapping that opened it.
async function rewrap(person, how, wrapping, more) {
  const ours = opened.get(person) || closed();
  const kept = await read(person);
  if (kept?.id !== ours.id) closed();
  const key = await unwrapped(kept[ours.how], ours.wrapping, true);
  const iv = random(12);
  const wrapped = await crypto.subtle.wrapKey("raw", key, wrapping, { name: "AES-GCM", iv });
  await change(person, ours.id, (vault) => { vault[how] = { ...more, iv, wrapped }; });
  if (ours.how === how) ours.wrapping = wrapping;
}

async function make(person, replaced, wrapping, salt) {
  const key = await crypto.subtle.generateKey(AES, true, USES);
  const iv = random(12);
  const wrapped = await crypto.subtle.wrapKey("raw", key, wrapping, { name: "AES-GCM", iv });
  const vault = { person, id: uuid4(), session: { salt, iv, wrapped } };
  const mine = await write("vaults", async (transaction, heard) => {
    const free = (await transaction.store.get(person))?.id === replaced;
    if (free) heard(transaction.store.put(vault));
    return free;
  });
  return mine && unlock(vault, "session", wrapping);
}

function change(person, id, edit) {
  return write("vaults", async (transaction, heard) => {
    const vault = await transaction.store.get(person);
    if (vault && (id === null || vault.id === id)) {
      edit(vault);
      heard(transaction.store.put(vault));
    }
    return vault;
  });
}

const countTry = (person) => change(person, null, (vault) => {
  if (vault.pin) vault.pin.tries += 1;
});

const settleTries = (person, done) => change(person, null, (vault) => {
  if (!vault.pin) return;
  if (done) vault.pin.tries = 0;
  else delete vault.pin;
});
