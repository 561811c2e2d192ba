# Every recipe is a line or two that can be typed without make; CONTRIBUTING.md repeats them.
.DEFAULT_GOAL := help
.PHONY: help setup run seed test test-postgres pictures bench lint lock clean

PORT ?= 8000
PYTHON ?= python3
LOCKED := --quiet --require-hashes --only-binary :all: -r requirements-dev.txt
UV := .venv/uv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE)

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name does; do printf '%-14s %s\n' "$$name" "$$does"; done

setup: ## Make .venv as the lock file says; nothing to do when it is up to date
	@cmp -s requirements-dev.txt .venv/locked && test -x .venv/bin/python || $(MAKE) --no-print-directory .venv/locked

# Debian without python3-venv has no ensurepip; pip from outside then installs into .venv.
.PHONY: .venv/locked
.venv/locked:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make setup PYTHON=python3.12")'
	@echo "Installing the packages of requirements-dev.txt into .venv"
	@if $(PYTHON) -c 'import ensurepip' 2>/dev/null; then \
		$(PYTHON) -m venv .venv && .venv/bin/python -m pip install $(LOCKED); \
	else \
		$(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python .venv/bin/python install $(LOCKED); \
	fi
	@cp requirements-dev.txt .venv/locked

run: seed ## Fill the database and serve the site on 127.0.0.1:$(PORT), PORT=8000
	.venv/bin/python manage.py runserver 127.0.0.1:$(PORT)

seed: setup ## Migrate the database and load the sample content
	.venv/bin/python manage.py seed --port $(PORT)

test: setup ## Run the tests
	.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -q

test-postgres: setup ## Run the tests on PostgreSQL: the one DATABASE_URL names, else a throw-away one
	$(if $(filter postgres%,$(DATABASE_URL)),,.ci/with-postgres) .venv/bin/python -m pytest --migrations -n auto --dist loadfile --no-loadscope-reorder -q

pictures: setup ## Take the pictures of the editors' guide anew
	PICTURES=1 .venv/bin/python -m pytest -q tests/e2e/test_editors_pages.py -k pictures

bench: setup ## Measure the site against its goals, at 1,000 and 50,000 trials; takes some minutes
	.venv/bin/python -m tests.benchmarks

lint: setup ## Check the form of the code and the templates
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	find . -name '*.html' -path '*/templates/*' -not -path './.venv/*' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2 --check

lock: .venv/uv/bin/uv ## Write the lock files anew; UPGRADE=--upgrade takes the newest versions
	$(UV) -o requirements.txt pyproject.toml
	$(UV) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

.venv/uv/bin/uv: | setup
	$(PYTHON) -m pip install --quiet --target .venv/uv uv==0.13.9

clean: ## Remove .venv and everything generated; the database stays
	rm -rf .venv .pytest_cache .ruff_cache staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
