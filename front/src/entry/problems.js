// What is wrong, in the server's own frame: the page holds a model of it to fill. The first problem of each field counts.

export function showProblems(part, problems) {
  clearProblems(part);
  const first = [...new Map([...problems].reverse()).entries()].reverse();
  const frame = model(part);
  frame.querySelectorAll(".alert-title")[1].remove();
  for (const gone of [frame.querySelectorAll("ul")[1], ...frame.querySelectorAll("ul ~ p:not(.alert-title)")]) gone.remove();
  fill(frame.querySelector("ul"), first, (line, [field, sentence]) => {
    const link = line.querySelector("a");
    link.setAttribute("href", `#f-${field}`);
    link.textContent = sentence;
  });
  for (const [field, sentence] of first) mark(part, field, sentence);
  show(part, frame);
}

// Passages of the note that could say who was met: the person corrects, or confirms that nobody can be recognized.
export function askAboutNote(part, findings) {
  clearProblems(part);
  const frame = model(part);
  frame.querySelector(".alert-title").remove();
  frame.querySelector("ul").remove();
  fill(frame.querySelector("ul"), findings, (line, [passage, why]) => { line.textContent = `« ${passage} » : ${why}`; });
  part.querySelector("[name=note]").setAttribute("aria-invalid", "true");
  show(part, frame);
}

// Why nothing was kept: the form stays as it is.
export function showTrouble(part, code) {
  const box = part.querySelector("#entry-trouble");
  const shown = box.querySelector(`[data-trouble="${code}"]`) || box.querySelector("[data-trouble=other]");
  for (const line of box.querySelectorAll("[data-trouble]")) line.hidden = line !== shown;
  box.hidden = false;
  box.focus();
}

export function clearProblems(part) {
  for (const gone of part.querySelectorAll("#problems, #conflict, .field-error")) {
    if (!gone.closest("template")) gone.remove();
  }
  for (const field of part.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  part.querySelector("#entry-trouble").hidden = true;
}

export function leadToFields(part) {
  part.addEventListener("click", (event) => {
    const link = event.target.closest("#problems a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.focus();
  });
}

const model = (part) => part.querySelector("#problems-model").content.firstElementChild.cloneNode(true);

function fill(list, values, write) {
  const line = list.querySelector("li");
  list.replaceChildren(...values.map((value) => {
    const copy = line.cloneNode(true);
    write(copy, value);
    return copy;
  }));
}

function mark(part, field, sentence) {
  const target = document.getElementById(`f-${field}`);
  if (!target) return;
  const line = part.querySelector("#field-error-model").content.firstElementChild.cloneNode(true);
  line.id = `f-${field}-problem`;
  line.querySelector("span").textContent = sentence;
  const box = target.closest(".field") || target;
  box.append(line);
  if (target.matches("input, select, textarea")) target.setAttribute("aria-invalid", "true");
  const ids = new Set((target.getAttribute("aria-describedby") || "").split(" ").filter(Boolean)).add(line.id);
  target.setAttribute("aria-describedby", [...ids].join(" "));
}

function show(part, frame) {
  part.querySelector("#entry-form").before(frame);
  frame.focus();
}
