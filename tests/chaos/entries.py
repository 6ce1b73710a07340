"""What invented phones write: fields of the form, and what the server must hold of them, told independently of it."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any

Fields = dict[str, Any]
Canonical = dict[str, Any]

LISTS = ("action", "group", "theme", "axis", "success")
CHOICES = {
    "action": ("welcome", "accompaniment", "crisis", "psychosocial", "lease"),
    "group": ("senior", "single", "newcomer"),
    "theme": ("neighbours", "isolation", "food", "budget", "safety"),
}
SYLLABLES = [first + second for first in "bdfglmnprstvz" for second in ("a", "e", "i", "o", "u")]


def mark(random: Random) -> str:
    """Words that no other note has, and that look like nobody's name."""
    return "note " + " ".join("".join(random.choice(SYLLABLES) for _ in range(3)) for _ in range(5))


def fresh(random: Random, sites: list[str]) -> Fields:
    """The fields of a new entry, each as it is typed."""
    fields: Fields = {
        "date": (date(2024, 1, 8) + timedelta(days=random.randrange(600))).isoformat(),
        "nature": "individual",
        "persons": str(random.randint(2, 9)),
        "minutes": str(random.randint(5, 600)),
        "site": random.choice(sites),
        "note": mark(random),
        "contact_rank": random.choice(("first", "returning", "")),
    }
    for name, codes in CHOICES.items():
        fields[name] = random.sample(codes, random.randint(0, 2))
    if random.random() < 0.3:
        fields |= {"ref-0-destination": "health", "ref-0-organization": "", "ref-0-need": "", "ref-0-kind": ""}
        fields["ref-0-persons"] = str(random.randint(1, 2))
    return fields


def edited(random: Random, before: Fields, way: str, unique: int) -> Fields:
    """The fields after a correction of the note, of the minutes, or of the themes and persons.

    No two corrections of an entry say the same: `unique` differs between devices, and from one to the next.
    """
    after = dict(before)
    if way == "note":
        after["note"] = mark(random)
    elif way == "minutes":
        after["minutes"] = str(1 + unique % 1440)
    else:
        after["persons"] = str(2 + unique % 480)
        after["theme"] = random.sample(CHOICES["theme"], 2)
    return after


def canonical(fields: Fields) -> Canonical:
    """What the server must hold when the fields were `fields`."""
    referrals = []
    if fields.get("ref-0-destination"):
        referrals = [[fields["ref-0-destination"], "", "", int(fields["ref-0-persons"])]]
    return {
        "date": fields["date"],
        "nature": fields["nature"],
        "persons": int(fields["persons"]),
        "minutes": int(fields["minutes"]),
        "site": fields["site"],
        "note": fields["note"],
        "contact_rank": fields.get("contact_rank", ""),
        "referrals": referrals,
        **{name: sorted(fields.get(name, ())) for name in LISTS},
    }


def held(content: Mapping[str, Any], sites: Mapping[int, str]) -> Canonical:
    """The same shape, from the draft that the database keeps as JSON; `sites` gives each site's uid."""
    return {
        "date": content["date"],
        "nature": content["nature"],
        "persons": content["persons"],
        "minutes": content["minutes"],
        "site": sites.get(content["site_id"], ""),
        "note": content["note"],
        "contact_rank": content["contact_rank"],
        "referrals": sorted(
            [line["destination"], line["need"], line["kind"], line["persons"]] for line in content["referrals"]
        ),
        **{name: sorted(content["terms"].get(name, ())) for name in LISTS},
    }


def digest(content: Canonical) -> str:
    """SHA-256 of a content in its canonical shape."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
