"""Each row of the tables of docs/reference/sync-protocol.md, answered to the engine in Chromium: what it does next."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from .field_engine import DAY, age, enrol, keep, keep_many, lines, phase, rest, send, send_again, states
from .field_server import DEVICES, MAILBOX, OPS, FieldServer, load_probe
from .troubles import Troubles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(context: BrowserContext) -> FieldServer:
    return FieldServer(context)


@pytest.fixture
def engine(page: Page, server: FieldServer, troubles: Troubles) -> Page:
    """A page of the product with the engine, and person 7's device enrolled."""
    troubles.allow("Failed to load resource")
    page.goto("/", timeout=60_000)
    # The test says when a round begins: none begins by itself after a rest.
    page.evaluate(
        """() => {
          const usual = globalThis.setTimeout;
          globalThis.setTimeout = (what, delay, ...given) => usual(what, delay >= 1000 ? 2 ** 30 : delay, ...given);
        }"""
    )
    load_probe(page)
    enrol(page)
    server.asked.clear()
    return page


def each(server: FieldServer, **more: Any) -> Callable[[dict[str, Any]], Any]:
    """Answer every operation of a batch with these words."""

    def answer(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        results = [{"op": one["op"], **more} for one in body["ops"]]
        return 200, {"epoch": server.epoch, "results": results, **server.numbers(body["device"])}

    return answer


def once(answer: Any) -> Callable[[dict[str, Any]], Any]:
    """Answer so the first time, as usual afterwards."""
    left = [answer]
    return lambda body: left.pop() if left else None


RESULTS = {
    "applied": "received",
    "duplicate": "received",
    "conflict": "conflict",
    "held": "held",
    "rejected": "rejected",
    "op_reuse": "rejected",
    "retry": "waiting",
    "upgrade": "waiting",
    "a word of tomorrow": "waiting",
    "constructor": "waiting",
}


def test_what_each_result_makes_of_an_operation(engine: Page, server: FieldServer) -> None:
    """Those that still wait go along with the next: what was acknowledged stays whatever is said of it later."""
    for status, state in RESULTS.items():
        server.answer(OPS, each(server, status=status, revision=3))
        before = len(server.bodies(OPS))
        keep(engine)
        send_again(engine) if before else send(engine)
        assert states(engine)[-1] == state, status
        assert len(server.bodies(OPS)) == before + 1, status
        waits = state == "waiting"
        assert rest(engine)["step"] == (1 if waits else 0), status
        assert phase(engine)["phase"] == {"upgrade": "update"}.get(status, "later" if waits else "idle"), status
    assert states(engine) == list(RESULTS.values())


def test_a_refusal_is_told_where_the_vault_hides_it(engine: Page, server: FieldServer) -> None:
    server.answer(OPS, each(server, status="rejected", sentence="CANARI", problems=[["note", "CANARI-2"]]))
    engine.evaluate("field.vault.openWithSession('7', 'secret').then(() => null)")
    keep(engine)
    send(engine)
    [line] = lines(engine)
    assert (line["state"], line["sentence"], line["problems"]) == ("rejected", "CANARI", [["note", "CANARI-2"]])
    raw = engine.evaluate("field.database.withDatabase((db) => db.getAll('operations')).then(JSON.stringify)")
    assert "CANARI" not in raw


NO_ANSWERS = [
    (0, None),
    (200, "<html>portal</html>"),
    (200, ""),
    (200, {"results": "all of them"}),
    (200, {"epoch": "another life", "results": []}),
    (200, [1, 2]),
    (204, ""),
    (302, ""),
    (400, "<h1>Bad Request</h1>"),
    (404, "<h1>Not Found</h1>"),
    (409, {"error": "other"}),
    (409, {"error": "epoch"}),
    (429, {"error": "busy"}),
    (500, {"error": "broken"}),
    (502, ""),
    (503, {"error": "storage"}),
]


def test_what_is_no_answer_changes_nothing(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 3)
    for answer in NO_ANSWERS:
        for path in (OPS, MAILBOX):
            server.answer(path, lambda body, answer=answer: answer)
        engine.evaluate("field.pause.none().then(() => null)")
        send(engine)
        assert states(engine) == ["waiting"] * 3, answer
        assert rest(engine)["step"] == 1, answer
        assert rest(engine)["left"] <= 1000, answer
    server.answerers.clear()
    send_again(engine)
    assert states(engine) == ["received"] * 3


def test_only_a_result_for_that_very_operation_acknowledges_it(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 3)

    def one_of_three(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        stranger = {"op": "00000000-0000-4000-8000-000000000000", "status": "applied"}
        mine = {"op": body["ops"][1]["op"], "status": "applied"}
        return 200, {"epoch": server.epoch, "results": [stranger, mine, None, {"op": None}, 7]}

    server.answer(OPS, one_of_three)
    send(engine)
    assert states(engine) == ["waiting", "received", "waiting"]


def test_an_acknowledgement_is_never_taken_back_by_a_later_word(engine: Page, server: FieldServer) -> None:
    keep(engine)
    send(engine)
    op = lines(engine)[0]["op"]
    engine.evaluate("(op) => field.operations.settle([{op, status: 'retry'}])", op)
    assert states(engine) == ["received"]


def test_a_session_that_ended_leaves_by_the_mailbox(engine: Page, server: FieldServer) -> None:
    for status in (401, 403):
        server.answer(OPS, lambda body, status=status: (status, {"error": "signed_out"}))
        keep_many(engine, 60)
        send_again(engine) if status == 403 else send(engine)
        assert set(states(engine)) == {"received"}
        assert phase(engine)["phase"] == "sign_in"
    assert [len(body["ops"]) for body in server.bodies(OPS)] == [50, 50]
    assert [len(body["ops"]) for body in server.bodies(MAILBOX)] == [50, 10, 50, 10]


def test_a_refused_mailbox_keeps_everything(engine: Page, server: FieldServer) -> None:
    for path in (OPS, MAILBOX):
        server.answer(path, lambda body: (403, {"error": "forbidden"}))
    keep(engine)
    send(engine)
    assert states(engine) == ["waiting"]
    assert phase(engine)["phase"] == "sign_in"


def test_the_first_person_s_entries_leave_from_the_second_s_pages(engine: Page, server: FieldServer) -> None:
    enrol(engine, "8")
    keep_many(engine, 2)
    keep(engine, person="8")
    send(engine, "8")
    assert (states(engine), states(engine, "8")) == (["received"] * 2, ["received"])
    [mine], [theirs] = server.bodies(OPS), server.bodies(MAILBOX)
    assert (len(mine["ops"]), len(theirs["ops"])) == (1, 2)
    assert mine["device"] != theirs["device"]


def test_nobody_signed_in_still_sends(engine: Page, server: FieldServer) -> None:
    keep(engine)
    send(engine, "")
    assert states(engine) == ["received"]
    assert server.bodies(OPS) == []


def test_a_device_that_the_server_forgot_enrols_again(engine: Page, server: FieldServer) -> None:
    server.answer(OPS, once((404, {"error": "unknown_device", "sentence": ""})))
    keep(engine)
    send(engine)
    assert states(engine) == ["received"]
    [again] = server.bodies(DEVICES)
    assert again["device"] == server.bodies(OPS)[0]["device"]


def test_a_device_unknown_for_good_goes_by_the_mailbox_once(engine: Page, server: FieldServer) -> None:
    for path in (OPS, MAILBOX):
        server.answer(path, lambda body: (404, {"error": "unknown_device", "sentence": ""}))
    keep(engine)
    send(engine)
    assert states(engine) == ["waiting"]
    assert [path for path, _body in server.asked] == [OPS, DEVICES, OPS, MAILBOX]


def test_a_restored_server_gets_thirty_days_back(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 3)
    send(engine)
    age(engine, 31)
    keep_many(engine, 4)
    send_again(engine)
    assert states(engine) == ["received"] * 7
    server.epoch = "second-life"
    server.received.clear()
    server.asked.clear()
    keep(engine)
    send_again(engine)
    assert states(engine) == ["received"] * 8
    first, second = server.bodies(OPS)
    assert [len(first["ops"]), len(second["ops"])] == [1, 5]
    assert (first["epoch"], second["epoch"]) == ("first-life", "second-life")
    assert sorted(one["seq"] for one in second["ops"]) == [4, 5, 6, 7, 8]


def test_a_restored_server_is_noticed_with_nothing_to_send(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 2)
    send(engine)
    server.epoch = "second-life"
    server.received.clear()
    enrol(engine)
    send_again(engine)
    assert len(server.received) == 2
    assert states(engine) == ["received"] * 2


def heard_long_ago(engine: Page) -> None:
    engine.evaluate(
        """field.database.write("devices", async (transaction, heard) => {
          for (const one of await transaction.store.getAll()) heard(transaction.store.put({...one, heardAt: 1}));
        })"""
    )


@pytest.mark.parametrize("status", ["conflict", "held", "rejected"])
def test_what_a_person_settles_on_the_server_is_heard(engine: Page, server: FieldServer, status: str) -> None:
    keep(engine)
    server.answer(OPS, each(server, status=status))
    send(engine)
    heard_long_ago(engine)
    send_again(engine)
    assert states(engine) == [status]  # nobody decided yet
    server.answer(OPS, each(server, status="duplicate", revision=2))
    heard_long_ago(engine)
    send_again(engine)
    assert states(engine) == ["received"]
    assert phase(engine)["toSettle"] == 0
    assert [len(body["ops"]) for body in server.bodies(OPS)] == [1, 1, 1]


def test_a_device_asks_for_news_now_and_then(engine: Page, server: FieldServer) -> None:
    send(engine)
    assert server.asked == []
    heard_long_ago(engine)
    send_again(engine)
    send_again(engine)
    assert [body["ops"] for body in server.bodies(OPS)] == [[]]


def test_a_server_that_changes_life_at_each_answer_is_left_in_peace(engine: Page, server: FieldServer) -> None:
    lives = iter(range(1000))
    server.answer(OPS, lambda body: (409, {"error": "epoch", "epoch": f"life-{next(lives)}"}))
    keep(engine)
    send(engine)
    assert len(server.bodies(OPS)) == 4
    assert states(engine) == ["waiting"]


@pytest.mark.parametrize(
    ("answer", "result"), [((400, {"error": "unreadable"}), "unreadable"), ((413, ""), "too_large")]
)
def test_a_batch_refused_whole_is_halved_down_to_the_culprit(
    engine: Page, server: FieldServer, answer: Any, result: str
) -> None:
    keep_many(engine, 20)
    server.answer(OPS, lambda body: answer if any(one["seq"] == 13 for one in body["ops"]) else None)
    send(engine)
    assert states(engine) == ["received"] * 12 + ["rejected"] + ["received"] * 7
    assert lines(engine)[12]["result"] == result
    assert len(server.received) == 19
    assert len(server.bodies(OPS)) <= 12


def test_an_old_application_keeps_everything(engine: Page, server: FieldServer) -> None:
    server.answer(OPS, lambda body: (426, {"error": "upgrade"}))
    keep(engine)
    send(engine)
    assert (states(engine), phase(engine)["phase"]) == (["waiting"], "update")


def test_rests_grow_at_random_up_to_a_quarter_of_an_hour(engine: Page, server: FieldServer) -> None:
    server.answer(OPS, lambda body: (503, ""))
    keep(engine)
    send(engine)
    found = []
    for step in range(1, 14):
        found.append(rest(engine)["left"] / min(900_000, 1000 * 2 ** (step - 1)))
        engine.evaluate("field.pause.longer(null)")
        assert rest(engine)["step"] == step + 1
    assert all(part <= 1 for part in found)
    assert len({round(part, 3) for part in found}) > 3
    before = len(server.bodies(OPS))
    send(engine)  # a page that opens again respects the rest
    assert len(server.bodies(OPS)) == before


def test_the_time_that_the_server_asks_for_is_respected(engine: Page, server: FieldServer) -> None:
    server.answer(OPS, lambda body: (429, {"error": "busy"}, {"Retry-After": "120"}))
    keep(engine)
    send(engine)
    assert 110_000 < rest(engine)["left"] <= 120_000
    engine.evaluate("field.sync.now({fresh: true})")
    assert len(server.bodies(OPS)) == 1
    server.answer(OPS, lambda body: (503, "", {"Retry-After": "99999999"}))
    send_again(engine)
    assert rest(engine)["left"] <= 900_000


def test_a_rest_set_by_a_wrong_clock_ends(engine: Page, server: FieldServer) -> None:
    engine.evaluate(
        "(year) => field.database.write('notes', (transaction, heard) => "
        "{ heard(transaction.store.put({name: 'pause', until: Date.now() + year, step: 3, asked: true})); })",
        365 * DAY,
    )
    keep(engine)
    send(engine)
    assert states(engine) == ["received"]


def test_batches_hold_fifty_and_fit_the_limit(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 120)
    send(engine)
    assert [len(body["ops"]) for body in server.bodies(OPS)] == [50, 50, 20]
    server.asked.clear()
    engine.evaluate(
        """async () => {
          const content = {fields: {note: "x".repeat(60000)}};
          for (let i = 0; i < 6; i += 1)
            await field.outbox.keep({person: "7", program: "p", kind: "create", entry: field.ids.uuid7(), content});
        }"""
    )
    send_again(engine)
    assert [len(body["ops"]) for body in server.bodies(OPS)] == [3, 3]


def test_the_report_says_what_stays_behind(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 70)
    age(engine, 1)
    send(engine)
    first, second = (body["report"] for body in server.bodies(OPS))
    assert (first["waiting"], second["waiting"]) == (20, 0)
    assert 1440 <= first["oldest"] <= 1442
    assert second["oldest"] == 0


def test_two_tabs_send_each_operation_once(engine: Page, context: BrowserContext, server: FieldServer) -> None:
    other = context.new_page()
    other.goto("/")
    load_probe(other)
    keep_many(engine, 120)
    engine.evaluate("globalThis.sent = field.sync.start({person: '7'}); null")
    send(other)
    engine.evaluate("sent")
    assert [len(body["ops"]) for body in server.bodies(OPS)] == [50, 50, 20]


def test_the_network_that_comes_back_is_used_at_once(
    engine: Page, context: BrowserContext, server: FieldServer
) -> None:
    context.set_offline(True)
    send(engine)
    keep(engine)
    send_again(engine)
    assert (states(engine), phase(engine)["phase"]) == (["waiting"], "offline")
    with engine.expect_request(f"**{OPS}", timeout=10_000):
        context.set_offline(False)
    engine.evaluate("field.sync.now()")
    assert states(engine) == ["received"]


def test_a_server_that_misses_a_number_gets_it_again(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 3)
    send(engine)
    [device] = server.seen
    server.seen[device].discard(2)  # written off by the server, though it was acknowledged
    keep(engine)
    send_again(engine)
    assert states(engine) == ["received", "waiting", "received", "received"]
    send_again(engine)
    assert server.seen[device] == {1, 2, 3, 4}
    assert engine.evaluate("field.profile.losses()") == []


def test_a_storage_that_came_back_from_an_older_copy_is_noticed(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 2)
    send(engine)
    [device] = server.seen
    server.seen[device] = {1, 2, 3, 5, 6}  # sent by this browser before its storage was put back
    keep(engine)
    send_again(engine)
    [loss] = engine.evaluate("field.profile.losses()")
    assert (loss["person"], loss["kind"], loss["count"]) == ("7", "behind", 1)
    assert keep(engine)["seq"] == 7
    engine.evaluate("field.profile.lossSeen('7')")
    send_again(engine)
    assert engine.evaluate("field.profile.losses()") == []
    assert phase(engine)["lost"] == []


def test_an_emptied_storage_is_noticed_at_the_next_start(engine: Page, server: FieldServer) -> None:
    keep_many(engine, 3)
    send(engine)
    keep_many(engine, 2)
    engine.evaluate("field.outbox.summary()")
    session = engine.context.new_cdp_session(engine)
    origin = engine.evaluate("location.origin")
    kinds = "indexeddb,local_storage,cache_storage,service_workers"
    engine.goto("about:blank")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})
    engine.goto("/")
    load_probe(engine)
    send(engine)
    [loss] = engine.evaluate("field.profile.losses()")
    assert (loss["person"], loss["kind"], loss["count"]) == ("7", "evicted", 2)
    enrol(engine)
    assert keep(engine)["seq"] == 1  # another device, with another key
    assert len(phase(engine)["lost"]) == 1
    engine.evaluate("field.profile.lossSeen('7')")
    assert phase(engine)["lost"] == []


def test_an_emptied_storage_that_held_nothing_is_no_loss(engine: Page, server: FieldServer) -> None:
    keep(engine)
    send(engine)
    session = engine.context.new_cdp_session(engine)
    origin = engine.evaluate("location.origin")
    engine.goto("about:blank")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb,local_storage"})
    engine.goto("/")
    load_probe(engine)
    send(engine)
    assert engine.evaluate("field.profile.losses()") == []
