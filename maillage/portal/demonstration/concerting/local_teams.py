"""The local teams (ÉLÉ) of the agreement, their tenants and what they name. Invented, along source 001."""

from typing import NamedTuple


class Team(NamedTuple):
    """An ÉLÉ: the MRC it works in (its code in the demonstration), its table when it sits inside one."""

    key: str
    name: str
    mrc: str
    table: str
    summary: str
    mandate: str
    tenants: int
    partners: int


TEAMS = (
    Team(
        "carre-saint-maurice",
        "ÉLÉ du Carré Saint-Maurice",
        "Les Appalaches",
        "GRAP des Appalaches",
        "Des locataires, l'école et les partenaires du quartier, autour des familles.",
        "Partir des besoins que nomment les locataires des HLM famille et porter avec eux des projets qui leur ressemblent.",
        7,
        6,
    ),
    Team(
        "dosquet",
        "ÉLÉ de Dosquet",
        "Lotbinière",
        "",
        "Un jardin collectif et ceux qui s'y rencontrent, entre générations.",
        "Réunir la coopérative des aînés, les jeunes et la municipalité autour de ce que les locataires souhaitent.",
        5,
        4,
    ),
    Team(
        "montmagny",
        "ÉLÉ de Montmagny",
        "Montmagny",
        "",
        "Le HLM famille et les gens du quartier.",
        "Soutenir le comité de locataires et les projets qu'il choisit.",
        6,
        4,
    ),
    Team(
        "levis",
        "ÉLÉ de Lévis",
        "Lévis",
        "Table de lutte contre la pauvreté de Lévis",
        "Entre voisins : entraide, économies, alliances.",
        "Rassembler les locataires des milieux ciblés et leurs partenaires autour de l'entraide.",
        8,
        7,
    ),
    Team(
        "etchemins",
        "ÉLÉ des Etchemins",
        "Les Etchemins",
        "",
        "Se déplacer, se rencontrer, faire des choses en famille.",
        "Rendre les services accessibles aux aînés et aux familles des HLM, surtout l'hiver.",
        4,
        5,
    ),
    Team(
        "robert-cliche",
        "ÉLÉ de Robert-Cliche",
        "Beauce-Centre",
        "",
        "Les familles du HLM et les aînés, ensemble.",
        "Relier les familles, les aînés et les organismes autour de ce que nomment les locataires.",
        5,
        5,
    ),
)

# What tenants named before the first team: sentence, details, as what, state, what came of it, supports.
NEEDS = (
    (
        "Un endroit chaud où se réunir le soir avec les enfants",
        "Les logements sont petits et il n'y a pas de salle commune.",
        "tenant",
        "answered",
        "L'école ouvre son gymnase et une classe deux soirs par semaine.",
        14,
    ),
    (
        "Des repas à petit prix la dernière semaine du mois",
        "Le dépannage est fermé le soir et le centre est à 12 km.",
        "tenant",
        "taken_up",
        "Une cuisine collective s'organise ; on cherche une remorque réfrigérée.",
        11,
    ),
    (
        "De l'éclairage entre les deux blocs",
        "Plusieurs n'osent plus sortir après le souper.",
        "tenant",
        "taken_up",
        "L'office a demandé une soumission.",
        17,
    ),
    (
        "De l'aide pour remplir les papiers",
        "Impôts, allocation-logement, inscriptions : on se décourage.",
        "tenant",
        "open",
        "",
        9,
    ),
    (
        "Une navette vers l'épicerie l'hiver",
        "",
        "tenant",
        "open",
        "",
        12,
    ),
    (
        "Que les familles nouvellement arrivées soient accueillies",
        "Personne ne leur montre la buanderie ni les règles.",
        "tenant",
        "open",
        "",
        6,
    ),
    (
        "Un répit pour les proches aidantes",
        "Deux personnes s'épuisent auprès d'un parent.",
        "community",
        "set_aside",
        "Déjà porté par la table des aînés : nous y envoyons le besoin.",
        2,
    ),
)

# Before it was read: named without account, from the poster.
TO_READ = (
    ("Des bancs devant l'entrée pour attendre le transport adapté", "tenant"),
    ("Un babillard où tout le monde peut afficher", "tenant"),
)

# Meetings of the first team: days before today, title, items (title, kind, minutes, notes), decisions, follow-ups.
HELD = (
    (
        162,
        "Ce que vous vivez, ce que vous voulez",
        (
            (
                "Tour de table des locataires",
                "discussion",
                45,
                "Les locataires parlent d'abord. Trois choses reviennent : se réunir, manger, sortir sans peur.",
            ),
            ("Choisir par où commencer", "decision", 20, "Chaque personne place cinq points."),
        ),
        ("Commencer par un lieu où se réunir.",),
        (("Demander à l'école si elle peut ouvrir un soir", 21, True),),
    ),
    (
        98,
        "L'école ouvre ses portes",
        (
            (
                "Visite du gymnase et de la classe",
                "information",
                20,
                "La direction prête deux soirs par semaine ; un parent garde la clé.",
            ),
            ("Qui fait quoi le mardi et le jeudi", "decision", 30, "Trois locataires se partagent l'accueil."),
        ),
        ("Ouvrir les mardis et jeudis, de 18 h à 20 h 30, avec trois locataires à l'accueil.",),
        (
            ("Faire l'affiche des soirées", 10, True),
            ("Vérifier l'assurance de l'école", 15, True),
        ),
    ),
    (
        41,
        "Manger à la fin du mois",
        (
            (
                "Ce que montrent les références sans réponse",
                "information",
                15,
                "L'aide alimentaire est le besoin le plus souvent resté sans réponse dans la MRC cette année.",
            ),
            (
                "Une cuisine collective ?",
                "decision",
                35,
                "Oui, à l'école le jeudi, si on trouve de quoi garder au froid.",
            ),
        ),
        ("Mettre sur pied une cuisine collective le dernier jeudi du mois.",),
        (
            ("Trouver une remorque réfrigérée ou un congélateur", 30, False),
            ("Inviter la Moisson à la prochaine rencontre", 25, False),
        ),
    ),
)
COMING = (
    12,
    "Une cuisine pour la fin du mois",
    (("Budget de départ", "decision", 25), ("Éclairage : réponse de l'office", "information", 10)),
)

# The four regional meetings of a year of workers in community support: days from today, title.
REGIONAL = (
    (-275, "Rencontre régionale d'hiver : s'approprier les objectifs de l'entente"),
    (-185, "Rencontre régionale de printemps : nommer les besoins vus sur le terrain"),
    (-58, "Rencontre régionale d'automne : s'entraider dans les situations difficiles"),
    (33, "Rencontre régionale de fin d'année : ce que nos chiffres disent"),
)
