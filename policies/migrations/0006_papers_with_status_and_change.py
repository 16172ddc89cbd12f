import policies.models.changed
from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):

    dependencies = [
        ("policies", "0005_sdgs_in_english"),
    ]

    operations = [
        migrations.AddField("document", "status", models.CharField(
            choices=[("udkast", "Udkast"), ("vedtaget", "Vedtaget"), ("ukendt", "Ikke oplyst")],
            default="ukendt", help_text="Det, papiret selv siger. Ellers “Ikke oplyst”.", max_length=8,
            verbose_name="status",
        )),
        migrations.AddField("document", "changed_at", policies.models.changed.ChangedField(
            default=timezone.now, editable=False, verbose_name="ændret",
            sources=(
                "title", "authority_id", "kind", "status", "year", "summary", "cited_by_id", "url",
            ),
        ), preserve_default=False),
        migrations.AddConstraint("document", models.CheckConstraint(
            condition=models.Q(("status__in", ["udkast", "vedtaget", "ukendt"])),
            name="document_status_is_known",
            violation_error_message="“Status” kender ikke den værdi. Vælg en fra listen.",
        )),
    ]
