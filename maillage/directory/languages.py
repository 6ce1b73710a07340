"""Languages by their ISO 639 codes, in words: those that the directory offers as a filter."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "fr": _("français"),
    "en": _("anglais"),
    "es": _("espagnol"),
    "ar": _("arabe"),
    "fcs": _("langue des signes québécoise"),
    "ht": _("créole haïtien"),
    "pt": _("portugais"),
    "uk": _("ukrainien"),
    "fa": _("persan ou dari"),
    "sw": _("swahili"),
    "zh": _("chinois"),
    "moe": _("innu"),
    "atj": _("atikamekw"),
}
_SAME = {
    "fra": "fr",
    "fre": "fr",
    "eng": "en",
    "spa": "es",
    "ara": "ar",
    "hat": "ht",
    "por": "pt",
    "ukr": "uk",
    "fas": "fa",
    "prs": "fa",
}


def language_in_words(code: str, name: str = "") -> str:
    """The name that a sheet gives to a language, else the one of its code, else the code."""
    known = LANGUAGES.get(_SAME.get(code.lower(), code.lower()))
    return name or str(known or code)
