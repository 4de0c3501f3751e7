package identity

// Groups are things being brought together step by step, where some are kept apart: no step brings together
// what is. Whatever the order, all steps together cost little more than there are steps.
type Groups[T comparable] struct {
	before func(a, b T) bool
	above  map[T]T    // towards the first of the group
	sets   map[T]*set // by first; of those alone that are kept apart from any
}

// A set stands for a group, whichever of it is the first, with those that it is kept apart from.
type set struct{ apart map[*set]bool }

// NewGroups has each thing in a group of its own; before is the order by which one of a group stands for it.
func NewGroups[T comparable](before func(a, b T) bool) *Groups[T] {
	return &Groups[T]{before, map[T]T{}, map[T]*set{}}
}

// First is the first of the group that a thing is in.
func (g *Groups[T]) First(x T) T {
	for {
		up, has := g.above[x]
		if !has {
			return x
		}
		if further, has := g.above[up]; has {
			g.above[x] = further
		}
		x = up
	}
}

// Join makes the groups of two things one; it reports false where they are kept apart.
func (g *Groups[T]) Join(a, b T) bool {
	a, b = g.First(a), g.First(b)
	if a == b {
		return true
	}
	if g.Parted(a, b) {
		return false
	}
	if g.before(b, a) {
		a, b = b, a
	}
	g.above[b] = a
	if g.sets[a] == nil || g.sets[b] != nil && len(g.sets[a].apart) < len(g.sets[b].apart) {
		g.sets[a], g.sets[b] = g.sets[b], g.sets[a]
	}
	if less := g.sets[b]; less != nil { // what is kept apart from fewer moves, so that nothing moves often
		for other := range less.apart {
			delete(other.apart, less)
			other.apart[g.sets[a]], g.sets[a].apart[other] = true, true
		}
	}
	delete(g.sets, b)
	return true
}

// Part keeps the groups of two things apart from now on; what is one already stays so.
func (g *Groups[T]) Part(a, b T) {
	a, b = g.First(a), g.First(b)
	if a == b {
		return
	}
	for _, first := range []T{a, b} {
		if g.sets[first] == nil {
			g.sets[first] = &set{map[*set]bool{}}
		}
	}
	mine, theirs := g.sets[a], g.sets[b]
	mine.apart[theirs], theirs.apart[mine] = true, true
}

// Parted reports whether two things are kept apart.
func (g *Groups[T]) Parted(a, b T) bool {
	mine, theirs := g.sets[g.First(a)], g.sets[g.First(b)]
	return mine != nil && theirs != nil && mine.apart[theirs]
}
