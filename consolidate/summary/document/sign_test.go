package document

import "testing"

// The places of GB/T 9704: with a seal the date stands four characters from the right, the name
// centred above it; without one the date begins two characters after the name.
func TestSignedRight(t *testing.T) {
	const date = 6 // 2024年7月5日
	for _, test := range []struct {
		name         string
		width        float64
		seal         Seal
		above, below float64
	}{
		{"sealed, a name as wide as the date", date, Sealed, 4, 4},
		{"sealed, a name of 9", 9, Sealed, 2.5, 4},
		{"sealed, a name of 10: two are left", 10, Sealed, 2, 4},
		{"sealed, a name of 16: the date gives way", 16, Sealed, 2, 7},
		{"sealed, a name of 3", 3, Sealed, 5.5, 4},
		{"unsealed, a name of 9", 9, Unsealed, 2, 3},
		{"unsealed, a name of 8: the date reaches as far", 8, Unsealed, 2, 2},
		{"unsealed, a name of 3: the date is longer", 3, Unsealed, 7, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			above, below := signedRight(test.width, date, test.seal)
			if above != test.above || below != test.below {
				t.Errorf("name %g, date %g from the right; want %g, %g", above, below, test.above, test.below)
			}
		})
	}
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]float64{"": 0, "2024年7月5日": 6, "城固县": 3, "“〔〕—": 4, "1.": 1} {
		if got := width(text); got != want {
			t.Errorf("width of %q is %g, want %g", text, got, want)
		}
	}
}
