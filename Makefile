# What one types. The work itself is in setup/prepare, which skips every step whose inputs have not changed.

PORT ?= 8000
WORKERS ?= $(shell nproc)
# A file at a time, in the order of their names: what is told once for a file is told once.
SHARED := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
PYTHON := .venv/bin/python
COMPILE := CUSTOM_COMPILE_COMMAND='make lock' $(PYTHON) -m piptools compile --quiet --generate-hashes --allow-unsafe \
	--strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
CHECKS := check-format check-lint check-types check-rooms check-templates check-migrations check-settings check-advisories
TEMPLATES := find templates */templates -name '*.html' -print0 2>/dev/null | xargs -0 -r

.PHONY: help run test test-full test-embedded screenshots ready check $(CHECKS) format lock

help:
	@echo "make run            set up what is missing, fill the demonstration, start everything on port $(PORT)"
	@echo "make test           every test, on private PostgreSQL, Redis and Chromium where the machine has them"
	@echo "make test-full      the same, with every combination where make test takes a tenth or goes by pairs"
	@echo "                    (hours: PART=1/8 sends the first of eight equal parts of the bad values)"
	@echo "make test-embedded  the tests on the embedded default: SQLite and the in-memory broker"
	@echo "make screenshots    the pictures of the README, taken by the tests in a real browser"
	@echo "make check          format, lint, types, room order, templates, migrations, deployment settings, advisories"
	@echo "make format         put the format right"
	@echo "make lock           compile requirements*.txt from pyproject.toml (ARGS=--upgrade for newer versions)"

# Links in e-mails follow the port, unless SITE_ADDRESS says where the service is reached from outside.
run: export PORT := $(PORT)
run: export SITE_ADDRESS ?= http://localhost:$(PORT)
run:
	@setup/prepare run
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py seed_demo
	@$(PYTHON) manage.py run_embedded --port $(PORT)

test:
	@setup/prepare test
	@$(PYTHON) -m pytest $(SHARED) $(ARGS)

test-full: export TEST_IN_FULL := 1
test-full: test

test-embedded:
	@setup/prepare test
	@$(PYTHON) -m pytest $(SHARED) --embedded $(ARGS)

screenshots:
	@setup/prepare test
	@mkdir -p docs/screenshots
	SCREENSHOTS=docs/screenshots $(PYTHON) -m pytest -q tests/journeys/test_screenshots.py

# One target for each question, so that `make -k check` answers all of them.
check: $(CHECKS)
$(CHECKS): ready

ready:
	@setup/prepare test

check-format:
	$(PYTHON) -m ruff format --check . --output-format concise

check-lint:
	$(PYTHON) -m ruff check .

check-types:
	$(PYTHON) -m mypy

check-rooms:
	.venv/bin/lint-imports

check-templates:
	@$(TEMPLATES) .venv/bin/djade --target-version 5.2 --check

check-migrations:
	$(PYTHON) manage.py makemigrations --check --dry-run

# The addresses lead nowhere: what must be asked of a running PostgreSQL and Redis is said to be NOT CHECKED here,
# and is checked by test_fit_for_production.py and test_production.py (tests/deployment), and by every start of the service.
check-settings:
	$(PYTHON) manage.py check --fail-level WARNING
	ENVIRONMENT=production SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing CELERY_BROKER_URL=redis://127.0.0.1:1/0 REDIS_CACHE_URL=redis://127.0.0.1:1/1 \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

# ADVISORIES is a folder or zip of files in the OSV format; without one it says aloud that nothing was audited.
check-advisories:
	@$(PYTHON) setup/audit.py

format:
	@setup/prepare test
	$(PYTHON) -m ruff check --fix-only .
	$(PYTHON) -m ruff format .
	@$(TEMPLATES) .venv/bin/djade --target-version 5.2

# The runtime lock leads, the other two follow it: what is tested and what is shipped are the same versions.
# psycopg2 is built from source in the image, and compiling its lock needs pg_config (Debian: libpq-dev).
lock:
	@setup/prepare test
	@$(PYTHON) -m pip install --quiet --quiet 'pip-tools>=7.5,<8'
	$(COMPILE) $(ARGS) --extra local --output-file requirements.txt pyproject.toml
	$(COMPILE) $(ARGS) --extra local --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(COMPILE) $(ARGS) --extra image --constraint requirements.txt --output-file requirements-image.txt pyproject.toml
