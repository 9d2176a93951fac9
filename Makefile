# `make run` and `make test` do all of their own set-up; both are quick the second time.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SET_UP_FROM := pyproject.toml constraints.txt
# a process for each core up to eight, whole files to each, in the order that tests/conftest.py gives; `make test
# WORKERS=` runs the tests in one process
WORKERS ?= -n auto --maxprocesses=8 --dist=loadfile --no-loadscope-reorder
SCREEN := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s)))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint bench calibrate track-record screenshot translations fonts app smoke wheel wheel-check system-libraries clean

help:
	@echo 'make run          open the app; without a display, print its first comparison and write the chart'
	@echo 'make test         run the tests, on every core; WORKERS= for one process'
	@echo 'make lint         style, types and the order of the rooms'
	@echo 'make bench        measure speed: a table, and build/bench.json'
	@echo 'make calibrate    fit resources/calibration to the evidence again'
	@echo 'make track-record run the back-tests again and keep their answers in resources/calibration'
	@echo 'make screenshot   make the picture in the README again'
	@echo 'make translations bring the catalogs in resources/i18n in step with the texts; make fonts: the letters for them'
	@echo 'make app          build the standalone app in dist/ipuwhatif; make smoke builds and starts it'
	@echo 'make wheel-check  build the wheel, install it into an empty environment, ask it a question'
	@echo 'make clean        remove everything that make has made'

# $(call environment,FOLDER): a virtual environment with pip in it, made again when an earlier attempt broke off
define environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or later is needed: make PYTHON=python3.11 ...'; exit 1; }
@$(1)/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(1)
endef

PIP_INSTALL := -m pip install --quiet --disable-pip-version-check -c constraints.txt

$(VENV)/.ready-to-run: $(SET_UP_FROM)
	@echo 'Setting up $(VENV) (once; takes a minute or two) ...'
	$(call environment,$(VENV))
	@$(PY) $(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.ready-to-test: $(SET_UP_FROM)
	@echo 'Setting up $(VENV) for the tests (once; takes a minute or two) ...'
	$(call environment,$(VENV))
	@$(PY) $(PIP_INSTALL) -e '.[dev]'
	@touch $(VENV)/.ready-to-run $@

run: $(VENV)/.ready-to-run
	@.ci/system-libraries $(PY) run
ifneq ($(SCREEN),)
	@$(PY) -m ipuwhatif
else
	@echo 'There is no display here, so no window: this is the comparison that it opens with.'
	@mkdir -p build
	@$(PY) -m ipuwhatif compare -o build/first-start.png
endif

test: $(VENV)/.ready-to-test
	@.ci/system-libraries $(PY) run test
	@OPENBLAS_NUM_THREADS=1 $(PY) -m pytest $(WORKERS)

lint: $(VENV)/.ready-to-test
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-cache

bench: $(VENV)/.ready-to-test
	@$(PY) -m tests.benchmarks

calibrate: $(VENV)/.ready-to-test
	@OPENBLAS_NUM_THREADS=1 $(PY) -m ipuwhatif.calibration

track-record: $(VENV)/.ready-to-test
	@OPENBLAS_NUM_THREADS=1 $(PY) -m ipuwhatif.calibration track-record

screenshot: $(VENV)/.ready-to-run
	@.ci/system-libraries $(PY) run
	@$(PY) -m ipuwhatif.gui.start.screenshot

translations: $(VENV)/.ready-to-test
	@$(PY) -m tools.translations

fonts: $(VENV)/.ready-to-test
	@$(PY) -m tools.fonts

# the bundle holds what its environment holds, so this one has run-time packages only
build/app-venv/.ready: $(SET_UP_FROM)
	$(call environment,build/app-venv)
	@build/app-venv/bin/python $(PIP_INSTALL) -e '.[app]'
	@touch $@

app: build/app-venv/.ready
	@.ci/system-libraries build/app-venv/bin/python run app
	@build/app-venv/bin/python -m PyInstaller --noconfirm --clean --log-level ERROR --workpath build/app --distpath dist build.spec
	@du -sh dist/ipuwhatif

smoke: app
	@for text in LGPL-3.txt GPL-3.txt Python.txt numpy pyqtgraph python-pptx XlsxWriter \
	    pandas python-dateutil msgspec openpyxl et_xmlfile; do \
	  ls dist/ipuwhatif/_internal/licences | grep -qix "$$text" || { echo "the licence of $$text is missing"; exit 1; }; \
	done
	@cd / && '$(CURDIR)/dist/ipuwhatif/ipuwhatif' --smoke
	@cd / && for ending in pptx xlsx pdf html png svg csv; do \
	  '$(CURDIR)/dist/ipuwhatif/ipuwhatif' export '$(CURDIR)/resources/examples/one-minute.ipuwhatif' \
	    -o '$(CURDIR)/build/bundle.'$$ending || exit 1; \
	done
	@cd / && '$(CURDIR)/dist/ipuwhatif/ipuwhatif' project -w llama31-405b -s ipu-pod:64 2>&1 | grep -q 'does not fit' \
	  || { echo 'the bundle has no words for a refusal'; exit 1; }

wheel: $(VENV)/.ready-to-test
	@rm -rf build/wheel
	@$(PY) -m build --wheel --no-isolation --outdir build/wheel . >/dev/null
	@ls build/wheel/*.whl

wheel-check: wheel
	@rm -rf build/wheel-venv && $(PYTHON) -m venv build/wheel-venv
	@build/wheel-venv/bin/python $(PIP_INSTALL) build/wheel/*.whl
	@cd / && '$(CURDIR)/build/wheel-venv/bin/ipuwhatif' project -w resnet50 -s ipu-pod:64

system-libraries: $(VENV)/.ready-to-test
	@.ci/system-libraries $(PY) run app test

clean:
	rm -rf build dist $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find ipuwhatif tests -name __pycache__ -type d -prune -exec rm -rf {} +
