"""A programme sets up its support measure: envelope, criteria, calls that anybody may read once they are announced."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.projects.fund_waiting import waiting_of
from maillage.projects.models import Call, Criterion, Fund, Payment, Score
from tests.factories import make_group, make_group_member, make_member, make_program
from tests.factories.projects_grants import make_agreed, make_evaluated_fund, make_reviewed
from tests.factories.projects_support import make_application, make_call, make_criterion, make_fund
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def manager(sign_in, program):
    return sign_in(make_member(program, "coordinator").user)


def day(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def test_a_measure_is_opened_with_amounts_as_people_type_them(manager, program):
    sent = {"name": "Demandes", "envelope": "41 300,00 $", "most": "7,500", "most_share": "75", "start": day(0)}
    answer = manager.post(at("fund_new"), sent)
    fund = Fund.objects.get()
    assert (str(fund.envelope), str(fund.most), fund.program) == ("41300.00", "7500.00", program)
    assert answer.headers["Location"] == at("fund", fund.slug)
    # « demandes » stands in the addresses of applications: no measure may hide them.
    assert fund.slug == "demandes-2"
    assert "41\u202f300\u00a0$" in manager.get(at("fund", fund.slug)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"envelope": "100 €"}, "autre monnaie"), ({"most_share": "101"}, ""), ({"end": "2000-01-01"}, "précède son début"),
        ({"envelope": ""}, ""), ({"start": "hier"}, "AAAA-MM-JJ"),
    ],
)  # fmt: skip
def test_a_measure_that_does_not_hold_is_refused_with_what_was_typed(manager, wrong, sentence):
    answer = manager.post(at("fund_new"), {"name": "Mesure gardée", "envelope": "100", "start": day(0)} | wrong)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert "Mesure gardée" in shown
    assert not Fund.objects.exists()


def test_an_envelope_never_goes_under_what_is_granted(manager, program):
    fund = make_fund(program)
    make_application(call=make_call(fund), state="granted", granted=6_000)
    sent = {"name": fund.name, "envelope": "5 999", "start": fund.start}
    assert "déjà accordé" in manager.post(at("fund_edit", fund.slug), sent).content.decode()
    assert manager.post(at("fund_edit", fund.slug), sent | {"envelope": "6000"}).status_code == 302


def test_a_criterion_that_was_scored_stays_with_its_scores(manager, program):
    fund = make_fund(program)
    manager.post(at("criterion_add", fund.slug), {"label": "Participation", "most": "5", "weight": "2"})
    assert (
        manager.post(at("criterion_add", fund.slug), {"label": "Rien", "most": "0", "weight": "1"}).status_code == 422
    )
    scored, fresh = make_criterion(fund), Criterion.objects.get(label="Participation")
    member = make_group_member(make_group())
    Score.objects.create(application=make_application(), member=member, criterion=scored, points=3)
    for criterion in (scored, fresh):
        manager.post(at("criterion_retire", criterion.pk))
    assert list(Criterion.objects.values_list("label", "is_retired")) == [(scored.label, True)]
    assert scored.label not in manager.get(at("fund", fund.slug)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"closes_on": day(-1)}, "fermerait avant"), ({"closes_on": day(500)}, "après la fin"),
        ({"opens_on": day(-500)}, "avant le début"), ({"decides_on": day(1)}, "décisions viendraient avant"),
        ({"report_due_on": day(1)}, "rapports seraient"), ({"envelope": "50 000,01"}, "dépasse celle"),
    ],
)  # fmt: skip
def test_a_call_stays_within_its_measure(manager, program, wrong, sentence):
    fund = make_fund(program, end=timezone.localdate() + timedelta(days=400))
    sent = {"title": "Automne", "opens_on": day(0), "closes_on": day(30)}
    assert sentence in manager.post(at("call_new", fund.slug), sent | wrong).content.decode()
    assert not Call.objects.exists()
    assert manager.post(at("call_new", fund.slug), sent).status_code == 302


def test_a_call_to_which_somebody_applied_stays(manager, program):
    empty, asked = make_call(make_fund(program)), make_call(make_fund(program))
    make_application(call=asked)
    for call in (empty, asked):
        manager.post(at("call_remove", call.uid))
    assert list(Call.objects.all()) == [asked]


def test_anybody_reads_announced_calls_and_only_those(client):
    announced, quiet = make_call(is_announced=True), make_call()
    past = make_call(opens=-30, closes=-10, is_announced=True)
    shown = client.get(at("funds")).content.decode()
    assert announced.title in shown
    assert quiet.title not in shown
    assert past.title not in shown
    assert "Ouvert, encore 21 jours" in client.get(at("call", announced.uid)).content.decode()
    assert client.get(at("call", quiet.uid)).status_code == 404


def test_the_list_costs_the_same_with_many_calls(manager, django_assert_max_num_queries):
    for _time in range(30):
        make_call(is_announced=True)
    with django_assert_max_num_queries(12):
        assert manager.get(at("funds")).status_code == 200


def test_who_keeps_a_measure_sees_what_waits_and_where(sign_in):
    fund = make_evaluated_fund()
    states = ("submitted", "submitted", "reviewed", "granted", "reported", "draft", "closed")
    for state in states:
        make_reviewed(fund, state=state, granted=Decimal(100))
    paid, half = make_agreed(make_reviewed(fund)), make_agreed(make_reviewed(fund))
    for one, amount in ((paid, 5_500), (half, 5_499)):
        Payment.objects.create(application=one, amount=Decimal(amount), on=timezone.localdate())
    Payment.objects.create(application=half, amount=Decimal(1), on=timezone.localdate(), cancelled_at=timezone.now())
    type(half.call).objects.filter(pk=half.call_id).update(report_due_on=timezone.localdate() - timedelta(days=1))
    said = [one.sentence for one in waiting_of(fund)]
    assert said == [
        "2 demandes déposées à lire", "1 demande attend la décision du comité", "1 lettre d'entente à signer",
        "1 soutien à verser, en tout ou en partie", "1 rapport final en retard", "1 rapport final à lire",
    ]  # fmt: skip
    keeper = sign_in(make_member(fund.program, "coordinator").user)
    shown = keeper.get(reverse("projects:fund", args=[fund.slug])).content.decode()
    assert f"?mesure={fund.slug}&amp;etat=submitted" in shown
    assert "à verser" not in sign_in(make_member(fund.program, "worker").user).get(
        reverse("projects:fund", args=[fund.slug])
    ).content.decode()  # fmt: skip
