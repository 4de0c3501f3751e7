package store

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

func TestAboutAsJSON(t *testing.T) {
	p := form.Progress
	r := ledger.Record{Place: ledger.Place{Row: 7, Sheet: "储备", Head: 3}, Rest: []ledger.Place{{Row: 9, Sheet: "续表", Head: 8}},
		Extra: map[string]string{"序号": "3", "a": "x\ny"}, Key: "0a1b2c3d4e5f", Repeated: true,
		Kept: map[int]ledger.Origin{p.YearToDate.Index: {Period: june, Content: "8a"}, p.Level.Index: {Period: june.Add(-1), Content: "7b"}}}
	same(t, "what there is besides fields", `{"row":7,"extra":{"a":"x\u000ay","序号":"3"},"kept":{"level":["2024-05","7b"],"year_to_date":["2024-06","8a"]},`+
		`"at":["储备",3,9,"续表",8],"since":"2024-03","key":"0a1b2c3d4e5f","repeated":true}`, string(appendAbout(nil, p.Name.Form, &r, june.Add(-3))))
	same(t, "a plain row", `{"row":7}`, string(appendAbout(nil, p.Name.Form, &ledger.Record{Place: ledger.Place{Row: 7}}, ledger.Period{})))
}

// A record outlives columns that are added to its form or moved in it; what one says in a column that is no more is not dropped.
func TestRecordsOfAnotherTime(t *testing.T) {
	p := &form.Progress
	columns := slices.Clone(p.Name.Form.Columns)
	slices.Reverse(columns)
	then := &form.Form{ID: "progress"}
	for i, c := range columns[len(columns)/2:] {
		then.Columns = append(then.Columns, &form.Column{ID: c.ID, Type: c.Type, Index: i})
	}
	var r ledger.Record
	then.Column("name").Set(&r, ledger.Words("汉江大桥"))
	then.Column("total").Set(&r, ledger.Number(5))
	records, err := unpackRecords(p.Name.Form, packedRecords(then, []ledger.Record{r, {}}), 2)
	if err != nil || len(records) != 2 || p.Name.Of(&records[0]) != "汉江大桥" || p.Total.Of(&records[0]) != ledger.Of(5) {
		t.Errorf("columns in another order: %v, %v", records, err)
	}
	then.Columns[0].ID = "weather"
	if _, err := unpackRecords(p.Name.Form, packedRecords(then, []ledger.Record{r}), 1); err != nil {
		t.Errorf("a column that is no more and says nothing: %v", err)
	}
	then.Columns[0].Set(&r, ledger.Words("rain"))
	if _, err := unpackRecords(p.Name.Form, packedRecords(then, []ledger.Record{r}), 1); err == nil {
		t.Error("a column that the form has no more is dropped")
	}
}

// What older builds kept as JSON is read.
func TestRecordOfAnotherBuild(t *testing.T) {
	p := form.Progress
	r, _, err := parseRecord(`{"fields":{"total":[5],"name":["汉江大桥","B7"]},"at":["储备",3]}`, p.Name.Form)
	if err != nil || p.Name.Of(&r) != "汉江大桥" || p.Total.Of(&r) != ledger.Of(5) || r.Sheet != "储备" || p.Name.Field(&r).Cell.String() != "B7" {
		t.Errorf("columns in another order: %v, %v", r, err)
	}
	r, _, err = parseRecord(`{"fields":{"total":[5,"H7","0.5","元折算",true],"name":["汉江大桥","B7"]}}`, p.Name.Form)
	if total := p.Total.Field(&r); err != nil || total.Did != "元折算" || total.Unit != "" || !total.Held {
		t.Errorf("a record without units: %+v, %v", total, err)
	}
	r, _, err = parseRecord(`{"fields":{"total":[null,"H7","0.5","元折算","元","储备"],"remark":["","","","同上"]}}`, p.Name.Form)
	if total := p.Total.Field(&r); err != nil || total.Value.Known || total.Unit != "元" || total.Sheet != "储备" || p.Remark.Field(&r).Did != "同上" {
		t.Errorf("a record with sheets: %+v, %v", total, err)
	}
	if _, _, err := parseRecord(`{"fields":{"weather":["rain"]}}`, p.Name.Form); err == nil {
		t.Error("a column that the form has no more is dropped")
	}
}

func TestRecordsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := forms.Draw(t, "form")
		want := records(t, f, 3)
		if len(want) > 0 && !json.Valid(appendAbout(nil, f, &want[0], june)) {
			t.Fatalf("not JSON: %s", appendAbout(nil, f, &want[0], june))
		}
		got, err := unpackRecords(f, packedRecords(f, want), len(want))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "records", want, got)
	})
}

// Rows that are damaged are an error, and no panic.
func FuzzUnpack(f *testing.F) {
	reserve := form.Reserve.Name.Form
	for seed := range 3 {
		p := newPacker(reserve)
		row := full("610722", reserve)
		row.Record.Extra = map[string]string{"a": "x\ny\"\\"}
		for range seed {
			p.standing(&row)
		}
		f.Add(string(p.block[slices.Index(p.block, '\n')+1:]))
	}
	f.Add("\x0a{\"row\":1}\x08\x01\x00\x03\x00\xff\xff")
	f.Fuzz(func(t *testing.T, block string) {
		u := &unpacker{form: reserve, rest: block, columns: reserve.Columns, same: true}
		for u.more() {
			row, err := u.standing()
			if err != nil {
				return
			}
			for i := range row.Record.Fields.Len() {
				row.Record.Fields.Held(i)
			}
			newPacker(reserve).standing(&row)
		}
	})
}

func FuzzParseRecord(f *testing.F) {
	f.Add(`{"fields":{"name":["城固\"大道\"","B7"],"total":[-5,"","","",true]},"extra":{"a":"x\u000ay"},"repeated":true}`)
	f.Add(`{"fields":{},"kept":{"total":["2024-05","7b"]}}`)
	f.Add(`{"fields":{},"at":["储备",3,9,"续表",8],"returned":true}`)
	f.Add(`{"fields":{},"since":"2024-05","key":"0a1b2c3d4e5f","repeated":true}`)
	f.Add(`{"fields":{"name":["\`)
	f.Add(`{"fields":{"name":[""`)
	f.Fuzz(func(t *testing.T, text string) {
		reserve := form.Reserve.Name.Form
		r, first, err := parseRecord(text, reserve)
		if err != nil {
			return
		}
		about := string(appendAbout(nil, reserve, &r, first))
		var again ledger.Record
		if since, err := parseAbout(about, reserve, &again); err != nil || string(appendAbout(nil, reserve, &again, since)) != about {
			t.Errorf("%s is read as %v since %s, %v", about, again, since, err)
		}
	})
}
