"""Sphinx builds these pages offline: no intersphinx, no fonts or scripts from elsewhere."""

project = "django-learning-gamification"
author = "the contributors"
project_copyright = "2026, the contributors"
release = "0.1.0"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = project
exclude_patterns = ["_build"]
