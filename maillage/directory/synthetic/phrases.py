"""What invented services are called and say of themselves, need by need (the codes are those of the shipped needs).

Each need has names, then sentences; `{place}` is a municipality. None is the text of an existing sheet.
"""

PHRASES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mental_health": (
        ("Entraide en santé mentale", "Suivi psychosocial individuel", "Groupe de soutien Le Phare"),
        (
            "Soutien aux adultes qui vivent de l'anxiété ou une dépression.",
            "Rencontres individuelles avec un intervenant psychosocial.",
            "Groupes d'entraide pour retrouver un équilibre.",
        ),
    ),
    "suicide_crisis": (
        ("Centre de crise", "Intervention en prévention du suicide", "Ligne d'écoute et de crise"),
        (
            "Intervention téléphonique jour et nuit pour une personne en détresse ou son entourage.",
            "Suivi après une tentative de suicide.",
            "Hébergement de crise de courte durée.",
        ),
    ),
    "grief": (
        ("Groupe de deuil", "Accompagnement des personnes endeuillées", "Soutien au deuil périnatal"),
        ("Rencontres de groupe pour les personnes qui ont perdu un proche.", "Accompagnement après un décès."),
    ),
    "senior_autonomy": (
        ("Centre de jour pour aînés", "Programme de prévention des chutes", "Accompagnement des aînés à domicile"),
        (
            "Activités stimulantes pour les personnes âgées en perte d'autonomie.",
            "Exercices d'équilibre en petit groupe.",
            "Soutien aux personnes qui ont des troubles de la mémoire.",
        ),
    ),
    "caregiver": (
        ("Répit aux proches aidants", "Halte-répit", "Groupe de soutien aux proches aidants"),
        (
            "Présence à la maison pour permettre à l'aidant de souffler.",
            "Répit de jour dans un milieu chaleureux.",
            "Conseils à qui prend soin d'un parent malade.",
        ),
    ),
    "elder_abuse": (
        ("Aide aux aînés victimes d'abus", "Prévention de la maltraitance des aînés"),
        (
            "Écoute et accompagnement d'une personne aînée négligée, intimidée ou exploitée financièrement.",
            "Aide à porter plainte et à reprendre le contrôle de ses biens.",
        ),
    ),
    "physical_health": (
        ("Clinique de proximité", "Services infirmiers courants", "Clinique de vaccination", "Soins de pieds"),
        (
            "Soins infirmiers, pansements, prélèvements et vaccins.",
            "Consultation médicale sans rendez-vous.",
            "Enseignement sur le diabète et l'hypertension.",
        ),
    ),
    "dental": (
        ("Clinique dentaire communautaire", "Soins dentaires à petit prix", "Dépannage de lunettes"),
        (
            "Nettoyage, réparations et extractions pour personnes à faible revenu.",
            "Examen de la vue et montures recyclées.",
        ),
    ),
    "sexual_health": (
        ("Clinique jeunesse", "Dépistage des ITSS", "Suivi de grossesse"),
        (
            "Contraception, test de grossesse et dépistage confidentiel.",
            "Suivi des femmes enceintes et préparation à la naissance.",
        ),
    ),
    "disability": (
        ("Association des personnes handicapées", "Services de réadaptation", "Soutien en autisme"),
        (
            "Défense des droits et activités pour les personnes vivant avec un handicap.",
            "Réadaptation et prêt d'aides techniques.",
            "Ateliers pour adultes qui ont une déficience intellectuelle.",
        ),
    ),
    "youth_services": (
        ("Maison des jeunes", "Travail de rue jeunesse", "Local des ados"),
        (
            "Lieu de rencontre animé pour les 12 à 17 ans.",
            "Travailleurs de rue auprès des adolescents.",
            "Activités et projets par et pour les jeunes.",
        ),
    ),
    "school_support": (
        ("Aide aux devoirs", "Tutorat après l'école", "Opération sac d'école"),
        (
            "Soutien scolaire pour les élèves du primaire et du secondaire.",
            "Fournitures scolaires remises à la rentrée.",
            "Accompagnement de jeunes qui risquent de décrocher.",
        ),
    ),
    "addiction": (
        ("Centre de traitement des dépendances", "Désintoxication", "Groupe alcool et drogues"),
        (
            "Thérapie interne pour personnes alcooliques et toxicomanes.",
            "Sevrage sous surveillance et suivi.",
            "Réduction des méfaits, naloxone et matériel.",
        ),
    ),
    "gambling": (
        ("Aide aux joueurs excessifs", "Programme de cyberdépendance"),
        ("Démarche pour cesser de jouer à l'argent.", "Aide aux parents dont l'enfant ne quitte plus ses écrans."),
    ),
    "home_support": (
        ("Soutien à domicile", "Aide à domicile", "Maintien à la maison"),
        (
            "Aide au bain, à l'habillage et au lever par des préposées.",
            "Soins à la maison pour rester chez soi.",
            "Évaluation des besoins par une travailleuse sociale.",
        ),
    ),
    "housekeeping": (
        ("Coopérative d'aide ménagère", "Entretien ménager", "Petits travaux et déneigement"),
        (
            "Ménage léger, lessive et préparation de repas.",
            "Grand ménage du printemps.",
            "Tonte de gazon et déneigement pour les aînés.",
        ),
    ),
    "food": (
        ("Banque alimentaire", "Dépannage alimentaire", "Comptoir alimentaire", "Épicerie solidaire", "Frigo partagé"),
        (
            "Distribution de denrées chaque semaine.",
            "Paniers de nourriture pour personnes et familles dans le besoin.",
            "Aide alimentaire d'urgence et paniers de Noël.",
        ),
    ),
    "meals": (
        ("Popote roulante", "Cuisines collectives", "Soupe populaire", "Repas communautaires"),
        (
            "Repas chauds livrés à domicile par des bénévoles.",
            "Groupes qui cuisinent ensemble à petit coût.",
            "Dîner offert à tous le midi.",
        ),
    ),
    "budget": (
        ("Association coopérative d'économie familiale", "Consultation budgétaire", "Atelier Mon budget"),
        ("Rencontres confidentielles pour faire son budget.", "Ateliers pour mieux gérer son argent."),
    ),
    "debt": (
        ("Clinique d'endettement", "Aide aux factures d'électricité", "Fonds de dépannage"),
        (
            "Solutions à l'endettement avant la faillite.",
            "Entente de paiement avec les fournisseurs et médiation avec les créanciers.",
            "Prêt sans intérêt pour un imprévu.",
        ),
    ),
    "furniture": (
        ("Friperie", "Comptoir vestimentaire", "Ressourcerie", "Dépannage de meubles"),
        (
            "Vêtements usagés pour toute la famille.",
            "Meubles et électroménagers remis en état.",
            "Manteaux et bottes d'hiver pour enfants.",
        ),
    ),
    "parenting": (
        ("Maison de la famille", "Relevailles", "Ateliers parents-enfants", "Dépannage couches et lait"),
        (
            "Soutien aux nouveaux parents à la maison.",
            "Ateliers de stimulation pour les tout-petits.",
            "Café des parents et prêt de matériel de bébé.",
        ),
    ),
    "childcare": (
        ("Halte-garderie", "Centre de la petite enfance", "Service de garde ponctuel"),
        ("Garde d'enfants à l'heure ou à la demi-journée.", "Places à contribution réduite pour les 0 à 5 ans."),
    ),
    "separation": (
        ("Médiation familiale", "Supervision des droits d'accès", "Groupe pour parents séparés"),
        ("Aide à s'entendre lors d'une séparation ou d'un divorce.", "Visites supervisées et échanges de garde."),
    ),
    "social_life": (
        ("Centre communautaire de loisirs", "Club de l'âge d'or", "Café-rencontre", "Camp de jour"),
        (
            "Activités de loisir, cartes, danse et sorties.",
            "Ateliers d'artisanat et repas partagés.",
            "Camp d'été pour enfants à coût modique.",
        ),
    ),
    "loneliness": (
        ("Visites d'amitié", "Téléphone amical", "Jumelage interculturel et amical"),
        ("Une bénévole visite une personne seule chaque semaine.", "Appels réguliers pour briser l'isolement."),
    ),
    "volunteering": (
        ("Centre d'action bénévole", "Comité de citoyens", "Banque de bénévoles"),
        ("Accueil et orientation des personnes qui veulent faire du bénévolat.", "Participation à la vie du quartier."),
    ),
    "transport": (
        ("Accompagnement-transport", "Transport collectif", "Transport adapté", "Taxibus"),
        (
            "Bénévoles qui conduisent aux rendez-vous médicaux.",
            "Déplacements sur réservation dans la MRC.",
            "Minibus pour personnes à mobilité réduite.",
        ),
    ),
    "housing": (
        ("Comité logement", "Association de locataires", "Défense des locataires"),
        (
            "Information sur le bail, les hausses et les réparations.",
            "Soutien aux locataires devant le Tribunal administratif du logement.",
            "Visites de logements insalubres.",
        ),
    ),
    "find_housing": (
        ("Recherche de logement", "Office d'habitation – demandes", "Aide au déménagement"),
        (
            "Accompagnement pour trouver un appartement abordable.",
            "Inscription à la liste des habitations à loyer modique.",
        ),
    ),
    "rent_arrears": (
        ("Prévention des évictions", "Fonds d'aide au loyer"),
        ("Intervention auprès du propriétaire pour éviter l'expulsion.", "Prêt pour payer un loyer en retard."),
    ),
    "shelter": (
        ("Refuge de nuit", "Maison d'hébergement", "Halte-chaleur", "Auberge du cœur"),
        (
            "Lits d'urgence pour personnes sans abri.",
            "Hébergement temporaire et soutien pour se loger.",
            "Endroit chaud ouvert la nuit en hiver.",
        ),
    ),
    "employment": (
        ("Carrefour jeunesse-emploi", "Orientation professionnelle", "Services d'emploi"),
        ("Orientation et bilan de compétences.", "Projets pour les 16 à 35 ans éloignés du travail."),
    ),
    "job_search": (
        ("Club de recherche d'emploi", "Atelier CV et entrevue", "Entreprise d'insertion"),
        ("Aide à rédiger un curriculum vitae et à préparer une entrevue.", "Stage rémunéré et placement."),
    ),
    "training": (
        ("Centre d'éducation des adultes", "Formation professionnelle", "Retour aux études"),
        ("Cours du secondaire pour adultes et tests d'équivalence.", "Diplômes d'études professionnelles."),
    ),
    "literacy": (
        ("Centre d'alphabétisation", "Francisation", "Ateliers de lecture"),
        ("Apprendre à lire, à écrire et à compter en petit groupe.", "Cours de français pour personnes immigrantes."),
    ),
    "digital": (
        ("Initiation à l'informatique", "Accès à Internet", "Aide numérique aux aînés"),
        (
            "Apprendre à se servir d'une tablette ou d'un ordinateur.",
            "Postes branchés gratuits et aide pour les services en ligne.",
        ),
    ),
    "income": (
        ("Association de défense des droits sociaux", "Aide aux formulaires", "Accompagnement dans les démarches"),
        (
            "Aide pour l'assistance sociale et ses recours.",
            "Remplir des formulaires du gouvernement.",
            "Demande de pension et d'allocations.",
        ),
    ),
    "taxes": (
        ("Clinique d'impôts", "Déclarations de revenus par des bénévoles"),
        (
            "Des bénévoles remplissent les déclarations des personnes à revenu modeste.",
            "Sur rendez-vous en mars et en avril.",
        ),
    ),
    "legal": (
        ("Bureau d'aide juridique", "Clinique juridique", "Centre de justice de proximité"),
        (
            "Avocat gratuit ou à faible coût selon le revenu.",
            "Information sur les droits et les recours.",
            "Demande de pardon.",
        ),
    ),
    "immigration": (
        ("Accueil des nouveaux arrivants", "Intégration des personnes immigrantes", "Banque d'interprètes"),
        ("Premier accueil des familles réfugiées.", "Aide pour les papiers d'immigration et la citoyenneté."),
    ),
    "violence": (
        (
            "Maison pour femmes victimes de violence",
            "Aide aux victimes d'actes criminels",
            "Aide contre les agressions sexuelles",
        ),
        (
            "Hébergement sécuritaire pour femmes et enfants victimes de violence conjugale.",
            "Soutien aux victimes et accompagnement en cour.",
        ),
    ),
    "anger": (
        ("Groupe pour hommes impulsifs", "Programme contre la violence des conjoints"),
        ("Rencontres d'hommes qui veulent changer leurs comportements violents.", "Apprendre à contrôler sa colère."),
    ),
}
