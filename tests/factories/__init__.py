"""Small worlds for tests: each function makes one thing and what it needs, with invented names."""

from .concertation import make_group, make_group_member, make_meeting
from .concertation_needs import make_need
from .field import TestDevice, make_device, typed
from .journal import make_entry
from .loops import make_referral
from .people import make_member, make_user
from .programs import make_frame, make_program, term
from .projects import make_plan, make_project, make_project_person
from .regions import cover, make_division, make_organization, make_site, make_tenant_body
from .releases import hide, make_release
from .services import full_sheet, make_editor, make_service
from .settling import make_phone, make_sent, make_sibling
from .unmet import make_unmet

__all__ = [
    "TestDevice",
    "cover",
    "full_sheet",
    "hide",
    "make_device",
    "make_division",
    "make_editor",
    "make_entry",
    "make_frame",
    "make_group",
    "make_group_member",
    "make_meeting",
    "make_member",
    "make_need",
    "make_organization",
    "make_phone",
    "make_plan",
    "make_program",
    "make_project",
    "make_project_person",
    "make_referral",
    "make_release",
    "make_sent",
    "make_service",
    "make_sibling",
    "make_site",
    "make_tenant_body",
    "make_unmet",
    "make_user",
    "term",
    "typed",
]
