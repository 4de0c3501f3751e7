package consolidate

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huizong/internal/form"
	"huizong/internal/ledger"
	. "huizong/internal/returntest"
)

// The shape in which rows were summed when sums were first kept.
type (
	summedValue struct {
		Known bool   `json:",omitempty"`
		N     int64  `json:",omitempty"`
		S     string `json:",omitempty"`
	}
	summedField struct {
		Value summedValue
		Cell  string `json:",omitempty"`
		Raw   string `json:",omitempty"`
		Did   string `json:",omitempty"`
		Held  bool   `json:",omitempty"`
		Sheet string `json:",omitempty"`
	}
	summedPlace struct {
		Row   int
		Sheet string `json:",omitempty"`
		Head  int    `json:",omitempty"`
	}
	summedRecord struct {
		summedPlace
		Rest     []summedPlace `json:",omitempty"`
		Fields   []summedField
		Extra    map[string]string     `json:",omitempty"`
		Kept     map[int]ledger.Origin `json:",omitempty"`
		Since    *ledger.Period        `json:",omitempty"`
		Key      string                `json:",omitempty"`
		Returned bool                  `json:",omitempty"`
		Repeated bool                  `json:",omitempty"`
	}
	summedRow struct {
		ledger.ReturnID
		Entity  string
		Record  summedRecord
		From    ledger.Period
		Content string
	}
)

func summed(row *ledger.Standing) summedRow {
	r := row.Record
	is := summedRecord{summedPlace: summedPlace(r.Place), Extra: r.Extra, Kept: r.Kept, Key: r.Key, Returned: r.Returned, Repeated: r.Repeated}
	if !row.First.IsZero() {
		is.Since = &row.First
	}
	for _, at := range r.Rest {
		is.Rest = append(is.Rest, summedPlace(at))
	}
	for _, c := range form.ByID(row.Form).Columns {
		f := c.Field(r)
		is.Fields = append(is.Fields, summedField{summedValue(f.Value), f.Cell.String(), f.Raw, f.Did, f.Held, f.Sheet})
	}
	return summedRow{row.ReturnID, row.Entity, is, row.From, row.Content}
}

// The sum of a month is what it was when encoding/json wrote the rows.
func TestRowsAreSummedAsTheyWere(t *testing.T) {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "", "城固大道", "a\"b\\", "<&>", "\n\x7f\x00", "\u2028", "\u2029", "\u2027", "\xff", "é\xe2\x80"}), rapid.String())
	places := rapid.Custom(func(t *rapid.T) ledger.Place {
		return ledger.Place{Row: rapid.IntRange(0, 9).Draw(t, "row"), Sheet: text.Draw(t, "sheet"), Head: rapid.IntRange(0, 3).Draw(t, "head")}
	})
	rapid.Check(t, func(t *rapid.T) {
		period := ledger.Period{Year: 2024, Month: rapid.IntRange(1, 12).Draw(t, "month")}
		row := &ledger.Standing{ReturnID: ledger.ReturnID{Region: "610722", Period: June, Form: Reserve.ID, Department: text.Draw(t, "department")},
			Entity: text.Draw(t, "entity"), From: period, Content: text.Draw(t, "content")}
		r := &ledger.Record{}
		row.Record = r
		r.Place, r.Rest = places.Draw(t, "place"), rapid.SliceOfN(places, 0, 2).Draw(t, "rest")
		for range rapid.IntRange(0, 6).Draw(t, "fields") {
			field := ledger.Field{Value: ledger.Value{Known: rapid.Bool().Draw(t, "known"), N: rapid.Int64().Draw(t, "n"), S: text.Draw(t, "s")},
				Cell: ledger.Cell{Column: 8, Row: 7}, Raw: text.Draw(t, "raw"), Did: text.Draw(t, "did"), Unit: "元", Held: rapid.Bool().Draw(t, "held"),
				Sheet: text.Draw(t, "sheet of it")}
			r.Set(rapid.IntRange(0, len(Reserve.Columns)-1).Draw(t, "column"), field)
		}
		r.Extra = rapid.MapOfN(text, text, 0, 3).Draw(t, "extra")
		for range rapid.IntRange(0, 3).Draw(t, "kept") {
			if r.Kept == nil {
				r.Kept = map[int]ledger.Origin{}
			}
			r.Kept[rapid.IntRange(0, 30).Draw(t, "kept column")] = ledger.Origin{Period: period, Content: text.Draw(t, "kept content")}
		}
		if rapid.Bool().Draw(t, "since") {
			row.First = period
		}
		r.Key, r.Returned, r.Repeated = text.Draw(t, "key"), rapid.Bool().Draw(t, "returned"), rapid.Bool().Draw(t, "repeated")
		want, err := json.Marshal(summed(row))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(appendRow(nil, row))); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	})
}
