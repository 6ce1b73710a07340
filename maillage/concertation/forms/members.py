"""What the pages of members ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity, MemberRole
from maillage.concertation.models import Member

from .fields import DayField, OrganizationField


class MemberForm(forms.Form):
    """Somebody in a group: who, for which organization, as what, in which role, since and until when.

    `known` is a person of the directory or one who has an account: their name is theirs, and is not asked.
    """

    name = forms.CharField(label=_("Nom"), max_length=200)
    email = forms.EmailField(
        label=_("Courriel"), required=False,
        help_text=_("Pour les invitations et les comptes rendus. Sans courriel, la personne est membre sans rien recevoir."),
        error_messages={"invalid": _("Écrivez un courriel complet, par exemple nom@organisme.ca.")},
    )  # fmt: skip
    capacity = forms.ChoiceField(label=_("À titre de"), choices=Capacity.choices, widget=forms.RadioSelect)
    organization = OrganizationField(
        label=_("Pour quelle organisation"), required=False,
        help_text=_("Vide pour une personne locataire ou citoyenne, qui parle en son nom."),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Rôle"), choices=MemberRole.choices, widget=forms.RadioSelect, initial=MemberRole.MEMBER
    )
    start = DayField(label=_("Depuis le"), required=False)
    end = DayField(label=_("Jusqu'au"), required=False, help_text=_("Le dernier jour où la personne lit le groupe."))

    def __init__(self, *args: Any, known: bool = False, member: Member | None = None, **options: Any) -> None:
        if member is not None:
            shown = {name: getattr(member, name) for name in ("capacity", "role", "start", "end")}
            shown |= {"name": member.person.name, "email": member.person.email}
            if member.organization is not None:
                shown["organization"] = member.organization.name
            options["initial"] = shown | options.get("initial", {})
        super().__init__(*args, **options)
        if known:
            del self.fields["name"], self.fields["email"]

    def clean(self) -> dict[str, Any]:
        """A membership ends after it begins."""
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["start"] > data["end"]:
            self.add_error("end", _("La fin précède le début."))
        return data
