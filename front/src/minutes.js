// Minutes typed by several people: each text saves itself, and what somebody else typed comes in without a reload.
// The merge is the server's (docs/explanation/algorithms/minutes-merge.md); `base` is the text that both sides last agreed on.
const root = document.querySelector("[data-minutes]");
const SAVE_AFTER = 1200;
const RETRY_AFTER = 5000;
const LOOK_EVERY = 8000;

function replaceText(area, text) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  let same = 0;
  while (same < start && same < text.length && value[same] === text[same]) same += 1;
  const moved = same < start ? text.length - value.length : 0;
  area.value = text;
  if (document.activeElement === area) area.setSelectionRange(Math.max(start + moved, 0), Math.max(end + moved, 0));
}

class Note {
  constructor(form) {
    this.form = form;
    this.area = form.elements.text;
    this.key = form.elements.key.value;
    this.state = form.querySelector("[data-note-state]");
    // A refused text comes back in the page: it is sent again over what the revision said.
    this.base = this.area.defaultValue;
    this.sending = false;
    this.timer = 0;
    this.area.addEventListener("input", () => this.later(SAVE_AFTER));
    this.area.addEventListener("blur", () => this.save());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
  }

  get dirty() {
    return this.area.value !== this.base;
  }

  say(text, trouble = false) {
    this.state.textContent = text;
    this.state.classList.toggle("is-trouble", trouble);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.sending || !this.dirty) return;
    this.sending = true;
    const sent = this.area.value;
    const body = new FormData(this.form);
    body.set("base", this.base);
    this.say(root.dataset.saving);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 403 || !answer.headers.get("Content-Type")?.includes("json")) {
        this.say(root.dataset.ended, true);
        return;
      }
      this.take(await answer.json(), sent);
    } catch {
      this.say(root.dataset.offline, true);
      this.later(RETRY_AFTER);
    } finally {
      this.sending = false;
    }
    if (this.dirty && this.base === sent) this.later(SAVE_AFTER);
  }

  take(told, sent) {
    if (told.problem || told.waiting) {
      this.say(told.problem || told.waiting, true);
      return;
    }
    this.form.elements.revision.value = told.revision;
    const merged = told.text !== sent;
    if (this.area.value === sent) {
      if (merged) replaceText(this.area, told.text);
      this.base = told.text;
    } else this.base = sent; // typed on meanwhile: the next saving merges
    this.say(merged ? root.dataset.merged : root.dataset.saved);
  }

  hear(told) {
    if (this.sending || this.dirty) return;
    replaceText(this.area, told.text);
    this.base = told.text;
    this.form.elements.revision.value = told.revision;
  }
}

function watch(notes) {
  let made = "";
  setInterval(async () => {
    if (document.hidden) return;
    const asked = new URLSearchParams(notes.map((note) => [note.key, note.form.elements.revision.value]));
    let told;
    try {
      const answer = await fetch(`${root.dataset.minutes}?${asked}`, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) return;
      told = await answer.json();
    } catch {
      return;
    }
    for (const note of notes) if (told.texts[note.key]) note.hear(told.texts[note.key]);
    const now = JSON.stringify(told.made);
    if (made && made !== now) await redraw();
    made = now;
  }, LOOK_EVERY);
}

// Decisions and follow-ups that somebody else wrote: their lists are taken from the page as it is now.
async function redraw() {
  const answer = await fetch(location.href);
  if (answer.redirected || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const list of document.querySelectorAll("[data-made]")) {
    const fresh = page.getElementById(list.id);
    if (fresh && !list.contains(document.activeElement)) list.replaceWith(document.adoptNode(fresh));
  }
}

if (root) {
  const notes = [...document.querySelectorAll("form[data-note]")].map((form) => new Note(form));
  addEventListener("beforeunload", (event) => {
    if (notes.some((note) => note.dirty)) event.preventDefault();
  });
  watch(notes);
}
