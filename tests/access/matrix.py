"""Who gets what at each address, written by hand. One letter a role, in the order of `world.ROLES`:

anonymous, outsider (coordinates another programme), tenant, partner, researcher, worker, outreach, coordinator,
administrator.

`2` the page (200), `R` done or sent on (302 or 303), `L` sent to the sign-in page, `4` not found, `F` refused with a
sentence (403), `M` method not allowed (405), `B` refused for what was sent (400), `U` the form again (422), `G` withdrawn (410),
`S` a session is asked for (401), `V` another version is asked for (426).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from .api import API_LINES
from .concertation_attendance import LINES as ATTENDANCE_LINES
from .concertation_calendar import LINES as CALENDAR_LINES
from .concertation_community import LINES as COMMUNITY_LINES
from .concertation_groups import LINES as GROUPS_LINES
from .concertation_meetings import LINES as MEETINGS_LINES
from .concertation_minutes import LINES as MINUTES_LINES
from .concertation_needs import LINES as NEEDS_LINES
from .concertation_web import LINES as WEB_LINES
from .directory import DIRECTORY_LINES
from .extracts import EXTRACT_LINES
from .field import LINES as FIELD_LINES
from .hsds import HSDS_LINES
from .projects import LINES as PROJECT_LINES
from .projects_activities import LINES as PROJECT_ACTIVITIES_LINES
from .projects_communities import LINES as PROJECT_COMMUNITIES_LINES
from .projects_documents import LINES as PROJECT_DOCUMENTS_LINES
from .projects_funding import LINES as PROJECT_FUNDING_LINES
from .projects_grants import LINES as PROJECT_GRANTS_LINES
from .projects_plans import LINES as PROJECT_PLANS_LINES
from .projects_results import LINES as PROJECT_RESULTS_LINES
from .projects_reviews import LINES as PROJECT_REVIEWS_LINES
from .projects_support import LINES as PROJECT_SUPPORT_LINES
from .projects_twinning import LINES as PROJECT_TWINNING_LINES
from .projects_vigilance import LINES as PROJECT_VIGILANCE_LINES
from .referrals import LINES as REFERRAL_LINES
from .region import LINES
from .releases import LINES as RELEASE_LINES
from .releases import PUBLIC_LINES
from .unmet import LINES as UNMET_LINES
from .upkeep import UPKEEP_LINES
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
    public: bool = False  # anybody may read it: it names our programme
    json: bool = False  # what is sent is JSON


def _entry(world: World) -> dict[str, Any]:
    """The entry of our worker."""
    return {"uid": world.ours.entry.uid}


def _portrait(name: str, format: str = "") -> Row:
    """A page or a file of our programme's portrait: for its members, as exact as their role allows."""
    more = {"format": format} if format else {}
    return Row(name, "GET", "L42222222", arguments=lambda world: {"slug": world.ours.program.slug, **more})


