package importer

import (
	"strconv"
	"strings"
	"sync"
	"testing"
)

// What is made of a text is made once, as long as it is kept; a long text is not kept.
func TestMemo(t *testing.T) {
	var m memo[int]
	times := map[string]int{}
	length := func(text string) int {
		times[text]++
		return len(text)
	}
	long := strings.Repeat("长", longestKept)
	for range 3 {
		for _, text := range []string{"", "开工时间", long} {
			if got := m.of(text, length); got != len(text) {
				t.Errorf("%.20q: %d", text, got)
			}
		}
	}
	if times[""] != 1 || times["开工时间"] != 1 || times[long] != 3 {
		t.Errorf("%d, %d and %d times", times[""], times["开工时间"], times[long])
	}
}

// However many texts there are, and however many ask at once, no more are kept, and none is taken for another.
func TestMemoIsBounded(t *testing.T) {
	var m memo[string]
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 2 * mostKept {
				text := strconv.Itoa(i)
				if got := m.of(text, func(text string) string { return text + "!" }); got != text+"!" {
					t.Errorf("of %s %s was made", text, got)
				}
			}
		})
	}
	all.Wait()
	if len(m.made) > mostKept {
		t.Errorf("%d are kept", len(m.made))
	}
}
