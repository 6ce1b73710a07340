"""Every refusal of a draft, by its field and its sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from maillage.journal import rules
from maillage.journal.services import DraftContext, EntryDraft, ReferralDraft, validate_draft
from tests.factories import make_division, make_member, make_program, make_site, make_tenant_body, term

from .drafts import draft_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(program):
    return make_member(program, label="Camille Inventée", start=date(2013, 6, 1), end=date(2015, 6, 1))


def refusals(draft: EntryDraft, before: EntryDraft | None = None) -> list[tuple[str, str]]:
    from maillage.programs.models import Membership

    program = Membership.objects.select_related("program").get(pk=draft.worker_id).program
    return [(p.field, p.sentence) for p in validate_draft(draft, DraftContext(program), before)]


def test_a_valid_draft_has_no_problem(worker):
    assert refusals(draft_for(worker)) == []


REFERRAL = ReferralDraft(destination="health", need="food", persons=2)
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("future", {"date": timezone.localdate() + timedelta(days=1)}, "date"),
    ("before the programme", {"date": date(2012, 12, 31)}, "date"),
    ("before the member", {"date": date(2013, 5, 31)}, "date"),
    ("after the member", {"date": date(2015, 6, 2)}, "date"),
    ("no place", {"site_id": None}, "site_id"),
    ("unknown site", {"site_id": 10**9}, "site_id"),
    ("unknown mrc", {"site_id": None, "mrc_id": 10**9}, "mrc_id"),
    ("no nature", {"nature": ""}, "nature"),
    ("bad nature", {"nature": "both"}, "nature"),
    ("no persons", {"persons": None}, "persons"),
    ("negative persons", {"persons": -1}, "persons"),
    ("absurd persons", {"persons": 501}, "persons"),
    ("nobody", {"persons": 0}, "persons"),
    ("absurd minutes", {"minutes": 1441}, "minutes"),
    ("negative minutes", {"minutes": -5}, "minutes"),
    ("collective kind alone", {"collective_kind": "group_project"}, "collective_kind"),
    ("participants alone", {"participants": 5}, "participants"),
    ("participations alone", {"participations": 5}, "participations"),
    ("fewer participations", {"nature": "collective", "participants": 6, "participations": 5}, "participations"),
    ("absurd participations", {"nature": "collective", "participations": 5001}, "participations"),
    ("unknown body", {"nature": "collective", "tenant_body_id": 10**9}, "tenant_body_id"),
    ("more referred than met", {"referrals": (ReferralDraft(destination="health", persons=3),)}, "persons_referred"),
    ("fewer referred than one referral", {"referrals": (REFERRAL,), "persons_referred": 1}, "persons_referred"),
    (
        "more referred than referrals",
        {"referrals": (REFERRAL,), "persons_referred": 3, "persons": 9},
        "persons_referred",
    ),
    ("too many referrals", {"referrals": (ReferralDraft(destination="health"),) * 21, "persons": 99}, "referrals"),
    ("referral nowhere", {"referrals": (ReferralDraft(destination=""),)}, "referrals.0.destination"),
    ("referral of nobody", {"referrals": (ReferralDraft(destination="health", persons=0),)}, "referrals.0.persons"),
    ("unknown need", {"referrals": (ReferralDraft(destination="health", need="x"),)}, "referrals.0.need"),
    (
        "unknown organization",
        {"referrals": (ReferralDraft(destination="health", organization_id=10**9),)},
        "referrals.0.organization_id",
    ),
    ("unknown code", {"terms": {"theme": ("nothing",)}}, "theme"),
    ("code of another vocabulary", {"terms": {"theme": ("welcome",)}}, "theme"),
    ("unknown vocabulary", {"terms": {"need": ("food",)}}, "need"),
    ("unknown place", {"contact_place": "moon"}, "contact_place"),
    ("bad rank", {"contact_rank": "third"}, "contact_rank"),
    ("bad initiative", {"contact_initiative": "nobody"}, "contact_initiative"),
    ("long note", {"note": "x" * 4001}, "note"),
]


@pytest.mark.parametrize(("fields", "field"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_refusal_names_its_field_and_says_a_sentence(worker, fields, field):
    found = dict(refusals(draft_for(worker, **fields)))
    assert field in found, found
    sentence = found[field]
    assert sentence[0].isupper() or sentence[0] == "«"
    assert sentence.endswith((".", "!"))
    assert "%" not in sentence


def test_after_the_programme(program):
    program.end = date(2016, 3, 31)
    program.save()
    worker = make_member(program)
    [(field, sentence)] = refusals(draft_for(worker, date=date(2016, 4, 1)))
    assert field == "date"
    assert "31 mars 2016" in sentence


def test_a_code_follows_its_dates_unless_the_entry_already_bore_it(program, worker):
    theme = term(program, "theme", "food")
    theme.valid_to = date(2014, 1, 31)
    theme.save()
    draft = draft_for(worker)
    assert [field for field, _sentence in refusals(draft)] == ["theme"]
    assert refusals(draft.with_(date=date(2014, 1, 31))) == []
    assert refusals(draft, before=draft) == []


def test_a_partner_does_not_write(program):
    partner = make_member(program, "partner")
    assert [field for field, _sentence in refusals(draft_for(partner))] == ["worker_id"]


def test_a_member_of_another_programme_does_not_write_here(program):
    other = make_member(make_program())
    problems = validate_draft(draft_for(make_member(program), worker_id=other.pk), DraftContext(program))
    assert "worker_id" in [problem.field for problem in problems]


def test_a_closed_site_and_a_site_without_mrc(program, worker):
    closed = make_site(program, closed_on=date(2014, 1, 1))
    assert [field for field, _s in refusals(draft_for(worker, site_id=closed.pk))] == ["site_id"]
    lost = make_site(program, mrc=None)
    assert [field for field, _s in refusals(draft_for(worker, site_id=lost.pk))] == ["mrc_id"]
    mrc = program.territory.children.first()
    assert refusals(draft_for(worker, site_id=lost.pk, mrc_id=mrc.pk)) == []


def test_the_mrc_is_of_the_territory(program, worker):
    assert refusals(draft_for(worker, site_id=None, mrc_id=make_division("mrc").pk))[0][0] == "mrc_id"


def test_tenants_bodies_of_covered_sites_can_be_linked(program, worker):
    body = make_tenant_body(program.program_sites.get().site)
    assert refusals(draft_for(worker, nature="collective", tenant_body_id=body.pk)) == []
    elsewhere = make_tenant_body(make_site())
    assert refusals(draft_for(worker, nature="collective", tenant_body_id=elsewhere.pk))[0][0] == "tenant_body_id"


def test_the_rules_can_be_read_by_the_page():
    shown = rules.as_json()
    assert {line["name"] for line in shown["entry"]} == set(rules.BY_NAME)
    participants = next(line for line in shown["entry"] if line["name"] == "participants")
    assert tuple(participants["when"]) == ("nature", "collective")
