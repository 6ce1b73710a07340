"""Refusals that a service announces. A view turns them into a page, a command into an exit status."""

from django.core.exceptions import PermissionDenied

from .decision import Decision


class Refused(Exception):
    """The product will not do it; the message is a sentence for the person, in their language.

    `on` is the name of what they gave that the sentence is about, when it is one thing: a form says it next to that field.
    """

    def __init__(self, sentence: object = "", on: str = "") -> None:
        super().__init__(sentence)
        self.on = on


class NotAllowed(Refused, PermissionDenied):
    """The person has no right to do it."""


def require(decision: Decision) -> None:
    """Raise `NotAllowed` with the decision's sentence unless it allows."""
    if not decision.allowed:
        raise NotAllowed(decision.reason)
