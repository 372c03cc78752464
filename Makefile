# The commands of the project; the tools' settings stand in pyproject.toml.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
# Every command starts anew: without compiled modules beside the source it would compile all of them first.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

DATA ?= examples/district-xx
YEAR ?= 2025
OUT ?= build/site
RULEBOOK ?=
FUZZ_SECONDS ?= 120
PORTAL_KILLS ?= 200

.PHONY: help scorecards serve test fuzz check lint types imports sql audit bench load lighthouse docs catalogue lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "make scorecards takes DATA= YEAR= OUT= RULEBOOK=   (now: $(DATA), $(YEAR), $(OUT))"

scorecards: .venv/run.stamp ## build the report of a data folder (the example district by default)
	@$(BIN)/scorecard build --data "$(DATA)" --year "$(YEAR)" --out "$(OUT)" $(if $(RULEBOOK),--rulebook "$(RULEBOOK)")

serve: .venv/run.stamp ## the portal of a data folder on this machine; stop it with Ctrl+C
	@$(BIN)/scorecard serve --data "$(DATA)" --year "$(YEAR)" --out "$(OUT)" $(if $(RULEBOOK),--rulebook "$(RULEBOOK)")

test: .venv/dev.stamp .venv/browser.stamp build/duckdb15/done.stamp ## run every test, real browser included
	@$(BIN)/pytest

fuzz: .venv/dev.stamp ## search for files and requests that break a claim, FUZZ_SECONDS= for each; prints its seeds
	@FUZZ_SECONDS=$(FUZZ_SECONDS) PORTAL_KILLS=$(PORTAL_KILLS) $(BIN)/pytest -n 2 -rP tests/fuzz tests/portal/test_killed.py

check: lint types imports sql audit test ## all that CI runs

lint: .venv/dev.stamp ## style of the Python code
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: .venv/dev.stamp ## mypy, strict
	@$(BIN)/mypy

imports: .venv/dev.stamp ## the layers of the house
	@$(BIN)/lint-imports --no-timeout 2>/dev/null || $(BIN)/lint-imports

sql: .venv/dev.stamp ## style and dialect of sql/
	@$(BIN)/sqlfluff lint sql --disable-progress-bar -q

audit: .venv/dev.stamp ## known faults in what we depend on (needs the package registry)
	@$(BIN)/python tools/audit.py

bench: .venv/dev.stamp ## measure speed beside a raw baseline, write build/bench.md
	@$(BIN)/python tools/bench.py

load: .venv/dev.stamp ## forty streets upload at once while the year is built, write build/load.md
	@mkdir -p build && $(BIN)/python tools/load.py

lighthouse: scorecards .venv/dev.stamp ## Lighthouse over the report, write build/lighthouse.md (needs Node)
	@$(BIN)/python tools/lighthouse.py "$(OUT)/current"

docs: .venv/dev.stamp ## rewrite the generated pages
	@$(BIN)/python tools/docs.py

catalogue: .venv/dev.stamp ## bring the catalogues of translations up to date with the texts
	@$(BIN)/python tools/catalogue.py

lock: .venv/dev.stamp ## rewrite the lock files from pyproject.toml
	@PATH="$(CURDIR)/$(BIN):$$PATH" requirements/lock.sh

clean: ## remove everything that a command can make again; evidence stays
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf examples/*/products
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

.venv/run.stamp: requirements/run.txt pyproject.toml
	@PYTHON="$(PYTHON)" tools/setup.sh run
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@PYTHON="$(PYTHON)" tools/setup.sh dev
	@touch $@

.venv/browser.stamp: tools/browser.sh .venv/dev.stamp
	@tools/browser.sh
	@touch $@

# The SQL must give the same bytes on the previous DuckDB as well; it lies apart from the environment.
build/duckdb15/done.stamp: requirements/duckdb15.txt .venv/run.stamp
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps \
	  --upgrade --target build/duckdb15 -r requirements/duckdb15.txt
	@touch $@
