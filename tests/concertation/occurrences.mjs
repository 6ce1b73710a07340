// What ical.js reads in a calendar: `node occurrences.mjs FIRST LAST < file.ics` prints one JSON line an occurrence that
// begins between two moments. A day or an hour without zone is given as it is written.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [first, last] = process.argv.slice(2).map((text) => new Date(text));
const parsed = [].concat(ICAL.parse(readFileSync(0, "utf8")));
const roots = (Array.isArray(parsed[0]) ? parsed : [parsed]).map((part) => new ICAL.Component(part));

const said = (time) => (time.isDate || time.zone === ICAL.Timezone.localTimezone ? time.toString() : time.toJSDate().toISOString());
const show = (start, end, event) => {
  const moment = start.toJSDate();
  if (moment >= first && moment <= last) {
    process.stdout.write(`${JSON.stringify({ uid: event.uid, title: event.summary, start: said(start), end: said(end) })}\n`);
  }
};

for (const root of roots) {
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    if (zone.getFirstPropertyValue("tzid")) ICAL.TimezoneService.register(zone);
  }
  const events = root.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
  const changed = events.filter((event) => event.isRecurrenceException());
  for (const event of events.filter((one) => !one.isRecurrenceException())) {
    changed.filter((one) => one.uid === event.uid).forEach((one) => event.relateException(one));
    if (!event.isRecurring()) {
      show(event.startDate, event.endDate, event);
      continue;
    }
    const times = event.iterator();
    for (let next = times.next(), count = 0; next && next.toJSDate() <= last && count < 20000; next = times.next(), count += 1) {
      const { startDate, endDate, item } = event.getOccurrenceDetails(next);
      show(startDate, endDate, item);
    }
  }
}
