from modeltranslation.translator import TranslationOptions, register

from learners.common.languages import fallbacks
from rewards.models import Level, Price


@register(Level)
class LevelTranslation(TranslationOptions):
    fields = ("name",)
    fallback_languages = fallbacks()


@register(Price)
class PriceTranslation(TranslationOptions):
    fields = ("name",)
    fallback_languages = fallbacks()
