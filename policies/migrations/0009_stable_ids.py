"""Each row of a policy gets an id that outlives its title; see `offers.models.natural.stable_uuid`."""

import uuid

from django.db import migrations, models

NAMESPACE = uuid.UUID("2f4a4ae3-7d55-4fd9-b9a1-e196bd0dce6b")
KEYS = {
    "committee": ("slug",),
    "policy": ("slug",),
    "goal": ("policy__slug", "slug"),
    "indicator": ("goal__policy__slug", "goal__slug", "what"),
    "initiative": ("slug",),
}


def name_each(apps, schema_editor):
    """Give each row the id that it has wherever the same files are loaded."""
    for name, fields in KEYS.items():
        rows = apps.get_model("policies", name).objects.using(schema_editor.connection.alias)
        for pk, *key in rows.values_list("pk", *fields):
            rows.filter(pk=pk).update(uuid=uuid.uuid5(NAMESPACE, "/".join([f"policies.{name}", *key])))


class Migration(migrations.Migration):

    dependencies = [
        ("policies", "0008_goals_go_with_their_policy"),
    ]

    operations = [
        *(
            migrations.AddField(name, "uuid", models.UUIDField(default=uuid.uuid4, editable=False))
            for name in KEYS
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
    ]
