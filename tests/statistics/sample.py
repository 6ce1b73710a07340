"""A portrait made by hand, with every table of the contract; its shares are those of the published document."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from maillage.statistics.portrait import Column, Portrait, Row, Table

ENTRIES = 10_400
MRC = {
    "2402600": "La Nouvelle-Beauce",
    "2402700": "Robert-Cliche",
    "2402800": "Les Etchemins",
    "2402900": "Beauce-Sartigan",
    "2403100": "Les Appalaches",
    "2403300": "Lotbinière",
    "2401900": "Bellechasse",
    "2402500": "Lévis",
    "2401800": "Montmagny",
    "2401700": "L'Islet",
}
AXES = {
    "SOM": "Soutien aux organismes du milieu",
    "DCL": "Développement des communautés locales",
    "DSS": "Actions sur les déterminants sociaux de la santé",
    "RPD": "Contribution à la responsabilité populationnelle",
}
Line = tuple[str, str, float | None] | tuple[str, str, float | None, int]


def table(id: str, title: str, unit: str, denominator: float, lines: Sequence[Line], **more: object) -> Table:
    rows = tuple(
        Row(
            code=line[0],
            label=line[1],
            count=line[2],
            share=None if line[2] is None else line[2] / denominator,
            depth=line[3] if len(line) > 3 else 0,
            hidden=line[2] is None,
        )
        for line in lines
    )
    return Table(id, title, unit, denominator, bool(more.pop("multiple", False)), rows, **more)  # type: ignore[arg-type]


def monthly() -> Table:
    months = [f"{year}-{month:02d}" for year in range(2013, 2017) for month in range(1, 13)][3:39]
    rows = tuple(
        Row(m, m, 200 + 17 * (i % 7) + (60 if m[5:] in ("05", "10") else 0), None) for i, m in enumerate(months)
    )
    return Table("monthly", "Interventions par mois", "entries", None, False, rows)


def crossing() -> Table:
    counts = ((2100, 900, 700, 80), (900, 4200, 1900, 310), (700, 1900, 5100, 120), (80, 310, 120, 640))
    rows = tuple(Row(c, AXES[c], sum(counts[i]), None, counts=counts[i]) for i, c in enumerate(AXES))
    columns = tuple(Column(c, c) for c in AXES)
    return Table("axes_crossing", "Croisement des axes", "entries", ENTRIES, True, rows, columns)


def make_portrait(*, protected: bool = False, tables: tuple[Table, ...] | None = None) -> Portrait:
    """The portrait of `entente-2013-2016`, as the engine would give it."""
    return Portrait(
        program="entente-2013-2016",
        program_name="Entente 2013-2016",
        start=date(2013, 4, 1),
        end=date(2016, 3, 31),
        territory="",
        territory_name="",
        generated_at=datetime(2026, 11, 20, 20, 5, tzinfo=UTC),
        entries=ENTRIES,
        tables=all_tables() if tables is None else tables,
        protected=protected,
    )


def all_tables() -> tuple[Table, ...]:
    referrals, health, community, collective = 2400, 1104, 840, 4680
    return (
        table(
            "tenure",
            "Mode d'occupation",
            "entries",
            ENTRIES,
            [
                ("omh", "Office municipal d'habitation (OMH)", 8840),
                ("obnl", "OBNL d'habitation", 728),
                ("coop", "Coopérative d'habitation", 416),
                ("other", "Autre ou non précisé", 416),
            ],
        ),
        table(
            "groups_reached",
            "Groupes rejoints",
            "entries",
            ENTRIES,
            [
                ("youth_family", "Jeunes et familles", 8320),
                ("youth", "Jeunes", 3120, 1),
                ("family", "Familles", 6240, 1),
                ("senior", "Aînés", 2600),
                ("single", "Personnes seules", 1040),
                ("disability", "Personnes en situation de handicap", 310),
            ],
            multiple=True,
        ),
        table(
            "nature",
            "Nature de l'intervention",
            "entries",
            ENTRIES,
            [("individual", "Individualisée", 5720), ("collective", "Collective", 4680)],
        ),
        table(
            "persons_referred",
            "Personnes référées",
            "persons",
            9000,
            [("referred", "Personnes référées", 1800), ("not_referred", "Personnes non référées", 7200)],
        ),
        table(
            "referral_destination",
            "Destination des références",
            "referrals",
            referrals,
            [
                ("health", "Services du CISSS", health),
                ("community", "Organismes communautaires", community),
                ("other", "Autres destinations", 456),
                ("housing_office", "Office ou propriétaire", 220, 1),
                ("municipal", "Municipalité ou MRC", 236, 1),
            ],
        ),
        table(
            "referral_need_health",
            "Besoins des références vers le CISSS",
            "referrals",
            health,
            [
                ("mental_health", "Santé mentale", 342),
                ("senior_autonomy", "Aînés en perte d'autonomie", 221),
                ("home_support", "Soutien à domicile", 300),
                ("other", "Autre besoin", 241),
            ],
        ),
        table(
            "referral_need_community",
            "Besoins des références vers les organismes communautaires",
            "referrals",
            community,
            [
                ("food", "Aide alimentaire", 286),
                ("budget", "Aide budgétaire", 151),
                ("furniture", "Vêtements et meubles", 203),
                ("other", "Autre besoin", 200),
            ],
        ),
        table(
            "collective_kind",
            "Types d'action collective",
            "entries",
            collective,
            [
                ("group_project", "Projets et démarches de groupe", 3089),
                ("tenant_association", "Association des locataires (ADL)", 702),
                ("other", "Autres actions collectives", 889),
            ],
        ),
        table(
            "action",
            "Actions du cadre de référence",
            "entries",
            ENTRIES,
            [
                ("welcome", "Accueil", 2100),
                ("referral", "Référence", 1480),
                ("accompaniment", "Accompagnement auprès des services publics", 1800),
                ("conflict", "Gestion des conflits entre locataires", 760),
                ("committee_support", "Soutien au comité de locataires et aux autres comités", 1240),
                ("community_organizing", "Organisation communautaire", 3400),
            ],
            multiple=True,
        ),
        table(
            "contact_place",
            "Lieux de contact",
            "entries",
            ENTRIES,
            [("dwelling", "Logement", 4000), ("common_room", "Salle communautaire", 3400), ("park", "Parc", 900)],
        ),
        table(
            "axes",
            "Axes de service",
            "entries",
            ENTRIES,
            [(code, label, n) for (code, label), n in zip(AXES.items(), (2100, 4200, 5100, 640), strict=True)],
            multiple=True,
        ),
        crossing(),
        table(
            "territory",
            "Territoire",
            "entries",
            ENTRIES,
            [(code, label, 1300 - 60 * i - (i == 9) * 10) for i, (code, label) in enumerate(MRC.items())],
        ),
        table(
            "coverage",
            "Offices desservis",
            "sites",
            85,
            [("served", "Desservis", 76), ("not_served", "Non desservis", 9)],
        ),
        table(
            "hours_by_role",
            "Heures de soutien par semaine",
            "hours",
            161,
            [
                ("worker", "Intervenant·e en soutien communautaire", 105.5),
                ("outreach", "Travailleur·se de proximité", 55.5),
            ],
        ),
        monthly(),
        table(
            "themes",
            "Thèmes",
            "entries",
            ENTRIES,
            [
                ("neighbours", "Vie entre voisins", 3300),
                ("isolation", "Isolement", 2900),
                ("mental_health", "Santé mentale", 1800),
                ("food", "Alimentation", 1700),
                ("grief", "Deuils et pertes", None),
            ],
            multiple=True,
        ),
    )
