"""« Besoins sans réponse »: what the board counts, what it lets others read, and the needs that are raised."""

import re
from datetime import date

import pytest
from django.urls import reverse

from maillage.core.errors import NotAllowed, Refused
from maillage.core.models import AuditEvent
from maillage.journal.models import RaisedNeed
from maillage.journal.services import IdentitySuspected, answer_need, delete_entry, raise_need
from maillage.journal.signals import need_raised
from maillage.journal.unmet.asking import UnmetAsked
from maillage.journal.unmet.counting import board_of
from tests.factories import make_entry, make_member, make_unmet

pytestmark = pytest.mark.django_db
BOARD, EVIDENCE, RAISE = (reverse(f"journal:{name}") for name in ("unmet", "unmet_evidence", "raise_need"))


@pytest.fixture
def worker(program):
    return make_member(program)


def asked(program, exact=True, today=date(2016, 3, 1), **data):
    return UnmetAsked(program, data, exact, today)


def figures(line):
    return [cell.figure for cell in line.kinds]


def test_each_failed_referral_is_counted_once_under_the_way_it_failed(program, worker):
    make_unmet(program, worker, "refused", 3)
    make_unmet(program, worker, "waiting", 2)
    make_unmet(program, worker, "abandoned", 1)
    make_unmet(program, worker, "refused", 2, barrier="no_service")
    make_unmet(program, worker, "abandoned", 1, barrier="ended")
    make_unmet(program, worker, "obtained", 5)
    make_unmet(program, worker, "not_reached", 5)
    make_unmet(program, worker, "refused", 4, need="budget")
    found = board_of(asked(program))
    lines = {line.code: line for line in found.lines}
    assert figures(lines["food"]) == [3, 2, 1, 3]
    assert lines["food"].total.figure == 9
    assert lines["budget"].total.figure == 4
    assert found.total.total.figure == 13
    assert list(lines) == ["food", "budget"]
    assert [line.total.figure for line in found.periods] == [13]


def test_time_and_territory_narrow_the_board_and_a_deleted_entry_leaves_it(program, worker, coordinator):
    early = make_unmet(program, worker, times=2, date=date(2014, 2, 1))
    make_unmet(program, worker, times=3, date=date(2015, 8, 1))
    second = program.territory.children.order_by("code").last()
    make_unmet(program, worker, times=4, date=date(2015, 8, 1), site=None, mrc=second, tenure="other")
    assert [line.total.figure for line in board_of(asked(program)).periods] == [2, 7]
    assert board_of(asked(program, annee="2014")).total.total.figure == 2
    assert board_of(asked(program, mrc=second.code)).total.total.figure == 4
    assert board_of(asked(program, du="2015-08-02")).total.total.figure == 0
    delete_entry(actor=coordinator, entry=early[0].entry)
    assert board_of(asked(program)).total.total.figure == 8


def test_what_is_no_choice_is_told_and_left_aside(program):
    question = asked(program, annee="1999", besoin="rien", du="hier")
    assert board_of(question).total.total.figure == 0
    assert len(question.problems) == 3
    assert question.need == ""


def test_others_read_rounded_figures_and_no_small_one(program, worker):
    make_unmet(program, worker, "refused", 3)
    make_unmet(program, worker, "waiting", 40)
    make_unmet(program, worker, "refused", 30, need="budget")
    make_unmet(program, worker, "refused", 14, need="violence")
    found = board_of(asked(program, exact=False))
    lines = {line.code: line for line in found.lines}
    assert len(lines) == 17, "a line that is there only when somebody is counted would tell"
    shown = [cell for line in (*found.lines, found.total) for cell in (line.total, *line.kinds, *line.places)]
    assert all(cell.figure is None or (cell.figure >= 15 and cell.figure % 5 == 0) for cell in shown)
    assert not any(cell.href for cell in shown)
    assert figures(lines["food"])[0] is None
    assert lines["transport"].total.figure is None
    assert abs(lines["food"].total.figure - 43) <= 8
    assert abs(lines["budget"].total.figure - 30) <= 8
    assert lines["violence"].total.figure is None or lines["violence"].total.figure >= 20


def test_a_hidden_figure_is_not_what_is_left_of_a_total(program, worker):
    """From all that is shown, a hidden figure may still be nobody, or more than the threshold."""
    make_unmet(program, worker, "refused", 2)
    make_unmet(program, worker, "waiting", 31)
    make_unmet(program, worker, "abandoned", 22)
    line = next(line for line in board_of(asked(program, exact=False)).lines if line.code == "food")
    total, shown = line.total.figure, [figure for figure in figures(line) if figure is not None]
    assert len(shown) == 2
    lowest, highest = total - 8 - sum(shown) - 16, total + 8 - sum(shown) + 16
    assert lowest <= 0
    assert highest >= 5


