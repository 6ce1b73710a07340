from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.programs.models import Program, Term

from .fields import DayField


class TermForm(forms.Form):
    """A term of a vocabulary. The code of a term that has served is shown and not asked."""

    label_fr = forms.CharField(label=_("Libellé français"), max_length=150)
    label_en = forms.CharField(
        label=_("Libellé anglais"), max_length=150, required=False, widget=forms.TextInput(attrs={"lang": "en"})
    )
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Court, sans accent ni espace. Il figure dans les fichiers et ne change plus une fois utilisé."),
        error_messages={"invalid": _("Le code n'a que des lettres sans accent, des chiffres, « _ » et « - ».")},
    )
    parent = forms.ModelChoiceField(
        label=_("Fait partie de"), required=False, queryset=Term.objects.none(), empty_label=_("Aucun : premier niveau")
    )
    definition = forms.CharField(
        label=_("Définition"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensible"),
        required=False,
        help_text=_("Publié avec une protection plus forte des petits nombres."),
    )
    valid_from = DayField(label=_("Valide depuis"), required=False)
    valid_to = DayField(label=_("Valide jusqu'au"), required=False)

    def __init__(
        self, *args: Any, program: Program, vocabulary: str, term: Term | None = None, used: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        tops = program.frame.terms.of(vocabulary).filter(parent=None)
        self.fields["parent"].queryset = tops.exclude(pk=term.pk) if term else tops
        if used:
            del self.fields["code"]
