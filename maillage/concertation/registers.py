"""The decisions and the follow-ups of a group across its meetings: searched, filtered, as files; a person's own."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from maillage.core.text import as_number, fold

from .enums import FollowUpState, MinutesState
from .minutes_page import WITH_PEOPLE
from .models import Decision, FollowUp, Group

LONGEST_SEARCH = 100


class DecisionRegister:
    """The register as its address asks it: `q` (words), `annee`, `etat` (`tient` or `remplacee`)."""

    def __init__(self, group: Group, asked: QueryDict) -> None:
        self.group = group
        self.words = asked.get("q", "").strip()[:LONGEST_SEARCH]
        self.year = asked.get("annee", "") if as_number(asked.get("annee")) else ""
        self.state = asked.get("etat", "") if asked.get("etat") in ("tient", "remplacee") else ""

    def found(self) -> QuerySet[Decision]:
        """The decisions, the latest first."""
        found = Decision.objects.filter(group=self.group).select_related("meeting__minutes", "replaced_by", "item")
        if self.year and 1900 <= int(self.year) <= 9998:
            found = found.filter(decided_on__year=int(self.year))
        if self.state:
            found = found.filter(replaced_by__isnull=self.state == "tient")
        if self.words:
            found = found.filter(pk__in=_saying(Decision.objects.filter(group=self.group), "text", self.words))
        return found.order_by("-number")

    @property
    def years(self) -> list[int]:
        """Years in which the group decided something."""
        days = Decision.objects.filter(group=self.group).dates("decided_on", "year", order="DESC")
        return [day.year for day in days]

    @property
    def query(self) -> str:
        """The filters, for the file's address."""
        asked = QueryDict(mutable=True)
        asked.update({name: value for name, value in self._asked() if value})
        return asked.urlencode()

    def _asked(self) -> list[tuple[str, str]]:
        return [("q", self.words), ("annee", self.year), ("etat", self.state)]


class FollowUpList:
    """Follow-ups as an address asks them: of a `group`, or of a person (`of`); `etat` open (by default), done, dropped."""

    def __init__(self, asked: QueryDict, *, group: Group | None = None, of: Any = None) -> None:
        self.group, self.of = group, of
        self.state = asked.get("etat", "") if asked.get("etat") in FollowUpState.values else FollowUpState.OPEN
        self.words = asked.get("q", "").strip()[:LONGEST_SEARCH]
        self.today = timezone.localdate()

    def whole(self) -> QuerySet[FollowUp]:
        """All of them, in any state."""
        if self.group is not None:
            return FollowUp.objects.filter(group=self.group)
        return FollowUp.objects.visible_to(self.of).filter(pk__in=_promised_by(self.of))

    def found(self) -> QuerySet[FollowUp]:
        """Those asked for: what is to be done by day, the rest the latest first."""
        found = self.whole().filter(state=self.state).select_related("group", "meeting")
        if self.words:
            found = found.filter(pk__in=_saying(self.whole(), "what", self.words))
        if self.state == FollowUpState.OPEN:
            return found.prefetch_related(WITH_PEOPLE).order_by(F("due_on").asc(nulls_last=True), "id")
        return found.prefetch_related(WITH_PEOPLE).order_by(F("done_on").desc(nulls_last=True), "-id")

    @property
    def counts(self) -> list[tuple[str, Any, int]]:
        """Each state, its word and how many stand there."""
        rows = self.whole().order_by().values_list("state").annotate(n=Count("pk"))
        numbers = dict(rows)
        return [(code, label, numbers.get(code, 0)) for code, label in FollowUpState.choices]

    @property
    def query(self) -> str:
        """The filters, for the file's address."""
        asked = QueryDict(mutable=True)
        asked.update({name: value for name, value in (("etat", str(self.state)), ("q", self.words)) if value})
        return asked.urlencode()


def mine(actor: Any, keys: Iterable[int]) -> set[int]:
    """Which of these follow-ups `actor` promised."""
    return set(_promised_by(actor).filter(pk__in=list(keys)).values_list("pk", flat=True))


def decision_columns() -> list[str]:
    """Titles of the register's file."""
    return [
        _("Numéro"), _("Date"), _("Décision"), _("Manière"), _("Pour"), _("Contre"), _("Abstentions"),
        _("Rencontre"), _("Point"), _("Procès-verbal"), _("Remplacée par"),
    ]  # fmt: skip


def decision_rows(found: QuerySet[Decision]) -> Iterator[Sequence[Any]]:
    """A row a decision."""
    for line in found.iterator(chunk_size=500):
        minutes = getattr(line.meeting, "minutes", None) if line.meeting else None
        yield (
            line.number, line.decided_on, line.text, line.get_way_display(), line.votes_for, line.votes_against,
            line.abstentions, line.meeting.title if line.meeting else "", line.item.title if line.item else "",
            minutes.get_state_display() if minutes else MinutesState.DRAFT.label if line.meeting else "",
            line.replaced_by.number if line.replaced_by else None,
        )  # fmt: skip


def follow_up_columns() -> list[str]:
    """Titles of the follow-ups' file."""
    return [_("Quoi"), _("Qui"), _("Pour le"), _("État"), _("Fait le"), _("Ce qui en est ressorti"), _("Rencontre")]


def follow_up_rows(found: QuerySet[FollowUp]) -> Iterator[Sequence[Any]]:
    """A row a follow-up."""
    for line in found.iterator(chunk_size=500):
        people = [member.person.name for member in line.members.all()]
        who = ", ".join([*people, *filter(None, [line.who])])
        title = line.meeting.title if line.meeting else ""
        yield line.what, who, line.due_on, line.get_state_display(), line.done_on, line.outcome, title


def _promised_by(actor: Any) -> QuerySet[FollowUp]:
    """Follow-ups given to the person of this account, in groups where they still are or were."""
    return FollowUp.objects.filter(Q(members__person__user_id=actor.pk)).order_by()


def _saying(found: QuerySet[Any], name: str, words: str) -> list[int]:
    """Keys of the rows whose text has all these words, whatever the accents: a register is a few hundred lines."""
    asked = fold(words).split()
    texts = found.order_by("pk").values_list("pk", name)
    return [pk for pk, text in texts if all(word in fold(text) for word in asked)]
