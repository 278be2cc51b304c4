# `make run` opens the lab at localhost; `make test` installs what the tests need and runs them, `make test-long` the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-long check lint types bench mutants fuzz matrix browsers load soak browser clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py

test: $(VENV)/dev.stamp browser
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not long"

test-long: $(VENV)/dev.stamp browser
	$(BIN)/python -m pytest -n auto --dist loadfile -m long

check: lint types test

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

bench: $(VENV)/bench.stamp browser
	$(BIN)/python -m benchmarks

mutants: $(VENV)/dev.stamp
	$(BIN)/python -m tests.mutants --write

matrix: $(VENV)/dev.stamp browser
	$(BIN)/python -m tests.deploy

load: $(VENV)/dev.stamp
	$(BIN)/python -m tests.load

soak: $(VENV)/dev.stamp
	$(BIN)/python -m tests.load soak

browsers: $(VENV)/dev.stamp
	tests/other_browsers/install.sh $(BIN)
	$(BIN)/python -m tests.other_browsers

fuzz: $(VENV)/dev.stamp
	$(BIN)/python -W ignore -m tests.fuzz

browser: $(VENV)/dev.stamp
	tests/browser/install_chromium.sh $(BIN)

$(VENV)/run.stamp: requirements.txt
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(VENV)/bench.stamp: benchmarks/requirements.txt $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	touch $@

clean:
	rm -rf $(VENV)
