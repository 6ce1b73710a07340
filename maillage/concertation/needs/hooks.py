"""What the journal lets needs do: answer what a programme raises, hear of it, and show on its page who took it up."""

from maillage.concertation.permissions import answers_raised
from maillage.concertation.services.raised_needs import hear_answered, hear_raised
from maillage.core import slots
from maillage.journal.permissions import let_answer
from maillage.journal.signals import need_answered, need_raised

from .raised import raised_card


def connect() -> None:
    """Called once, when the product starts."""
    let_answer(answers_raised)
    need_raised.connect(hear_raised)
    need_answered.connect(hear_answered)
    slots.fill("raised_need", "concertation/needs/raised_card.html", raised_card)
