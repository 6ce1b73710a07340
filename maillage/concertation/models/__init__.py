from .agenda import AgendaItem, Document
from .calendar import CalendarFeed
from .community import (
    Answer,
    DigestChoice,
    Initiative,
    InitiativeStep,
    Newsletter,
    PracticeArea,
    Question,
    Topic,
    ValuePart,
    ValueStory,
)
from .group import Group
from .invitation import MeetingInvitation, ProposedItem
from .meeting import Meeting
from .member import JoinRequest, Member
from .minutes import Amendment, Decision, FollowUp, Minutes, NoteVersion
from .need import Ballot, NamedNeed, NamedNeedQuerySet, NeedEvidence, NeedStep, NeedSupport, Prioritization
from .poll import PollAnswer, PollOption
from .registration import Attendance, GuestCount, Registration

__all__ = [
    "AgendaItem",
    "Amendment",
    "Answer",
    "Attendance",
    "Ballot",
    "CalendarFeed",
    "Decision",
    "DigestChoice",
    "Document",
    "FollowUp",
    "Group",
    "GuestCount",
    "Initiative",
    "InitiativeStep",
    "JoinRequest",
    "Meeting",
    "MeetingInvitation",
    "Member",
    "Minutes",
    "NamedNeed",
    "NamedNeedQuerySet",
    "NeedEvidence",
    "NeedStep",
    "NeedSupport",
    "Newsletter",
    "NoteVersion",
    "PollAnswer",
    "PollOption",
    "PracticeArea",
    "Prioritization",
    "ProposedItem",
    "Question",
    "Registration",
    "Topic",
    "ValuePart",
    "ValueStory",
]
