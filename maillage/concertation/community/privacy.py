"""What a group writes to itself may name its members, never say who was met in the field."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.journal.screening import screen

# Names, telephones and addresses are those of members and services here; these are always somebody's own.
NEVER = ("ramq", "sin", "birth_date", "unit")


def refuse_identities(**texts: str) -> None:
    """Raise `ValidationError` by field for what says who somebody met in the field is."""
    wrong: dict[str, list[str]] = {}
    for field, text in texts.items():
        for finding in screen(text or ""):
            if finding.kind in NEVER:
                said = _("« {passage} » ressemble à {what} : dites-le sans désigner la personne.")
                wrong.setdefault(field, []).append(said.format(passage=finding.passage, what=finding.sentence))
    if wrong:
        raise ValidationError(wrong)
