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
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "currency",
                    models.CharField(
                        choices=[("xp", "XP"), ("points", "points")], max_length=8, verbose_name="currency"
                    ),
                ),
                (
                    "amount",
                    models.BigIntegerField(help_text="Negative when spent or corrected.", verbose_name="amount"),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="What earned it, e.g. challenge:42; it can pay only once.",
                        max_length=120,
                        verbose_name="source",
                    ),
                ),
                (
                    "reason",
                    models.CharField(help_text="A code, e.g. question_correct.", max_length=40, verbose_name="reason"),
                ),
                ("local_date", models.DateField(verbose_name="learner's day")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "note",
                    models.CharField(
                        help_text="For colleagues; no personal details.", max_length=200, verbose_name="reason"
                    ),
                ),
                (
                    "by",
                    models.CharField(help_text="Key of the site's user.", max_length=64, verbose_name="corrected by"),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                (
                    "corrected",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="gamification_rewards.ledgerentry",
                        verbose_name="corrected entry",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gamification_rewards.ledgerentry",
                        verbose_name="counter-entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        unique=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("xp_from", models.BigIntegerField(unique=True, verbose_name="from XP")),
                *translated(
                    (
                        "name",
                        models.CharField(
                            blank=True, help_text="Empty: the number is shown.", max_length=60, verbose_name="name"
                        ),
                    )
                ),
            ],
            options={
                "verbose_name": "level",
                "verbose_name_plural": "levels",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("xp_from", 0)),
                            models.Q(("number__gt", 1), ("xp_from__gt", 0)),
                            _connector="OR",
                        ),
                        name="gam_rew_level_from_zero",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="The reason written on the ledger.", max_length=40, unique=True, verbose_name="code"
                    ),
                ),
                *translated(("name", models.CharField(blank=True, max_length=80, verbose_name="name"))),
                (
                    "base",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=9,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="base",
                    ),
                ),
                (
                    "scale",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0.000"),
                        help_text="XP per question, minute or whatever is counted.",
                        max_digits=9,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.000"))],
                        verbose_name="scale",
                    ),
                ),
                (
                    "most_per_award",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True, verbose_name="most per award"
                    ),
                ),
                (
                    "daily_cap",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="XP a learner gets of it in one day; empty: no limit.",
                        null=True,
                        verbose_name="most per day",
                    ),
                ),
                (
                    "full_times",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="After so many in a day, and after as many again, the price falls; empty: it never falls.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="times at full price",
                    ),
                ),
                (
                    "later_share",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.50"),
                        help_text="0–1; what each fall leaves of the price.",
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.00")),
                            django.core.validators.MaxValueValidator(Decimal("1.00")),
                        ],
                        verbose_name="share paid later",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, help_text="Off: it pays nothing.", verbose_name="active"),
                ),
            ],
            options={
                "verbose_name": "price",
                "verbose_name_plural": "prices",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("base__gte", 0), ("scale__gte", 0)), name="gam_rew_price_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("later_share__gte", 0), ("later_share__lte", 1)), name="gam_rew_price_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("full_times__isnull", True), ("full_times__gt", 0), _connector="OR"),
                        name="gam_rew_price_times",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "currency",
                    models.CharField(
                        choices=[("xp", "XP"), ("points", "points")], max_length=8, verbose_name="currency"
                    ),
                ),
                ("amount", models.BigIntegerField(default=0, verbose_name="amount")),
                (
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="balances",
                        to="gamification_learners.learnerprofile",
                        verbose_name="learner",
                    ),
                ),
            ],
            options={
                "verbose_name": "balance",
                "verbose_name_plural": "balances",
                "constraints": [
                    models.UniqueConstraint(fields=("learner", "currency"), name="gam_rew_balance_uniq"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="gam_rew_balance_positive"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["learner", "local_date"], name="gam_rew_entry_day"),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(fields=("learner", "currency", "source"), name="gam_rew_source_uniq"),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount", 0), _negated=True), ("amount__gte", -1000000), ("amount__lte", 1000000)
                ),
                name="gam_rew_amount_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__in", ["xp", "points"])), name="gam_rew_entry_currency"
            ),
        ),
    ]
