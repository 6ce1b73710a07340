"""The committee of a fund through its doors: interests, scores, the decision."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from maillage.core.errors import Refused
from maillage.core.models import AuditEvent
from maillage.projects.models import Conflict, GrantDecision, ProjectPartner, Score
from maillage.projects.services.grants import decide, note_signature
from tests.factories import make_group_member, make_meeting, make_member, make_organization, make_project
from tests.factories.projects_grants import make_evaluated_fund, make_granted, make_reviewed, make_reviewer
from tests.factories.projects_support import make_application, make_call
from tests.projects.pages import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return make_evaluated_fund()


@pytest.fixture
def application(fund):
    return make_reviewed(fund)


@pytest.fixture
def manager(sign_in, fund):
    return sign_in(make_member(fund.program, "coordinator").user)


def sheet(fund, *points, comment=""):
    """What a member sends: points by criterion, in order."""
    asked = list(fund.criteria.order_by("position"))
    sent = {f"points_{one.pk}": given for one, given in zip(asked, points, strict=False)}
    return sent | {f"comment_{asked[0].pk}": comment}


def decision(**fields):
    return {
        "outcome": "granted",
        "amount": "",
        "reason": "Le besoin est clair.",
        "decided_on": timezone.localdate(),
        **fields,
    }


def text(answer):
    return answer.content.decode()


def test_forms_that_share_a_page_share_no_id_and_home_leads_to_the_decision(sign_in, fund, application):
    both = make_reviewer(fund)
    make_member(fund.program, "coordinator", user=both.person.user)
    client = sign_in(both.person.user)
    assert "?etat=reviewed" in text(client.get("/"))
    client.post(at("scores", application.uid), sheet(fund, 5, 5))
    assert "évaluée attend sa décision" in text(client.get("/"))
    pages = [at("committee", application.uid)]
    granted = make_granted(make_reviewed(fund))
    note_signature(actor=both.person.user, application=granted, on=timezone.localdate())
    pages.append(at("grant", granted.uid))
    for page in pages:
        ids = re.findall(r'\bid="([^"]+)"', text(client.get(page)))
        assert len(ids) == len(set(ids)), sorted(one for one in set(ids) if ids.count(one) > 1)


def test_members_score_by_themselves_then_read_one_another(sign_in, fund, application):
    first, second = make_reviewer(fund), make_reviewer(fund)
    one, two = sign_in(first.person.user), sign_in(second.person.user)
    assert (
        one.post(at("scores", application.uid), sheet(fund, 5, 5, comment="Porté par des locataires")).status_code
        == 302
    )
    assert "Porté par des locataires" not in text(two.get(at("committee", application.uid)))
    two.post(at("scores", application.uid), sheet(fund, 0, 5))
    shown = text(two.get(at("committee", application.uid)))
    assert "Porté par des locataires" in shown
    # (100 % + 67 %) / 2: the second criterion weighs twice.
    assert "83\u00a0%" in shown
    assert "selon 2 grilles complètes" in shown
    assert AuditEvent.objects.filter(verb="projects.application_scored").count() == 2


def test_a_score_out_of_range_is_refused_and_nothing_is_written(sign_in, fund, application):
    client = sign_in(make_reviewer(fund).person.user)
    answer = client.post(at("scores", application.uid), sheet(fund, 3, 9))
    assert answer.status_code == 422
    assert 'value="9"' in text(answer)
    assert "se note de 0 à 5, en nombre entier" in text(answer)
    assert not Score.objects.exists()


def test_who_declares_an_interest_neither_reads_nor_scores(sign_in, fund, application):
    member, other = make_reviewer(fund), make_reviewer(fund)
    client = sign_in(member.person.user)
    client.post(at("scores", application.uid), sheet(fund, 1, 1))
    sign_in(other.person.user).post(at("scores", application.uid), sheet(fund, 5, 5))
    assert client.post(at("conflict_declare", application.uid), {"reason": " "}).status_code == 422
    client.post(at("conflict_declare", application.uid), {"reason": "Ma sœur y travaille"})
    assert not Score.objects.filter(member=member).exists()
    assert client.post(at("scores", application.uid), sheet(fund, 5, 5)).status_code == 403
    answer = client.get(at("committee", application.uid))
    assert answer.status_code == 403
    assert "Ma sœur y travaille" in text(answer)
    shown = text(client.get(at("fund_committee", fund.slug)))
    assert "100\u00a0%" not in shown
    assert "Ma sœur y travaille" in shown


@pytest.mark.parametrize("interest", ["promoter", "payee", "partner", "host", "person"])
def test_an_interest_that_is_written_somewhere_is_found(sign_in, fund, interest):
    organization = make_organization()
    project = make_project(promoter=organization if interest == "promoter" else None)
    payee = organization if interest == "payee" else make_organization()
    if interest == "host":
        project.group.host = organization
        project.group.save()
    application = make_reviewed(fund, project, payee=payee)
    member = make_reviewer(fund, organization=organization)
    if interest == "partner":
        ProjectPartner.objects.create(project=project, organization=organization)
    if interest == "person":
        project.people.create(person=member.person)
        member.organization = None
        member.save()
    client = sign_in(member.person.user)
    assert client.get(at("committee", application.uid)).status_code == 403
    assert client.post(at("scores", application.uid), sheet(fund, 5, 5)).status_code == 403


def test_scores_given_before_an_interest_was_written_do_not_count(sign_in, fund, application, manager):
    organization = make_organization()
    member = make_reviewer(fund, organization=organization)
    sign_in(member.person.user).post(at("scores", application.uid), sheet(fund, 5, 5))
    assert "100\u00a0%" in text(manager.get(at("committee", application.uid)))
    ProjectPartner.objects.create(project=application.project, organization=organization)
    shown = text(manager.get(at("committee", application.uid)))
    assert "100\u00a0%" not in shown
    assert "1 membre est en conflit" in shown


def test_who_manages_the_fund_but_has_an_interest_does_not_decide(sign_in, fund, application):
    user = make_member(fund.program, "coordinator").user
    client = sign_in(user)
    make_reviewer(fund, user=user, organization=application.payee)
    assert client.post(at("grant_decide", application.uid), decision()).status_code == 403
    assert not GrantDecision.objects.exists()


def test_those_who_ask_do_not_read_their_scores(sign_in, fund, application):
    carrier = sign_in(make_group_member(application.project.group, "coordinator").person.user)
    assert carrier.get(at("committee", application.uid)).status_code == 403
    assert carrier.get(at("fund_committee", fund.slug)).status_code == 403
    assert carrier.get(at("grant", application.uid)).status_code == 200


def test_a_decision_grants_all_that_is_asked(manager, application):
    assert (
        manager.post(at("grant_decide", application.uid), decision(conditions="Inviter les aînés")).status_code == 302
    )
    application.refresh_from_db()
    assert (application.state, application.granted) == ("granted", Decimal("5500.00"))
    shown = text(manager.get(at("grant", application.uid)))
    assert "Inviter les aînés" in shown
    assert application.steps.last().words == "Le besoin est clair."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amount": "5000"}, "choisissez « Accordée en partie »"),
        ({"outcome": "partly"}, "Donnez le montant accordé"),
        ({"outcome": "partly", "amount": "6 000 $"}, "est plus petit que la demande"),
        ({"outcome": "partly", "amount": "0"}, "plus grand que zéro"),
        ({"outcome": "refused", "amount": "100"}, "laissez-le vide"),
        ({"outcome": "partly", "amount": "100 €"}, "autre monnaie"),
        ({"decided_on": "2999-01-01"}, "date à venir"),
        ({"decided_on": "2001-01-01"}, "avant l&#x27;ouverture"),
        ({"reason": ""}, "Raison"),
    ],
)
def test_a_decision_that_cannot_be_says_why_and_writes_nothing(manager, application, fields, sentence):
    answer = manager.post(at("grant_decide", application.uid), decision(**fields))
    assert answer.status_code == 422
    assert sentence in text(answer).replace("\u202f", " ").replace("\u00a0", " ")
    application.refresh_from_db()
    assert (application.state, application.granted) == ("reviewed", None)
    assert not GrantDecision.objects.exists()


def test_nothing_is_granted_beyond_the_envelope(manager, fund):
    fund.envelope = Decimal(10_000)
    fund.save()
    make_granted(make_reviewed(fund))
    second = make_reviewed(fund)
    answer = manager.post(at("grant_decide", second.uid), decision())
    assert answer.status_code == 422
    assert "il en reste 4 500 $" in text(answer).replace("\u202f", " ").replace("\u00a0", " ")
    assert manager.post(at("grant_decide", second.uid), decision(outcome="partly", amount="4 500")).status_code == 302


def test_the_envelope_of_a_call_holds_too(manager, fund):
    call = make_call(fund, envelope=Decimal(5_000))
    application = make_application(None, call, state="reviewed")
    assert manager.post(at("grant_decide", application.uid), decision()).status_code == 422
    assert (
        manager.post(at("grant_decide", application.uid), decision(outcome="partly", amount="5000")).status_code == 302
    )


def test_a_decision_comes_in_its_time_only(manager, fund, application):
    fund.end = timezone.localdate() - timedelta(days=1)
    fund.save()
    assert "a pris fin" in text(manager.post(at("grant_decide", application.uid), decision()))
    type(application).objects.filter(pk=application.pk).update(state="closed")
    assert manager.post(at("grant_decide", application.uid), decision()).status_code == 422


def test_a_group_that_has_ended_receives_nothing(manager, application):
    application.group.state = "ended"
    application.group.save()
    answer = manager.post(at("grant_decide", application.uid), decision())
    assert answer.status_code == 422
    assert "est terminé" in text(answer)
    assert manager.post(at("grant_decide", application.uid), decision(outcome="refused")).status_code == 302


def test_the_pages_cost_the_same_with_many_rows(sign_in, fund, django_assert_max_num_queries):
    reviewer = make_reviewer(fund, organization=make_organization())
    members = [make_reviewer(fund, organization=make_organization()) for _one in range(4)]
    applications = [make_reviewed(fund) for _one in range(30)]
    criterion = fund.criteria.first()
    for one in applications[:10]:
        Score.objects.bulk_create(Score(application=one, member=m, criterion=criterion, points=3) for m in members)
    client = sign_in(reviewer.person.user)
    for address in (at("fund_committee", fund.slug), at("committee", applications[0].uid)):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_an_interest_declared_by_mistake_is_taken_back_and_the_past_stays(sign_in, fund, application):
    client = sign_in(make_reviewer(fund).person.user)
    client.post(at("conflict_declare", application.uid), {"reason": "Ma sœur y travaille"})
    back = at("conflict_take_back", application.uid)
    assert back in text(client.get(at("fund_committee", fund.slug)))
    assert client.post(back, {"why": " "}).status_code == 422
    assert client.post(back, {"why": "Marie Tremblay n'y est plus"}).status_code == 422
    assert Conflict.objects.count() == 1
    assert client.post(back, {"why": "Ce n'est pas le même projet"}).status_code == 302
    assert not Conflict.objects.exists()
    said = AuditEvent.objects.get(verb="projects.conflict_taken_back")
    assert said.changes == {"reason": ["Ma sœur y travaille", "Ce n'est pas le même projet"]}
    assert AuditEvent.objects.filter(verb="projects.conflict_declared").exists()
    assert client.post(at("scores", application.uid), sheet(fund, 5, 5)).status_code == 302
    assert "Vous n&#x27;avez pas déclaré" in text(client.post(back, {"why": "Encore"}))


def test_an_interest_stays_once_it_is_decided_and_another_members_is_not_mine(sign_in, fund, application):
    member, other = make_reviewer(fund), make_reviewer(fund)
    client = sign_in(member.person.user)
    client.post(at("conflict_declare", application.uid), {"reason": "Ma sœur y travaille"})
    back = at("conflict_take_back", application.uid)
    assert sign_in(other.person.user).post(back, {"why": "Par erreur"}).status_code == 422
    make_granted(application)
    assert client.post(back, {"why": "Par erreur"}).status_code == 422
    assert Conflict.objects.get().member == member


def test_an_interest_that_the_product_sees_is_not_taken_back(sign_in, fund):
    organization = make_organization()
    application = make_reviewed(fund, make_project(promoter=organization))
    client = sign_in(make_reviewer(fund, organization=organization).person.user)
    assert at("conflict_take_back", application.uid) not in text(client.get(at("fund_committee", fund.slug)))
    assert client.post(at("conflict_take_back", application.uid), {"why": "Par erreur"}).status_code == 422


def test_a_decision_bears_the_meeting_of_the_committee(sign_in, fund, application):
    seat = make_member(fund.program, "coordinator")
    make_group_member(fund.committee, user=seat.user)
    keeper = sign_in(seat.user)
    held, coming = make_meeting(fund.committee, days=-3), make_meeting(fund.committee, days=3)
    elsewhere = make_meeting(application.group, days=-3)
    shown = text(keeper.get(at("committee", application.uid)))
    assert str(held.uid) in shown
    assert str(coming.uid) not in shown
    assert str(elsewhere.uid) not in shown
    sent = decision(meeting=elsewhere.uid)
    assert keeper.post(at("grant_decide", application.uid), sent).status_code == 422
    with pytest.raises(Refused, match="pas du comité"):
        decide(
            actor=seat.user, application=application, outcome="granted", reason="Oui.",
            decided_on=timezone.localdate(), meeting=elsewhere,
        )  # fmt: skip
    assert keeper.post(at("grant_decide", application.uid), sent | {"meeting": held.uid}).status_code == 302
    assert GrantDecision.objects.get().meeting == held
    assert held.title in text(keeper.get(at("grant", application.uid)))


def test_a_refusal_stands_beside_the_field_it_is_about(manager, fund, application):
    answer = manager.post(at("grant_decide", application.uid), decision(outcome="partly", amount="9 999"))
    assert 'id="decision-amount_error"' in text(answer)
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = manager.post(at("grant_decide", application.uid), decision(decided_on=tomorrow))
    assert 'id="decision-decided_on_error"' in text(answer)
    assert "Le besoin est clair." in text(answer)
