"""The nine supported projects have the figures of source 001 to the dollar; the rest of what the demonstration does holds together."""

from decimal import Decimal

import pytest
from django.db.models import F, Sum

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
    Turnout,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
# As published: project, MRC, participants, participations, support, total cost.
TABLE = {
    ("carre-famille", ("Les Appalaches",), 66, None, 6000, 15137),
    ("conferences", ("Beauce-Centre", "Beauce-Sartigan"), 250, None, 5500, 5925),
    ("transport", ("Les Etchemins",), 63, None, 2000, 7000),
    ("familles-en-action", ("Les Etchemins",), None, 595, 1000, 2000),
    ("jardin-dosquet", ("Lotbinière",), 120, None, 5500, 8690),
    ("jardin-montmagny", ("Montmagny",), 45, None, 5500, 8743),
    ("couponnage", ("Lévis",), 22, None, 3625, 7905),
    ("entre-voisins", ("Lévis",), None, 1354, 6875, 30044),
    ("parentaide", ("Beauce-Centre",), 108, None, 5300, 8717),
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
        line = (project.slug, mrcs, report.participants, report.participations, int(application.granted), int(cost))
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
        days = list(ApplicationStep.objects.filter(application=application).values_list("at", flat=True))
        assert days == sorted(days)


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
