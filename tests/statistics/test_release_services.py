"""The life of a release: prepared, published, corrected, withdrawn; who may, and when it is refused."""

import json
from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from django.utils.translation import override

from maillage.core.actor import PRODUCT
from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent
from maillage.journal.models import Entry
from maillage.programs.models import Term
from maillage.statistics.enums import ReleaseState
from maillage.statistics.models import ProtectionPolicy, Release
from maillage.statistics.release.attack import attack
from maillage.statistics.release.findings import SENTENCES, by_reason, reasons, utility
from maillage.statistics.release.frozen import digest, freeze, portraits, thaw
from maillage.statistics.services import policies, releases
from tests.factories import make_entry, make_member, make_program, make_user

from .release_world import make_world

pytestmark = pytest.mark.django_db

TABLES = ["tenure", "nature", "themes", "axes", "axes_crossing", "monthly"]
START = date(2013, 1, 1)


@pytest.fixture
def program():
    return make_world(70, consent=True, years=(2013,))


def prepared(program, actor=PRODUCT, **options):
    given = {"period": "year", "start": START, "tables": TABLES, "levels": ["whole"], **options}
    return releases.prepare(actor=actor, program=program, **given)


def published(program, actor=PRODUCT, **options):
    return releases.publish(actor=actor, release=prepared(program, actor, **options))


def test_a_release_is_in_french_whoever_prepares_it(program):
    with override("en"):
        draft = prepared(program)
    assert portraits(draft)[0].table("tenure").title == "Mode d'occupation du milieu"
    assert releases.publish(actor=PRODUCT, release=draft).state == ReleaseState.PUBLISHED


def test_a_year_is_prepared_published_and_read_back_as_it_was_frozen(program):
    draft = prepared(program, levels=["whole", "mrc"], tables=[])
    assert (draft.state, draft.number, draft.version) == (ReleaseState.DRAFT, 1, 1)
    release = releases.publish(actor=PRODUCT, release=draft)
    read = portraits(Release.objects.get(pk=release.pk))
    assert release.state == ReleaseState.PUBLISHED
    assert digest(release.content) == release.digest
    assert read[0].territory == ""
    assert len(read) == 3
    assert [thaw(json.loads(json.dumps(freeze(portrait)))) for portrait in read] == list(read)
    assert release.attack["exposed"] == 0
    assert 0 < release.attack["hidden"] <= len(release.attack["figures"])
    verbs = AuditEvent.objects.filter(object_type="statistics.release").values_list("verb", flat=True)
    assert sorted(verbs) == ["statistics.release_prepared", "statistics.release_published"]


def test_what_the_journal_becomes_later_changes_nothing_of_a_release(program):
    release = published(program)
    before = json.dumps(Release.objects.get(pk=release.pk).content)
    Entry.objects.update(nature="collective")
    make_entry(program, date=START)
    Term.objects.update(label_fr="Autre mot")
    found = Release.objects.get(pk=release.pk)
    assert json.dumps(found.content) == before
    assert digest(found.content) == found.digest


def test_true_figures_never_enter_what_is_public(program):
    for _ in range(3):
        make_entry(program, date=date(2013, 5, 5), themes=["employment"])
    release = published(program)
    row = next(row for row in portraits(release)[0].table("themes").rows if row.code == "employment")
    assert (row.count, row.share) == (None, None)
    assert release.ledger["figures"]["2013-01..2013-12||themes/employment"] == 3
    public = json.dumps([release.content, release.attack])
    assert "ledger" not in public
    assert "wanted" not in public
    line = next(line for line in release.attack["figures"] if line["row"] == "employment")
    assert line["lowest"] == 0
    assert line["highest"] >= 5


def test_the_team_reads_why_and_how_much_is_left(program):
    for _ in range(3):
        make_entry(program, date=date(2013, 5, 5), themes=["employment"])
    draft = prepared(program)
    assert reasons(draft, "themes", "", "employment") == [str(SENTENCES["count"])]
    assert dict(by_reason(draft))[str(SENTENCES["count"])] >= 1
    left = utility(draft)
    assert 0.5 < left.figures < 1
    assert left.figures < left.weight < 1


