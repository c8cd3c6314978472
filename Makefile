# Everything a person or a machine does with this project. Needs Python 3.11 or newer, make and a package index.
#
#   make demo    set up, trace the bundled case, say where the dossier is
#   make test    set up for development; lint, types, tests (all but those on Spark)
#   make test-all  the same with the tests on Spark, which needs Java 17 or newer
#   make lint    only the lint and the types (works in seconds)
#   make score   measure against the reports in ../shared, where that folder is there
#   make bench   time and memory: five reports from a cold start, then 100, 300 and 1,000, and parts up to 2,000; opening
#                a case, plain and encrypted; a case that people work with at 500 and 2,000 reports; shared wording up
#                to 37,554 reports, and the index at a million (10 GB of disk, half an hour and more)
#   make train   make the trained reader again from ../shared (hours; see training/README.md)
#   make lock    pin the versions that are installed now
#   make clean   remove what these commands made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test test-all lint score bench train lock clean

demo: $(VENV)/.runtime
	$(BIN)/headwater demo

# The tests run also when the lint has found something; either makes the whole fail. The generated cases are the same on
# every machine here; `pytest` alone draws new ones.
test: $(VENV)/.development
	@test -n '$(MARKS)' || echo "The tests on Spark are not run; make test-all runs them too, with Java 17 or newer."
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/python -m pytest --hypothesis-profile=ci $(MARKS) || status=1; \
	exit $$status

test-all: $(VENV)/.spark
	@$(MAKE) --no-print-directory test MARKS='-m ""'

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

score: $(VENV)/.runtime
	$(BIN)/python tools/score.py $(SHARED)

bench: $(VENV)/.runtime
	$(BIN)/python bench/bench.py
	$(BIN)/python bench/casefile.py
	$(BIN)/python bench/growing.py
	$(BIN)/python bench/reuse.py
	$(BIN)/python bench/million.py

train:
	@test -x .venv-training/bin/python || { echo "Set up .venv-training first: training/README.md says how." >&2; exit 1; }
	.venv-training/bin/python -m training.train --polnear $(SHARED)/corpora/polnear --news $(SHARED)/corpora/news-37k/news.parquet

lock: $(VENV)/.spark
	$(BIN)/python tools/lock.py

clean:
	rm -rf $(VENV) build dist demo scores .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make a second call quick: nothing is installed again until what they depend on changes.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Headwater needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.python requirements.lock pyproject.toml src/headwater/__init__.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

$(VENV)/.spark: $(VENV)/.development requirements-spark.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-spark.lock
	@touch $@
