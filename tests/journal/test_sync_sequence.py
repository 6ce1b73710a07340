"""Numbers that never came, and clocks that cannot be right."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.journal.models import Device, SyncOperation
from maillage.journal.sync.clock import read_made, skew_of
from maillage.journal.sync.protocol import Report
from maillage.journal.sync.sequence import MOST_RUNS, Received
from tests.factories import make_device, make_member, typed

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


@given(st.lists(st.lists(st.integers(1, 60), max_size=12), max_size=12))
def test_the_runs_are_exactly_what_never_came(batches):
    received, came = Received(), set()
    for now, batch in enumerate(batches):
        received.add(batch, now)
        received = Received(received.highest, [list(run) for run in received.gaps])  # as a row keeps it
        came |= set(batch)
    highest = max(came, default=0)
    missing = {number for run in received.gaps for number in range(run.first, run.last + 1)}
    assert missing == set(range(1, highest + 1)) - came
    assert received.highest == highest
    assert received.contiguous == next(n for n in range(highest + 2) if n + 1 not in came)
    assert all(one.last + 1 < two.first for one, two in zip(received.gaps, received.gaps[1:], strict=False))
    for number in range(1, highest + 2):
        assert received.lacks_below(number) == any(n not in came for n in range(1, number))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 100)), max_size=30))
def test_a_hole_is_as_old_as_the_first_time_it_was_seen(steps):
    received, came, seen = Received(), set(), {}
    now = 0
    for number, passed in steps:
        now += passed
        received.add([number], now)
        came.add(number)
        for hole in set(range(1, max(came) + 1)) - came:
            seen.setdefault(hole, now)
        holes = {hole: since for hole, since in seen.items() if hole not in came}
        assert {n: run.since for run in received.gaps for n in range(run.first, run.last + 1)} == holes
        assert received.since == min(holes.values(), default=None)


def test_what_is_kept_of_a_hundred_thousand_operations_is_as_small_as_of_ten():
    received = Received()
    received.add([3, *range(5, 100_001)], 0)
    assert received.gaps == [(1, 2, 0), (4, 4, 0)]
    for start in range(100_001, 110_001, 50):
        received = Received(received.highest, received.gaps)
        received.add(range(start, start + 50), 1)
        assert len(received.gaps) == 2
    assert received.missing == [(1, 2), (4, 4)]


def test_a_device_that_leaves_holes_everywhere_only_blurs_its_own_report():
    received = Received()
    received.add(range(2, 4 * MOST_RUNS, 2), 0)
    assert len(received.gaps) == MOST_RUNS
    assert len(received.missing) == 200
    assert (received.contiguous, received.highest) == (0, 4 * MOST_RUNS - 2)


@pytest.fixture
def phone(program):
    return make_device(make_member(program).user)


@pytest.mark.django_db
def test_holes_are_told_dated_and_filled(program, phone):
    late = [phone.create(typed(program)) for _ in range(6)]
    answer = phone.send(late[0], late[3], late[5])
    assert (answer.contiguous, answer.missing) == (1, [(2, 3), (5, 5)])
    device = Device.objects.get()
    assert abs(device.gap_since - datetime.now(UTC)) < timedelta(minutes=1)
    since = device.gap_since
    answer = phone.send(late[2])
    assert (answer.contiguous, answer.missing) == (1, [(2, 2), (5, 5)])
    assert Device.objects.get().gap_since == since
    answer = phone.send(late[1], late[4])
    device = Device.objects.get()
    assert (answer.contiguous, answer.missing) == (6, [])
    assert (device.contiguous, device.highest, device.gap_since, device.gaps) == (6, 6, None, [])


@pytest.mark.django_db
def test_a_sequence_stays_right_when_its_operations_are_forgotten(program, phone):
    phone.send(*[phone.create(typed(program)) for _ in range(3)])
    SyncOperation.objects.all().delete()
    answer = phone.send(phone.create(typed(program), seq=5))
    assert (answer.contiguous, answer.missing) == (3, [(4, 4)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "kept", "doubtful"),
    [
        ("2026-10-21T09:12:03.120-05:00", True, False),
        ("1970-01-01T00:00:00+14:00", True, False),
        ("2038-01-19T03:14:08Z", True, True),
        ("9999-12-31T23:59:59-12:00", False, True),
        ("0001-01-01T00:00:00Z", False, True),
        ("2026-02-30T00:00:00Z", False, True),
        ("2026-10-21", True, False),
        ("hier", False, True),
    ],
)
def test_any_clock_is_accepted(program, phone, made, kept, doubtful):
    phone.made = made
    assert [str(a.status) for a in phone.send(phone.create(typed(program)), report=Report()).answers] == ["applied"]
    row = SyncOperation.objects.get()
    if made.startswith("2026-10-21T"):
        assert row.made_offset == -300
    assert (row.made_at is not None, row.clock_doubtful) == (kept, doubtful)


@pytest.mark.parametrize(
    ("made", "age", "skew", "doubtful"),
    [
        (NOW, 0, 0, False),
        (NOW - timedelta(days=9), 0, 0, False),  # the monotonic clock slept with the phone
        (NOW + timedelta(seconds=299), 0, 299, False),
        (NOW + timedelta(seconds=301), 0, 301, True),
        (NOW, 3_600_000, 0, True),  # made an hour ago at the latest, says now: the clock was changed since
        (NOW - timedelta(hours=1), 3_600_000, 0, False),
        (NOW - timedelta(days=10), 0, -864_000, True),
        (NOW + timedelta(hours=1), None, None, True),
        (NOW - timedelta(days=20), None, None, False),
        (NOW, -5, 0, False),
        (NOW, 10**40, 0, False),
    ],
)
def test_a_clock_is_doubted_from_five_minutes(made, age, skew, doubtful):
    ahead = None if skew is None else timedelta(seconds=skew)
    assert read_made(made.isoformat(), age, ahead, NOW).doubtful is doubtful


@given(st.text() | st.datetimes().map(datetime.isoformat), st.none() | st.integers(), st.none() | st.datetimes())
def test_no_clock_fails(text, age, clock):
    read_made(text, age, skew_of(clock, NOW), NOW)


@pytest.mark.django_db
def test_a_device_says_how_it_is(program, phone):
    report = Report(
        clock=datetime.now(UTC) - timedelta(days=10), waiting=10**30, oldest=90, persisted=True, app="x" * 99
    )
    phone.send(phone.create(typed(program)), report=report)
    device = Device.objects.get()
    assert (device.waiting, device.persisted, len(device.app_version)) == (2**31 - 1, True, 40)
    assert abs(device.skew_seconds + 864_000) < 60
    assert abs((datetime.now(UTC) - device.oldest_at) - timedelta(minutes=90)) < timedelta(minutes=1)
    assert SyncOperation.objects.get().clock_doubtful
    phone.send(report=Report(waiting=0, oldest=10**30))
    device.refresh_from_db()
    assert (device.waiting, device.oldest_at) == (0, None)
