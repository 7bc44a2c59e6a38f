from modeltranslation.translator import TranslationOptions, register

from challenges.models import ChallengeType, ManualChallenge
from learners.common.languages import fallbacks


@register(ChallengeType)
class ChallengeTypeTranslation(TranslationOptions):
    fields = ("name",)
    fallback_languages = fallbacks()


@register(ManualChallenge)
class ManualChallengeTranslation(TranslationOptions):
    fields = ("title", "text")
    fallback_languages = fallbacks()
