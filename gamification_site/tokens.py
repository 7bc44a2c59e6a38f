"""Logging in for a token, as strict and as plainly refused as the rest of the interface."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from learners.common.rest.throttling import LoginThrottle, WriteThrottle
from learners.common.rest.viewsets import ProblemView


class _ObjectsOnly(ProblemView):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if not isinstance(request.data, dict):
            raise serializers.ValidationError(_("Give an object."))
        super().initial(request, *args, **kwargs)


class TokenView(_ObjectsOnly, TokenObtainPairView):
    throttle_classes = (LoginThrottle,)


class RefreshView(_ObjectsOnly, TokenRefreshView):
    throttle_classes = (WriteThrottle,)
