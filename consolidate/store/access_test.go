package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// grant lets somebody in beside the others who may come already.
func grant(s *Store, region string, a Access) error {
	return s.ChangeAccess(context.Background(), region, func(all []Access) ([]Access, Deed, error) {
		others := slices.DeleteFunc(all, func(there Access) bool { return there.ID == a.ID })
		return append(others, a), Deed{At: a.Made, Who: "李工", Deed: "grant", About: a.Name}, nil
	})
}

// deeds are all that were done, the newest first.
func deeds(t *testing.T, s *Store, region string) []Deed {
	t.Helper()
	all, err := s.Deeds(context.Background(), region, 0, 1000, func(Deed) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Who may come in is changed with its deed or not at all, in each region on its own.
func TestAccess(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		first, second := Access{"ABCD", "staff", "水利局", "h1", "2024-07-01T00:00:00Z"}, Access{"EFGH", "leader", "李县长", "h2", "2024-07-02T00:00:00Z"}
		if err := errors.Join(grant(s, "610722", first), grant(s, "610722", second)); err != nil {
			t.Fatal(err)
		}
		refused := errors.New("refused")
		err := s.ChangeAccess(ctx, "610722", func([]Access) ([]Access, Deed, error) { return nil, Deed{}, refused })
		if !errors.Is(err, refused) {
			t.Errorf("got %v", err)
		}
		check := func(region string, want []Access, abouts ...string) {
			t.Helper()
			got, err := s.Access(ctx, region)
			if err != nil {
				t.Fatal(err)
			}
			slices.SortFunc(got, func(a, b Access) int { return bytes.Compare([]byte(a.ID), []byte(b.ID)) })
			same(t, "who may come in", want, got)
			var noted []string
			for _, d := range deeds(t, s, region) {
				noted = append(noted, d.About)
			}
			same(t, "what was done", abouts, noted)
		}
		check("610722", []Access{first, second}, "李县长", "水利局")
		check("610723", nil)
		err = s.ChangeAccess(ctx, "610722", func(all []Access) ([]Access, Deed, error) {
			return slices.DeleteFunc(all, func(a Access) bool { return a.ID == "ABCD" }), Deed{About: "gone"}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		check("610722", []Access{second}, "gone", "李县长", "水利局")
	})
}

// Several processes let people in, and note what was done, while a run writes: nothing is lost, and the numbers have no gap.
func TestManyNoteAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		const processes, times = 3, 8
		region, runner := newRegion(), open(t, address)
		var all sync.WaitGroup
		for p := range processes {
			s := open(t, address)
			all.Go(func() {
				for i := range times {
					about := fmt.Sprint(p, " ", i)
					if err := s.Note(context.Background(), region, Deed{Deed: "hand-in", About: about}); err != nil {
						t.Error(err)
					}
				}
				if err := grant(s, region, Access{ID: fmt.Sprint(p), Name: fmt.Sprint("部门", p)}); err != nil {
					t.Error(err)
				}
			})
		}
		for g := range 3 {
			if err := merge(context.Background(), runner, generation(region, g+1)); err != nil {
				t.Error(err)
			}
		}
		all.Wait()
		seen, got := map[string]bool{}, deeds(t, runner, region)
		for i, d := range got {
			if d.Number != len(got)-i {
				t.Errorf("number %d stands at %d of %d", d.Number, i, len(got))
			}
			seen[d.About] = true
		}
		if want := processes * (times + 1); len(seen) != want {
			t.Errorf("%d deeds, want %d", len(seen), want)
		}
		if there, err := runner.Access(context.Background(), region); err != nil || len(there) != processes {
			t.Errorf("%d may come in, %v", len(there), err)
		}
	})
}

// The log is read in pages, of whoever is asked for.
func TestDeedsAreReadInPages(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s, ctx := open(t, address), context.Background()
		for i := range 7 {
			if err := s.Note(ctx, "610722", Deed{Who: []string{"水利局", "林业局"}[i%2]}); err != nil {
				t.Fatal(err)
			}
		}
		for _, test := range []struct {
			name         string
			before, most int
			who          string
			want         []int
		}{
			{"the newest", 0, 3, "", []int{7, 6, 5}},
			{"the page after", 5, 3, "", []int{4, 3, 2}},
			{"the last page", 2, 3, "", []int{1}},
			{"none before the first", 1, 3, "", nil},
			{"before one that is not there yet", 99, 2, "", []int{7, 6}},
			{"before none", -3, 1, "", []int{7}},
			{"just beyond the last", 8, 2, "", []int{7, 6}},
			{"of one person", 0, 2, "林业局", []int{6, 4}},
			{"more than there are", 4, 9, "水利局", []int{3, 1}},
		} {
			got, err := s.Deeds(ctx, "610722", test.before, test.most, func(d Deed) bool { return test.who == "" || d.Who == test.who })
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			var numbers []int
			for _, d := range got {
				numbers = append(numbers, d.Number)
			}
			same(t, test.name, test.want, numbers)
		}
	})
}

