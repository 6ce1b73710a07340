from django.db import migrations, models
from django.utils import timezone


def days_of_moments(apps, schema_editor):
    """What was written until now happened on the day that it was written."""
    for name, moment, day in (
        ("Application", "submitted_at", "submitted_on"),
        ("FinalReport", "submitted_at", "submitted_on"),
        ("ApplicationStep", "at", "on"),
    ):
        rows = list(apps.get_model("projects", name).objects.exclude(**{moment: None}).order_by("pk"))
        for row in rows:
            setattr(row, day, timezone.localdate(getattr(row, moment)))
        apps.get_model("projects", name).objects.bulk_update(rows, [day], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_target_way_and_reminders")]

    operations = [
        migrations.AlterModelOptions(
            name="applicationstep", options={"ordering": ["id"], "verbose_name": "étape d'une demande"}
        ),
        migrations.AddField(
            model_name="application",
            name="received_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="reçue sur papier le"),
        ),
        migrations.AddField(
            model_name="application",
            name="submitted_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="déposée le"),
        ),
        migrations.AddField(
            model_name="applicationstep",
            name="on",
            field=models.DateField(default=timezone.localdate, verbose_name="date"),
        ),
        migrations.AddField(
            model_name="finalreport",
            name="submitted_on",
            field=models.DateField(default=timezone.localdate, verbose_name="déposé le"),
        ),
        migrations.RunPython(days_of_moments, migrations.RunPython.noop),
        migrations.RemoveField(model_name="application", name="submitted_at"),
        migrations.RemoveField(model_name="finalreport", name="submitted_at"),
    ]
