// The − and + of a counter; without script the number is typed.

export function counters() {
  for (const box of document.querySelectorAll("[data-counter]")) box.classList.add("is-live");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-counter-step]");
    if (!button) return;
    const input = button.closest("[data-counter]").querySelector("input");
    const step = Number(button.dataset.counterStep);
    const low = input.min === "" ? 0 : Number(input.min);
    const high = input.max === "" ? Infinity : Number(input.max);
    const next = Math.min(high, Math.max(low, (Number(input.value) || 0) + step));
    input.value = String(next);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("htmx:load", (event) => {
    for (const box of event.detail.elt.querySelectorAll?.("[data-counter]") || []) box.classList.add("is-live");
  });
}
