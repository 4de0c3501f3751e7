// Package small has something of each kind to change. What its tests let pass, and what none can
// notice, is on purpose.
package small

import (
	"slices"
	"strings"
)

// A Rule is one of a list.
type Rule struct {
	Name  string
	Least int
}

// Rules are outside functions.
var Rules = []Rule{{"adult", 18}, {"old", max(60, 65)}}

// Of names the rules that hold.
func Of(age int) []string {
	if age < 0 {
		return nil
	}
	var held []string
	for i := range Rules {
		if age >= Rules[i].Least && Rules[i].Name != "" {
			held = append(held, Rules[i].Name)
		}
	}
	slices.Sort(held)
	return held
}

// Kind is a word for a sum.
func Kind(a, b int) string {
	switch {
	case a+b > 10:
		return "much"
	case a == b:
		return "even"
	}
	return "odd"
}

// Known is whether a word stands at the beginning or is blank; nothing here tests it.
func Known(words []string, word string) bool {
	at := slices.Index(words, word)
	return at == 0 || word == ""
}

// Effects are by name.
const (
	Accept = iota
	HoldField
)

// Effect is what a word that begins with another does.
func Effect(word, with string) int {
	if strings.HasPrefix(word, with) {
		return HoldField
	}
	return Accept
}

// Sums fill what they are given.
func Sums(all []int, into map[int]bool) {
	total := 0
	for _, n := range all {
		total += n
		put(into, total)
	}
}

func put(into map[int]bool, n int) { into[n] = true }
