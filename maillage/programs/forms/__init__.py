from .people import AcceptForm, InviteForm, MemberForm
from .programs import EditionForm, NewPartnerForm, PartnerForm, ProgramForm
from .sites import SitesFilter
from .terms import TermForm

__all__ = [
    "AcceptForm",
    "EditionForm",
    "InviteForm",
    "MemberForm",
    "NewPartnerForm",
    "PartnerForm",
    "ProgramForm",
    "SitesFilter",
    "TermForm",
]
