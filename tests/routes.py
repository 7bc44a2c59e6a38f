"""Every address of the apps, as the tests of permissions and of query counts walk them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver

from challenges import admin_api_urls
from gamification_site.practice import api_urls as practice_urls
from learners import site_urls


@dataclass(frozen=True, order=True)
class Route:
    name: str
    method: str
    action: str


def routes() -> list[Route]:
    """Return every method of every address of the installed apps, of the demo, and of the administrators' endpoints."""
    beside = (practice_urls, admin_api_urls)
    named = [route for urls in beside for route in _walk(urls.urlpatterns, f"{urls.app_name}:")]
    return sorted([*_walk(site_urls.urlpatterns, ""), *named])


def _walk(patterns: Any, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            actions = getattr(pattern.callback, "actions", None) or {"get": "get"}
            for method, action in actions.items():
                if method == "head":  # follows GET
                    continue
                yield Route(f"{namespace}{pattern.name}", method.upper(), action)
