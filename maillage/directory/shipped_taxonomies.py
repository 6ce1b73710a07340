"""The taxonomies that are shipped: what services answer, for whom, how places are reached, how people are received.

The codes of needs hold those of the journal's starting frame, so that a referral and a service speak of the same need.
Everyday words are those that people say or type, not those of programmes: they find a term, nobody reads them. Matches
are to the lists of data·inclusion. Codes never change meaning; a term that is dropped is retired, never reused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from .enums import MatchKind, TaxonomyKind

VERSION = "2026-11"
# The identifiers of shipped terms are the same everywhere, so that two installations exchange them without a table.
SPACE = UUID("6f1c7f0a-3d0b-5c0e-9d55-8d3a4b1e7c21")
THEMES, PUBLICS, MODES = "data-inclusion:thematiques", "data-inclusion:publics", "data-inclusion:modes-accueil"


@dataclass(frozen=True, slots=True)
class ShippedTerm:
    """A term as shipped. `matches` are codes of `scheme`: `=code` the same, `<code` a broader one, else a near one."""

    code: str
    french: str
    english: str
    parent: str = ""
    words: str = ""
    matches: str = ""

    def synonyms(self) -> str:
        """The everyday words, one a line."""
        return "\n".join(word.strip() for word in self.words.split(",") if word.strip())

    def links(self) -> Iterator[tuple[str, str]]:
        """`(external code, MatchKind)`, in their order."""
        kinds = {"=": MatchKind.EXACT, "<": MatchKind.BROAD}
        for said in self.matches.split():
            kind = kinds.get(said[0], MatchKind.CLOSE)
            yield said.lstrip("=<"), kind


@dataclass(frozen=True, slots=True)
class ShippedTaxonomy:
    """A taxonomy as shipped."""

    code: str
    kind: str
    french: str
    description: str
    scheme: str
    terms: tuple[ShippedTerm, ...]


T = ShippedTerm
# fmt: off
_NEEDS = (
    T("mental_health", "Santé mentale", "Mental health", "", "psy, psychologue, psychothérapie, psychiatrie, dépression, déprime, anxiété, angoisse, stress, burn-out, épuisement, détresse, moral, thérapie", "=sante--sante-mentale remobilisation--bien-etre-confiance-en-soi"),
    T("suicide_crisis", "Crise et prévention du suicide", "Crisis and suicide prevention", "mental_health", "suicide, idées noires, urgence, détresse, centre de crise, ligne d'écoute, écoute téléphonique, mourir, en finir", "<sante--sante-mentale"),
    T("grief", "Deuil", "Grief", "mental_health", "deuil, mort d'un proche, décès, perte, endeuillé", "<sante--sante-mentale"),
    T("senior_autonomy", "Aînés en perte d'autonomie", "Seniors losing autonomy", "", "personnes âgées, aînés, vieillissement, perte d'autonomie, alzheimer, démence, mémoire, chutes, RPA, CHSLD, résidence", "famille--prise-en-charge-personne-dependante"),
    T("caregiver", "Répit et proche aidance", "Respite and caregiving", "senior_autonomy", "proche aidant, aidant naturel, répit, gardiennage, halte-répit, s'occuper d'un parent, malade, prendre soin", "=famille--soutien-aidants"),
    T("elder_abuse", "Maltraitance envers les aînés", "Elder abuse", "senior_autonomy", "maltraitance, abus financier, négligence, intimidation, aîné maltraité, vol, voler, grand-mère, grand-père", "<famille--surmonter-conflits-separation-violence"),
    T("physical_health", "Santé physique", "Physical health", "", "médecin, docteur, infirmière, clinique, CLSC, soins, maladie, vaccin, prise de sang, pied, diabète, sans rendez-vous", "=sante--acces-aux-soins"),
    T("dental", "Soins dentaires et de la vue", "Dental and eye care", "physical_health", "dentiste, dents, mal de dents, lunettes, optométriste, hygiéniste, dentier", "<sante--acces-aux-soins"),
    T("sexual_health", "Santé sexuelle et grossesse", "Sexual health and pregnancy", "physical_health", "ITSS, dépistage, contraception, avortement, grossesse, enceinte, sage-femme, condom, test de grossesse", "=sante--sante-sexuelle"),
    T("disability", "Vivre avec un handicap", "Living with a disability", "physical_health", "handicap, déficience, autisme, TSA, fauteuil roulant, adaptation, réadaptation, invalidité", "=sante--constituer-un-dossier-mdph-invalidite"),
    T("youth_services", "Services à la jeunesse et aux familles", "Youth and family services", "", "jeunes, ados, adolescents, enfants, famille, DPJ, maison de jeunes, travailleur de rue"),
    T("school_support", "Aide aux devoirs et persévérance scolaire", "Homework and staying in school", "youth_services", "aide aux devoirs, tutorat, école, décrochage, raccrochage, fournitures scolaires, rentrée, sac d'école"),
    T("addiction", "Dépendances", "Substance use", "", "drogue, alcool, boisson, désintox, désintoxication, sevrage, thérapie, consommation, toxicomanie, AA, NA, naloxone, cigarette, arrêter de fumer, boire, alcoolique, ivrogne", "=sante--addictions"),
    T("gambling", "Jeu excessif et écrans", "Gambling and screens", "addiction", "jeu, casino, loterie, machines, vidéopoker, écrans, cyberdépendance, gambling, joueur compulsif, paris sportifs", "<sante--addictions"),
    T("home_support", "Soutien à domicile", "Home support", "", "aide à domicile, maintien à domicile, SAD, préposé, bain, soins à la maison, prendre un bain", "equipement-et-alimentation--aide-menagere"),
    T("housekeeping", "Ménage et entretien", "Housekeeping", "home_support", "ménage, aide ménagère, entretien ménager, lavage, gazon, neige, déneigement, petits travaux, homme à tout faire", "=equipement-et-alimentation--aide-menagere"),
    T("food", "Aide alimentaire", "Food assistance", "", "nourriture, manger, faim, épicerie, banque alimentaire, dépannage alimentaire, comptoir alimentaire, panier, panier de Noël, frigo communautaire", "=equipement-et-alimentation--alimentation"),
    T("meals", "Repas et popote", "Meals", "food", "popote roulante, repas, soupe populaire, cuisine collective, cuisines, dîner communautaire, plats congelés, cantine", "<equipement-et-alimentation--alimentation"),
    T("budget", "Aide budgétaire", "Budget assistance", "", "budget, argent, finances, ACEF, compte, épargne, gérer son argent", "=difficultes-financieres--ameliorer-sa-gestion-budgetaire difficultes-financieres--acquerir-une-autonomie-budgetaire difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere difficultes-financieres--mettre-en-place-une-mesure-de-protection-financiere"),
    T("debt", "Dettes et factures", "Debts and bills", "budget", "dettes, endettement, faillite, factures, Hydro, électricité coupée, carte de crédit, recouvrement, huissier, syndic", "=difficultes-financieres--situation-dendettement-surendettement"),
    T("furniture", "Vêtements et meubles", "Clothing and furniture", "", "linge, vêtements, friperie, meubles, lit, matelas, électroménagers, poêle, frigidaire, laveuse, comptoir vestimentaire, ressourcerie, manteau, bottes", "=equipement-et-alimentation--habillement equipement-et-alimentation--electromenager"),
    T("parenting", "Soutien aux parents", "Support to parents", "", "parents, maman, papa, bébé, poussette, couches, lait, allaitement, mère seule, père, éducation des enfants, relevailles, nouvelle maman, jeune mère", "=famille--soutien-a-la-parentalite-et-a-leducation"),
    T("childcare", "Garde d'enfants et halte-garderie", "Childcare", "parenting", "garderie, CPE, halte-garderie, gardienne, service de garde, faire garder", "=famille--garde-denfants"),
    T("separation", "Séparation et médiation familiale", "Separation and family mediation", "parenting", "séparation, divorce, garde partagée, médiation, pension alimentaire, droits d'accès, supervision", "<famille--surmonter-conflits-separation-violence"),
    T("social_life", "Vie sociale et loisirs", "Social life and leisure", "", "activités, sorties, loisirs, bricolage, cartes, bingo, rencontrer du monde, café-rencontre, culture, sport, camp de jour", "remobilisation--activites-sportives-et-culturelles remobilisation--lien-social"),
    T("loneliness", "Briser l'isolement", "Breaking loneliness", "social_life", "seul, solitude, ennui, isolement, visites d'amitié, jumelage, téléphone amical, parler à quelqu'un", "=remobilisation--lien-social"),
    T("volunteering", "Bénévolat et participation", "Volunteering and participation", "social_life", "bénévole, bénévolat, s'impliquer, comité, donner du temps, citoyen", "=remobilisation--benevolat-action-citoyenne"),
    T("transport", "Transport", "Transport", "", "autobus, bus, taxi, taxibus, auto, voiture, lift, covoiturage, se rendre, accompagnement-transport, transport adapté, transport médical, permis de conduire", "=mobilite--mobilite-douce-partagee-collective mobilite--etre-accompagne-dans-son-parcours-mobilite mobilite--financer-ma-mobilite mobilite--acceder-a-un-vehicule mobilite--entretenir-reparer-son-vehicule mobilite--preparer-un-permis"),
    T("housing", "Logement et droits des locataires", "Housing and tenants' rights", "", "logement, loyer, appartement, bail, propriétaire, HLM, coop, comité logement, TAL, régie du logement, hausse de loyer, moisissures, punaises, réparations, chauffage", "=logement-hebergement--se-maintenir-dans-le-logement"),
    T("find_housing", "Trouver un logement", "Finding housing", "housing", "chercher un logement, déménager, déménagement, supplément au loyer, demande de HLM, appartement à louer", "=logement-hebergement--louer-un-logement logement-hebergement--changer-de-logement logement-hebergement--sinformer-sur-les-demarches-liees-a-lacces-au-logement logement-hebergement--acheter-un-logement"),
    T("rent_arrears", "Retard de loyer et éviction", "Rent arrears and eviction", "housing", "retard de loyer, expulsion, éviction, avis d'éviction, reprise de logement, mis dehors, dette de loyer", "=logement-hebergement--reduire-les-impayes-de-loyer"),
    T("shelter", "Hébergement d'urgence", "Emergency shelter", "housing", "itinérance, itinérant, sans-abri, à la rue, refuge, dormir, hébergement, place pour la nuit, halte-chaleur", "=logement-hebergement--rechercher-une-solution-dhebergement-temporaire"),
    T("employment", "Emploi et formation", "Work and training", "", "travail, job, ouvrage, chômage, carrière, orientation, CJE, carrefour jeunesse", "choisir-un-metier--connaitre-les-opportunites-demploi choisir-un-metier--confirmer-son-choix-de-metier choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite choisir-un-metier--identifier-ses-points-forts-et-ses-competences creer-une-entreprise--structurer-son-projet-de-creation-dentreprise creer-une-entreprise--definir-son-projet-de-creation-dentreprise creer-une-entreprise--developper-son-entreprise souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france"),
    T("job_search", "Recherche d'emploi", "Job search", "employment", "chercher un emploi, CV, curriculum, entrevue, lettre de présentation, employeur, insertion, plateau de travail", "=preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation preparer-sa-candidature--developper-son-reseau preparer-sa-candidature--valoriser-ses-competences trouver-un-emploi--repondre-a-des-offres-demploi trouver-un-emploi--convaincre-un-recruteur-en-entretien trouver-un-emploi--faire-des-candidatures-spontanees trouver-un-emploi--maintien-dans-lemploi trouver-un-emploi--suivre-ses-candidatures-et-relancer-les-employeurs"),
    T("training", "Formation et retour aux études", "Training and return to school", "employment", "cours, études, diplôme, DES, DEP, éducation des adultes, secondaire 5, équivalence, TENS, retour à l'école", "=se-former--trouver-sa-formation se-former--monter-son-dossier-de-formation"),
    T("literacy", "Lecture, écriture et français", "Reading, writing and French", "employment", "alphabétisation, lire, écrire, francisation, cours de français, calcul, analphabète", "=lecture-ecriture-calcul--maitriser-le-francais lecture-ecriture-calcul--maitriser-le-calcul"),
    T("digital", "Informatique et internet", "Computers and internet", "employment", "ordinateur, internet, wifi, tablette, cellulaire, courriel, initiation à l'informatique, clicSÉQUR", "=numerique--maitriser-les-fondamentaux-du-numerique numerique--acceder-a-des-services-en-ligne numerique--acceder-a-une-connexion-internet numerique--acquerir-un-equipement"),
    T("income", "Revenu et démarches", "Income and paperwork", "", "aide sociale, BS, bien-être social, solidarité sociale, pension, SV, supplément de revenu, allocations, formulaires, papiers, carte d'assurance maladie, Service Canada", "=difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits difficultes-administratives-ou-juridiques--beneficier-dune-mesure-daccompagnement-adapte"),
    T("taxes", "Impôts", "Income tax", "income", "impôts, déclaration de revenus, clinique d'impôt, T4, relevé, Revenu Québec", "<difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives"),
    T("legal", "Aide juridique et droits", "Legal help and rights", "income", "avocat, aide juridique, droit, justice, tribunal, plainte, discrimination, casier judiciaire, pardon, notaire, mandat", "=difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination"),
    T("immigration", "Accueil des personnes immigrantes", "Welcome of immigrants", "income", "immigrant, réfugié, nouvel arrivant, immigration, citoyenneté, permis de travail, interprète, visa", "=difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-a-la-citoyennete"),
    T("violence", "Violence et abus", "Violence and abuse", "", "violence conjugale, maison d'hébergement, femme battue, agression, CALACS, CAVAC, victime, harcèlement, abus, frapper, battre, mari violent, conjoint violent, menaces", "=famille--surmonter-conflits-separation-violence"),
    T("anger", "Aide aux comportements violents", "Help for violent behaviour", "violence", "colère, impulsivité, gérer sa colère, homme violent, rage", "<famille--surmonter-conflits-separation-violence"),
    T("other", "Autre besoin", "Other need"),
)
_CLIENTELES = (
    T("everyone", "Tout le monde", "Everyone", "", "tous, toute la population, grand public", "=tous-publics"),
    T("children", "Enfants", "Children", "", "enfant, 0-5 ans, petite enfance, bébé", "<familles"),
    T("youth", "Jeunes", "Youth", "", "jeune, ado, adolescents, jeunes adultes, 12-17 ans", "=jeunes"),
    T("adults", "Adultes", "Adults", "", "adulte, 18 ans et plus"),
    T("senior", "Aînés", "Seniors", "", "aîné, personnes âgées, âge d'or, 65 ans et plus, retraités", "=seniors"),
    T("family", "Familles", "Families", "", "parents, famille, monoparental, mère, père", "=familles"),
    T("women", "Femmes", "Women", "", "femme, filles", "=femmes"),
    T("men", "Hommes", "Men", "", "homme, pères, garçons"),
    T("single", "Personnes seules", "People living alone", "", "personne seule, célibataire, solitude"),
    T("newcomer", "Personnes nouvellement arrivées", "Newcomers", "", "immigrants, réfugiés, nouveaux arrivants", "=personnes-exilees"),
    T("indigenous", "Premières Nations et Inuit", "First Nations and Inuit", "", "autochtones, Atikamekw, Innus, Abénakis"),
    T("disability", "Personnes en situation de handicap", "People with disabilities", "", "handicapés, déficience, mobilité réduite", "=personnes-en-situation-de-handicap"),
    T("low_income", "Personnes à faible revenu", "People with low income", "", "pauvreté, aide sociale, bas revenu", "=beneficiaires-des-minimas-sociaux residents-qpv-frr"),
    T("tenant", "Locataires", "Tenants", "", "HLM, coopérative, résidents"),
    T("homeless", "Personnes en situation d'itinérance", "People experiencing homelessness", "", "itinérants, sans-abri", "<personnes-en-situation-durgence"),
    T("urgent", "Personnes en situation d'urgence", "People in an emergency", "", "urgence, crise, sinistrés", "=personnes-en-situation-durgence"),
    T("lgbt", "Personnes de la diversité sexuelle et de genre", "LGBTQ+ people", "", "LGBT, LGBTQ+, gai, lesbienne, trans, queer"),
    T("caregiver", "Personnes proches aidantes", "Caregivers", "", "aidants naturels, proches aidants"),
    T("jobless", "Personnes sans emploi", "People without work", "", "chômeurs, chômage", "=demandeurs-emploi"),
    T("worker", "Personnes en emploi", "Working people", "", "travailleurs, salariés", "=actifs"),
    T("student", "Étudiantes et étudiants", "Students", "", "étudiant, élève, cégep, université", "=etudiants"),
    T("justice", "Personnes judiciarisées", "People in the justice system", "", "détenus, prison, probation, contrevenants", "=personnes-en-situation-juridique-specifique"),
    T("organization", "Organismes et intervenants", "Organizations and workers", "", "organismes, professionnels, intervenants"),
)
_ACCESS = (
    T("step_free", "Entrée de plain-pied ou rampe", "Step-free entrance or ramp", "", "rampe, fauteuil roulant, plain-pied, sans marche"),
    T("wheelchair", "Accessible en fauteuil roulant", "Wheelchair accessible", "", "fauteuil roulant, mobilité réduite, marchette, accessible"),
    T("lift", "Ascenseur", "Lift", "", "ascenseur, monte-personne, plateforme"),
    T("automatic_door", "Porte automatique", "Automatic door", "", "bouton, ouvre-porte"),
    T("accessible_toilet", "Toilette adaptée", "Accessible toilet", "", "toilettes, salle de bain adaptée"),
    T("reserved_parking", "Stationnement réservé", "Reserved parking", "", "vignette, stationnement handicapé"),
    T("public_transport", "Près du transport en commun", "Near public transport", "", "autobus, arrêt, métro"),
    T("hearing", "Aide à l'audition ou LSQ", "Hearing help or LSQ", "", "malentendant, sourd, langue des signes, LSQ, boucle magnétique"),
    T("seeing", "Aide à la vision", "Help for low vision", "", "malvoyant, aveugle, braille, gros caractères"),
    T("plain_language", "Langage clair et documents faciles à lire", "Plain language", "", "facile à lire, pictogrammes"),
    T("service_animal", "Chien d'assistance bienvenu", "Service animals welcome", "", "chien guide, chien Mira"),
    T("quiet", "Lieu calme", "Quiet place", "", "calme, peu de bruit, autisme"),
)
_MODES = (
    T("in_person", "Sur place", "In person", "", "au bureau, en personne, présentiel", "=en-presentiel"),
    T("home", "À domicile", "At home", "", "chez vous, à la maison, visite", "<en-presentiel"),
    T("outreach", "Dans le milieu", "Outreach", "", "travail de rue, travail de proximité, HLM", "<en-presentiel"),
    T("phone", "Par téléphone", "By telephone", "", "ligne, appel, écoute", "=a-distance"),
    T("online", "En ligne", "Online", "", "vidéo, zoom, internet, clavardage, visioconférence", "=a-distance"),
    T("walk_in", "Sans rendez-vous", "Walk-in", "", "sans rendez-vous, libre accès, accueil", "<en-presentiel"),
    T("appointment", "Sur rendez-vous", "By appointment", "", "rendez-vous, prendre rendez-vous"),
    T("group", "En groupe", "In a group", "", "atelier, groupe, café-rencontre"),
    T("delivery", "Livraison", "Delivery", "", "livré, à la porte"),
    T("referral", "Sur référence d'un intervenant", "On referral", "", "référence, recommandation, demande d'un professionnel"),
    T("registration", "Sur inscription", "On registration", "", "inscription, s'inscrire, membre"),
)
# fmt: on

NEEDS, CLIENTELES, ACCESS, WAYS = "needs", "clienteles", "accessibility", "modes"
TAXONOMIES = (
    ShippedTaxonomy(NEEDS, TaxonomyKind.NEED, "Besoins", "À quoi un service répond.", THEMES, _NEEDS),
    ShippedTaxonomy(CLIENTELES, TaxonomyKind.CLIENTELE, "Clientèles", "À qui il s'adresse.", PUBLICS, _CLIENTELES),
    ShippedTaxonomy(
        ACCESS, TaxonomyKind.ACCESS, "Accessibilité", "Ce qui rend un lieu facile à utiliser.", "", _ACCESS
    ),
    ShippedTaxonomy(WAYS, TaxonomyKind.MODE, "Modes d'accueil", "Comment on est reçu.", MODES, _MODES),
)


def uid_of_term(taxonomy: str, code: str) -> UUID:
    """The identifier of a shipped term, the same in every installation."""
    return uuid5(SPACE, f"{taxonomy}/{code}")
