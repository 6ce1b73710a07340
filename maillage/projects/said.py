"""What is told of a project never says who was met in the field: its words are screened, the project's own places spared."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.journal.screening import screen

from .models import Project


def check_words(project: Project, **texts: str) -> None:
    """Raise `ValidationError`, by the name of each text, when it could say who somebody is."""
    refused: dict[str, Any] = {}
    for name, text in texts.items():
        found = screen(text, lambda: list(known_names(project))) if text.strip() else []
        if found:
            said = ", ".join(f"« {finding.passage} » ({finding.sentence})" for finding in found)
            refused[name] = _("Retirez ce qui dit qui est la personne : {said}.").format(said=said)
    if refused:
        raise ValidationError(refused)


def known_names(project: Project) -> Iterator[str]:
    """Names that a text of this project may say: its own, its group's, its programme's, its places, its organizations."""
    yield project.name
    for beside in (project.group, project.program, project.promoter, project.continued_by):
        if beside is not None:
            yield beside.name
    for name, address in project.sites.order_by("id").values_list("name", "address"):
        yield name
        yield address
    for name, above in project.territories.order_by("id").values_list("name", "parent__name"):
        yield name
        yield above or ""
    yield from project.partners.order_by("id").values_list("organization__name", flat=True)
