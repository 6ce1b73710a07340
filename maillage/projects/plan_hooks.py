"""What plans say to lower floors: their section of a group's pages, the words of their messages."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.concertation import tabs
from maillage.core.mailing import topics


def connect() -> None:
    """Register both; called from `AppConfig.ready`."""
    tabs.register("plans", _("Plans d'action"), "projects:group_plans", after="follow_ups")
    topics.speak("actions", action_words)


def action_words(said: Iterable[str]) -> Mapping[str, str | Promise]:
    """The words of the one topic of plans."""
    return {"actions": _("Rappels des actions en retard de vos plans")}
