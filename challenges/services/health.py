"""Whether a generation can run: asked by the command before the night, and by whoever watches the site."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, InterfaceError, connections, router
from django.db.migrations.executor import MigrationExecutor

from challenges.conf import challenge_options
from challenges.models import Challenge, ChallengeSettings, GenerationRun, RunState
from challenges.selectors.rules import rules_in_force
from learners.api import LearnerProfile


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; without problems a generation can run."""

    problems: tuple[str, ...]
    facts: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.problems


def health() -> Health:
    """Look at the database, its schema, the default rows and the log file; write nothing."""
    try:
        pending = _pending_migrations()
        if pending:
            return Health((f"{pending} migrations are not applied: run `migrate`.",))
        return Health((*_row_problems(), *_file_problems()), _facts())
    except (DatabaseError, InterfaceError) as error:
        return Health((f"The database does not answer: {str(error).strip().partition(chr(10))[0]}",))


def _pending_migrations() -> int:
    executor = MigrationExecutor(connections[router.db_for_write(Challenge)])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    ours = {config.label for config in apps.get_app_configs() if config.label.startswith("gamification_")}
    return sum(migration.app_label in ours for migration, _ in plan)


def _row_problems() -> list[str]:
    rules = rules_in_force()
    enabled = [rule.code for rule in rules.types if rule.is_enabled]
    wordless = sorted(set(enabled) - {text.kind for text in rules.wordings})
    found = {
        "There are no settings: run `setup_ml_challenges`.": not ChallengeSettings.objects.exists(),
        "No challenge type is enabled: run `setup_ml_challenges` or enable one in the admin.": not enabled,
        "No topic is enabled: run `setup_gamification` or enable one in the admin.": not rules.n_categories,
        f"There is no text for: {', '.join(wordless)}.": bool(wordless),
    }
    return [problem for problem, is_so in found.items() if is_so]


def _file_problems() -> list[str]:
    path = challenge_options().log_file
    if not path:
        return []
    place = Path(path) if Path(path).exists() else Path(path).parent
    return [] if os.access(place, os.W_OK) else [f"The log file {path} cannot be written."]


def _facts() -> tuple[str, ...]:
    rules = rules_in_force()
    last = GenerationRun.objects.filter(state=RunState.DONE).order_by("-pk").first()
    return (
        f"{LearnerProfile.objects.filter(forgotten_at__isnull=True).count()} learners",
        f"personal choice {'on' if rules.ml_on else 'off'}, automation {'on' if rules.automation_on else 'off'}",
        f"last finished run: {last or 'none'}",
    )
