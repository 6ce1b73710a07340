# Every target is an alias of bin/dev.py, which needs nothing but Python's standard library.
PY ?= python3
.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench browser chaos docs locks install setup clean front messages
help demo test check fix bench browser chaos docs locks install setup clean front messages:
	@$(PY) bin/dev.py $@ $(ARGS)
