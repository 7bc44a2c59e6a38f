"""Rows for tests."""

from datetime import UTC, datetime
from typing import Any

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from learners.models import Category, LearnerProfile, Source

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday; 13:00 in Oslo


class UserFactory(DjangoModelFactory[Any]):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password("a-long-password")


class LearnerProfileFactory(DjangoModelFactory[LearnerProfile]):
    class Meta:
        model = LearnerProfile

    zone = "Europe/Oslo"
    created_at = NOON


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    code = factory.Sequence(lambda n: f"source-{n}")
    name = "Quiz"


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    code = factory.Sequence(lambda n: f"category_{n}")
    label = "Trafikkskilt"
