package identity

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huizong/internal/ledger"
	"huizong/internal/naming"
)

// Near gives later projects alone, ascending, and all that have the same words.
func TestNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var profiles []*Profile
		for range rapid.IntRange(0, 40).Draw(t, "projects") {
			profiles = append(profiles, profileOf(drawnRow(t)))
		}
		b := NewBlocks(profiles)
		for i, p := range profiles {
			near := b.Near(i)
			if !slices.IsSorted(near) || len(slices.Compact(slices.Clone(near))) != len(near) || len(near) > 0 && near[0] <= i {
				t.Fatalf("near %d: %v", i, near)
			}
			if again := b.Near(i); !slices.Equal(near, again) {
				t.Fatalf("near %d: %v and then %v", i, near, again)
			}
			for j := i + 1; j < len(profiles); j++ {
				if p.words == profiles[j].words && !slices.Contains(near, j) {
					t.Fatalf("%s (%d) is not held against %s (%d)", p.Name, i, profiles[j].Name, j)
				}
			}
		}
	})
}

// Of more projects of the same words than are all held against one another, those are that have the
// total, the place or the owner in common too.
func TestNearAmongMany(t *testing.T) {
	var profiles []*Profile
	for i := range mostOfWords + 100 {
		said := naming.Said{Name: "道路硬化工程", Place: fmt.Sprintf("第%d组", i/2), Owner: fmt.Sprintf("第%d村委会", i/3)}
		profiles = append(profiles, profileOf(Row{Identity: chenggu.Identify(said), Total: ledger.Amount{V: ledger.Money(1000 + i/5), Valid: true}}))
	}
	b := NewBlocks(profiles)
	for i, p := range profiles {
		near := b.Near(i)
		for j := i + 1; j < len(profiles); j++ {
			q := profiles[j]
			same := p.total == q.total || p.Place.Text == q.Place.Text || p.Owner == q.Owner
			if same != slices.Contains(near, j) {
				t.Fatalf("%d and %d: the same total, place or owner %v, held against one another %v", i, j, same, !same)
			}
		}
	}
}

// However many projects are one in words, owner and place, the search does not grow with their square.
func TestNearIsBounded(t *testing.T) {
	const projects = 3000
	var profiles []*Profile
	for i := range projects {
		said := naming.Said{Name: "柳林镇道路硬化工程", Owner: "柳林镇人民政府", Place: "柳林镇", Code: "2401-610722-04-01-100012"}
		profiles = append(profiles, profileOf(Row{Identity: chenggu.Identify(said), Total: ledger.Amount{V: ledger.Money(1000 + i/2), Valid: true}}))
	}
	b, compared := NewBlocks(profiles), 0
	for i := range profiles {
		near := b.Near(i)
		if i%2 == 0 && !slices.Contains(near, i+1) {
			t.Fatalf("%d and %d have the same total, and are not held against one another", i, i+1)
		}
		compared += len(near)
	}
	if compared > projects*mostOfWords {
		t.Errorf("%d pairs of %d projects", compared, projects)
	}
}

// What is left of a code if one digit is wrong, or two neighbours; nothing of what is no code.
func TestSlips(t *testing.T) {
	want := []string{"123456", "2024-6107-0001?23456", "2024-6107-00011?3456", "2024-6107-000112?456", "2024-6107-0001123?56", "2024-6107-00011234?6",
		"2024-6107-000112345?", "2024-6107-0001??3456", "2024-6107-00011??456", "2024-6107-000112??56", "2024-6107-0001123??6", "2024-6107-00011234??"}
	if got := slips("2024-6107-0001123456"); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := slips("2024-6107-000112345"); got != nil {
		t.Errorf("of 19 characters: %q", got)
	}
}

// coded are profiles of a code each, of whose names no two are alike.
func coded(codes ...string) []*Profile {
	var all []*Profile
	for i, code := range codes {
		r := Row{Identity: chenggu.Identify(naming.Said{Name: string([]rune{rune('啊' + i), rune('恩' + i)})})}
		r.Code = ledger.ProjectCode(code)
		all = append(all, profileOf(r))
	}
	return all
}

