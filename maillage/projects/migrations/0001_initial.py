import uuid

import django.db.models.deletion
from django.db import migrations, models

import maillage.projects.amounts


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("concertation", "0001_initial"),
        ("directory", "0004_trouble_reported"),
        ("journal", "0006_referral_loop"),
        ("programs", "0002_rules"),
        ("territories", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("words", models.TextField(blank=True, max_length=5000, verbose_name="consignes")),
                ("opens_on", models.DateField(verbose_name="ouvre le")),
                ("closes_on", models.DateField(verbose_name="ferme le")),
                ("decides_on", models.DateField(blank=True, null=True, verbose_name="décisions pour le")),
                ("report_due_on", models.DateField(blank=True, null=True, verbose_name="rapports pour le")),
                (
                    "envelope",
                    maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="enveloppe de l'appel"),
                ),
                ("is_announced", models.BooleanField(default=False, verbose_name="annoncé à tout le monde")),
            ],
            options={
                "verbose_name": "appel de projets",
                "verbose_name_plural": "appels de projets",
                "ordering": ["-opens_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="projects_call_dates",
                        violation_error_message="L'appel fermerait avant d'ouvrir.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("envelope", None), ("envelope__gte", 0), _connector="OR"),
                        name="projects_call_envelope",
                        violation_error_message="Un montant n'est jamais négatif.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="rang")),
                ("title", models.CharField(max_length=300, verbose_name="objectif")),
                ("is_priority", models.BooleanField(default=False, verbose_name="cible prioritaire de l'année")),
            ],
            options={
                "verbose_name": "objectif",
                "ordering": ["plan", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="rang")),
                ("title", models.CharField(max_length=300, verbose_name="action")),
                ("details", models.TextField(blank=True, max_length=5000, verbose_name="précisions")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_do", "À faire"),
                            ("under_way", "En cours"),
                            ("done", "Fait"),
                            ("dropped", "Laissé de côté"),
                        ],
                        default="to_do",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=200, verbose_name="responsable (autre)")),
                ("means", models.CharField(blank=True, max_length=500, verbose_name="moyens")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="débute le")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="pour le")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="fait le")),
                ("indicator", models.CharField(blank=True, max_length=300, verbose_name="indicateur")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unité")),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="cible"),
                ),
                ("outcome", models.CharField(blank=True, max_length=1000, verbose_name="ce qui en est ressorti")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "after",
                    models.ManyToManyField(
                        blank=True, related_name="before", to="projects.action", verbose_name="vient après"
                    ),
                ),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_to",
                        to="projects.action",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True, related_name="actions", to="concertation.member", verbose_name="responsables"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="organisme responsable",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True, related_name="actions", to="directory.organization", verbose_name="partenaires"
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="projects.objective"
                    ),
                ),
            ],
            options={
                "verbose_name": "action d'un plan",
                "verbose_name_plural": "actions d'un plan",
                "ordering": ["objective", "position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("due_on", None),
                            ("due_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="projects_action_dates",
                        violation_error_message="L'échéance de l'action précède son début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workshop", "Atelier"),
                            ("course", "Cours"),
                            ("conference", "Conférence"),
                            ("camp", "Camp"),
                            ("garden", "Jardin collectif"),
                            ("kitchen", "Cuisine collective"),
                            ("outing", "Sortie"),
                            ("gathering", "Grand rassemblement"),
                            ("mutual_aid", "Groupe d'entraide"),
                            ("service", "Service rendu"),
                            ("other", "Autre"),
                        ],
                        default="workshop",
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Prévue"), ("held", "Tenue"), ("cancelled", "Annulée")],
                        default="planned",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("details", models.TextField(blank=True, max_length=3000, verbose_name="précisions")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="lieu")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.division",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="programs.program",
                        verbose_name="programme",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="offerte par",
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        blank=True, related_name="activities", to="territories.housingsite", verbose_name="milieux"
                    ),
                ),
            ],
            options={
                "verbose_name": "activité",
                "verbose_name_plural": "activités",
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("submitted", "Déposée"),
                            ("returned", "À compléter"),
                            ("reviewed", "À l'étude"),
                            ("granted", "Accordée"),
                            ("refused", "Refusée"),
                            ("deferred", "Reportée"),
                            ("agreed", "Lettre signée"),
                            ("reported", "Rapport final déposé"),
                            ("closed", "Fermée"),
                            ("withdrawn", "Retirée"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("what", models.TextField(blank=True, max_length=5000, verbose_name="ce que nous voulons faire")),
                (
                    "why",
                    models.TextField(
                        blank=True, max_length=5000, verbose_name="le besoin que les locataires ont nommé"
                    ),
                ),
                ("who", models.TextField(blank=True, max_length=3000, verbose_name="qui participera et qui décidera")),
                ("when", models.CharField(blank=True, max_length=500, verbose_name="quand")),
                ("changes", models.TextField(blank=True, max_length=3000, verbose_name="ce que cela changera")),
                (
                    "afterwards",
                    models.TextField(blank=True, max_length=3000, verbose_name="comment cela continuera ensuite"),
                ),
                (
                    "asked",
                    maillage.projects.amounts.AmountField(
                        blank=True, editable=False, null=True, verbose_name="montant demandé"
                    ),
                ),
                (
                    "granted",
                    maillage.projects.amounts.AmountField(
                        blank=True, editable=False, null=True, verbose_name="montant accordé"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="début prévu")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin prévue")),
                (
                    "missing",
                    models.CharField(blank=True, editable=False, max_length=1000, verbose_name="ce qui manque"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="lettre signée le")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="concertation.group",
                        verbose_name="groupe",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="organisme qui reçoit l'argent",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="projects.call",
                        verbose_name="appel",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de soutien",
                "verbose_name_plural": "demandes de soutien",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked", None), ("asked__gte", 0), _connector="OR"),
                            models.Q(("granted", None), ("granted__gte", 0), _connector="OR"),
                        ),
                        name="projects_application_amounts",
                        violation_error_message="Un montant n'est jamais négatif.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "En préparation"),
                            ("submitted", "Déposée"),
                            ("returned", "À compléter"),
                            ("reviewed", "À l'étude"),
                            ("granted", "Accordée"),
                            ("refused", "Refusée"),
                            ("deferred", "Reportée"),
                            ("agreed", "Lettre signée"),
                            ("reported", "Rapport final déposé"),
                            ("closed", "Fermée"),
                            ("withdrawn", "Retirée"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("submitted", "Déposée"),
                            ("returned", "À compléter"),
                            ("reviewed", "À l'étude"),
                            ("granted", "Accordée"),
                            ("refused", "Refusée"),
                            ("deferred", "Reportée"),
                            ("agreed", "Lettre signée"),
                            ("reported", "Rapport final déposé"),
                            ("closed", "Fermée"),
                            ("withdrawn", "Retirée"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="précisions")),
                ("by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="projects.application"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d'une demande",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Fund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("words", models.TextField(blank=True, max_length=5000, verbose_name="ce qu'elle soutient")),
                ("conditions", models.TextField(blank=True, max_length=5000, verbose_name="conditions")),
                ("envelope", maillage.projects.amounts.AmountField(verbose_name="enveloppe")),
                (
                    "most",
                    maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="plafond par projet"),
                ),
                (
                    "most_share",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="part maximale du coût (%)"),
                ),
                ("start", models.DateField(verbose_name="début")),
                ("end", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("signatory", models.CharField(blank=True, max_length=200, verbose_name="qui signe les lettres")),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="concertation.group",
                        verbose_name="comité d'évaluation",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="programs.program",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "mesure de soutien",
                "verbose_name_plural": "mesures de soutien",
                "ordering": ["-start", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("envelope__gte", 0), models.Q(("most", None), ("most__gte", 0), _connector="OR")
                        ),
                        name="projects_fund_amounts",
                        violation_error_message="Un montant n'est jamais négatif.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most_share", None),
                            models.Q(("most_share__gte", 1), ("most_share__lte", 100)),
                            _connector="OR",
                        ),
                        name="projects_fund_share",
                        violation_error_message="La part maximale va de 1 à 100 %.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end", None), ("end__gte", models.F("start")), _connector="OR"),
                        name="projects_fund_dates",
                        violation_error_message="La fin de la mesure précède son début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="rang")),
                ("label", models.CharField(max_length=200, verbose_name="critère")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="ce qu'on regarde")),
                ("most", models.PositiveSmallIntegerField(default=5, verbose_name="note maximale")),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="poids")),
                ("is_retired", models.BooleanField(default=False, verbose_name="retiré")),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="projects.fund"
                    ),
                ),
            ],
            options={
                "verbose_name": "critère d'évaluation",
                "verbose_name_plural": "critères d'évaluation",
                "ordering": ["fund", "position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("most__gte", 1), ("weight__gte", 1)),
                        name="projects_criterion_points",
                        violation_error_message="La note maximale et le poids valent au moins 1.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="fund",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="projects.fund"
            ),
        ),
        migrations.CreateModel(
            name="FundingSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="programme")),
                ("funder", models.CharField(max_length=200, verbose_name="bailleur")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "Gouvernement ou ministère"),
                            ("municipal", "Municipalité ou MRC"),
                            ("foundation", "Fondation"),
                            ("centraide", "Centraide"),
                            ("cooperative", "Caisse ou mutuelle"),
                            ("other", "Autre"),
                        ],
                        default="public",
                        max_length=11,
                        verbose_name="type",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                ("supports", models.TextField(blank=True, max_length=3000, verbose_name="ce qu'il soutient")),
                ("conditions", models.TextField(blank=True, max_length=3000, verbose_name="conditions")),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="thèmes")),
                ("least", maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="montant minimal")),
                ("most", maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="montant maximal")),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="ouvre le")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="date limite")),
                ("is_yearly", models.BooleanField(default=False, verbose_name="revient chaque année")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="vérifié le")),
                ("is_retired", models.BooleanField(default=False, verbose_name="retiré")),
                ("search", models.TextField(blank=True, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="au répertoire",
                    ),
                ),
                (
                    "territories",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="territories.division", verbose_name="territoires"
                    ),
                ),
            ],
            options={
                "verbose_name": "source de financement",
                "verbose_name_plural": "sources de financement",
                "ordering": ["funder", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least", None), ("most", None), ("most__gte", models.F("least")), _connector="OR"
                        ),
                        name="projects_source_amounts",
                        violation_error_message="Le montant maximal est plus petit que le minimal.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantAmendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("amount", "Montant"), ("dates", "Dates"), ("purpose", "Objet ou postes du budget")],
                        max_length=7,
                        verbose_name="ce qui change",
                    ),
                ),
                ("change", maillage.projects.amounts.AmountField(default=0, verbose_name="changement du montant")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="nouvelle fin")),
                ("reason", models.CharField(max_length=1000, verbose_name="raison")),
                ("decided_on", models.DateField(verbose_name="décidé le")),
                ("by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="projects.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "avenant",
                "verbose_name_plural": "avenants",
                "ordering": ["decided_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="GrantDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "Accordée"),
                            ("partly", "Accordée en partie"),
                            ("refused", "Refusée"),
                            ("deferred", "Reportée à un autre appel"),
                        ],
                        max_length=8,
                        verbose_name="décision",
                    ),
                ),
                ("amount", maillage.projects.amounts.AmountField(verbose_name="montant accordé")),
                ("reason", models.TextField(max_length=3000, verbose_name="raison")),
                ("conditions", models.TextField(blank=True, max_length=3000, verbose_name="conditions")),
                ("decided_on", models.DateField(verbose_name="décidé le")),
                ("by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="projects.application"
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
            ],
            options={
                "verbose_name": "décision sur une demande",
                "verbose_name_plural": "décisions sur des demandes",
                "ordering": ["decided_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("outcome__in", ["granted", "partly"])),
                            models.Q(("amount", 0), ("outcome__in", ["refused", "deferred"])),
                            _connector="OR",
                        ),
                        name="projects_decision_amount",
                        violation_error_message="Une demande accordée a un montant ; une demande refusée ou reportée n'en a pas.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Headcount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("children", "Enfants (0 à 11 ans)"),
                            ("youth", "Jeunes (12 à 17 ans)"),
                            ("adults", "Adultes (18 à 64 ans)"),
                            ("seniors", "Personnes aînées (65 ans et plus)"),
                            ("workers", "Intervenant·es et partenaires"),
                            ("unknown", "Âge non précisé"),
                        ],
                        max_length=8,
                        verbose_name="catégorie",
                    ),
                ),
                ("participants", models.PositiveIntegerField(verbose_name="participants")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="headcounts", to="projects.activity"
                    ),
                ),
            ],
            options={
                "verbose_name": "participants d'une activité",
                "verbose_name_plural": "participants d'activités",
                "ordering": ["activity", "audience"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "audience"), name="projects_headcount_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="date")),
                ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="mesure")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="d'où vient la mesure")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="projects.action"
                    ),
                ),
            ],
            options={
                "verbose_name": "mesure d'un indicateur",
                "ordering": ["on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "on"),
                        name="projects_measure_once",
                        violation_error_message="Cet indicateur a déjà une mesure pour ce jour.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("payment", "Versement"), ("refund", "Remboursement")],
                        default="payment",
                        max_length=7,
                        verbose_name="sens",
                    ),
                ),
                ("amount", maillage.projects.amounts.AmountField(verbose_name="montant")),
                ("on", models.DateField(verbose_name="date")),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="référence")),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "cancel_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="raison de l'annulation"),
                ),
                ("by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="projects.application"
                    ),
                ),
            ],
            options={
                "verbose_name": "versement",
                "verbose_name_plural": "versements",
                "ordering": ["on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="projects_payment_amount",
                        violation_error_message="Un versement a un montant plus grand que zéro.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("start", models.DateField(verbose_name="début")),
                ("end", models.DateField(verbose_name="fin")),
                ("words", models.TextField(blank=True, max_length=3000, verbose_name="en bref")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="projects.plan",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="concertation.group",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan d'action",
                "verbose_name_plural": "plans d'action",
                "ordering": ["-start", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))),
                        name="projects_plan_dates",
                        violation_error_message="La fin du plan précède son début.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="objective",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="objectives", to="projects.plan"
            ),
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("idea", "Idée"),
                            ("seeking", "À la recherche d'appuis"),
                            ("under_way", "En cours"),
                            ("handed_over", "Passé à d'autres"),
                            ("ended", "Terminé"),
                        ],
                        default="idea",
                        editable=False,
                        max_length=11,
                        verbose_name="étape",
                    ),
                ),
                ("population", models.CharField(blank=True, max_length=300, verbose_name="pour qui")),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("local", "Locale"),
                            ("supralocal", "Supralocale"),
                            ("regional", "Régionale"),
                            ("national", "Nationale"),
                        ],
                        default="local",
                        max_length=10,
                        verbose_name="portée",
                    ),
                ),
                ("issue", models.CharField(blank=True, max_length=200, verbose_name="enjeu")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="en une phrase")),
                ("description", models.TextField(blank=True, max_length=10000, verbose_name="description")),
                ("funding", models.CharField(blank=True, max_length=300, verbose_name="financement")),
                ("pride", models.TextField(blank=True, max_length=3000, verbose_name="notre fierté")),
                ("impacts", models.TextField(blank=True, max_length=5000, verbose_name="impacts observés")),
                ("story", models.TextField(blank=True, max_length=20000, verbose_name="récit")),
                ("continuity", models.CharField(blank=True, max_length=1000, verbose_name="ce qui se poursuit")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="début")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("is_public", models.BooleanField(default=False, editable=False, verbose_name="fiche publique")),
                ("search", models.TextField(blank=True, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "continued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="qui poursuit",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="concertation.group",
                        verbose_name="groupe",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="projects",
                        to="concertation.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "needs",
                    models.ManyToManyField(
                        blank=True, related_name="projects", to="concertation.namedneed", verbose_name="besoins"
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="programs.program",
                        verbose_name="programme",
                    ),
                ),
                (
                    "promoter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects_promoted",
                        to="directory.organization",
                        verbose_name="organisme promoteur",
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        blank=True, related_name="projects", to="territories.housingsite", verbose_name="milieux"
                    ),
                ),
                (
                    "territories",
                    models.ManyToManyField(
                        blank=True, related_name="projects", to="territories.division", verbose_name="territoires"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.term",
                        verbose_name="thème",
                    ),
                ),
            ],
            options={
                "verbose_name": "projet",
                "verbose_name_plural": "projets",
                "ordering": ["-started_on", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__isnull", False), ("program__isnull", False), _connector="OR"),
                        name="projects_project_carried",
                        violation_error_message="Un projet est porté par un groupe ou par un programme.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on", None),
                            ("ended_on", None),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="projects_project_dates",
                        violation_error_message="La fin du projet précède son début.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="plan",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="plans",
                to="projects.project",
            ),
        ),
        migrations.CreateModel(
            name="FundingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("funder", models.CharField(blank=True, max_length=200, verbose_name="bailleur (autre)")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_make", "À faire"),
                            ("asked", "Demandé"),
                            ("granted", "Accordé"),
                            ("partly", "Accordé en partie"),
                            ("refused", "Refusé"),
                            ("dropped", "Abandonné"),
                        ],
                        default="to_make",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("asked", maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="demandé")),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="demandé le")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="à déposer pour le")),
                ("granted", maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="accordé")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="répondu le")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="raison ou conditions")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="projects.fundingsource",
                        verbose_name="source",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="funding_requests",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de financement",
                "verbose_name_plural": "demandes de financement",
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__isnull", False), models.Q(("funder", ""), _negated=True), _connector="OR"
                        ),
                        name="projects_fundingrequest_to",
                        violation_error_message="Dites à qui la demande est faite.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EngagedCommunity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="communauté")),
                ("year", models.PositiveSmallIntegerField(verbose_name="année d'entrée")),
                ("words", models.TextField(blank=True, max_length=3000, verbose_name="ce qui s'y passe")),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.division",
                        verbose_name="territoire",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="engaged_communities",
                        to="programs.program",
                    ),
                ),
                (
                    "projects",
                    models.ManyToManyField(
                        blank=True, related_name="communities", to="projects.project", verbose_name="projets"
                    ),
                ),
            ],
            options={
                "verbose_name": "communauté engagée",
                "verbose_name_plural": "communautés engagées",
                "ordering": ["year", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("program", "name"),
                        name="projects_community_once",
                        violation_error_message="Cette communauté est déjà engagée dans la démarche.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="projects.project",
                verbose_name="projet",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="projects.project",
                verbose_name="projet",
            ),
        ),
        migrations.CreateModel(
            name="ProjectDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("photo", "Photo"),
                            ("letter", "Lettre"),
                            ("receipt", "Pièce justificative"),
                        ],
                        default="document",
                        max_length=8,
                        verbose_name="sorte",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("file_name", models.CharField(editable=False, max_length=200)),
                ("media_type", models.CharField(editable=False, max_length=100)),
                ("size", models.PositiveBigIntegerField(editable=False)),
                ("alternative", models.CharField(blank=True, max_length=300, verbose_name="ce que montre la photo")),
                ("credit", models.CharField(blank=True, max_length=200, verbose_name="crédit")),
                (
                    "nobody_recognisable",
                    models.BooleanField(default=False, verbose_name="personne n'y est reconnaissable"),
                ),
                ("consent_on", models.DateField(blank=True, null=True, verbose_name="consentement obtenu le")),
                (
                    "consent_words",
                    models.CharField(blank=True, max_length=300, verbose_name="comment le consentement a été obtenu"),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="paraît sur la fiche publique")),
                ("added_by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "document d'un projet",
                "verbose_name_plural": "documents d'un projet",
                "ordering": ["-added_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", False),
                            ("nobody_recognisable", True),
                            ("consent_on__isnull", False),
                            _connector="OR",
                        ),
                        name="projects_document_consent",
                        violation_error_message="Une photo ne paraît que si les personnes reconnaissables y ont consenti, ou s'il n'y en a pas.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectPartner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "Argent"),
                            ("in_kind", "Biens, locaux ou services"),
                            ("time", "Temps et accompagnement"),
                            ("expertise", "Expertise ou formation"),
                            ("voice", "Appui public ou politique"),
                        ],
                        default="time",
                        max_length=9,
                        verbose_name="part",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="en quelques mots")),
                ("since", models.DateField(blank=True, null=True, verbose_name="depuis")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_parts",
                        to="directory.organization",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "partenaire d'un projet",
                "ordering": ["organization__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "organization", "kind"),
                        name="projects_partner_once",
                        violation_error_message="Cette part de cet organisme est déjà inscrite.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Responsable"), ("member", "Collaboration")],
                        default="member",
                        max_length=6,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="projects", to="directory.person"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne d'un projet",
                "ordering": ["role", "person__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "person"),
                        name="projects_person_once",
                        violation_error_message="Cette personne est déjà du projet.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("idea", "Idée"),
                            ("seeking", "À la recherche d'appuis"),
                            ("under_way", "En cours"),
                            ("handed_over", "Passé à d'autres"),
                            ("ended", "Terminé"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("idea", "Idée"),
                            ("seeking", "À la recherche d'appuis"),
                            ("under_way", "En cours"),
                            ("handed_over", "Passé à d'autres"),
                            ("ended", "Terminé"),
                        ],
                        max_length=11,
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="ce qui s'est passé")),
                ("by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d'un projet",
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("activities", "Plus d'activités"),
                            ("climate", "Meilleur climat"),
                            ("knowledge", "Meilleure connaissance des services et autonomie"),
                            ("conflicts", "Moins de conflits"),
                            ("safety", "Sentiment de sécurité accru"),
                            ("reputation", "Meilleure réputation du milieu"),
                            ("ties", "Liens et entraide"),
                            ("continuity", "Suites et pérennité"),
                            ("other", "Autre retombée"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="effet",
                    ),
                ),
                ("statement", models.CharField(max_length=500, verbose_name="ce qui a changé")),
                ("story", models.TextField(blank=True, max_length=5000, verbose_name="récit")),
                (
                    "told_as",
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
                        verbose_name="qui le dit",
                    ),
                ),
                ("observed_on", models.DateField(blank=True, null=True, verbose_name="observé le")),
                ("is_public", models.BooleanField(default=False, verbose_name="paraît sur la fiche publique")),
                ("added_by_label", models.CharField(blank=True, editable=False, max_length=200)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="results", to="projects.project"
                    ),
                ),
            ],
            options={
                "verbose_name": "retombée",
                "verbose_name_plural": "retombées",
                "ordering": ["effect", "-observed_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "Rencontre"),
                            ("entry", "Intervention du journal"),
                            ("document", "Document du projet"),
                            ("activity", "Activité"),
                            ("address", "Adresse"),
                        ],
                        max_length=8,
                        verbose_name="sorte",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="ce que cela montre")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.activity",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.projectdocument",
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
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proofs", to="projects.result"
                    ),
                ),
            ],
            options={
                "verbose_name": "preuve d'une retombée",
                "verbose_name_plural": "preuves d'une retombée",
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="année")),
                ("held_on", models.DateField(verbose_name="fait le")),
                ("words", models.TextField(blank=True, max_length=10000, verbose_name="ce que nous en retenons")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    "next_plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="opened_by",
                        to="projects.plan",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="projects.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "bilan annuel d'un plan",
                "ordering": ["-year", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "year"),
                        name="projects_review_once",
                        violation_error_message="Ce plan a déjà un bilan pour cette année.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NextPriority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="rang")),
                ("statement", models.CharField(max_length=300, verbose_name="cible prioritaire")),
                ("support", models.CharField(blank=True, max_length=500, verbose_name="appuis promis")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="priorities", to="projects.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "priorité de l'année à venir",
                "verbose_name_plural": "priorités de l'année à venir",
                "ordering": ["review", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("reached", "Atteinte"),
                            ("partly", "Atteinte en partie"),
                            ("not_reached", "Pas atteinte"),
                            ("too_early", "Trop tôt pour le dire"),
                        ],
                        max_length=11,
                        verbose_name="cible",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="ce qui en est ressorti")),
                ("goes_on", models.BooleanField(default=False, verbose_name="se poursuit l'an prochain")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review_lines", to="projects.action"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="projects.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne d'un bilan",
                "ordering": ["review", "action", "id"],
                "constraints": [models.UniqueConstraint(fields=("review", "action"), name="projects_reviewline_once")],
            },
        ),
        migrations.CreateModel(
            name="RoadMatrix",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "unit",
                    models.CharField(
                        choices=[("km", "Kilomètres"), ("minutes", "Minutes")],
                        default="km",
                        max_length=7,
                        verbose_name="unité",
                    ),
                ),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="road_matrices", to="programs.program"
                    ),
                ),
            ],
            options={
                "verbose_name": "table de trajets",
                "verbose_name_plural": "tables de trajets",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Road",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("travel", models.FloatField()),
                (
                    "end",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territories.housingsite"
                    ),
                ),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territories.housingsite"
                    ),
                ),
                (
                    "matrix",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roads", to="projects.roadmatrix"
                    ),
                ),
            ],
            options={
                "verbose_name": "trajet",
                "ordering": ["matrix", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("matrix", "start", "end"), name="projects_road_once"),
                    models.CheckConstraint(condition=models.Q(("travel__gte", 0)), name="projects_road_travel"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveSmallIntegerField(verbose_name="note")),
                ("comment", models.CharField(blank=True, max_length=1000, verbose_name="commentaire")),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="projects.application"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="projects.criterion"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="concertation.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "note d'une demande",
                "ordering": ["application", "criterion", "member", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "member", "criterion"), name="projects_score_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="date")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en minutes")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="projects.activity"
                    ),
                ),
            ],
            options={
                "verbose_name": "séance d'une activité",
                "ordering": ["on", "starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Turnout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("children", "Enfants (0 à 11 ans)"),
                            ("youth", "Jeunes (12 à 17 ans)"),
                            ("adults", "Adultes (18 à 64 ans)"),
                            ("seniors", "Personnes aînées (65 ans et plus)"),
                            ("workers", "Intervenant·es et partenaires"),
                            ("unknown", "Âge non précisé"),
                        ],
                        max_length=8,
                        verbose_name="catégorie",
                    ),
                ),
                ("participations", models.PositiveIntegerField(verbose_name="participations")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turnout", to="projects.session"
                    ),
                ),
            ],
            options={
                "verbose_name": "participations à une séance",
                "verbose_name_plural": "participations à des séances",
                "ordering": ["session", "audience"],
                "constraints": [models.UniqueConstraint(fields=("session", "audience"), name="projects_turnout_once")],
            },
        ),
        migrations.CreateModel(
            name="Twinning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="activité")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workshop", "Atelier"),
                            ("course", "Cours"),
                            ("conference", "Conférence"),
                            ("camp", "Camp"),
                            ("garden", "Jardin collectif"),
                            ("kitchen", "Cuisine collective"),
                            ("outing", "Sortie"),
                            ("gathering", "Grand rassemblement"),
                            ("mutual_aid", "Groupe d'entraide"),
                            ("service", "Service rendu"),
                            ("other", "Autre"),
                        ],
                        default="course",
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("least", models.PositiveSmallIntegerField(verbose_name="participants au moins")),
                ("most", models.PositiveSmallIntegerField(verbose_name="participants au plus")),
                ("most_travel", models.FloatField(verbose_name="trajet maximal")),
                ("proposal", models.JSONField(blank=True, default=dict, editable=False)),
                ("proposed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "matrix",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.roadmatrix",
                        verbose_name="table de trajets",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="twinnings", to="programs.program"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="offerte par",
                    ),
                ),
            ],
            options={
                "verbose_name": "jumelage",
                "verbose_name_plural": "jumelages",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("least__gte", 1), ("most__gte", models.F("least"))),
                        name="projects_twinning_size",
                        violation_error_message="Le minimum est d'au moins 1 et le maximum d'au moins le minimum.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_travel__gte", 0)),
                        name="projects_twinning_travel",
                        violation_error_message="Le trajet maximal n'est pas négatif.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TwinningGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("expected", models.PositiveSmallIntegerField()),
                ("travel", models.FloatField()),
                (
                    "activity",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="twinning_group",
                        to="projects.activity",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territories.housingsite"
                    ),
                ),
                ("sites", models.ManyToManyField(related_name="+", to="territories.housingsite")),
                (
                    "twinning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="projects.twinning"
                    ),
                ),
            ],
            options={
                "verbose_name": "regroupement d'un jumelage",
                "verbose_name_plural": "regroupements d'un jumelage",
                "ordering": ["twinning", "id"],
            },
        ),
        migrations.CreateModel(
            name="TwinningSite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("interested", models.PositiveSmallIntegerField(verbose_name="personnes intéressées")),
                ("can_host", models.BooleanField(default=True, verbose_name="peut recevoir")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territories.housingsite"
                    ),
                ),
                (
                    "twinning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sites", to="projects.twinning"
                    ),
                ),
            ],
            options={
                "verbose_name": "milieu d'un jumelage",
                "verbose_name_plural": "milieux d'un jumelage",
                "ordering": ["site__name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("twinning", "site"), name="projects_twinningsite_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="VigilanceScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(verbose_name="depuis")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="arrêté le")),
                ("check_times", models.CharField(blank=True, max_length=200, verbose_name="heures de la ronde")),
                ("rules", models.TextField(blank=True, max_length=3000, verbose_name="règles convenues")),
                (
                    "escalation",
                    models.TextField(
                        blank=True, max_length=3000, verbose_name="que faire quand quelque chose ne va pas"
                    ),
                ),
                (
                    "consents_kept",
                    models.CharField(blank=True, max_length=300, verbose_name="où sont gardés les consentements"),
                ),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="à revoir le")),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vigilance_schemes",
                        to="programs.program",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vigilance_schemes",
                        to="territories.housingsite",
                        verbose_name="milieu",
                    ),
                ),
            ],
            options={
                "verbose_name": "système de vigilance",
                "verbose_name_plural": "systèmes de vigilance",
                "ordering": ["site__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("program", "site"),
                        name="projects_vigilance_once",
                        violation_error_message="Ce milieu a déjà un système de vigilance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on", None), ("ended_on__gte", models.F("since")), _connector="OR"),
                        name="projects_vigilance_dates",
                        violation_error_message="La fin précède le début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VigilanceCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="date")),
                ("sentinels", models.PositiveSmallIntegerField(verbose_name="sentinelles")),
                ("units", models.PositiveSmallIntegerField(verbose_name="logements participants")),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="projects.vigilancescheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte d'un système de vigilance",
                "ordering": ["on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "on"),
                        name="projects_vigilancecount_once",
                        violation_error_message="Ce jour a déjà son compte.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VigilanceAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="date")),
                (
                    "delay_minutes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="délai avant qu'on y soit (minutes)"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("false_alarm", "Fausse alerte"),
                            ("help", "Aide apportée"),
                            ("emergency", "Urgence"),
                            ("death", "Décès"),
                            ("unknown", "Issue non connue"),
                        ],
                        max_length=11,
                        verbose_name="issue",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="ce que nous en retenons")),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="projects.vigilancescheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "alerte",
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ActionSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="qui (autre)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "Argent"),
                            ("in_kind", "Biens, locaux ou services"),
                            ("time", "Temps et accompagnement"),
                            ("expertise", "Expertise ou formation"),
                            ("voice", "Appui public ou politique"),
                        ],
                        default="time",
                        max_length=9,
                        verbose_name="part",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="ce qui est promis")),
                ("amount", maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="montant")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "Promis"),
                            ("held", "Tenu"),
                            ("partly", "Tenu en partie"),
                            ("not_held", "Pas tenu"),
                        ],
                        default="promised",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("promised_on", models.DateField(blank=True, null=True, verbose_name="promis le")),
                ("said_on", models.DateField(blank=True, null=True, verbose_name="constaté le")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="supports", to="projects.action"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="organisme",
                    ),
                ),
            ],
            options={
                "verbose_name": "appui d'une action",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organization__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="projects_support_named",
                        violation_error_message="Dites qui appuie l'action.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="rang")),
                ("side", models.CharField(choices=[("cost", "Dépense"), ("source", "Source")], max_length=6)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "Demandé à la mesure"),
                            ("money", "Autre source, en argent"),
                            ("in_kind", "Autre source, en biens et services"),
                        ],
                        max_length=7,
                        verbose_name="sorte",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="poste ou source")),
                ("amount", maillage.projects.amounts.AmountField(verbose_name="montant prévu")),
                ("actual", maillage.projects.amounts.AmountField(blank=True, null=True, verbose_name="montant réel")),
                ("is_confirmed", models.BooleanField(default=False, verbose_name="confirmé")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="budget", to="projects.application"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                        verbose_name="organisme",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne de budget",
                "verbose_name_plural": "lignes de budget",
                "ordering": ["application", "-side", "position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0), models.Q(("actual", None), ("actual__gte", 0), _connector="OR")
                        ),
                        name="projects_budgetline_amounts",
                        violation_error_message="Un montant n'est jamais négatif.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), ("side", "cost")),
                            models.Q(("side", "source"), models.Q(("kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="projects_budgetline_kind",
                        violation_error_message="Une source est demandée à la mesure, en argent ou en biens ; une dépense n'a pas de sorte.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="raison")),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="projects.application"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="concertation.member"
                    ),
                ),
            ],
            options={
                "verbose_name": "conflit d'intérêts déclaré",
                "verbose_name_plural": "conflits d'intérêts déclarés",
                "ordering": ["declared_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "member"), name="projects_conflict_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FinalReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("results", models.TextField(max_length=10000, verbose_name="principales retombées")),
                (
                    "participants",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="participants (personnes différentes)"
                    ),
                ),
                (
                    "participations",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="participations (présences)"),
                ),
                ("reached", models.CharField(blank=True, max_length=500, verbose_name="qui a été rejoint")),
                ("learned", models.TextField(blank=True, max_length=5000, verbose_name="ce que nous avons appris")),
                ("afterwards", models.TextField(blank=True, max_length=3000, verbose_name="ce qui se poursuit")),
                ("submitted_at", models.DateTimeField(auto_now_add=True)),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="accepté le")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report", to="projects.application"
                    ),
                ),
            ],
            options={
                "verbose_name": "rapport final",
                "verbose_name_plural": "rapports finaux",
                "ordering": ["application"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("participants", None),
                            ("participations", None),
                            ("participations__gte", models.F("participants")),
                            _connector="OR",
                        ),
                        name="projects_report_reach",
                        violation_error_message="Il y a au moins autant de participations que de participants.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group__isnull", False), ("program", None), ("project", None)),
                    models.Q(("group", None), ("program", None), ("project__isnull", False)),
                    models.Q(("group", None), ("program__isnull", False), ("project", None)),
                    _connector="OR",
                ),
                name="projects_plan_owner",
                violation_error_message="Un plan appartient à un groupe, à un projet ou à un programme, et à un seul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("call", "project"),
                name="projects_application_once",
                violation_error_message="Ce projet a déjà une demande à cet appel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("project__isnull", False), ("program__isnull", False), _connector="OR"),
                name="projects_activity_of",
                violation_error_message="Une activité est d'un projet ou d'un programme.",
            ),
        ),
    ]