def test_a_correction_is_a_version_that_names_the_former_which_stays(program):
    first = published(program)
    for _ in range(8):
        make_entry(program, date=date(2013, 5, 5), themes=["food"])
    with pytest.raises(Refused, match="ce que la nouvelle version corrige"):
        prepared(program, correction_of=first)
    second = published(program, correction_of=first, note="Huit interventions oubliées")
    first.refresh_from_db()
    assert (second.number, second.version) == (first.number, 2)
    assert (first.state, second.state) == (ReleaseState.SUPERSEDED, ReleaseState.PUBLISHED)
    assert portraits(first)[0].entries == 70
    assert portraits(second)[0].entries == 78
    with pytest.raises(Refused, match="en vigueur"):
        prepared(program, correction_of=first, note="Encore")
    with pytest.raises(Refused, match="même période"):
        prepared(program, correction_of=second, note="Ailleurs", period="quarter")


def test_a_withdrawn_release_stays_readable_and_says_why(program):
    release = published(program)
    with pytest.raises(Refused, match="pourquoi"):
        releases.withdraw(actor=PRODUCT, release=release, reason=" ")
    gone = releases.withdraw(actor=PRODUCT, release=release, reason="Période erronée")
    assert gone.state == ReleaseState.WITHDRAWN
    assert gone in Release.objects.public()
    assert portraits(gone)[0].entries == 70
    with pytest.raises(Refused, match="en vigueur"):
        releases.withdraw(actor=PRODUCT, release=gone, reason="Encore")


def test_a_draft_is_thrown_away_and_what_was_published_is_not(program):
    draft = prepared(program)
    releases.discard(actor=PRODUCT, release=draft)
    assert not Release.objects.exists()
    release = published(program)
    with pytest.raises(Refused, match="ne s'efface pas"):
        releases.discard(actor=PRODUCT, release=release)


def test_only_the_coordination_and_the_administration_publish(program):
    coordinator = make_member(program, role="coordinator").user
    draft = prepared(program, actor=coordinator)
    for role in ("worker", "partner", "researcher", "tenant"):
        other = make_member(program, role=role).user
        with pytest.raises(NotAllowed):
            prepared(program, actor=other)
        with pytest.raises(Http404):
            releases.publish(actor=other, release=draft)
    elsewhere = make_member(make_program(), role="coordinator").user
    with pytest.raises(Http404):
        releases.discard(actor=elsewhere, release=draft)
    release = releases.publish(actor=coordinator, release=draft)
    assert release.published_by == coordinator
    with pytest.raises(NotAllowed):
        releases.withdraw(actor=elsewhere, release=release, reason="Pour voir")
    assert releases.withdraw(actor=make_user(is_administrator=True), release=release, reason="Fini")


def test_periods_that_are_not_over_or_not_of_the_calendar_are_refused():
    today = timezone.localdate()
    program = make_program(start=date(2013, 4, 15), end=today + timedelta(days=400))
    make_entry(program, date=today)
    for period, start, sentence in (
        ("year", date(today.year, 1, 1), "pas terminée"),
        ("whole", None, "pas terminée"),
        ("quarter", date(2014, 2, 1), "premier jour"),
        ("month", date(2014, 2, 3), "premier jour"),
        ("week", date(2014, 2, 3), "Choisissez un mois"),
        ("year", None, "Choisissez un mois"),
        ("year", date(2010, 1, 1), "en dehors"),
        ("year", date(2014, 1, 1), "rien à publier"),
    ):
        with pytest.raises(Refused, match=sentence):
            releases.prepare(actor=PRODUCT, program=program, period=period, start=start)
    assert not Release.objects.exists()


def test_a_year_that_the_programme_cuts_short_is_still_that_year():
    program = make_world(60, consent=True, years=(2013,), start=date(2013, 1, 1), end=date(2013, 11, 30))
    Entry.objects.filter(date__gt=date(2013, 11, 30)).update(date=date(2013, 11, 3))
    release = prepared(program)
    assert (release.start, release.end) == (date(2013, 1, 1), date(2013, 11, 30))


