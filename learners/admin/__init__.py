from learners.admin import activities, catalogue, cohorts, log, people, skills, wordings  # noqa: F401
