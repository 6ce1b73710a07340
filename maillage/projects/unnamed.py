"""Words that may say where and how, never who: a telephone, a number of dwelling or a name of person is refused, without a way around."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.directory.models import Organization
from maillage.journal.screening import Finding, screen
from maillage.programs.models import Program
from maillage.territories.models import HousingSite

# A number of three or four digits after « porte », « au », « du », or any after « # »: a door. Not 911 and its like, nor a year.
_DOORS = re.compile(
    r"(?:(?<!-)\bporte|\bau|\bdu) (?:no |n° ?|numéro )?#?(?![2-9]11\b|(?:19|20)[0-9]{2}\b)[0-9]{3,4}[A-D]?\b|#[0-9]{1,4}\b",
    re.IGNORECASE,
)


def findings_in(text: str, program: Program) -> list[Finding]:
    """Passages of `text` that could say who somebody is; the programme's places, organizations and territories are not."""
    if not text.strip():
        return []
    found = screen(text, lambda: list(_places(program)))
    doors = [Finding("unit", door.start(), door.end(), door.group()) for door in _DOORS.finditer(text)]
    return found + [door for door in doors if not any(one.start < door.end and door.start < one.end for one in found)]


def refuse_names(texts: Mapping[str, str], program: Program) -> None:
    """Raise `ValidationError`, by the name of each text, when it could say who somebody is or where they live."""
    refused: dict[str, Any] = {}
    for name, text in texts.items():
        if found := findings_in(text, program):
            said = ", ".join(f"« {finding.passage} » ({finding.sentence})" for finding in found)
            refused[name] = _(
                "Retirez {said}. Écrivez plutôt un rôle : « la sentinelle de l'étage », « le bureau », « la conciergerie »."
            ).format(said=said)
    if refused:
        raise ValidationError(refused)


def _places(program: Program) -> Iterator[str]:
    sites = HousingSite.objects.filter(program_sites__program=program).order_by("id")
    for name, town in sites.values_list("name", "municipality__name"):
        yield from _said([name, town])
    organizations = Organization.objects.filter(partnerships__program=program).order_by("id")
    yield from organizations.values_list("name", flat=True)


def _said(names: Iterable[str | None]) -> Iterator[str]:
    return (name for name in names if name)
