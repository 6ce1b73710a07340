// Menus made of <details class="menu">: one open at a time, closed by Escape or a click elsewhere.

const opened = () => document.querySelectorAll("details.menu[open]");

export function disclosures() {
  document.addEventListener("click", (event) => {
    for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
