"""What starting the site loads, and what it says when it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE")

pytestmark = pytest.mark.integration


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder with no service configured but those in ``environment``."""
    bare = {name: value for name, value in os.environ.items() if name not in SERVICES}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_starting_leaves_heavy_libraries_out() -> None:
    program = (
        "import sys, django; django.setup(); "
        "print(sorted({'sklearn', 'scipy.stats', 'scipy.optimize', 'networkx', 'skops'} & set(sys.modules)))"
    )

    finished = run("-c", program, DJANGO_SETTINGS_MODULE="gamification_site.settings.test")

    assert finished.stdout.strip() == "[]", finished.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must look like sqlite:///file.sqlite3 or postgres://"),
        ("DATABASE_URL", "postgres://x@127.0.0.1:abc/x", "DATABASE_URL is not a URL that can be read"),
        ("DATABASE_URL", "postgres://127.0.0.1:5432", "DATABASE_URL names no database"),
        ("REDIS_URL", "http://127.0.0.1", "REDIS_URL must look like redis://127.0.0.1:6379/0."),
        ("REDIS_URL", "redis://127.0.0.1:6379/abc", "REDIS_URL must end in a database's number such as /0, not /abc."),
        ("CELERY_BROKER_URL", "redis://127.0.0.1/abc", "CELERY_BROKER_URL must end in a database's number"),
        ("PORT", "99999", "PORT must be a port from 1 to 65535, not 99999."),
        ("CELERY_BROKER_URL", "amqp:///x", "CELERY_BROKER_URL names no host"),
        ("GAMIFICATION_CACHE_TTL", "soon", "GAMIFICATION_CACHE_TTL must be a whole number"),
        ("GAMIFICATION_SOCIAL_FEATURES", "perhaps", "GAMIFICATION_SOCIAL_FEATURES must be true or false"),
    ],
)
def test_a_wrong_value_is_answered_by_one_sentence(name: str, value: str, sentence: str) -> None:
    finished = run("manage.py", "run_demo", **{name: value})

    assert finished.returncode == 1
    assert len(finished.stderr.strip().splitlines()) == 1
    assert sentence in finished.stderr


def test_an_impossible_setting_of_any_app_stops_every_start(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(
        "from gamification_site.settings.test import *\nGAMIFICATION = {'CHALLENGES': {'LOGFILE': 'x'}}\n"
    )

    finished = run("manage.py", "check", DJANGO_SETTINGS_MODULE="wrong", PYTHONPATH=str(tmp_path))

    assert finished.returncode == 1
    assert finished.stderr.strip() == (
        "Error: GAMIFICATION['CHALLENGES'] has no key 'LOGFILE'; did you mean 'LOG_FILE'?"
    )


def test_production_asks_for_its_secret_key() -> None:
    finished = run("manage.py", "check", DJANGO_SETTINGS_MODULE="gamification_site.settings.production")

    assert finished.stderr.strip() == "Error: SECRET_KEY is not set: give 50 or more random characters."


class TestRunDemo:
    def test_refuses_a_port_in_use(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])

            finished = run("manage.py", "run_demo", PORT=port)

        assert finished.returncode == 1
        assert f"Port {port} on 127.0.0.1 is in use" in finished.stderr

    def test_names_each_service_that_is_away(self) -> None:
        finished = run(
            "manage.py",
            "run_demo",
            PORT=str(free_port()),
            DATABASE_URL="postgres://nobody:secret@127.0.0.1:1/none",
            REDIS_URL="redis://127.0.0.1:1",
            CELERY_BROKER_URL="amqp://guest:secret@127.0.0.1:1//",
        )

        assert finished.returncode == 1
        assert "PostgreSQL at 127.0.0.1:1 does not answer" in finished.stderr
        assert "Redis at 127.0.0.1:1 does not answer" in finished.stderr
        assert "The broker at 127.0.0.1:1 does not answer" in finished.stderr
        assert "secret" not in finished.stderr

    @pytest.mark.services
    def test_says_that_the_broker_refuses_a_wrong_password(self) -> None:
        given = urlsplit(os.environ["CELERY_BROKER_URL"])
        wrong = f"{given.scheme}://{given.username}:wrong@{given.hostname}:{given.port or 5672}//"

        finished = run("manage.py", "run_demo", PORT=str(free_port()), CELERY_BROKER_URL=wrong)

        assert finished.returncode == 1
        assert len(finished.stderr.strip().splitlines()) == 1
        assert f"The broker at {given.hostname}:{given.port or 5672} refuses the log-in" in finished.stderr
        assert "wrong@" not in finished.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class TestServing:
    def test_serves_after_preparing_and_stops_everything_when_told(self, tmp_path: Path) -> None:
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if name not in SERVICES}
        environment |= {"PORT": str(port), "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite3'}"}
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "run_demo"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        assert demo.stdout is not None
        for line in demo.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break

        with urlopen(f"http://127.0.0.1:{port}/login/", timeout=20) as response:
            status = response.status
        demo.terminate()
        demo.wait(timeout=30)

        assert status == 200, "".join(said)
        assert f"http://127.0.0.1:{port}/admin/" in "".join(said)
        assert demo.returncode == 0
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
