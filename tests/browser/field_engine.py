"""What the tests of the field engine do in a page: keep, send, and look at what is kept."""

from typing import Any

from playwright.sync_api import Page

DAY = 24 * 3600 * 1000
KEEP = """async ([person, text, kind]) => {
  const content = {fields: {date: "2026-11-20", note: text, action: ["listen", "inform"]}, acknowledged: false};
  return field.outbox.keep({person, program: "entente", kind, entry: field.ids.uuid7(), content, title: text});
}"""


def keep(page: Page, text: str = "Écoute", person: str = "7", kind: str = "create") -> dict[str, Any]:
    """Keep one operation: `{op, seq}`."""
    return page.evaluate(KEEP, [person, text, kind])


def keep_many(page: Page, number: int, person: str = "7") -> None:
    """Keep `number` operations one after another."""
    loop = f"async (given) => {{ const keep = {KEEP}; for (let i = 0; i < given[1]; i += 1) await keep([given[0], `n${{i}}`, 'create']); }}"
    page.evaluate(loop, [person, number])


def send(page: Page, person: str = "7") -> None:
    """One round of exchanges, as at the start of a page of `person`."""
    page.evaluate("(person) => field.sync.start({person})", person)


def send_again(page: Page) -> None:
    """One more round, the rest that the device gave itself being over."""
    page.evaluate("field.pause.none().then(() => field.sync.now())")


def enrol(page: Page, person: str = "7") -> None:
    """Let the server know the device of `person`."""
    page.evaluate("(person) => field.profile.enrol({person, label: 'Téléphone', again: true}).then(() => null)", person)


def lines(page: Page, person: str = "7") -> list[dict[str, Any]]:
    """What the queue shows, by number."""
    return sorted(page.evaluate("(person) => field.outbox.list(person)", person), key=lambda line: line["seq"])


def states(page: Page, person: str = "7") -> list[str]:
    """States by number."""
    return [line["state"] for line in lines(page, person)]


def rest(page: Page) -> dict[str, Any]:
    """The rest that the device gives the server: milliseconds to come, and whether the server asked for it."""
    return page.evaluate("field.pause.read().then(({until, step, asked}) => ({left: until - Date.now(), step, asked}))")


def phase(page: Page) -> dict[str, Any]:
    """What the page is told of the exchanges."""
    return page.evaluate("new Promise((told) => { const stop = field.sync.subscribe((all) => { told(all); }); })")


def age(page: Page, days: float) -> None:
    """Let all that is kept have been kept and acknowledged `days` earlier."""
    page.evaluate(
        """async (past) => field.database.write("operations", async (transaction, heard) => {
          for (const one of await transaction.store.getAll())
            heard(transaction.store.put({...one, savedAt: one.savedAt - past, settledAt: one.settledAt - past}));
        })""",
        days * DAY,
    )
