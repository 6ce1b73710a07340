// Who signs out leaves nothing they were typing in the device.

export function signingOut() {
  document.addEventListener("submit", (event) => {
    const way = document.querySelector("form[data-sign-out]")?.getAttribute("action");
    if (!way || new URL(event.target.action, location.href).pathname !== way) return;
    try {
      sessionStorage.clear();
      for (const key of Object.keys(localStorage)) if (key.startsWith("maillage:draft:")) localStorage.removeItem(key);
    } catch {
      // Where nothing can be kept, nothing is left.
    }
  });
}
