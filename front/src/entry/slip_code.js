// The code that a person holds, from the last 40 bits of the referral's identifier: « 7K2D-9QMX ». The server computes the
// same (maillage/journal/slip_code.py).
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: no I, L, O nor U

export function codeOf(uid) {
  let bits = Number.parseInt(uid.replaceAll("-", "").slice(-10), 16);
  let signs = "";
  for (let place = 0; place < 8; place += 1, bits = Math.floor(bits / 32)) signs = ALPHABET[bits % 32] + signs;
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}
