"""What the page of a portrait says of publications: that this period may be published, and where to read what was."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from maillage.programs.enums import Role
from maillage.programs.models import Membership, Program
from maillage.statistics import release_periods
from maillage.statistics.models import Release
from maillage.statistics.portrait import Portrait


def with_releases(programs: QuerySet[Program], user: Any) -> QuerySet[Program]:
    """`programs`, each with whether `user` publishes its figures or does research in it, and whether any was published:
    no query more."""
    own = Membership.objects.current().filter(user=user, program=OuterRef("pk"))
    public = Release.objects.public().filter(program=OuterRef("pk"))
    return programs.annotate(
        publishes=Exists(own.filter(role=Role.COORDINATOR)),
        researches=Exists(own.filter(role=Role.RESEARCHER)),
        has_published=Exists(public),
    )


def publishing(user: Any, program: Any, made: Portrait | None) -> dict[str, Any]:
    """`period`: what the form is opened with, for who coordinates and where the portrait is of a finished period;
    `coordinates`: whether the person keeps the programme's publications; `public`: whether any was published;
    `extracts`: whether they ask for extracts or decide of them."""
    coordinates = user.is_administrator or program.publishes
    period = ""
    if coordinates and made and not made.protected and not made.territory:
        period = release_periods.of_portrait(program, made.start, made.end)
    return {
        "period": period,
        "coordinates": coordinates,
        "public": program.has_published,
        "extracts": coordinates or program.researches,
    }
