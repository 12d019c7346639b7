# Backpropagation, Checked. `make` alone says what there is.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
            $(shell command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null && echo $(name))) python3)
VENV    = .venv/bin
INSTALL = $(PYTHON) backprop_lib/publish/install.py

.PHONY: help read lab test check bench clean
.DEFAULT_GOAL := help

help:
	@echo "make read    build the book and serve it on http://localhost:8000"
	@echo "make lab     open the chapters as notebooks in JupyterLab"
	@echo "make test    build the book and run every test, in a real browser too"
	@echo "make check   style, lint and types"
	@echo "make bench   measure the pages of the built book in a real browser"
	@echo "make clean   remove everything that was built; .venv stays"

read: .venv/read.stamp
	@$(VENV)/python -m backprop_lib.publish

lab: .venv/read.stamp
	@$(VENV)/python -m backprop_lib.publish.lab

# The tests run even when the build fails: they then say so, and pytest's closing line is always the last one.
test: .venv/test.stamp
	@$(VENV)/python -m backprop_lib.publish.browser
	@$(VENV)/python -m backprop_lib.publish.build || true
	@$(VENV)/python -m pytest -n 2 --dist worksteal

check: .venv/test.stamp
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy

bench: .venv/test.stamp
	@$(VENV)/python -m backprop_lib.publish.browser
	@$(VENV)/python -m backprop_lib.publish.build
	@set -e; for script in benchmarks/*.py; do $(VENV)/python $$script; done

clean:
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.venv/read.stamp: requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "There is no Python here: install Python 3.11 or newer and run the same command again." >&2; exit 1; }
	@$(INSTALL) requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/read.stamp
	@$(INSTALL) requirements-dev.txt
	@touch $@
