"""The table of the cache that all processes share: tries to log in, and codes that have been used."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS cache_entries")


class Migration(migrations.Migration):
    dependencies = [("offers", "0006_people_of_organisations")]

    operations = [migrations.RunPython(create, drop)]
