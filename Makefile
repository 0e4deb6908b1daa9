# `make` shows the commands. Every one works from a fresh clone: it installs what it needs into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo run test laws check lint format types imports e2e official image bench docs lock issuers clean

##@ Use
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z0-9-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## Build the environment: .venv/bin/deskwarden

# A wheel is taken where there is one; the build backend is pinned by hash like the rest.
$(STAMP): pyproject.toml locks/dev.txt locks/build.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.x") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q integration connectors webhooks
	@touch $@

demo: install ## See the main job: a simulated helpdesk, 60 tickets, cleaned and proved (about a minute)
	@$(BIN)/deskwarden demo $(ARGS)

run: install ## Run the service on this machine (web, workers, embedded Valkey)
	@$(BIN)/deskwarden run $(ARGS)

##@ Develop
test: install ## All tests that need no root, with coverage
	@.ci/test $(ARGS)

laws: install ## The laws once more on other examples than make test takes
	@$(BIN)/pytest -q -n auto -m hypothesis --hypothesis-profile=search $(ARGS)

check: lint types imports ## Lint, types, import layers, stale documents: what CI checks
	@$(BIN)/python -m docs.generate --check

lint: install ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: install ## ruff: put the code in shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: install ## mypy, strict
	@$(BIN)/mypy

imports: install ## import-linter: imports run one way
	@$(BIN)/lint-imports

e2e: install ## Real helpdesks, databases and a browser from Debian packages (as root)
	@.ci/e2e $(ARGS)

OFFICIAL := tests/connectors/liveagent/simulator/official
official: install ## LiveAgent's own client, every operation, against our simulator (needs Node.js)
	@$(BIN)/python $(OFFICIAL)/package.py
	@$(BIN)/pytest -q -n auto $(OFFICIAL) $(ARGS)

image: ## The image, built without a registry, and the demo in it (as root)
	@.ci/image

bench: install ## The benchmarks, as ratios to a peer or a floor in the same run
	@$(BIN)/python -m benchmarks $(ARGS)

docs: install ## Write the generated tables in docs/ and the READMEs again
	@$(BIN)/python -m docs.generate

lock: ## Resolve the dependencies again (needs uv)
	uv pip compile pyproject.toml --extra embedded --extra patterns --group dev --universal --generate-hashes --python-version 3.11 --no-header -o locks/dev.txt
	uv pip compile pyproject.toml --extra embedded --extra patterns --universal --generate-hashes --python-version 3.11 --no-header -c locks/dev.txt -o locks/runtime.txt
	printf "hatchling\neditables\n" | uv pip compile - --universal --generate-hashes --python-version 3.11 --no-header -c locks/dev.txt -o locks/build.txt

issuers: install ## Compare the issuer table of cards with a published list (ARGS=FILE, else from the web)
	@$(BIN)/python -m tools.issuers $(ARGS)

clean: ## Remove what install and the tests made
	rm -rf $(VENV) .coverage* htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis
