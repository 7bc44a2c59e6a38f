from django.contrib import admin

from learners.common.admin import ReadOnlyAdmin
from learners.models import Delivery, Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("id", "name", "learner", "data", "happened_at")
    list_select_related = ("learner",)
    exact_search = ("pk", "learner__uuid")
    ordering = ("-id",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("id", "consumer", "event", "attempts", "not_before", "delivered_at", "error")
    list_select_related = ("event",)
    exact_search = ("pk", "event")
    ordering = ("-id",)
