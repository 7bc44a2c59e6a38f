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
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Build the wheel without the network and return the names of its files."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
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
