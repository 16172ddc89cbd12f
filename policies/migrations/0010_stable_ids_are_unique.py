import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the rows: PostgreSQL alters no table that waits for its triggers."""

    dependencies = [
        ("policies", "0009_stable_ids"),
    ]

    operations = [
        migrations.AlterField(name, "uuid", models.UUIDField(
            default=uuid.uuid4, editable=False, unique=True,
        ))
        for name in ("committee", "policy", "goal", "indicator", "initiative")
    ]
