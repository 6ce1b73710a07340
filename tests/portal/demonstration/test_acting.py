"""The nine supported projects have the figures of source 001 to the dollar; the rest of what the demonstration does holds together."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Count, F, Min, Sum
from django.utils import timezone

from maillage.core.models import AuditEvent, OutgoingMail
from maillage.projects.conflicts import conflicts_among
from maillage.projects.models import (
    Action,
    Application,
    ApplicationStep,
    BudgetLine,
    EngagedCommunity,
    FinalReport,
    Headcount,
    Payment,
    Project,
    ProjectStep,
    ReviewLine,
    Session,
    Turnout,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
# As published: project, MRC, participants, participations, support, total cost.
TABLE = {
    ("Le Carré Famille St-Maurice", ("Les Appalaches",), 66, None, 6000, 15137),
    (
        "Conférences : deuils, préjugés, participation citoyenne",
        ("Beauce-Centre", "Beauce-Sartigan"),
        250,
        None,
        5500,
        5925,
    ),
    ("Transport collectif – service adapté aux aînés", ("Les Etchemins",), 63, None, 2000, 7000),
    ("Familles en action !", ("Les Etchemins",), None, 595, 1000, 2000),
    ("Jardin collectif à Dosquet", ("Lotbinière",), 120, None, 5500, 8690),
    ("Jardin collectif à l'OMH de Montmagny", ("Montmagny",), 45, None, 5500, 8743),
    ("Groupes de couponnage", ("Lévis",), 22, None, 3625, 7905),
    ("Entre voisins, pourquoi pas des liens !", ("Lévis",), None, 1354, 6875, 30044),
    ("Liaison Club Parentaide et HLM famille", ("Beauce-Centre",), 108, None, 5300, 8717),
}


def test_the_nine_projects_are_those_of_the_table() -> None:
    found = set()
    for report in FinalReport.objects.select_related("application__project"):
        application = report.application
        project = application.project
        mrcs = tuple(sorted(project.territories.values_list("name", flat=True)))
        cost = application.budget.filter(side="cost").aggregate(total=Sum("actual"))["total"]
        paid = application.payments.aggregate(total=Sum("amount"))["total"]
        assert paid == application.granted
        line = (project.name, mrcs, report.participants, report.participations, int(application.granted), int(cost))
        found.add(line)
    assert found == TABLE


def test_the_totals_are_exact_and_both_sides_of_each_budget_agree() -> None:
    assert Application.objects.aggregate(total=Sum("granted"))["total"] == Decimal("41300.00")
    assert Payment.objects.aggregate(total=Sum("amount"))["total"] == Decimal("41300.00")
    costs, sources = (
        BudgetLine.objects.filter(side=side).aggregate(t=Sum("actual"))["t"] for side in ("cost", "source")
    )
    assert costs == sources == Decimal("94161.00")


def test_heads_and_presences_never_stand_for_one_another() -> None:
    assert Headcount.objects.aggregate(total=Sum("participants"))["total"] == 66 + 250 + 63 + 120 + 45 + 22 + 108
    assert Turnout.objects.aggregate(total=Sum("participations"))["total"] == 595 + 1354
    both = Project.objects.filter(activities__headcounts__isnull=False, activities__sessions__turnout__isnull=False)
    assert not both.exists()


def test_every_life_follows_its_log() -> None:
    for project in Project.objects.all():
        steps = list(ProjectStep.objects.filter(project=project))
        assert steps
        assert steps[-1].after == project.stage
        assert [step.before for step in steps[1:]] == [step.after for step in steps[:-1]]
    for application in Application.objects.filter(report__isnull=False):
        days = list(ApplicationStep.objects.filter(application=application).values_list("on", flat=True))
        assert len(days) == 7
        assert days == sorted(days)
        payments = list(application.payments.values_list("on", flat=True))
        assert days[-3] <= payments[0] <= payments[-1] <= days[-1]
        assert {day.year for day in days} <= {2013, 2014, 2015, 2016}


def test_the_past_went_through_services_so_the_audit_says_who_wrote_it_and_when() -> None:
    lines = AuditEvent.objects.filter(verb__startswith="projects.")
    counted = dict(lines.order_by().values_list("verb").annotate(times=Count("pk")))
    assert counted["projects.opened"] == Project.objects.count() == 9 + 4 + 5
    assert counted["projects.application_recorded"] == counted["projects.grant_decided"] == 9
    assert counted["projects.payment_made"] == Payment.objects.count() == 18
    assert counted["projects.moved"] == ProjectStep.objects.exclude(before="").count()
    assert counted["projects.application_passed"] == ApplicationStep.objects.exclude(before="").count()
    assert counted["projects.session_added"] == Session.objects.count()
    assert counted["projects.vigilance_opened"] == 2
    assert counted["projects.source_added"] == 6
    assert counted["projects.review_closed"] == 2
    # It was written when it was loaded: the audit is not given the dates of the past, and nobody is written to about them.
    assert lines.aggregate(first=Min("at"))["first"] > timezone.now() - timedelta(days=1)
    assert not OutgoingMail.objects.exists()


def test_all_who_judge_scored_but_those_in_conflict() -> None:
    for application in Application.objects.filter(report__isnull=False).select_related("call__fund__committee"):
        sitting = list(application.call.fund.committee.members.all())
        apart = {member for _application, member in conflicts_among([application], sitting)}
        scored = set(application.scores.values_list("member", flat=True))
        assert scored == {member.pk for member in sitting} - apart
        assert len(scored) >= 3


def test_shawinigan_entered_two_communities_with_their_projects() -> None:
    told = {(one.name, one.year, one.projects.count()) for one in EngagedCommunity.objects.all()}
    assert told == {("Saint-Marc / Christ-Roi", 2013, 4), ("Saint-Paul de Grand-Mère", 2014, 1)}
    assert ReviewLine.objects.count() == Action.objects.filter(objective__plan__reviews__isnull=False).count() > 0
    assert Action.objects.filter(supports=None, objective__plan__program__slug="shawinigan").exists()
    assert not Action.objects.filter(starts_on__gt=F("due_on")).exists()


def test_four_initiatives_of_the_community_became_projects() -> None:
    found = Project.objects.filter(initiative__isnull=False)
    assert set(found.values_list("stage", flat=True)) == {"idea", "seeking", "under_way", "handed_over"}
    assert found.get(stage="seeking").funding_requests.count() == 2
