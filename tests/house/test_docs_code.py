"""The Python that the documentation shows compiles, and what it calls runnable runs."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.test import override_settings

from orchestration.conf import OrchestrationSettings, orchestration_settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])
PACKAGES = {config.name for config in apps.get_app_configs() if config.label.startswith("gamification_")}
FENCE = re.compile(r"^```(?P<language>\w+)(?P<rest>[^\n]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(*, runnable: bool) -> list[tuple[str, str]]:
    """Return (place, code) of the Python blocks of all pages."""
    found = []
    for page in PAGES:
        text = page.read_text()
        for match in FENCE.finditer(text):
            if match["language"] == "python" and ("runnable" in match["rest"]) is runnable:
                line = text[: match.start()].count("\n") + 1
                found.append((f"{page.relative_to(ROOT)}:{line}", match["code"]))
    return found


@pytest.mark.parametrize(("place", "code"), blocks(runnable=False), ids=lambda value: str(value).split("\n")[0])
def test_shown_python_compiles(place: str, code: str) -> None:
    compile(code, place, "exec")


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "code"), blocks(runnable=True), ids=lambda value: str(value).split("\n")[0])
def test_runnable_python_runs(place: str, code: str) -> None:
    exec(compile(code, place, "exec"), {"__name__": "documentation"})


def test_the_settings_shown_are_the_defaults() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    shown: dict[str, dict[str, dict[str, object]]] = {}
    exec(next(match["code"] for match in FENCE.finditer(page) if match["language"] == "python"), shown)

    with override_settings(GAMIFICATION=shown["GAMIFICATION"]):
        assert orchestration_settings() == OrchestrationSettings()


def test_every_variable_read_by_the_settings_is_documented() -> None:
    settings = "".join(path.read_text() for path in (ROOT / "gamification_site" / "settings").glob("*.py"))
    read = set(re.findall(r"given\.\w+\(\s*\"([A-Z_]+)\"", settings))
    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "configuration.md").read_text()))

    assert {name for name in read if "TEST" not in name} <= documented


def test_every_command_in_the_pages_exists() -> None:
    ours = {name for name, app in get_commands().items() if app in PACKAGES}
    pages = "".join(page.read_text() for page in PAGES)
    named = set(re.findall(r"manage\.py ([a-z_]+)", pages)) - {"migrate", "collectstatic", "createsuperuser"}

    assert named - {"sync_translation_fields"} <= ours
