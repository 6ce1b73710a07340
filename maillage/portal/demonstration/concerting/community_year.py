"""The six meetings of a year of the community of practice. Invented, along source 000."""

from .community_shapes import Item, Past

WELCOME = Item(
    "Mot de bienvenue et tour de table", "information", 15, "Chaque personne dit d'où elle vient et ce qui l'amène."
)

MEETINGS = (
    Past(
        328,
        "meeting",
        "Itinérance et animaux : quand l'accueil dit non",
        "Salle du Phare",
        "Comprendre pourquoi des personnes renoncent à un rendez-vous faute de pouvoir laisser leur animal, et ce qui s'essaie ailleurs.",
        (
            WELCOME,
            Item(
                "Ce que vivent les personnes",
                "discussion",
                40,
                "Refus à l'entrée des refuges, rendez-vous manqués, peur de se faire saisir l'animal. Plusieurs équipes gardent "
                "un chien à la porte sans règle écrite.",
            ),
            Item(
                "Une halte-garderie animale ?",
                "decision",
                35,
                "L'idée rallie la salle. Il faut un lieu, une assurance, quelqu'un qui connaît les animaux, et l'avis des "
                "personnes concernées dès le départ.",
            ),
        ),
        (
            "Former un groupe de travail sur une halte-garderie animale, avec au moins deux personnes qui vivent ou ont vécu l'itinérance.",
        ),
        (
            ("Demander à trois refuges leur règle sur les animaux", 30, True),
            ("Inviter une clinique vétérinaire de quartier à la prochaine rencontre", 45, True),
        ),
        "Nous avons parlé des personnes qui ont un animal et qui n'entrent nulle part. Nous avons décidé de chercher "
        "comment garder les animaux pendant les rendez-vous. Un petit groupe y travaille, avec des personnes concernées.",
        34,
        3,
    ),
    Past(
        268,
        "meeting",
        "Rejoindre les jeunes qui ne viennent pas",
        "Carrefour de la Lanterne",
        "Des ressources pensées pour les adultes voient peu de jeunes : que changer ?",
        (
            WELCOME,
            Item(
                "Ce que disent les jeunes",
                "information",
                25,
                "Les heures du soir, un accueil sans formulaire et une personne connue comptent plus que l'affiche.",
            ),
            Item(
                "Un conseil à un centre de soir",
                "decision",
                40,
                "Un centre de soir demande l'avis de la communauté pour adapter ses services. Des jeunes seront payés pour conseiller avec nous.",
            ),
        ),
        ("Accompagner un centre de soir dans l'adaptation de ses services, avec des jeunes du quartier.",),
        (
            ("Préparer trois ateliers avec des jeunes", 60, True),
            ("Trouver de quoi dédommager les jeunes qui conseillent", 40, True),
        ),
        "Les jeunes nous disent ce qui les ferait venir : le soir, sans papiers, avec quelqu'un qu'ils connaissent. "
        "Nous allons aider un centre de soir à changer, avec des jeunes du quartier.",
        31,
        6,
    ),
    Past(
        207,
        "meeting",
        "Cohabiter dans l'espace public",
        "Relais des Quatre-Vents",
        "Des tensions au parc et à la sortie du métro : rassurer sans exclure.",
        (
            WELCOME,
            Item(
                "Ce qui se passe, selon qui regarde",
                "discussion",
                45,
                "Des résident·es ont peur, des personnes en situation d'itinérance se font déplacer, les commerces appellent la police.",
            ),
            Item(
                "Informer le voisinage",
                "decision",
                30,
                "On prépare une campagne qui dit les réalités, avec des visages volontaires et des gestes simples.",
            ),
        ),
        ("Préparer une campagne d'information sur les réalités des personnes exclues, pour l'année qui vient.",),
        (
            ("Rencontrer le comité de résident·es du parc", 35, True),
            ("Écrire un premier texte de campagne", 60, False),
        ),
        "Comment vivre ensemble dans les mêmes rues ? Nous préparons une campagne qui explique et qui rassure, avec les personnes concernées.",
        38,
        9,
    ),
    Past(
        150,
        "meeting",
        "Prendre soin de celles et ceux qui interviennent",
        "Maison du Matin-Clair",
        "La détresse des personnes accompagnées pèse aussi sur les équipes.",
        (
            WELCOME,
            Item(
                "Ce qui use, ce qui tient",
                "discussion",
                45,
                "Les départs sans relève usent le plus. Ce qui tient : les retours en équipe, savoir qui appeler.",
            ),
            Item(
                "Un cercle d'entraide entre intervenant·es",
                "decision",
                25,
                "Une heure par mois, sans ordre du jour, à tour de rôle dans les organismes.",
            ),
        ),
        ("Tenir un cercle d'entraide d'une heure par mois, à l'essai jusqu'au printemps.",),
        (("Fixer les quatre premières dates du cercle", 15, True),),
        "Nous avons parlé de notre propre fatigue. Un cercle d'entraide commence, une heure par mois.",
        41,
        2,
    ),
    Past(
        84,
        "meeting",
        "Une place pour chacun·e : quatre sortes d'accessibilité",
        "Maison de la Passerelle",
        "Physique, émotionnelle, langagière, financière : faire le tour de nos propres lieux.",
        (
            WELCOME,
            Item(
                "Visite de trois lieux, yeux ouverts",
                "discussion",
                50,
                "Une marche à l'entrée, un formulaire de quatre pages, pas de coin calme : chaque lieu a trouvé trois choses à changer.",
            ),
            Item(
                "Nos propres rencontres",
                "decision",
                20,
                "On demandera à l'inscription ce qui permet de participer, et on dira ce qui est offert.",
            ),
        ),
        ("Demander à chaque inscription ce qui permettrait de participer, et dire ce qui est offert.",),
        (
            ("Prêter la grille de visite aux organismes qui la veulent", 20, True),
            ("Chiffrer la halte-garderie pendant les rencontres", 45, False),
        ),
        "Nous avons visité trois lieux en cherchant ce qui empêche d'entrer. Chaque lieu change trois choses. Nos rencontres aussi.",
        36,
        4,
    ),
    Past(
        19,
        "meeting",
        "Où en sont nos initiatives ?",
        "Salle du Phare",
        "Un an après : ce qui est né de nos rencontres, ce qui bloque, ce qui demande un coup de main.",
        (
            WELCOME,
            Item(
                "Halte-garderie animale : chercher du financement",
                "discussion",
                30,
                "Le plan tient, le lieu est trouvé, il manque de quoi faire l'essai. Trois fonds à approcher.",
            ),
            Item(
                "Campagne de cohabitation",
                "discussion",
                20,
                "Les visages volontaires sont trouvés ; le texte attend une relecture.",
            ),
            Item(
                "Thèmes de l'an prochain",
                "decision",
                25,
                "On choisit par points : logement d'urgence, vieillir à la rue, liens avec les écoles.",
            ),
        ),
        ("Déposer une demande commune pour l'essai de la halte-garderie animale.",),
        (
            ("Relire la demande de financement de la halte", 20, False),
            ("Relire le texte de la campagne", 14, False),
            ("Proposer trois dates pour la formation du printemps", 30, False),
        ),
        "Nous avons fait le point sur quatre initiatives nées de nos rencontres et choisi comment préparer l'an prochain.",
        39,
        5,
    ),
)
