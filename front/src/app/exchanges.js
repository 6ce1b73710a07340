// What htmx needs of the house: the token of forms, and a sentence when an exchange fails.

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export function toast(text, kind = "info") {
  const place = document.getElementById("toasts");
  if (!place) return;
  const line = document.createElement("p");
  line.className = `toast-line toast-line-${kind}`;
  line.textContent = text;
  place.append(line);
  setTimeout(() => line.remove(), 8000);
}

export function exchanges() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
  });
  // A form that was refused comes back filled, with the sentence that says why.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  const sentence = (name) => document.getElementById("toasts")?.dataset[name] || "";
  document.addEventListener("htmx:sendError", () => toast(sentence("offline"), "danger"));
  document.addEventListener("htmx:responseError", () => toast(sentence("trouble"), "danger"));
  document.addEventListener("toast", (event) => toast(event.detail.text || event.detail.value, event.detail.kind));
}
