// The search page: the map comes when it is in sight (on a phone it stands under the list), and « around me » asks the
// device for a place, rounded to a kilometre before it goes into the address.
import { toast } from "./app/exchanges.js";

function late(box) {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    box.dataset.map = "";
    import(box.dataset.mapLate);
  }, { rootMargin: "100px" });
  seen.observe(box);
}

function place(form, latitude, longitude) {
  const named = form.elements.namedItem("pres") || Object.assign(document.createElement("input"), { type: "hidden", name: "pres" });
  named.value = `${latitude.toFixed(2)},${longitude.toFixed(2)}`;
  form.elements.namedItem("lieu").value = "";
  form.append(named);
  form.requestSubmit();
}

document.querySelectorAll("[data-map-late]").forEach(late);
document.querySelectorAll("[data-near-me]").forEach((button) => {
  button.hidden = !("geolocation" in navigator) || !window.isSecureContext;
  button.addEventListener("click", () => {
    const found = ({ coords }) => place(button.form, coords.latitude, coords.longitude);
    navigator.geolocation.getCurrentPosition(found, () => toast(button.dataset.nearMe, "warning"), { timeout: 10000, maximumAge: 300000 });
  });
});
// A place that is typed takes the place of « around me ».
document.getElementById("finder-lieu")?.addEventListener("input", ({ target }) => target.form.elements.namedItem("pres")?.remove());
