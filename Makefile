# The only door to the tools. "make" alone prints this list.
# The system's own Python where it is new enough: distributions build theirs with profile-guided optimisation (pages cost a tenth less).
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>&- && echo /usr/bin/python3 || echo python3)
PORT ?= 8000
DATA ?= var
IN = .venv/bin/python
export PYTHONPATH =
.DEFAULT_GOAL := help
.PHONY: help run test check lint types translations unit journeys postgresql soak bench screenshots wheel prism lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: ## set everything up, load the demo, serve it: PORT=8000 DATA=var
	@$(PYTHON) scripts/set_up.py run
	@exec $(IN) -m tourdee.config.cli run --demo --port "$(PORT)" --data "$(DATA)"

test: ## all tests on SQLite, the journeys in a real browser included
	@$(PYTHON) scripts/set_up.py dev
	@$(IN) scripts/debian.py chromium
	@$(IN) -m tourdee.config.cli compile_translations
	$(IN) -m pytest -n 2

check: ## everything that must be green before main moves
	@$(PYTHON) scripts/set_up.py dev
	@$(IN) scripts/debian.py chromium gettext
	@$(IN) -m tourdee.config.cli compile_translations
	@$(MAKE) --no-print-directory -j2 --output-sync prism types lint translations
	@$(MAKE) --no-print-directory unit postgresql

lint: ## ruff, djlint, import-linter, migrations
	$(IN) -m ruff check .
	$(IN) -m ruff format --check .
	$(IN) -m djlint --lint --quiet src
	.venv/bin/python -c "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
	$(IN) -m tourdee.config.cli makemigrations --check --dry-run

types: ## mypy
	$(IN) -m mypy

translations: ## every text has its Thai
	$(IN) -m tourdee.config.cli check_translations

unit: ## the suite on SQLite
	$(IN) -m pytest -n 2

postgresql: ## the suite (without the journeys) on a PostgreSQL of its own
	$(IN) scripts/with_postgresql.py --forgetful $(IN) -m pytest -n 2 -m "not journey"

soak: ## all hundred trials of the races, on both databases
	TOURDEE_RACE_TRIALS=100 $(IN) -m pytest -m race
	TOURDEE_RACE_TRIALS=100 $(IN) scripts/with_postgresql.py --forgetful $(IN) -m pytest -m race

bench: ## measure pages and checkout on both databases, print a table, write bench/last.json
	@$(PYTHON) scripts/set_up.py dev
	$(IN) -m bench

prism: ## Prism by npm into build/prism, for the test that sends LINE's calls over HTTP
	@$(IN) scripts/prism.py

screenshots: ## the pictures of the README, from a fresh demo
	@$(PYTHON) scripts/set_up.py dev
	@$(IN) scripts/debian.py chromium
	$(IN) scripts/screenshots.py

wheel: ## build dist/tourdee-*.whl
	@$(PYTHON) scripts/set_up.py dev
	@$(IN) -m tourdee.config.cli compile_translations
	$(IN) -m build --wheel --no-isolation

lock: ## resolve the dependencies of pyproject.toml anew
	$(IN) -m piptools compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --allow-unsafe -o requirements/run.txt pyproject.toml
	$(IN) -m piptools compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --allow-unsafe --extra dev -o requirements/dev.txt pyproject.toml

clean: ## remove what the targets made (not DATA)
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
