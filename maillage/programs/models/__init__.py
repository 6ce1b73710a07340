from .frame import CodingFrame, Term
from .invitation import Invitation
from .membership import Membership
from .program import PartnerOrganization, Program, ProgramSite, SupportHours

__all__ = [
    "CodingFrame",
    "Invitation",
    "Membership",
    "PartnerOrganization",
    "Program",
    "ProgramSite",
    "SupportHours",
    "Term",
]
