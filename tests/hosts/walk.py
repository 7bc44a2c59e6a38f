"""Do on a host what its administrator does, in one process, and print what was seen as JSON."""

import io
import json
import sys
from typing import Any

import django
from django.core.management import call_command, get_commands


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("makemigrations", check_changes=True, dry_run=True, interactive=False, verbosity=0)
    call_command("check", databases=["default"], fail_level="ERROR", stdout=io.StringIO(), stderr=io.StringIO())
    run("setup_gamification")
    first = labels()
    run("setup_gamification")
    add_learner_who_answered()
    seen = {
        "labels": first,
        "labels_again": labels(),
        "generation": run("generate_daily_challenges", "--json"),
        "pages": walk_admin(),
        "descriptions": read_descriptions(),
    }
    json.dump(seen, sys.stdout)


def run(command: str, *arguments: str) -> Any:
    """Return what ``command`` reports as JSON, or None if it reports none or no installed app has it."""
    if command not in get_commands():
        return None
    output = io.StringIO()
    call_command(command, *arguments, stdout=output)
    return json.loads(output.getvalue()) if "--json" in arguments else None


def add_learner_who_answered() -> None:
    """Make a user and record an answer of theirs, so that a generation has somebody to serve."""
    from django.contrib.auth import get_user_model

    from learners.api import NewActivity, Source, record_activities
    from learners.common import clock

    user = get_user_model().objects.create_superuser("administrator", "a@example.org", "correct horse")
    source = Source.objects.create(code="quiz", name="Quiz", learner_ids_are_users=True)
    answer = NewActivity(client_id="first", learner=str(user.pk), category="traffic_signs", correct=True)
    # told to no room, as an import does: a room would make the day at once and leave nothing to generate
    record_activities(activities=[answer], source=source, now=clock.now(), run_handlers=False)


def walk_admin() -> dict[str, int]:
    """Return the status of the list page of each of our models in the admin."""
    from django.contrib import admin
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username="administrator"))
    pages = {}
    for model in admin.site._registry:
        if model._meta.app_label.startswith("gamification_"):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            pages[address] = client.get(address).status_code
    return pages


def read_descriptions() -> dict[str, Any]:
    """Return the status of the page to try the API out on, and the operations that the API description names."""
    from django.test import Client
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    page = client.get(reverse("gamification-docs"))
    described = client.get(reverse("gamification-schema"), headers={"accept": "application/vnd.oai.openapi+json"})
    operations = [each for methods in described.json()["paths"].values() for each in methods.values()]
    return {
        "page": page.status_code,
        "operations": [each["operationId"] for each in operations],
        "without_refusals": [each["operationId"] for each in operations if "503" not in each["responses"]],
    }


def labels() -> list[str]:
    """Return the categories' labels in the language that the site shows by default."""
    from learners.models import Category

    return sorted(str(category.label) for category in Category.objects.all())


if __name__ == "__main__":
    main()
