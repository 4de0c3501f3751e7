package main

import (
	"flag"
	"path/filepath"
	"testing"

	"huizong/consolidate/summary/schematest"
)

var validateAll = flag.Bool("validate", false, "validate every receipt of the sample months and every template of the month after: it takes minutes")

// With -validate all receipts and templates are held against the schema; some of each are in the tests of their packages.
func TestEveryReceiptAndTemplateIsValid(t *testing.T) {
	if !*validateAll {
		t.Skip("takes minutes: -validate")
	}
	validator, database, dir := schematest.Validator(t), sqliteIn(t), t.TempDir()
	for _, period := range []string{"2024-05", "2024-06"} {
		huizong(t, exitLeftOut, "--database", database, "--quiet", "run", "--period", period,
			"--inbox", filepath.Join(samplesDir, period, "inbox"), "--out", filepath.Join(dir, "out"))
	}
	huizong(t, exitDone, "--database", database, "--quiet", "template", "--period", "2024-07", "--out", filepath.Join(dir, "template"))
	n := map[string]int{}
	for kind, pattern := range map[string]string{"receipts": "out/*/回单/*/*.xlsx", "templates": "template/2024-07/*.xlsx"} {
		files, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			n[kind]++
			t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) { schematest.Valid(t, validator, file) })
		}
	}
	t.Logf("%d receipts (and notices), %d templates", n["receipts"], n["templates"])
	if n["receipts"] < 150 || n["templates"] < 40 {
		t.Error("too few")
	}
}
