from django.contrib import admin

from learners.common.admin import ReadOnlyAdmin
from learners.models import CategoryStatistic, ItemStatistic, SkillEstimate, StatisticsVersion


@admin.register(SkillEstimate)
class SkillEstimateAdmin(ReadOnlyAdmin):
    list_display = ("learner", "category", "p", "p_by", "n", "wins", "theta", "last_at")
    list_select_related = ("learner", "category")
    exact_search = ("learner__uuid",)
    ordering = ("-id",)


@admin.register(StatisticsVersion)
class StatisticsVersionAdmin(ReadOnlyAdmin):
    list_display = ("id", "created_at", "n", "wins", "through_activity_id", "is_complete")
    ordering = ("-id",)


@admin.register(CategoryStatistic)
class CategoryStatisticAdmin(ReadOnlyAdmin):
    list_display = ("category", "version", "n", "wins", "logit")
    list_select_related = ("category", "version")
    exact_search = ("category__code",)
    ordering = ("-id",)


@admin.register(ItemStatistic)
class ItemStatisticAdmin(ReadOnlyAdmin):
    list_display = ("item", "version", "n", "wins", "logit")
    list_select_related = ("item", "version")
    exact_search = ("item__key",)
    ordering = ("-id",)
