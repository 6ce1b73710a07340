"""Why a draft was not written."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from maillage.core.errors import Refused
from maillage.journal.drafts import Problem
from maillage.journal.models import Entry, Referral
from maillage.journal.screening import Finding


class DraftRefused(Refused):
    """Rules stop the draft; `problems` says each one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = list(problems)


class DraftsRefused(Refused):
    """Rules stop some of many drafts, and none was written; `problems` gives the place of each draft from 0."""

    def __init__(self, problems: Sequence[tuple[int, Problem]]) -> None:
        super().__init__(problems[0][1].sentence)
        self.problems = list(problems)


class IdentitySuspected(Refused):
    """The note seems to say who was met, and nobody confirmed that it does not."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(str(finding.sentence) for finding in findings))
        self.findings = list(findings)


class EditedMeanwhile(Refused):
    """Somebody changed the entry after the form was opened; `entry` is what it says now."""

    def __init__(self, entry: Entry, sentence: str) -> None:
        super().__init__(sentence)
        self.entry = entry


class UnknownDevice(Refused):
    """No such device for this person: it is to be enrolled (again)."""

    def __init__(self) -> None:
        super().__init__(_("Cet appareil n'est pas inscrit à votre nom : inscrivez-le de nouveau."))


class DeviceTaken(Refused):
    """The identifier of the device belongs to another key or person."""

    def __init__(self) -> None:
        super().__init__(_("Cet appareil est inscrit au nom d'une autre personne, ou avec une autre clé."))


class KeyUnusable(Refused):
    """What was given as a public key is no point of the curve."""

    def __init__(self) -> None:
        super().__init__(_("La clé de l'appareil n'est pas une clé publique P-256."))


class AnotherEpoch(Refused):
    """The device knows another life of the database; `epoch` is this one's."""

    def __init__(self, epoch: str) -> None:
        super().__init__(_("Le serveur a été restauré : l'appareil doit renvoyer ce qu'il garde."))
        self.epoch = epoch


class ReferralMoved(Refused):
    """Somebody said what came of the referral after the page was opened; `referral` is how it stands now."""

    def __init__(self, referral: Referral) -> None:
        state = referral.get_state_display()
        super().__init__(_("Cette référence a changé entre-temps : elle est « {state} ».").format(state=state))
        self.referral = referral


class LinkClosed(Refused):
    """The receiver's link opens no more: it expired, was taken back, or its referral has its answer."""

    def __init__(self) -> None:
        super().__init__(_("Ce lien n'ouvre plus."))
