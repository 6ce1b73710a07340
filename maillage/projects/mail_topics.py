"""What the messages of projects are about, as those who receive them read it."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "support": _("Demandes de soutien déposées, accordées ou à compléter"),
    "actions": _("Actions en retard dans vos plans"),
    "funding": _("Demandes de financement à déposer bientôt"),
    "vigilance": _("Systèmes de vigilance à revoir"),
}


def project_words(topics: Iterable[str]) -> Mapping[str, str | Promise]:
    """The words of the messages of projects."""
    return WORDS
