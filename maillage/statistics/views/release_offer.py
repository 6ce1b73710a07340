"""What the page of a portrait says of publications: that this period may be published, and where to read what was."""

from typing import Any

from maillage.programs.models import Program
from maillage.statistics import release_periods
from maillage.statistics.models import Release
from maillage.statistics.permissions import can_release
from maillage.statistics.portrait import Portrait


def publishing(user: Any, program: Program, made: Portrait | None) -> dict[str, Any]:
    """`period`: what the form is opened with, for who coordinates and where the portrait is of a finished period;
    `coordinates`: whether the person keeps the programme's publications; `public`: whether any was published."""
    coordinates = bool(made and not made.protected and can_release(user, program))
    period = release_periods.of_portrait(program, made.start, made.end) if coordinates and made else ""
    public = Release.objects.public().filter(program=program).exists()
    return {"period": period, "coordinates": coordinates, "public": public}
