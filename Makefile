# Backpropagation, Checked. `make` alone says what there is.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
            $(shell command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null && echo $(name))) python3)
VENV    = .venv/bin
IN_BROWSER = benchmarks/lab.py benchmarks/pages.py
INSTALL = $(PYTHON) backprop_lib/publish/install.py

.PHONY: help read lab test check bench clean
.DEFAULT_GOAL := help

help:
	@echo "make read    build the book and serve it on http://localhost:8000"
	@echo "make lab     open the chapters as notebooks in JupyterLab"
	@echo "make test    build the book and run every test, in a real browser too"
	@echo "make check   style, lint and types"
	@echo "make bench   the library against its peers, then the pages of the book in a real browser"
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

# A goal or budget that is missed makes it end with an error, after everything has been measured.
bench: .venv/test.stamp .venv-bench/stamp
	@$(VENV)/python -m backprop_lib.publish.browser
	@failed=0; .venv-bench/bin/python benchmarks/peers.py || failed=1; \
	$(VENV)/python -m backprop_lib.publish.build || failed=1; \
	for script in $(IN_BROWSER); do $(VENV)/python $$script || failed=1; done; exit $$failed

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

.venv-bench/stamp: benchmarks/requirements.txt pyproject.toml
	@$(INSTALL) benchmarks/requirements.txt .venv-bench
	@touch $@
