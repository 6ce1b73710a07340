// What a device does after an answer, as the table of docs/reference/sync-protocol.md says. No answer ever removes anything.

export const READ = "read"; // look at each result
export const HALVE = "halve"; // too much at once, or something in it cannot be read
export const SIGN_IN = "sign_in"; // keep everything; the mailbox takes it
export const UNKNOWN = "unknown"; // enrol again
export const EPOCH = "epoch"; // the server was restored
export const UPDATE = "update"; // the application is too old
export const LATER = "later"; // the same again, later

// A proxy, a portal or a page of errors may use the same statuses: where an answer makes an operation leave the outbox or the
// device change, the code of our own server is wanted too.
export function verdict({ status, data }, known) {
  const code = data?.error;
  if (status === 200) return Array.isArray(data?.results) && data.epoch === known ? READ : LATER;
  if (status === 400) return code === "unreadable" ? HALVE : LATER;
  if (status === 401 || status === 403) return SIGN_IN;
  if (status === 404) return code === "unknown_device" ? UNKNOWN : LATER;
  if (status === 409) return code === "epoch" && typeof data.epoch === "string" && data.epoch ? EPOCH : LATER;
  if (status === 413) return HALVE;
  if (status === 426) return UPDATE;
  return LATER;
}
