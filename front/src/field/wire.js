// One exchange with the server: what it answered, read with distrust. A portal, a proxy or a page of errors is no answer.

const PATIENCE = 30_000;
export const OPS = "/api/sync/v1/ops";
export const MAILBOX = "/api/sync/v1/mailbox";
const DEVICES = "/api/sync/v1/devices";

export const enrolment = (body, csrf) => post(DEVICES, body, true, csrf);
export const push = (batch) => post(OPS, batch, true);
export const drop = (batch) => post(MAILBOX, batch, false);

// `{status, data, wait}`: 0 when nothing came; `data` is null unless it is a JSON object; `wait` in milliseconds or null.
async function post(address, body, signedIn, csrf = "") {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(signedIn ? { "X-CSRFToken": cookie("csrftoken") || csrf } : {}) },
      body: typeof body === "string" ? body : JSON.stringify(body),
      credentials: signedIn ? "same-origin" : "omit",
      redirect: "manual",
      cache: "no-store",
      signal: giveUp.signal,
    });
    // Our addresses never send elsewhere: something that wants a sign-in stands between.
    if (response.type === "opaqueredirect") return { status: 401, data: null, wait: null };
    return { status: response.status, data: await read(response), wait: asked(response.headers.get("Retry-After")) };
  } catch {
    return { status: 0, data: null, wait: null };
  } finally {
    clearTimeout(timer);
  }
}

async function read(response) {
  try {
    const data = await response.json();
    return data && typeof data === "object" && !Array.isArray(data) ? data : null;
  } catch {
    return null;
  }
}

// `Retry-After` is a number of seconds or a date.
function asked(header) {
  if (!header) return null;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) && wait > 0 ? wait : null;
}

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
