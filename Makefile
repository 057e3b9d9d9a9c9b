# Everything a developer runs. Each target says what it does with "## ".

SHELL := /bin/sh
GO    ?= go
NPM   ?= npm

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: deps-pg
deps-pg: storage/pgembed/node_modules/.stamp ## PostgreSQL for the demo and the tests

storage/pgembed/node_modules/.stamp: storage/pgembed/package.json storage/pgembed/package-lock.json storage/pgembed/.npmrc
	cd storage/pgembed && $(NPM) ci
	@touch $@
