// A long list of sites is searched by any of its words, without accents mattering.
import { fold } from "./fold.js";

export function searchableSites(form, words) {
  const select = form.elements.site_other;
  if (!select || select.options.length < 9) return;
  const options = [...select.options].slice(1).map((option) => ({ option, text: fold(option.text) }));
  const input = Object.assign(document.createElement("input"), {
    type: "search", className: "form-control site-search", placeholder: words.search, autocomplete: "off",
  });
  input.setAttribute("aria-label", words.search);
  const told = Object.assign(document.createElement("p"), { className: "form-text" });
  told.setAttribute("role", "status");
  select.before(input);
  select.after(told);
  input.addEventListener("input", () => {
    const asked = fold(input.value).split(/\s+/).filter(Boolean);
    const found = options.filter(({ text, option }) => option.selected || asked.every((word) => text.includes(word)));
    select.replaceChildren(select.options[0], ...found.map(({ option }) => option));
    select.size = asked.length && found.length ? Math.min(6, found.length + 1) : 0;
    told.textContent = found.length ? "" : words.none;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (select.options.length === 2) {
      select.selectedIndex = 1;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    select.focus();
  });
  select.addEventListener("change", () => { select.size = 0; });
}
