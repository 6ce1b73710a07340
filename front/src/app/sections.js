// Sections above a page: the current one is in sight on a narrow screen, and each side says when there are more.

function told(line) {
  const rest = line.scrollWidth - line.clientWidth;
  line.parentElement.classList.toggle("has-before", line.scrollLeft > 1);
  line.parentElement.classList.toggle("has-after", line.scrollLeft < rest - 1);
}

function watched(line) {
  const current = line.querySelector("[aria-current]");
  // Its middle in the middle: the page itself does not move.
  if (current) line.scrollLeft = current.offsetLeft - (line.clientWidth - current.offsetWidth) / 2;
  line.addEventListener("scroll", () => told(line), { passive: true });
  new ResizeObserver(() => told(line)).observe(line);
}

export function sections() {
  const within = (part) => part.querySelectorAll(".sections > ul").forEach(watched);
  within(document);
  document.addEventListener("htmx:load", ({ target }) => target !== document.body && within(target));
}
