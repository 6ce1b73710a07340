"""The engine of the field journal in Chromium: what it keeps, numbers, seals, signs, exports and purges."""

import json
import re
import time
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page

from .field_engine import KEEP, age, enrol, keep, keep_many, lines, send, states
from .field_server import DEVICES, OPS, FieldServer, load_probe
from .troubles import Troubles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(context: BrowserContext) -> FieldServer:
    return FieldServer(context)


@pytest.fixture
def engine(page: Page, server: FieldServer) -> Page:
    """A page of the product with the engine, and person 7's device enrolled."""
    page.goto("/", timeout=60_000)
    load_probe(page)
    enrol(page)
    return page


def test_what_is_kept_arrives_whole_sealed_and_signed(engine: Page, server: FieldServer) -> None:
    first, second = keep(engine, "Écoute – d’une personne 🙂"), keep(engine, "Autre")
    assert (first["seq"], second["seq"]) == (1, 2)
    assert states(engine) == ["waiting", "waiting"]
    send(engine)
    assert states(engine) == ["received", "received"]
    [batch] = server.bodies(OPS)
    content = server.content(batch["ops"][0], batch["device"])
    assert content["fields"] == {
        "date": "2026-11-20",
        "note": "Écoute – d’une personne 🙂",
        "action": ["listen", "inform"],
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", batch["ops"][0]["made"])
    assert 0 <= batch["ops"][0]["age"] < 60_000


def test_names_are_those_of_the_protocol(engine: Page) -> None:
    v4, v7 = engine.evaluate("[field.ids.uuid4(), field.ids.uuid7(1793232000123)]")
    assert (UUID(v4).version, UUID(v7).version) == (4, 7)
    assert int(v7.replace("-", "")[:12], 16) == 1793232000123
    assert len(set(engine.evaluate("Array.from({length: 1000}, () => field.ids.uuid7(5))"))) == 1000


def test_local_time_bears_the_offset_of_the_device(engine: Page) -> None:
    found = engine.evaluate(
        """[0, 330, -210, 720].map((offset) => {
          const date = new Date(Date.UTC(2026, 10, 21, 2, 3, 4, 5));
          date.getTimezoneOffset = () => offset;
          return field.outbox.localTime(date);
        })"""
    )
    assert found == [
        "2026-11-21T02:03:04.005+00:00",
        "2026-11-20T20:33:04.005-05:30",
        "2026-11-21T05:33:04.005+03:30",
        "2026-11-20T14:03:04.005-12:00",
    ]


def test_two_tabs_never_share_a_number(engine: Page, context: BrowserContext, server: FieldServer) -> None:
    other = context.new_page()
    other.goto("/")
    load_probe(other)
    many = f"Promise.all(Array.from({{length: 40}}, (_, i) => ({KEEP})(['7', `x${{i}}`, 'create'])))"
    engine.evaluate(f"globalThis.done = {many}.then((all) => all.map(({{seq}}) => seq)); null")
    theirs = [kept["seq"] for kept in other.evaluate(many)]
    ours = engine.evaluate("done")
    assert sorted(ours + theirs) == list(range(1, 81))
    send(engine)
    for batch in server.bodies(OPS):
        for operation in batch["ops"]:
            server.content(operation, batch["device"])  # each signature is over its own number
    assert len(server.received) == 80


def test_an_operation_is_kept_once_however_often_it_is_asked(engine: Page, server: FieldServer) -> None:
    found = engine.evaluate(
        """async () => {
          const op = field.ids.uuid4();
          const given = {person: "7", program: "p", kind: "create", entry: field.ids.uuid7(), content: {fields: {}}, op};
          return Promise.all(Array.from({length: 10}, () => field.outbox.keep(given)));
        }"""
    )
    assert {kept["seq"] for kept in found} == {1}
    assert states(engine) == ["waiting"]


def test_nobody_unknown_to_the_server_can_keep(engine: Page) -> None:
    assert engine.evaluate(f"({KEEP})(['8', 'x', 'create']).catch((error) => error.code)") == "not_enrolled"
    assert states(engine, "8") == []


def test_enrolling_again_changes_nothing(engine: Page, server: FieldServer) -> None:
    keep(engine)
    for again in ("false", "true"):
        engine.evaluate(f"field.profile.enrol({{person: '7', again: {again}}}).then(() => null)")
    assert len(server.bodies(DEVICES)) == 2  # nothing is asked within five minutes, unless it must
    assert len({json.dumps(body["public_key"]) for body in server.bodies(DEVICES)}) == 1
    assert engine.evaluate("field.profile.people()") == [{"person": "7", "label": "Téléphone"}]
    assert keep(engine)["seq"] == 2


def test_without_an_answer_a_known_device_serves(engine: Page, server: FieldServer, troubles: Troubles) -> None:
    troubles.allow("503")
    server.answer(DEVICES, lambda body: (503, ""))
    engine.evaluate("field.profile.enrol({person: '7', again: true}).then(() => null)")
    assert engine.evaluate("field.profile.enrol({person: '9'}).catch((error) => error.code)") == "no_answer"
    assert engine.evaluate("field.profile.people().then((all) => all.length)") == 1


def test_a_name_taken_by_another_is_left(engine: Page, server: FieldServer, troubles: Troubles) -> None:
    troubles.allow("409")
    refused: list[str] = []

    def first_is_taken(body: dict[str, str]) -> tuple[int, dict[str, str]] | None:
        if refused:
            return None
        refused.append(body["device"])
        return 409, {"error": "device_taken", "sentence": ""}

    server.answer(DEVICES, first_is_taken)
    enrol(engine, "8")
    assert server.bodies(DEVICES)[-1]["device"] != refused[0]
    assert keep(engine, person="8")["seq"] == 1


def test_the_private_key_cannot_be_copied(engine: Page) -> None:
    refused = engine.evaluate(
        """async () => {
          const {keys} = await field.profile.of("7");
          return crypto.subtle.exportKey("pkcs8", keys.privateKey).catch((error) => error.name);
        }"""
    )
    assert refused == "InvalidAccessError"


def test_nothing_readable_lies_beside_a_sealed_operation(engine: Page) -> None:
    engine.evaluate("field.vault.openWithSession('7', 'secret').then(() => null)")
    keep(engine, "CANARI-TITRE")
    raw = engine.evaluate(
        """field.database.withDatabase((db) => db.getAll("operations")).then((all) => JSON.stringify(all, (key, value) =>
          value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value)) : value))"""
    )
    assert "CANARI" not in raw
    assert lines(engine)[0]["title"] == "CANARI-TITRE"
    engine.evaluate("field.vault.close()")
    assert lines(engine)[0]["title"] is None


def test_what_was_acknowledged_goes_after_thirty_days_and_nothing_else(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 5)
    told = iter(["applied", "conflict", "held", "rejected", "retry"])
    server.answer(OPS, lambda body: (200, answer_each(server, body, told)))
    send(engine)
    assert states(engine) == ["received", "conflict", "held", "rejected", "waiting"]
    age(engine, 29.9)
    engine.evaluate("field.operations.purge()")
    assert len(states(engine)) == 5
    age(engine, 0.2)
    engine.evaluate("field.operations.purge()")
    assert states(engine) == ["rejected", "waiting"]
    age(engine, 4000)
    engine.evaluate("field.operations.purge()")
    assert states(engine) == ["rejected", "waiting"]


def test_a_page_tidies_once_a_day(engine: Page, server: FieldServer) -> None:
    keep(engine)
    send(engine)  # the first start of the day
    age(engine, 31)
    swept = "field.database.withDatabase((db) => db.get('notes', 'swept')).then((note) => Boolean(note))"
    deadline = time.monotonic() + 10
    while not engine.evaluate(swept):
        assert time.monotonic() < deadline
    engine.evaluate(
        "field.database.write('notes', async (transaction, heard) => "
        "{ heard(transaction.store.put({name: 'swept', at: Date.now() - 25 * 3600 * 1000})); })"
    )
    engine.goto("/", timeout=60_000)
    load_probe(engine)
    send(engine)
    while states(engine):
        assert time.monotonic() < deadline + 20


def answer_each(server: FieldServer, body: dict, told: object) -> dict:
    """The usual answer with statuses in turn."""
    results = [{"op": one["op"], "status": next(told, "retry"), "revision": 1} for one in body["ops"]]  # type: ignore[call-overload]
    return {"epoch": server.epoch, "results": results, "contiguous": 0, "missing": [], "highest": 0}


def test_the_file_holds_what_waits_sealed(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 3)
    enrol(engine, "8")
    keep(engine, "CANARI-8", person="8")
    text = engine.evaluate("field.exporting.exportFile().then((blob) => blob.text())")
    file = json.loads(text)
    assert file["format"] == "maillage-sealed-1"
    assert [len(batch["ops"]) for batch in sorted(file["batches"], key=lambda batch: -len(batch["ops"]))] == [3, 1]
    assert "CANARI" not in text
    for batch in file["batches"]:
        assert [one["seq"] for one in batch["ops"]] == sorted(one["seq"] for one in batch["ops"])
        for operation in batch["ops"]:
            assert server.content(operation, batch["device"])["fields"]["date"] == "2026-11-20"
    assert re.fullmatch(r"maillage-\d{4}-\d\d-\d\d\.scelle\.json", engine.evaluate("field.exporting.exportName()"))


def test_the_summary_counts_everybody_and_reads_nobody(engine: Page) -> None:
    enrol(engine, "8")
    keep_many(engine, 2)
    keep(engine, person="8")
    age(engine, 2)
    found = engine.evaluate("field.outbox.summary()")
    assert (found["waiting"], found["oldestMinutes"], found["toSettle"], found["lost"]) == (3, 2880, 0, [])
    assert isinstance(found["persisted"], bool)


def test_sealing_is_quick_on_a_slow_telephone(engine: Page) -> None:
    """2 kB in 5 ms at a sixth of the speed: the best median of five, since the machine of the tests is shared."""
    session = engine.context.new_cdp_session(engine)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    medians = engine.evaluate(
        """async () => {
          const device = await field.profile.of("7");
          const content = {fields: {note: "é".repeat(1000)}};
          const medians = [];
          for (let round = 0; round < 5; round += 1) {
            const times = [];
            for (let i = 0; i < 31; i += 1) {
              const begun = performance.now();
              await field.sealing.sealed(content, "bound", device.sealing.public);
              times.push(performance.now() - begun);
            }
            medians.push(times.sort((one, other) => one - other)[15]);
          }
          return medians;
        }"""
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    assert min(medians) <= 5, medians
