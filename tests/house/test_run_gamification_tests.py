import subprocess
import sys
from pathlib import Path

import pytest

from run_gamification_tests import pytest_arguments

ROOT = Path(__file__).resolve().parents[2]


class TestArguments:
    def test_no_flag_runs_everything(self) -> None:
        assert pytest_arguments([]) == []

    def test_kinds_are_joined(self) -> None:
        assert pytest_arguments(["--unit", "--performance"]) == ["-m", "unit or performance"]

    def test_a_class_is_chosen_by_name(self) -> None:
        assert pytest_arguments(["--class", "TestRewardSystems"]) == ["-k", "TestRewardSystems"]

    def test_coverage_is_reported(self) -> None:
        assert pytest_arguments(["--coverage"]) == ["--cov", "--cov-report=term-missing"]

    def test_other_arguments_reach_pytest(self) -> None:
        assert pytest_arguments(["--unit", "-x", "tests/house"]) == ["-m", "unit", "-x", "tests/house"]


@pytest.mark.integration
def test_the_exit_code_of_pytest_is_passed_through() -> None:
    run = subprocess.run(
        [sys.executable, "run_gamification_tests.py", "--class", "NoSuchClassAnywhere", "tests/house", "-q"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert run.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
