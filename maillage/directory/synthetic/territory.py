"""An invented province, for measurements: regions, MRC and municipalities with names that resemble each other."""

import random

from maillage.territories.enums import Level
from maillage.territories.models import Division

from .drafts import Place
from .names import SAINTS, TAILS

MRC_SIZE = 12


def make(number: int, seed: int = 1) -> list[Place]:
    """Write `number` invented municipalities in MRC of twelve, and give them."""
    draw = random.Random(seed)
    names = [f"Saint-{saint}{tail}" for saint in SAINTS.split() for tail in TAILS]
    draw.shuffle(names)
    counties = -(-number // MRC_SIZE)
    Division.objects.bulk_create(
        Division(
            level=Level.MRC,
            code=f"S{rank:03d}",
            name=f"Comté {names[-1 - rank].split('-')[1]}",
            latitude=45.2 + draw.random() * 3.6,
            longitude=-79.0 + draw.random() * 14,
        )
        for rank in range(counties)
    )
    mrc = list(Division.objects.filter(level=Level.MRC, code__startswith="S").order_by("code"))
    rows = []
    for rank, name in enumerate(names[:number]):
        county = mrc[rank // MRC_SIZE]
        point = (county.latitude or 0) + draw.gauss(0, 0.15), (county.longitude or 0) + draw.gauss(0, 0.2)
        rows.append(
            Division(
                level=Level.MUNICIPALITY,
                code=f"S{rank:05d}",
                name=name,
                parent=county,
                latitude=point[0],
                longitude=point[1],
            )
        )
    Division.objects.bulk_create(rows, batch_size=500)
    written = Division.objects.filter(level=Level.MUNICIPALITY, code__startswith="S").order_by("code")
    return [Place(row.pk, row.name, row.parent_id, row.latitude, row.longitude) for row in written]
