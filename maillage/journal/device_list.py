"""The list of devices: what each said last of itself, and what of its numbers never came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from .enums import GAP_HOURS
from .models import Device
from .sync.protocol import DOUBTFUL_SECONDS

SHOWN_HOLES = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A device as the page says it. `holes` are runs of numbers `(first, last)` that never came."""

    device: Device
    holes: Sequence[tuple[int, int]]
    now: datetime

    @property
    def gap_alarm(self) -> bool:
        """Whether a hole has stayed for a day: what the device wrote may be lost."""
        return bool(self.holes) and _old(self.device.gap_since, self.now)

    @property
    def late(self) -> bool:
        """Whether something has waited on the device for a day."""
        return self.device.waiting > 0 and _old(self.device.oldest_at, self.now)

    @property
    def skew_minutes(self) -> int:
        """How many minutes the clock is away, when that is worth telling."""
        away = abs(self.device.skew_seconds)
        return round(away / 60) if away > DOUBTFUL_SECONDS else 0

    @property
    def is_revoked(self) -> bool:
        """Whether what it sends is held."""
        return self.device.revoked_at is not None

    @property
    def troubled(self) -> bool:
        """Whether somebody should look at it."""
        return not self.is_revoked and (
            self.gap_alarm or self.late or bool(self.skew_minutes) or self.device.persisted is False
        )

    @property
    def missing(self) -> int:
        """How many numbers never came."""
        return sum(last - first + 1 for first, last in self.holes)

    @property
    def first_holes(self) -> str:
        """The first holes, as « 13, 15–20 »."""
        said = [str(first) if first == last else f"{first}–{last}" for first, last in self.holes[:SHOWN_HOLES]]
        return ", ".join(said) + (" …" if len(self.holes) > SHOWN_HOLES else "")


def devices_of(actor: Any) -> list[Shown]:
    """The devices that `actor` may see, those in trouble first, the revoked last (one query)."""
    now = timezone.now()
    devices = Device.objects.visible_to(actor).select_related("user").order_by("user__full_name", "id")
    found = [Shown(device, [(first, last) for first, last, _since in device.gaps], now) for device in devices]
    return sorted(found, key=lambda one: (one.is_revoked, not one.troubled))


def _old(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment < now - timedelta(hours=GAP_HOURS)
