import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models

from learners.common.translated import translated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("gamification_learners", "0001_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChallengeSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("singleton", models.BooleanField(default=True, editable=False, unique=True)),
                (
                    "per_day",
                    models.SmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(8),
                        ],
                        verbose_name="challenges a day",
                    ),
                ),
                (
                    "difficulty_min",
                    models.FloatField(
                        default=0.2,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="least difficulty",
                    ),
                ),
                (
                    "difficulty_max",
                    models.FloatField(
                        default=0.9,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="greatest difficulty",
                    ),
                ),
                (
                    "xp_version",
                    models.CharField(
                        choices=[
                            ("v1", "v1: base × difficulty × weight"),
                            ("v2", "v2: base × weight × (0.7 + 0.6 × difficulty)"),
                        ],
                        default="v1",
                        max_length=2,
                        verbose_name="XP formula",
                    ),
                ),
                (
                    "xp_multiplier",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.00"),
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.10")),
                            django.core.validators.MaxValueValidator(Decimal("9.99")),
                        ],
                        verbose_name="XP multiplier",
                    ),
                ),
                (
                    "automation_on",
                    models.BooleanField(
                        default=True,
                        help_text="Off: challenges appear only when someone generates them.",
                        verbose_name="automatic",
                    ),
                ),
                (
                    "ml_on",
                    models.BooleanField(
                        default=True,
                        help_text="Off: everyone gets challenges by rules.",
                        verbose_name="personal choice",
                    ),
                ),
                (
                    "fallback_on",
                    models.BooleanField(
                        default=True,
                        help_text="Off: who cannot be served personally gets a short first quiz.",
                        verbose_name="choice by rules",
                    ),
                ),
                (
                    "randomized_fallback_share",
                    models.FloatField(
                        default=0.1,
                        help_text="By lot, each day, so that the personal choice can be compared fairly; 0 is allowed.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="share drawn into the rules",
                    ),
                ),
                ("min_answers", models.IntegerField(default=30, verbose_name="answers needed for the personal choice")),
                (
                    "min_category_answers",
                    models.IntegerField(default=5, verbose_name="answers needed in a category to count it"),
                ),
                (
                    "min_categories",
                    models.IntegerField(default=3, verbose_name="categories needed for the personal choice"),
                ),
                (
                    "inactivity_days",
                    models.SmallIntegerField(
                        default=30,
                        help_text="Who has been away longer gets the day's challenges at first sight instead of at midnight.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="inactivity days",
                    ),
                ),
                (
                    "retention_days",
                    models.SmallIntegerField(
                        default=400,
                        help_text="Of challenges not completed.",
                        validators=[django.core.validators.MinValueValidator(8)],
                        verbose_name="days to keep",
                    ),
                ),
                (
                    "answers_explained",
                    models.BooleanField(
                        default=False,
                        help_text="On when the site explains each answer; texts that promise it are used only then.",
                        verbose_name="answers are explained",
                    ),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="changed at")),
            ],
            options={
                "verbose_name": "challenge settings",
                "verbose_name_plural": "challenge settings",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("singleton", True)), name="gam_cha_settings_single"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("difficulty_min__lte", models.F("difficulty_max")),
                            ("per_day__gte", 1),
                            ("per_day__lte", 8),
                        ),
                        name="gam_cha_settings_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("randomized_fallback_share__gte", 0), ("randomized_fallback_share__lte", 1)
                        ),
                        name="gam_cha_settings_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Never translated; logic keys on it.", max_length=40, unique=True, verbose_name="code"
                    ),
                ),
                *translated(("name", models.CharField(max_length=80, verbose_name="name"))),
                (
                    "base_xp",
                    models.SmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="base XP",
                    ),
                ),
                (
                    "ml_weight",
                    models.FloatField(
                        help_text="Twice the weight is chosen twice as often where both fit.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(10.0),
                        ],
                        verbose_name="weight in the personal choice",
                    ),
                ),
                (
                    "requirement_min",
                    models.SmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="least requirement"
                    ),
                ),
                (
                    "requirement_max",
                    models.SmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100)], verbose_name="greatest requirement"
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("questions", "questions"),
                            ("days", "days"),
                            ("round", "questions in one faultless round"),
                        ],
                        default="questions",
                        max_length=9,
                        verbose_name="unit",
                    ),
                ),
                (
                    "scales",
                    models.BooleanField(
                        default=True,
                        help_text="Off: the same for beginners and experts.",
                        verbose_name="scales with difficulty",
                    ),
                ),
                ("needs_category", models.BooleanField(default=False, verbose_name="needs a category")),
                (
                    "days_in_a_row",
                    models.BooleanField(
                        default=True,
                        help_text="For streaks. Off: any days of the week count.",
                        verbose_name="days in a row",
                    ),
                ),
                ("is_enabled", models.BooleanField(default=True, verbose_name="enabled")),
                ("position", models.SmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "challenge type",
                "verbose_name_plural": "challenge types",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requirement_max__gte", models.F("requirement_min")), ("requirement_min__gte", 1)
                        ),
                        name="gam_cha_type_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("base_xp__gte", 1), ("ml_weight__gte", 0)), name="gam_cha_type_pays"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GenerationRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("local_date", models.DateField(verbose_name="learners' day")),
                ("attempt", models.IntegerField(help_text="Counts the runs of one day.", verbose_name="attempt")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "running"), ("done", "done")],
                        default="running",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                (
                    "last_id",
                    models.BigIntegerField(
                        default=0, help_text="Everyone up to here is served.", verbose_name="last learner"
                    ),
                ),
                ("learners", models.IntegerField(default=0, verbose_name="learners")),
                ("ml_generated", models.IntegerField(default=0, verbose_name="chosen personally")),
                ("fallback_generated", models.IntegerField(default=0, verbose_name="chosen by rules")),
                (
                    "kept",
                    models.IntegerField(
                        default=0, help_text="Challenges that were there already.", verbose_name="kept"
                    ),
                ),
                ("errors", models.IntegerField(default=0, verbose_name="errors")),
                ("statements", models.IntegerField(default=0, verbose_name="statements")),
                ("seconds", models.FloatField(default=0.0, verbose_name="seconds")),
                ("model_version", models.CharField(max_length=40, verbose_name="model")),
            ],
            options={
                "verbose_name": "generation run",
                "verbose_name_plural": "generation runs",
                "constraints": [models.UniqueConstraint(fields=("local_date", "attempt"), name="gam_cha_run_uniq")],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("local_date", models.DateField(verbose_name="learner's day")),
                ("slot", models.SmallIntegerField(help_text="Place within the day, from 0.", verbose_name="slot")),
                ("requirement", models.SmallIntegerField(help_text="In the type's unit.", verbose_name="requirement")),
                (
                    "target_correct",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="right answers needed"),
                ),
                ("minutes", models.SmallIntegerField(blank=True, null=True, verbose_name="minutes")),
                ("in_a_row", models.BooleanField(db_default=False, default=False, verbose_name="days in a row")),
                ("xp", models.IntegerField(verbose_name="XP")),
                ("bonus", models.IntegerField(verbose_name="bonus")),
                ("difficulty", models.FloatField(help_text="0–1", verbose_name="difficulty")),
                (
                    "source",
                    models.SmallIntegerField(
                        choices=[(1, "personal choice"), (2, "rules"), (3, "first quiz"), (4, "administrator")],
                        verbose_name="chosen by",
                    ),
                ),
                (
                    "randomized",
                    models.BooleanField(
                        help_text="On: chance decided between personal choice and rules.", verbose_name="drawn by lot"
                    ),
                ),
                ("model_version", models.CharField(max_length=40, verbose_name="model")),
                (
                    "propensity",
                    models.FloatField(help_text="Chance of this source and type, 0–1.", verbose_name="propensity"),
                ),
                ("predicted_completion", models.FloatField(help_text="0–1", verbose_name="predicted completion")),
                ("reasons", models.IntegerField(help_text="Bits; see challenges.reasons.", verbose_name="reasons")),
                (
                    "skill_version",
                    models.IntegerField(help_text="Of the learner's state when chosen.", verbose_name="skill version"),
                ),
                (
                    "status",
                    models.SmallIntegerField(
                        choices=[(0, "open"), (1, "completed"), (2, "abandoned")],
                        db_default=0,
                        default=0,
                        verbose_name="status",
                    ),
                ),
                ("progress", models.SmallIntegerField(db_default=0, default=0, verbose_name="progress")),
                (
                    "answered",
                    models.SmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="In the attempt under way, where answers must be right.",
                        verbose_name="answered",
                    ),
                ),
                ("attempt_at", models.DateTimeField(blank=True, null=True, verbose_name="attempt began at")),
                ("completed_at", models.DateTimeField(blank=True, null=True, verbose_name="completed at")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="Empty: all topics count.",
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
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.wording",
                        verbose_name="wording",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_challenges.challengetype",
                        verbose_name="type",
                    ),
                ),
            ],
            options={
                "verbose_name": "challenge",
                "verbose_name_plural": "challenges",
                "constraints": [
                    models.UniqueConstraint(fields=("learner", "local_date", "slot"), name="gam_cha_slot_uniq"),
                    models.CheckConstraint(
                        condition=models.Q(("bonus__gte", 0), ("requirement__gte", 1), ("xp__gte", 0)),
                        name="gam_cha_challenge_pays",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GenerationChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_id", models.BigIntegerField(verbose_name="first learner")),
                ("last_id", models.BigIntegerField(verbose_name="last learner")),
                ("learners", models.IntegerField(verbose_name="learners")),
                ("ml_generated", models.IntegerField(verbose_name="chosen personally")),
                ("fallback_generated", models.IntegerField(verbose_name="chosen by rules")),
                ("kept", models.IntegerField(verbose_name="kept")),
                ("errors", models.IntegerField(verbose_name="errors")),
                (
                    "error",
                    models.CharField(
                        blank=True, help_text="The first one: class and line.", max_length=300, verbose_name="error"
                    ),
                ),
                ("done_at", models.DateTimeField(verbose_name="done at")),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="gamification_challenges.generationrun",
                        verbose_name="run",
                    ),
                ),
            ],
            options={
                "verbose_name": "generation chunk",
                "verbose_name_plural": "generation chunks",
                "constraints": [models.UniqueConstraint(fields=("run", "first_id"), name="gam_cha_chunk_uniq")],
            },
        ),
    ]
