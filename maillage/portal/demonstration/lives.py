"""What came of the referrals of the agreement under way: most are answered, some wait, some failed, some are late."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from maillage.journal.enums import Barrier as Why
from maillage.journal.enums import LoopState as S
from maillage.journal.models import Referral, ReferralEvent
from maillage.programs.models import Program

from .allotment import Wheel
from .directory import Directory

SEED = 2027
FRESH_DAYS, WARM_DAYS = 15, 45
FRESH = Wheel({S.GIVEN: 0.82, S.SENT: 0.08, S.OBTAINED: 0.1})
WARM = Wheel({S.GIVEN: 0.24, S.ACCEPTED: 0.12, S.PROPOSED: 0.07, S.WAITING: 0.17, S.OBTAINED: 0.26, S.REFUSED: 0.14})
OLD = Wheel({S.OBTAINED: 0.46, S.REFUSED: 0.19, S.WAITING: 0.12, S.ABANDONED: 0.1, S.NOT_REACHED: 0.07, S.GIVEN: 0.06})
# For what the region lacks, as the invented directory has it.
SCARCE = ("addiction", "mental_health", "housing", "furniture", "senior_autonomy", "home_support")
OLD_SCARCE = Wheel({S.OBTAINED: 0.22, S.REFUSED: 0.36, S.WAITING: 0.28, S.ABANDONED: 0.1, S.NOT_REACHED: 0.04})
REFUSALS = Wheel(
    {
        Why.FULL: 0.28,
        Why.NOT_ELIGIBLE: 0.15,
        Why.TERRITORY: 0.16,
        Why.NO_SERVICE: 0.2,
        Why.COST: 0.07,
        Why.PAPERS: 0.08,
        Why.WAIT: 0.06,
    }
)
DROPS = Wheel({Why.DECLINED: 0.4, Why.TRANSPORT: 0.2, Why.WAIT: 0.2, Why.HOURS: 0.1, Why.COST: 0.1})
FINISHED = (S.OBTAINED, S.REFUSED, S.NOT_REACHED, S.ABANDONED)
LATER = {S.ACCEPTED: 21, S.WAITING: 30, S.SENT: 7}
RECEIVER = "Le service"
KNOWS_SERVICE = 0.85


@dataclass(frozen=True, slots=True)
class Step:
    """Something said of a referral on a day."""

    referral: Referral
    state: str
    day: date
    barrier: str = ""
    proposed_on: date | None = None
    by_receiver: bool = False


def load(program: Program, directory: Directory, today: date) -> None:
    """Give every referral of `program` its service and its life, with few statements."""
    draw = random.Random(SEED)
    found = Referral.objects.filter(entry__program=program, entry__deleted_at=None)
    lines = list(found.select_related("entry__worker", "need", "kind").order_by("entry__date", "pk"))
    steps: list[Step] = []
    for referral in lines:
        _choose_service(draw, referral, directory)
        told = list(_life(draw, referral, today))
        _close(draw, referral, told, today)
        steps += told
    changed = ("service", "state", "state_at", "barrier", "due_on", "proposed_on", "consent")
    Referral.objects.bulk_update(lines, changed, batch_size=200)
    _tell(steps)


def _choose_service(draw: random.Random, referral: Referral, directory: Directory) -> None:
    if referral.organization_id and referral.need and draw.random() < KNOWS_SERVICE:
        referral.service = directory.services.get((referral.organization_id, referral.need.code))


def _life(draw: random.Random, referral: Referral, today: date) -> Iterable[Step]:
    """What is said of a referral, in order; nothing of most of those that only gave information."""
    age = (today - referral.entry.date).days
    kind, need = referral.kind.code if referral.kind else "", referral.need.code if referral.need else ""
    if kind == "information" and draw.random() < 0.55:
        return
    wheel = FRESH if age < FRESH_DAYS else WARM if age < WARM_DAYS else OLD_SCARCE if need in SCARCE else OLD
    state = wheel.turn(draw)
    if state == S.GIVEN:
        return
    first = referral.entry.date + timedelta(days=draw.randint(0, max(0, min(6, age - 1))))
    last = min(today, first + timedelta(days=draw.randint(2, 40)))
    by_receiver = kind == "transferred"
    if by_receiver and state != S.SENT:
        yield Step(referral, S.SENT, first)
    if state == S.OBTAINED and draw.random() < 0.4:
        yield Step(referral, S.ACCEPTED, first + (last - first) // 2, by_receiver=by_receiver)
    barrier = REFUSALS.turn(draw) if state == S.REFUSED else DROPS.turn(draw) if state == S.ABANDONED else ""
    proposed = last + timedelta(days=draw.randint(3, 18)) if state == S.PROPOSED else None
    yield Step(referral, state, last, barrier, proposed, by_receiver and state != S.ABANDONED)


def _close(draw: random.Random, referral: Referral, steps: Sequence[Step], today: date) -> None:
    """Where the referral stands after its steps, and when it is late."""
    referral.consent = bool(referral.kind and referral.kind.code == "transferred")
    if not steps:
        if (today - referral.entry.date).days > WARM_DAYS:
            referral.due_on = None
        return
    last = steps[-1]
    referral.state, referral.state_at = last.state, _moment(last.day)
    referral.barrier, referral.proposed_on = last.barrier, last.proposed_on
    if last.state in FINISHED:
        referral.due_on = None
    else:
        since = last.proposed_on or last.day
        due = since + timedelta(days=1 if last.proposed_on else LATER.get(S(last.state), 7))
        # What waited long enough was asked about again since.
        referral.due_on = due if due >= today - timedelta(days=12) else today + timedelta(days=draw.randint(1, 25))


def _tell(steps: Sequence[Step]) -> None:
    """The history of each referral, on the days on which it was said."""
    events = ReferralEvent.objects.bulk_create(
        [
            ReferralEvent(
                referral=step.referral,
                state=step.state,
                barrier=step.barrier,
                proposed_on=step.proposed_on,
                by_id=None if step.by_receiver else step.referral.entry.worker.user_id,
                by_label=RECEIVER if step.by_receiver else step.referral.entry.worker.label,
                by_receiver=step.by_receiver,
            )
            for step in steps
        ],
        batch_size=500,
    )
    for event, step in zip(events, steps, strict=True):
        event.at = _moment(step.day)
    ReferralEvent.objects.bulk_update(events, ["at"], batch_size=500)


def _moment(day: date) -> datetime:
    """Late in the morning of that day, never later than now."""
    return min(timezone.make_aware(datetime.combine(day, time(11, 30))), timezone.now())
