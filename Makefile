# All of it stays in this folder: packages and Keras' settings in .venv, with the versions in CONSTRAINTS.
PYTHON ?= python3
CONSTRAINTS ?= tests/constraints.txt
VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-cache-dir
PINNED := $(INSTALL) --constraint $(CONSTRAINTS)

# One process for each core, or as many as WORKERS says.
WORKERS ?= auto
PYTEST := $(PY) -m pytest -n $(WORKERS)

export KERAS_HOME := $(CURDIR)/$(VENV)/keras
export KERAS_BACKEND := tensorflow
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help demo check test lint docs bench fixes repro mutants clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/installed ## Scan the example layers and print the reports
	@for folder in seeds faults; do \
	    $(PY) -m maskcheck scan fixtures/$$folder --spec fixtures/$$folder/maskcheck.yaml; code=$$?; \
	    if [ $$code -ne 1 ]; then \
	        echo "make demo: fixtures/$$folder has faults, so 1 was expected, not the exit code $$code" >&2; \
	        exit 1; \
	    fi; \
	    echo "exit code 1, as it must be: fixtures/$$folder has faults on purpose"; echo; \
	done

check: lint ## Check the style, the types and the import rule, and run the tests that need no TensorFlow
	$(PYTEST) --without-tensorflow

test: lint ## Check the style, the types and the import rule, and run all tests
	$(PYTEST)

lint: $(VENV)/installed-dev ## Check the style, the types and the import rule
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict
	$(VENV)/bin/lint-imports --no-cache

docs: $(VENV)/installed-dev ## Write what is made of the code in the documentation
	$(PY) -m tests.docs.generate

bench: $(VENV)/installed-dev ## Compare the time with that of Keras' own layer test
	$(PY) -m tests.bench

fixes: $(VENV)/installed-dev ## Mend the faults of the fixtures in copies, and say which edits work
	$(PY) -m tests.fixes

repro: $(VENV)/installed-dev ## Write and run the scripts that show the faults of the fixtures
	$(PY) -m tests.repro

mutants: $(VENV)/installed-dev ## Plant faults in layers of Keras and count those that a scan finds
	$(PY) -m tests.mutants

clean: ## Remove what was installed and cached
	rm -rf $(VENV) build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' || \
	    { echo "maskcheck needs Python 3.10 to 3.13; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PINNED) setuptools
	$(PINNED) --no-build-isolation --editable .
	@touch $@

# The metadata of the layer libraries that the tests scan ask for other versions of TensorFlow.
$(VENV)/installed-dev: $(VENV)/installed tests/real/requirements.txt
	$(PINNED) --no-build-isolation --editable '.[dev]'
	$(INSTALL) --no-deps --requirement tests/real/requirements.txt
	@touch $@
