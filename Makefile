# The two commands: `make run` serves the app, `make test` proves it. Both set up all they need.
.PHONY: run demo test lint format docs lock bench clean help

PORT ?= 8501
export PORT
PY := .venv/bin/python
# Ctrl+C ends a server as it should: that is no error for make to report.
STOPPABLE := trap stopped=yes INT;

run: ## Serve the app on http://localhost:8501 (PORT=… chooses another)
	@scripts/setup run
	@$(STOPPABLE) $(PY) -m training serve --port $(PORT) || [ "$$stopped" ]

demo: ## The same app on a throw-away database full of simulated learners
	@scripts/setup run
	@$(STOPPABLE) $(PY) -m training demo --serve --port $(PORT) || [ "$$stopped" ]

test: ## Set up everything and pass every test
	@scripts/setup test
	@scripts/test

lint: ## The static half of the tests
	@scripts/setup test
	@scripts/test --static

format: ## Let ruff put the layout right
	@scripts/setup test
	@$(PY) -m ruff check --fix-only -q . ; $(PY) -m ruff format .

docs: ## Write the generated pages again: JSON Schemas, the manuals of codes, item types and the command line
	@scripts/setup run
	@$(PY) -m training.content.json_schema && $(PY) -m training.content.manual && \
	$(PY) -m training.content.item_pages && $(PY) -m training.cli.pages

lock: ## Pin anew what the requirements allow; needs the network
	@scripts/setup test
	@for each in requirements requirements-dev; do \
	  .venv/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --no-header $$each.txt -o $$each.lock; done

bench: ## Measure the ratios of tests/benchmarks and print them
	@scripts/setup test
	@$(PY) -m tests.benchmarks

clean: ## Throw away the environment and the caches, never the data
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

help: ## Show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 10
