"""Words that may say where and how, never who: a telephone, a number of dwelling or a name of person is refused, without a way around."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.directory.models import Organization
from maillage.journal.screening import Finding, screen
from maillage.programs.models import Program
from maillage.territories.models import HousingSite


def findings_in(text: str, program: Program) -> list[Finding]:
    """Passages of `text` that could say who somebody is; the programme's places, organizations and territories are not."""
    return screen(text, lambda: list(_places(program))) if text.strip() else []


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
