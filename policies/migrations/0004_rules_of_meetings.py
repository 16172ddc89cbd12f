import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the rows: PostgreSQL alters no table that waits for its triggers."""

    dependencies = [
        ("policies", "0003_meetings_with_time_place_and_version"),
    ]

    operations = [
        migrations.AlterField("meeting", "uuid", models.UUIDField(
            default=uuid.uuid4, editable=False, unique=True,
        )),
        migrations.AddConstraint("meeting", models.UniqueConstraint(
            condition=models.Q(("external_uid", ""), _negated=True), fields=("committee", "external_uid"),
            name="meeting_comes_from_one_event",
            violation_error_message="Udvalget har allerede et møde med den UID.",
        )),
        migrations.AddConstraint("meeting", models.CheckConstraint(
            condition=models.Q(("status__in", ["planlagt", "aflyst"])), name="meeting_status_is_known",
            violation_error_message="“Status” kender ikke den værdi. Vælg en fra listen.",
        )),
        migrations.AddConstraint("meeting", models.CheckConstraint(
            condition=models.Q(
                ("ends_at", None),
                models.Q(("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)),
                _connector="OR",
            ),
            name="meeting_ends_after_it_begins",
            violation_error_message="Mødet slutter, før det begynder. Ret tiderne.",
        )),
    ]
