# Everything is in tools/dev.py, which needs nothing but Python 3.11 or later.
PYTHON ?= python3

.PHONY: demo test format lock picture

demo test format lock picture:
	$(PYTHON) tools/dev.py $@
