"""What is written of a project never says who was met: its words are screened, names of its own places spared."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.directory.models import Organization
from maillage.journal.screening import Finding, screen

from .models import Project

# These are always somebody's own; a name, a telephone or an address may be those of an organization or of who consents.
NEVER = ("ramq", "sin", "birth_date", "unit")
TOLD = ("name", "population", "summary", "description", "funding", "pride", "impacts", "story", "continuity")


def known_names(project: Project, around: Iterable[Any] = ()) -> Iterator[str]:
    """Names that a project's words may say: its group, its programme, its places and the organizations it works with."""
    for thing in (project.group, project.program, project.promoter, project.continued_by, *around):
        if thing is not None:
            yield str(thing)
    if project.pk:
        yield from project.territories.order_by("pk").values_list("name", flat=True)
        yield from project.sites.order_by("pk").values_list("name", flat=True)
        beside = Organization.objects.filter(project_parts__project=project).order_by("pk").distinct()
        yield from beside.values_list("name", flat=True)


def check_words(
    texts: Mapping[str, str], project: Project, *, around: Iterable[Any] = (), confirmed: bool = False
) -> None:
    """Raise `ValidationError`, by the name of each text, when it could say who was met.

    `confirmed`: somebody read what was found and says that nobody met is meant; what is always somebody's own is refused still.
    """
    spared: list[str] = []

    def names() -> list[str]:
        if not spared:
            spared.extend(known_names(project, around))
        return spared

    wrong: dict[str, Any] = {}
    for name, text in texts.items():
        found = screen(text, names) if text and text.strip() else []
        kept = [finding for finding in found if finding.kind in NEVER or not confirmed]
        if kept:
            wrong[name] = _sentence(kept)
    if wrong:
        raise ValidationError(wrong)


def _sentence(found: list[Finding]) -> str:
    said = ", ".join(f"« {finding.passage} » ({finding.sentence})" for finding in found[:5])
    return _("Retirez ce qui dirait qui est une personne rencontrée : {said}.").format(said=said)
