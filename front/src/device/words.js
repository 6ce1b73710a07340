// Sentences of the page with their blanks filled, and lengths of time in words.

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);

const language = () => document.documentElement.lang || "fr-CA";

// « 12 minutes », « 3 heures », « 2 jours »
export function ago(minutes) {
  const [value, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 48 * 60 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" }).format(value);
}

// « 21 novembre à 14 h 05 »
export const moment = (time) =>
  new Intl.DateTimeFormat(language(), { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" }).format(new Date(time));
