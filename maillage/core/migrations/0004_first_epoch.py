import uuid

from django.db import migrations


def begin(apps, schema_editor):
    """A database begins its first life when it is made, so that no reading has to write it."""
    epoch = apps.get_model("core", "Epoch")
    if not epoch.objects.exists():
        epoch.objects.create(token=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("core", "0003_imports")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=False)]
