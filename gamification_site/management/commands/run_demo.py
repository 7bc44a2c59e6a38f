"""Prepare the demo and serve it; what `make run` calls."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import redirect_stdout
from io import StringIO
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from gamification_site import reachable

HOST = "127.0.0.1"
THREADS = 8
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15
STOPPING = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    help = "Check the surroundings, migrate, load the demo, generate today's challenges and serve on 127.0.0.1."
    requires_system_checks: list[str] = []  # they may ask the database, which is looked for first

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="stop before serving")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_used_port()
        self._refuse_missing_services()
        try:
            log_ins = self._prepare()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        for connection in connections.all(initialized_only=True):
            connection.close()
            if connection.vendor == "postgresql":
                connection.close_pool()  # type: ignore[attr-defined]
        if not options["prepare_only"]:
            self._serve(log_ins)

    def _refuse_used_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, settings.SITE_PORT))
            except OSError:
                raise CommandError(
                    f"Port {settings.SITE_PORT} on {HOST} is in use: stop what uses it or choose another, "
                    "e.g. PORT=8001 make run."
                ) from None

    def _refuse_missing_services(self) -> None:
        problems = []
        if connections["default"].vendor == "postgresql":
            problems.append(reachable.postgresql_problem(settings.DATABASE_URL))
        if settings.REDIS_URL:
            problems.append(reachable.redis_problem(settings.REDIS_URL))
        if settings.CELERY_BROKER_URL:
            problems.append(reachable.broker_problem(settings.CELERY_BROKER_URL))
        if any(problems):
            raise CommandError("\n".join(filter(None, problems)))

    def _prepare(self) -> str:
        """Bring the database up to date and return the log-ins that ``load_demo`` printed."""
        self._step("Migrating", "migrate", interactive=False)
        self._step("Adding columns of new languages", "sync_translation_fields", interactive=False)
        self._step("Adding default rows", "setup_gamification")
        self._step("Adding the task schedule", "sync_beat_schedule")
        log_ins = self._step("Loading the demo", "load_demo")
        self._step("Generating today's challenges", "generate_daily_challenges")
        self.check()
        return log_ins

    def _step(self, title: str, command: str, **options: Any) -> str:
        """Run ``command`` quietly if an installed app has it and return what it printed."""
        if command not in get_commands():
            return ""
        self.stdout.write(f"{title} …", ending="")
        self.stdout.flush()
        started = time.monotonic()
        output = StringIO()
        with redirect_stdout(output):  # some commands of other packages print past stdout=
            call_command(command, stdout=output, verbosity=1, **options)
        self.stdout.write(f" {time.monotonic() - started:.1f} s")
        return output.getvalue().strip()

    def _serve(self, log_ins: str) -> NoReturn:
        for number in STOPPING:
            signal.signal(number, _interrupt)
        children: dict[str, subprocess.Popen[bytes]] = {}
        code = 0
        try:
            for name, arguments, extra in self._processes():
                environment = os.environ | extra
                # their own session: Ctrl-C reaches only this process, which then stops them in order
                children[name] = subprocess.Popen(arguments, env=environment, start_new_session=True)
            self._wait_until_served(children["web server"])
            self._say_where(log_ins)
            code = self._wait_for_first_end(children)
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            for number in STOPPING:
                signal.signal(number, signal.SIG_IGN)  # impatience must not leave a process behind
            _stop(list(children.values()))
        sys.exit(code)

    def _processes(self) -> list[tuple[str, list[str], dict[str, str]]]:
        workers = 2 if settings.REDIS_URL else 1  # one memory cache serves one process
        web = [sys.executable, "-m", "gunicorn", "gamification_site.wsgi:application"]
        web += ["--bind", f"{HOST}:{settings.SITE_PORT}", "--worker-class", "gthread", "--log-level", "warning"]
        web += ["--workers", str(workers), "--threads", str(THREADS)]
        found: list[tuple[str, list[str], dict[str, str]]] = [("web server", web, {})]
        if settings.CELERY_BROKER_URL:
            celery = [sys.executable, "-m", "celery", "--app", "gamification_site", "--quiet"]
            no_pool = {"GAMIFICATION_DB_POOL": "0"}  # forked workers would share the pool's sockets
            # a second worker of one name hangs on the first one's control queue (RESOURCE_LOCKED)
            name = f"{settings.CELERY_TASK_DEFAULT_QUEUE}-{os.getpid()}@%h"
            worker = [*celery, "worker", "--hostname", name, "--concurrency", "2", "--loglevel", "WARNING"]
            found.append(("worker", worker, no_pool))
            found.append(("beat", [*celery, "beat", "--loglevel", "WARNING", "--pidfile="], no_pool))
        return found

    def _wait_until_served(self, web: "subprocess.Popen[bytes]") -> None:
        until = time.monotonic() + SECONDS_TO_START
        while web.poll() is None and time.monotonic() < until:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex((HOST, settings.SITE_PORT)) == 0:
                    return
            time.sleep(0.1)
        raise CommandError(f"The web server did not start within {SECONDS_TO_START} seconds.")

    def _say_where(self, log_ins: str) -> None:
        site = f"http://{HOST}:{settings.SITE_PORT}"
        self.stdout.write("")
        self.stdout.write(f"Site       {site}/")
        self.stdout.write(f"API docs   {site}/api/v1/docs/")
        self.stdout.write(f"Admin      {site}/admin/")
        self.stdout.write("")
        self.stdout.write(log_ins or "Make a log-in with: .venv/bin/python manage.py createsuperuser")
        self.stdout.write("")
        self.stdout.write("Ctrl-C stops everything.")
        self.stdout.flush()

    def _wait_for_first_end(self, children: "dict[str, subprocess.Popen[bytes]]") -> int:
        while True:
            for name, child in children.items():
                if (code := child.poll()) is not None:
                    self.stderr.write(f"The {name} ended with exit code {code}; stopping the rest.")
                    return code or 1
            time.sleep(0.5)


def _interrupt(signum: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _stop(children: "list[subprocess.Popen[bytes]]") -> None:
    """Ask every process to end and end those that do not within the time given."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        try:
            child.wait(timeout=max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
