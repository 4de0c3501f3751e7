package user

import "testing"

func TestCount(t *testing.T) {
	if Count(1, 2, -2) != 2 {
		t.Fail()
	}
}
