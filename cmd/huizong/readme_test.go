package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pages are what a reader is given: the READMEs and what they lead to.
func pages(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"README*.md", "doc/*.md"} {
		paths, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts[path] = string(text)
		}
	}
	return texts
}

// A README is read in one sitting; what is longer has a page in doc/.
func TestReadmesAreShort(t *testing.T) {
	const most = 130
	for path, text := range pages(t) {
		if lines := strings.Count(text, "\n"); strings.HasPrefix(filepath.Base(path), "README") && lines > most {
			t.Errorf("%s has %d lines, at most %d", path, lines, most)
		}
	}
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

// Every link and picture within the repository leads to something: a file, and a heading of
// it where one is named.
func TestLinksLeadSomewhere(t *testing.T) {
	found := 0
	for path, text := range pages(t) {
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			target, anchor, _ := strings.Cut(match[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			found++
			at := path
			if target != "" {
				at = filepath.Join(filepath.Dir(path), filepath.FromSlash(target))
			}
			content, err := os.ReadFile(at)
			if err != nil {
				t.Errorf("%s: %s leads nowhere", path, match[1])
			} else if anchor != "" && !hasHeading(string(content), anchor) {
				t.Errorf("%s: %s names no heading", path, match[1])
			}
		}
	}
	if found == 0 {
		t.Error("no links at all")
	}
}

func hasHeading(text, anchor string) bool {
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		if strings.ReplaceAll(strings.ToLower(match[1]), " ", "-") == anchor {
			return true
		}
	}
	return false
}
