# make run     opens the hall        make test    everything that must hold
# make check   style and types       make day     a whole day, played through the public API
# make bench   how fast              make words   new sentences into the catalogues
# make load PROFILE=district         kiosks, windows, boards and phones at once: street, county, district, city
# make backup  copies the data       make restore [FROM=…]     lists the copies, or puts one back
# make verify-log [FILE=…]           whether the log of the data, or of a copy, is as it was written
# make a11y                         every page in every language and theme, judged by axe-core
# make looks                         a picture of every page in every language, and what each weighs
# make access                       tries every door as everybody and writes docs/access.md
# make torture KILLS=200             the server killed under load, again and again; PROCESSES=2: one of two
# make fuzz MINUTES=5                wrong and right input, all that the API's document offers
# make bundle  an archive for a machine without internet   make soak   a week of days in a row
# make wires ROUNDS=50               the screens cut off, again and again
# make turns                         the table of turn rules in docs/turns.md, played anew
# make announce                      60 calls in 60 s over three areas, said aloud by real browsers
#
# make run PORT=9000 DATA=/srv/hall HALL=halls/weicheng.toml
# make run CLOCK=2026-10-12T08:25 SPEED=1     a simulated clock, to try the hall at night

HALL ?= config.toml
PORT ?=
DATA ?=
CLOCK ?=
SPEED ?=
KILLS ?= 200
ROUNDS ?= 50
SEED ?=
URL ?=
MINUTES ?= 5
PAGES ?=
PROFILE ?= district

PYTHON := .venv/bin/python
CATALOGUES := $(shell find translations -name '*.po' 2>/dev/null)

# Tests wait more than they work: a browser for its page, a screen for its event.
WORKERS ?= $(shell expr 2 '*' $$(nproc))
NOT_OURS := ^\./(\.[a-z]|node_modules|var|dist)

# A screen may be late because two tests share the processors: what failed so is run once more by itself, and must pass.
AGAIN_ALONE = { echo "Failed beside other tests; once more, alone:" >&2; \
	$(PYTHON) -m pytest --last-failed --last-failed-no-failures none; }

.PHONY: run test tests-beside types check bench day load torture wires fuzz check-hall setup access words setup-dev backup restore verify-log bundle soak a11y looks announce turns
.DEFAULT_GOAL := run

run: setup
	@exec $(PYTHON) app.py serve --hall $(HALL) $(if $(PORT),--port $(PORT)) $(if $(DATA),--data $(DATA)) \
		$(if $(CLOCK),--clock $(CLOCK)) $(if $(SPEED),--speed $(SPEED))

check-hall: setup
	@$(PYTHON) app.py check-hall --hall $(HALL)

backup: setup
	@$(PYTHON) app.py backup --hall $(HALL) $(if $(DATA),--data $(DATA))

restore: setup
	@$(PYTHON) app.py restore --hall $(HALL) $(if $(DATA),--data $(DATA)) $(if $(FROM),--from "$(FROM)")

verify-log: setup
	@$(PYTHON) app.py verify-log --hall $(HALL) $(if $(DATA),--data $(DATA)) $(if $(FILE),--file "$(FILE)")

test: export PYTHONDONTWRITEBYTECODE =
test: setup-dev
	@tools/setup-tests.sh
	$(PYTHON) -m ruff check .
	@$(PYTHON) -m compileall -q -j 0 -x '$(NOT_OURS)' .
	@$(MAKE) --no-print-directory -j 2 types tests-beside

tests-beside: # one processor checks types while the workers load their tests
	$(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder || $(AGAIN_ALONE)

types:
	$(PYTHON) -m mypy

check: setup-dev
	$(PYTHON) -m ruff check .
	@$(MAKE) --no-print-directory types

bench: setup-dev
	$(PYTHON) -m bench

day: setup-dev
	$(PYTHON) -m bench.day --hall $(HALL) $(if $(URL),--url $(URL)) $(if $(SPEED),--speed $(SPEED))

load: setup-dev
	$(PYTHON) -m bench.load --profile $(PROFILE) $(if $(SPEED),--speed $(SPEED)) $(if $(URL),--url $(URL))

torture: setup-dev
	@tools/setup-tests.sh
	@$(PYTHON) -m tests.faults.torture --kills $(KILLS) $(if $(PROCESSES),--processes $(PROCESSES)) $(if $(SEED),--seed $(SEED))

fuzz: setup-dev
	@$(PYTHON) -m tests.faults.bad_input --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

bundle: setup
	@$(PYTHON) -m tools.bundle

soak: setup-dev
	$(PYTHON) -m bench.soak $(if $(DAYS),--days $(DAYS))

wires: setup-dev
	@tools/setup-tests.sh
	@$(PYTHON) -m tests.faults.wires --rounds $(ROUNDS) $(if $(SEED),--seed $(SEED))

announce: setup-dev
	@tools/setup-tests.sh
	@$(PYTHON) -m tests.faults.announcing

turns: setup
	$(PYTHON) -m forecast.turn_doc

access: setup-dev
	ACCESS=write $(PYTHON) -m pytest -q tests/doors/test_access_matrix.py

looks: setup-dev
	@tools/setup-tests.sh
	@$(PYTHON) -m tests.looks.shots $(PAGES)

a11y: setup-dev
	@tools/setup-tests.sh
	@$(PYTHON) -m tests.looks.a11y $(PAGES)

words: setup
	$(PYTHON) -m tools.words

setup: .venv/.installed static/vendor/socket.io.esm.min.js .venv/.words

setup-dev: setup .venv/.installed-dev node_modules/axe-core/axe.min.js

.venv/.installed: requirements.txt tools/setup.sh
	@tools/setup.sh python
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@tools/setup.sh python-dev
	@touch $@

static/vendor/socket.io.esm.min.js: .venv/.installed package-lock.json
	@tools/setup.sh scripts
	@touch $@

node_modules/axe-core/axe.min.js: static/vendor/socket.io.esm.min.js
	@tools/setup.sh scripts-dev
	@touch $@

.venv/.words: .venv/.installed $(CATALOGUES)
	@$(PYTHON) -m tools.words compile
	@touch $@
