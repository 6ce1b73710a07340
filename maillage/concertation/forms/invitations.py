"""What the page of invitations asks."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_BETWEEN = re.compile(r"[\s,;]+")


class InvitationForm(forms.Form):
    """Whom to invite, and a word to say."""

    members = forms.BooleanField(label=gettext_lazy("Les membres du groupe"), required=False, initial=True)
    extra = forms.CharField(
        label=gettext_lazy("Autres courriels"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Un par ligne, ou séparés par une virgule."),
    )
    word = forms.CharField(
        label=gettext_lazy("Un mot qui ouvre le courriel"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_extra(self) -> list[str]:
        """The addresses, each judged."""
        found = [email.lower() for email in _BETWEEN.split(self.cleaned_data["extra"]) if email]
        wrong = []
        for email in found:
            try:
                validate_email(email)
            except ValidationError:
                wrong.append(email)
        if wrong:
            raise ValidationError(
                _("Ces adresses ne se lisent pas : %(wrong)s. Corrigez-les ou retirez-les."),
                params={"wrong": ", ".join(wrong[:10])},
            )
        return list(dict.fromkeys(found))
