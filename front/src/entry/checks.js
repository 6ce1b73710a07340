// What the device can check by itself before it keeps an entry: the rules and sentences are the server's own, read from the
// page. The server checks everything again when the entry comes, with what only it knows.

export function problemsOf(form, data) {
  const found = [];
  const told = (field, name, values) => found.push([field, sentence(data.sentences[name], values)]);
  const typed = new FormData(form);
  const text = (name) => String(typed.get(name) || "").trim();
  const labels = Object.fromEntries(data.rules.entry.map((rule) => [rule.name, rule.label]));
  date(text("date"), data, told);
  if (!text("site_other") && ["", "aucun"].includes(text("site")) && !text("mrc")) told("site_id", "no_place");
  if (!text("nature")) told("nature", "no_choice", labels.nature);
  const collective = text("nature") === "collective";
  const counts = {};
  for (const rule of data.rules.entry.filter(({ kind, when }) => kind === "count" && (!when || collective))) {
    const given = rule.name === "minutes" ? text("minutes_other") || text("minutes") : text(rule.name);
    counts[rule.name] = count(rule, given, rule.name, told);
  }
  const note = text("note");
  const most = data.rules.entry.find(({ name }) => name === "note").high;
  if (note.length > most) told("note", "long_note", { length: number(note.length), high: number(most) });
  if (text("nature") === "individual" && counts.persons === 0) told("persons", "nobody");
  if (counts.participations < counts.participants) told("participations", "participations");
  referrals(typed, data, counts, told);
  return found;
}

function date(given, data, told) {
  if (!given) return told("date", "no_date");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given)) return told("date", "not_a_date", given);
  const program = data.program.name;
  const { first, end } = data.days;
  if (given > today()) return told("date", "future");
  if (given < first) return told("date", "before_start", { program, day: longDay(first) });
  if (end && given > end) return told("date", "after_end", { program, day: longDay(end) });
}

function count(rule, given, field, told) {
  const compact = given.replace(/[\s\u00a0\u202f]/g, "");
  if (!compact) {
    if (rule.required) told(field, "no_count", rule.label);
    return undefined;
  }
  if (!/^-?[0-9]{1,9}$/.test(compact)) {
    told(field, "not_a_count", given);
    return undefined;
  }
  const value = Number(compact);
  if (value < rule.low || value > rule.high) {
    told(field, "bounds", { field: rule.label, low: number(rule.low), high: number(rule.high) });
    return undefined;
  }
  return value;
}

function referrals(typed, data, { persons, persons_referred: distinct }, told) {
  const numbers = [...new Set([...typed.keys()].map((name) => /^ref-(\d+)-/.exec(name)?.[1]).filter(Boolean))];
  numbers.sort((one, other) => one - other);
  const value = (place, name) => String(typed.get(`ref-${place}-${name}`) || "").trim();
  const rows = numbers.filter((place) => ["destination", "organization", "need", "kind"].some((name) => value(place, name)));
  if (rows.length > data.maxReferrals) told("referrals", "many_referrals", data.maxReferrals);
  const rule = data.rules.referral.find(({ name }) => name === "persons");
  const counts = rows.map((place) => {
    if (!value(place, "destination")) told(`referrals.${place}.destination`, "no_destination");
    return count(rule, value(place, "persons") || "1", `referrals.${place}.persons`, told);
  });
  if (persons === undefined || counts.includes(undefined)) return;
  const most = Math.max(0, ...counts);
  const total = counts.reduce((sum, one) => sum + one, 0);
  const referred = distinct ?? most;
  if (referred > persons) {
    told("persons_referred", "referred_over_persons", { referred: number(referred), persons: number(persons) });
  } else if (rows.length && referred < most) told("persons_referred", "referred_under_most", number(most));
  else if (rows.length && referred > total) told("persons_referred", "referred_over_total", number(total));
}

// A sentence of the server: `%(name)s` from an object, `%s` from one value.
export function sentence(text, values = {}) {
  const named = typeof values === "object" ? values : {};
  return text.replace(/%\((\w+)\)s/g, (_, name) => named[name] ?? "").replace("%s", () => (typeof values === "object" ? "" : values));
}

const language = () => document.documentElement.lang || "fr-CA";
export const number = (value) => new Intl.NumberFormat(language()).format(value);

export const longDay = (iso) => {
  const [year, month, day] = iso.split("-").map(Number);
  return new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(new Date(year, month - 1, day));
};

export function today(offset = 0) {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset);
  const two = (part) => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
