"""What the import pages ask: a file, then its columns and options."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from .importer import Importer

_PREFIX = "col-"


class FileForm(forms.Form):
    """What is imported, and the file."""

    importer = forms.ChoiceField(widget=forms.RadioSelect)
    file = forms.FileField()

    def __init__(self, *args: Any, importers: list[Importer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.importers = {importer.name: importer for importer in importers}
        kind = self.fields["importer"]
        assert isinstance(kind, forms.ChoiceField)
        kind.label = _("Que contient le fichier ?")
        kind.choices = [(importer.name, importer.title) for importer in importers]
        if len(importers) == 1:
            kind.widget = forms.HiddenInput()
            kind.initial = importers[0].name
        self.fields["file"].label = _("Fichier")
        self.fields["file"].error_messages |= {
            "required": _("Choisissez un fichier."),
            "empty": _("Le fichier est vide (0 octet)."),
        }


class ColumnsForm(forms.Form):
    """Which column holds which field, the sheet or layer, and the options."""

    def __init__(
        self, *args: Any, importer: Importer, actor: Any, report: dict[str, Any], job: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.importer = importer
        layers = report.get("layers") or []
        if len(layers) > 1:
            self.fields["layer"] = forms.ChoiceField(
                label=_("Feuille ou couche"),
                required=False,
                choices=[(name, name) for name in layers],
                initial=job.layer or report.get("layer", ""),
            )
        for option in importer.options:
            self.fields[f"opt-{option.name}"] = _option_field(option, actor, job.options.get(option.name))
        headers = report.get("sample", {}).get("headers", [])
        choices = [("", _("— aucune —")), *((title, title) for title in headers)]
        columns = report.get("columns", {})
        for one in importer.fields if importer.has_columns else ():
            self.fields[_PREFIX + one.name] = forms.ChoiceField(
                label=one.label,
                required=False,
                choices=choices,
                initial=columns.get(one.name, ""),
                help_text=one.help,
            )

    def column_fields(self) -> list[forms.BoundField]:
        """The fields that choose a column."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    def other_fields(self) -> list[forms.BoundField]:
        """The sheet and the options."""
        return [self[name] for name in self.fields if not name.startswith(_PREFIX)]

    def asked(self) -> dict[str, Any]:
        """What a job takes over. Another sheet has other columns: they are recognized again."""
        data = self.cleaned_data
        columns = {
            name.removeprefix(_PREFIX): value for name, value in data.items() if name.startswith(_PREFIX) and value
        }
        options = {name.removeprefix("opt-"): value for name, value in data.items() if name.startswith("opt-")}
        found: dict[str, Any] = {"options": options, "columns": columns if self.importer.has_columns else None}
        if "layer" in data:
            found["layer"] = data["layer"]
            if "layer" in self.changed_data:
                found["columns"] = None
        return found


def _option_field(option: Any, actor: Any, value: Any) -> forms.Field:
    choices = option.choices(actor)
    common = {"label": option.label, "required": option.required, "help_text": option.help, "initial": value}
    if not choices and option.name != "program":
        return forms.CharField(max_length=300, **common)
    if option.several:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(choices=choices if option.required else _with_blank(choices), **common)


def _with_blank(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return choices if any(code == "" for code, _label in choices) else [("", "—"), *choices]
