"""No word of a support measure says who was met, whichever door it comes through; what was typed is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from maillage.projects.models import (
    Application,
    BudgetLine,
    Call,
    Conflict,
    Criterion,
    Fund,
    GrantDecision,
    Payment,
    Score,
)
from tests.factories import make_group_member, make_member
from tests.factories.projects_grants import make_agreed, make_evaluated_fund, make_reviewed, make_reviewer
from tests.factories.projects_support import make_application, make_call
from tests.projects.pages import at

pytestmark = pytest.mark.django_db
NAMED = "Planté par Marie Tremblay"
TODAY = timezone.localdate
CONFIRMABLE = [
    ("committee", "grant_decide", {"outcome": "refused", "reason": NAMED}, GrantDecision),
    ("committee", "grant_decide", {"outcome": "refused", "reason": "Non.", "conditions": NAMED}, GrantDecision),
    ("committee", "conflict_declare", {"reason": NAMED}, Conflict),
]


@pytest.fixture
def fund():
    return make_evaluated_fund(criteria=1)


@pytest.fixture
def keeper(sign_in, fund):
    """Who keeps the fund and sits on its committee."""
    seat = make_member(fund.program, "coordinator")
    make_group_member(fund.committee, user=seat.user)
    return sign_in(seat.user)


@pytest.fixture
def carrier(sign_in, application):
    return sign_in(make_group_member(application.group, "coordinator").person.user)


@pytest.fixture
def application(fund):
    return make_application(call=make_call(fund))


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(("_page", "door", "sent", "model"), CONFIRMABLE)
def test_a_passage_is_refused_then_confirmed_to_be_nobody(keeper, fund, _page, door, sent, model):
    one = make_reviewed(fund)
    sent = {"decided_on": TODAY(), **sent}
    answer = keeper.post(at(door, one.uid), sent)
    assert answer.status_code == 422
    assert "« Marie Tremblay » (le nom d&#x27;une personne)" in text(answer)
    assert NAMED in text(answer)
    assert 'name="confirmed"' in text(answer)
    assert not model.objects.exists()
    assert keeper.post(at(door, one.uid), sent | {"confirmed": "on"}).status_code == 302
    assert model.objects.count() == 1


def test_a_comment_on_a_score_is_screened_beside_its_field(sign_in, fund):
    one = make_reviewed(fund)
    client = sign_in(make_reviewer(fund).person.user)
    pk = fund.criteria.get().pk
    sent = {f"points_{pk}": "3", f"comment_{pk}": NAMED}
    answer = client.post(at("scores", one.uid), sent)
    assert answer.status_code == 422
    assert f'id="score-comment_{pk}_error"' in text(answer)
    assert not Score.objects.exists()
    never = client.post(at("scores", one.uid), sent | {f"comment_{pk}": "La dame du logement 12", "confirmed": "on"})
    assert never.status_code == 422
    assert client.post(at("scores", one.uid), sent | {"confirmed": "on"}).status_code == 302


def test_money_that_moves_names_nobody(keeper, fund):
    one = make_agreed(make_reviewed(fund))
    amendment = {"kind": "purpose", "reason": NAMED, "decided_on": TODAY()}
    assert 'name="confirmed"' in text(keeper.post(at("amendment_add", one.uid), amendment))
    assert not one.amendments.exists()
    paid = {"kind": "payment", "amount": "10", "on": TODAY(), "reference": "Chèque de Marie Tremblay"}
    assert keeper.post(at("payment_add", one.uid), paid).status_code == 422
    assert keeper.post(at("payment_add", one.uid), paid | {"reference": "Virement 123 456 789"}).status_code == 302
    cancel = at("payment_cancel", Payment.objects.get().uid)
    answer = keeper.post(cancel, {"reason": NAMED})
    assert answer.status_code == 422
    assert f'value="{NAMED}"' in text(answer)
    assert Payment.objects.get().cancelled_at is None


def test_precisions_and_withdrawals_keep_what_was_typed(keeper, carrier, application):
    Application.objects.update(state="submitted", submitted_on=TODAY())
    for client, door, name in ((keeper, "application_return", "missing"), (carrier, "application_withdraw", "words")):
        answer = client.post(at(door, application.uid), {name: NAMED})
        assert answer.status_code == 422
        assert "Retirez ce qui dit qui est la personne : « Marie Tremblay »" in text(answer)
        assert NAMED in text(answer)
    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_label_of_the_budget_is_refused_at_its_line_then_confirmed(carrier, application):
    sent = {
        "asked": "10",
        "revision": "0",
        "cost-TOTAL_FORMS": "2",
        "cost-INITIAL_FORMS": "0",
        "source-TOTAL_FORMS": "0",
        "source-INITIAL_FORMS": "0",
    }
    sent |= {
        "cost-0-label": "Terre",
        "cost-0-amount": "5",
        "cost-1-label": "Salaire de Marie Tremblay",
        "cost-1-amount": "5",
    }
    before = BudgetLine.objects.count()
    answer = carrier.post(at("application_budget", application.uid), sent)
    assert answer.status_code == 422
    assert 'id="id_cost-1-label_error"' in text(answer)
    assert 'id="id_cost-0-label_error"' not in text(answer)
    assert BudgetLine.objects.count() == before
    assert carrier.post(at("application_budget", application.uid), sent | {"confirmed": "on"}).status_code == 302
    assert BudgetLine.objects.filter(label="Salaire de Marie Tremblay").exists()


def test_a_measure_says_whom_to_write_to_but_never_what_is_somebodys_own(keeper, fund):
    tomorrow = TODAY() + timedelta(days=1)
    call = {
        "title": "Appel",
        "words": "Écrivez à Marie Tremblay, 418 555-0199.",
        "opens_on": TODAY(),
        "closes_on": tomorrow,
    }
    assert keeper.post(at("call_new", fund.slug), call).status_code == 302
    never = "La dame du logement 12 préside."
    answer = keeper.post(at("call_new", fund.slug), call | {"words": never})
    assert (answer.status_code, never in text(answer)) == (422, True)
    criterion = {"label": "Participation", "words": never, "most": "5", "weight": "1"}
    assert keeper.post(at("criterion_add", fund.slug), criterion).status_code == 422
    measure = {"name": "Autre mesure", "conditions": never, "envelope": "10", "start": TODAY()}
    assert keeper.post(at("fund_edit", fund.slug), measure).status_code == 422
    assert (Call.objects.count(), Criterion.objects.count(), Fund.objects.filter(conditions=never).count()) == (1, 1, 0)
