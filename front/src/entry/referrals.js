// Referral rows added and removed in place, and names of the directory while one types: the server's, else those that the
// device keeps.
import { uuid4 } from "../field/ids.js";
import { namesLike } from "./directory.js";

export function referralRows(form, data) {
  const box = document.getElementById("referral-rows");
  const model = document.getElementById("referral-row");
  const list = document.getElementById("organizations");
  const button = document.getElementById("add-referral");

  function add(place) {
    if (box.querySelector(`[name="ref-${place}-destination"]`)) return null;
    const copy = model.content.firstElementChild.cloneNode(true);
    for (const element of copy.querySelectorAll("*")) {
      for (const attribute of [...element.attributes]) {
        if (attribute.value.includes("__n__")) element.setAttribute(attribute.name, attribute.value.replaceAll("__n__", place));
      }
    }
    for (const counter of copy.querySelectorAll("[data-counter]")) counter.classList.add("is-live");
    copy.querySelector("[data-referral-uid]").value = uuid4(); // its code is known before the server knows it
    box.append(copy);
    tell();
    return copy;
  }

  function next() {
    const taken = [...box.querySelectorAll("[name$='-destination']")].map((field) => Number(field.name.split("-")[1]));
    return Math.max(-1, ...taken) + 1;
  }

  function tell() {
    if (button) button.hidden = box.querySelectorAll("[data-referral]").length >= data.maxReferrals;
  }

  button?.addEventListener("click", (event) => {
    event.preventDefault();
    add(next())?.querySelector("select").focus();
    form.dispatchEvent(new Event("draft"));
  });
  box.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-remove-referral]");
    if (!remove) return;
    event.preventDefault();
    remove.closest("[data-referral]").remove();
    tell();
    (button || box).focus();
    form.dispatchEvent(new Event("draft"));
  });
  suggest(box, list, data);
  return { add };
}

function suggest(box, list, data) {
  let timer = 0;
  let asked = "";
  box.addEventListener("input", (event) => {
    const field = event.target;
    if (field.getAttribute("list") !== "organizations" || field.value.length < 2 || field.value === asked) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked = field.value;
      const names = (await fromServer(asked, data.suggest)) || (await namesLike(asked, data));
      if (field.value !== asked) return;
      list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
    }, 200);
  });
}

// null without an answer to believe.
async function fromServer(asked, address) {
  if (!navigator.onLine) return null;
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(asked)}`, { headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? (await answer.json()).names : null;
  } catch {
    return null;
  }
}
