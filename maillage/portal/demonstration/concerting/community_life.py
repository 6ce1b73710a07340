"""What a community of practice asks, gives birth to and tells. Invented, along source 000."""

TOPICS = (
    "Animaux de compagnie",
    "Cohabitation",
    "Jeunes",
    "Santé mentale",
    "Lien santé–communautaire",
    "Accessibilité",
    "Accompagnement dans les démarches",
    "Réduction des méfaits",
)

QUESTIONS = (
    (
        "Animaux de compagnie",
        "Connaissez-vous une assurance qui couvre la garde d'animaux par un organisme ?",
        "Notre assureur dit non dès qu'on parle de chiens.",
        (
            (
                "Nous avons obtenu un avenant en limitant à deux animaux à la fois, sans sortie. Je peux montrer la lettre.",
                True,
            ),
            ("Demandez par votre regroupement : le nôtre a négocié pour tous ses membres.", False),
        ),
    ),
    (
        "Lien santé–communautaire",
        "Qui appeler quand quelqu'un sort de l'hôpital sans adresse ?",
        "C'est arrivé deux fois ce mois-ci, un vendredi soir.",
        (("La liaison de l'hôpital répond jusqu'à 20 h ; après, passez par la ligne d'urgence sociale.", True),),
    ),
    (
        "Jeunes",
        "Comment dédommager des jeunes sans les obliger à ouvrir un compte ?",
        "",
        (
            ("Cartes prépayées, avec un reçu signé d'un prénom : notre vérificateur l'accepte.", True),
            ("Nous payons en repas et en titres de transport, choisis par elles et eux.", False),
        ),
    ),
    (
        "Cohabitation",
        "Avez-vous une entente type avec un commerce pour l'accès aux toilettes ?",
        "Trois commerces seraient prêts si tout est écrit.",
        (),
    ),
    (
        "Accessibilité",
        "Combien coûte une halte-garderie d'une demi-journée ?",
        "Pour nos rencontres : cinq à huit enfants.",
        (("Autour de 220 $ avec deux personnes et les collations, quand le local est déjà à vous.", True),),
    ),
)

# Title, stage, born so many days ago, what it rests on (title of the meeting), story, steps (days ago, stage, text), public.
INITIATIVES = (
    (
        "Halte-garderie animale",
        "seeking",
        328,
        "Des personnes manquaient leurs rendez-vous faute de pouvoir laisser leur animal. Le groupe imagine un lieu sûr où "
        "le confier quelques heures : le temps d'un suivi de santé, d'une démarche, d'un répit. Un laboratoire d'intelligence "
        "collective et de futures usagères l'ont dessiné avec nous. Il manque le financement d'un essai.",
        (
            (328, "idea", "L'idée rallie une rencontre entière."),
            (262, "exploring", "Le groupe de travail commence, avec trois personnes concernées."),
            (160, "exploring", "Le laboratoire populaire aide à dessiner le lieu et ses règles."),
            (60, "seeking", "Le plan est prêt ; la recherche de financement pour l'essai commence."),
        ),
        True,
    ),
    (
        "Rejoindre et mobiliser les jeunes",
        "handed_over",
        268,
        "Un centre de soir voyait peu de jeunes. Des intervenant·es et des jeunes du quartier l'ont conseillé : heures, accueil, "
        "activités. Le centre poursuit maintenant par lui-même.",
        (
            (268, "idea", "Le centre de soir demande conseil."),
            (210, "under_way", "Trois ateliers avec des jeunes, dédommagés."),
            (95, "handed_over", "Le centre adopte les changements et poursuit seul."),
        ),
        True,
    ),
    (
        "Faciliter la cohabitation",
        "exploring",
        207,
        "Rassurer et sensibiliser le voisinage, en disant les réalités des personnes exclues : une campagne se prépare pour l'an prochain.",
        (
            (207, "idea", "La rencontre sur l'espace public demande une campagne."),
            (90, "exploring", "Rencontre avec le comité de résident·es ; des visages volontaires."),
        ),
        True,
    ),
    (
        "Un pont entre la santé et le communautaire",
        "under_way",
        300,
        "L'accompagnement d'une personne d'un réseau à l'autre se passait mal. Une formation a permis aux deux de dire leurs réalités ; "
        "une liste de personnes pivots en est née et se tient à jour.",
        (
            (300, "idea", "Le besoin revient dans trois rencontres."),
            (240, "trying", "Une première formation réunit les deux réseaux."),
            (200, "under_way", "La liste des personnes pivots circule."),
        ),
        True,
    ),
)

# Title, parts by cycle (cycle, text, evidence).
STORIES = (
    (
        "Un chien, un rendez-vous tenu",
        (
            (1, "J'ai entendu qu'un autre organisme gardait déjà un chien à la porte.", "Rencontre sur les animaux"),
            (2, "J'ai su qui appeler et quelles règles proposer.", "Modèle d'entente reçu"),
            (3, "Nous gardons maintenant un animal le temps d'un rendez-vous.", "Onze gardes depuis le printemps"),
            (4, "Trois personnes ont repris leur suivi de santé.", "Dit par l'équipe de la clinique"),
            (5, "Notre équipe ne parle plus de refus mais de conditions d'accueil.", "Règlement intérieur récrit"),
        ),
    ),
    (
        "Savoir qui appeler le vendredi soir",
        (
            (1, "À la formation, j'ai rencontré la liaison de l'hôpital.", "Formation santé–communautaire"),
            (2, "J'ai la liste des personnes pivots dans mon téléphone.", "Liste qui circule"),
            (3, "J'ai appelé avant la sortie, plutôt qu'après.", "Deux appels en un mois"),
        ),
    ),
    (
        "Une affiche que les gens lisent",
        (
            (1, "J'ai ri en relisant notre affiche avec d'autres.", "Formation sur le langage clair"),
            (2, "J'ai retenu trois règles simples.", "Aide-mémoire"),
            (3, "J'ai récrit l'affiche du dépannage.", "Nouvelle affiche"),
            (4, "On nous pose moins la même question à l'accueil.", "Noté pendant deux semaines"),
        ),
    ),
)
