"""The vault of each person in Chromium: what opens it, what it hides, what goes with it."""

import pytest
from playwright.sync_api import BrowserContext, Page

from .field_engine import age, enrol, keep, lines, send, states
from .field_server import FieldServer, load_probe

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "field.vault.openWithSession('7', 'the secret of the server')"


@pytest.fixture
def engine(page: Page, context: BrowserContext) -> Page:
    """A page of the product with the engine."""
    FieldServer(context)
    page.goto("/", timeout=60_000)
    load_probe(page)
    return page


def again(page: Page) -> None:
    """Another page of the product: nothing is open in it."""
    page.goto("/", timeout=60_000)
    load_probe(page)


def try_pin(page: Page, pin: str, person: str = "7") -> tuple[bool, int]:
    found = page.evaluate("([person, pin]) => field.vault.openWithPin(person, pin)", [person, pin])
    return found["opened"], found["left"]


def raw(page: Page, store: str) -> str:
    """A store as its bytes, to look for words in it."""
    return page.evaluate(
        """(store) => field.database.withDatabase((db) => db.getAll(store)).then((all) => JSON.stringify(all, (key, value) =>
          value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value)) : value))""",
        store,
    )


def test_a_draft_is_read_by_who_wrote_it(engine: Page) -> None:
    assert engine.evaluate(SECRET) is True
    engine.evaluate("field.drafts.keep('7', 'draft:1', {note: 'CANARI', rows: [1, 2]})")
    assert "CANARI" not in raw(engine, "drafts")
    again(engine)
    closed = "field.drafts.read('7', 'draft:1').catch((error) => error.code)"
    assert engine.evaluate(closed) == "vault_closed"
    assert engine.evaluate(SECRET) is True
    assert engine.evaluate("field.drafts.read('7', 'draft:1')") == {"note": "CANARI", "rows": [1, 2]}
    assert engine.evaluate("field.drafts.keys('7')") == ["draft:1"]
    engine.evaluate("field.drafts.drop('draft:1')")
    assert engine.evaluate("field.drafts.read('7', 'draft:1')") is None
    assert engine.evaluate("field.drafts.keys('7')") == []


def test_a_pin_opens_without_the_server(engine: Page) -> None:
    engine.evaluate(SECRET)
    assert engine.evaluate("field.vault.hasPin('7')") is False
    engine.evaluate("field.vault.setPin('7', '246810')")
    engine.evaluate("field.cache.put('7', 'form', '<form>CANARI</form>')")
    assert "CANARI" not in raw(engine, "cache")
    again(engine)
    assert engine.evaluate("[field.vault.isOpen('7')]") == [False]
    assert try_pin(engine, "000000") == (False, 9)
    assert try_pin(engine, "111111") == (False, 8)
    assert try_pin(engine, "246810") == (True, 10)
    assert engine.evaluate("field.cache.get('7', 'form')") == "<form>CANARI</form>"
    again(engine)
    assert try_pin(engine, "000000") == (False, 9)  # the good one gave all tries back


def test_ten_wrong_pins_close_that_door_and_no_other(engine: Page) -> None:
    enrol(engine)
    engine.evaluate(SECRET)
    engine.evaluate("field.vault.setPin('7', '246810')")
    keep(engine, "Titre")
    again(engine)
    assert [try_pin(engine, f"00000{n}")[1] for n in range(10)] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert engine.evaluate("field.vault.hasPin('7')") is False
    assert try_pin(engine, "246810") == (False, 0)
    assert "pin" not in engine.evaluate("field.database.withDatabase((db) => db.get('vaults', '7')).then(Object.keys)")
    send(engine, "")
    assert engine.evaluate("field.outbox.summary()")["waiting"] == 0
    assert engine.evaluate(SECRET) is True
    assert lines(engine)[0]["title"] == "Titre"


def test_a_try_is_counted_before_it_is_made(engine: Page) -> None:
    engine.evaluate(SECRET)
    engine.evaluate("field.vault.setPin('7', '246810')")
    again(engine)
    counted = engine.evaluate(
        """async () => {
          const unwrap = crypto.subtle.unwrapKey;
          let reached = 0;
          crypto.subtle.unwrapKey = () => { reached += 1; return new Promise(() => {}); }; // the browser is killed here
          const tries = () => field.database.withDatabase((db) => db.get("vaults", "7")).then(({pin}) => pin.tries);
          for (let i = 0; i < 12; i += 1) field.vault.openWithPin("7", "246810");
          while ((await tries()) < 12 || reached < 10) await new Promise((soon) => setTimeout(soon, 20));
          crypto.subtle.unwrapKey = unwrap;
          return tries();
        }"""
    )
    assert counted == 12
    assert try_pin(engine, "246810") == (False, 0)


