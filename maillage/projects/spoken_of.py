"""What is told of activities and requests may name a partner or a place; it never says who somebody met in the field is."""

from collections.abc import Callable, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from maillage.journal.screening import screen

# Always somebody's own; a name, a telephone or an address may be those of a partner or a place: a person says so.
NEVER = ("ramq", "sin", "birth_date", "unit")


def refuse_identities(
    texts: Mapping[str, str], *, known: Callable[[], Iterable[str]] = list, confirmed: bool = False
) -> None:
    """Raise `ValidationError`, by the name of each text, for what could say who a person met in the field is.

    `known` gives names of places and organizations, which are nobody's. `confirmed`: somebody read the passages and says that
    none is a person met.
    """
    wrong: dict[str, list[str]] = {}
    for name, text in texts.items():
        for finding in screen(text or "", lambda: list(known())):
            if finding.kind in NEVER:
                said = _("« %(passage)s » ressemble à %(what)s : dites-le sans désigner la personne.")
            elif confirmed:
                continue
            else:
                said = _(
                    "« %(passage)s » ressemble à %(what)s : retirez-le, ou cochez que ce n'est pas une personne rencontrée."
                )
            wrong.setdefault(name, []).append(said % {"passage": finding.passage, "what": finding.sentence})
    if wrong:
        raise ValidationError(wrong)
