"""What the pages of needs ask."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Capacity, NeedState
from maillage.concertation.models import Group, Meeting, NamedNeed
from maillage.programs.enums import VocabularyKind
from maillage.programs.models import Term
from maillage.territories.models import HousingSite

from .row_field import RowField

OFFERED = 100  # lines at most of a list to choose in
STATEMENT = forms.Textarea(attrs={"rows": 2, "maxlength": 300})
DETAILS = forms.Textarea(attrs={"rows": 4, "maxlength": 3000})


class NeedForm(forms.ModelForm):
    """A need as it is named or written better: in one sentence, without a name."""

    mine = forms.BooleanField(
        label=_("Dire que c'est moi qui le nomme"),
        required=False,
        help_text=_("Sinon, le groupe lit seulement à quel titre le besoin est nommé."),
    )

    class Meta:
        model = NamedNeed
        fields = ("statement", "details", "named_as", "term", "site", "meeting")
        widgets = {"statement": STATEMENT, "details": DETAILS, "named_as": forms.RadioSelect}
        help_texts = {
            "statement": _("Ce qui manque, et à qui. Personne n'y est nommé."),
            "named_as": _(
                "Vous écrivez ce que quelqu'un a dit à voix haute ? Choisissez à quel titre cette personne parle."
            ),
        }

    def __init__(self, *args: Any, group: Group, asks_who: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["named_as"].choices = Capacity.choices  # type: ignore[attr-defined]
        if not asks_who:
            del self.fields["mine"]
        self._offer("term", terms_of(group), _("Je ne sais pas"))
        self._offer("site", sites_of(group), _("Aucun en particulier"))
        self._offer("meeting", meetings_of(group), _("En dehors d'une rencontre"))

    def _offer(self, name: str, offered: Any, empty: Any) -> None:
        rows, kept = list(offered[:OFFERED]), getattr(self.instance, name)
        rows += [kept] if kept is not None and kept not in rows else []
        label = self.fields.pop(name).label
        if rows:
            self.fields[name] = RowField(rows, empty, label=label)


class MoveForm(forms.Form):
    """What came of a need."""

    state = forms.ChoiceField(
        label=_("Où en est ce besoin ?"),
        choices=[choice for choice in NeedState.choices if choice[0] != NeedState.PROPOSED],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Ce qui en est ressorti"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Quiconque a le code du besoin le lira, sans compte : ne nommez personne."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, group: Group, meetings: list[Meeting] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if rows := list(meetings_of(group)[:OFFERED]) if meetings is None else meetings:
            self.fields["meeting"] = RowField(rows, _("En dehors d'une rencontre"), label=_("Dans quelle rencontre ?"))


def terms_of(group: Group) -> Any:
    """Needs of the vocabularies of the group's programmes."""
    found = Term.objects.filter(frame__programs__in=group.programs.order_by().values("pk")).distinct()
    return found.filter(vocabulary=VocabularyKind.NEED).order_by("position", "id")


def sites_of(group: Group) -> Any:
    """The group's sites, else those of its programmes."""
    own = Q(groups=group)
    if not group.sites.exists():
        own = Q(program_sites__program__in=group.programs.order_by().values("pk"))
    return HousingSite.objects.filter(own).distinct().order_by("name", "id")


def meetings_of(group: Group) -> Any:
    """The group's meetings that have a date, the latest first."""
    return Meeting.objects.filter(group=group, starts_at__isnull=False).order_by("-starts_at", "-id")