def test_the_key_of_the_vault_cannot_be_copied(engine: Page) -> None:
    names = engine.evaluate(
        """async () => {
          const seen = [];
          const unwrap = crypto.subtle.unwrapKey.bind(crypto.subtle);
          crypto.subtle.unwrapKey = async (...given) => { const key = await unwrap(...given); seen.push(key); return key; };
          await field.vault.openWithSession("7", "secret");
          return Promise.all(seen.map((key) => crypto.subtle.exportKey("raw", key).then(() => "copied", (error) => error.name)));
        }"""
    )
    assert names == ["InvalidAccessError"]


def test_another_secret_opens_again_through_the_pin(engine: Page) -> None:
    engine.evaluate(SECRET)
    engine.evaluate("field.vault.setPin('7', '246810')")
    engine.evaluate("field.drafts.keep('7', 'd', 1)")
    again(engine)
    other = "field.vault.openWithSession('7', 'the secret of a new installation')"
    assert engine.evaluate(other) is False
    assert try_pin(engine, "246810") == (True, 10)
    assert engine.evaluate(other) is True
    again(engine)
    assert engine.evaluate(other) is True
    assert engine.evaluate("field.drafts.read('7', 'd')") == 1
    assert try_pin(engine, "246810") == (True, 10)


def test_without_a_pin_another_secret_begins_another_vault(engine: Page) -> None:
    engine.evaluate(SECRET)
    engine.evaluate("field.drafts.keep('7', 'd', 1)")
    again(engine)
    assert engine.evaluate("field.vault.openWithSession('7', 'another')") is True
    assert engine.evaluate("field.drafts.read('7', 'd')") is None
    engine.evaluate("field.drafts.keep('7', 'd', 2)")
    assert engine.evaluate("field.drafts.read('7', 'd')") == 2


def test_two_tabs_make_one_vault(engine: Page, context: BrowserContext) -> None:
    engine.evaluate(f"globalThis.first = {SECRET}; null")
    assert engine.evaluate(f"Promise.all([first, {SECRET}, {SECRET}, {SECRET}])") == [True] * 4
    engine.evaluate("field.drafts.keep('7', 'd', 1)")
    other = context.new_page()
    again(other)
    other.evaluate(SECRET)
    assert other.evaluate("field.drafts.read('7', 'd')") == 1


def test_one_person_never_reads_another(engine: Page) -> None:
    engine.evaluate(SECRET)
    engine.evaluate("field.drafts.keep('7', 'd', 'CANARI')")
    engine.evaluate("field.vault.openWithSession('8', 'the secret of 8')")
    assert engine.evaluate("field.drafts.read('8', 'd')") is None
    stolen = """field.database.withDatabase((db) => db.get("drafts", ["7", "d"]))
      .then(({hidden}) => field.vault.reveal("8", hidden))"""
    assert engine.evaluate(stolen) is None
    engine.evaluate("field.vault.close()")
    assert engine.evaluate("[field.vault.isOpen('7'), field.vault.isOpen('8')]") == [False, False]


def test_what_is_hidden_lives_seven_days(engine: Page) -> None:
    engine.evaluate(SECRET)
    for store in ("drafts", "cache"):
        name = {"drafts": "keep", "cache": "put"}[store]
        engine.evaluate(f"field.{store}.{name}('7', 'old', 1)")
    engine.evaluate(
        """async () => {
          for (const store of ["drafts", "cache"]) await field.database.write(store, async (transaction, heard) => {
            for (const one of await transaction.store.getAll())
              heard(transaction.store.put({...one, at: one.at - 7.01 * 24 * 3600 * 1000}));
          });
        }"""
    )
    assert engine.evaluate("field.drafts.read('7', 'old')") is None
    assert engine.evaluate("field.cache.get('7', 'old')") is None
    engine.evaluate("Promise.all([field.drafts.sweepDrafts(), field.cache.sweepCache()]).then(() => null)")
    assert raw(engine, "drafts") == raw(engine, "cache") == "[]"


def test_signing_out_leaves_operations_and_nothing_else(engine: Page) -> None:
    for person in ("7", "70"):
        enrol(engine, person)
        engine.evaluate("(person) => field.vault.openWithSession(person, 's').then(() => null)", person)
        engine.evaluate("(person) => field.drafts.keep(person, 'd', 'x')", person)
        engine.evaluate("(person) => field.cache.put(person, 'c', 'x')", person)
        keep(engine, "Titre", person)
    age(engine, 300)
    engine.evaluate("field.vault.forget('7')")
    assert states(engine) == ["waiting"]
    assert lines(engine)[0]["title"] is None
    assert engine.evaluate("field.database.withDatabase((db) => db.getAllKeys('vaults'))") == ["70"]
    assert engine.evaluate("field.drafts.read('70', 'd')") == "x"
    assert engine.evaluate("field.cache.get('70', 'c')") == "x"
    assert '"person":"7"' not in raw(engine, "drafts") + raw(engine, "cache")
    send(engine, "")
    assert states(engine) == ["received"]
