"""The coding frame that is shipped: a starting point that each programme edits.

Actions follow the eight items of the 2007 reference framework on community support in social housing, with lease
management beside them, as organizations log it. Axes are the four of community organizing in Québec's health
network. The other vocabularies are ours: they carry what source 001 published and what its workers name.
Each line: code, French label, English label, code of the parent (or ""), sensitive or not.
"""

from .enums import VocabularyKind as V

Line = tuple[str, str, str, str, bool]


def _(code: str, french: str, english: str, parent: str = "", sensitive: bool = False) -> Line:
    return (code, french, english, parent, sensitive)


FRAME_NAME = "Cadre de 2007 et vocabulaires de départ"
FRAME_SOURCE = "Cadre de référence sur le soutien communautaire en logement social (MSSS et SHQ, 2007)"

TERMS: dict[str, list[Line]] = {
    V.ACTION: [
        _("welcome", "Accueil", "Welcome"),
        _("referral", "Référence", "Referral"),
        _("accompaniment", "Accompagnement auprès des services publics", "Accompaniment to public services"),
        _("conflict", "Gestion des conflits entre locataires", "Conflicts between tenants"),
        _("crisis", "Intervention en situation de crise", "Crisis intervention"),
        _("psychosocial", "Intervention psychosociale", "Psychosocial intervention"),
        _(
            "committee_support",
            "Soutien au comité de locataires et aux autres comités",
            "Support to tenants' committees",
        ),
        _("community_organizing", "Organisation communautaire", "Community organizing"),
        _("lease", "Gestion du bail", "Lease management"),
    ],
    V.GROUP: [
        _("youth_family", "Jeunes et familles", "Youth and families"),
        _("youth", "Jeunes", "Youth", "youth_family"),
        _("family", "Familles", "Families", "youth_family"),
        _("senior", "Aînés", "Seniors"),
        _("single", "Personnes seules", "People living alone"),
        _("newcomer", "Personnes nouvellement arrivées", "Newcomers"),
        _("disability", "Personnes en situation de handicap", "People with disabilities"),
        _("other", "Autres adultes", "Other adults"),
    ],
    V.THEME: [
        _("neighbours", "Vie entre voisins", "Neighbour relations"),
        _("isolation", "Isolement", "Isolation"),
        _("mental_health", "Santé mentale", "Mental health", "", True),
        _("health", "Santé physique et autonomie", "Physical health and autonomy"),
        _("food", "Alimentation", "Food"),
        _("budget", "Budget et revenus", "Budget and income"),
        _("housing", "Logement et salubrité", "Housing and upkeep"),
        _("safety", "Sécurité", "Safety"),
        _("school", "École et persévérance", "School"),
        _("employment", "Emploi et formation", "Work and training"),
        _("parenting", "Vie de famille", "Family life"),
        _("leisure", "Loisirs et activités", "Leisure"),
        _("participation", "Participation citoyenne", "Citizen participation"),
        _("rights", "Droits et démarches", "Rights and paperwork"),
        _("transport", "Transport", "Transport"),
        _("grief", "Deuils et pertes", "Grief and loss"),
        _("substance", "Dépendances", "Substance use", "", True),
        _("violence", "Violence et abus", "Violence and abuse", "", True),
        _("intercultural", "Relations interculturelles", "Intercultural relations"),
        _("intergenerational", "Liens entre générations", "Links between generations"),
    ],
    V.AXIS: [
        _("SOM", "Soutien aux organismes du milieu", "Support to local organizations"),
        _("DCL", "Développement des communautés locales", "Development of local communities"),
        _("DSS", "Actions sur les déterminants sociaux de la santé", "Action on social determinants of health"),
        _("RPD", "Contribution à la responsabilité populationnelle", "Contribution to population responsibility"),
    ],
    V.NEED: [
        _("mental_health", "Santé mentale", "Mental health", "", True),
        _("senior_autonomy", "Aînés en perte d'autonomie", "Seniors losing autonomy"),
        _("physical_health", "Santé physique", "Physical health"),
        _("youth_services", "Services à la jeunesse et aux familles", "Youth and family services"),
        _("addiction", "Dépendances", "Substance use", "", True),
        _("home_support", "Soutien à domicile", "Home support"),
        _("food", "Aide alimentaire", "Food assistance"),
        _("budget", "Aide budgétaire", "Budget assistance"),
        _("furniture", "Vêtements et meubles", "Clothing and furniture"),
        _("parenting", "Soutien aux parents", "Support to parents"),
        _("social_life", "Vie sociale et loisirs", "Social life and leisure"),
        _("transport", "Transport", "Transport"),
        _("housing", "Logement et droits des locataires", "Housing and tenants' rights"),
        _("employment", "Emploi et formation", "Work and training"),
        _("income", "Revenu et démarches", "Income and paperwork"),
        _("violence", "Violence et abus", "Violence and abuse", "", True),
        _("other", "Autre besoin", "Other need"),
    ],
    V.CONTACT_PLACE: [
        _("dwelling", "Logement", "Dwelling"),
        _("common_room", "Salle communautaire", "Common room"),
        _("entrance", "Entrée, corridor, escalier", "Entrance, corridor, stairs"),
        _("outdoors", "Cour et alentours", "Yard and surroundings"),
        _("park", "Parc", "Park"),
        _("youth_centre", "Maison des jeunes", "Youth centre"),
        _("food_bank", "Banque alimentaire", "Food bank"),
        _("school", "École", "School"),
        _("organization", "Organisme du milieu", "Local organization"),
        _("office", "Bureau", "Office"),
        _("phone", "Téléphone", "Telephone"),
        _("online", "En ligne", "Online"),
        _("other", "Autre lieu", "Other place"),
    ],
    V.COLLECTIVE_KIND: [
        _("group_project", "Projets et démarches de groupe", "Group projects"),
        _("tenant_association", "Association des locataires (ADL)", "Tenants' association"),
        _("other", "Autres actions collectives", "Other collective action"),
    ],
    V.DESTINATION: [
        _("health", "Services du CISSS", "Health and social services"),
        _("community", "Organismes communautaires", "Community organizations"),
        _("other", "Autres destinations", "Other destinations"),
        _("housing_office", "Office ou propriétaire", "Housing office or owner", "other"),
        _("municipal", "Municipalité ou MRC", "Municipality or MRC", "other"),
        _("education", "Réseau de l'éducation", "Education network", "other"),
        _("government", "Services gouvernementaux", "Government services", "other"),
    ],
    V.REFERRAL_KIND: [
        _("information", "Information donnée", "Information given"),
        _("joint_call", "Appel fait ensemble", "Call made together"),
        _("accompanied", "Personne accompagnée", "Person accompanied"),
        _("transferred", "Relais transmis", "Handed over"),
    ],
    V.SUCCESS: [
        _("first_activity", "Participe à une activité pour la première fois", "First activity"),
        _("asked_help", "Demande de l'aide", "Asked for help"),
        _("reached_service", "S'est rendue au service", "Reached the service"),
        _("mutual_help", "Entraide entre voisins", "Mutual help"),
        _("congratulated", "Se fait féliciter", "Was congratulated"),
        _("school_results", "Meilleurs résultats scolaires", "Better school results"),
        _("joined_group", "S'engage dans un comité ou un projet", "Joined a committee or project"),
        _("conflict_eased", "Conflit apaisé", "Conflict eased"),
    ],
}
