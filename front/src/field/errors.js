// What can go wrong on the device, by a code that the page turns into a sentence.

export class FieldError extends Error {
  constructor(code, cause) {
    super(code);
    this.name = "FieldError";
    this.code = code;
    this.cause = cause;
  }
}

// The journal was never opened here by this person, so that nothing can be sealed in their name.
export const NOT_ENROLLED = "not_enrolled";
// No place is left in the browser's storage: nothing was kept.
export const STORAGE_FULL = "storage_full";
// The browser has no lasting storage (private window, storage refused) or is not in a secure context.
export const UNSUPPORTED = "unsupported";
// Another tab holds an older version of the database open.
export const BLOCKED = "blocked";
// What was asked needs the vault, and nobody opened it.
export const VAULT_CLOSED = "vault_closed";
// The server refused to know this device.
export const REFUSED = "refused";
// The server did not answer.
export const NO_ANSWER = "no_answer";

export const isFull = (error) => error?.code === STORAGE_FULL || error?.name === "QuotaExceededError";
