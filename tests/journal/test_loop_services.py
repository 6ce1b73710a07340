"""The doors of loops: the team, the receiver by a link, whoever holds the code."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent, OutgoingMail
from maillage.core.services.mail_sending import send_waiting
from maillage.journal.links import digest_of
from maillage.journal.models import Referral, ReferralLink
from maillage.journal.services import (
    IdentitySuspected,
    LinkClosed,
    ReferralMoved,
    Said,
    answer_by_link,
    answer_with_code,
    delete_entry,
    follow_on,
    note_outcome,
    remind_follow_ups,
    revoke_link,
    send_to_receiver,
    take_back,
)
from tests.factories import make_member, make_referral, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(program, worker):
    return make_referral(program, worker, due_on=timezone.localdate())


def address(token):
    return f"https://maillage.exemple.test/reference/{token}/"


def sent(actor, referral, **options):
    """The link of a referral that was sent."""
    return send_to_receiver(actor=actor, referral=referral, address=address, **({"agreed": True} | options))[0]


def test_an_outcome_is_written_with_its_history_and_its_audit(worker, referral):
    colleague = make_member(referral.entry.program).user
    note_outcome(
        actor=colleague, referral=referral, said=Said("refused", "full", note="Rappeler en juin."), seen="given"
    )
    referral.refresh_from_db()
    assert (referral.state, referral.barrier) == ("refused", "full")
    assert not Referral.objects.late().exists()
    event = referral.events.get()
    assert (event.state, event.by_id, event.by_receiver, event.note) == (
        "refused",
        colleague.pk,
        False,
        "Rappeler en juin.",
    )
    line = AuditEvent.objects.get(verb="journal.loop_noted")
    assert line.changes["state"] == ["given", "refused"]
    assert "Rappeler" not in str(line.changes)


def test_the_same_tap_twice_is_one_event(worker, referral):
    for _tap in range(2):
        note_outcome(actor=worker.user, referral=referral, said=Said("obtained"), seen="given")
    assert referral.events.count() == 1


def test_two_colleagues_at_once_the_second_sees_the_first(worker, referral):
    note_outcome(actor=worker.user, referral=referral, said=Said("obtained"), seen="given")
    with pytest.raises(ReferralMoved, match="Service obtenu"):
        note_outcome(actor=worker.user, referral=referral, said=Said("waiting"), seen="given")
    assert referral.events.count() == 1


def test_a_waiting_list_stays_open_and_comes_back_in_thirty_days(worker, referral):
    note_outcome(actor=worker.user, referral=referral, said=Said("waiting"))
    referral.refresh_from_db()
    assert referral.due_on == timezone.localdate() + timedelta(days=30)


@pytest.mark.parametrize("role", ["partner", "researcher", "tenant"])
def test_only_the_team_follows(program, referral, role):
    for actor in (make_member(program, role).user, make_user(is_administrator=True)):
        with pytest.raises(NotAllowed):
            note_outcome(actor=actor, referral=referral, said=Said("obtained"))
        with pytest.raises(NotAllowed):
            take_back(actor=actor, referral=referral, seen="given")
        with pytest.raises(NotAllowed):
            follow_on(actor=actor, referral=referral, due_on=None)
        with pytest.raises(NotAllowed):
            send_to_receiver(actor=actor, referral=referral, address=address, agreed=True)


def test_a_note_names_nobody(worker, referral):
    with pytest.raises(IdentitySuspected):
        note_outcome(actor=worker.user, referral=referral, said=Said("obtained", note="Madame Tremblay est contente"))
    with pytest.raises(IdentitySuspected):
        answer_by_link(link=sent(worker.user, referral), said=Said("accepted", note="Rejointe au 418 555-0134"))
    assert not referral.events.filter(by_receiver=True).exists()


def test_undo_brings_back_what_was_and_keeps_what_was_said(worker, referral):
    note_outcome(actor=worker.user, referral=referral, said=Said("waiting"))
    note_outcome(actor=worker.user, referral=referral, said=Said("obtained"))
    take_back(actor=worker.user, referral=referral, seen="obtained")
    referral.refresh_from_db()
    assert (referral.state, referral.due_on) == ("waiting", timezone.localdate() + timedelta(days=30))
    assert [event.state for event in referral.events.all()] == ["waiting", "obtained", "waiting"]


def test_a_refusal_that_was_a_waiting_list_comes_back_in_thirty_days(worker, referral):
    note_outcome(actor=worker.user, referral=referral, said=Said("refused", "full"))
    note_outcome(actor=worker.user, referral=referral, said=Said("waiting"))
    referral.refresh_from_db()
    assert (referral.state, referral.barrier) == ("waiting", "")
    assert referral.due_on == timezone.localdate() + timedelta(days=30)


def test_undoing_the_only_answer_chases_it_again(worker, referral):
    note_outcome(actor=worker.user, referral=referral, said=Said("obtained"))
    take_back(actor=worker.user, referral=referral, seen="obtained")
    referral.refresh_from_db()
    assert (referral.state, referral.due_on) == ("given", timezone.localdate())
    with pytest.raises(ReferralMoved):
        take_back(actor=worker.user, referral=referral, seen="obtained")


def test_nothing_to_undo(worker, referral):
    with pytest.raises(Refused, match="rien à défaire"):
        take_back(actor=worker.user, referral=referral, seen="given")


def test_a_reminder_is_chosen_or_dropped(worker, referral):
    day = timezone.localdate() + timedelta(days=3)
    assert follow_on(actor=worker.user, referral=referral, due_on=day).due_on == day
    assert follow_on(actor=worker.user, referral=referral, due_on=None).due_on is None
    with pytest.raises(Refused, match="passée"):
        follow_on(actor=worker.user, referral=referral, due_on=timezone.localdate() - timedelta(days=1))


def test_nothing_leaves_without_agreement(worker, referral):
    with pytest.raises(Refused, match="sans l'accord"):
        send_to_receiver(actor=worker.user, referral=referral, address=address, email="accueil@exemple.test")
    referral.refresh_from_db()
    assert (referral.state, referral.consent, mail.outbox, referral.links.count()) == ("given", False, [], 0)


def test_a_colleague_who_did_not_meet_the_person_sends_nothing(program, referral):
    with pytest.raises(NotAllowed):
        sent(make_member(program).user, referral)


def test_a_link_is_sent_and_only_its_digest_is_kept(worker, referral):
    link, full = send_to_receiver(
        actor=worker.user, referral=referral, address=address, email=" accueil@exemple.test ", agreed=True
    )
    referral.refresh_from_db()
    assert (referral.state, referral.consent) == ("sent", True)
    [message] = mail.outbox
    token = full.rstrip("/").rsplit("/", 1)[-1]
    assert full in message.body
    assert link.digest == digest_of(token) != token
    assert token not in str(list(AuditEvent.objects.values_list("changes", flat=True)))
    assert referral.code in message.body


@pytest.mark.parametrize("typed", ["pas un courriel", "a@b", "x@exemple.test\nBcc: tous@exemple.test"])
def test_a_bad_email_is_said_and_nothing_is_written(worker, referral, typed):
    with pytest.raises(ValidationError):
        sent(worker.user, referral, email=typed)
    assert referral.links.count() == 0


def test_a_mail_that_does_not_leave_closes_its_link(worker, referral, monkeypatch):
    def broken(self):
        raise OSError("no server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    with pytest.raises(Refused, match="n'est pas parti"):
        sent(worker.user, referral, email="accueil@exemple.test")
    assert not ReferralLink.objects.usable().exists()


def test_the_receiver_answers_and_the_worker_is_told(worker, referral, django_capture_on_commit_callbacks):
    link = sent(worker.user, referral)
    day = timezone.localdate() + timedelta(days=5)
    with django_capture_on_commit_callbacks(execute=True):
        answer_by_link(link=link, said=Said("proposed", proposed_on=day))
    referral.refresh_from_db()
    assert (referral.state, referral.proposed_on, referral.due_on) == ("proposed", day, day + timedelta(days=1))
    assert referral.events.filter(by_receiver=True).count() == 1
    [message] = mail.outbox
    assert message.to == [worker.user.email]
    assert str(referral.uid) in message.body


def test_an_answer_stands_though_its_mail_does_not_leave(
    worker, referral, monkeypatch, django_capture_on_commit_callbacks
):
    link = sent(worker.user, referral)

    def broken(self):
        raise OSError("no server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    with django_capture_on_commit_callbacks(execute=True):
        answer_by_link(link=link, said=Said("accepted"))
    referral.refresh_from_db()
    assert referral.state == "accepted"


def test_a_link_that_is_closed_answers_nothing(worker, referral):
    for close in (
        lambda link: revoke_link(actor=worker.user, link=link),
        lambda link: ReferralLink.objects.filter(pk=link.pk).update(expires_at=timezone.now()),
        lambda link: note_outcome(actor=worker.user, referral=referral, said=Said("not_reached")),
    ):
        link = sent(worker.user, referral)
        close(link)
        with pytest.raises(LinkClosed):
            answer_by_link(link=link, said=Said("obtained"))
    assert not referral.events.filter(by_receiver=True).exists()


def test_an_entry_that_was_deleted_closes_link_and_code(worker, referral):
    link = sent(worker.user, referral)
    delete_entry(actor=worker.user, entry=referral.entry)
    with pytest.raises(LinkClosed):
        answer_by_link(link=link, said=Said("accepted"))
    with pytest.raises(LinkClosed):
        answer_with_code(referral=referral, said=Said("obtained"))
    with pytest.raises(Refused, match="supprimée"):
        note_outcome(actor=worker.user, referral=referral, said=Said("obtained"))


def test_whoever_holds_the_code_says_what_happened_once(referral):
    answer_with_code(referral=referral, said=Said("obtained"))
    referral.refresh_from_db()
    assert (referral.state, referral.events.get().by_label) == ("obtained", "Avec le code")
    with pytest.raises(LinkClosed):
        answer_with_code(referral=referral, said=Said("waiting"))


def test_answers_from_outside_are_bounded(worker, referral):
    link, day = sent(worker.user, referral), timezone.localdate()
    for place in range(12):
        answer_by_link(link=link, said=Said("proposed", proposed_on=day + timedelta(days=place)))
    with pytest.raises(Refused, match="beaucoup de réponses"):
        answer_by_link(link=link, said=Said("accepted"))
    answered = referral.events.filter(by_receiver=True)
    assert answered.count() == 12


def late(program, worker, days=1, **fields):
    return make_referral(program, worker, due_on=timezone.localdate() - timedelta(days=days), **fields)


def test_one_reminder_a_person_and_none_twice_in_a_week(program, worker):
    other = make_member(program)
    mine = [late(program, worker) for _line in range(3)]
    late(program, other)
    assert remind_follow_ups() == 2
    assert remind_follow_ups() == 0
    send_waiting()
    message = next(one for one in mail.outbox if one.to == [worker.user.email])
    assert "3 suivis" in message.subject
    assert all(referral.code in message.body for referral in mine)
    mine[0].refresh_from_db()
    mine[0].reminded_at -= timedelta(days=8)
    mine[0].save()
    assert remind_follow_ups() == 1


def test_who_is_not_reminded(program, worker):
    late(program, worker, state="obtained")
    make_referral(program, worker, due_on=timezone.localdate() + timedelta(days=1))
    make_referral(program, worker)
    gone = make_member(program, end=timezone.localdate() - timedelta(days=1))
    late(program, gone)
    inactive = make_member(program, user=make_user(is_active=False))
    late(program, inactive)
    deleted = late(program, worker)
    delete_entry(actor=worker.user, entry=deleted.entry)
    assert remind_follow_ups() == 0
    assert not OutgoingMail.objects.exists()


def test_reminders_speak_the_language_of_the_person(program):
    reader = make_member(program, user=make_user(language="en"))
    late(program, reader)
    assert remind_follow_ups() == 1


def test_a_reminder_that_does_not_leave_is_tried_again(program, worker, monkeypatch):
    late(program, worker)

    def broken(self):
        raise OSError("no server")

    assert remind_follow_ups() == 1
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", broken)
        assert send_waiting().put_off == 1
    assert remind_follow_ups() == 0
    OutgoingMail.objects.update(not_before=timezone.now())
    assert send_waiting().sent == 1
    assert [message.to for message in mail.outbox] == [[worker.user.email]]
