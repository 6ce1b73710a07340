// Sealing to the organization's key and signing by the device, as docs/reference/sync-protocol.md says to the byte. The
// server's side of it is maillage/journal/sync/sealing.py.

const PROTOCOL = "maillage/1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", namedCurve: "P-256" };
const NONCE = 12;
const utf8 = new TextEncoder();

export function b64(data) {
  const bytes = new Uint8Array(data);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function unb64(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (character) => character.charCodeAt(0));
}

export const boundTo = ({ device, op, entry, kind }) => [PROTOCOL, device, op, entry, kind].join("\n");

export function signedText(operation) {
  const { device, op, seq, entry, kind, base, program, schema, made, seal, body } = operation;
  return [PROTOCOL, device, op, seq, entry, kind, base, program, schema, made, seal, body].join("\n");
}

// An envelope that only the organization opens: ephemeral point, nonce, ciphertext with its tag.
export async function sealed(content, bound, recipient) {
  const [theirs, ours] = await Promise.all([
    recipientKey(recipient),
    crypto.subtle.generateKey(CURVE, false, ["deriveBits"]),
  ]);
  const [shared, ephemeral] = await Promise.all([
    crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256),
    crypto.subtle.exportKey("raw", ours.publicKey),
  ]);
  const info = joined([utf8.encode(`${PROTOCOL} seal`), ephemeral, unb64(recipient)]);
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  const key = await crypto.subtle.deriveKey(derivation, root, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: "AES-GCM", iv: nonce, additionalData: utf8.encode(bound) };
  const closed = await crypto.subtle.encrypt(how, key, utf8.encode(JSON.stringify(content)));
  return b64(joined([ephemeral, nonce, closed]));
}

const recipients = new Map();

function recipientKey(recipient) {
  if (!recipients.has(recipient)) recipients.set(recipient, crypto.subtle.importKey("raw", unb64(recipient), CURVE, false, []));
  return recipients.get(recipient);
}

// The keys of a device: the private one can be used here, and copied by no script.
export async function deviceKeys() {
  const pair = await crypto.subtle.generateKey(SIGNING, false, ["sign", "verify"]);
  return { pair, point: b64(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

export async function signature(operation, pair) {
  const how = { name: "ECDSA", hash: "SHA-256" };
  return b64(await crypto.subtle.sign(how, pair.privateKey, utf8.encode(signedText(operation))));
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole;
}
