"""Three ways: whatever two hands changed, nothing of either is lost without a person."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maillage.journal.drafts import MANY, EntryDraft, ReferralDraft
from maillage.journal.sync.merge import merged, parts_of

FIRST = EntryDraft(worker_id=1, date=date(2014, 5, 6), nature="individual", persons=2, site_id=1, mrc_id=1)
KINDS = [str(kind) for kind in MANY]
SCALARS: dict[str, Any] = {
    "worker_id": st.integers(1, 2),
    "date": st.dates(date(2014, 5, 6), date(2014, 5, 7)),
    "nature": st.sampled_from(["individual", "collective"]),
    "persons": st.none() | st.integers(0, 2),
    "site_id": st.none() | st.integers(1, 3),
    "mrc_id": st.none() | st.integers(1, 2),
    "minutes": st.none() | st.integers(0, 1),
    "contact_place": st.sampled_from(["", "park"]),
    "contact_rank": st.sampled_from(["", "first"]),
    "collective_kind": st.sampled_from(["", "group"]),
    "participants": st.none() | st.integers(0, 1),
    "tenant_body_id": st.none() | st.integers(1, 2),
    "persons_referred": st.none() | st.integers(0, 2),
    "note": st.sampled_from(["", "Suivi."]),
    "referrals": st.lists(
        st.builds(ReferralDraft, destination=st.sampled_from("ab"), persons=st.integers(1, 2)), max_size=2
    ).map(tuple),
}
TERMS = st.dictionaries(
    st.sampled_from(KINDS[:3]), st.lists(st.sampled_from("xyz"), max_size=3, unique=True).map(tuple)
)
CHANGES = st.fixed_dictionaries({}, optional={**SCALARS, "terms": TERMS})


def has_own_mrc(site: int) -> bool:
    return site != 3


def three(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[EntryDraft, ...]:
    began = FIRST.with_(**base)
    return began, began.with_(**ours), began.with_(**theirs)


@given(CHANGES, CHANGES, CHANGES)
def test_every_part_of_the_union_is_what_somebody_meant(base, ours, theirs):
    began, here, there = three(base, ours, theirs)
    found = merged(began, here, there, has_own_mrc)
    b, o, t = (parts_of(draft, has_own_mrc) for draft in (began, here, there))
    clash = {name for name in b if o[name] != b[name] and t[name] != b[name] and o[name] != t[name]}
    notes = b["note"] != o["note"] or b["note"] != t["note"]
    assert (found is None) == (o != t and (bool(clash) or notes))
    if found is None:
        return
    m = parts_of(found, has_own_mrc)
    for name in b:
        wanted = o[name] if t[name] == b[name] else t[name]
        assert m[name] == wanted, name


@given(CHANGES, CHANGES, CHANGES)
def test_which_hand_came_first_does_not_matter(base, ours, theirs):
    began, here, there = three(base, ours, theirs)
    one, two = merged(began, here, there, has_own_mrc), merged(began, there, here, has_own_mrc)
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert parts_of(one, has_own_mrc) == parts_of(two, has_own_mrc)


@given(CHANGES, CHANGES)
def test_one_hand_alone_is_that_hand(base, ours):
    began, here, _there = three(base, ours, {})
    for found in (merged(began, here, began, has_own_mrc), merged(began, began, here, has_own_mrc)):
        if here.note == began.note:
            assert found is not None
            assert parts_of(found, has_own_mrc) == parts_of(here, has_own_mrc)


@given(CHANGES, CHANGES)
def test_the_same_hand_twice_changes_nothing(base, ours):
    began, here, _there = three(base, ours, {})
    assert merged(began, here, here, has_own_mrc) is here


def test_the_place_and_the_referrals_are_one_thing_each() -> None:
    here, there = FIRST.with_(site_id=2), FIRST.with_(site_id=None, mrc_id=2)
    assert merged(FIRST, here, there) is None
    line = ReferralDraft(destination="health")
    assert merged(FIRST, FIRST.with_(referrals=(line,)), FIRST.with_(persons_referred=2)) is None


def test_the_mrc_of_a_site_is_no_change() -> None:
    found = merged(FIRST, FIRST.with_(persons=3), FIRST.with_(mrc_id=None, minutes=5))
    assert found is not None
    assert (found.persons, found.minutes, found.site_id) == (3, 5, 1)
