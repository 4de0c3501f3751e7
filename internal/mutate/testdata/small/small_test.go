package small

import (
	"slices"
	"testing"
)

func TestOf(t *testing.T) {
	for age, want := range map[int][]string{-1: nil, 17: nil, 18: {"adult"}, 65: {"adult", "old"}} {
		if got := Of(age); !slices.Equal(got, want) {
			t.Error(age, got)
		}
	}
}

func TestKind(t *testing.T) {
	if Kind(5, 6) != "much" || Kind(5, 5) != "even" || Kind(4, 5) != "odd" {
		t.Fail()
	}
}

func TestEffect(t *testing.T) {
	if Effect("held back", "held") != HoldField {
		t.Fail()
	}
}
