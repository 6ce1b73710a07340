// Two gestures that HTML does not have: giving an address to another application, and printing. Without script their
// buttons stay hidden: the address can be read on the page, and the browser prints.
import { toast } from "./exchanges.js";

async function share({ share: url, title, done }) {
  if (navigator.share) return navigator.share({ url, title }).catch(() => {});
  await navigator.clipboard.writeText(url);
  return toast(done);
}

export function sharing() {
  const buttons = document.querySelectorAll("[data-share], [data-print]");
  buttons.forEach((button) => {
    const can = "print" in button.dataset || navigator.share || navigator.clipboard;
    button.hidden = !can;
    button.addEventListener("click", () => ("print" in button.dataset ? window.print() : share(button.dataset)));
  });
}
