# Needs make, Python 3.11 and pip; everything else is installed into .venv.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

TEST_SETTINGS := DJANGO_SETTINGS_MODULE=gamification_site.settings.test
ALONE := DATABASE_URL= REDIS_URL= CELERY_BROKER_URL=
SERVICES := DATABASE_URL="$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}" \
	REDIS_URL="$${REDIS_URL:-redis://127.0.0.1:6379/0}" \
	CELERY_BROKER_URL="$${CELERY_BROKER_URL:-amqp://guest:guest@127.0.0.1:5672//}"
PUBLIC_SITE := DJANGO_SETTINGS_MODULE=gamification_site.settings.production ALLOWED_HOSTS=example.org \
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	DATABASE_URL=postgres://site@127.0.0.1:5432/site REDIS_URL=redis://127.0.0.1:6379/0 \
	CELERY_BROKER_URL=amqp://site@127.0.0.1:5672//
PACKAGES := learners evidence rewards engagement motivation achievements challenges pathways social orchestration

# A venv without pip of its own is served by the pip outside it (Debian ships ensurepip separately).
define install
	if $(PY) -m pip --version > /dev/null 2>&1; then pip="$(PY) -m pip"; else pip="$(PYTHON) -m pip --python $(PY)"; fi; \
	$$pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1)
endef

.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.base ## Install, prepare the demo and serve it on 127.0.0.1:8000 (PORT=… for another)
	@exec $(PY) manage.py run_demo

.PHONY: test
test: lint types contracts migrations deploy-check schema docs ## Check everything, then run the tests on SQLite
	@echo "Tests on SQLite"
	@$(ALONE) $(PY) -m pytest --quiet

.PHONY: test-services
test-services: $(VENV)/.dev ## Run the tests with PostgreSQL, Redis and RabbitMQ
	@$(SERVICES) $(PY) -m tests.services_present
	@echo "Tests with PostgreSQL, Redis and a broker"
	@$(SERVICES) $(PY) -m pytest --quiet

.PHONY: lint
lint: $(VENV)/.dev ## Check style: ruff and djlint
	@echo "Style"
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@files="$$(git ls-files '*.html' 2> /dev/null || true)"; [ -z "$$files" ] || djlint --quiet --lint --check $$files

.PHONY: types
types: $(VENV)/.dev ## Check types: mypy, strict
	@echo "Types"
	@$(ALONE) $(PY) -m mypy --no-error-summary

.PHONY: contracts
contracts: $(VENV)/.dev ## Check who imports whom: import-linter
	@echo "Import contracts"
	@log="$$(lint-imports --no-logo 2>&1)" || { echo "$$log"; exit 1; }

.PHONY: migrations
migrations: $(VENV)/.dev ## Check that no migration is missing, under the languages of four different sites
	@echo "Migrations"
	@check() { log="$$(env $(ALONE) $(TEST_SETTINGS) "$$@" $(PY) manage.py makemigrations --check --dry-run 2>&1)" \
		|| { echo "$$log"; echo "makemigrations would change something with: $$*"; exit 1; }; }; \
	check GAMIFICATION_TEST_LANGUAGES=nb,nn,en; \
	check GAMIFICATION_TEST_LANGUAGES=de,pt-br; \
	check GAMIFICATION_TEST_LANGUAGES=en-us,no; \
	check GAMIFICATION_TEST_I18N=false

.PHONY: deploy-check
deploy-check: $(VENV)/.dev ## Check the settings of a public site
	@echo "Deployment"
	@log="$$($(PUBLIC_SITE) $(PY) manage.py check --deploy --fail-level WARNING 2>&1)" || { echo "$$log"; exit 1; }

.PHONY: schema
schema: $(VENV)/.dev ## Check the OpenAPI description
	@echo "API description"
	@$(ALONE) $(TEST_SETTINGS) $(PY) manage.py spectacular --fail-on-warn --validate --file /dev/null

.PHONY: docs
docs: $(VENV)/.dev ## Build the documentation into docs/_build/html
	@echo "Documentation"
	@$(PY) -m sphinx -W --keep-going -q -b html docs docs/_build/html

.PHONY: messages
messages: $(VENV)/.dev ## Compile the translations (needs no gettext)
	@for app in $(PACKAGES) gamification_site gamification_site/practice; do \
		[ ! -d $$app/locale ] || pybabel --quiet compile --domain django --directory $$app/locale; done

.PHONY: bench
bench: $(VENV)/.dev ## Measure generation, answers and import against their floors
	@$(PY) -m benchmarks.generation --json
	@$(PY) -m benchmarks.ingest --json
	@$(PY) -m benchmarks.importing --json

.PHONY: evaluate
evaluate: $(VENV)/.dev ## Fit the models on public data and print what they reach (GAMIFICATION_DATA=folder)
	@test -d "$${GAMIFICATION_DATA:-}/answers" || { echo "Set GAMIFICATION_DATA to the folder that has answers/."; exit 1; }
	@for train in "$$GAMIFICATION_DATA"/answers/*.train.csv.gz; do \
		OMP_NUM_THREADS=1 $(PY) manage.py evaluate_models knowledge --train "$$train" \
			--test "$${train%.train.csv.gz}.test.csv.gz"; echo; done
	@for task in readiness difficulty; do \
		OMP_NUM_THREADS=1 $(PY) manage.py evaluate_models $$task \
			--train "$$GAMIFICATION_DATA/answers/statics2011.train.csv.gz" \
			--test "$$GAMIFICATION_DATA/answers/statics2011.test.csv.gz"; echo; done

.PHONY: lock
lock: $(VENV)/.dev ## Pin the newest fitting versions of all requirements with their hashes
	@for name in base dev production; do \
		uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
			--custom-compile-command "make lock" --output-file requirements/$$name.txt requirements/$$name.in; done

.PHONY: clean
clean: ## Remove what can be made again, but not .venv and not the database
	@rm -rf build dist docs/_build staticfiles htmlcov .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Error: Python 3.11 or newer is needed and was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Error: Python 3.11 or newer is needed; $(PYTHON) is older."; exit 1; }
	@$(PYTHON) -m venv $(VENV) > /dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV)

$(VENV)/.base: requirements/base.txt | $(VENV)/pyvenv.cfg
	@echo "Installing into $(VENV) (once)"
	@$(call install,requirements/base.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/pyvenv.cfg
	@echo "Installing the development tools into $(VENV) (once)"
	@$(call install,requirements/dev.txt)
	@touch $@
