import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0004_trouble_reported"),
        ("journal", "0006_referral_loop"),
        ("programs", "0002_rules"),
        ("territories", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="rang")),
                ("title", models.CharField(max_length=200, verbose_name="point")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "Information"),
                            ("discussion", "Discussion"),
                            ("decision", "Décision"),
                        ],
                        default="information",
                        max_length=12,
                        verbose_name="pour",
                    ),
                ),
                ("details", models.TextField(blank=True, max_length=5000, verbose_name="précisions")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes prévues")),
                ("led_by_name", models.CharField(blank=True, max_length=200, verbose_name="porté par (nom)")),
                ("notes", models.TextField(blank=True, max_length=20000, verbose_name="ce qui s'est dit")),
                ("notes_revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_to",
                        to="concertation.agendaitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "point de l'ordre du jour",
                "verbose_name_plural": "points de l'ordre du jour",
                "ordering": ["meeting", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="DigestChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "frequency",
                    models.CharField(
                        choices=[("weekly", "Chaque semaine"), ("monthly", "Chaque mois"), ("never", "Jamais")],
                        default="weekly",
                        max_length=8,
                        verbose_name="fréquence",
                    ),
                ),
                ("without", models.JSONField(blank=True, default=list)),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="digest_choice", to="directory.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "réglage du bulletin hebdomadaire",
                "ordering": ["person", "id"],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ele", "Équipe locale élargie (ÉLÉ)"),
                            ("table", "Table de concertation"),
                            ("community", "Communauté de pratique"),
                            ("steering", "Comité d'orientation ou de suivi"),
                            ("tenants", "Association ou comité de locataires"),
                            ("advisory", "Comité consultatif de résidants (CCR)"),
                            ("working", "Comité de travail"),
                            ("gathering", "Rencontre régionale ou grand rassemblement"),
                            ("other", "Autre"),
                        ],
                        default="table",
                        max_length=12,
                        verbose_name="type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("forming", "En formation"),
                            ("active", "Actif"),
                            ("dormant", "En veille"),
                            ("ended", "Terminé"),
                        ],
                        default="active",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("mandate", models.TextField(blank=True, max_length=5000, verbose_name="mandat")),
                ("charter", models.TextField(blank=True, max_length=10000, verbose_name="fonctionnement convenu")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="en une phrase")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="pour nous joindre")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="fondé le")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="terminé le")),
                ("is_public", models.BooleanField(default=False, verbose_name="fiche publique")),
                ("takes_requests", models.BooleanField(default=False, verbose_name="reçoit des demandes d'adhésion")),
                ("takes_needs", models.BooleanField(default=False, verbose_name="reçoit des besoins sans compte")),
                (
                    "is_discreet",
                    models.BooleanField(
                        default=False,
                        help_text="Ses rencontres n'entrent pas dans la toile des organisations ni dans les calendriers publics.",
                        verbose_name="discret",
                    ),
                ),
                ("search", models.CharField(blank=True, editable=False, max_length=600)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="porté par",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subgroups",
                        to="concertation.group",
                        verbose_name="sous-groupe de",
                    ),
                ),
                (
                    "programs",
                    models.ManyToManyField(
                        blank=True, related_name="groups", to="programs.program", verbose_name="programmes"
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        blank=True, related_name="groups", to="territories.housingsite", verbose_name="milieux"
                    ),
                ),
                (
                    "tenant_body",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group",
                        to="directory.tenantbody",
                        verbose_name="instance de locataires",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="territories.division",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "groupe",
                "verbose_name_plural": "groupes",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None),
                            ("founded_on", None),
                            ("ended_on__gte", models.F("founded_on")),
                            _connector="OR",
                        ),
                        name="concertation_group_dates",
                        violation_error_message="La fin du groupe précède sa fondation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="concertation_group_parent",
                        violation_error_message="Un groupe n'est pas le sous-groupe de lui-même.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="nom")),
                ("secret_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territories.division",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="concertation.group",
                    ),
                ),
            ],
            options={
                "verbose_name": "abonnement à un calendrier",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "Idée"),
                            ("exploring", "Exploration"),
                            ("seeking", "À la recherche d'appuis"),
                            ("trying", "Expérimentation"),
                            ("under_way", "En marche"),
                            ("handed_over", "Passée à d'autres"),
                            ("stopped", "Arrêtée"),
                        ],
                        default="idea",
                        max_length=11,
                        verbose_name="étape",
                    ),
                ),
                ("story", models.TextField(blank=True, max_length=10000, verbose_name="récit")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="née le")),
                ("is_public", models.BooleanField(default=False, verbose_name="paraît sur la fiche publique")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="initiatives", to="concertation.group"
                    ),
                ),
                (
                    "organizations",
                    models.ManyToManyField(blank=True, related_name="initiatives", to="directory.organization"),
                ),
            ],
            options={
                "verbose_name": "initiative",
                "verbose_name_plural": "initiatives",
                "ordering": ["-started_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="InitiativeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="date")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "Idée"),
                            ("exploring", "Exploration"),
                            ("seeking", "À la recherche d'appuis"),
                            ("trying", "Expérimentation"),
                            ("under_way", "En marche"),
                            ("handed_over", "Passée à d'autres"),
                            ("stopped", "Arrêtée"),
                        ],
                        max_length=11,
                        verbose_name="étape",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="ce qui s'est passé")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="concertation.initiative"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d'une initiative",
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "Rencontre"),
                            ("training", "Formation"),
                            ("assembly", "Assemblée"),
                            ("gathering", "Grand rassemblement"),
                            ("workshop", "Atelier"),
                        ],
                        default="meeting",
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("choosing", "Date à choisir"),
                            ("planned", "Prévue"),
                            ("held", "Tenue"),
                            ("cancelled", "Annulée"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("purpose", models.TextField(blank=True, max_length=5000, verbose_name="pourquoi se réunir")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="début")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="fin")),
                ("series", models.UUIDField(blank=True, db_index=True, editable=False, null=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="lieu")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="adresse")),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "online_url",
                    models.URLField(blank=True, max_length=500, verbose_name="lien pour participer à distance"),
                ),
                ("offers", models.JSONField(blank=True, default=list, verbose_name="ce qui est offert")),
                (
                    "access_note",
                    models.CharField(blank=True, max_length=500, verbose_name="précisions sur l'accessibilité"),
                ),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                ("takes_registrations", models.BooleanField(default=False, verbose_name="inscription demandée")),
                (
                    "registration_closes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="inscription jusqu'au"),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="heures attestées"
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="annoncée à tout le monde")),
                (
                    "remind_days",
                    models.PositiveSmallIntegerField(
                        blank=True, default=2, null=True, verbose_name="rappel, jours avant"
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="raison de l'annulation")),
                ("arrival_secret", models.CharField(blank=True, editable=False, max_length=40)),
                ("calendar_source", models.CharField(blank=True, editable=False, max_length=400)),
                ("calendar_said", models.JSONField(blank=True, default=dict, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="territories.division",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="concertation.group"
                    ),
                ),
            ],
            options={
                "verbose_name": "rencontre",
                "verbose_name_plural": "rencontres",
                "ordering": ["-starts_at", "-id"],
                "indexes": [models.Index(fields=["group", "starts_at"], name="concertation_meeting_group")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("starts_at", None),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="concertation_meeting_times",
                        violation_error_message="La rencontre finirait avant de commencer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["choosing", "cancelled"]),
                            models.Q(("ends_at__isnull", False), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="concertation_meeting_dated",
                        violation_error_message="Donnez le début et la fin de la rencontre, ou proposez des dates.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("calendar_source", ""), _negated=True),
                        fields=("group", "calendar_source"),
                        name="concertation_meeting_source",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="initiatives",
                to="concertation.meeting",
            ),
        ),
        migrations.CreateModel(
            name="GuestCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("tenant", "Locataire"),
                            ("citizen", "Citoyen·ne"),
                            ("community", "Milieu communautaire"),
                            ("institution", "Milieu institutionnel"),
                            ("housing", "Milieu de l'habitation"),
                            ("municipal", "Municipalité ou MRC"),
                            ("research", "Recherche"),
                            ("other", "Autre"),
                        ],
                        max_length=12,
                        verbose_name="à titre de",
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0, verbose_name="nombre")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="concertation.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "personnes comptées sans nom",
                "ordering": ["meeting", "capacity"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "capacity"), name="concertation_guestcount_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("file_name", models.CharField(blank=True, editable=False, max_length=200)),
                ("media_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("size", models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                ("added_by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="concertation.agendaitem",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="concertation.group"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="concertation.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "document d'un groupe",
                "verbose_name_plural": "documents d'un groupe",
                "ordering": ["-added_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True),
                            models.Q(("digest", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="concertation_document_something",
                        violation_error_message="Joignez un fichier ou donnez une adresse.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(editable=False)),
                ("text", models.TextField(max_length=3000, verbose_name="décision")),
                (
                    "way",
                    models.CharField(
                        choices=[("consensus", "Par consensus"), ("vote", "Par vote"), ("consent", "Sans objection")],
                        default="consensus",
                        max_length=10,
                        verbose_name="manière",
                    ),
                ),
                ("votes_for", models.PositiveIntegerField(blank=True, null=True, verbose_name="pour")),
                ("votes_against", models.PositiveIntegerField(blank=True, null=True, verbose_name="contre")),
                ("abstentions", models.PositiveIntegerField(blank=True, null=True, verbose_name="abstentions")),
                ("decided_on", models.DateField(verbose_name="décidé le")),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="concertation.agendaitem",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces",
                        to="concertation.decision",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="concertation.group"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="concertation.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "décision d'un groupe",
                "verbose_name_plural": "décisions d'un groupe",
                "ordering": ["-decided_on", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "number"), name="concertation_decision_number")
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="concertation.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("tenant", "Locataire"),
                            ("citizen", "Citoyen·ne"),
                            ("community", "Milieu communautaire"),
                            ("institution", "Milieu institutionnel"),
                            ("housing", "Milieu de l'habitation"),
                            ("municipal", "Municipalité ou MRC"),
                            ("research", "Recherche"),
                            ("other", "Autre"),
                        ],
                        default="community",
                        max_length=12,
                        verbose_name="à titre de",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordination"),
                            ("facilitator", "Animation"),
                            ("secretary", "Secrétariat"),
                            ("member", "Membre"),
                            ("observer", "Observation"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="rôle",
                    ),
                ),
                ("start", models.DateField(blank=True, null=True, verbose_name="depuis")),
                ("end", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="concertation.group"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="directory.organization",
                        verbose_name="pour",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="directory.person",
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "membre d'un groupe",
                "verbose_name_plural": "membres d'un groupe",
                "ordering": ["person__name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start", None), ("end", None), ("start__lte", models.F("end")), _connector="OR"
                        ),
                        name="concertation_member_dates",
                        violation_error_message="La fin précède le début.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("end", None)),
                        fields=("group", "person"),
                        name="concertation_member_once",
                        violation_error_message="Cette personne est déjà membre du groupe.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="courriel")),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation à une rencontre",
                "verbose_name_plural": "invitations à une rencontre",
                "ordering": ["meeting", "email"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "email"), name="concertation_invitation_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("email", models.EmailField(max_length=254, verbose_name="courriel")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("tenant", "Locataire"),
                            ("citizen", "Citoyen·ne"),
                            ("community", "Milieu communautaire"),
                            ("institution", "Milieu institutionnel"),
                            ("housing", "Milieu de l'habitation"),
                            ("municipal", "Municipalité ou MRC"),
                            ("research", "Recherche"),
                            ("other", "Autre"),
                        ],
                        default="community",
                        max_length=12,
                        verbose_name="à titre de",
                    ),
                ),
                ("organization_name", models.CharField(blank=True, max_length=250, verbose_name="organisation")),
                ("message", models.TextField(blank=True, max_length=2000, verbose_name="mot")),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "En attente"), ("approved", "Approuvée"), ("refused", "Refusée")],
                        default="pending",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by_label", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="concertation.group"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d'adhésion",
                "verbose_name_plural": "demandes d'adhésion",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("group", "email"),
                        name="concertation_joinrequest_once",
                        violation_error_message="Une demande attend déjà pour ce courriel.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("what", models.CharField(max_length=500, verbose_name="quoi")),
                ("who", models.CharField(blank=True, max_length=200, verbose_name="qui (autre)")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "À faire"), ("done", "Fait"), ("dropped", "Laissé de côté")],
                        default="open",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="fait le")),
                ("outcome", models.CharField(blank=True, max_length=500, verbose_name="ce qui en est ressorti")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to="concertation.agendaitem",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follow_ups", to="concertation.group"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True, related_name="follow_ups", to="concertation.member", verbose_name="qui"
                    ),
                ),
            ],
            options={
                "verbose_name": "suivi d'un groupe",
                "verbose_name_plural": "suivis d'un groupe",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="led_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="items_led",
                to="concertation.member",
                verbose_name="porté par",
            ),
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Brouillon"), ("circulated", "En circulation"), ("adopted", "Adopté")],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("opening", models.TextField(blank=True, max_length=5000, verbose_name="ouverture")),
                ("closing", models.TextField(blank=True, max_length=5000, verbose_name="clôture")),
                (
                    "summary",
                    models.TextField(blank=True, max_length=10000, verbose_name="compte rendu en langage clair"),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("circulated_at", models.DateTimeField(blank=True, null=True)),
                ("adopted_on", models.DateField(blank=True, null=True, verbose_name="adopté le")),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "adopted_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.meeting",
                        verbose_name="adopté à",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="minutes", to="concertation.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "procès-verbal",
                "verbose_name_plural": "procès-verbaux",
                "ordering": ["-meeting__starts_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "adopted"), _negated=True),
                            ("adopted_on__isnull", False),
                            _connector="OR",
                        ),
                        name="concertation_minutes_adopted",
                        violation_error_message="Donnez la date de l'adoption.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(max_length=3000, verbose_name="changement proposé")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposé"), ("accepted", "Accepté"), ("declined", "Écarté")],
                        default="proposed",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="réponse")),
                ("before", models.TextField(blank=True, max_length=20000, verbose_name="texte d'avant")),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="amendments",
                        to="concertation.agendaitem",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.member",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="concertation.minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendement",
                "ordering": ["proposed_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="NamedNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(editable=False, max_length=12, unique=True)),
                ("statement", models.CharField(max_length=300, verbose_name="le besoin en une phrase")),
                ("details", models.TextField(blank=True, max_length=3000, verbose_name="précisions")),
                (
                    "named_as",
                    models.CharField(
                        choices=[
                            ("tenant", "Locataire"),
                            ("citizen", "Citoyen·ne"),
                            ("community", "Milieu communautaire"),
                            ("institution", "Milieu institutionnel"),
                            ("housing", "Milieu de l'habitation"),
                            ("municipal", "Municipalité ou MRC"),
                            ("research", "Recherche"),
                            ("other", "Autre"),
                        ],
                        default="tenant",
                        max_length=12,
                        verbose_name="nommé par",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "À lire"),
                            ("open", "Nommé"),
                            ("taken_up", "Pris en charge"),
                            ("answered", "Répondu"),
                            ("set_aside", "Mis de côté"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                (
                    "priority",
                    models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="priorité"),
                ),
                ("priority_score", models.FloatField(blank=True, editable=False, null=True)),
                ("is_public", models.BooleanField(default=False, verbose_name="paraît sur la fiche publique")),
                ("declined", models.BooleanField(default=False, editable=False)),
                ("search", models.TextField(blank=True, editable=False)),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="needs", to="concertation.group"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="needs_named",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="needs_named",
                        to="concertation.member",
                    ),
                ),
                (
                    "raised",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named",
                        to="journal.raisedneed",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territories.housingsite",
                        verbose_name="milieu",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.term",
                        verbose_name="besoin (vocabulaire)",
                    ),
                ),
            ],
            options={
                "verbose_name": "besoin nommé",
                "verbose_name_plural": "besoins nommés",
                "ordering": ["-named_at", "-id"],
                "indexes": [models.Index(fields=["group", "state", "priority"], name="concertation_need_board")],
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="need",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="initiatives",
                to="concertation.namedneed",
            ),
        ),
        migrations.CreateModel(
            name="NeedEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("referrals", "Références sans réponse"),
                            ("entry", "Intervention du journal"),
                            ("meeting", "Rencontre"),
                            ("document", "Document ou adresse"),
                            ("words", "Parole recueillie"),
                        ],
                        max_length=10,
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="parole recueillie")),
                ("added_by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="concertation.document",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="journal.entry",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="concertation.namedneed",
                    ),
                ),
            ],
            options={
                "verbose_name": "appui d'un besoin",
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="NeedStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "À lire"),
                            ("open", "Nommé"),
                            ("taken_up", "Pris en charge"),
                            ("answered", "Répondu"),
                            ("set_aside", "Mis de côté"),
                        ],
                        max_length=9,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000, verbose_name="ce qui en est ressorti")),
                ("by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="concertation.namedneed"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d'un besoin",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="NeedSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "supported_as",
                    models.CharField(
                        choices=[
                            ("tenant", "Locataire"),
                            ("citizen", "Citoyen·ne"),
                            ("community", "Milieu communautaire"),
                            ("institution", "Milieu institutionnel"),
                            ("housing", "Milieu de l'habitation"),
                            ("municipal", "Municipalité ou MRC"),
                            ("research", "Recherche"),
                            ("other", "Autre"),
                        ],
                        default="tenant",
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="concertation.member",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
                        to="concertation.namedneed",
                    ),
                ),
            ],
            options={
                "verbose_name": "appui donné à un besoin",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("need", "member"),
                        name="concertation_needsupport_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("need", "key"),
                        name="concertation_needsupport_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Newsletter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("start", models.DateField(verbose_name="depuis le")),
                ("end", models.DateField(verbose_name="jusqu'au")),
                ("introduction", models.TextField(blank=True, max_length=5000, verbose_name="mot d'ouverture")),
                ("content", models.JSONField(blank=True, default=list)),
                ("is_public", models.BooleanField(default=False, verbose_name="paraît sur la fiche publique")),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="newsletters", to="concertation.group"
                    ),
                ),
            ],
            options={
                "verbose_name": "infolettre",
                "ordering": ["-end", "-id"],
            },
        ),
        migrations.CreateModel(
            name="NoteVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("field", models.CharField(editable=False, max_length=10)),
                ("number", models.PositiveIntegerField(editable=False)),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="texte")),
                ("waiting", models.BooleanField(default=False, verbose_name="à concilier")),
                ("by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="concertation.agendaitem",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="concertation.minutes"
                    ),
                ),
            ],
            options={
                "verbose_name": "version d'un texte de procès-verbal",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["minutes", "field", "item", "number"], name="concertation_noteversion_at")
                ],
            },
        ),
        migrations.CreateModel(
            name="PollOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField(verbose_name="début")),
                ("ends_at", models.DateTimeField(verbose_name="fin")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="poll_options",
                        to="concertation.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "date proposée",
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "starts_at"), name="concertation_polloption_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="concertation_polloption_times"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PollAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reply",
                    models.CharField(
                        choices=[("yes", "Oui"), ("if_needed", "Au besoin"), ("no", "Non")], max_length=10
                    ),
                ),
                ("answered_at", models.DateTimeField(auto_now=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="poll_answers",
                        to="concertation.member",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="concertation.polloption",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à une date proposée",
                "ordering": ["option", "member"],
                "constraints": [
                    models.UniqueConstraint(fields=("option", "member"), name="concertation_pollanswer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Prioritization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "method",
                    models.CharField(
                        choices=[("dots", "Points à répartir"), ("ranking", "Classement")],
                        default="dots",
                        max_length=8,
                        verbose_name="méthode",
                    ),
                ),
                ("dots", models.PositiveSmallIntegerField(default=5, verbose_name="points par personne")),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("voters", models.PositiveIntegerField(default=0, editable=False)),
                ("results", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prioritizations",
                        to="concertation.group",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.meeting",
                    ),
                ),
                ("needs", models.ManyToManyField(related_name="prioritizations", to="concertation.namedneed")),
            ],
            options={
                "verbose_name": "exercice de priorisation",
                "ordering": ["-opened_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("group",),
                        name="concertation_prioritization_open",
                        violation_error_message="Un exercice de priorisation est déjà ouvert dans ce groupe.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="concertation.member"
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ballots", to="concertation.namedneed"
                    ),
                ),
                (
                    "prioritization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="concertation.prioritization",
                    ),
                ),
            ],
            options={
                "verbose_name": "voix donnée à un besoin",
                "ordering": ["prioritization", "member", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("prioritization", "member", "need"), name="concertation_ballot_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="point")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "Information"),
                            ("discussion", "Discussion"),
                            ("decision", "Décision"),
                        ],
                        default="discussion",
                        max_length=12,
                        verbose_name="pour",
                    ),
                ),
                ("details", models.TextField(blank=True, max_length=5000, verbose_name="précisions")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes souhaitées")),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="réponse")),
                (
                    "item",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposed_as",
                        to="concertation.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposed_items",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "point proposé",
                "verbose_name_plural": "points proposés",
                "ordering": ["proposed_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("tool_name", models.CharField(blank=True, max_length=200, verbose_name="outil")),
                ("tool_url", models.URLField(blank=True, max_length=500, verbose_name="adresse de l'outil")),
                ("title", models.CharField(max_length=200, verbose_name="question")),
                ("text", models.TextField(blank=True, max_length=5000, verbose_name="contexte")),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("search", models.TextField(blank=True, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="concertation.member",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="concertation.group"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="concertation.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "question à un groupe",
                "verbose_name_plural": "questions à un groupe",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="initiatives",
                to="concertation.question",
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(max_length=5000, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(auto_now_add=True)),
                ("helped", models.BooleanField(default=False, verbose_name="a aidé")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="concertation.member",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="concertation.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à une question",
                "verbose_name_plural": "réponses à une question",
                "ordering": ["-helped", "answered_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="courriel")),
                ("organization_name", models.CharField(blank=True, max_length=250, verbose_name="organisation")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("tenant", "Locataire"),
                            ("citizen", "Citoyen·ne"),
                            ("community", "Milieu communautaire"),
                            ("institution", "Milieu institutionnel"),
                            ("housing", "Milieu de l'habitation"),
                            ("municipal", "Municipalité ou MRC"),
                            ("research", "Recherche"),
                            ("other", "Autre"),
                        ],
                        default="community",
                        max_length=12,
                        verbose_name="à titre de",
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[("on_site", "Sur place"), ("remote", "À distance")],
                        default="on_site",
                        max_length=8,
                        verbose_name="présence",
                    ),
                ),
                (
                    "asked_for",
                    models.JSONField(blank=True, default=list, verbose_name="ce qui me permettrait de participer"),
                ),
                ("access_note", models.CharField(blank=True, max_length=500, verbose_name="précisions")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "Inscrit·e"),
                            ("waiting", "En liste d'attente"),
                            ("cancelled", "Désisté·e"),
                        ],
                        default="registered",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("rank", models.PositiveIntegerField(default=0, editable=False)),
                ("registered_at", models.DateTimeField(auto_now_add=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("promoted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="pour",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meeting_registrations",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscription à une rencontre",
                "verbose_name_plural": "inscriptions à une rencontre",
                "ordering": ["meeting", "rank", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "rank"), name="concertation_registration_rank"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), _negated=True), models.Q(("state", "cancelled"), _negated=True)
                        ),
                        fields=("meeting", "email"),
                        name="concertation_registration_once",
                        violation_error_message="Ce courriel est déjà inscrit à cette rencontre.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("tenant", "Locataire"),
                            ("citizen", "Citoyen·ne"),
                            ("community", "Milieu communautaire"),
                            ("institution", "Milieu institutionnel"),
                            ("housing", "Milieu de l'habitation"),
                            ("municipal", "Municipalité ou MRC"),
                            ("research", "Recherche"),
                            ("other", "Autre"),
                        ],
                        default="community",
                        max_length=12,
                        verbose_name="à titre de",
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[("on_site", "Sur place"), ("remote", "À distance")],
                        default="on_site",
                        max_length=8,
                        verbose_name="présence",
                    ),
                ),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="pour",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meeting_attendances",
                        to="directory.person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "registration",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attendance",
                        to="concertation.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "présence à une rencontre",
                "verbose_name_plural": "présences à une rencontre",
                "ordering": ["meeting", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("meeting", "person"),
                        name="concertation_attendance_once",
                        violation_error_message="Cette personne est déjà notée présente.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="thème")),
                ("is_retired", models.BooleanField(default=False, verbose_name="retiré")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="concertation.group"
                    ),
                ),
            ],
            options={
                "verbose_name": "thème d'un groupe",
                "ordering": ["name", "id"],
                "constraints": [models.UniqueConstraint(fields=("group", "name"), name="concertation_topic_once")],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="questions",
                to="concertation.topic",
            ),
        ),
        migrations.CreateModel(
            name="PracticeArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="en quelques mots")),
                ("may_be_asked", models.BooleanField(default=True, verbose_name="on peut me poser des questions")),
                ("consented_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_areas",
                        to="concertation.member",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_areas",
                        to="concertation.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "domaine de pratique",
                "verbose_name_plural": "domaines de pratique",
                "ordering": ["topic__name", "member__person__name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "topic"), name="concertation_practicearea_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ValueStory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                (
                    "may_be_quoted",
                    models.BooleanField(default=False, verbose_name="peut être citée hors du groupe, sans nom"),
                ),
                ("told_at", models.DateTimeField(auto_now_add=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="value_stories",
                        to="concertation.group",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="value_stories",
                        to="concertation.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "récit de valeur",
                "verbose_name_plural": "récits de valeur",
                "ordering": ["-told_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ValuePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cycle",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Valeur immédiate"),
                            (2, "Valeur potentielle"),
                            (3, "Valeur appliquée"),
                            (4, "Valeur réalisée"),
                            (5, "Valeur de recadrage"),
                        ],
                        verbose_name="cycle",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="ce qui s'est passé")),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="ce qui le montre")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="concertation.meeting",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="concertation.valuestory"
                    ),
                ),
            ],
            options={
                "verbose_name": "cycle d'un récit de valeur",
                "ordering": ["story", "cycle"],
                "constraints": [models.UniqueConstraint(fields=("story", "cycle"), name="concertation_valuepart_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("meeting__isnull", False),
                    ("topic__isnull", False),
                    models.Q(("tool_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="concertation_question_about",
                violation_error_message="Rattachez la question à une rencontre, à un outil ou à un thème.",
            ),
        ),
    ]
