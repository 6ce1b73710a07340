// The service worker is for those who write in the journal: a signed-in person, or a device on which somebody did.

export function worker() {
  if (!navigator.serviceWorker || !(document.body.dataset.person || used())) return;
  const register = () => navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}

export function used() {
  try {
    return Boolean(localStorage.getItem("maillage:field"));
  } catch {
    return false;
  }
}
