"""A need is named without saying who lives it: its words are screened, the group's own places spared."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.concertation.models import Group
from maillage.directory.models import Organization
from maillage.journal.screening import Finding, screen

NAMES = 500  # organizations at most whose names are spared


def findings_in(group: Group, text: str) -> list[Finding]:
    """Passages of `text` that could say who is meant; names of the group's places and organizations are not."""
    return screen(text, lambda: list(known_names(group))) if text.strip() else []


def known_names(group: Group) -> Iterator[str]:
    """Names that a need of this group may say: its own, its places, its territory, its members' organizations."""
    yield group.name
    for name, address in group.sites.order_by("id").values_list("name", "address"):
        yield name
        yield address
    if group.territory is not None:
        yield group.territory.name
        yield from group.territory.children.order_by("id").values_list("name", flat=True)
    seated = Organization.objects.filter(seats__group=group).order_by("id").distinct()
    yield from seated.values_list("name", flat=True)[:NAMES]


def check_words(group: Group, **texts: str) -> None:
    """Raise `ValidationError`, by the name of each text, when it could say who is meant."""
    refused: dict[str, Any] = {}
    for name, text in texts.items():
        if found := findings_in(group, text):
            said = ", ".join(f"« {finding.passage} » ({finding.sentence})" for finding in found)
            refused[name] = _("Retirez ce qui dit qui est la personne : {said}.").format(said=said)
    if refused:
        raise ValidationError(refused)
