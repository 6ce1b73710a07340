"""Hostile operations (F16): each gets its own answer, its neighbours are written, nobody else's data is touched or told."""

import json
from typing import Any

import pytest
from django.core.cache import cache

from maillage.journal.models import Entry, SyncOperation
from tests.factories import make_entry, make_member, make_program

from .client import Phone, uuid7
from .conftest import phone_of, without_session
from .poisons import POISONS, Raw, Scene

pytestmark = pytest.mark.django_db
CANARY = "Zibelinelynx"


@pytest.fixture
def scene(program: Any, worker: Any, phone: Phone, fields: Any) -> Scene:
    theirs = make_program(name=f"Entente {CANARY}", slug="entente-ailleurs")
    stranger = make_member(theirs, "worker", label=CANARY)
    colleague = make_member(program, "worker", label="Collègue")
    return Scene(
        phone=phone,
        stranger=phone_of(stranger.user),
        program=program.slug,
        their_program=theirs.slug,
        their_site=str(theirs.program_sites.order_by("id").first().site.uid),
        their_entry=str(make_entry(theirs, stranger, note=CANARY).uid),
        colleague=str(colleague.pk),
        colleague_entry=str(make_entry(program, colleague, note="Note d'une collègue").uid),
        own_entry=str(make_entry(program, worker).uid),
        good=fields,
    )


def _between(scene: Scene, poison: Any) -> tuple[bytes, list[str]]:
    """A request where the poison stands between two good operations, and the keys of these."""
    good = [scene.phone.write("create", uuid7(), scene.program, scene.good()) for _ in range(2)]
    text = json.dumps(scene.phone.envelope([good[0], "@poison@", good[1]]))
    body = text.replace('"@poison@"', poison if isinstance(poison, Raw) else json.dumps(poison))
    return body.encode(), [operation["op"] for operation in good]


def test_the_corpus_is_large_enough() -> None:
    assert len(POISONS) >= 60


@pytest.mark.parametrize("door", ["ops", "mailbox"])
def test_a_poison_has_its_own_answer_and_its_neighbours_are_written(
    scene: Scene, door: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = {}
    for name, (make, expected) in POISONS.items():
        cache.clear()  # a mailbox that brings bad signatures is stopped: not what is asked here
        try:
            _ask(scene, door, make(scene), expected)
        except AssertionError as error:
            wrong[name] = str(error)
    assert not wrong, "\n".join(f"{name}: {said}" for name, said in wrong.items())
    assert "Traceback" not in caplog.text, caplog.text


def _ask(scene: Scene, door: str, poison: Any, expected: str) -> None:
    """Send one poison between two good operations, and look at everything that may have changed."""
    body, good = _between(scene, poison)
    before, ours = _others(), Entry.objects.filter(date__year__gt=2020).count()
    answer = scene.phone.post(door, body)
    assert answer.status == 200, answer.body
    by = {result["op"]: result for result in answer.json["results"]}
    assert len(answer.json["results"]) == 3, answer.json
    assert [by[op]["status"] for op in good] == ["applied", "applied"]
    (told,) = (result for result in answer.json["results"] if result["op"] not in good)
    assert told["status"] == expected, told
    assert CANARY not in answer.body.decode(), "the answer tells of others"
    assert _others() == before, "other rows changed"
    assert Entry.objects.filter(date__year__gt=2020).count() == ours + 2 + (expected == "applied")
    if door == "ops" and expected in ("rejected", "held", "upgrade"):
        assert told.get("sentence") or told.get("problems"), told


def _others() -> list[Any]:
    """What stands in the rows of everybody else, and of one's own that no good operation touches."""
    return list(
        Entry.objects.filter(date__year__lt=2020).order_by("id").values_list("uid", "revision", "note", "deleted_at")
    )


def test_all_the_poisons_at_once_sink_nothing(scene: Scene) -> None:
    good, sent, expected = [], [], {}
    for name, (make, status) in POISONS.items():
        one = scene.phone.write("create", uuid7(), scene.program, scene.good())
        good.append(one["op"])
        poison = make(scene)
        text = poison if isinstance(poison, Raw) else json.dumps(poison)
        sent += [json.dumps(one), text]
        found = json.loads(text, parse_int=lambda digits: 0) if text.startswith("{") else {}
        if status != "retry":
            expected[str(found.get("op"))] = (name, status)
    results: dict[str, str] = {}
    for first in range(0, len(sent), 20):
        body = json.dumps(scene.phone.envelope(["@"])).replace('"@"', ",".join(sent[first : first + 20]))
        answer = scene.phone.post("ops", body.encode())
        assert answer.status == 200, answer.body
        results |= {str(result["op"]): result["status"] for result in answer.json["results"]}
    assert {results[op] for op in good} == {"applied"}
    wrong = {name: results.get(op) for op, (name, status) in expected.items() if results.get(op, status) != status}
    assert not wrong, wrong


def test_a_poison_sent_again_has_the_same_answer_and_leaves_one_row(scene: Scene) -> None:
    make, _expected = POISONS["persons negative"]
    operation = make(scene)
    for _ in range(3):
        answer = scene.phone.post("ops", scene.phone.envelope([operation]))
        assert answer.json["results"][0]["status"] == "rejected"
        assert answer.json["results"][0]["problems"][0][0] == "persons"
    assert SyncOperation.objects.filter(uid=operation["op"]).count() == 1


def test_what_nobody_signed_leaves_no_row(scene: Scene) -> None:
    for name in ("signature of zeros", "signature by another key", "somebody else's operation", "entry changed after"):
        scene.phone.post("ops", scene.phone.envelope([POISONS[name][0](scene)]))
    assert SyncOperation.objects.count() == 0


def test_a_megabyte_of_text_is_too_large_and_its_neighbours_go_alone(scene: Scene) -> None:
    good = scene.phone.write("create", uuid7(), scene.program, scene.good())
    large = scene.phone.write("create", uuid7(), scene.program, scene.good(note="é" * 1_000_000))
    assert scene.phone.post("ops", scene.phone.envelope([good, large])).status == 413
    assert scene.phone.post("ops", scene.phone.envelope([good])).json["results"][0]["status"] == "applied"
    assert scene.phone.post("ops", scene.phone.envelope([large])).json["error"] == "too_large"


def test_another_persons_mailbox_cannot_be_used_to_write_in_their_name(scene: Scene) -> None:
    operation = scene.stranger.write("create", uuid7(), scene.their_program, scene.good())
    forged = {**operation, "body": operation["body"][:-4] + "AAAA"}
    thief = without_session(scene.phone)
    answer = thief.post("mailbox", {**thief.envelope([forged]), "device": scene.stranger.device})
    assert [result["status"] for result in answer.json["results"]] == ["rejected"]
    assert SyncOperation.objects.count() == 0
