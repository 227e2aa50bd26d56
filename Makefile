# Isole di Wendy. `make run` and `make test` do all the set-up themselves.
.DEFAULT_GOAL := help
.PHONY: help run test test-long check check-web format bench lock translations setup setup-dev
BIN := .venv/bin
CORES := --numprocesses auto --maxprocesses 4 --dist loadfile  # each process has its own PostGIS and its own site

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set up what is missing, then serve (settings: PORT, DATA_DIR, DATABASE_URL, PUBLIC_URL, TILES_URL)
	@deploy/setup.sh run && exec $(BIN)/python -m app.serve

test: ## all tests on SpatiaLite and PostGIS, with the browser journeys
	@deploy/setup.sh dev && exec $(BIN)/python -m pytest $(CORES) -m "not long and not timed"

test-long: ## everything: full matrices, races, kills, fuzzing
	@deploy/setup.sh dev && exec $(BIN)/python -m pytest $(CORES) -m "not timed"

check-web: ## the budgets of every page: barriers, keyboard, weight, speed on a slow phone, Lighthouse
	@deploy/setup.sh web && $(BIN)/python -m pytest tests/budgets -m timed && \
	exec $(BIN)/python -m pytest $(CORES) tests/budgets -m "not timed"

check: ## lint, format, types, import contracts, templates, translations
	@deploy/setup.sh check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/architecture

format: ## write the code in the one format, mend what the linter can
	@deploy/setup.sh check
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: ## the benchmarks in bench/, a table against the goals
	@deploy/setup.sh check && exec $(BIN)/python -m bench

lock: ## write the locks anew from pyproject.toml
	@deploy/lock.sh

translations: ## collect the texts into app/translations/*/LC_MESSAGES/messages.po and compile them
	@deploy/setup.sh check && exec deploy/translations.sh

setup: ## only the set-up of `make run`
	@deploy/setup.sh run

setup-dev: ## only the set-up of `make test`
	@deploy/setup.sh dev
