"""What the pages of documents and photos ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from maillage.core.fields import DayField
from maillage.projects.enums import DocumentKind
from maillage.projects.models import ProjectDocument

KINDS = [(kind.value, kind.label) for kind in DocumentKind if kind != DocumentKind.PHOTO]


class Shown(TextChoices):
    """What is known of the people on a photo."""

    NOBODY = "nobody", _("Personne n'y est reconnaissable")
    AGREED = "agreed", _("Les personnes reconnaissables ont consenti")
    WAITING = "waiting", _("Pas de consentement : la photo reste entre nous")


class DocumentForm(forms.Form):
    """A file, what it is, its title."""

    file = forms.FileField(label=_("Fichier"), max_length=300, allow_empty_file=True)
    kind = forms.ChoiceField(label=_("C'est"), choices=KINDS, initial=DocumentKind.DOCUMENT, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Titre"), required=False, max_length=200, help_text=_("Vide : le nom du fichier."))


class PhotoForm(forms.Form):
    """What is said of a photo; the file only when it is new."""

    file = forms.FileField(label=_("Photo"), max_length=300, allow_empty_file=True)
    alternative = forms.CharField(
        label=_("Ce que montre la photo"),
        required=False,
        max_length=300,
        help_text=_("En quelques mots, pour qui ne la voit pas. Sans nommer personne."),
    )
    title = forms.CharField(label=_("Titre"), required=False, max_length=200)
    credit = forms.CharField(label=_("Crédit"), required=False, max_length=200, help_text=_("Qui a pris la photo."))
    people = forms.ChoiceField(
        label=_("Les personnes sur la photo"), choices=Shown, initial=Shown.WAITING, widget=forms.RadioSelect
    )
    consent_on = DayField(label=_("Consentement obtenu le"), required=False)
    consent_words = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=300,
        help_text=_("Par exemple : formulaires signés, gardés à l'office. Sans nommer personne."),
    )
    is_public = forms.BooleanField(label=_("Montrer sur la fiche publique"), required=False)

    def __init__(self, *args: Any, photo: ProjectDocument | None = None, edits: bool, **options: Any) -> None:
        if photo is not None:
            names = ("alternative", "title", "credit", "consent_on", "consent_words", "is_public")
            options["initial"] = {**{name: getattr(photo, name) for name in names}, "people": shown_of(photo)}
        super().__init__(*args, **options)
        if photo is not None:
            del self.fields["file"]
        if not edits:
            del self.fields["is_public"]

    def clean(self) -> dict[str, Any]:
        """A consent has its day; a public photo has a consent, or nobody to recognise."""
        said = super().clean() or {}
        people = said.get("people")
        if people == Shown.AGREED and not said.get("consent_on") and "consent_on" not in self.errors:
            self.add_error("consent_on", ValidationError(_("Dites quand les personnes ont consenti.")))
        if said.get("is_public") and people == Shown.WAITING:
            sentence = _(
                "Une photo ne paraît que si les personnes reconnaissables y ont consenti, ou s'il n'y en a pas."
            )
            self.add_error("is_public", ValidationError(sentence))
        return said

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = self.cleaned_data
        agreed = said["people"] == Shown.AGREED
        kept: dict[str, Any] = {
            name: said[name] for name in ("alternative", "title", "credit", "is_public") if name in said
        }
        return {
            **kept,
            "nobody_recognisable": said["people"] == Shown.NOBODY,
            "consent_on": said["consent_on"] if agreed else None,
            "consent_words": said["consent_words"] if agreed else "",
        }


def shown_of(photo: ProjectDocument) -> str:
    """What is known of the people on `photo`."""
    if photo.nobody_recognisable:
        return Shown.NOBODY
    return Shown.AGREED if photo.consent_on else Shown.WAITING