def test_unknown_tables_and_levels_are_refused(program):
    with pytest.raises(Refused, match="tableau"):
        prepared(program, tables=["salaire"])
    with pytest.raises(Refused, match="niveau"):
        prepared(program, levels=["rue"])


def change_entry(program, draft):
    make_entry(program, date=START)


def change_word(program, draft):
    Term.objects.filter(frame=program.frame, vocabulary="theme", code="grief").update(label_fr="Autre")


def change_sensitivity(program, draft):
    Term.objects.filter(frame=program.frame, vocabulary="theme", code="grief").update(is_sensitive=True)


def change_policy(program, draft):
    ProtectionPolicy.objects.filter(program=program).update(threshold=7)


def change_content(program, draft):
    table = draft.content["portraits"][0]["tables"][0]
    table["rows"][0]["count"] = 1
    draft.save(update_fields=["content"])


def change_forerunners(program, draft):
    published(program, title="Parue avant")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (change_entry, "Le journal ou les vocabulaires"),
        (change_word, "Le journal ou les vocabulaires"),
        (change_sensitivity, "Le journal ou les vocabulaires"),
        (change_policy, "Les règles de protection"),
        (change_content, "ont été modifiés"),
        (change_forerunners, "Une autre publication"),
    ],
)
def test_what_changed_in_between_is_not_published(program, change, sentence):
    draft = prepared(program)
    change(program, draft)
    before = Release.objects.filter(state=ReleaseState.PUBLISHED).count()
    with pytest.raises(Refused, match=sentence):
        releases.publish(actor=PRODUCT, release=Release.objects.get(pk=draft.pk))
    draft.refresh_from_db()
    assert draft.state == ReleaseState.DRAFT
    assert Release.objects.filter(state=ReleaseState.PUBLISHED).count() == before


def test_a_draft_whose_digest_was_made_again_is_stopped_by_the_attack(program):
    for _ in range(3):
        make_entry(program, date=date(2013, 5, 5), themes=["employment"])
    draft = prepared(program)
    themes = next(table for table in draft.content["portraits"][0]["tables"] if table["id"] == "themes")
    row = next(row for row in themes["rows"] if row["code"] == "employment")
    row |= {"count": 3, "share": 3 / 73, "hidden": False}
    draft.digest = digest(draft.content)
    draft.save()
    assert [figure.stat for figure in attack(draft, others=[]).exposed] == ["themes/employment"]
    with pytest.raises(Refused, match="1 chiffre que l'on pourrait déduire"):
        releases.publish(actor=PRODUCT, release=draft)


def test_a_draft_whose_figures_were_replaced_is_refused_though_its_digest_was_made_again(program):
    draft = prepared(program)
    draft.content["portraits"][0]["tables"][0]["denominator"] += 10
    draft.digest = digest(draft.content)
    draft.save()
    with pytest.raises(Refused, match="ont été modifiés"):
        releases.publish(actor=PRODUCT, release=draft)


def test_thresholds_only_go_up_and_an_agreement_is_dated(program):
    coordinator = make_member(program, role="coordinator").user
    held = policies.set_thresholds(
        actor=coordinator, program=program, threshold=6, sensitive_threshold=12, smallest_area=50
    )
    assert held.threshold == 6
    with pytest.raises(Exception, match="5"):
        policies.set_thresholds(
            actor=coordinator, program=program, threshold=4, sensitive_threshold=12, smallest_area=50
        )
    with pytest.raises(Refused, match="date à venir"):
        policies.record_consent(
            actor=coordinator, program=program, consent="Toutes", on=timezone.localdate() + timedelta(days=1)
        )
    assert policies.record_consent(actor=coordinator, program=program, consent="Toutes", on=START).consent_on == START
    assert policies.withdraw_consent(actor=coordinator, program=program).consent == ""
    with pytest.raises(NotAllowed):
        policies.withdraw_consent(actor=make_member(program).user, program=program)
