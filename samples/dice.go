package samples

import "hash/fnv"

// A die gives numbers that depend on a seed and on what is asked, and on nothing else: not
// on what was asked before, not on a library's algorithm. So a project says the same
// whoever asks for it, in whichever month.
type die struct{ state uint64 }

// roll takes up the die of a question, such as a project and what of it.
func roll(seed uint64, about ...string) *die {
	hash := fnv.New64a()
	for _, word := range about {
		hash.Write([]byte(word))
		hash.Write([]byte{0})
	}
	return &die{hash.Sum64() ^ seed*0x9E3779B97F4A7C15}
}

// next is splitmix64.
func (d *die) next() uint64 {
	d.state += 0x9E3779B97F4A7C15
	z := d.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below is a number from 0 to n−1.
func (d *die) below(n int) int { return int(d.next() % uint64(n)) }

// between is a number from low to high, both included.
func (d *die) between(low, high int) int { return low + d.below(high-low+1) }

// spread is a number from low to high of which small ones are likelier, as amounts of
// investment are: each doubling as likely as the next, roughly.
func (d *die) spread(low, high int) int {
	for low*2 < high && d.below(3) > 0 {
		low *= 2
	}
	return d.between(low, min(low*2, high))
}

// pick is one of several.
func pick[T any](d *die, from []T) T { return from[d.below(len(from))] }