ROWS: list[Row] = [
    Row("statistics:index", "GET", "L22222222"),
    _portrait("statistics:portrait"),
    _portrait("statistics:gatherings"),
    _portrait("statistics:activities"),
    Row("statistics:protected_figures", "GET", "222222222"),
    _portrait("statistics:map"),
    Row("statistics:charts", "GET", "222222222", arguments=lambda world: {"language": "fr", "digest": "0"}),
    *(_portrait("reports:portrait_file", format) for format in ("json", "csv", "xlsx", "pdf")),
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


def _program(name: str, method: str, letters: str, **options: Any) -> Row:
    """A page about one programme; `found` gives what stands in its address after the programme."""
    found = options.pop("found", lambda world: {})
    return Row(
        f"programs:{name}",
        method,
        letters,
        arguments=lambda world: {"slug": world.ours.program.slug, **found(world)},
        **options,
    )


def _theme(world: World) -> dict[str, Any]:
    return {"kind": "theme", "pk": world.ours.program.frame.terms.of("theme").first().pk}


def _member(world: World) -> dict[str, Any]:
    return {"pk": world.ours.members["worker"].pk}


def _partner(world: World) -> dict[str, Any]:
    partner, _made = world.ours.program.partners.get_or_create(organization=world.ours.organization)
    return {"pk": partner.pk}


def _invitation(world: World) -> dict[str, Any]:
    found, _made = world.ours.program.invitations.get_or_create(
        email="invitee@demo.maillage.test",
        defaults={
            "full_name": "Personne Invitée",
            "role": "worker",
            "invited_by": world.ours.members["coordinator"].user,
            "expires_at": timezone.now() + timedelta(days=1),
        },
    )
    return {"pk": found.pk}


ROWS += [
    Row("programs:list", "GET", "L22222222"),
    Row("programs:new", "GET", "L2FFFFF22"),
    Row("programs:new", "POST", "L2FFFFF22"),
    Row("programs:switch", "GET", "LMMMMMMMM"),
    Row("programs:switch", "POST", "L4RRRRRRR", data=lambda world: {"programme": world.ours.program.slug}),
    Row("programs:invitation", "GET", "444444444", arguments=lambda world: {"token": "devine"}),
    Row("programs:invitation", "POST", "444444444", arguments=lambda world: {"token": "devine"}),
    _program("program", "GET", "L42222222"),
    _program("edit", "GET", "L4FFFFF22"),
    _program("edit", "POST", "L4FFFFF22"),
    _program("next_edition", "GET", "L4FFFFF22"),
    _program("next_edition", "POST", "L4FFFFF22"),
    _program("partners", "GET", "L4FFFFF22"),
    _program("partners", "POST", "L4FFFFF22"),
    _program("partner", "GET", "L4FFFFF22", found=_partner),
    _program("partner", "POST", "L4FFFFF22", found=_partner),
    _program("sites", "GET", "L4FFFFF22"),
    _program("sites", "POST", "L4FFFFFRR"),
    _program("hours", "GET", "L4FFFFF22"),
    _program("hours", "POST", "L4FFFFFRR"),
    _program("people", "GET", "L44442222"),
    _program("invite", "GET", "L4444FF22"),
    _program("invite", "POST", "L4444FF22"),
    _program("member_new", "GET", "L4444FF22"),
    _program("member_new", "POST", "L4444FF22"),
    _program("member", "GET", "L4444FF22", found=_member),
    _program("member", "POST", "L4444FF22", found=_member),
    _program("member_action", "GET", "LMMMMMMMM", found=_member),
    _program("member_action", "POST", "L4444FFRR", found=_member),
    _program("invitation_action", "GET", "LMMMMMMMM", found=_invitation),
    _program("invitation_action", "POST", "L4444FFRR", found=_invitation),
    _program("vocabularies", "GET", "L44442222"),
    _program("vocabulary", "GET", "L44442222", found=lambda world: {"kind": "theme"}),
    _program(
        "vocabulary",
        "POST",
        "L4444FFRR",
        found=lambda world: {"kind": "theme"},
        data=lambda world: {"do": f"up:{_theme(world)['pk']}"},
    ),
    _program("term_new", "GET", "L4444FF22", found=lambda world: {"kind": "theme"}),
    _program("term_new", "POST", "L4444FF22", found=lambda world: {"kind": "theme"}),
    _program("term", "GET", "L4444FF22", found=_theme),
    _program("term", "POST", "L4444FF22", found=_theme),
]

ROWS += [
    Row("portal:administration", "GET", "L44444442"),
    Row("portal:account", "GET", "L44444442", arguments=lambda world: {"pk": world.ours.members["worker"].user_id}),
    Row("portal:account", "POST", "L4444444R", arguments=lambda world: {"pk": world.ours.members["worker"].user_id}),
    Row("portal:audit", "GET", "L44444442"),
]

ROWS += [Row(name, method, letters, arguments, query) for name, method, letters, arguments, query in LINES]
ROWS += [Row(name, "GET", letters, arguments, query, public=True) for name, letters, arguments, query in PUBLIC_LINES]
ROWS += [
    Row(name, method, letters, arguments, data=lambda world, sent=sent: sent)  # type: ignore[misc]
    for name, method, letters, arguments, sent in RELEASE_LINES
]
ROWS += [Row(name, method, letters, arguments, data=data) for name, method, letters, arguments, data in EXTRACT_LINES]
ROWS += [
    Row(name, method, letters, arguments, query, data) for name, method, letters, arguments, query, data in FIELD_LINES
]
ROWS += [
    Row(name, method, letters, arguments, query, data) for name, method, letters, arguments, query, data in UNMET_LINES
]
ROWS += [Row(*line) for line in REFERRAL_LINES]
ROWS += [Row(*line[:4], data=line[4], json=True) for line in (*API_LINES, *HSDS_LINES)]
ROWS += [Row(*line[:5], data=line[5]) for line in DIRECTORY_LINES]
ROWS += [Row(*line[:5], data=line[5]) for line in UPKEEP_LINES]
_CONCERTATION = (GROUPS_LINES, MEETINGS_LINES, ATTENDANCE_LINES, MINUTES_LINES, NEEDS_LINES, COMMUNITY_LINES)
ROWS += [Row(*line) for lines in (*_CONCERTATION, CALENDAR_LINES, WEB_LINES) for line in lines]
_PROJECTS = (
    PROJECT_LINES,
    PROJECT_PLANS_LINES,
    PROJECT_REVIEWS_LINES,
    PROJECT_COMMUNITIES_LINES,
    PROJECT_SUPPORT_LINES,
    PROJECT_GRANTS_LINES,
    PROJECT_ACTIVITIES_LINES,
    PROJECT_FUNDING_LINES,
    PROJECT_RESULTS_LINES,
    PROJECT_TWINNING_LINES,
    PROJECT_VIGILANCE_LINES,
    PROJECT_DOCUMENTS_LINES,
)
ROWS += [Row(*line) for lines in _PROJECTS for line in lines]
