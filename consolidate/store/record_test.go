package store

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

func TestRecordAsJSON(t *testing.T) {
	p := form.Progress
	r := p.Name.Form.New()
	r.Fields[p.Name.Index] = ledger.Field{Value: ledger.Words(`城固"大道"`), Cell: "B7"}
	r.Fields[p.Level.Index] = ledger.Field{Cell: "C7"}
	r.Fields[p.YearToDate.Index] = ledger.Field{Value: ledger.Number(120_000_000), Cell: "H7", Raw: "0.012", Did: "亿元折算", Unit: "亿元", Held: true}
	r.Fields[p.InStatistics.Index] = ledger.Field{Value: ledger.Number(0)}
	r.Fields[p.Remark.Index] = ledger.Field{Value: ledger.Words(""), Did: "同上"}
	r.Extra = map[string]string{"序号": "3", "a": "x\ny"}
	r.Kept = map[int]ledger.Origin{p.YearToDate.Index: {Period: june, Content: "8a"}, p.Level.Index: {Period: june.Add(-1), Content: "7b"}}
	r.Key, r.Repeated = "0a1b2c3d4e5f", true
	for name, test := range map[string]struct {
		values bool
		want   string
	}{
		"with values": {true, `{"fields":{"name":["城固\"大道\"","B7"],"level":[null,"C7"],"year_to_date":[120000000,"H7","0.012","亿元折算","亿元",true],` +
			`"in_statistics":[0],"remark":["","","","同上"]},"extra":{"a":"x\u000ay","序号":"3"},` +
			`"kept":{"level":["2024-05","7b"],"year_to_date":["2024-06","8a"]},"key":"0a1b2c3d4e5f","repeated":true}`},
		"without": {false, `{"fields":{"name":[null,"B7"],"level":[null,"C7"],"year_to_date":[null,"H7","0.012","亿元折算","亿元",true],` +
			`"remark":[null,"","","同上"]},"extra":{"a":"x\u000ay","序号":"3"},` +
			`"kept":{"level":["2024-05","7b"],"year_to_date":["2024-06","8a"]},"key":"0a1b2c3d4e5f","repeated":true}`},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, "record", test.want, string(appendRecord(nil, p.Name.Form, &r, test.values)))
		})
	}
}

func TestRecordOfAnotherTime(t *testing.T) {
	p := form.Progress
	before := `{"fields":{"total":[5],"name":["汉江大桥","B7"]}}`
	r, err := parseRecord(before, p.Name.Form)
	if err != nil || p.Name.Of(&r) != "汉江大桥" || p.Total.Of(&r) != ledger.Of(5) {
		t.Errorf("columns in another order: %v, %v", r, err)
	}
	r, err = parseRecord(`{"fields":{"total":[5,"H7","0.5","元折算",true],"name":["汉江大桥","B7"]}}`, p.Name.Form)
	if total := r.Fields[p.Total.Index]; err != nil || total.Did != "元折算" || total.Unit != "" || !total.Held {
		t.Errorf("a record without units: %+v, %v", total, err)
	}
	if _, err := parseRecord(`{"fields":{"weather":["rain"]}}`, p.Name.Form); err == nil {
		t.Error("a column that the form has no more is dropped")
	}
}

func TestRecordIsJSONAndComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := forms.Draw(t, "form")
		want := record(t, f)
		text := appendRecord(nil, f, &want, true)
		if !json.Valid(text) {
			t.Fatalf("not JSON: %s", text)
		}
		got, err := parseRecord(string(text), f)
		if err != nil {
			t.Fatal(err)
		}
		got.Row = want.Row
		same(t, "record", want, got)
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
		r, err := parseRecord(text, reserve)
		if err != nil {
			return
		}
		text = string(appendRecord(nil, reserve, &r, true))
		again, err := parseRecord(text, reserve)
		if err != nil || string(appendRecord(nil, reserve, &again, true)) != text {
			t.Errorf("%s is read as %v, %v", text, again, err)
		}
	})
}
