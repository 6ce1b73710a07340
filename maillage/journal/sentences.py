"""Sentences that refuse a draft where the device can tell as well as the server: written once, the page's script reads
them as data. Placeholders are Python's: `%s` is the label or the number, the others bear their name."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "no_date": _("Donnez la date."),
    "not_a_date": _("« %s » n'est pas une date : écrivez-la AAAA-MM-JJ."),
    "future": _("Cette date est dans le futur : inscrivez le jour où l'intervention a eu lieu."),
    "before_start": _("%(program)s commence le %(day)s : choisissez une date à partir de ce jour."),
    "after_end": _("%(program)s a pris fin le %(day)s : choisissez une date jusqu'à ce jour."),
    "no_place": _("Choisissez le milieu, ou la MRC quand ce n'est pas un milieu d'habitation."),
    "no_count": _("%s : inscrivez un nombre."),
    "not_a_count": _("« %s » n'est pas un nombre entier : écrivez-le en chiffres."),
    "bounds": _("%(field)s : inscrivez un nombre de %(low)s à %(high)s."),
    "no_choice": _("%s : faites un choix."),
    "long_note": _("La note compte %(length)s caractères ; elle peut en compter %(high)s."),
    "nobody": _("Une intervention individualisée rejoint au moins une personne."),
    "participations": _("Il y a moins de participations que de participants : vérifiez les deux."),
    "referred_over_persons": _(
        "Personnes référées : %(referred)s, personnes rejointes : %(persons)s. Corrigez l'un des deux nombres."
    ),
    "referred_under_most": _("Une référence concerne %s personnes : comptez-les toutes ici."),
    "referred_over_total": _(
        "Les références concernent %s personnes en tout : il ne peut y avoir plus de personnes référées."
    ),
    "many_referrals": _("Une intervention porte au plus %s références."),
    "no_destination": _("Choisissez vers où la personne a été référée."),
}


def as_json() -> dict[str, str]:
    """The sentences in the language of the page."""
    return {name: str(sentence) for name, sentence in SENTENCES.items()}
