// A file can be dropped on its field; the field says the name and size of what it holds.

function tell(box) {
  const input = box.querySelector("input[type=file]");
  const told = box.querySelector("[data-filedrop-name]");
  const names = [...input.files].map((file) => file.name);
  if (told) told.textContent = names.join(", ");
  box.classList.toggle("has-file", names.length > 0);
}

export function fileDrops() {
  const box = (event) => event.target.closest?.("[data-filedrop]");
  document.addEventListener("change", (event) => box(event) && tell(box(event)));
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!box(event)) return;
      event.preventDefault();
      box(event).classList.add("is-over");
    });
  }
  document.addEventListener("dragleave", (event) => box(event)?.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    const target = box(event);
    if (!target) return;
    event.preventDefault();
    target.classList.remove("is-over");
    const input = target.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
