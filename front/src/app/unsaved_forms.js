// A form with data-guard asks before the page is left with something typed and not sent.

export function unsavedForms() {
  const changed = new Set();
  const guarded = (event) => event.target.closest?.("form[data-guard]");
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => guarded(event) && changed.add(guarded(event)));
  }
  document.addEventListener("submit", (event) => changed.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    const waiting = [...changed].some((form) => form.isConnected);
    if (waiting) event.preventDefault();
  });
}
