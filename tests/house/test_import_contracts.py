"""The import contracts are only worth something if a forbidden import turns them red."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {contract["id"]: contract for contract in CONFIGURATION["tool"]["importlinter"]["contracts"]}
PACKAGES: list[str] = CONFIGURATION["tool"]["importlinter"]["root_packages"]
NOT_MODULES = {"locale", "static", "templates", "__pycache__", "common"}

pytestmark = pytest.mark.integration


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy the packages and their contracts, so that a forbidden import may be planted."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(tree: Path) -> list[str]:
    """Return the names of the contracts that lint-imports reports as broken in ``tree``."""
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in run.stdout, run.stdout + run.stderr
    return re.findall(r"^(.+) BROKEN(?: \(.*\))?$", run.stdout, flags=re.MULTILINE)


def plant(tree: Path, module: str, statement: str) -> None:
    """Append ``statement`` to ``module``, making the file and its packages when absent."""
    path = tree.joinpath(*module.split(".")).with_suffix(".py")
    for folder in reversed(path.relative_to(tree).parents):
        if folder != Path() and not (tree / folder / "__init__.py").exists():
            (tree / folder).mkdir(exist_ok=True)
            (tree / folder / "__init__.py").touch()
    with path.open("a") as file:
        file.write(f"\n{statement}\n")


class TestContracts:
    def test_hold_in_the_tree_as_it_is(self, tree: Path) -> None:
        assert broken_contracts(tree) == []

    @pytest.mark.parametrize(
        ("contract", "importer", "imported"),
        [
            ("floors", "learners.planted", "rewards.api"),
            ("floors", "rewards.planted", "challenges.api"),
            ("floors", "challenges.planted", "social.api"),
            ("floors", "engagement.planted", "motivation.api"),
            ("floors", "orchestration.planted", "gamification_site.urls"),
            ("common", "learners.common.planted", "learners.models"),
            ("common", "learners.common.rest.planted", "rewards.api"),
            ("rooms", "challenges.models", "challenges.services"),
            ("rooms", "rewards.selectors", "rewards.services"),
            ("rooms", "learners.services.planted", "learners.tasks"),
            ("rooms", "challenges.admin", "challenges.views"),
            ("face-learners", "challenges.planted", "learners.facts"),
            ("face-rewards", "challenges.planted", "rewards.services"),
            ("face-challenges", "orchestration.planted", "challenges.services"),
            ("face-evidence", "gamification_site.planted", "evidence.engine"),
            ("face-social", "gamification_site.planted", "social.engine"),
        ],
    )
    def test_a_forbidden_import_breaks_its_contract(
        self, tree: Path, contract: str, importer: str, imported: str
    ) -> None:
        target = tree.joinpath(*imported.split("."))
        if not target.is_dir():
            plant(tree, imported, "PLANTED = True")

        plant(tree, importer, f"import {imported}")

        assert CONTRACTS[contract]["name"] in broken_contracts(tree)

    def test_a_face_lets_callers_in_by_its_api(self, tree: Path) -> None:
        for imported in ("learners.api", "rewards.api", "challenges.api", "challenges.engine", "learners.common.clock"):
            plant(tree, imported, "PLANTED = True")

        plant(tree, "challenges.planted", "import learners.api, rewards.api, learners.common.clock")
        plant(tree, "orchestration.planted", "import challenges.api, challenges.engine")
        plant(tree, "gamification_site.planted", "import learners.api, challenges.api")

        assert broken_contracts(tree) == []


def test_the_common_contract_names_every_module_of_learners() -> None:
    modules = {
        f"learners.{path.stem}"
        for path in (ROOT / "learners").iterdir()
        if path.stem not in NOT_MODULES | {"__init__"} and (path.suffix == ".py" or (path / "__init__.py").exists())
    }

    named = {name for name in CONTRACTS["common"]["forbidden_modules"] if name.startswith("learners.")}

    assert named == modules


def test_every_app_has_its_face_and_its_rooms() -> None:
    apps = set(PACKAGES) - {"gamification_site"}

    assert {name.removeprefix("face-") for name in CONTRACTS if name.startswith("face-")} == apps
    assert set(CONTRACTS["rooms"]["containers"]) == apps
