"""The sheets of a prioritising: what stops one, what they hold, and what they come to."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from maillage.concertation.enums import Method
from maillage.concertation.models import Ballot, Prioritization

from .counting import Line, Sheet, count_dots, count_ranks


def sheets_of(prioritization: Prioritization) -> dict[int, Sheet]:
    """What each member gave, by member."""
    found: dict[int, dict[int, int]] = {}
    given = Ballot.objects.filter(prioritization=prioritization).order_by("member_id", "need_id")
    for member, need, value in given.values_list("member_id", "need_id", "value"):
        found.setdefault(member, {})[need] = value
    return dict(found)


def counted(prioritization: Prioritization, sheets: Iterable[Sheet]) -> list[Line]:
    """The needs by what the sheets give them, under the method of the prioritising."""
    needs = list(prioritization.needs.order_by("pk").values_list("pk", flat=True))
    return (count_dots if prioritization.method == Method.DOTS else count_ranks)(needs, sheets)


def problem_with(prioritization: Prioritization, needs: set[int], sheet: Mapping[int, int]) -> str:
    """What stops a sheet, in a sentence; nothing when it may be given."""
    if not set(sheet) <= needs:
        return _("L'un de ces besoins n'est pas à comparer : rouvrez la page.")
    if any(value < 1 for value in sheet.values()):
        return _("Écrivez des nombres entiers, à partir de zéro.")
    if prioritization.method == Method.DOTS:
        given = sum(sheet.values())
        if given > prioritization.dots:
            return _("Vous avez réparti {given} points ; il y en a {most} par personne.").format(
                given=given, most=prioritization.dots
            )
        return ""
    ranks = sorted(sheet.values())
    if len(set(ranks)) != len(ranks):
        return _("Deux besoins ont le même rang : donnez à chacun le sien, ou laissez-en sans rang.")
    if ranks and ranks[-1] > len(needs):
        return _("Les rangs vont de 1 à {most}.").format(most=len(needs))
    return ""
