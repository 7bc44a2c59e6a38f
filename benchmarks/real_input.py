"""Import real answers, generate one day's challenges for all their learners, twice, and report what was chosen.

``python -m benchmarks.real_input FILE``: FILE has the columns of ``import_activities``. DATABASE_URL names the server
(a database of its own is made and dropped); without it, SQLite.
"""

import argparse
import json
import sys
from io import StringIO
from typing import Any

from benchmarks.workbench import own_database

_CHOSEN_AGAINST_NOT = """
WITH personal AS (
    SELECT DISTINCT learner_id, category_id FROM gamification_challenges_challenge
    WHERE source = %s AND category_id IS NOT NULL
)
SELECT personal.category_id IS NOT NULL AS chosen, SUM(skill.wins), SUM(skill.n), COUNT(*)
FROM gamification_learners_skillestimate skill
LEFT JOIN personal ON personal.learner_id = skill.learner_id AND personal.category_id = skill.category_id
WHERE skill.learner_id IN (SELECT learner_id FROM personal)
GROUP BY 1
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    given = parser.parse_args()
    with own_database() as vendor:
        report = {"database": vendor, **run(given.file)}
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


def run(file: str) -> dict[str, Any]:
    """Return the reports of the import, of both generations, and the tables of what was chosen."""
    _command("setup_gamification")
    imported = json.loads(_command("import_activities", file, create_categories=True, json=True))
    first = json.loads(_command("generate_daily_challenges", json=True))
    second = json.loads(_command("generate_daily_challenges", json=True))
    return {
        "import": imported,
        "generation": first,
        "generation_again": second,
        "choices": choices(),
        "model_share": model_share(),
        "success_rate": success_rates(),
    }


def choices() -> list[dict[str, Any]]:
    """Return how many challenges there are by slot, source and type."""
    from django.db.models import Count

    from challenges.models import Challenge, Origin

    rows = Challenge.objects.values_list("slot", "source", "type__code").annotate(n=Count("id"))
    return [
        {"slot": slot, "source": Origin(source).name.lower(), "type": code, "n": n}
        for slot, source, code, n in sorted(rows)
    ]


def model_share() -> dict[str, Any]:
    """Return how many learners with enough data got a model's choice, and how many the lot sent to the rules."""
    from challenges.models import Challenge, Origin

    day = Challenge.objects.filter(slot=0)
    by_model = day.filter(source=Origin.ML).count()
    by_lot = day.filter(randomized=True).exclude(source=Origin.ML).count()
    eligible = by_model + by_lot
    return {
        "eligible_learners": eligible,
        "by_model": by_model,
        "by_rules_drawn_by_lot": by_lot,
        "share": round(by_model / eligible, 4) if eligible else None,
        "target": 0.85,
    }


def success_rates() -> dict[str, Any]:
    """Return the share of right answers so far in chosen and in other practised categories, same learners."""
    from django.db import connection

    from challenges.models import Origin

    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN_AGAINST_NOT, [int(Origin.ML)])
        rows = cursor.fetchall()
    return {
        "chosen" if chosen else "not_chosen": {
            "right": round(float(wins) / float(n), 4),
            "answers": int(n),
            "skills": int(skills),
        }
        for chosen, wins, n, skills in rows
    }


def _command(name: str, *arguments: str, **options: Any) -> str:
    from django.core.management import call_command

    said = StringIO()
    call_command(name, *arguments, stdout=said, **options)
    return said.getvalue()


if __name__ == "__main__":
    main()
