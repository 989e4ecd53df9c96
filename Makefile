# The two commands of the README are `make demo` and `make test`; everything else serves them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEED := seeds/000_04f16d3848754378.txt
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test web lint types format benchmark clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Passerelle needs Python 3.11 or newer; run: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Passerelle needs into $(VENV) (once) ..."
	@$(PIP) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP) -e '.[dev,training]'
	@touch $@

demo: $(VENV)/.installed  ## Translate and summarise a French news article
	@$(BIN)/passerelle demo $(SEED) -o build/demo.html

$(VENV)/.installed-web: $(VENV)/.installed
	@$(PIP) -e '.[web]'
	@touch $@

web: $(VENV)/.installed-web  ## Open the web page on this machine
	@$(BIN)/passerelle web

test: $(VENV)/.installed-dev  ## Run linters, type checks and the whole test suite
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	@$(BIN)/mypy

format: $(VENV)/.installed-dev  ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

benchmark: $(VENV)/.installed-dev  ## Measure speed and quality; prints the tables of the README
	@$(BIN)/python -m benchmarks.speed

clean:  ## Remove what was built, the environment included
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
