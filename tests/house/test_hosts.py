"""The apps plug into sites that are not ours: each host under tests/hosts differs from the README's in one thing."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.hosts import site

ROOT = Path(__file__).resolve().parents[2]
GIVEN_BY_THE_SITE = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
SETTINGS = "DJANGO_SETTINGS_MODULE"

pytestmark = pytest.mark.integration


def on_host(host: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python as the site ``host`` with its own SQLite file in ``folder``."""
    environment = {name: value for name, value in os.environ.items() if name not in GIVEN_BY_THE_SITE}
    environment |= {"DJANGO_SETTINGS_MODULE": f"tests.hosts.{host}", "HOST_DATABASE": str(folder / "host.sqlite3")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def walked(host: str, folder: Path) -> dict[str, Any]:
    """Migrate, check, set up and generate on ``host`` and return what was seen."""
    finished = on_host(host, folder, "-m", "tests.hosts.walk")
    assert finished.returncode == 0, finished.stderr[-3000:]
    seen: dict[str, Any] = json.loads(finished.stdout)
    return seen


def tables(file: Path) -> list[str]:
    """Return the names of the tables in the SQLite database ``file``."""
    with closing(sqlite3.connect(file)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


@pytest.mark.parametrize(
    "host", ["site", "backoffice", "german", "one_language", "chosen_languages", "uuid_users", "own_rewards"]
)
def test_a_host_migrates_sets_up_generates_and_shows_its_admin(host: str, tmp_path: Path) -> None:
    seen = walked(host, tmp_path)

    assert "" not in seen["labels"]
    assert len(seen["labels"]) >= 8
    assert seen["labels_again"] == seen["labels"]
    assert seen["generation"]["generated"] + seen["generation"]["kept"] == 3  # the answer may have made the day
    assert not seen["generation"]["errors"]
    assert set(seen["pages"].values()) == {200}
    assert seen["descriptions"]["page"] == 200
    assert {"skills_list", "challenges_history", "points_retrieve"} <= set(seen["descriptions"]["operations"])
    assert seen["descriptions"]["without_refusals"] == []


@pytest.mark.parametrize("document", ["README.md", "docs/install.md"])
def test_a_new_project_that_follows_the_instructions_to_the_letter_migrates(document: str, tmp_path: Path) -> None:
    settings, addresses = re.findall(r"```python\n(.*?)```", (ROOT / document).read_text(), re.DOTALL)[:2]
    in_project(tmp_path, "-m", "django", "startproject", "somesite", ".")
    with (tmp_path / "somesite/settings.py").open("a") as file:
        file.write(settings)
    with (tmp_path / "somesite/urls.py").open("a") as file:
        file.write(addresses)

    for command in ("check", "migrate", "setup_gamification", "check --database default --fail-level WARNING"):
        finished = in_project(tmp_path, "manage.py", *command.split())

        assert finished.returncode == 0, (command, finished.stderr[-3000:])


def in_project(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a project that stands in ``folder`` and knows us only by the search path."""
    given = {name: value for name, value in os.environ.items() if name not in (*GIVEN_BY_THE_SITE, SETTINGS)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=given | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_the_host_of_these_tests_is_the_one_of_the_instructions() -> None:
    block = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[0]
    told: dict[str, Any] = {}
    exec(block, told)

    assert (told["INSTALLED_APPS"], told["LANGUAGES"]) == (site.INSTALLED_APPS, site.LANGUAGES)


def test_a_host_without_our_languages_shows_english(tmp_path: Path) -> None:
    seen = walked("german", tmp_path)

    assert "Traffic signs" in seen["labels"]


def test_a_host_that_serves_the_admin_elsewhere_finds_it_there(tmp_path: Path) -> None:
    seen = walked("backoffice", tmp_path)

    assert {page.split("/")[1] for page in seen["pages"]} == {"backoffice"}


def test_a_host_that_stores_local_times_is_refused(tmp_path: Path) -> None:
    finished = on_host("local_times", tmp_path, "-m", "django", "migrate")

    assert finished.returncode != 0
    assert "Learners' days need aware times." in finished.stderr
    assert "Set USE_TZ = True." in finished.stderr
    assert tables(tmp_path / "host.sqlite3") == []


def test_a_host_with_a_hundred_languages_is_refused_before_it_gets_their_columns(tmp_path: Path) -> None:
    finished = on_host("every_language", tmp_path, "-m", "django", "migrate")

    assert finished.returncode != 0
    assert "MODELTRANSLATION_LANGUAGES" in finished.stderr
    assert tables(tmp_path / "host.sqlite3") == []
