package summary

import (
	"testing"

	"huizong/consolidate/summary/workbook/workbooktest"
)

func TestPrint(t *testing.T) {
	_, m := months(t)
	data, err := reserveWorkbook(m)
	if err != nil {
		t.Fatal(err)
	}
	workbooktest.Check(t, data)
	workbooktest.Print(t, data)
}

func TestPrintB(t *testing.T) {
	_, m := months(t)
	data, err := progressWorkbook(m)
	if err != nil {
		t.Fatal(err)
	}
	workbooktest.Check(t, data)
	workbooktest.Print(t, data)
}
