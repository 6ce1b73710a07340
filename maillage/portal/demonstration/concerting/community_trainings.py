"""The three trainings of a year of the community of practice, and what comes. Invented, along source 000."""

from .community_shapes import Coming, Item, Past
from .community_year import WELCOME

TRAININGS = (
    Past(
        240,
        "training",
        "Se comprendre : réseau de la santé et milieu communautaire",
        "Atelier du Pont-Neuf",
        "Connaître la réalité de l'autre réseau avant d'accompagner quelqu'un de l'un à l'autre.",
        (
            Item("Comment fonctionne l'accueil psychosocial", "information", 60, ""),
            Item("Trois accompagnements racontés des deux côtés", "discussion", 75, ""),
        ),
        (),
        (("Faire circuler la liste des personnes pivots", 20, True),),
        "Une demi-journée pour que les deux réseaux se racontent. La liste des personnes pivots circule depuis.",
        24,
        0,
        "3.0",
    ),
    Past(
        120,
        "training",
        "Réduction des méfaits : les bases pour toutes les équipes",
        "Ressourcerie de la Passerelle",
        "Accueillir sans juger des personnes qui consomment, et savoir quoi faire en cas de surdose.",
        (
            Item("Accueillir sans condition", "information", 60, ""),
            Item("Reconnaître une surdose et agir", "information", 75, ""),
        ),
        (),
        (),
        "Trois heures pour apprendre à accueillir et à réagir. Les trousses sont offertes par la santé publique.",
        28,
        0,
        "3.0",
    ),
    Past(
        35,
        "training",
        "Écrire pour être lu·e : le langage clair",
        "Atelier de la Lanterne",
        "Réécrire une affiche, une lettre et un formulaire qui servent vraiment.",
        (
            Item("Ce qui bloque à la lecture", "information", 45, ""),
            Item("Réécrire à deux", "discussion", 90, ""),
        ),
        (),
        (("Relire ensemble la lettre d'accueil de la halte", 30, False),),
        "Nous avons réécrit des textes de nos organismes pour qu'ils se lisent du premier coup.",
        22,
        0,
        "2.5",
    ),
)

COMING = (
    Coming(
        23,
        "meeting",
        "Vieillir à la rue",
        "Salle du Phare",
        "De plus en plus de personnes de plus de 60 ans n'ont plus d'adresse. Qui les rejoint, et comment ?",
        (
            WELCOME,
            Item("Ce que voient les équipes de rue", "information", 25, ""),
            Item("Un premier relais vers le soutien à domicile", "discussion", 35, ""),
        ),
        60,
        27,
    ),
    Coming(
        44,
        "training",
        "Premiers gestes en santé mentale",
        "Atelier du Pont-Neuf",
        "Une journée en petit groupe, avec mises en situation.",
        (
            Item("Écouter avant d'agir", "information", 90, ""),
            Item("Mises en situation", "discussion", 120, ""),
        ),
        12,
        17,
        "6.0",
    ),
)
