from modeltranslation.translator import TranslationOptions, register

from challenges.models import ChallengeType
from learners.common.languages import fallbacks


@register(ChallengeType)
class ChallengeTypeTranslation(TranslationOptions):
    fields = ("name",)
    fallback_languages = fallbacks()
