"""Needs: named, written better, and what comes of them said. The one door by which they are written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.concertation.enums import NeedState
from maillage.concertation.models import Group, Meeting, Member, NamedNeed, NeedStep
from maillage.concertation.needs.words import check_words
from maillage.concertation.permissions import can_animate, can_take_part, can_word_need
from maillage.core.errors import Refused, require
from maillage.core.services import Written, audit, write
from maillage.core.short_code import drawn_code

MAX_WORDS = 1000
MOVES = (NeedState.OPEN, NeedState.TAKEN_UP, NeedState.ANSWERED, NeedState.SET_ASIDE)
TOLD = (NeedState.ANSWERED, NeedState.SET_ASIDE)  # states that say why in words


class NeedMoved(Refused):
    """Somebody said what came of the need after the page was opened; `need` is how it stands now."""

    def __init__(self, need: NamedNeed) -> None:
        state = need.get_state_display()
        super().__init__(_("Ce besoin a changé entre-temps : il est « {state} ».").format(state=state))
        self.need = need


@transaction.atomic
def name_need(*, actor: Any, group: Group, values: Mapping[str, Any], named_by: Member | None = None) -> NamedNeed:
    """Name a need before `group`, for oneself (`named_by`) or for whoever said it aloud.

    `values`: statement, details, named_as, term, site, meeting. Raises `NotAllowed`, or `ValidationError` by field
    (words that say who is meant are refused).
    """
    require(can_animate(actor, group) or can_take_part(actor, group))
    check_words(group, statement=values.get("statement", ""), details=values.get("details", ""))
    need = new_need(group=group, state=NeedState.OPEN, values=dict(values) | {"named_by": named_by}, actor=actor)
    who = str(actor)[:200] if named_by else ""  # nobody is said to have named it who did not ask to be
    NeedStep.objects.create(need=need, state=need.state, by_label=who, meeting=need.meeting)
    return need


def new_need(
    *, group: Group, state: str, values: Mapping[str, Any], actor: Any = None, uid: UUID | None = None
) -> NamedNeed:
    """Write a need that is named; the caller holds the transaction, has checked who may and read its words."""
    need = NamedNeed(group=group, code=_free_code(), state=state, uid=uid or uuid4())
    written = write(
        actor=actor, obj=need, values=values, new="concertation.need_named", changed="concertation.need_worded"
    )
    return written.obj


@transaction.atomic
def word_need(*, actor: Any, need: NamedNeed, values: Mapping[str, Any]) -> Written[NamedNeed]:
    """Write a need better, or say more of it. Raises `NotAllowed` or `ValidationError` by field."""
    require(can_word_need(actor, need))
    check_words(need.group, statement=values.get("statement", ""), details=values.get("details", ""))
    held = held_need(pk=need.pk)
    return write(
        actor=actor, obj=held, values=values, new="concertation.need_named", changed="concertation.need_worded"
    )


@transaction.atomic
def move_need(
    *, actor: Any, need: NamedNeed, state: str, text: str = "", meeting: Meeting | None = None, seen: str = ""
) -> NamedNeed:
    """Say what came of `need`: its state, or a few words more in the state that it has.

    `seen` is the state that the person had in sight; another one since then refuses (`NeedMoved`). Answering and
    setting aside are told in words. Raises `NotAllowed`, `Refused`, or `ValidationError` (words that say who).
    """
    require(can_animate(actor, need.group))
    held, said = held_need(pk=need.pk), " ".join(text.split())
    if _is_same(held, state, said):
        return held
    if seen and held.state != seen:
        raise NeedMoved(held)
    _check_move(held, state, said)
    step(held=held, state=state, text=said, meeting=meeting, actor=actor)
    return held


def step(*, held: NamedNeed, state: str, text: str, actor: Any, meeting: Meeting | None = None) -> None:
    """Write what came of a need that the caller holds, in its state, its steps, the journal it came from and the audit."""
    from .raised_needs import tell_journal

    before, held.state = held.state, state
    held.save(update_fields=["state", "updated_at"])
    NeedStep.objects.create(need=held, state=state, text=text, meeting=meeting, by_label=str(actor)[:200])
    audit(actor=actor, verb="concertation.need_moved", obj=held, changes={"state": [before, state]})
    if before != state:
        tell_journal(actor=actor, need=held)


@transaction.atomic
def show_need(*, actor: Any, need: NamedNeed, is_public: bool) -> NamedNeed:
    """Let anybody read the need and what comes of it, or keep it in the group. Raises `NotAllowed` or `Refused`."""
    require(can_animate(actor, need.group))
    held = held_need(pk=need.pk)
    if held.declined or held.state == NeedState.PROPOSED:
        raise Refused(_("Ce besoin n'est pas au tableau du groupe : accueillez-le d'abord."))
    if held.is_public != is_public:
        held.is_public = is_public
        held.save(update_fields=["is_public", "updated_at"])
        changes = {"is_public": [not is_public, is_public]}
        audit(actor=actor, verb="concertation.need_shown", obj=held, changes=changes)
    return held


def held_need(*, pk: int) -> NamedNeed:
    """The need as it is now, held until the end of the transaction."""
    return NamedNeed.objects.select_for_update(of=("self",)).select_related("group", "raised__program").get(pk=pk)


def _is_same(held: NamedNeed, state: str, text: str) -> bool:
    """Whether the last step already says this: a form sent twice says it once."""
    last = held.steps.order_by("-at", "-id").first()
    return held.state == state and (not text or (last is not None and (last.state, last.text) == (state, text)))


def _check_move(held: NamedNeed, state: str, text: str) -> None:
    if state not in MOVES:
        raise Refused(_("Choisissez ce que le besoin devient."))
    if held.declined or held.state == NeedState.PROPOSED:
        raise Refused(_("Ce besoin n'est pas au tableau du groupe : accueillez-le d'abord."))
    if state in TOLD and not text:
        raise Refused(_("Dites en quelques mots ce qui en est ressorti : qui a nommé le besoin le lira."))
    if len(text) > MAX_WORDS:
        raise Refused(_("Le mot compte plus de 1 000 caractères : raccourcissez-le."))
    check_words(held.group, text=text)


def _free_code() -> str:
    for _try in range(20):
        code = f"B-{drawn_code()}"
        if not NamedNeed.objects.filter(code=code).exists():
            return code
    raise ValidationError(_("Aucun code n'est libre : réessayez."))
