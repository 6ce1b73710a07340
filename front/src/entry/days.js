// The days that may be chosen, by the clock of the device: a form that was kept yesterday still says today.
import { today } from "./checks.js";

export function setDays(form, { days }) {
  const last = days.end && days.end < today() ? days.end : today();
  form.elements.date.max = last;
  const [now, before] = form.querySelectorAll("[data-day]");
  if (!now) return;
  now.dataset.day = today();
  before.dataset.day = today(-1);
  now.disabled = before.disabled = last !== today();
}

// A kept form proposes a day of the past: it begins again today.
export function beginToday(form, { days }) {
  const last = days.end && days.end < today() ? days.end : today();
  form.elements.date.value = last < days.first ? days.first : last;
}
