"""The tests catch planted bugs: each of these bundles loses, doubles or blocks entries, and a scenario sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from maillage.core.models import Epoch
from maillage.journal.models import Entry

from .doses import FULL
from .mutants import Change, bundles
from .phone import Phone
from .stage import Staging
from .test_upgrade import GO_BACK
from .writing import (
    EXCHANGES,
    QUEUE,
    SILENCE,
    eventually,
    fill,
    keep_many,
    no_server,
    open_form,
    press_send,
    tap_save,
    waiting,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = ["Cinq.", "Deux.", "Quatre.", "Trois.", "Une."]


def kept_while_the_server_is_away(phone: Phone, worker: Any, stage: Staging) -> None:
    phone.enter(worker.user)
    page = open_form(phone)
    no_server(stage)
    keep_many(page, NOTES)


def all_arrive(phone: Phone, patience: float) -> None:
    """The person opens the queue, and taps « Envoyer maintenant » as long as something is missing."""
    phone.page.goto(QUEUE)

    def arrived() -> list[str]:
        press_send(phone.page)
        return sorted(Entry.objects.values_list("note", flat=True))

    eventually(arrived, NOTES, patience)


def a_refusal_of_the_whole_batch(phone: Phone, worker: Any, stage: Staging, patience: float, status: int) -> None:
    """The server refuses what comes, whatever it is; then it takes it."""
    kept_while_the_server_is_away(phone, worker, stage)
    stage.calm()
    stage.answer(EXCHANGES, status)
    phone.page.goto(QUEUE)
    eventually(lambda: len(stage.requests(EXCHANGES)) > 0)
    eventually(lambda: any(line[2] == status for line in stage.requests(EXCHANGES)))
    stage.calm()
    all_arrive(phone, patience)


def sessions_end(phone: Phone, worker: Any, stage: Staging, patience: float) -> None:
    """m5: an answer 403 is about the session, not about the entries."""
    a_refusal_of_the_whole_batch(phone, worker, stage, patience, 403)


def a_server_in_trouble(phone: Phone, worker: Any, stage: Staging, patience: float) -> None:
    """m12: an answer 500 says nothing of the entries."""
    a_refusal_of_the_whole_batch(phone, worker, stage, patience, 500)


def a_restored_server(phone: Phone, worker: Any, stage: Staging, patience: float) -> None:
    """m8: the server comes back from a copy that knows nothing of what it had acknowledged."""
    kept_while_the_server_is_away(phone, worker, stage)
    stage.calm()
    all_arrive(phone, patience)
    eventually(lambda: waiting(phone), 0)
    tables = ["journal_referral_groups", "journal_referral", "journal_entryterm", "journal_entryrevision"]
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
        for table in [*tables, "journal_sibling", "journal_syncoperation", "journal_entry"]:
            if table in there:
                cursor.execute(f"DELETE FROM {table}")
    Epoch.objects.create()
    phone.page.evaluate(SILENCE)
    all_arrive(phone, patience)


def an_upgrade(phone: Phone, worker: Any, stage: Staging, patience: float) -> None:
    """m10: the application of before held entries in its first database."""
    kept_while_the_server_is_away(phone, worker, stage)
    phone.page.goto("/readyz")
    assert phone.page.evaluate(GO_BACK) == len(NOTES)
    phone.page.evaluate("held.close()")
    stage.calm()
    all_arrive(phone, patience)


def signing_out(phone: Phone, worker: Any, stage: Staging, patience: float) -> None:
    """m11: a person signs out while entries wait."""
    kept_while_the_server_is_away(phone, worker, stage)
    phone.page.reload()
    phone.sign_out()
    phone.leave_them()
    phone.enter(worker.user)
    stage.calm()
    all_arrive(phone, patience)


def twice_the_same(phone: Phone, worker: Any, stage: Staging, patience: float) -> None:
    """The answer to the form is lost, and the phone keeps the entry under the number that the form bore."""
    phone.enter(worker.user)
    page = open_form(phone)
    fill(page, "Une.")
    stage.lose("POST /journal/nouvelle/", times=1)
    tap_save(page)
    eventually(lambda: page.locator("#entry-kept:not([hidden])").count(), 1)
    phone.page.goto(QUEUE)
    eventually(lambda: waiting(phone), 0, patience)
    assert Entry.objects.count() == 1


ACT = "  const what = verdict(answer, round.device.epoch);\n"
FORGET = '    heard(transaction.objectStore("vaults").delete(person));\n'
SECOND = 'function second(db, transaction) {\n  const operations = transaction.objectStore("operations");\n'


@dataclass(frozen=True)
class Planted:
    """A bug, and the scenario that sees it; `alone` where no other test plays that scenario in the short dose."""

    scenario: Callable[..., None]
    changes: tuple[Change, ...]
    alone: bool = True


PLANTED = {
    "m5 drops on 4xx": Planted(
        sessions_end,
        (
            Change(
                "field/drain.js",
                "import { settle } from",
                'import { withDatabase } from "./database.js";\nimport { settle } from',
            ),
            Change(
                "field/drain.js",
                ACT,
                "  if (answer.status >= 400 && answer.status < 500 && batch.length) {\n"
                '    await withDatabase((db) => Promise.all(batch.map(({ op }) => db.delete("operations", op))));\n'
                "    return null;\n  }\n" + ACT,
            ),
        ),
    ),
    "m8 no epoch": Planted(
        a_restored_server,
        (
            Change(
                "field/receipt.js",
                'const restored = known.epoch !== "" && known.epoch !== answer.epoch;',
                "const restored = false;",
            ),
        ),
    ),
    "m10 store made anew": Planted(
        an_upgrade,
        (
            Change(
                "field/schema.js",
                SECOND,
                'function second(db, transaction) {\n  db.deleteObjectStore("operations");\n'
                '  const operations = db.createObjectStore("operations", { keyPath: "op" });\n'
                '  operations.createIndex("queue", ["device", "state", "seq"]);\n',
            ),
        ),
        alone=False,
    ),
    "m11 signing out wipes": Planted(
        signing_out,
        (
            Change(
                "field/vault.js",
                'await write(["vaults", "drafts", "cache"],',
                'await write(["vaults", "drafts", "cache", "operations"],',
            ),
            Change("field/vault.js", FORGET, FORGET + '    heard(transaction.objectStore("operations").clear());\n'),
        ),
        alone=False,
    ),
    "m12 5xx is a refusal": Planted(
        a_server_in_trouble,
        (
            Change(
                "field/drain.js",
                ACT,
                "  if (answer.status >= 500 && batch.length) {\n"
                '    await settle(batch.map(({ op }) => ({ op, status: "rejected" })));\n'
                "    advance(round, batch);\n    return null;\n  }\n" + ACT,
            ),
        ),
    ),
    "another number at each save": Planted(
        twice_the_same,
        (Change("entry/saving.js", "entry: form.elements.uid.value.toLowerCase(),", "entry: crypto.randomUUID(),"),),
        alone=False,
    ),
}


@pytest.mark.parametrize("name", [name for name, planted in PLANTED.items() if FULL or planted.alone])
def test_the_product_passes_what_mutants_fail(phone: Phone, worker: Any, stage: Staging, name: str) -> None:
    PLANTED[name].scenario(phone, worker, stage, 20.0)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_seen(phone: Phone, worker: Any, stage: Staging, name: str) -> None:
    stage.bundles.update(bundles(PLANTED[name].changes))
    with pytest.raises(AssertionError):
        PLANTED[name].scenario(phone, worker, stage, 3.0)
    # It is not that the machine was slow: nothing waits any more, and the journal is not what was written.
    eventually(lambda: waiting(phone), 0)
    assert sorted(Entry.objects.values_list("note", flat=True)) not in (NOTES, ["Une."])
