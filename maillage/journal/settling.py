"""The list « À régler »: versions to compare, envois to correct, envois to validate, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .enums import OperationKind, OperationState
from .models import Sibling, SyncOperation
from .rules import BY_NAME
from .sent import opened

SHOWN = 50  # lines of each part: settled ones give way to the next


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: what it is about, who wrote it, when, with which device, and why somebody must look at it."""

    href: str
    what: str
    who: str
    device: str
    at: datetime
    program: str
    why: Sequence[str]
    doubtful: bool = False


@dataclass(slots=True)
class Part:
    """One part of the list; `total` counts also the lines that are not shown."""

    code: str
    lines: list[Waiting] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        """How many lines are not shown."""
        return self.total - len(self.lines)


def parts_of(actor: Any) -> list[Part]:
    """The parts that have lines, in the order in which they are worth settling (at most six queries)."""
    siblings = Sibling.objects.visible_to(actor).waiting()
    compared = siblings.select_related(
        "entry__site", "entry__mrc", "entry__program", "made_by", "operation__device"
    ).order_by("id")
    found = [_part("reconcile", compared, _of_siblings)]
    sent = SyncOperation.objects.visible_to(actor).to_settle()
    waiting = sent.select_related("device__user", "program").order_by("id")
    for state in (OperationState.REJECTED, OperationState.HELD):
        found.append(_part(str(state), waiting.filter(state=state), _of_operations))
    return [part for part in found if part.lines]


def _part(code: str, found: Any, lines: Any) -> Part:
    shown = list(found[: SHOWN + 1])
    total = len(shown) if len(shown) <= SHOWN else found.count()
    return Part(code, list(lines(shown[:SHOWN])), total)


def _of_siblings(siblings: Iterable[Sibling]) -> Iterable[Waiting]:
    for sibling in siblings:
        entry, sent = sibling.entry, sibling.operation
        yield Waiting(
            reverse("journal:reconcile", args=[sibling.uid]),
            f"{date_format(entry.date)} · {entry.site.name if entry.site else entry.mrc.name}",
            str(sibling.made_by),
            str(sent.device),
            sent.made_at or sent.received_at,
            entry.program.name,
            [why_compared(sibling)],
            sent.clock_doubtful,
        )


def why_compared(sibling: Sibling) -> str:
    """Why nobody but a person can tell which version is the good one."""
    if sibling.kind == OperationKind.DELETE:
        return _("Une suppression a été demandée, mais l'intervention avait changé entre-temps.")
    if sibling.entry.deleted_at is not None:
        return _("Une correction est arrivée, mais l'intervention avait été supprimée.")
    if sibling.kind == OperationKind.CREATE:
        return _("Une autre intervention est arrivée sous le même numéro.")
    return _("Deux corrections sont parties de la même version.")


def _of_operations(operations: Iterable[SyncOperation]) -> Iterable[Waiting]:
    for sent in operations:
        yield Waiting(
            reverse("journal:operation", args=[sent.uid]),
            title_of(sent),
            str(sent.device.user),
            str(sent.device),
            sent.made_at or sent.received_at,
            sent.program.name if sent.program else "",
            reasons_of(sent),
            sent.clock_doubtful,
        )


def title_of(operation: SyncOperation) -> str:
    """What was sent, and the day of the intervention when it can be read."""
    day = opened(operation).day
    kind = operation.get_kind_display()
    return _("%(kind)s du %(day)s") % {"kind": kind, "day": date_format(day)} if day else kind


def reasons_of(operation: SyncOperation) -> list[str]:
    """Why it was not written: the sentences of rules, or who must validate it."""
    said = [_sentence(*problem[:2]) for problem in operation.problems if len(problem) >= 2]
    if operation.state == OperationState.HELD and not said:
        if operation.device.revoked_at is not None:
            return [_("L'appareil avait été révoqué quand cet envoi est arrivé.")]
        return [_("La personne n'avait plus accès au journal quand cet envoi est arrivé.")]
    return said or [_("Une règle du journal refuse cet envoi.")]


def _sentence(name: str, sentence: str) -> str:
    rule = BY_NAME.get(name)
    return f"{rule.label}\N{NO-BREAK SPACE}: {sentence}" if rule and str(rule.label) not in sentence else sentence
