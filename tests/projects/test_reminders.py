"""Reminders of days that come: funding to ask for, vigilance to review. Once at each step, in the person's language, nobody named."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.mailing.topics import words_of
from maillage.core.models import OutgoingMail
from maillage.core.services.mail_choices import decline
from maillage.projects.models import FundingRequest, FundingSource, VigilanceScheme
from maillage.projects.reminders import to_tell
from maillage.projects.services.deadline_reminders import remind_funding, remind_vigilance
from tests.factories import make_group, make_group_member, make_member, make_program
from tests.factories.projects import make_project, make_project_person
from tests.factories.projects_twinning import make_scheme

TODAY = date(2026, 6, 15)


@pytest.fixture
def project(db):
    return make_project(group=make_group(), name="Jardin des sept")


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def asks(project, **fields):
    return FundingRequest.objects.create(**{"project": project, "funder": "Fondation inventée", **fields})


def ago(model, days):
    model.objects.update(reminded_at=timezone.now() - timedelta(days=days))


def test_who_leads_a_project_hears_once_of_what_is_to_be_asked_and_once_in_the_last_week(project):
    lead = make_project_person(project)
    make_group_member(project.group, "facilitator")
    asks(project, due_on=in_days(20), reason="Parler à Rosalie Tremblay")
    asks(project, due_on=in_days(31))
    asks(project, due_on=in_days(3), state="asked")
    asks(project, due_on=in_days(-3))
    assert (remind_funding(), remind_funding()) == (1, 0)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (lead.person.user.email, "1 demande de financement à déposer")
    assert "Fondation inventée (Jardin des sept)" in mail.text
    assert "/projets/financement/" in mail.text
    assert "Rosalie" not in mail.text
    FundingRequest.objects.filter(reminded_at__isnull=False).update(due_on=in_days(6))
    ago(FundingRequest, 14)
    assert (remind_funding(), remind_funding()) == (1, 0)


def test_a_programme_that_a_project_follows_is_told_of_before_it_closes(project):
    make_project_person(project)
    source = FundingSource.objects.create(name="Programme des jardins", funder="Ville", closes_on=in_days(10))
    asks(project, source=source, funder="", due_on=in_days(200))
    last = FundingSource.objects.create(name="Annuel", funder="Ville", closes_on=in_days(-300), is_yearly=True)
    asks(project, source=last, funder="", due_on=in_days(5))
    assert remind_funding() == 1
    text = OutgoingMail.objects.get().text
    assert text.index("Annuel") < text.index("Programme des jardins")


def test_a_day_put_off_is_told_of_again_when_it_comes(project):
    make_project_person(project)
    request = asks(project, due_on=in_days(20))
    remind_funding()
    FundingRequest.objects.update(due_on=in_days(60))
    assert remind_funding() == 0
    FundingRequest.objects.filter(pk=request.pk).update(due_on=in_days(30))
    ago(FundingRequest, 1)
    assert remind_funding() == 1


def test_without_lead_it_goes_to_who_animates_then_to_who_coordinates(project):
    asks(project, due_on=in_days(5))
    project.program = make_program()
    project.save()
    assert remind_funding() == 0
    make_member(project.program, "worker")
    coordinator = make_member(project.program, "coordinator")
    assert remind_funding() == 1
    FundingRequest.objects.update(reminded_at=None)
    animator = make_group_member(project.group, "facilitator")
    make_group_member(project.group)
    assert remind_funding() == 1
    told = list(OutgoingMail.objects.order_by("id").values_list("to", flat=True))
    assert told == [coordinator.user.email, animator.person.user.email]


def test_a_review_that_is_due_is_told_once_to_who_coordinates_and_who_works_there(db):
    scheme = make_scheme(review_on=in_days(0))
    make_scheme(scheme.program, review_on=in_days(1))
    make_scheme(scheme.program, review_on=in_days(-5), ended_on=in_days(-1))
    people = {role: make_member(scheme.program, role).user for role in ("coordinator", "worker", "tenant", "partner")}
    there = make_member(scheme.program, "worker")
    there.divisions.add(scheme.site.mrc)
    gone = make_member(scheme.program, "coordinator").user
    gone.is_active = False
    gone.save()
    assert (remind_vigilance(), remind_vigilance()) == (2, 0)
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert told == {people["coordinator"].email, there.user.email}
    assert scheme.site.name in OutgoingMail.objects.order_by("id").first().text
    VigilanceScheme.objects.filter(pk=scheme.pk).update(review_on=in_days(-50))
    ago(VigilanceScheme, 40)
    assert remind_vigilance() == 0
    VigilanceScheme.objects.filter(pk=scheme.pk).update(review_on=in_days(-10))
    assert remind_vigilance() == 2


def test_it_is_written_in_the_language_of_each_and_may_be_declined(db):
    scheme = make_scheme(review_on=in_days(0))
    english = make_member(scheme.program, "coordinator").user
    english.language = "en-ca"
    english.save()
    remind_vigilance()
    mail = OutgoingMail.objects.get()
    assert mail.language == "en-ca"
    assert mail.topic == "vigilance"
    assert str(words_of(["vigilance"])["vigilance"]) == "Systèmes de vigilance à revoir"
    decline(email=english.email, topic="vigilance")
    VigilanceScheme.objects.update(reminded_at=None)
    remind_vigilance()
    assert OutgoingMail.objects.order_by("id").last().state == "declined"


def test_every_morning_says_how_many_left(project):
    make_project_person(project)
    asks(project, due_on=in_days(5))
    make_member(make_scheme(review_on=in_days(0)).program, "coordinator")
    said = StringIO()
    call_command("remind", stdout=said)
    assert "Rappels de demandes de financement : 1" in said.getvalue()
    assert "Rappels de systèmes de vigilance : 1" in said.getvalue()


@given(st.integers(-400, 400), st.lists(st.integers(0, 90), min_size=1, max_size=4), st.integers(1, 500))
def test_whatever_the_mornings_each_step_is_told_of_once(days, steps, mornings):
    on, told, count = TODAY + timedelta(days=days), None, 0
    for morning in range(mornings):
        today = TODAY + timedelta(days=morning)
        if to_tell(on, told, today, steps):
            told, count = timezone.make_aware(datetime.combine(today, datetime.min.time())), count + 1
    reached = {on - timedelta(days=step) for step in steps if on - timedelta(days=step) < TODAY + timedelta(mornings)}
    late = {day for day in reached if day <= TODAY}
    assert count == len(reached - late) + bool(late)
