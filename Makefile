# `make` alone prints what can be done. Everything runs in .venv, made here from requirements.lock when it is missing or old.
PYTHON := $(or $(shell command -v python3.11),$(shell command -v python3),python)
PY := .venv/bin/python
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
# JupyterLab asks the web for news and updates unless told not to; offices have no web.
OFFLINE := --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.news_url=None
export PYTHONUTF8 := 1
export PYTHONPATH := $(CURDIR)

.PHONY: help report demo test build notebooks lab dictionary bench check diff
.DEFAULT_GOAL := help

help:
	@echo "make report      dựng bảng, chạy sổ tay, ghi reports/index.html"
	@echo "make test        chạy toàn bộ kiểm thử"
	@echo "make build       chỉ dựng các bảng data/processed"
	@echo "make notebooks   chạy lại các sổ tay, không ghi báo cáo"
	@echo "make lab         mở JupyterLab ở các sổ tay"
	@echo "make dictionary  ghi lại từ điển dữ liệu reports/data_dictionary.md"
	@echo "make diff        so các bảng với bản đã lưu trong git"
	@echo "make demo        báo cáo trên dữ liệu mô phỏng của 34 tỉnh, thành phố trong 5 năm, ở .demo/reports"
	@echo "make check       soát cách viết, kiểu dữ liệu, chiều nhập giữa các tầng, giấy phép và điểm yếu của các thư viện"
	@echo "make bench       đo tốc độ, so sánh với các thư viện khác"

.venv/.ready: requirements.lock
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info[:2] != (3, 11))" || { echo "Cần Python 3.11; hãy cài rồi chạy lại (hoặc make PYTHON=đường-dẫn-python3.11)."; exit 1; }
	@echo "Chuẩn bị môi trường .venv (lần đầu mất vài phút) …"
	@$(PYTHON) -m venv --clear .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --progress-bar on --requirement requirements.lock
	@touch $@

report: .venv/.ready
	$(PY) -m etl build --jobs $(JOBS)
	$(PY) -m publish

# Synthetic plans, tables and reports lie in a folder of their own; every page of the reports says what they are.
demo: .venv/.ready
	rm -rf .demo
	$(PY) -m benchmarks.synthetic .demo --provinces 34 --years 5
	$(PY) -m etl build --raw .demo/raw --out .demo/processed --jobs $(JOBS)
	$(PY) -m publish --raw .demo/raw --processed .demo/processed --out .demo/reports

test: .venv/.ready
	$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

build: .venv/.ready
	$(PY) -m etl build --jobs $(JOBS)

notebooks: .venv/.ready
	$(PY) -m publish.notebooks

lab: .venv/.ready
	$(PY) -m jupyterlab $(OFFLINE) notebooks

dictionary: .venv/.ready
	$(PY) -m etl dictionary

diff: .venv/.ready
	$(PY) -m etl diff

check: .venv/.ready
	$(PY) -m ruff format --check etl analysis publish tests benchmarks
	$(PY) -m ruff check etl analysis publish tests benchmarks
	$(PY) -m mypy etl analysis
	$(PY) -m pytest tests/test_house.py
	$(PY) tests/installed.py

bench: .venv/.ready
	$(PY) -m benchmarks
