// Days one tap away, choices that exclude each other, and radio buttons that a second touch lets go.

export function choices(form) {
  const date = form.elements.date;
  for (const button of form.querySelectorAll("[data-day]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      date.value = button.dataset.day;
      date.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field.name === "site" && form.elements.site_other) form.elements.site_other.value = "";
    if (field.name === "site_other" && field.value) uncheck(form, "site");
    if (field.name === "minutes") form.elements.minutes_other.value = "";
    if (field.name === "minutes_other" && field.value) uncheck(form, "minutes");
    if (field.name === "nature") sleepingParts(form);
  });
  for (const name of ["minutes", "contact_place", "contact_rank", "contact_initiative", "collective_kind"]) {
    for (const radio of form.querySelectorAll(`input[type=radio][name=${name}]`)) releasable(radio);
  }
  sleepingParts(form);
}

// What has no meaning for this nature is not sent.
export function sleepingParts(form) {
  const collective = form.querySelector("input[name=nature]:checked")?.value === "collective";
  for (const field of form.querySelectorAll(".when-collective :is(input, select, button)")) field.disabled = !collective;
}

function uncheck(form, name) {
  for (const radio of form.querySelectorAll(`input[name=${name}]`)) radio.checked = false;
}

// An optional choice can be taken back: touching the chosen radio again lets it go.
function releasable(radio) {
  let was = false;
  const remember = () => { was = radio.checked; };
  radio.addEventListener("pointerdown", remember);
  radio.closest("label").addEventListener("pointerdown", remember);
  radio.addEventListener("click", () => {
    if (!was) return;
    was = false;
    radio.checked = false;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
