"""Say in one sentence which of the services that the suite needs is away; the exit code is 1 then."""

import os
import sys

from gamification_site import reachable


def main() -> int:
    sentences = [
        reachable.postgresql_problem(os.environ["DATABASE_URL"]),
        reachable.redis_problem(os.environ["REDIS_URL"]),
        reachable.broker_problem(os.environ["CELERY_BROKER_URL"]),
    ]
    for sentence in filter(None, sentences):
        print(f"Error: {sentence}", file=sys.stderr)
    return 1 if any(sentences) else 0


if __name__ == "__main__":
    sys.exit(main())
