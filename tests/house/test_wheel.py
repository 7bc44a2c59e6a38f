import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"][
    "wheel"
]["packages"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


@pytest.mark.integration
class TestWheel:
    def test_holds_the_ten_apps_and_nothing_else(self, names: list[str]) -> None:
        top = {name.split("/")[0] for name in names if ".dist-info/" not in name}

        assert top == set(PACKAGES)
        assert len(PACKAGES) == 10

    def test_holds_every_file_of_an_app_that_git_knows(self, names: list[str]) -> None:
        tracked = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True)

        assert set(tracked.stdout.split("\n")) - {""} <= set(names)

    def test_leaves_compiled_python_out(self, names: list[str]) -> None:
        assert [name for name in names if name.endswith(".pyc")] == []

    def test_serves_a_host_that_has_nothing_else_of_ours(self, wheel: Path, tmp_path: Path) -> None:
        zipfile.ZipFile(wheel).extractall(tmp_path)
        shutil.copytree(ROOT / "tests" / "hosts", tmp_path / "tests" / "hosts")

        finished = subprocess.run(
            [sys.executable, "-m", "tests.hosts.walk"],
            cwd=tmp_path,
            env={
                "PATH": "",
                "DJANGO_SETTINGS_MODULE": "tests.hosts.site",
                "HOST_DATABASE": str(tmp_path / "db.sqlite3"),
            },
            capture_output=True,
            text=True,
            check=False,
        )

        assert finished.returncode == 0, finished.stderr[-3000:]
        assert "Traffic signs" in json.loads(finished.stdout)["labels"]
