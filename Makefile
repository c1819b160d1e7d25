# `make` alone lists what there is. ARGS= passes arguments on, as in: make test ARGS="--filter Inventory"

SHELL := /bin/bash
.DEFAULT_GOAL := help
ARGS ?=

.PHONY: help run test rehearse-sample tour soak release bench-oversell bench-surge bench-console clean swift

help: ## list the targets
	@sed -n 's/^\([a-z-]*%\{0,1\}\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | sed 's/^bench-%/bench-SUBJECT/' \
		| awk -F '\t' '{ printf "  make %-16s %s\n", $$1, $$2 }'

run: swift ## install what is missing, build, and start the demo: a network in motion at http://localhost:8080
	@scripts/setup.sh run
	@swift build --product waybill
	@exec .build/debug/waybill demo $(ARGS)

test: swift ## install what is missing, and run all tests on SQLite and a throw-away PostgreSQL
	@scripts/test.sh $(ARGS)

rehearse-sample: swift ## rehearse a small seeded sample on both engines, compare the digests, audit
	@scripts/rehearse-sample.sh $(ARGS)

tour: swift ## take the pictures of docs/tour.md anew
	@scripts/test.sh browser -k test_picture
	@mkdir -p docs/tour && cp artifacts/tour/*.jpg docs/tour/

soak: swift ## run what takes long: faults, kills under load, fuzzing, real orders on both engines; ARGS= names parts
	@scripts/soak.sh $(ARGS)

release: swift ## build the program for use: .build/release/waybill
	@scripts/setup.sh run
	@swift build -c release --product waybill
	@ls -lh "$$(swift build -c release --show-bin-path)/waybill"

bench-oversell: swift ## race buyers against a racy shop and Waybill; ARGS= names the adapter of a shop of yours
	@scripts/setup.sh run
	@swift build -c release --product waybill
	@swift build -c release --product waybill-bench
	@scripts/bench-oversell.sh $(ARGS)

bench-surge: swift ## measure the order desk on SQLite and a throw-away PostgreSQL; ARGS= as in "--seconds 10"
	@scripts/bench-surge.sh $(ARGS)

bench-console: swift ## time every page with a million orders on the book; ARGS= as in "--orders 10000"
	@scripts/bench-console.sh $(ARGS)

bench-%: swift ## measure a subject in a release build; ARGS= takes paths of instances
	@scripts/setup.sh run
	@swift build -c release --product waybill-bench
	@exec .build/release/waybill-bench $* $(ARGS)

clean: ## remove what was built; databases stay
	@rm -rf .build .build-tools

swift:
	@command -v swift >/dev/null || { \
		echo "Swift is not on the PATH. Waybill needs Swift 6.2 or newer: https://www.swift.org/install" >&2; exit 1; }
