"""What happened long ago enters with its day: applications on paper, decisions, payments, reports, in an order that can be."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent, OutgoingMail
from maillage.projects.models import Application, Payment
from maillage.projects.services.application_receipt import hand_to_committee, return_application
from maillage.projects.services.applications import edit_application, save_budget, submit_application
from maillage.projects.services.final_reports import accept_report, submit_report
from maillage.projects.services.grants import amend, decide, note_signature
from maillage.projects.services.paper_applications import record_application
from maillage.projects.services.payments import cancel_payment, pay
from maillage.projects.services.redated_steps import redate_passage
from tests.factories import make_group, make_group_member, make_member, make_project
from tests.factories.projects_support import make_call, make_fund
from tests.factories.regions import make_organization
from tests.projects.pages import at

pytestmark = pytest.mark.django_db
OPENS, CLOSES = date(2013, 1, 14), date(2013, 4, 30)


@pytest.fixture
def call():
    fund = make_fund(committee=make_group(), start=date(2013, 1, 1), end=date(2016, 12, 31), envelope=Decimal(50_000))
    return make_call(fund, opens_on=OPENS, closes_on=CLOSES, report_due_on=date(2016, 1, 31))


@pytest.fixture
def keeper(call):
    return make_member(call.fund.program, "coordinator").user


@pytest.fixture
def project(call):
    group = make_group()
    group.programs.add(call.fund.program)
    return make_project(group=group, program=call.fund.program, description="Un jardin pour tous.")


def words(**fields):
    return {
        "what": "Un jardin", "why": "Le besoin", "who": "Des locataires", "when": "L'été", "changes": "On se parle",
        "afterwards": "Un comité", "starts_on": date(2013, 6, 1), "ends_on": date(2015, 6, 1),
        "payee": make_organization(), **fields,
    }  # fmt: skip


def filled(keeper, project, call, received_on=date(2013, 4, 20), **given):
    """An application on paper, its words and its budget copied."""
    one = record_application(actor=keeper, project=project, call=call, received_on=received_on, **given)
    edit_application(actor=keeper, application=one, values=words(), revision=one.revision)
    one.refresh_from_db()
    lines = [
        {"side": "cost", "kind": "", "label": "Terre", "amount": Decimal(1000)},
        {"side": "source", "kind": "asked", "label": "Mesure", "amount": Decimal(600)},
        {"side": "source", "kind": "money", "label": "Ville", "amount": Decimal(400)},
    ]
    save_budget(actor=keeper, application=one, lines=lines, revision=one.revision)
    one.refresh_from_db()
    return one


def granted(keeper, one, decided_on=date(2013, 5, 24)):
    submit_application(actor=keeper, application=one)
    hand_to_committee(actor=keeper, application=one, on=date(2013, 5, 2))
    decide(actor=keeper, application=one, outcome="granted", reason="Le besoin est clair.", decided_on=decided_on)
    note_signature(actor=keeper, application=one, on=date(2013, 6, 5))
    return one


def report(one):
    actual = {line.pk: line.amount for line in one.budget.all()}
    return {"values": {"results": "On se parle."}, "actual": actual}


def test_a_life_of_years_ago_enters_whole_with_its_days(keeper, project, call):
    one = granted(keeper, filled(keeper, project, call))
    pay(actor=keeper, application=one, amount=Decimal(600), on=date(2013, 6, 20))
    submit_report(actor=keeper, application=one, on=date(2015, 7, 1), **report(one))
    accept_report(actor=keeper, application=one, on=date(2015, 7, 16))
    one.refresh_from_db()
    assert (one.state, one.submitted_on, one.agreed_on) == ("closed", date(2013, 4, 20), date(2013, 6, 5))
    assert (one.report.submitted_on, one.report.accepted_on) == (date(2015, 7, 1), date(2015, 7, 16))
    assert list(one.steps.values_list("after", "on")) == [
        ("draft", date(2013, 4, 20)),
        ("submitted", date(2013, 4, 20)),
        ("reviewed", date(2013, 5, 2)),
        ("granted", date(2013, 5, 24)),
        ("agreed", date(2013, 6, 5)),
        ("reported", date(2015, 7, 1)),
        ("closed", date(2015, 7, 16)),
    ]
    # The audit says when it was written, and by whom; nobody receives news of 2013.
    lines = AuditEvent.objects.filter(verb__startswith="projects.", actor_label=str(keeper))
    assert lines.count() >= 10
    assert {timezone.localdate(line.at) for line in lines} == {timezone.localdate()}
    assert not OutgoingMail.objects.exists()


def test_what_happened_today_is_still_told(keeper, project, call):
    fund = call.fund
    fund.end = None
    fund.save()
    now = make_call(fund, opens_on=timezone.localdate() - timedelta(days=9), closes_on=timezone.localdate())
    one = record_application(actor=keeper, project=project, call=now, received_on=timezone.localdate())
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}
    edit_application(actor=keeper, application=one, values=words(**days), revision=0)
    lines = [
        {"side": "cost", "kind": "", "label": "Terre", "amount": Decimal(10)},
        {"side": "source", "kind": "asked", "label": "Mesure", "amount": Decimal(5)},
        {"side": "source", "kind": "money", "label": "Ville", "amount": Decimal(5)},
    ]
    save_budget(actor=keeper, application=one, lines=lines, revision=1)
    submit_application(actor=keeper, application=one)
    assert OutgoingMail.objects.filter(to=keeper.email).exists()


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (OPENS - timedelta(days=1), "ne peut pas être arrivée avant"),
        (CLOSES + timedelta(days=1), "dites pourquoi cette demande est prise en retard"),
        (date(2017, 1, 1), "La mesure a pris fin"),
        (date(2100, 1, 1), "un jour à venir"),
    ],
)
def test_a_paper_comes_within_its_call_or_says_why_it_is_taken(keeper, project, call, on, said):
    with pytest.raises(Refused, match=said):
        record_application(actor=keeper, project=project, call=call, received_on=on)
    assert not Application.objects.exists()


def test_a_late_paper_says_why_and_the_group_reads_it(client, keeper, project, call):
    late = CLOSES + timedelta(days=3)
    one = filled(keeper, project, call, late, late_because="La poste était en grève.")
    submit_application(actor=keeper, application=one)
    carrier = make_group_member(project.group, "coordinator").person.user
    client.force_login(carrier)
    page = client.get(at("application", one.uid)).content.decode()
    assert "Reçue sur papier, en retard : La poste était en grève." in page
    assert "3 mai 2013" in page.replace("\u00a0", " ")


def test_a_project_or_a_group_that_had_ended_asks_no_more_but_did_before(keeper, project, call):
    project.stage, project.ended_on = "ended", date(2013, 2, 1)
    project.save()
    with pytest.raises(Refused, match="terminé ce jour-là"):
        record_application(actor=keeper, project=project, call=call, received_on=date(2013, 2, 1))
    project.ended_on = date(2015, 6, 1)
    project.save()
    group = project.group
    group.state, group.ended_on = "ended", date(2014, 1, 1)
    group.save()
    one = granted(keeper, filled(keeper, project, call))
    assert one.decisions.get().amount == Decimal(600)
    later = make_project(group=group, program=call.fund.program)
    with pytest.raises(Refused, match="était terminé ce jour-là"):
        record_application(
            actor=keeper, project=later, call=make_call(call.fund, opens_on=date(2013, 12, 1), closes_on=date(2014, 2, 1)),
            received_on=date(2014, 1, 1),
        )  # fmt: skip


def test_nothing_comes_before_what_it_follows(keeper, project, call):
    one = filled(keeper, project, call)
    submit_application(actor=keeper, application=one)
    with pytest.raises(Refused, match="précède l'étape « Déposée »"):
        return_application(actor=keeper, application=one, missing="Le budget", on=date(2013, 4, 19))
    hand_to_committee(actor=keeper, application=one, on=date(2013, 5, 30))
    with pytest.raises(Refused, match="précède l'étape « Déposée »"):
        decide(actor=keeper, application=one, outcome="granted", reason="Oui.", decided_on=date(2013, 4, 19))
    # Handing over is paperwork: the committee may have met before it was noted.
    decide(actor=keeper, application=one, outcome="granted", reason="Oui.", decided_on=date(2013, 5, 24))
    with pytest.raises(Refused, match="vérifiez la date"):
        note_signature(actor=keeper, application=one, on=date(2013, 5, 23))
    note_signature(actor=keeper, application=one, on=date(2013, 6, 5))
    with pytest.raises(Refused, match="suit la signature"):
        pay(actor=keeper, application=one, amount=Decimal(1), on=date(2013, 6, 4))
    pay(actor=keeper, application=one, amount=Decimal(600), on=date(2015, 8, 1))
    with pytest.raises(Refused, match="précède l'étape"):
        submit_report(actor=keeper, application=one, on=date(2013, 6, 4), **report(one))
    submit_report(actor=keeper, application=one, on=date(2015, 7, 1), **report(one))
    with pytest.raises(Refused, match="Le dernier mouvement est du"):
        accept_report(actor=keeper, application=one, on=date(2015, 7, 31))
    accept_report(actor=keeper, application=one, on=date(2015, 8, 1))


def test_on_no_evening_was_more_paid_than_granted(keeper, project, call):
    one = granted(keeper, filled(keeper, project, call))
    pay(actor=keeper, application=one, amount=Decimal(600), on=date(2013, 7, 1))
    change = {"kind": "amount", "reason": "Le jardin s'agrandit", "decided_on": date(2014, 3, 1)}
    amend(actor=keeper, application=one, change=Decimal(100), **change)
    with pytest.raises(Refused, match="seraient versés alors que"):
        pay(actor=keeper, application=one, amount=Decimal(100), on=date(2014, 2, 28))
    assert Payment.objects.count() == 1
    second = pay(actor=keeper, application=one, amount=Decimal(100), on=date(2014, 3, 1))
    with pytest.raises(Refused, match="il serait revenu plus d'argent"):
        pay(actor=keeper, application=one, amount=Decimal(50), kind="refund", on=date(2013, 6, 30))
    back = pay(actor=keeper, application=one, amount=Decimal(650), kind="refund", on=date(2014, 5, 1))
    with pytest.raises(Refused, match="seraient versés alors que"):
        amend(actor=keeper, application=one, change=Decimal(-650), **change)
    cancel_payment(actor=keeper, payment=back, reason="Erreur")
    cancel_payment(actor=keeper, payment=second, reason="Erreur")
    amend(actor=keeper, application=one, change=Decimal(-100), **change)


def test_another_day_is_for_the_keepers_of_the_fund_to_say(keeper, project, call):
    one = filled(keeper, project, call)
    carrier = make_group_member(project.group, "coordinator").person.user
    with pytest.raises(NotAllowed):
        submit_application(actor=carrier, application=one, on=date(2013, 4, 1))
    with pytest.raises(NotAllowed):
        record_application(actor=carrier, project=project, call=call, received_on=date(2013, 4, 1))


def test_the_page_records_a_paper_then_asks_for_its_words(client, keeper, project, call):
    client.force_login(keeper)
    assert at("application_record", call.fund.slug) in client.get(at("fund", call.fund.slug)).content.decode()
    sent = {"project": project.slug, "call": call.uid, "received_on": "2013-05-03"}
    refused = client.post(at("application_record", call.fund.slug), sent)
    assert refused.status_code == 422
    assert "dites pourquoi" in refused.content.decode()
    assert 'value="2013-05-03"' in refused.content.decode()
    answer = client.post(at("application_record", call.fund.slug), {**sent, "received_on": "2013-04-20"})
    one = Application.objects.get()
    assert answer.headers["Location"] == at("application_words", one.uid)
    assert client.get(at("application_words", one.uid)).status_code == 200
    assert client.get(at("application_budget", one.uid)).status_code == 200


def test_a_keeper_who_carries_nothing_writes_the_paper_of_a_group(client, keeper, call):
    """The project is of another programme: only the fund lets them write its paper."""
    project = make_project(group=make_group())
    project.group.programs.add(call.fund.program)
    seat = make_group_member(project.group)
    seat.person.user = keeper
    seat.person.save()
    one = granted(keeper, filled(keeper, project, call))
    client.force_login(keeper)
    page = client.get(at("application", one.uid))
    assert page.status_code == 200
    submit_report(actor=keeper, application=one, on=date(2015, 7, 1), **report(one))
    wrong = client.post(at("report_again", one.uid), {"words": "Les coûts", "on": "hier"})
    assert wrong.status_code == 422
    assert "AAAA-MM-JJ" in wrong.content.decode()
    client.post(at("report_again", one.uid), {"words": "Les coûts", "on": "2015-07-05"})
    assert one.steps.last().on == date(2015, 7, 5)
    page = client.get(at("final_report_edit", one.uid)).content.decode()
    assert 'name="on"' in page


def step(one, after):
    return one.steps.filter(after=after).last()


def test_what_bears_the_day_of_a_passage_follows_it(keeper, project, call):
    one = granted(keeper, filled(keeper, project, call))
    pay(actor=keeper, application=one, amount=Decimal(600), on=date(2013, 6, 20))
    submit_report(actor=keeper, application=one, on=date(2015, 7, 1), **report(one))
    accept_report(actor=keeper, application=one, on=date(2015, 7, 16))
    for after, on in (
        ("submitted", date(2013, 4, 22)), ("reviewed", date(2014, 5, 3)), ("granted", date(2013, 5, 27)),
        ("agreed", date(2013, 6, 20)), ("reported", date(2015, 7, 2)), ("closed", date(2015, 7, 17)),
    ):  # fmt: skip
        assert redate_passage(actor=keeper, step=step(one, after), on=on).on == on
    one.refresh_from_db()
    assert (one.received_on, one.submitted_on, one.agreed_on) == (
        date(2013, 4, 22),
        date(2013, 4, 22),
        date(2013, 6, 20),
    )
    assert one.decisions.get().decided_on == date(2013, 5, 27)
    assert (one.report.submitted_on, one.report.accepted_on) == (date(2015, 7, 2), date(2015, 7, 17))
    assert step(one, "draft").on == date(2013, 4, 22)


def test_a_passage_stays_where_it_can_be(keeper, project, call):
    one = granted(keeper, filled(keeper, project, call))
    pay(actor=keeper, application=one, amount=Decimal(600), on=date(2013, 6, 20))
    change = {"kind": "amount", "change": Decimal(10), "reason": "Plus grand", "decided_on": date(2013, 6, 1)}
    amend(actor=keeper, application=one, **change)
    for after, on, said in (
        ("submitted", date(2013, 1, 13), "ne peut pas être arrivée avant"),
        ("submitted", date(2013, 5, 1), "pas inscrite comme arrivée en retard"),
        ("submitted", date(2013, 5, 25), "après l'étape « Accordée »"),
        ("granted", date(2013, 4, 19), "avant l'étape « Déposée »"),
        ("granted", date(2013, 6, 2), "Un avenant est du"),
        ("granted", date(2999, 1, 1), "à venir"),
        ("agreed", date(2013, 5, 23), "avant l'étape « Accordée »"),
        ("agreed", date(2013, 6, 21), "Un versement a été fait"),
        ("draft", date(2013, 4, 19), "corrigez son dépôt"),
    ):
        with pytest.raises(Refused, match=said):
            redate_passage(actor=keeper, step=step(one, after), on=on)
    one.refresh_from_db()
    assert one.decisions.get().decided_on == date(2013, 5, 24)
    assert not AuditEvent.objects.filter(verb="projects.application_redated").exists()


def test_an_application_submitted_on_line_keeps_its_day(keeper, project, call):
    one = filled(keeper, project, call)
    granted(keeper, one)
    type(one).objects.filter(pk=one.pk).update(received_on=None)
    with pytest.raises(Refused, match="garde le jour"):
        redate_passage(actor=keeper, step=step(one, "submitted"), on=date(2013, 4, 19))
    carrier = make_group_member(project.group, "coordinator").person.user
    with pytest.raises(NotAllowed):
        redate_passage(actor=carrier, step=step(one, "granted"), on=date(2013, 5, 25))


def test_the_page_corrects_the_day_of_a_passage(client, keeper, project, call):
    one = granted(keeper, filled(keeper, project, call))
    client.force_login(keeper)
    address = reverse("projects:passage_day", args=[one.uid, step(one, "granted").pk])
    assert address in client.get(reverse("projects:application", args=[one.uid])).content.decode()
    client.post(address, {"on": "2013-05-27"})
    assert step(one, "granted").on == date(2013, 5, 27)
