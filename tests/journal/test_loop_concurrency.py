"""A receiver, a person and the team speak of one referral at the same instant: one word is written, the others are told."""

import pytest
from django.core import mail
from django.db import connection

from maillage.journal.models import ReferralLink
from maillage.journal.services import (
    LinkClosed,
    ReferralMoved,
    Said,
    answer_by_link,
    answer_with_code,
    note_outcome,
    revoke_link,
    send_to_receiver,
)
from tests.factories import make_member, make_program, make_referral

from .test_concurrency import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the in-memory SQLite of the tests has no such locks"),
]


def sent():
    """A worker, their referral that was sent, and its link."""
    worker = make_member(make_program())
    referral = make_referral(worker.program, worker)
    link, _address = send_to_receiver(actor=worker.user, referral=referral, address=str, agreed=True)
    referral.refresh_from_db()
    return worker.user, referral, link


def test_one_outcome_wins_and_the_others_see_it() -> None:
    user, referral, _link = sent()
    states = ["obtained", "waiting", "not_reached", "abandoned"]
    found = at_once(
        4, lambda number: note_outcome(actor=user, referral=referral, said=Said(states[number]), seen="sent")
    )
    assert sum(isinstance(result, ReferralMoved) for result in found) == 3
    assert referral.events.exclude(state="sent").count() == 1


def test_the_same_tap_from_five_fingers_is_one_event() -> None:
    user, referral, _link = sent()
    found = at_once(5, lambda number: note_outcome(actor=user, referral=referral, said=Said("obtained"), seen="sent"))
    assert not any(isinstance(result, Exception) for result in found)
    assert referral.events.filter(state="obtained").count() == 1


def test_a_link_and_a_code_that_close_the_same_loop() -> None:
    _user, referral, link = sent()

    def answer(number: int) -> object:
        if number % 2:
            return answer_by_link(link=link, said=Said("obtained"))
        return answer_with_code(referral=referral, said=Said("refused", "full"))

    found = at_once(4, answer)
    assert sum(isinstance(result, LinkClosed) for result in found) == 3
    assert referral.events.filter(by_receiver=True).count() == 1
    assert len(mail.outbox) == 1


def test_a_link_that_is_taken_back_while_it_is_answered() -> None:
    user, referral, link = sent()

    def act(number: int) -> object:
        if number:
            return answer_by_link(link=link, said=Said("accepted"))
        return revoke_link(actor=user, link=link)

    revoked, answered = at_once(2, act)
    assert not isinstance(revoked, Exception)
    referral.refresh_from_db()
    assert referral.state == ("sent" if isinstance(answered, LinkClosed) else "accepted")
    assert ReferralLink.objects.get().revoked_at is not None
