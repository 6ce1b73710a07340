"""`maillage release`: create, audit, list."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from maillage.core.errors import Refused
from maillage.statistics.management.commands.release import period
from maillage.statistics.models import Release
from maillage.statistics.release.frozen import digest

from .release_world import make_world

pytestmark = pytest.mark.django_db


def run(*words):
    out = StringIO()
    call_command("release", *words, stdout=out)
    return out.getvalue()


def test_a_release_is_created_listed_and_attacked_again():
    program = make_world(70, consent=True, years=(2013,))
    made = json.loads(run("create", "--program", program.slug, "--period", "2013", "--levels", "whole", "--json"))
    assert (made["state"], made["number"], made["from"], made["to"]) == ("published", 1, "2013-01-01", "2013-12-31")
    draft = run("create", "--program", program.slug, "--period", "2013-t2", "--tables", "nature,tenure", "--draft")
    assert "Brouillon" in draft
    assert [line["state"] for line in json.loads(run("list", "--json"))] == ["published", "draft"]
    assert f"{program.slug}/1 v1" in run("list", "--program", program.slug)
    found = json.loads(run("audit", f"{program.slug}/1", "--json"))
    assert (found["uid"], found["exposed"]) == (made["uid"], [])
    assert "0 que l'on peut déduire" in run("audit", made["uid"])


def test_an_exposed_figure_is_said_and_refused():
    program = make_world(70, consent=True, years=(2013,))
    run("create", "--program", program.slug, "--period", "2013", "--tables", "nature,tenure,themes")
    release = Release.objects.get()
    for portrait in release.content["portraits"]:
        for table in portrait["tables"]:
            for row in table["rows"]:
                if row["count"] is None:
                    cell = f"{portrait['start'][:7]}..{portrait['end'][:7]}|{portrait['territory']}|{table['id']}/{row['code']}"
                    row["count"] = release.ledger["figures"][cell]
    release.digest = digest(release.content)
    release.save()
    with pytest.raises(CommandError, match="peuvent être déduits"):
        run("audit", str(release.uid))


def test_refusals_are_sentences():
    program = make_world(5, years=(2013,))
    with pytest.raises(Refused, match="rien à publier"):
        run("create", "--program", program.slug, "--period", "2015-03")
    with pytest.raises(CommandError, match="Aucun programme"):
        run("create", "--program", "ailleurs", "--period", "2013")
    for name in (f"{program.slug}/7", f"{program.slug}/x", "pas-un-uid"):
        with pytest.raises(CommandError, match="Aucune publication"):
            run("audit", name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014", ("year", date(2014, 1, 1))),
        ("2014-T3", ("quarter", date(2014, 7, 1))),
        ("2014-11", ("month", date(2014, 11, 1))),
        ("tout", ("whole", None)),
    ],
)
def test_periods_are_read(text, expected):
    assert period(text) == expected


@pytest.mark.parametrize("text", ["14", "2014-T5", "2014-13", "0001", "tous"])
def test_what_is_no_period_is_wrong_usage(text):
    with pytest.raises(Exception, match="n'est pas"):
        period(text)
