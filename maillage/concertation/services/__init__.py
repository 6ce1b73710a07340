"""The only code that writes groups and what they do; one file a subject."""

from .agenda_start import start_agenda
from .digests import send_digests
from .follow_up_reminders import remind_group_follow_ups
from .groups import open_group
from .members import add_member
from .needs import name_need
from .questions import index_question

__all__ = [
    "add_member",
    "index_question",
    "name_need",
    "open_group",
    "remind_group_follow_ups",
    "send_digests",
    "start_agenda",
]
