import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gamification_challenges", "0002_chunk_queue"),
        ("gamification_learners", "0001_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChallengeRating",
            fields=[
                (
                    "challenge",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rating",
                        serialize=False,
                        to="gamification_challenges.challenge",
                        verbose_name="challenge",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("useful", "useful"),
                            ("too_easy", "too easy"),
                            ("too_hard", "too hard"),
                            ("not_relevant", "not relevant"),
                        ],
                        max_length=12,
                        verbose_name="verdict",
                    ),
                ),
                ("rated_at", models.DateTimeField(verbose_name="rated at")),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
            },
        ),
        migrations.AddField(
            model_name="challenge",
            name="reopened_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the learner took a missed day up again.",
                null=True,
                verbose_name="reopened at",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopened_at__isnull", False), ("status", 0)),
                fields=("learner", "slot"),
                name="gam_cha_one_reopened",
            ),
        ),
        migrations.AddConstraint(
            model_name="challengerating",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["useful", "too_easy", "too_hard", "not_relevant"])),
                name="gam_cha_verdict_known",
            ),
        ),
    ]