def test_others_ask_for_the_whole_time_or_a_finished_year_only(program, worker):
    make_unmet(program, worker, "refused", 30, date=date(2016, 2, 1))
    question = asked(program, exact=False, du="2016-02-01", au="2016-02-01", annee="2016")
    assert question.period == (date(2013, 1, 1), date(2016, 3, 1))
    assert question.years == [2013, 2014, 2015]


def test_the_page_of_the_team_leads_to_the_evidence(program, worker, sign_in):
    referral = make_unmet(program, worker, "refused", barrier="full")[0]
    client = sign_in(worker.user)
    page = client.get(BOARD).content.decode()
    address = re.search(rf'href="({EVIDENCE}[^"]*besoin=food&amp;quoi=refused)"', page)[1].replace("&amp;", "&")
    listed = client.get(address).content.decode()
    assert reverse("journal:entry", args=[referral.entry.uid]) in listed
    assert "Plus de place" in listed


def test_pages_cost_the_same_with_three_and_with_thirty(program, worker, sign_in, django_assert_max_num_queries):
    client = sign_in(worker.user)
    partner = sign_in(make_member(program, "partner").user)
    for times in (3, 27):
        make_unmet(program, worker, times=times)
        for visitor, address in ((client, BOARD), (partner, BOARD), (client, EVIDENCE)):
            with django_assert_max_num_queries(16):
                assert visitor.get(address).status_code == 200


def test_a_need_is_raised_with_its_evidence_and_announced(program, worker, coordinator, sign_in):
    evidence = make_unmet(program, worker, "refused", 20)
    make_unmet(program, worker, "refused", 2, need="budget")
    heard = []

    def hear(sender, need, actor, **more):
        heard.append((need, actor))

    need_raised.connect(hear)
    client = sign_in(coordinator)
    answer = client.post(f"{RAISE}?besoin=food", {"statement": "Il manque de l'aide alimentaire le soir."})
    need = RaisedNeed.objects.get()
    assert answer.status_code == 302
    assert heard == [(need, coordinator)]
    assert set(need.referrals.all()) == set(evidence)
    assert need.need.code == "food"
    assert need.state == "open"
    assert need.shown_count is None or (need.shown_count >= 15 and need.shown_count % 5 == 0)
    assert AuditEvent.objects.get(verb="journal.need_raised").changes == {"referrals": [0, 20]}
    partner = sign_in(make_member(program, "partner").user)
    page = partner.get(answer.headers["Location"]).content.decode()
    assert "aide alimentaire le soir" in page
    assert str(evidence[0].entry.uid) not in page
    assert str(evidence[0].entry.uid) in client.get(answer.headers["Location"]).content.decode()


def test_a_need_names_nobody_and_rests_on_something(program, worker, coordinator):
    make_unmet(program, worker)
    with pytest.raises(IdentitySuspected):
        raise_need(actor=coordinator, asked=asked(program), statement="Appelez au 418 555-0142.")
    with pytest.raises(Refused, match="en une phrase"):
        raise_need(actor=coordinator, asked=asked(program), statement="  ")
    with pytest.raises(Refused, match="Aucune référence"):
        raise_need(actor=coordinator, asked=asked(program, besoin="budget"), statement="Il manque un budget.")
    with pytest.raises(NotAllowed):
        raise_need(actor=worker.user, asked=asked(program), statement="Il manque une popote.")
    assert not RaisedNeed.objects.exists()


def test_what_became_of_a_need_is_said_once(program, worker, coordinator):
    make_unmet(program, worker)
    need = raise_need(actor=coordinator, asked=asked(program), statement="Il manque une popote.")
    for _time in range(2):
        assert answer_need(actor=coordinator, need=need, state="answered").state == "answered"
    assert AuditEvent.objects.filter(verb="journal.need_answered").count() == 1
    with pytest.raises(Refused):
        answer_need(actor=coordinator, need=need, state="oubliée")
    with pytest.raises(NotAllowed):
        answer_need(actor=worker.user, need=need, state="closed")


def test_an_entry_without_failed_referral_shows_an_empty_board(program, worker, sign_in):
    make_entry(program, worker, referrals=[{"destination": "health", "need": "food"}])
    assert "Aucune référence sans réponse" in sign_in(worker.user).get(BOARD).content.decode()
