"""What comes next with an application is said to who reads it, and is one tap away."""

import pytest
from django.utils import timezone

from maillage.projects.models import Application, Conflict, FinalReport
from tests.factories import make_group_member, make_member
from tests.factories.projects_grants import make_agreed, make_evaluated_fund, make_granted, make_reviewed, make_reviewer
from tests.projects.pages import at

pytestmark = pytest.mark.django_db
ASKING = [
    ("submitted", "la remet au comité", ""),
    ("reviewed", "Le comité étudie votre demande", ""),
    ("granted", "signez la lettre d'entente", "grant"),
    ("refused", "la décision en dit la raison", "grant"),
    ("agreed", "écrivez son rapport final", "final_report_edit"),
    ("reported", "La mesure lit votre rapport final", "final_report"),
    ("closed", "il ne reste rien à faire", "final_report"),
]
KEEPING = [
    ("submitted", "remettez-la au comité", ""),
    ("reviewed", "inscrivez sa décision", "committee"),
    ("granted", "notez la signature", "grant"),
    ("agreed", "versez ce qui est accordé", "grant"),
    ("reported", "acceptez-le ou redemandez-le", "final_report"),
]


@pytest.fixture
def fund():
    return make_evaluated_fund()


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


def in_state(fund, state):
    one = make_agreed(make_reviewed(fund))
    FinalReport.objects.create(application=one, results="Des liens.")
    Application.objects.filter(pk=one.pk).update(state=state)
    return one


@pytest.mark.parametrize(("state", "sentence", "page"), ASKING)
def test_who_asks_reads_what_comes_next(sign_in, fund, state, sentence, page, django_assert_max_num_queries):
    one = in_state(fund, state)
    client = sign_in(make_group_member(one.group, "coordinator").person.user)
    with django_assert_max_num_queries(12):
        shown = text(client.get(at("application", one.uid)))
    assert sentence in shown
    if page:
        button = shown.split("La suite", 1)[1].split("</a>", 1)[0]
        assert at(page, one.uid) in button
        client.get(at(page, one.uid))


@pytest.mark.parametrize(("state", "sentence", "page"), KEEPING)
def test_who_keeps_the_measure_reads_what_comes_next(
    sign_in, fund, state, sentence, page, django_assert_max_num_queries
):
    one = in_state(fund, state)
    client = sign_in(make_member(fund.program, "coordinator").user)
    with django_assert_max_num_queries(12):
        shown = text(client.get(at("application", one.uid)))
    assert sentence in shown
    if page:
        assert at(page, one.uid) in shown.split("La suite", 1)[1].split("</a>", 1)[0]


def test_a_member_of_the_committee_is_one_tap_from_the_scores_unless_they_have_an_interest(sign_in, fund):
    one = make_reviewed(fund)
    member = make_reviewer(fund)
    client = sign_in(member.person.user)
    assert "Le comité attend vos notes." in text(client.get(at("application", one.uid)))
    Conflict.objects.create(application=one, member=member, reason="Un proche")
    shown = text(client.get(at("application", one.uid)))
    assert "le comité évalue sans vous" in shown
    assert at("committee", one.uid) not in shown
    assert at("fund_committee", fund.slug) in shown


def test_the_page_of_the_grant_leads_who_asks_to_the_report_and_says_when(sign_in, fund, django_assert_max_num_queries):
    one = make_agreed(make_reviewed(fund))
    type(one.call).objects.update(report_due_on=timezone.localdate())
    client = sign_in(make_group_member(one.group, "coordinator").person.user)
    with django_assert_max_num_queries(12):
        shown = text(client.get(at("grant", one.uid)))
    assert at("final_report_edit", one.uid) in shown
    assert "Rapport attendu le" in shown
    granted = make_granted(make_reviewed(fund))
    client = sign_in(make_group_member(granted.group, "coordinator").person.user)
    assert "La suite" not in text(client.get(at("grant", granted.uid)))  # it is this page
