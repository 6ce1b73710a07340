"""What `maillage bench web` says: the time of a web, and that no name covers another in its picture."""

import io
import json

from django.core.management import call_command


def test_the_bench_measures_an_invented_web() -> None:
    out = io.StringIO()
    call_command("bench", "web", entries=400, json=True, stdout=out)
    rows = {row["name"]: row for row in json.loads(out.getvalue())}
    assert rows["relier et mesurer"]["reference"] == 2000
    assert rows["organisations dans l'image"]["product"] == 60
    assert rows["noms dans l'image"]["product"] >= 15
    assert rows["noms qui se couvrent"]["product"] == 0
    assert rows["poids de l'image"]["product"] < 30
