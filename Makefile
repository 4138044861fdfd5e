# Two commands do everything: `make run` and `make test`. All others are for those who build.
VENV ?= .venv
BIN = $(VENV)/bin
PORT ?= 5000
HOST ?= 127.0.0.1
DEMO ?= 1
export PORT HOST DEMO

.PHONY: run test tools soak postgresql bench lighthouse lint lock translations journey

$(VENV)/.run: requirements.txt
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-dev.txt
	touch $@

$(VENV)/.words: $(wildcard dialogue/translations/*/LC_MESSAGES/messages.po) $(VENV)/.run
	$(BIN)/pybabel -q compile -d dialogue/translations
	touch $@

run: $(VENV)/.words ## set up and start web and jobs with the example municipality (DEMO=0: empty)
	@exec env BIN=$(BIN) bash tools/run.sh

TESTS = $(BIN)/python -m pytest -n 2 --dist worksteal
SUITE = $(TESTS) -m "not journey"
JOURNEYS = $(TESTS) -m journey
test: tools $(VENV)/.dev $(VENV)/.words ## everything: rules, services, pages and promises on both databases, and journeys
	$(SUITE)
	TEST_DATABASE=postgresql $(SUITE)
	$(JOURNEYS)

tools: ## what the tests need of the system
	@bash tools/install-test-tools.sh

SOAKED = kill kill_of_reactions bad_network linking rush restarts lock bad_requests schema
soak: $(VENV)/.dev $(VENV)/.words ## the promises for long: 500 kills, 10,000 letters on a bad network, 10,000 bad requests
	SOAK=1 BAD_REQUESTS=10000 $(BIN)/python -m pytest -s $(SOAKED:%=tests/promises/test_%.py) tests/journeys/test_bad_network_browser.py tests/journeys/test_lesson_browser.py
	SOAK=1 TEST_DATABASE=postgresql $(BIN)/python -m pytest -s tests/promises/test_failover.py tests/promises/test_kill.py

postgresql: $(VENV)/.dev $(VENV)/.words ## what has to do with the database, on PostgreSQL
	TEST_DATABASE=postgresql $(SUITE)

bench: $(VENV)/.dev $(VENV)/.words ## how fast it is, as a table (JSON=FILE: written too); docs/performance.md explains
	@$(BIN)/python -m tests.bench $(JSON)

lighthouse: $(VENV)/.dev $(VENV)/.words ## pages of children as a slow telephone has them; needs npm and Chromium
	@$(BIN)/python -m tests.bench.lighthouse

lint: $(VENV)/.dev ## style, types, imports, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint templates --lint --quiet

journey: $(VENV)/.dev $(VENV)/.words ## only the journeys in the browser
	$(JOURNEYS)

lock: ## write the locked requirements anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-header --no-emit-index-url requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.txt

COLLECT = $(BIN)/pybabel -q extract -k _l -k lazy_gettext --sort-by-file --no-location --project Dialogue
UPDATE = $(BIN)/pybabel -q update --width 120 --no-fuzzy-matching --ignore-pot-creation-date -d dialogue/translations
translations: $(VENV)/.dev ## collect the texts and bring every language up to date; of some only what children and everybody read
	$(COLLECT) -F babel.cfg -o build/messages.pot .
	$(COLLECT) -F babel-child.cfg -o build/child.pot .
	for language in en fr de; do $(UPDATE) -i build/messages.pot -l $$language; done
	for language in ar tr uk pl; do $(UPDATE) -i build/child.pot -l $$language; done
