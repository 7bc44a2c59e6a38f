from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models.challenges import CATEGORY, LEARNER, WORDING
from challenges.models.rules import ChallengeType
from learners.api import WordingError, slots_of
from learners.common.languages import columns

TARGETED = ("accuracy_challenge", "speed_challenge")  # types that ask for right answers
MOST_XP = 10_000


class ManualChallenge(models.Model):
    """A challenge that an administrator writes, for one learner, a cohort or everyone, on each of its days.

    It takes the first slots of its learners' day; a reserve only those for which nothing can be chosen.
    """

    type = models.ForeignKey(ChallengeType, models.PROTECT, related_name="+", verbose_name=_("type"))
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Empty: title and text are chosen as for all of its type.")
    )
    text = models.CharField(
        _("text"),
        max_length=400,
        blank=True,
        help_text=_("{n}: the requirement, {n|dag|dager}: a word by its number, {kat}: the topic, {r}: right answers."),
    )
    category = models.ForeignKey(
        CATEGORY,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
        help_text=_("Empty: all topics count. While the topic is off, the challenge is not given."),
    )
    requirement = models.SmallIntegerField(
        _("requirement"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In the type's unit."),
    )
    target_correct = models.SmallIntegerField(
        _("right answers needed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Only where the type asks for right answers; empty: its usual share."),
    )
    xp = models.IntegerField(_("XP"), validators=[MinValueValidator(0), MaxValueValidator(MOST_XP)])
    bonus = models.IntegerField(_("bonus"), default=0, validators=[MinValueValidator(0), MaxValueValidator(MOST_XP)])
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"), help_text=_("It is given anew on each day, by the learner's calendar."))
    learner = models.ForeignKey(
        LEARNER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("learner")
    )
    cohort = models.ForeignKey(
        "gamification_learners.Cohort",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cohort"),
        help_text=_("With neither learner nor cohort it is for everyone."),
    )
    is_reserve = models.BooleanField(
        _("reserve"), default=False, help_text=_("On: only given where nothing else can be chosen.")
    )
    is_enabled = models.BooleanField(_("enabled"), default=True)
    wording = models.ForeignKey(
        WORDING, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("wording")
    )

    class Meta:
        verbose_name = _("manual challenge")
        verbose_name_plural = _("manual challenges")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")),
                name="gam_cha_manual_dates",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(learner__isnull=True) | Q(cohort__isnull=True),
                name="gam_cha_manual_audience",
                violation_error_message=_("Choose a learner or a cohort, not both."),
            ),
            models.CheckConstraint(
                condition=Q(requirement__gte=1, xp__gte=0, bonus__gte=0),
                name="gam_cha_manual_pays",
                violation_error_message=_("The requirement is at least 1; XP and bonus are not negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.type_id}:{self.requirement}"

    def clean(self) -> None:
        """Refuse what no learner could read or complete."""
        super().clean()
        if not hasattr(self, "type"):
            return
        if self.type.needs_category and self.category is None:
            raise ValidationError({"category": _("This type needs a category.")})
        if self.target_correct is not None:
            if self.type.code not in TARGETED:
                raise ValidationError({"target_correct": _("This type does not ask for right answers.")})
            if self.target_correct > (self.requirement or 0):
                raise ValidationError({"target_correct": _("More right answers than questions.")})
        self._check_texts()

    def _check_texts(self) -> None:
        if bool(self.title) != bool(self.text):
            raise ValidationError(_("Write both title and text, or neither."))
        filled = self.slots()
        for name in (column for field in ("title", "text") for column in columns(field)):
            try:
                strange = slots_of(self.__dict__.get(name) or "") - filled
            except WordingError as error:
                raise ValidationError(str(error)) from error
            if strange:
                said = ", ".join(sorted(strange))
                raise ValidationError(_("Nobody fills %(slots)s here.") % {"slots": said})

    def slots(self) -> frozenset[str]:
        """Return the slots that its texts may use."""
        names = {"n"} | ({"kat", "kat_def"} if self.category else set())
        if self.type.code in TARGETED:
            names |= {"r"}
        if self.type.code == "speed_challenge":
            names |= {"min"}
        if self.type.code == "streak":
            names |= {"d"}
        return frozenset(names)
