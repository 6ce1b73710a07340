"""Tables of travel between sites, loaded whole from a file or not at all."""

from pathlib import Path
from typing import Any

from django.db import transaction

from maillage.core.errors import require
from maillage.core.services import audit
from maillage.programs.models import Program
from maillage.projects.models import Road, RoadMatrix, Twinning
from maillage.projects.permissions import can_work_in
from maillage.projects.roads_file import read_roads


@transaction.atomic
def load_roads(*, actor: Any, program: Program, name: str, unit: str, path: Path) -> RoadMatrix:
    """Load a table of travel between sites of `program` from a CSV, XLSX or ODS file of three columns.

    A table of the same name is replaced whole, so that loading twice is loading once. Raises `NotAllowed`, `ValidationError`, or
    `Refused` with the lines that do not read: then nothing is written.
    """
    require(can_work_in(actor, program))
    roads = read_roads(path, program)
    matrix = RoadMatrix.objects.select_for_update().filter(program=program, name=name).order_by("id").first()
    matrix = matrix or RoadMatrix(program=program, name=name)
    matrix.unit = unit
    matrix.full_clean()
    matrix.save()
    before, _by_model = matrix.roads.all().delete()
    Road.objects.bulk_create(
        [Road(matrix=matrix, start_id=start, end_id=end, travel=travel) for (start, end), travel in roads.items()],
        batch_size=1000,
    )
    # What was proposed with the former table answers a question that is no longer asked.
    Twinning.objects.filter(matrix=matrix, groups=None).update(proposal={}, proposed_at=None)
    audit(actor=actor, verb="projects.roads_loaded", obj=matrix, changes={"roads": [before, len(roads)]})
    return matrix
