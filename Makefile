# Everything is in tools/dev.py, which needs nothing but Python 3.11 or later.
PYTHON ?= python3

.PHONY: demo test format lock picture coverage fuzz

demo test format lock picture coverage:
	$(PYTHON) tools/dev.py $@

# make fuzz TARGET=docx MINUTES=5
TARGET ?= all
MINUTES ?= 15
fuzz:
	$(PYTHON) tools/dev.py $@ $(TARGET) --minutes $(MINUTES)
