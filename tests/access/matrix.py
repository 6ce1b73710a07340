"""Who gets what at each address, written by hand. One letter a role, in the order of `world.ROLES`:

anonymous, outsider (coordinates another programme), tenant, partner, researcher, worker, outreach, coordinator,
administrator.

`2` the page (200), `R` done or sent on (302 or 303), `L` sent to the sign-in page, `4` not found, `F` refused with a
sentence (403), `M` method not allowed (405), `B` refused for what was sent (400).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .world import World

Arguments = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """An address by name, a method, what is in the address and sent, and the nine letters."""

    name: str
    method: str
    letters: str
    arguments: Arguments = lambda world: {}
    query: str = ""
    data: Arguments = lambda world: {}


def _entry(world: World) -> dict[str, Any]:
    """The entry of our worker."""
    return {"uid": world.ours.entry.uid}


ROWS: list[Row] = [
    Row("portal:home", "GET", "222222222"),
    Row("portal:menu", "GET", "L22222222"),
    Row("portal:components", "GET", "L22222222"),
    Row("accounts:profile", "GET", "L22222222"),
    Row("accounts:profile", "POST", "L22222222"),
    Row("accounts:display", "GET", "MMMMMMMMM"),
    Row("accounts:display", "POST", "RRRRRRRRR", data=lambda world: {"theme": "dark"}),
    Row("account_login", "GET", "2RRRRRRRR"),
    Row("account_logout", "GET", "R22222222"),
    Row("account_inactive", "GET", "222222222"),
    Row("account_reauthenticate", "GET", "L22222222"),
    Row("account_change_password", "GET", "L22222222"),
    Row("account_set_password", "GET", "LRRRRRRRR"),
    Row("account_reset_password", "GET", "222222222"),
    Row("account_reset_password_done", "GET", "222222222"),
    Row(
        "account_reset_password_from_key",
        "GET",
        "222222222",
        arguments=lambda world: {"uidb36": "1", "key": "no-such-key"},
    ),
    Row("account_reset_password_from_key_done", "GET", "222222222"),
    Row("mfa_index", "GET", "L22222222"),
    Row("mfa_authenticate", "GET", "LRRRRRRRR"),
    Row("mfa_reauthenticate", "GET", "LRRRRRRRR"),
    Row("mfa_activate_totp", "GET", "LRRRRRRRR"),
    Row("mfa_deactivate_totp", "GET", "L44444444"),
    Row("mfa_view_recovery_codes", "GET", "L44444444"),
    Row("mfa_generate_recovery_codes", "GET", "LRRRRRRRR"),
    Row("mfa_download_recovery_codes", "GET", "L44444444"),
    Row("mfa_list_webauthn", "GET", "L22222222"),
    Row("mfa_add_webauthn", "GET", "LRRRRRRRR"),
    Row("mfa_edit_webauthn", "GET", "LRRRRRRRR", arguments=lambda world: {"pk": 1}),
    Row("mfa_remove_webauthn", "GET", "LRRRRRRRR", arguments=lambda world: {"pk": 1}),
    Row("mfa_reauthenticate_webauthn", "GET", "LRRRRRRRR"),
    Row("mfa_login_webauthn", "GET", "LRRRRRRRR"),
    Row("journal:list", "GET", "L24442222"),
    Row("journal:list", "GET", "L44442222", query="?programme=programme-canariours"),
    Row("journal:export", "GET", "L24442222"),
    Row("journal:export", "GET", "L44442222", query="?programme=programme-canariours&format=xlsx"),
    Row("journal:export", "GET", "L44444444", query="?format=exe"),
    Row("journal:new", "GET", "L2444222F"),
    Row("journal:new", "GET", "L4444222F", query="?programme=programme-canariours"),
    Row("journal:new", "POST", "LB444BBBF"),
    Row("journal:organizations", "GET", "L22222222"),
    Row("journal:entry", "GET", "L44442222", arguments=_entry),
    Row("journal:saved", "GET", "L44442222", arguments=_entry),
    Row("journal:edit", "GET", "L44442F2F", arguments=_entry),
    Row("journal:edit", "POST", "L4444BFBF", arguments=_entry),
    Row("journal:delete", "GET", "L44442F2F", arguments=_entry),
    Row("journal:delete", "POST", "L4444R444", arguments=_entry),
    Row("journal:deleted", "GET", "L44444444", arguments=_entry),
    Row("journal:restore", "POST", "L44444444", arguments=_entry),
    Row("portal:healthz", "GET", "222222222"),
    Row("portal:readyz", "GET", "222222222"),
]
