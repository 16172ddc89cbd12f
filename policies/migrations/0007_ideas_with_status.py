import django.db.models.deletion
import offers.models.tracked
import policies.models.changed
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0005_synonym_language"),
        ("policies", "0006_papers_with_status_and_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdeaDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ny", "Ny"),
                            ("i-gang", "I gang"),
                            ("gennemfoert", "Gennemført"),
                            ("afvist", "Afvist"),
                        ],
                        max_length=11,
                        verbose_name="status",
                    ),
                ),
                ("decided_on", models.DateField(error_messages={"null": "Skriv den dag, det blev besluttet."}, verbose_name="besluttet")),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Kun “Ny” kan stå uden.", verbose_name="begrundelse"
                    ),
                ),
                ("source_url", models.URLField(blank=True, verbose_name="kilde")),
                (
                    "changed_at",
                    policies.models.changed.ChangedField(
                        editable=False,
                        sources=("goal_id", "status", "decided_on", "reason", "committee_id", "source_url"),
                        verbose_name="ændret",
                    ),
                ),
                (
                    "revision",
                    offers.models.tracked.RevisionField(
                        default=offers.models.tracked.new_revision, editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "beslutning om en idé",
                "verbose_name_plural": "beslutninger om idéer",
                "ordering": ["-decided_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="IdeaLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="Hvor i kilden det står.", max_length=300, verbose_name="begrundelse"
                    ),
                ),
            ],
            options={
                "verbose_name": "sammenhæng",
                "verbose_name_plural": "mål og udvalg, som idéen hænger sammen med",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                help_text="Kun for idéer: det område, som idéen handler om.",
                limit_choices_to={"parent": None},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ideas",
                to="offers.need",
                verbose_name="tema",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("theme", None), ("kind", "ide"), _connector="OR"),
                name="goal_theme_is_of_an_idea",
                violation_error_message="Kun en idé har et tema. Fjern temaet, eller gør målet til en idé.",
            ),
        ),
        migrations.AddField(
            model_name="ideadecision",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                help_text="Tom, når kilden ikke siger det.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="idea_decisions",
                to="policies.committee",
                verbose_name="besluttet af",
            ),
        ),
        migrations.AddField(
            model_name="ideadecision",
            name="goal",
            field=models.ForeignKey(
                limit_choices_to={"kind": "ide"},
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="policies.goal",
                verbose_name="idé",
            ),
        ),
        migrations.AddField(
            model_name="idealink",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="linked_ideas",
                to="policies.committee",
                verbose_name="udvalg",
            ),
        ),
        migrations.AddField(
            model_name="idealink",
            name="goal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="linked_ideas",
                to="policies.goal",
                verbose_name="mål",
            ),
        ),
        migrations.AddField(
            model_name="idealink",
            name="idea",
            field=models.ForeignKey(
                limit_choices_to={"kind": "ide"},
                on_delete=django.db.models.deletion.CASCADE,
                related_name="idea_links",
                to="policies.goal",
                verbose_name="idé",
            ),
        ),
        migrations.AddConstraint(
            model_name="ideadecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["ny", "i-gang", "gennemfoert", "afvist"])),
                name="ideadecision_status_is_known",
                violation_error_message="“Status” kender ikke den værdi. Vælg en fra listen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ideadecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "ny"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="idea_decision_has_a_reason",
                violation_error_message="Skriv begrundelsen. Kun en idé, der er ny, kan stå uden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ideadecision",
            constraint=models.UniqueConstraint(
                fields=("goal", "decided_on", "status"),
                name="idea_decision_is_unique_on_a_day",
                violation_error_message="Idéen fik allerede den status den dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="idealink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("committee__isnull", False), ("goal", None)),
                    models.Q(("committee", None), ("goal__isnull", False)),
                    _connector="OR",
                ),
                name="idea_link_leads_to_one_thing",
                violation_error_message="Vælg enten et mål eller et udvalg.",
            ),
        ),
        migrations.AddConstraint(
            model_name="idealink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("goal", None), models.Q(("goal", models.F("idea")), _negated=True), _connector="OR"
                ),
                name="idea_link_leads_elsewhere",
                violation_error_message="En idé kan ikke hænge sammen med sig selv.",
            ),
        ),
        migrations.AddConstraint(
            model_name="idealink",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="idea_link_has_a_reason",
                violation_error_message="Skriv, hvor i kilden det står.",
            ),
        ),
        migrations.AddConstraint(
            model_name="idealink",
            constraint=models.UniqueConstraint(
                fields=("idea", "goal"),
                name="idea_link_to_a_goal_is_unique",
                violation_error_message="Målet står allerede under idéen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="idealink",
            constraint=models.UniqueConstraint(
                fields=("idea", "committee"),
                name="idea_link_to_a_committee_is_unique",
                violation_error_message="Udvalget står allerede under idéen.",
            ),
        ),
    ]
