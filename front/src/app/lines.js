// Lines that a touch changes or moves: the keyboard comes back to the line where it was; a card is also moved by dragging.

const fields = ".action-form :is(input:not([type=hidden]), select, textarea)";

export function lines() {
  document.addEventListener("htmx:afterSettle", (event) => {
    if (document.activeElement !== document.body) return;
    const { elt, triggeringEvent } = event.detail.requestConfig || {};
    const line = (triggeringEvent?.submitter || elt)?.closest?.("li[id], section[id]");
    if (!line) return;
    const now = document.getElementById(line.id);
    const place = now?.querySelector(fields) || now?.querySelector("a[href], button") || document.getElementById("contenu");
    place?.focus({ preventScroll: true });
  });
  dragging();
}

// Dropping a card presses its button for that column: who has no mouse loses nothing.
function dragging() {
  let card = null;
  const button = (event) => {
    const state = card && event.target.closest?.("[data-state]")?.dataset.state;
    return state ? card.querySelector(`button[value$=":${state}"]`) : null;
  };
  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("li[draggable]") || null;
    if (card) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    if (button(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const found = button(event);
    if (!found) return;
    event.preventDefault();
    found.click();
  });
  document.addEventListener("dragend", () => {
    card = null;
  });
}
