"""The site works on a machine without the internet: no page loads anything from another host."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

LOADED = re.compile(
    r"""<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)""", re.I
)
IMPORTED = re.compile(r"""(?:@import\s+|url\()["']?((?:https?:)?//[^"')\s]+)""", re.I)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("administrator", "a@example.org", "correct horse"))
    return client


def loaded_from_elsewhere(page: str) -> list[str]:
    return LOADED.findall(page) + IMPORTED.findall(page)


def test_the_pattern_sees_what_it_looks_for() -> None:
    page = '<script async src="https://cdn.example/x.js"></script><style>@import url(//fonts.example/a.css)</style>'

    assert loaded_from_elsewhere(page) == ["https://cdn.example/x.js", "//fonts.example/a.css"]


@pytest.mark.parametrize("address", ["/login/", "/admin/login/", "/api/v1/docs/"])
def test_public_pages_load_nothing_from_elsewhere(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert loaded_from_elsewhere(response.text) == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_to_log_in_speaks_the_readers_language(client: Client, language: str) -> None:
    page = client.get("/login/", headers={"accept-language": language}).text

    assert f'<html lang="{language}">' in page
    assert ("Log in" if language == "en" else "Logg inn") in page


def test_every_admin_page_of_ours_opens_and_loads_nothing_from_elsewhere(administrator: Client) -> None:
    seen = 0

    for model, model_admin in admin.site._registry.items():
        if not model._meta.app_label.startswith("gamification_"):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{name}_changelist")]
        if model_admin.has_add_permission(administrator.get("/admin/").wsgi_request):
            addresses.append(reverse(f"{name}_add"))
        for address in addresses:
            response = administrator.get(address)
            assert response.status_code == 200, address
            assert loaded_from_elsewhere(response.text) == [], address
            seen += 1

    assert seen > 0
