"""The table of source 001, built from nothing through the services, and what keeps it true."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from maillage.projects.outcome_read import rows_of
from maillage.projects.outcome_table import Row, sums_of, table_of
from maillage.projects.services.application_receipt import hand_to_committee
from maillage.projects.services.applications import edit_application, open_application, save_budget, submit_application
from maillage.projects.services.final_reports import accept_report, submit_report
from maillage.projects.services.grants import decide, note_signature
from maillage.projects.services.payments import pay
from tests.factories import (
    make_division,
    make_group,
    make_member,
    make_organization,
    make_program,
    make_project,
    make_site,
    make_user,
)
from tests.factories.projects_grants import make_agreed, make_evaluated_fund, make_reviewed
from tests.factories.projects_support import make_call
from tests.projects.pages import at

# Source 001: MRC, project, participants, participations, support, total cost.
NINE = [
    ("Les Appalaches", "Le Carré Famille St-Maurice", 66, None, 6000, 15137),
    ("Beauce-Sartigan et Robert-Cliche", "Conférences sur les deuils", 250, None, 5500, 5925),
    ("Les Etchemins", "Transport collectif", 63, None, 2000, 7000),
    ("Les Etchemins", "Familles en action!", None, 595, 1000, 2000),
    ("Lotbinière", "Jardin collectif à Dosquet", 120, None, 5500, 8690),
    ("Montmagny", "Jardin collectif à l'OMH de Montmagny", 45, None, 5500, 8743),
    ("Lévis", "Groupes de couponnage", 22, None, 3625, 7905),
    ("Lévis", "Entre voisins, pourquoi pas des liens!", None, 1354, 6875, 30044),
    ("Robert-Cliche", "Liaison Club Parentaide et HLM famille", 108, None, 5300, 8717),
]


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("&#x27;", "'")


def carry(actor, call, project, support, cost):
    """One project, from its application to its accepted report, through the services."""
    application = open_application(actor=actor, project=project, call=call)
    told = dict.fromkeys(("what", "why", "who", "when", "changes", "afterwards"), "En quelques mots.")
    dates = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}
    values = {**told, **dates, "payee": make_organization()}
    application = edit_application(actor=actor, application=application, values=values, revision=application.revision)
    in_kind = (cost - support) // 3
    lines = [
        {"side": "cost", "kind": "", "label": "Tout", "amount": Decimal(cost)},
        {"side": "source", "kind": "asked", "label": "La mesure", "amount": Decimal(support)},
        {"side": "source", "kind": "money", "label": "Partenaires", "amount": Decimal(cost - support - in_kind)},
        {"side": "source", "kind": "in_kind", "label": "Bénévoles", "amount": Decimal(in_kind)},
    ]
    application = save_budget(actor=actor, application=application, lines=lines, revision=application.revision)
    submit_application(actor=actor, application=application)
    hand_to_committee(actor=actor, application=application)
    today = timezone.localdate()
    decide(actor=actor, application=application, outcome="granted", reason="Oui.", decided_on=today)
    note_signature(actor=actor, application=application, on=today)
    pay(actor=actor, application=application, amount=Decimal(support), on=today)
    return application


def close(actor, application, participants, participations):
    """Its final report, accepted: each line came to what was planned."""
    values = {"results": "Des liens.", "participants": participants, "participations": participations}
    actual = {line.pk: line.amount for line in application.budget.all()}
    submit_report(actor=actor, application=application, values=values, actual=actual)
    accept_report(actor=actor, application=application, on=timezone.localdate())


@pytest.fixture
def fund(db):
    """The measure of source 001 with its nine projects."""
    actor = make_user(is_administrator=True)
    program = make_program()
    fund = make_evaluated_fund(program, envelope=Decimal(41_300))
    call = make_call(fund)
    mrcs: dict[str, object] = {}
    group = make_group()
    for names, name, participants, participations, support, cost in NINE:
        project = make_project(name=name, group=group, program=program)
        for mrc in names.split(" et "):
            mrcs[mrc] = mrcs.get(mrc) or make_division("mrc", name=mrc)
            project.territories.add(mrcs[mrc])
        close(actor, carry(actor, call, project, support, cost), participants, participations)
    return fund


def test_the_nine_projects_come_to_the_published_totals(fund, sign_in, django_assert_max_num_queries):
    table = table_of(rows_of(fund))
    sums = table.total
    assert (sums.projects, sums.support, sums.cost) == (9, Decimal(41_300), Decimal(94_161))
    assert sums.leverage == Decimal("1.28")
    assert (sums.participants, sums.counted, sums.participations, sums.attended) == (674, 7, 1949, 2)
    by_mrc = dict(table.by_mrc)
    assert by_mrc["Robert-Cliche"].support == Decimal(10_800)
    assert by_mrc["Beauce-Sartigan"].projects == 1
    assert sum(one.projects for one in by_mrc.values()) == 10  # one project of two MRC
    client = sign_in(make_member(fund.program, "worker").user)
    with django_assert_max_num_queries(12):
        shown = plain(client.get(at("fund_outcome", fund.slug)).content.decode())
    for words in ("41 300 $", "94 161 $", "1,28", "674", "1 949", "Projets de plusieurs MRC : 1"):
        assert words in shown
    assert "2 623" not in shown  # participants and participations are never added
    filtered = plain(client.get(at("fund_outcome", fund.slug), {"mrc": "Lévis"}).content.decode())
    assert "10 500 $" in filtered
    assert "Carré Famille" not in filtered


def test_the_files_say_the_same_as_the_page(fund, sign_in):
    client = sign_in(make_member(fund.program, "partner").user)
    csv = b"".join(client.get(at("fund_outcome_file", fund.slug, "csv")).streaming_content).decode()
    assert csv.count("\r\n") == 11
    last = csv.splitlines()[-1].split(";")
    assert (last[3], last[4], last[5], last[8], last[9]) == ("674", "1949", "41300,00", "94161,00", "1,28")
    book = load_workbook(BytesIO(client.get(at("fund_outcome_file", fund.slug, "xlsx")).content))
    assert book.sheetnames == ["Projets", "Par MRC", "Par année"]
    total = [cell.value for cell in book["Projets"][book["Projets"].max_row]]
    assert (total[3], total[4], total[5], total[8]) == (674, 1949, 41300, 94161)
    pdf = PdfReader(BytesIO(client.get(at("fund_outcome_file", fund.slug, "pdf")).content))
    said = plain(" ".join(page.extract_text() for page in pdf.pages))
    assert "41 300 $" in said
    assert "94 161 $" in said


def test_planned_amounts_are_said_so_and_refused_ones_are_not_there(sign_in, db):
    fund = make_evaluated_fund()
    make_agreed(make_reviewed(fund), amount=5_000)
    make_reviewed(fund)
    table = table_of(rows_of(fund))
    assert (table.total.projects, table.planned, table.unbalanced) == (1, 1, 1)
    shown = plain(sign_in(make_member(fund.program, "worker").user).get(at("fund_outcome", fund.slug)).content.decode())
    assert "prévu" in shown
    assert "n'égalent pas le coût : 1" in shown


def test_the_table_costs_the_same_with_many_projects(sign_in, db, django_assert_max_num_queries):
    fund = make_evaluated_fund()
    for _time in range(30):
        one = make_reviewed(fund, state="agreed", granted=Decimal(100))
        one.project.territories.add(make_division("municipality", parent=make_division("mrc")))
    client = sign_in(make_member(fund.program, "worker").user)
    with django_assert_max_num_queries(12):
        assert client.get(at("fund_outcome", fund.slug), {"annee": "x", "page": "9"}).status_code == 200


CENTS = st.integers(min_value=0, max_value=5_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
MRCS = st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3, unique=True).map(
    lambda names: tuple(sorted(names))
)
COUNTS = st.none() | st.integers(min_value=0, max_value=2_000)
ROWS = st.lists(
    st.builds(
        Row, key=st.integers(min_value=1), name=st.text(max_size=4), mrcs=MRCS, year=st.integers(min_value=2013, max_value=2016),
        support=CENTS, money=CENTS, in_kind=CENTS, cost=CENTS, participants=COUNTS, participations=COUNTS,
    ),
    max_size=12,
)  # fmt: skip


@given(ROWS)
def test_totals_are_exact_count_each_project_once_and_never_mix(rows):
    table = table_of(rows)
    assert table.total == sums_of(rows)
    assert table.total.support == Decimal(sum(int(row.support * 100) for row in rows)).scaleb(-2)
    assert sum(sums.projects for _year, sums in table.by_year) == len(rows)
    assert sum((sums.cost for _year, sums in table.by_year), Decimal(0)) == table.total.cost
    assert sum(sums.projects for _mrc, sums in table.by_mrc) == sum(len(row.mrcs) for row in rows)
    moved = [row for row in rows if row.participants is None]
    assert sums_of(moved).participants is None
    known = sum(row.participations or 0 for row in rows)
    assert (table.total.participations or 0) == known


@given(ROWS, st.sampled_from(["A", "B", "C"]), st.integers(min_value=2013, max_value=2016))
def test_a_filter_keeps_the_rows_that_it_says(rows, mrc, year):
    kept = table_of(rows, mrc=mrc, year=year).rows
    assert sorted(map(id, kept)) == sorted(id(row) for row in rows if mrc in row.mrcs and row.year == year)


def test_each_project_stands_in_the_mrc_of_its_territories_else_of_its_sites(db):
    fund = make_evaluated_fund()
    mrc = make_division("mrc", name="Lotbinière")
    region = make_division("region", name="Chaudière-Appalaches")
    wanted = {
        "deux municipalités": ("Lotbinière",), "un milieu": ("Lotbinière",), "une région": ("Chaudière-Appalaches",),
        "nulle part": ("Territoire non précisé",),
    }  # fmt: skip
    projects = {name: make_project(name=name) for name in wanted}
    for _time in range(2):
        projects["deux municipalités"].territories.add(make_division("municipality", parent=mrc))
    projects["un milieu"].territories.add(region)
    projects["un milieu"].sites.add(make_site(mrc=mrc))
    projects["une région"].territories.add(region)
    for project in projects.values():
        make_reviewed(fund, project, state="agreed", granted=Decimal(100))
    rows = rows_of(fund)
    assert {row.name: row.mrcs for row in rows} == wanted
    assert dict(table_of(rows).by_mrc)["Lotbinière"].projects == 2


def test_amounts_are_those_of_the_report_once_it_is_accepted_to_the_cent(db):
    fund = make_evaluated_fund()
    one = make_reviewed(fund, state="reported", granted=Decimal("100.01"))
    one.budget.filter(side="cost").update(actual=Decimal("9000.07"))
    one.budget.filter(kind="money").update(actual=Decimal("0.03"))
    planned = rows_of(fund)[0]
    assert (planned.cost, planned.money, planned.in_kind, planned.is_actual) == (8_690, 2_190, 1_000, False)
    type(one).objects.update(state="closed")
    row = rows_of(fund)[0]
    assert (row.cost, row.money, row.is_actual) == (Decimal("9000.07"), Decimal("0.03"), True)
    assert row.in_kind == 1_000  # a line that the report says nothing of keeps what was planned
    assert row.support == Decimal("100.01")
