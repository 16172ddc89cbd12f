"""What other directories must hear: when anything in an offer was changed, and that it was withdrawn."""

import offers.fields
import offers.models.tracked
from django.db import migrations, models


def those_that_are_public(apps, schema_editor):
    """Note of the offers that are public that they were; of the others nobody knows."""
    offers_ = apps.get_model("offers", "Offer").objects.using(schema_editor.connection.alias)
    offers_.filter(status="offentlig").update(was_public=True)


class Migration(migrations.Migration):

    dependencies = [
        ("offers", "0013_versions_and_working_copies"),
    ]

    operations = [
        *(
            migrations.AddField(name, "updated_at", models.DateTimeField(auto_now=True, verbose_name="ændret"))
            for name in (
                "contactpoint", "format", "language", "legalbasis", "lifesituation", "need", "organisation",
                "targetgroup", "venue",
            )
        ),
        migrations.AddField("venue", "revision", offers.models.tracked.RevisionField(
            default=offers.models.tracked.new_revision, editable=False,
        )),
        migrations.AddField("offer", "was_public", offers.fields.EverField(
            default=False, editable=False, sources=("status",), value="offentlig",
            verbose_name="har været offentligt",
        )),
        migrations.RunPython(those_that_are_public, migrations.RunPython.noop),
    ]
