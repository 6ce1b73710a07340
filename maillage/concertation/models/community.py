import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maillage.concertation.enums import Frequency, InitiativeStage, ValueCycle
from maillage.directory.models import Organization, Person

from .group import Group
from .meeting import Meeting
from .member import Member
from .need import NamedNeed


class Topic(models.Model):
    """A theme of a group's practice: questions are asked and knowledge is declared under it."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="topics")
    name = models.CharField(_("thème"), max_length=120)
    is_retired = models.BooleanField(_("retiré"), default=False)

    class Meta:
        verbose_name = _("thème d'un groupe")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="concertation_topic_once")]

    def __str__(self) -> str:
        return self.name


class PracticeArea(models.Model):
    """A member says what they know and consents that the group knows it (« qui sait quoi »)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="practice_areas")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="practice_areas")
    words = models.CharField(_("en quelques mots"), max_length=300, blank=True)
    may_be_asked = models.BooleanField(_("on peut me poser des questions"), default=True)
    consented_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("domaine de pratique")
        verbose_name_plural = _("domaines de pratique")
        ordering = ["topic__name", "member__person__name", "id"]
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="concertation_practicearea_once")]

    def __str__(self) -> str:
        return f"{self.member} – {self.topic}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions."""

    def visible_to(self, actor: Any) -> "QuestionQuerySet":
        """Those of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))


class Question(models.Model):
    """A question of a member, attached to a meeting, a tool or a theme: there is no open forum."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="questions")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    tool_name = models.CharField(_("outil"), max_length=200, blank=True)
    tool_url = models.URLField(_("adresse de l'outil"), blank=True, max_length=500)
    title = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("contexte"), blank=True, max_length=5000)
    asked_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    asked_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    search = models.TextField(blank=True, editable=False)  # stems of the question and of its answers

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question à un groupe")
        verbose_name_plural = _("questions à un groupe")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(topic__isnull=False) | ~Q(tool_name=""),
                name="concertation_question_about",
                violation_error_message=_("Rattachez la question à une rencontre, à un outil ou à un thème."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """An answer to a question; one of them may be marked as the one that helped."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(_("réponse"), max_length=5000)
    answered_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers")
    answered_at = models.DateTimeField(auto_now_add=True)
    helped = models.BooleanField(_("a aidé"), default=False)

    class Meta:
        verbose_name = _("réponse à une question")
        verbose_name_plural = _("réponses à une question")
        ordering = ["-helped", "answered_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Initiatives."""

    def visible_to(self, actor: Any) -> "InitiativeQuerySet":
        """Those of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))


class Initiative(models.Model):
    """Something that was born of a group: from a question, a need or a meeting to what it became, with its story."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="initiatives")
    title = models.CharField(_("titre"), max_length=200)
    stage = models.CharField(_("étape"), max_length=11, choices=InitiativeStage, default=InitiativeStage.IDEA)
    story = models.TextField(_("récit"), blank=True, max_length=10_000)
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="initiatives")
    need = models.ForeignKey(NamedNeed, null=True, blank=True, on_delete=models.SET_NULL, related_name="initiatives")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="initiatives")
    organizations = models.ManyToManyField(Organization, blank=True, related_name="initiatives")
    started_on = models.DateField(_("née le"), null=True, blank=True)
    is_public = models.BooleanField(_("paraît sur la fiche publique"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-started_on", "id"]

    def __str__(self) -> str:
        return self.title


class InitiativeStep(models.Model):
    """A moment of an initiative's life."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField(_("date"))
    stage = models.CharField(_("étape"), max_length=11, choices=InitiativeStage)
    text = models.CharField(_("ce qui s'est passé"), max_length=1000)

    class Meta:
        verbose_name = _("étape d'une initiative")
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class ValueStoryQuerySet(models.QuerySet["ValueStory"]):
    """Stories of value."""

    def visible_to(self, actor: Any) -> "ValueStoryQuerySet":
        """Those of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))


class ValueStory(models.Model):
    """A short story of what a member's participation changed, told along the five cycles of value."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="value_stories")
    told_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="value_stories")
    title = models.CharField(_("titre"), max_length=200)
    may_be_quoted = models.BooleanField(_("peut être citée hors du groupe, sans nom"), default=False)
    told_at = models.DateTimeField(auto_now_add=True)

    objects = ValueStoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("récit de valeur")
        verbose_name_plural = _("récits de valeur")
        ordering = ["-told_at", "-id"]

    def __str__(self) -> str:
        return self.title


class ValuePart(models.Model):
    """What a story says of one cycle of value, and what shows it."""

    story = models.ForeignKey(ValueStory, on_delete=models.CASCADE, related_name="parts")
    cycle = models.PositiveSmallIntegerField(_("cycle"), choices=ValueCycle)
    text = models.TextField(_("ce qui s'est passé"), max_length=2000)
    evidence = models.CharField(_("ce qui le montre"), max_length=500, blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("cycle d'un récit de valeur")
        ordering = ["story", "cycle"]
        constraints = [models.UniqueConstraint(fields=["story", "cycle"], name="concertation_valuepart_once")]

    def __str__(self) -> str:
        return f"{self.story} – {self.get_cycle_display()}"


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    """Letters."""

    def visible_to(self, actor: Any) -> "NewsletterQuerySet":
        """Those of the groups that `actor` sees."""
        return self.filter(group__in=Group.objects.visible_to(actor).order_by().values("pk"))


class Newsletter(models.Model):
    """A letter of what is new in a group, composed by the product and finished by a person; sent once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="newsletters")
    title = models.CharField(_("titre"), max_length=200)
    start = models.DateField(_("depuis le"))
    end = models.DateField(_("jusqu'au"))
    introduction = models.TextField(_("mot d'ouverture"), blank=True, max_length=5000)
    content = models.JSONField(default=list, blank=True)  # sections as they were when it was composed
    is_public = models.BooleanField(_("paraît sur la fiche publique"), default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        verbose_name = _("infolettre")
        ordering = ["-end", "-id"]

    def __str__(self) -> str:
        return self.title


class DigestChoice(models.Model):
    """How often somebody wants to hear what is new in their groups, and of what. Nothing said is every week, everything."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="digest_choice")
    frequency = models.CharField(_("fréquence"), max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    without = models.JSONField(default=list, blank=True)  # kinds of news that are not wanted
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("réglage du bulletin hebdomadaire")
        ordering = ["person", "id"]

    def __str__(self) -> str:
        return str(self.person)
