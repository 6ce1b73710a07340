from django.db import migrations, models


class Migration(migrations.Migration):
    """The index is computed (`maillage search_index`): its first tables go, with nothing in them to keep."""

    dependencies = [("directory", "0002_directory_of_services")]

    operations = [
        migrations.DeleteModel(name="SearchGram"),
        migrations.DeleteModel(name="SearchPosting"),
        migrations.DeleteModel(name="SearchWord"),
        migrations.CreateModel(
            name="SearchGram",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gram", models.CharField(max_length=4, unique=True)),
                ("body", models.BinaryField(default=bytes)),
            ],
            options={"verbose_name": "n-gramme de l'index", "ordering": ["gram"]},
        ),
        migrations.CreateModel(
            name="SearchPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("block", models.PositiveIntegerField()),
                ("body", models.BinaryField()),
            ],
            options={
                "verbose_name": "services d'un mot",
                "ordering": ["key", "block"],
                "constraints": [models.UniqueConstraint(fields=("key", "block"), name="directory_searchposting_block")],
            },
        ),
        migrations.CreateModel(
            name="SearchSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service_number", models.BigIntegerField(unique=True)),
                ("body", models.BinaryField()),
            ],
            options={"verbose_name": "service dans l'index", "ordering": ["service_number"]},
        ),
        migrations.CreateModel(
            name="SearchShelf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.PositiveIntegerField(unique=True)),
                ("facts", models.BinaryField(default=bytes)),
                ("names", models.BinaryField(default=bytes)),
                ("points", models.BinaryField(default=bytes)),
                ("hours", models.BinaryField(default=bytes)),
            ],
            options={"verbose_name": "bloc de l'index", "ordering": ["block"]},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=40, unique=True)),
                ("stem", models.CharField(db_index=True, max_length=40)),
                ("sound", models.CharField(blank=True, db_index=True, max_length=40)),
                ("services", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name": "mot de l'index", "ordering": ["form"]},
        ),
    ]
