"""The nine projects that the support measure of the second agreement helped (source 001): places, reach, support and cost as published.

How each cost divides, the dates and the persons are invented; the sums are not.
"""

from datetime import date
from typing import NamedTuple


class Supported(NamedTuple):
    """A project of the table. Amounts in dollars; `sources` are those beside the measure, `(kind, label, amount)`."""

    name: str
    team: str
    mrcs: tuple[str, ...]
    need: str
    summary: str
    population: str
    kind: str  # of its activities
    sessions: int
    participants: int | None
    participations: int | None
    reached: str
    support: int
    cost: int
    costs: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, str, int], ...]
    results: tuple[tuple[str, str, str], ...]  # effect, what changed, who says it
    continuity: str
    start: date
    end: date


NINE = (
    Supported(
        "Le Carré Famille St-Maurice",
        "carre-saint-maurice",
        ("Les Appalaches",),
        "Un endroit où les familles du quartier puissent se retrouver",
        "L'école du quartier devient le lieu de rencontre des familles des HLM et de leurs voisins.",
        "Locataires des HLM famille et gens du quartier",
        "workshop",
        30,
        66,
        None,
        "Locataires des HLM famille et gens du quartier",
        6000,
        15137,
        (("Animation", 8137), ("Matériel et collations", 4000), ("Prêt de locaux", 3000)),
        (
            ("money", "Partenaires du quartier", 4137),
            ("in_kind", "Locaux de l'école", 3000),
            ("in_kind", "Temps d'animation", 2000),
        ),
        (
            ("continuity", "Des locataires s'engagent assez pour qu'un comité famille puisse renaître.", "institution"),
            ("ties", "L'école est devenue un lieu où les familles ont leur place et contribuent.", "tenant"),
            ("reputation", "La ville s'intéresse à leurs idées pour son anniversaire.", "municipal"),
        ),
        "Un comité de citoyens de tous âges pourrait prendre la suite.",
        date(2013, 10, 1),
        date(2015, 5, 29),
    ),
    Supported(
        "Conférences : deuils, préjugés, participation citoyenne",
        "robert-cliche",
        ("Beauce-Sartigan", "Beauce-Centre"),
        "Parler de ce qu'on perd et de ce qu'on dit de nous",
        "Des conférences dont les locataires ont choisi les sujets, dans deux MRC.",
        "Locataires et citoyens des deux MRC",
        "conference",
        6,
        250,
        None,
        "Locataires et citoyens des deux MRC",
        5500,
        5925,
        (("Conférenciers", 4200), ("Transport et repas", 1725)),
        (("in_kind", "Salles prêtées", 425),),
        (
            ("knowledge", "Les locataires connaissent les ressources qui sont près d'eux.", "community"),
            ("ties", "Des partenaires sollicités par les locataires se sont engagés.", "tenant"),
            ("continuity", "Des locataires siègent maintenant aux tables des partenaires.", "institution"),
        ),
        "Des locataires participent aux tables de concertation.",
        date(2014, 2, 3),
        date(2015, 4, 24),
    ),
    Supported(
        "Transport collectif – service adapté aux aînés",
        "etchemins",
        ("Les Etchemins",),
        "Sortir l'hiver quand on ne conduit plus",
        "Des aînés de deux HLM et d'un OBNL apprivoisent le transport collectif.",
        "Locataires aînés de deux HLM et d'un OBNL",
        "service",
        20,
        63,
        None,
        "Locataires aînés de deux HLM et d'un OBNL",
        2000,
        7000,
        (("Déplacements", 5200), ("Promotion et accompagnement", 1800)),
        (("money", "Transport collectif de la MRC", 3500), ("in_kind", "Temps d'accompagnement", 1500)),
        (
            ("knowledge", "Les aînés connaissent le service et s'en servent davantage, surtout l'hiver.", "tenant"),
            ("ties", "Des liens sont nés entre locataires qui ne se parlaient pas.", "tenant"),
        ),
        "Le service continue sans la mesure.",
        date(2013, 11, 4),
        date(2014, 12, 19),
    ),
    Supported(
        "Familles en action !",
        "etchemins",
        ("Les Etchemins",),
        "Bouger et faire des choses en famille",
        "Des activités en famille dans trois HLM.",
        "Familles de trois HLM",
        "workshop",
        24,
        None,
        595,
        "Familles de trois HLM",
        1000,
        2000,
        (("Matériel", 1200), ("Collations et transport", 800)),
        (("in_kind", "Locaux et animation", 1000),),
        (
            ("activities", "Il y a maintenant des activités chaque mois dans les trois HLM.", "tenant"),
            ("ties", "Les familles se connaissent et s'invitent.", "tenant"),
        ),
        "Les familles choisissent et animent les activités.",
        date(2014, 1, 13),
        date(2015, 6, 19),
    ),
    Supported(
        "Jardin collectif à Dosquet",
        "dosquet",
        ("Lotbinière",),
        "Cultiver ensemble, aînés et jeunes",
        "Un jardin entre générations, avec la coopérative des aînés.",
        "Locataires de la coopérative des aînés, jeunes et citoyens",
        "garden",
        22,
        120,
        None,
        "Locataires de la coopérative des aînés, jeunes, citoyens actifs",
        5500,
        8690,
        (("Bacs, clôture et outils", 5490), ("Plants et terre", 1700), ("Animation", 1500)),
        (("money", "Municipalité de Dosquet", 1690), ("in_kind", "Prêt du terrain et machinerie", 1500)),
        (
            ("continuity", "La municipalité assure la suite du jardin.", "municipal"),
            ("ties", "Le jardin réunit les générations ; on y transmet et on y partage les récoltes.", "tenant"),
            ("climate", "Le lieu est accueillant et rassembleur.", "citizen"),
        ),
        "La municipalité poursuit le jardin avec les infrastructures installées.",
        date(2014, 3, 10),
        date(2015, 10, 30),
    ),
    Supported(
        "Jardin collectif à l'OMH de Montmagny",
        "montmagny",
        ("Montmagny",),
        "Un lieu dehors pour se rencontrer",
        "Un jardin au HLM famille, ouvert aux gens du quartier.",
        "Locataires du HLM famille et gens du quartier",
        "garden",
        18,
        45,
        None,
        "Locataires et gens du quartier",
        5500,
        8743,
        (("Aménagement", 5243), ("Plants, terre et outils", 2000), ("Animation", 1500)),
        (("money", "Partenaires du jardin", 1243), ("in_kind", "Main-d'œuvre et terrain de l'office", 2000)),
        (
            ("ties", "Intervenants et partenaires y rencontrent les locataires.", "institution"),
            ("continuity", "Un comité de locataires est né et prépare une patinoire.", "tenant"),
            ("activities", "Le jardin resservira l'été suivant, avec l'appui de partenaires.", "housing"),
        ),
        "Les infrastructures resservent chaque été, avec l'appui de partenaires.",
        date(2014, 4, 7),
        date(2015, 9, 25),
    ),
    Supported(
        "Groupes de couponnage",
        "levis",
        ("Lévis",),
        "Réduire la facture d'épicerie sans être seule",
        "Des femmes s'entraident pour économiser et se connaître.",
        "Femmes, plusieurs monoparentales ou isolées",
        "mutual_aid",
        28,
        22,
        None,
        "Participantes, dont plusieurs monoparentales ou isolées",
        3625,
        7905,
        (("Animation", 5105), ("Garde d'enfants et transport", 1800), ("Matériel", 1000)),
        (("money", "Organismes de lutte contre la pauvreté", 2280), ("in_kind", "Locaux et temps", 2000)),
        (
            ("ties", "Des alliances et de l'entraide se sont créées entre les femmes.", "tenant"),
            ("knowledge", "Elles économisent et savent mieux où s'adresser.", "tenant"),
            ("continuity", "L'idée d'un groupe pour les familles démunies en deuil vient d'elles.", "community"),
        ),
        "Un groupe de soutien aux familles en deuil prend forme.",
        date(2013, 9, 9),
        date(2014, 12, 12),
    ),
    Supported(
        "Entre voisins, pourquoi pas des liens !",
        "levis",
        ("Lévis",),
        "Se connaître entre voisins",
        "Des activités partagées au HLM famille, organisées par des locataires.",
        "Locataires du HLM famille, surtout",
        "workshop",
        52,
        None,
        1354,
        "Surtout des locataires du HLM famille",
        6875,
        30044,
        (("Animation", 19044), ("Activités et sorties", 7000), ("Locaux", 4000)),
        (
            ("money", "Fondation et organismes du milieu", 11169),
            ("in_kind", "Locaux de l'office", 4000),
            ("in_kind", "Temps des partenaires", 8000),
        ),
        (
            ("ties", "Un réseau d'entraide et d'amitié est né.", "tenant"),
            ("climate", "Les projets communs ont resserré les liens entre voisins.", "tenant"),
            ("activities", "Des locataires organisent eux-mêmes les activités.", "institution"),
        ),
        "Les locataires organisateurs continuent avec l'office.",
        date(2013, 6, 3),
        date(2015, 12, 18),
    ),
    Supported(
        "Liaison Club Parentaide et HLM famille",
        "robert-cliche",
        ("Beauce-Centre",),
        "Que les familles du HLM trouvent la Maison de la famille",
        "Un pont entre les familles du HLM et le Club Parentaide.",
        "Parents et enfants du HLM famille, et quelques aînés",
        "workshop",
        26,
        108,
        None,
        "Parents et enfants du HLM famille, et quelques aînés",
        5300,
        8717,
        (("Animation et liaison", 6217), ("Activités", 1700), ("Transport", 800)),
        (("money", "Maison de la famille", 1417), ("in_kind", "Temps et locaux de la Maison de la famille", 2000)),
        (
            ("knowledge", "22 familles ont adhéré au Club Parentaide.", "community"),
            (
                "reputation",
                "Les partenaires connaissent mieux la réalité des familles en HLM et s'engagent davantage.",
                "institution",
            ),
            ("ties", "Familles et aînés de l'office font des choses ensemble.", "tenant"),
        ),
        "La Maison de la famille garde le lien avec le HLM.",
        date(2013, 9, 16),
        date(2015, 6, 12),
    ),
)
