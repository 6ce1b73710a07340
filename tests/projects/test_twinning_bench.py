"""What `maillage bench jumelage` says: the time of a grouping, that it is proven, and what it spares beside one made by hand."""

import io
import json

from django.core.management import call_command


def test_the_bench_measures_invented_regions() -> None:
    out = io.StringIO()
    call_command("bench", "jumelage", entries=12, json=True, stdout=out)
    rows = {row["name"]: row for row in json.loads(out.getvalue())}
    assert rows["un jumelage, médiane"]["reference"] == 5
    assert rows["prouvés, sur 10"]["product"] == 10
    assert rows["personnes placées"]["product"] >= rows["personnes placées"]["reference"]
