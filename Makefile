# What a contributor does. CONTRIBUTING.md explains each target.

MVN ?= mvn -B -ntp

.PHONY: help run fast verify format ci

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: ## run the sample application
	$(MVN) -DskipTests -pl sample-app -am package spring-boot:run

fast: ## compile everything and run the fast tests, without static analysis
	$(MVN) verify -Pfast

verify: ## run all tests
	$(MVN) verify

format: ## format the code
	$(MVN) spring-javaformat:apply

ci: ## run what CI runs
	.ci/run