// Codes a digit apart lead to one another, unless more projects than that bear them.
func TestNearByCode(t *testing.T) {
	near := NewBlocks(coded("2401-610722-04-01-100012", "2403-610722-04-01-100012", "2401-610722-04-01-100022", "2401-610722-04-01-100021",
		"2401-610722-04-01-110022")).Near(0)
	if !slices.Equal(near, []int{1, 2, 3}) {
		t.Errorf("near are %v", near)
	}
	for bear, want := range map[int]int{mostOfWords: mostOfWords - 1, mostOfWords + 1: 0} {
		if got := len(NewBlocks(coded(slices.Repeat([]string{string(codeA)}, bear)...)).Near(0)); got != want {
			t.Errorf("of %d projects of one code %d are near, want %d", bear, got, want)
		}
	}
	var dense []string
	for i := range 100 {
		dense = append(dense, slices.Repeat([]string{fmt.Sprintf("2401-610722-04-01-1000%02d", i)}, 3)...)
	}
	if near := NewBlocks(coded(dense...)).Near(0); !slices.Contains(near, 3) || !slices.Contains(near, 30) || slices.Contains(near, 33) {
		t.Errorf("among codes without gaps near are %v", near)
	}
}

// called are profiles of names alone.
func called(names ...string) []*Profile {
	var all []*Profile
	for _, name := range names {
		all = append(all, profiled(name))
	}
	return all
}

// other is a name like no other.
func other(i int) string { return string([]rune{rune('啊' + 2*i), rune('恩' + 2*i)}) }

// As many as the same words lead to, and one more.
func TestNearByWords(t *testing.T) {
	for projects, want := range map[int]int{mostOfWords: mostOfWords - 1, mostOfWords + 1: 0} {
		if got := len(NewBlocks(called(slices.Repeat([]string{"冷库"}, projects)...)).Near(0)); got != want {
			t.Errorf("of %d projects of the same words %d are near, want %d", projects, got, want)
		}
	}
	profiles := called(slices.Repeat([]string{"冷库"}, mostOfWords+1)...)
	for _, p := range profiles[:50] {
		p.total = ledger.Amount{V: 1, Valid: true}
	}
	if got := len(NewBlocks(profiles).Near(0)); got != 49 {
		t.Errorf("of 50 projects of the same words and total %d are near", got)
	}
}

// As many as two neighbouring characters lead to, and one more; then the total, or the next rarest characters.
func TestNearByCharacters(t *testing.T) {
	sharing := func(words string, projects, from int) (names []string) {
		for i := range projects {
			names = append(names, words+other(from+i))
		}
		return names
	}
	for projects, want := range map[int]int{2: 1, MostOfBlock: MostOfBlock - 1, MostOfBlock + 1: 0} {
		if got := len(NewBlocks(called(sharing("冷库", projects, 0)...)).Near(0)); got != want {
			t.Errorf("of %d projects %d are near, want %d", projects, got, want)
		}
	}
	profiles := called(sharing("冷库", MostOfBlock+1, 0)...)
	profiles[0].total, profiles[7].total = ledger.Amount{V: 1, Valid: true}, ledger.Amount{V: 1, Valid: true}
	if near := NewBlocks(profiles).Near(0); !slices.Equal(near, []int{7}) {
		t.Errorf("of one total are %v", near)
	}
	both := append([]string{"冷库医院" + other(0), "医院冷库" + other(50)}, append(sharing("冷库", MostOfBlock, 1), sharing("医院", MostOfBlock, 100)...)...)
	if near := NewBlocks(called(both...)).Near(0); !slices.Equal(near, []int{1}) {
		t.Errorf("of the next rarest characters are %v", near)
	}
}

// The rarest characters lead first, until enough are found.
func TestNearRarestFirst(t *testing.T) {
	names := []string{"冷库医院公路"}
	sizes := []struct {
		words string
		more  int
	}{{"公路", 45}, {"冷库", 34}, {"医院", 30}}
	for n, size := range sizes {
		for i := range size.more {
			names = append(names, size.words+other(100*n+i))
		}
	}
	near := NewBlocks(called(names...)).Near(0)
	if len(near) != MostNear || near[0] != 46 {
		t.Errorf("%d are near, from %d on", len(near), near[0])
	}
}
