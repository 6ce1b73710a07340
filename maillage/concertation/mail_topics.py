"""What the messages of groups are about, as those who receive them read it."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Group

GENERAL: dict[str, str | Promise] = {"digest": _("Le résumé de ce qui est nouveau dans vos groupes")}
OF_A_GROUP: dict[str, str | Promise] = {
    "meetings": _("Invitations et rappels de rencontres"),
    "minutes": _("Comptes rendus"),
    "follow_ups": _("Suivis à faire"),
    "letter": _("Infolettre"),
    "needs": _("Besoins"),
    "questions": _("Questions"),
}


def general_words(topics: Iterable[str]) -> Mapping[str, str | Promise]:
    """The words of topics that are of no group."""
    return GENERAL


def group_words(topics: Iterable[str]) -> Mapping[str, str | Promise]:
    """The words of « group.PK.what », in one query; a group that is gone has none."""
    parts = {topic: topic.split(".") for topic in topics}
    numbers = {words[1] for words in parts.values() if len(words) == 3 and words[1].isdigit()}
    names = {str(pk): name for pk, name in Group.objects.filter(pk__in=numbers).order_by().values_list("pk", "name")}
    return {
        topic: f"{names[words[1]]} – {OF_A_GROUP.get(words[2], _('autres messages'))}"
        for topic, words in parts.items()
        if len(words) == 3 and words[1] in names
    }
