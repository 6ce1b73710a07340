"""Which row is which: whatever a form sends back, a referral that is still said keeps its identifier."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from maillage.journal.drafts import ReferralDraft
from maillage.journal.reconciling import counted, in_order, named, nameless, same_rows

NAMES = [UUID(int=number + 1) for number in range(8)]
ROW = st.builds(
    ReferralDraft,
    destination=st.sampled_from("ab"),
    organization_id=st.none() | st.integers(1, 2),
    need=st.sampled_from(["", "food", "housing"]),
    kind=st.sampled_from(["", "information", "transferred"]),
    persons=st.integers(1, 3),
)
ROWS = st.lists(ROW, max_size=5).map(tuple)


def held(rows):
    """The rows as a journal holds them: each has its identifier, and agreements where they have a meaning."""
    return tuple(replace(row, uid=NAMES[place], consent=row.kind == "transferred") for place, row in enumerate(rows))


@given(ROWS)
def test_an_old_client_that_changes_nothing_changes_nothing(rows):
    before = held(rows)
    sent = tuple(replace(row, uid=None, consent=False) for row in before)
    assert counted(same_rows(before, sent)) == counted(before)


@given(ROWS, st.data())
def test_rows_that_say_their_identifier_keep_it_whatever_else_they_say(rows, data):
    before = held(rows)
    sent = tuple(replace(data.draw(ROW), uid=row.uid) for row in data.draw(st.permutations(before)))
    assert same_rows(before, sent) == sent


@given(ROWS, ROWS, st.data())
def test_nothing_is_invented_and_nothing_comes_twice(rows, sent, data):
    before = held(rows)
    uids = st.none() | st.sampled_from(NAMES)
    sent = tuple(replace(row, uid=data.draw(uids)) for row in sent)
    found = same_rows(before, sent)
    assert nameless(replace(row, consent=False) for row in found) == nameless(
        replace(row, consent=False) for row in sent
    )
    told = [row.uid for row in found if row.uid]
    assert len(told) == len(set(told))
    assert set(told) <= {row.uid for row in before} | {row.uid for row in sent}


@given(ROWS, ROWS)
def test_as_many_rows_as_resemble_are_recognized(rows, sent):
    before = held(rows)
    found = same_rows(before, sent)
    for family in "ab":
        ours = sum(row.destination == family for row in before)
        theirs = [row for row in found if row.destination == family]
        assert sum(row.uid is not None for row in theirs) == min(ours, len(theirs))


@given(ROWS, ROWS)
def test_what_stays_comes_first_in_its_order(rows, sent):
    before = held(rows)
    found = named(same_rows(before, sent))
    ordered = in_order(before, found)
    assert counted(ordered) == counted(found)
    places = {row.uid: place for place, row in enumerate(before)}
    stay = [places[row.uid] for row in ordered if row.uid in places]
    assert stay == sorted(stay)
    assert [row.uid in places for row in ordered] == sorted((row.uid in places for row in ordered), reverse=True)
    assert in_order(before, ordered) == ordered


def test_of_two_rows_that_resemble_the_nearest_in_the_form():
    before = (
        ReferralDraft(destination="health", need="food", uid=NAMES[0]),
        ReferralDraft(destination="health", need="food", persons=2, uid=NAMES[1]),
    )
    sent = (ReferralDraft(destination="health", need="food", persons=3),)
    assert same_rows(before, sent)[0].uid == NAMES[0]
    sent = (ReferralDraft(destination="community"), *sent)
    assert [row.uid for row in same_rows(before, sent)] == [None, NAMES[1]]


def test_an_agreement_is_kept_for_who_could_not_tell_it_and_goes_with_what_it_was_for():
    [before] = held([ReferralDraft(destination="health", kind="transferred")])
    [kept] = same_rows([before], [ReferralDraft(destination="health", kind="transferred", persons=2)])
    assert (kept.uid, kept.consent) == (before.uid, True)
    [gone] = same_rows([before], [ReferralDraft(destination="health", kind="information")])
    assert (gone.uid, gone.consent) == (before.uid, False)
    [taken_back] = same_rows([before], [replace(before, consent=False)])
    assert taken_back.consent is False
