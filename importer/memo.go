package importer

import (
	"strings"
	"sync"
)

// A memo keeps what was made of texts, which are the same in many cells of many files. It holds so many at most and then
// begins anew. Several goroutines may ask at once; what they get is shared, and not to be changed.
type memo[T any] struct {
	lock sync.RWMutex
	made map[string]T
}

// mostKept is how many texts a memo keeps; longestKept how many bytes each may have.
const (
	mostKept    = 1 << 13
	longestKept = 200
)

// of makes it of a text, or gives what was made before.
func (m *memo[T]) of(text string, read func(string) T) T {
	if len(text) > longestKept {
		return read(text)
	}
	m.lock.RLock()
	made, known := m.made[text]
	m.lock.RUnlock()
	if known {
		return made
	}
	text = strings.Clone(text) // not the row that it is a piece of
	made = read(text)
	m.lock.Lock()
	defer m.lock.Unlock()
	if len(m.made) >= mostKept {
		clear(m.made)
	}
	if m.made == nil {
		m.made = map[string]T{}
	}
	m.made[text] = made
	return made
}
