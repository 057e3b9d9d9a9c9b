# Everything a developer runs. Each target says what it does with "## ".

SHELL := /bin/bash
GO    ?= go
NPM   ?= npm

# Versions of tools that are not part of the product, pinned with their own
# dependencies in go.tool.mod.
TOOL := $(GO) tool -modfile=go.tool.mod

SITE_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts frontend/tsconfig.json frontend/package.json 2>/dev/null)
GO_SOURCES   := $(shell find api cmd deploy domain storage frontend/embed.go -name '*.go' -o -path 'deploy/roles.sql' -o -path 'storage/migrations/*.sql' -o -path '*/demodata/*.yaml' -o -path 'api/demoidp/assets/*' 2>/dev/null)

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: demo
demo: build ## build everything and serve the demo on http://localhost:8080
	bin/yhdyspinta demo $(ARGS)

.PHONY: build
build: deps-pg bin/yhdyspinta ## build the product into bin/yhdyspinta

bin/yhdyspinta: frontend/dist/index.html $(GO_SOURCES) go.mod go.sum
	$(GO) build -o $@ ./cmd/yhdyspinta

frontend/dist/index.html: frontend/node_modules/.stamp $(SITE_SOURCES)
	cd frontend && $(NPM) run build

.PHONY: deps-pg
deps-pg: storage/pgembed/node_modules/.stamp ## PostgreSQL for the demo and the tests

storage/pgembed/node_modules/.stamp: storage/pgembed/package.json storage/pgembed/package-lock.json storage/pgembed/.npmrc
	cd storage/pgembed && $(NPM) ci
	@touch $@

frontend/node_modules/.stamp: frontend/package.json frontend/package-lock.json frontend/.npmrc
	cd frontend && $(NPM) ci
	@touch $@

.PHONY: bench
bench: deps-pg ## measure lists and writes on 100,000 actions (docs/guide/speed.md)
	$(GO) run ./cmd/bench $(ARGS)

# The lines that begin with "chaos:" are the numbers.
.PHONY: chaos
chaos: deps-pg frontend/dist/index.html ## break product, database and disks on purpose, then fuzz (as root; docs/guide/testing.md); ARGS='-run NAME' for one
	@set -o pipefail; $(GO) test -tags chaos -run '^TestChaos' -count=1 -timeout 6m -v ./cmd/yhdyspinta $(ARGS) | \
	  grep --line-buffered -E '^(chaos:|FAIL|ok|panic)|^ *--- (FAIL|PASS)|_test\.go:'
	$(if $(ARGS),,$(MAKE) fuzz)

.PHONY: test
test: test-go test-site test-browser ## install what the tests need and run all of them

.PHONY: test-go
test-go: deps-pg frontend/dist/index.html ## rules, storage, API, command line
	$(GO) test -timeout 30m ./...

# Hostile requests made from the contract with other seeds, and Go's fuzzing of every
# parser that has one, each for a few seconds.
FUZZ_SEED     ?= $(shell date +%s)
FUZZ_REQUESTS ?= 45s
FUZZ_EACH     ?= 3s

.PHONY: fuzz
fuzz: deps-pg frontend/dist/index.html ## hostile input for some three minutes (docs/guide/testing.md)
	$(GO) test ./cmd/yhdyspinta -count=1 -run '^TestHostileRequests$$' -hostile.seed $(FUZZ_SEED) -hostile.for $(FUZZ_REQUESTS)
	@set -e; grep -rEo --include='*_test.go' '^func Fuzz\w+' api cmd domain storage | while IFS=: read -r file line; do \
	  echo "$${line#func } of ./$$(dirname $$file)"; \
	  $(GO) test ./$$(dirname $$file) -run '^$$' -fuzz "^$${line#func }\$$" -fuzztime $(FUZZ_EACH); \
	done

.PHONY: test-site
test-site: frontend/node_modules/.stamp ## the front end's own tests
	cd frontend && $(NPM) test

.PHONY: test-browser
test-browser: build browser ## the built product in a real browser, with axe
	cd frontend && $(NPM) run e2e

# Debian's Chromium. As root it is installed; anybody else is told what to run.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium; \
	  else echo "The browser tests need Chromium. Run: sudo apt-get install -y chromium" >&2; exit 1; fi; }

.PHONY: lint
lint: lint-go lint-site ## formatting, vet, linters, the contract; -j2 looks at both halves at once

.PHONY: lint-go
lint-go: deps-pg frontend/dist/index.html
	@test -z "$$(gofmt -l api cmd deploy domain storage frontend/*.go)" || { echo "gofmt: run make fmt"; gofmt -l api cmd deploy domain storage; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags chaos ./cmd/yhdyspinta
	$(TOOL) golangci-lint run

.PHONY: lint-site
lint-site: frontend/node_modules/.stamp
	cd frontend && $(NPM) run format:check && $(NPM) run lint
	cd frontend && $(NPM) run lint:contract

# What is locked is what is here, and whether holes are known in it. The second half asks
# the data bases of Go and npm (GOVULNDB and npm's registry may name copies of your own)
# and fails where it reaches none: nothing is passed over in silence.
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
.PHONY: deps-check
deps-check: deps-pg frontend/dist/index.html ## are the dependencies what is locked, and are holes known in them
	$(GO) mod verify
	$(GO) mod verify -modfile=go.tool.mod
	$(GO) test . -run 'TestDependenciesAreLocked' -count=1
	cd frontend && $(NPM) audit --audit=true --omit=dev --audit-level=low
	cd frontend && $(NPM) audit --audit=true --audit-level=high
	cd storage/pgembed && $(NPM) audit --audit=true --audit-level=high
	$(GO) run $(GOVULNCHECK) ./...

# CycloneDX: of the program from what is in it, of the site from its lock file. What only
# builds and tests the site is in it too, as cdx:npm:package:development: npm's --omit=dev
# leaves out whatever a tool needs as well, and so React.
CYCLONEDX := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
.PHONY: components
components: build ## lists of what the product is made of, as CycloneDX, into bin/
	$(GO) run $(CYCLONEDX) bin -json -noserial -output bin/components-program.cdx.json bin/yhdyspinta
	cd frontend && $(NPM) sbom --package-lock-only --sbom-format=cyclonedx > ../bin/components-site.cdx.json
	cd storage/pgembed && $(NPM) sbom --package-lock-only --sbom-format=cyclonedx > ../../bin/components-postgresql.cdx.json

.PHONY: fmt
fmt: frontend/node_modules/.stamp ## format everything
	gofmt -w api cmd deploy domain storage frontend/*.go
	cd frontend && $(NPM) run format

.PHONY: gen
gen: frontend/node_modules/.stamp ## the contract and what follows from it
	$(GO) run ./cmd/yhdyspinta openapi > api/openapi.yaml.new && mv api/openapi.yaml.new api/openapi.yaml
	cd frontend && $(NPM) run gen

.PHONY: clean
clean: ## remove what was built
	rm -rf bin frontend/dist/assets frontend/dist/index.html
