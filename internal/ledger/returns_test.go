package ledger

import (
	"testing"

	"pgregory.net/rapid"
)

func TestRows(t *testing.T) {
	held := Record{Place: Place{Row: 1}, Fields: Pack([]Field{{Held: true}})}
	records := []Record{{Place: Place{Row: 2}}, held, {Place: Place{Row: 3}, Returned: true}, {Place: Place{Row: 4}, Repeated: true}}
	for _, test := range []struct {
		state State
		want  Rows
	}{
		{Accepted, Rows{Seen: 7, Taken: 2, Held: 1, Returned: 1, Repeated: 1, Subtotal: 2, Blank: 1}},
		{Returned, Rows{Seen: 7, Returned: 4, Subtotal: 2, Blank: 1}},
		{Superseded, Rows{Seen: 7, Superseded: 3, Repeated: 1, Subtotal: 2, Blank: 1}},
		{Repeated, Rows{Seen: 7, Repeated: 4, Subtotal: 2, Blank: 1}},
	} {
		r := Return{Records: records, Subtotal: 2, Blank: 1, State: test.state}
		if got := r.Rows(); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.state, got, test.want)
		}
	}
}

// The balance of any return closes, and so does the sum of any two; a row more or less is
// noticed.
func TestRowsClose(t *testing.T) {
	some := rapid.Custom(func(t *rapid.T) Rows {
		r := Return{Subtotal: rapid.IntRange(0, 3).Draw(t, "subtotal"), Blank: rapid.IntRange(0, 3).Draw(t, "blank"),
			State: rapid.SampledFrom([]State{Accepted, Returned, Superseded, Repeated, Nil}).Draw(t, "state")}
		for range rapid.IntRange(0, 6).Draw(t, "rows") {
			r.Records = append(r.Records, Record{Returned: rapid.Bool().Draw(t, "returned"), Repeated: rapid.Bool().Draw(t, "repeated"),
				Fields: Pack([]Field{{Held: rapid.Bool().Draw(t, "held")}})})
		}
		return r.Rows()
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := some.Draw(t, "one").Plus(some.Draw(t, "other"))
		if !rows.Closes() || rows.Held > rows.Taken {
			t.Fatalf("%+v", rows)
		}
		for _, part := range []*int{&rows.Seen, &rows.Taken, &rows.Returned, &rows.Superseded, &rows.Repeated, &rows.Subtotal, &rows.Blank} {
			*part++
			if rows.Closes() {
				t.Fatalf("a row too many is not noticed: %+v", rows)
			}
			*part--
		}
	})
}

func TestValueList(t *testing.T) {
	if got := Words("省级、市级").List(); len(got) != 2 || got[1] != "市级" {
		t.Error(got)
	}
	if got := (Value{}).List(); got != nil {
		t.Error(got)
	}
}

func TestCarried(t *testing.T) {
	row := Standing{ReturnID: ReturnID{Period: Period{2024, 6}}, From: Period{2024, 6}}
	if row.Carried() {
		t.Error("reported this month")
	}
	if row.From = (Period{2024, 4}); !row.Carried() {
		t.Error("last reported in April")
	}
}

// What is said is known, and nothing and a blank text are said, too.
func TestValues(t *testing.T) {
	if got := Number(0); got != (Value{Known: true}) {
		t.Errorf("%+v", got)
	}
	if got := Words("甲"); got != (Value{Known: true, S: "甲"}) {
		t.Errorf("%+v", got)
	}
	if (Value{}).Known {
		t.Error("a blank is known")
	}
}
