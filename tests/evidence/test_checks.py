import subprocess
import sys

import pytest
from django.test import override_settings

from evidence.checks import check_trainers


class TestTrainers:
    def test_those_of_ours_are_there(self) -> None:
        assert check_trainers(None) == []

    @pytest.mark.parametrize(
        ("path", "expected"),
        [("nowhere.THING", "gamification.E020"), ("evidence.conf.TRAINERS", "gamification.E021")],
    )
    def test_a_listed_name_that_is_none_is_refused(self, path: str, expected: str) -> None:
        with override_settings(GAMIFICATION={"EVIDENCE": {"TRAINERS": [path]}}):
            found = check_trainers(None)

        assert [message.id for message in found] == [expected]


@pytest.mark.integration
def test_a_site_starts_and_checks_itself_without_scikit_learn() -> None:
    code = (
        "import sys, django; django.setup(); from django.core.checks import run_checks; run_checks();"
        "print([name for name in ('sklearn', 'scipy') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
