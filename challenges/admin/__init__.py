from challenges.admin import days, rules, runs  # noqa: F401
