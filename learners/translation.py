from modeltranslation.translator import TranslationOptions, register

from learners.common.languages import fallbacks
from learners.models import Category, Wording


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("label", "bare", "definite", "description")
    fallback_languages = fallbacks()


@register(Wording)
class WordingTranslation(TranslationOptions):
    fields = ("title", "text")
    fallback_languages = fallbacks()
