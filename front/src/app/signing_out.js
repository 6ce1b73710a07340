// Who signs out leaves nothing they were typing in the device.

export function signingOut() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith("maillage:draft:")) localStorage.removeItem(key);
    } catch {
      // Where nothing can be kept, nothing is left.
    }
  });
}
