"""Invented services of the organizations that the demonstration's journals refer to."""

from decimal import Decimal

from maillage.directory.enums import Fee
from maillage.directory.sheets import CostLine

from .offers import WEEKDAYS, Offer, hours

# By the need under which `partners` knows the resources of each MRC. The hours of « impots » are those of a season.
OF_RESOURCES: dict[str, tuple[Offer, ...]] = {
    "food": (
        Offer(
            "depannage",
            "Dépannage alimentaire",
            "Un panier d'aliments pour quelques jours, une fois par mois, sans jugement.",
            ("food",),
            ("low_income", "everyone"),
            ("walk_in", "in_person"),
            (hours("TU,TH", "9:00", "12:00"), hours("TH", "17:00", "19:00")),
            documents=("Une preuve d'adresse", "Une preuve de revenu"),
            languages=("fr", "en"),
        ),
        Offer(
            "cuisine",
            "Cuisine collective",
            "On planifie, on achète et on cuisine ensemble ; chacun repart avec ses plats.",
            ("meals", "social_life"),
            ("family", "single"),
            ("group", "registration"),
            (hours("WE", "9:00", "14:00"),),
            Fee.SLIDING,
            "1,50 $ la portion.",
            process="Inscription au début de chaque saison.",
            wait="De deux à quatre semaines",
        ),
    ),
    "budget": (
        Offer(
            "budget",
            "Rencontre budgétaire",
            "Faire le point sur ses revenus, ses dettes et ses factures avec une conseillère.",
            ("budget", "debt"),
            ("adults", "low_income"),
            ("appointment", "in_person", "phone"),
            wait="Environ trois semaines",
            process="Prenez rendez-vous par téléphone.",
            languages=("fr", "en"),
        ),
        Offer(
            "impots",
            "Clinique d'impôts",
            "Des bénévoles remplissent les déclarations simples des personnes à faible revenu.",
            ("taxes",),
            ("low_income", "senior"),
            ("appointment",),
            (),
            documents=("Les feuillets reçus", "Une carte d'identité"),
            process="Prenez rendez-vous à partir de février.",
        ),
    ),
    "social_life": (
        Offer(
            "cafe",
            "Café-rencontre et sorties",
            "Jeux, sorties et dîners pour rencontrer du monde du coin.",
            ("social_life", "loneliness"),
            ("adults", "senior", "single"),
            ("group", "walk_in"),
            (hours("MO,WE", "13:00", "16:00"),),
            Fee.SLIDING,
        ),
        Offer(
            "visites",
            "Visites d'amitié",
            "Une ou un bénévole passe chaque semaine prendre des nouvelles.",
            ("loneliness", "senior_autonomy"),
            ("senior",),
            ("home", "phone"),
            process="Une demande par téléphone ; un proche ou une intervenante peut la faire.",
            ages=(60, None),
            wait="Selon les bénévoles disponibles",
        ),
        Offer(
            "transport",
            "Accompagnement-transport médical",
            "Une ou un bénévole conduit au rendez-vous médical et attend avec la personne.",
            ("transport",),
            ("senior", "disability", "low_income"),
            ("home", "referral"),
            (hours(WEEKDAYS, "8:00", "17:00"),),
            Fee.PAID,
            costs=(CostLine(option="Par kilomètre", amount=Decimal("0.50"), description="Aller et retour"),),
            process="Appelez deux jours ouvrables avant le rendez-vous.",
        ),
    ),
}

# What the establishments of health offer in each of their territories.
OF_ESTABLISHMENTS = (
    Offer(
        "accueil",
        "Accueil psychosocial",
        "Écoute, évaluation et orientation quand ça ne va pas.",
        ("mental_health", "suicide_crisis"),
        modes=("walk_in", "phone", "in_person"),
        languages=("fr", "en"),
        documents=("La carte d'assurance maladie",),
        wait="Réponse le jour même",
    ),
    Offer(
        "domicile",
        "Soutien à domicile",
        "Soins et aide à la maison pour rester chez soi.",
        ("home_support", "senior_autonomy"),
        ("senior", "disability"),
        ("home", "referral"),
        process="Une demande à l'accueil, par la personne, un proche ou une intervenante.",
        wait="De six à dix semaines",
    ),
    Offer(
        "clinique",
        "Clinique sans rendez-vous",
        "Soins infirmiers courants, suivi de plaies, vaccins.",
        ("physical_health",),
        modes=("walk_in", "in_person"),
        schedules=(hours(WEEKDAYS, "8:00", "20:00"), hours("SA", "9:00", "12:00")),
        documents=("La carte d'assurance maladie",),
    ),
    Offer(
        "jeunesse",
        "Équipe jeunesse et famille",
        "Suivi de l'enfant, de l'adolescent et de ses parents.",
        ("youth_services", "parenting"),
        ("children", "youth", "family"),
        ("appointment", "home"),
        ages=(0, 17),
        wait="De huit à douze semaines",
    ),
)
