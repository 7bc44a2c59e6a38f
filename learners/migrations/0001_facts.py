import django.core.validators
import django.db.models.deletion
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from learners.common.translated import translated


def leave_room_for_updates(apps, schema_editor):
    """Let PostgreSQL move the rows that every answer updates within their page (no index entry is rewritten)."""
    if schema_editor.connection.vendor == "postgresql":
        for table in ("skillestimate", "learnerstate", "learnerday"):
            schema_editor.execute(f"ALTER TABLE gamification_learners_{table} SET (fillfactor = 80)")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "graded",
                    models.BooleanField(
                        default=False, help_text="On: it is right or wrong and moves the skill.", verbose_name="graded"
                    ),
                ),
            ],
            options={
                "verbose_name": "activity kind",
                "verbose_name_plural": "activity kinds",
            },
        ),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
            ],
            options={
                "verbose_name": "cohort",
                "verbose_name_plural": "cohorts",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="Dotted past tense: challenge.completed.", max_length=60, verbose_name="name"
                    ),
                ),
                ("data", models.JSONField(default=dict, verbose_name="data")),
                ("happened_at", models.DateTimeField(verbose_name="happened at")),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
        migrations.CreateModel(
            name="LearnerProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("display_name", models.CharField(blank=True, max_length=50, verbose_name="display name")),
                ("language", models.CharField(blank=True, max_length=16, verbose_name="language")),
                (
                    "zone",
                    models.CharField(
                        default="UTC",
                        help_text="IANA name, e.g. Europe/Oslo; it decides the day.",
                        max_length=64,
                        verbose_name="time zone",
                    ),
                ),
                ("next_zone", models.CharField(blank=True, max_length=64, verbose_name="next time zone")),
                (
                    "next_zone_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="The local midnight at which it takes effect.",
                        null=True,
                        verbose_name="next time zone from",
                    ),
                ),
                (
                    "age_band",
                    models.CharField(
                        choices=[("unknown", "unknown"), ("minor", "minor"), ("adult", "adult")],
                        default="unknown",
                        help_text="Unknown gets the site's default protection.",
                        max_length=8,
                        verbose_name="age band",
                    ),
                ),
                (
                    "personalized",
                    models.BooleanField(
                        default=True,
                        help_text="Off: practice is chosen by rules for everyone.",
                        verbose_name="personal choice of practice",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Set when the person asked to be erased.",
                        null=True,
                        verbose_name="forgotten at",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="gamification_profile",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "learner",
                "verbose_name_plural": "learners",
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("namespace", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "creates_categories",
                    models.BooleanField(
                        default=True,
                        help_text="Off: an unknown category refuses the batch.",
                        verbose_name="may create categories",
                    ),
                ),
                (
                    "learner_ids_are_users",
                    models.BooleanField(
                        default=False,
                        help_text="On for the site's own quiz.",
                        verbose_name="names learners by this site's user keys",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
            },
        ),
        migrations.CreateModel(
            name="StatisticsVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("through_activity_id", models.BigIntegerField(default=0, verbose_name="through activity")),
                ("n", models.BigIntegerField(default=0, verbose_name="answers")),
                ("wins", models.BigIntegerField(default=0, verbose_name="correct answers")),
                ("is_complete", models.BooleanField(default=False, verbose_name="complete")),
            ],
            options={
                "verbose_name": "statistics version",
                "verbose_name_plural": "statistics versions",
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Never translated; logic keys on it.", max_length=60, unique=True, verbose_name="code"
                    ),
                ),
                *translated(
                    (
                        "label",
                        models.CharField(
                            blank=True, help_text="On its own: Trafikkskilt.", max_length=120, verbose_name="label"
                        ),
                    )
                ),
                *translated(
                    (
                        "bare",
                        models.CharField(
                            blank=True, help_text="After «om»: trafikkskilt.", max_length=120, verbose_name="bare form"
                        ),
                    )
                ),
                *translated(
                    (
                        "definite",
                        models.CharField(
                            blank=True,
                            help_text="After «repeter»: trafikkskiltene.",
                            max_length=120,
                            verbose_name="definite form",
                        ),
                    )
                ),
                *translated(("description", models.TextField(blank=True, verbose_name="description"))),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.00"),
                        help_text="How hard the topic is; multiplies XP.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.10")),
                            django.core.validators.MaxValueValidator(Decimal("9.99")),
                        ],
                        verbose_name="weight",
                    ),
                ),
                (
                    "exam_share",
                    models.FloatField(
                        blank=True,
                        help_text="0–1; empty: the topics without one share the rest equally.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="share of the exam",
                    ),
                ),
                (
                    "is_enabled",
                    models.BooleanField(default=True, help_text="Off: no challenges about it.", verbose_name="enabled"),
                ),
                ("position", models.IntegerField(default=0, verbose_name="position")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="gamification_learners.category",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("consumer", models.CharField(max_length=60, verbose_name="consumer")),
                ("attempts", models.SmallIntegerField(default=0, verbose_name="attempts")),
                ("not_before", models.DateTimeField(verbose_name="not before")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="error")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="gamification_learners.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, verbose_name="key")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="gamification_learners.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="gamification_learners.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "client_id",
                    models.CharField(
                        help_text="Made by the sender, once per activity.", max_length=64, verbose_name="client id"
                    ),
                ),
                ("body_sha256", models.CharField(max_length=64, verbose_name="hash of the body")),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                (
                    "correct",
                    models.BooleanField(blank=True, help_text="Empty: not graded.", null=True, verbose_name="correct"),
                ),
                ("value", models.FloatField(blank=True, null=True, verbose_name="value")),
                ("seconds", models.FloatField(blank=True, null=True, verbose_name="seconds")),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                ("occurred_at", models.DateTimeField(help_text="As the sender says.", verbose_name="occurred at")),
                ("trusted_time", models.BooleanField(default=True, verbose_name="time is trusted")),
                ("zone", models.CharField(max_length=64, verbose_name="time zone")),
                ("local_date", models.DateField(help_text="Frozen at receipt.", verbose_name="learner's day")),
                (
                    "predicted",
                    models.FloatField(
                        blank=True,
                        help_text="Chance of a right answer, before it was known; 0–1.",
                        null=True,
                        verbose_name="predicted",
                    ),
                ),
                ("predicted_by", models.CharField(blank=True, max_length=40, verbose_name="predicted by")),
                ("outcome", models.JSONField(blank=True, null=True, verbose_name="outcome")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
            },
        ),
        migrations.CreateModel(
            name="LearnerState",
            fields=[
                (
                    "learner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="state",
                        serialize=False,
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
                ("n_answers", models.IntegerField(default=0, verbose_name="answers")),
                ("n_correct", models.IntegerField(default=0, verbose_name="correct answers")),
                (
                    "theta",
                    models.FloatField(
                        default=0.0, help_text="Logits above the average learner.", verbose_name="ability"
                    ),
                ),
                (
                    "residual",
                    models.FloatField(
                        default=0.0, help_text="Sum of answer − chance by item.", verbose_name="residual"
                    ),
                ),
                (
                    "recent",
                    models.BigIntegerField(
                        default=0,
                        help_text="The last 20 answers as bits, the newest lowest.",
                        verbose_name="recent results",
                    ),
                ),
                ("last_at", models.DateTimeField(blank=True, null=True, verbose_name="last activity at")),
                (
                    "streak",
                    models.IntegerField(
                        default=0, help_text="Days in a row up to the streak's day.", verbose_name="streak"
                    ),
                ),
                ("best_streak", models.IntegerField(default=0, verbose_name="longest streak")),
                ("streak_date", models.DateField(blank=True, null=True, verbose_name="streak's day")),
                ("freeze_month", models.DateField(blank=True, null=True, verbose_name="month of the freezes")),
                ("freezes_used", models.SmallIntegerField(default=0, verbose_name="freezes used this month")),
                (
                    "version",
                    models.IntegerField(default=0, help_text="Grows with every change.", verbose_name="version"),
                ),
            ],
            options={
                "verbose_name": "learner state",
                "verbose_name_plural": "learner states",
            },
        ),
        migrations.CreateModel(
            name="LearnerDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("local_date", models.DateField(verbose_name="learner's day")),
                ("activities", models.IntegerField(default=0, verbose_name="activities")),
                ("answers", models.IntegerField(default=0, verbose_name="answers")),
                ("correct", models.IntegerField(default=0, verbose_name="correct answers")),
                ("seconds", models.FloatField(default=0.0, verbose_name="seconds")),
                ("rounds", models.IntegerField(default=0, verbose_name="closed rounds")),
                ("faultless_rounds", models.IntegerField(default=0, verbose_name="faultless rounds")),
                (
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
            ],
            options={
                "verbose_name": "learner's day",
                "verbose_name_plural": "learners' days",
            },
        ),
        migrations.CreateModel(
            name="HandlerFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handler", models.CharField(max_length=120, verbose_name="handler")),
                ("error", models.CharField(help_text="Class and first line.", max_length=300, verbose_name="error")),
                ("fact", models.JSONField(help_text="The activity as the handler saw it.", verbose_name="fact")),
                ("failed_at", models.DateTimeField(verbose_name="failed at")),
                ("attempts", models.IntegerField(default=1, verbose_name="attempts")),
                ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="resolved at")),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="failures",
                        to="gamification_learners.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
            ],
            options={
                "verbose_name": "handler failure",
                "verbose_name_plural": "handler failures",
            },
        ),
        migrations.AddField(
            model_name="event",
            name="learner",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="gamification_learners.learnerprofile",
                verbose_name="learner",
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("learner", "learner"), ("teacher", "teacher"), ("coach", "coach")],
                        default="learner",
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="gamification_learners.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(max_length=64, verbose_name="client id")),
                (
                    "kind",
                    models.CharField(
                        choices=[("practice", "practice"), ("mock_test", "mock test")],
                        default="practice",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "planned",
                    models.SmallIntegerField(help_text="Questions, fixed at opening.", verbose_name="planned length"),
                ),
                ("answered", models.SmallIntegerField(default=0, verbose_name="answered")),
                ("correct", models.SmallIntegerField(default=0, verbose_name="correct")),
                (
                    "seconds",
                    models.FloatField(default=0.0, help_text="Summed over its answers.", verbose_name="seconds"),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "round",
                "verbose_name_plural": "rounds",
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="round",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="gamification_learners.round",
                verbose_name="round",
            ),
        ),
        migrations.CreateModel(
            name="SkillEstimate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "theta",
                    models.FloatField(
                        default=0.0, help_text="Logits above the learner's own average.", verbose_name="ability"
                    ),
                ),
                ("n", models.IntegerField(default=0, verbose_name="answers")),
                ("wins", models.IntegerField(default=0, verbose_name="correct answers")),
                (
                    "residual",
                    models.FloatField(
                        default=0.0, help_text="Sum of answer − chance by item.", verbose_name="residual"
                    ),
                ),
                (
                    "recent",
                    models.SmallIntegerField(
                        default=0, help_text="As bits, the newest lowest.", verbose_name="last three"
                    ),
                ),
                ("ewma", models.FloatField(default=0.5, help_text="0.7 old + 0.3 new.", verbose_name="moving average")),
                ("last_at", models.DateTimeField(verbose_name="last answer at")),
                (
                    "p",
                    models.FloatField(
                        help_text="Of a right answer to an average item, at the last answer; 0–1.",
                        verbose_name="chance",
                    ),
                ),
                ("p_by", models.CharField(max_length=40, verbose_name="chance by")),
                (
                    "version",
                    models.IntegerField(default=0, help_text="Grows with every change.", verbose_name="version"),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
            },
        ),
        migrations.CreateModel(
            name="LearnerIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=150, verbose_name="external id")),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "identity",
                "verbose_name_plural": "identities",
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="gamification_learners.source",
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="SourceKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash")),
                ("hint", models.CharField(editable=False, max_length=8, verbose_name="starts with")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="gamification_learners.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "source key",
                "verbose_name_plural": "source keys",
            },
        ),
        migrations.CreateModel(
            name="ItemStatistic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.BigIntegerField(verbose_name="answers")),
                ("wins", models.BigIntegerField(verbose_name="correct answers")),
                ("logit", models.FloatField(help_text="Of the smoothed share of right answers.", verbose_name="logit")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statistics",
                        to="gamification_learners.item",
                        verbose_name="item",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="gamification_learners.statisticsversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "item statistic",
                "verbose_name_plural": "item statistics",
            },
        ),
        migrations.CreateModel(
            name="CategoryStatistic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.BigIntegerField(verbose_name="answers")),
                ("wins", models.BigIntegerField(verbose_name="correct answers")),
                ("logit", models.FloatField(help_text="Of the smoothed share of right answers.", verbose_name="logit")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statistics",
                        to="gamification_learners.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="categories",
                        to="gamification_learners.statisticsversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "category statistic",
                "verbose_name_plural": "category statistics",
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.SlugField(help_text="Who uses it, e.g. challenge.", max_length=30, verbose_name="purpose"),
                ),
                (
                    "kind",
                    models.SlugField(
                        help_text="What it speaks of, e.g. a challenge type.", max_length=40, verbose_name="kind"
                    ),
                ),
                (
                    "origin",
                    models.SlugField(
                        help_text="What chose it, e.g. ml or fallback.", max_length=20, verbose_name="origin"
                    ),
                ),
                ("variant", models.SmallIntegerField(verbose_name="variant")),
                ("version", models.SmallIntegerField(default=1, verbose_name="version")),
                *translated(("title", models.CharField(max_length=120, verbose_name="title"))),
                *translated(("text", models.CharField(max_length=400, verbose_name="text"))),
                (
                    "requires",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Claims that must be true, e.g. n_at_least_10.",
                        verbose_name="requires",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "wording",
                "verbose_name_plural": "wordings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("purpose", "kind", "origin", "variant", "version"), name="gam_lea_wording_uniq"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="gam_lea_weight_positive"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("delivered_at__isnull", True)),
                fields=["consumer", "not_before"],
                name="gam_lea_delivery_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("event", "consumer"), name="gam_lea_delivery_uniq"),
        ),
        migrations.AddIndex(
            model_name="learnerprofile",
            index=models.Index(
                condition=models.Q(("next_zone_at__isnull", False)), fields=["next_zone_at"], name="gam_lea_zone_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="learnerday",
            constraint=models.UniqueConstraint(fields=("learner", "local_date"), name="gam_lea_day_uniq"),
        ),
        migrations.AddIndex(
            model_name="handlerfailure",
            index=models.Index(
                condition=models.Q(("resolved_at__isnull", True)),
                fields=["learner", "activity"],
                name="gam_lea_failure_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="handlerfailure",
            constraint=models.UniqueConstraint(fields=("activity", "handler"), name="gam_lea_failure_uniq"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["learner", "id"], name="gam_lea_event_learner"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("cohort", "learner"), name="gam_lea_member_uniq"),
        ),
        migrations.AddConstraint(
            model_name="skillestimate",
            constraint=models.UniqueConstraint(fields=("learner", "category"), name="gam_lea_skill_uniq"),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["opened_at"], name="gam_lea_round_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("source", "client_id"), name="gam_lea_round_uniq"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered__lte", models.F("planned")), ("correct__lte", models.F("answered"))),
                name="gam_lea_round_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="learneridentity",
            constraint=models.UniqueConstraint(fields=("source", "external_id"), name="gam_lea_identity_uniq"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("source", "key"), name="gam_lea_item_uniq"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["learner", "id"], name="gam_lea_activity_learner"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(fields=("source", "client_id"), name="gam_lea_activity_uniq"),
        ),
        migrations.AddConstraint(
            model_name="itemstatistic",
            constraint=models.UniqueConstraint(fields=("version", "item"), name="gam_lea_item_stat_uniq"),
        ),
        migrations.AddConstraint(
            model_name="categorystatistic",
            constraint=models.UniqueConstraint(fields=("version", "category"), name="gam_lea_cat_stat_uniq"),
        ),
        migrations.RunPython(leave_room_for_updates, migrations.RunPython.noop, elidable=False),
    ]
