# Two commands matter: `make lab` opens the course, `make test` proves it. Both set up everything they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
RUN    := build/notebooks
UV     := uv==0.13.9

# Python shall keep what it has compiled, or each kernel that starts compiles its libraries anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: lab test test-notebooks test-browser notebooks lock format clean bench-slider bench-drag bench-import bench-events bench-grading

lab: $(READY)
	$(BIN)/python tools/lab.py

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser --cov
	$(MAKE) test-notebooks
	$(MAKE) test-browser

# A real browser on a busy machine may miss a moment, so what failed gets one more try, by itself.
test-browser: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser \
	  || $(BIN)/python -m pytest --last-failed --last-failed-no-failures none tests/browser

# Every notebook runs from top to bottom, in copies: running a source in place would save its answers beside it.
test-notebooks: $(READY)
	rm -rf $(RUN)
	mkdir -p $(RUN) && cp notebooks/*.ipynb $(RUN)/ && cp -r assignments/source/. $(RUN)/
	$(BIN)/python -m pytest -n 2 --dist loadfile --nbval-lax --nbval-cell-timeout=60 $(RUN)

# Syllabus, glossary and index of concepts first: they are written from the other texts.
notebooks: $(READY)
	$(BIN)/python -m tools.build_pages
	$(BIN)/python -m tools.build_notebooks

bench-slider: $(READY)
	$(BIN)/python benchmarks/slider.py

bench-drag: $(READY)
	$(BIN)/python benchmarks/drag.py

bench-import: $(READY)
	$(BIN)/python benchmarks/import_time.py

# retentioneering, the peer, gets an environment of its own: the course never depends on it.
bench-events: $(READY)
	$(BIN)/python benchmarks/events.py

format: $(READY)
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes \
	  --custom-compile-command "make lock" --upgrade --extra dev pyproject.toml -o requirements.lock

# As an ordinary user: there is no sandbox for root.
bench-grading: $(READY)
	$(BIN)/python benchmarks/grading.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The lock pins every package by version and hash; the project itself is installed in place.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"The course needs Python 3.11 or newer, and $(PYTHON) is {v.major}.{v.minor}. Try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check '$(UV)'
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@
