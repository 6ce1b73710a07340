from .editions import open_next_edition
from .frames import copy_frame, create_frame
from .invitations import (
    accept_invitation,
    accept_with_new_account,
    invite,
    resend_invitation,
    revoke_invitation,
)
from .members import add_member, change_member, end_member, reinstate_member, remove_member
from .partners import add_partner, edit_partner, remove_partner
from .programs import create_program, edit_program
from .register import create_site, edit_site
from .sites import cover_sites, set_hours, uncover_sites
from .terms import add_term, delete_term, edit_term, move_term, reinstate_term, reorder_terms, retire_term

__all__ = [
    "accept_invitation",
    "accept_with_new_account",
    "add_member",
    "add_partner",
    "add_term",
    "change_member",
    "copy_frame",
    "cover_sites",
    "create_frame",
    "create_program",
    "create_site",
    "delete_term",
    "edit_partner",
    "edit_program",
    "edit_site",
    "edit_term",
    "end_member",
    "invite",
    "move_term",
    "open_next_edition",
    "reinstate_member",
    "reinstate_term",
    "remove_member",
    "remove_partner",
    "reorder_terms",
    "resend_invitation",
    "retire_term",
    "revoke_invitation",
    "set_hours",
    "uncover_sites",
]
