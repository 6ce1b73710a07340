from django.db import migrations


def add_transaction_number(apps, schema_editor):
    """On PostgreSQL each line of the change log says which transaction wrote it (see core/changes.py)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE core_change ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()")
        schema_editor.execute("CREATE INDEX core_change_xid ON core_change (stream, xid)")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add_transaction_number, migrations.RunPython.noop, elidable=False)]
