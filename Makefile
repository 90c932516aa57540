# Chores. Each target is a line of shell; script/ holds what a new machine needs, so make itself is never required.
PYTHON = .venv/bin/python
COMPILE = .venv/bin/uv pip compile pyproject.toml --extra ocr --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links -q

.DEFAULT_GOAL = help
.PHONY: help serve check test bench bench-full eval-search eval-blanks torture messages lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 14

serve: ## install what is missing and serve the library with its demo
	script/serve

check: ## lint, types, imports, migrations, translations, documentation
	script/check

test: ## install what is missing, check, and run the tests
	script/test

bench: ## measure against other ways of doing the same; search over 200,000 pages
	$(PYTHON) -m bench

bench-full: ## the same with search over 1,000,000 pages
	$(PYTHON) -m bench --full

eval-search: ## how good search is on public question sets
	$(PYTHON) -m bench.search.evaluate

eval-blanks: ## how many blanks are found, on the tests' model texts
	$(PYTHON) -m bench.blanks.evaluate

torture: ## kill processes at random during an import, 50 rounds of 200 files
	$(PYTHON) -m bench.torture --rounds 50 --files 200

messages: ## bring the translation files in step with the sources
	cd src/fanwen && FANWEN_DATA=$$(mktemp -d) PYTHONPATH=.. DJANGO_SETTINGS_MODULE=fanwen.config.settings \
		../../$(PYTHON) -m django makemessages --all --no-location --no-wrap

lock: ## choose new versions for both lock files
	test -x .venv/bin/uv || $(PYTHON) -m pip install -q uv
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock
