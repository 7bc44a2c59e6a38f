import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from learners.common.translated import translated


class Migration(migrations.Migration):
    dependencies = [
        ("gamification_challenges", "0003_ratings_and_reopening"),
        ("gamification_learners", "0001_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ManualChallenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "requirement",
                    models.SmallIntegerField(
                        help_text="In the type's unit.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="requirement",
                    ),
                ),
                (
                    "target_correct",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="Only where the type asks for right answers; empty: its usual share.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="right answers needed",
                    ),
                ),
                (
                    "xp",
                    models.IntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="XP",
                    ),
                ),
                (
                    "bonus",
                    models.IntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="bonus",
                    ),
                ),
                ("first_date", models.DateField(verbose_name="first day")),
                (
                    "last_date",
                    models.DateField(
                        help_text="It is given anew on each day, by the learner's calendar.", verbose_name="last day"
                    ),
                ),
                (
                    "is_reserve",
                    models.BooleanField(
                        default=False,
                        help_text="On: only given where nothing else can be chosen.",
                        verbose_name="reserve",
                    ),
                ),
                ("is_enabled", models.BooleanField(default=True, verbose_name="enabled")),
                *translated(
                    (
                        "title",
                        models.CharField(
                            blank=True,
                            help_text="Empty: title and text are chosen as for all of its type.",
                            max_length=120,
                            verbose_name="title",
                        ),
                    ),
                    (
                        "text",
                        models.CharField(
                            blank=True,
                            help_text="{n}: the requirement, {n|dag|dager}: a word by its number, {kat}: the topic, {r}: right answers.",
                            max_length=400,
                            verbose_name="text",
                        ),
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: all topics count. While the topic is off, the challenge is not given.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        help_text="With neither learner nor cohort it is for everyone.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gamification_learners.cohort",
                        verbose_name="cohort",
                    ),
                ),
                (
                    "learner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_challenges.challengetype",
                        verbose_name="type",
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_learners.wording",
                        verbose_name="wording",
                    ),
                ),
            ],
            options={
                "verbose_name": "manual challenge",
                "verbose_name_plural": "manual challenges",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_date__gte", models.F("first_date"))),
                        name="gam_cha_manual_dates",
                        violation_error_message="The last day must not be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("learner__isnull", True), ("cohort__isnull", True), _connector="OR"),
                        name="gam_cha_manual_audience",
                        violation_error_message="Choose a learner or a cohort, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bonus__gte", 0), ("requirement__gte", 1), ("xp__gte", 0)),
                        name="gam_cha_manual_pays",
                        violation_error_message="The requirement is at least 1; XP and bonus are not negative.",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="challengesettings",
            name="min_answers",
            field=models.IntegerField(
                default=30,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="answers needed for the personal choice",
            ),
        ),
        migrations.AlterField(
            model_name="challengesettings",
            name="min_categories",
            field=models.IntegerField(
                default=3,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="categories needed for the personal choice",
            ),
        ),
        migrations.AlterField(
            model_name="challengesettings",
            name="min_category_answers",
            field=models.IntegerField(
                default=5,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="answers needed in a category to count it",
            ),
        ),
        migrations.AlterConstraint(
            model_name="challengesettings",
            name="gam_cha_settings_range",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("difficulty_min__lte", models.F("difficulty_max")), ("per_day__gte", 1), ("per_day__lte", 8)
                ),
                name="gam_cha_settings_range",
                violation_error_message="The least difficulty must not be above the greatest.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="challengetype",
            name="gam_cha_type_range",
            constraint=models.CheckConstraint(
                condition=models.Q(("requirement_max__gte", models.F("requirement_min")), ("requirement_min__gte", 1)),
                name="gam_cha_type_range",
                violation_error_message="The least requirement is at least 1 and not above the greatest.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="challengetype",
            name="gam_cha_type_pays",
            constraint=models.CheckConstraint(
                condition=models.Q(("base_xp__gte", 1), ("ml_weight__gte", 0)),
                name="gam_cha_type_pays",
                violation_error_message="The base XP is at least 1, the weight not negative.",
            ),
        ),
    ]
