"""Imports the journal that a team kept in a spreadsheet."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.core.decision import YES, Decision, no
from maillage.core.errors import Refused
from maillage.core.imports import Field, Importer, Option
from maillage.core.tabular import Table
from maillage.core.tabular.cells import to_day, to_integer, to_note
from maillage.journal.permissions import can_log_all
from maillage.programs.models import Program
from maillage.programs.permissions import can_coordinate
from maillage.programs.queries import coordinates_somewhere

from . import cells, choices
from .entry_examiner import EntryExaminer
from .long_format import widened

_count = partial(to_integer, low=0, high=100_000)


def _coordinated(actor: Any) -> list[tuple[str, str]]:
    programs = Program.objects.order_by("-start", "id")
    if not actor.is_administrator:
        programs = Program.objects.visible_to(actor).order_by("-start", "id")
    return [(program.slug, program.name) for program in programs if can_coordinate(actor, program)]


class EntryImporter(Importer):
    """Entries of one programme; a line already imported is recognized by what it says."""

    name = "journal"
    section = "journal"
    title = gettext_lazy("Journal tenu dans un tableur")
    lead = gettext_lazy(
        "Une ligne par intervention, ou plusieurs lignes qui portent le même numéro. Les choix : dans une cellule, ou une colonne par choix."
    )
    subject = gettext_lazy("un journal d'interventions")
    fields = (
        Field("date", gettext_lazy("Date"), ("date de l'intervention", "jour", "date intervention", "day", "event date", "date de rencontre"), required=True, parse=to_day),
        Field("number", gettext_lazy("Numéro de l'intervention"), ("no intervention", "id", "identifiant", "numéro", "event", "no"),
              help=gettext_lazy("Les lignes qui portent le même numéro sont réunies.")),
        Field("worker", gettext_lazy("Intervenant·e"), ("intervenant", "intervenante", "nom de l'intervenant", "travailleur", "worker", "courriel", "par", "submitted by", "agent")),
        Field("site", gettext_lazy("Milieu"), ("milieu d'habitation", "site", "hlm", "immeuble", "lieu d'habitation", "numéro du milieu", "habitation", "building")),
        Field("mrc", gettext_lazy("MRC"), ("code mrc", "territoire")),
        Field("nature", gettext_lazy("Nature"), ("type d'intervention", "individuel ou collectif", "ind coll", "type", "kind"), parse=cells.nature),
        Field("persons", gettext_lazy("Personnes rejointes"), ("nb personnes", "nombre de personnes", "personnes", "persons", "nb de personnes", "people reached"), parse=_count),
        Field("minutes", gettext_lazy("Durée en minutes"), ("durée", "minutes", "temps", "duration", "durée min", "temps en minutes"), parse=cells.minutes),
        Field("hours", gettext_lazy("Durée en heures"), ("heures", "nb heures", "hours", "temps en heures", "nombre d'heures"), parse=cells.hours),
        Field("action", gettext_lazy("Actions"), ("action", "types d'action", "actions posées", "actions du cadre")),
        Field("group", gettext_lazy("Groupes rejoints"), ("groupe", "groupes", "clientèle", "clientèles", "groups", "public")),
        Field("theme", gettext_lazy("Thèmes"), ("thème", "sujet", "sujets", "themes", "topic", "problématique", "problématiques")),
        Field("axis", gettext_lazy("Axes de service"), ("axe", "axes", "axis")),
        Field("success", gettext_lazy("Petits succès"), ("succès", "petit succès", "success", "successes")),
        Field("contact_place", gettext_lazy("Lieu du contact"), ("lieu", "lieu de contact", "lieu de rencontre", "place")),
        Field("contact_rank", gettext_lazy("Contact"), ("rang du contact", "premier contact ou suivi", "contact rank"), parse=cells.contact_rank),
        Field("contact_initiative", gettext_lazy("Initiative"), ("initiative du contact", "contact initiative"), parse=cells.contact_initiative),
        Field("collective_kind", gettext_lazy("Type d'action collective"), ("type collectif", "type d'activité collective", "collective kind")),
        Field("participants", gettext_lazy("Participants distincts"), ("participants", "nb participants", "nombre de participants"), parse=_count),
        Field("participations", gettext_lazy("Participations"), ("présences", "nb participations", "attendances"), parse=_count),
        Field("destination", gettext_lazy("Destination de la référence"), ("référence", "référé à", "référé vers", "destination", "referral", "type de référence")),
        Field("target", gettext_lazy("Service ou organisation"), ("référé chez", "organisme de référence", "service de référence", "referred to", "organisation de référence"),
              help=gettext_lazy("Un nom du répertoire : « service (organisation) », ou une organisation.")),
        Field("need", gettext_lazy("Besoin"), ("besoin de la référence", "motif", "motif de référence", "need")),
        Field("referral_kind", gettext_lazy("Forme de la référence"), ("forme de référence", "referral kind")),
        Field("referred", gettext_lazy("Personnes référées"), ("nb référés", "nb personnes référées", "personnes référées", "referred"), parse=_count),
        Field("note", gettext_lazy("Note"), ("notes", "commentaire", "commentaires", "remarques", "description", "comment"), parse=to_note),
    )  # fmt: skip
    options = (
        Option("program", gettext_lazy("Programme"), _coordinated, required=True),
        Option(
            "workers",
            gettext_lazy("Personnes que le programme ne connaît pas"),
            lambda actor: [
                ("", _("Refuser leurs lignes")),
                ("create", _("Les inscrire à l'équipe, sans compte")),
            ],
        ),
        Option(
            "notes",
            gettext_lazy("Notes où une identité est soupçonnée"),
            lambda actor: [("", _("Les laisser de côté")), ("keep", _("Les garder : je les ai relues"))],
        ),
    )
    any_of = (
        (
            ("nature", "action", "persons", "minutes", "hours", "group", "theme", "participants", "collective_kind"),
            gettext_lazy("Nature, actions, personnes rejointes ou durée"),
        ),
    )

    def may(self, actor: Any) -> Decision:
        """Those who coordinate a programme."""
        if actor.is_authenticated and (actor.is_administrator or coordinates_somewhere(actor)):
            return YES
        return no(_("Importer un journal revient à la coordination."))

    def examiner(
        self, actor: Any, options: Mapping[str, Any], table: Table, columns: Mapping[str, str]
    ) -> EntryExaminer:
        """The examiner of one file, for the programme asked."""
        slug = options.get("program")
        program = Program.objects.filter(slug=slug).first() if isinstance(slug, str) and slug else None
        if program is None:
            raise Refused(_("Dites de quel programme est ce journal."))
        decision = can_log_all(actor, program)
        if not decision:
            raise Refused(decision.reason)
        examiner = EntryExaminer(actor, program, options, columns)
        titles = {one.name: set(one.keys()) for one in self.fields}
        found = choices.recognize(table, columns.values(), examiner.lookups, titles)
        examiner.more, examiner.notes = found.columns, found.notes
        return examiner

    def refine(self, table: Table, columns: dict[str, str]) -> dict[str, str]:
        """Leave « action/welcome » to the columns of choices: its title also names the field."""
        return {name: title for name, title in columns.items() if not choices.is_choice(table, name, title)}

    def read(self, path: Path, layer: str = "") -> Table:
        """The table of the file, with a line an intervention."""
        return widened(super().read(path, layer))
