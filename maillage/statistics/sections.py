"""The order in which a portrait is read, and the words of its tables. Words are looked up in the language in force."""

from django.utils.translation import gettext_lazy as _

# Sections: a heading and the tables below it, in order.
SECTIONS = (
    ("ou", _("Où et avec qui"), ("tenure", "groups_reached", "territory", "contact_place")),
    ("quoi", _("Ce qui est fait"), ("nature", "action", "contact_rank", "success")),
    (
        "references",
        _("Références vers les ressources"),
        (
            *("persons_referred", "referral_destination"),
            *("referral_need_health", "referral_need_community", "referral_kind"),
        ),
    ),
    ("collectif", _("Actions collectives"), ("collective_kind", "participations")),
    ("axes", _("Axes de service"), ("axes", "axes_crossing")),
    ("themes", _("Thèmes"), ("themes",)),
    ("couverture", _("Couverture et heures"), ("coverage", "coverage_tenure", "hours_by_role", "logged_hours_by_role")),
    (
        "rencontres",
        _("Rencontres et formations"),
        ("meetings", "participations_by_capacity", "participants_by_capacity", "meeting_hours"),
    ),
    (
        "activites",
        _("Activités"),
        ("sessions", "participations_by_audience", "participants_by_audience", "session_hours"),
    ),
    ("temps", _("Dans le temps"), ("monthly",)),
)
OTHER = ("autres", _("Autres tableaux"))

# Tables in which the largest line comes first. The others keep the order of their vocabulary.
RANKED = {
    "groups_reached",
    "referral_need_health",
    "referral_need_community",
    "action",
    "contact_place",
    "referral_kind",
    "participations",
    "logged_hours_by_role",
    "success",
    "themes",
    "territory",
}

# What is counted, as the heading of the column of figures.
UNITS = {
    "entries": _("Interventions"),
    "persons": _("Personnes"),
    "referrals": _("Références"),
    "hours": _("Heures"),
    "sites": _("Milieux"),
    "participations": _("Participations"),
    "meetings": _("Rencontres"),
    "sessions": _("Séances"),
}

# Of what the shares are, after a number: « 10 412 interventions ».
DENOMINATORS = {
    "referral_need_health": _("références vers les services du CISSS"),
    "referral_need_community": _("références vers des organismes communautaires"),
    "collective_kind": _("interventions collectives"),
    "persons_referred": _("personnes rencontrées individuellement"),
    "coverage": _("milieux visés"),
    "coverage_tenure": _("milieux couverts"),
    "hours_by_role": _("heures par semaine"),
    "logged_hours_by_role": _("heures inscrites au journal"),
    "contact_rank": _("interventions où le contact est précisé"),
    "meeting_hours": _("heures de rencontre et de formation"),
    "participants_by_capacity": _("personnes connues"),
    "session_hours": _("heures d'activité"),
    "participants_by_audience": _("participants comptés"),
}
DENOMINATORS_OF_UNIT = {
    "entries": _("interventions"),
    "persons": _("personnes"),
    "referrals": _("références"),
    "hours": _("heures"),
    "sites": _("milieux"),
    "participations": _("participations"),
    "meetings": _("rencontres et formations tenues"),
    "sessions": _("séances tenues"),
}
