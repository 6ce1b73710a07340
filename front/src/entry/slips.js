// What the person takes along, where there is no network: a slip for each referral of the entry that the device keeps.
import { linesOf } from "./directory.js";
import { codeOf } from "./slip_code.js";

export async function showSlips({ part, form, data }) {
  const list = part.querySelector("#kept-slips");
  const rows = [...form.querySelectorAll("[data-referral]")].map(read).filter(({ uid, to }) => uid && to);
  const slips = rows.map(({ uid, to, name }) => slip(part, { uid, to }, name ? linesOf(name, data) : Promise.resolve([])));
  list.replaceChildren(...(await Promise.all(slips)));
  list.hidden = !rows.length;
}

function read(row) {
  const field = (name) => row.querySelector(`[name$="-${name}"]`);
  const family = field("destination").selectedOptions[0];
  const name = field("organization").value.trim();
  return { uid: field("uid").value, name, to: name || (family?.value ? family.text.replace(/^– /, "") : "") };
}

async function slip(part, { uid, to }, lines) {
  const copy = part.querySelector("#kept-slip").content.firstElementChild.cloneNode(true);
  const find = (name) => copy.querySelector(`[data-slip-${name}]`);
  find("name").textContent = to;
  find("code").textContent = codeOf(uid);
  find("address").textContent = `${location.host}${part.querySelector("#kept-slips").dataset.address}`;
  const said = (await lines).map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  find("lines").replaceChildren(...said);
  find("lines").hidden = !said.length;
  find("print").addEventListener("click", () => {
    copy.classList.add("is-printed");
    window.print();
    copy.classList.remove("is-printed");
  });
  return copy;
}
