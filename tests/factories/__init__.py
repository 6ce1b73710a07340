"""Small worlds for tests: each function makes one thing and what it needs, with invented names."""

from .journal import make_entry
from .people import make_member, make_user
from .programs import make_frame, make_program, term
from .regions import cover, make_division, make_organization, make_site, make_tenant_body
from .releases import hide, make_release

__all__ = [
    "cover",
    "hide",
    "make_division",
    "make_entry",
    "make_frame",
    "make_member",
    "make_organization",
    "make_program",
    "make_release",
    "make_site",
    "make_tenant_body",
    "make_user",
    "term",
]
