// The service worker: the journal opens without network. It keeps the shell (a page that names nobody) and the files that
// the shell needs, and never a page that holds data. What waits to be sent is in the database of the pages: nothing
// here reads it or writes it, so that no change of version can lose it.
//
// The view of /sw.js puts first, in `self.FIELD`, `version`, `shell` (its address), `form` (the address that must open at
// once), `assets` (the files that both load) and `hashed` (whether their addresses bear the hash of what they hold).
import { answer, install, settleOldCaches, takeOver } from "./sw/shell.js";

self.addEventListener("install", (event) => {
  // Taking over at once is safe: what older pages load stays until they are closed. A copy that is not whole does not
  // take over; it waits for the browser's own time, and older copies stay beside it.
  event.waitUntil(install().then((whole) => whole && self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // What is sent, and what goes elsewhere, goes its way as if nobody stood here.
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.waitUntil(settleOldCaches());
  const answered = answer(request, pathname);
  if (answered) event.respondWith(answered);
});