// Whatever a hand does to the log is told by whoever reads on, and nothing is appended to a log of which the end is gone.
func TestALogThatAHandChanged(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s, ctx := open(t, address), context.Background()
		copyOfLast := func(number int, chain string) string {
			return fmt.Sprintf("INSERT INTO audit (region, %[1]s) SELECT region, %[2]s FROM audit WHERE region = '%%[1]s' AND number = 6",
				auditColumns, strings.NewReplacer("number", fmt.Sprint(number), "chain", chain).Replace(auditColumns))
		}
		for name, test := range map[string]struct {
			statement string
			page      int  // before which number it is seen, too
			appends   bool // something is noted all the same
		}{
			"a deed that was changed": {"UPDATE audit SET who = '别人' WHERE region = '%[1]s' AND number = 3", 4, true},
			"one that was taken out":  {"DELETE FROM audit WHERE region = '%[1]s' AND number = 3", 5, true},
			"the first is gone":       {"DELETE FROM audit WHERE region = '%[1]s' AND number = 1", 3, true},
			"the first two are gone":  {"DELETE FROM audit WHERE region = '%[1]s' AND number < 3", 4, true},
			"the last is gone":        {"DELETE FROM audit WHERE region = '%[1]s' AND number = 6", 0, false},
			"all are gone":            {"DELETE FROM audit WHERE region = '%[1]s'", 3, false},
			"the sum is gone":         {"DELETE FROM own_sum WHERE region = '%[1]s'", 0, false},
			"all but the sum is gone": {"UPDATE own_sum SET sha256 = '' WHERE region = '%[1]s'", 0, false},
			"one was appended":        {copyOfLast(7, "chain"), 0, true},
			"two were exchanged": {"UPDATE audit SET number = 99 - number WHERE region = '%[1]s' AND number IN (4, 5); " +
				"UPDATE audit SET number = number - 90 WHERE region = '%[1]s' AND number > 90", 5, true},
			"one was put in before all": {copyOfLast(0, "''"), 2, true},
		} {
			t.Run(name, func(t *testing.T) {
				region := newRegion()
				for i := range 6 {
					if err := s.Note(ctx, region, Deed{At: fmt.Sprint(i), Who: "水利局", Deed: "hand-in"}); err != nil {
						t.Fatal(err)
					}
				}
				alter(t, s, test.statement, region)
				all := func(Deed) bool { return true }
				var changed *Changed
				if _, err := s.Deeds(ctx, region, 0, 100, all); !errors.As(err, &changed) || changed.Table != "audit" {
					t.Errorf("read: %v", err)
				}
				if _, err := s.Deeds(ctx, region, test.page, 100, all); !errors.As(err, &changed) {
					t.Errorf("read before %d: %v", test.page, err)
				}
				if told, err := s.Changed(ctx, region); err != nil || len(told) != 1 {
					t.Errorf("all that was changed: %v, %v", told, err)
				}
				if err := s.Note(ctx, region, Deed{}); (err == nil) != test.appends {
					t.Errorf("appended: %v", err)
				}
			})
		}
	})
}

// A session is there until its time is over, and those that are over go as another comes. A backup has none.
func TestSessions(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		now := time.Date(2024, time.July, 3, 8, 30, 0, 0, time.FixedZone("Asia/Shanghai", 8*3600))
		later := now.Add(time.Hour)
		saved := func(token string, data []byte, expiry, now time.Time) {
			t.Helper()
			if err := s.SaveSession(ctx, "610722", token, data, expiry, now); err != nil {
				t.Fatal(err)
			}
		}
		has := func(region, token string, now time.Time, want []byte) {
			t.Helper()
			got, ok, err := s.Session(ctx, region, token, now)
			if err != nil || ok != (want != nil) || !bytes.Equal(got, want) {
				t.Errorf("%s: %q, %v, %v, want %q", token, got, ok, err, want)
			}
		}
		binary := []byte("\x00\xff汇总")
		saved("a", binary, later, now)
		saved("b", []byte("first"), later.Add(time.Hour), now)
		saved("b", []byte("second"), later.Add(time.Hour), now)
		has("610722", "a", now, binary)
		has("610722", "a", later.UTC().Add(-time.Second), binary)
		has("610722", "a", later, nil)
		has("610722", "b", later, []byte("second"))
		has("610723", "a", now, nil)
		has("610722", "none", now, nil)
		saved("c", []byte("third"), later.Add(time.Hour), later)
		var left int
		if err := s.db.Get(&left, `SELECT count(*) FROM session`); err != nil || left != 2 {
			t.Errorf("%d are left, %v", left, err)
		}
		for range 2 {
			if err := s.EndSession(ctx, "610722", "b"); err != nil {
				t.Error(err)
			}
		}
		has("610722", "b", now, nil)
	})
}

// What a database is restored from has who may come in and who did what, and lets nobody stay in.
func TestABackupLetsNobodyStayIn(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		ctx, from, to := context.Background(), open(t, databases["sqlite"](t)), open(t, address)
		now := time.Now()
		if err := from.SaveSession(ctx, "610722", "a", []byte("x"), now.Add(time.Hour), now); err != nil {
			t.Fatal(err)
		}
		if err := grant(from, "610722", Access{ID: "ABCD", Role: "staff", Name: "水利局", Hash: "h"}); err != nil {
			t.Fatal(err)
		}
		path, _ := backedUp(t, from)
		restored(t, to, path)
		want, err := from.Access(ctx, "610722")
		if err != nil {
			t.Fatal(err)
		}
		got, err := to.Access(ctx, "610722")
		if err != nil {
			t.Fatal(err)
		}
		same(t, "who may come in", want, got)
		same(t, "what was done", deeds(t, from, "610722"), deeds(t, to, "610722"))
		if _, ok, err := to.Session(ctx, "610722", "a", now); ok || err != nil {
			t.Errorf("still in: %v, %v", ok, err)
		}
		if err := to.Note(ctx, "610722", Deed{About: "after"}); err != nil {
			t.Error(err)
		}
	})
}
