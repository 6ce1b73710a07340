"""What the pages of letters ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from maillage.concertation.models import Newsletter

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NewLetterForm(forms.Form):
    """The title and the days that a letter covers."""

    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    start = forms.DateField(label=gettext_lazy("Ce qui est nouveau depuis le"), widget=DAY)
    end = forms.DateField(label=gettext_lazy("Jusqu'au"), widget=DAY)


class LetterForm(forms.ModelForm):
    """The title and the opening words; lines have fields of their own, two each."""

    class Meta:
        model = Newsletter
        fields = ("title", "introduction")
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}


def lines_said(letter: Newsletter, data: Any) -> list[list[tuple[bool, str]]]:
    """What was sent for each line of `letter`: whether it is kept, and its words."""
    return [
        [
            (f"keep-{i}-{j}" in data, data.get(f"words-{i}-{j}", line["title"]))
            for j, line in enumerate(section["lines"])
        ]
        for i, section in enumerate(letter.content)
    ]


def lines_shown(letter: Newsletter, data: Any = None) -> list[dict[str, Any]]:
    """The sections of `letter` with what stands in their fields: what was typed, else what is kept."""
    said = lines_said(letter, data) if data is not None else None
    return [
        {
            "kind": section["kind"],
            "lines": [
                {
                    "name": f"{i}-{j}",
                    "kept": said[i][j][0] if said else line["kept"],
                    "words": said[i][j][1] if said else line["title"],
                    "public": line["public"],
                    "note": line["note"],
                }
                for j, line in enumerate(section["lines"])
            ],
        }
        for i, section in enumerate(letter.content)
    ]
