import uuid

import policies.models.meeting
from django.db import migrations, models
from django.utils import timezone


def name_each(apps, schema_editor):
    """Give each meeting its own name; a default of the new column would give all the same."""
    meetings = apps.get_model("policies", "Meeting").objects.using(schema_editor.connection.alias)
    for key in meetings.values_list("pk", flat=True):
        meetings.filter(pk=key).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ("policies", "0002_words_and_revisions"),
    ]

    operations = [
        migrations.AddField("committee", "budget_year", models.PositiveSmallIntegerField(
            blank=True, help_text="Lad feltet stå tomt, hvis kilden ikke nævner året.", null=True,
            verbose_name="budgetår",
        )),
        migrations.AddField("committee", "budget_source", models.CharField(
            blank=True, help_text="Det papir, hvor andelen står.", max_length=200,
            verbose_name="kilde til andelen",
        )),
        migrations.AddField("meeting", "uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
        migrations.AddField("meeting", "starts_at", models.TimeField(
            blank=True, null=True, verbose_name="begynder",
        )),
        migrations.AddField("meeting", "ends_at", models.TimeField(
            blank=True, null=True, verbose_name="slutter",
        )),
        migrations.AddField("meeting", "place", models.CharField(
            blank=True, max_length=160, verbose_name="sted",
        )),
        migrations.AddField("meeting", "status", models.CharField(
            choices=[("planlagt", "Planlagt"), ("aflyst", "Aflyst")], default="planlagt", max_length=8,
            verbose_name="status",
        )),
        migrations.AddField("meeting", "external_uid", models.CharField(
            blank=True, editable=False, max_length=255, verbose_name="UID i kalenderfilen",
        )),
        migrations.AddField("meeting", "updated_at", models.DateTimeField(
            auto_now=True, default=timezone.now, verbose_name="ændret",
        ), preserve_default=False),
        migrations.AddField("meeting", "sequence", policies.models.meeting.SequenceField(
            default=0, editable=False,
        )),
        migrations.RunPython(name_each, migrations.RunPython.noop),
    ]
