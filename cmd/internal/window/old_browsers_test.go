package window

import (
	"regexp"
	"strings"
	"testing"
)

// younger is what browsers like Chromium 80 do not know of styles and scripts, by file. Each is tried on every line.
var younger = map[string][]*regexp.Regexp{
	"window.css": patterns(
		`:(is|where|has|dir|focus-visible|modal|user-invalid|user-valid|popover-open)\b`,
		`(^|[;{\s])(row-|column-)?gap\s*:`, // of flex; grids have grid-gap
		`(^|[;{\s])(inset[a-z-]*|aspect-ratio|accent-color|color-scheme|content-visibility|text-wrap|translate|rotate|scale|scrollbar-[a-z]+)\s*:`,
		`@(layer|container|property|scope|starting-style)\b`,
		`@media[^{]*[<>]`,
		`\b(clamp|color-mix|light-dark|oklch|oklab|lab|lch|hwb)\(`, // min() and max() are of 79
		`\d(dv|sv|lv|cq)[a-z]+\b`,
		`:\s*(clip|subgrid)\s*[;}]`,
		`(^|\s)&`,         // rules within rules
		`:not\([^)]*[, ]`, // a list
		`rgba?\(\d+ \d+`,  // without commas, and with a slash
	),
	"window.js": patterns(
		`(\?\?|\|\||&&)=`,
		`\.(at|replaceAll|findLast|findLastIndex|toSorted|toReversed|toSpliced|replaceChildren|requestSubmit|showPicker)\(`,
		`\b(structuredClone|Object\.hasOwn|Promise\.any|WeakRef|AggregateError|randomUUID|checkVisibility)\b`,
		`(this|\bclass\b.*|^\s*)\.?#[A-Za-z_]`, // private fields
		`\bstatic\s*\{`,
		`\d_\d`,
		`^\s*(import|export|await)\b`,
	),
}

func patterns(all ...string) []*regexp.Regexp {
	var compiled []*regexp.Regexp
	for _, one := range all {
		compiled = append(compiled, regexp.MustCompile(one))
	}
	return compiled
}

// youngerIn are the places of a text at which there is something that old browsers do not know.
func youngerIn(text string, known []*regexp.Regexp) map[int]string {
	found := map[int]string{}
	for i, line := range strings.Split(text, "\n") {
		for _, one := range known {
			if what := one.FindString(line); what != "" {
				found[i+1] = what
			}
		}
	}
	return found
}

// TestOldBrowsersKnowWhatPagesUse: those of offices are like Chromium 80.
func TestOldBrowsersKnowWhatPagesUse(t *testing.T) {
	for name, known := range younger {
		content, err := static.ReadFile("static/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for line, what := range youngerIn(string(content), known) {
			t.Errorf("%s, line %d: %q is younger than Chromium 80", name, line, what)
		}
	}
}

// TestWhatIsYoungerIsFound: the patterns find what they are for, and not what is old.
func TestWhatIsYoungerIsFound(t *testing.T) {
	for name, texts := range map[string][2][]string{
		"window.css": {
			{"a:is(b) {", "main:has(h1) {", "a:focus-visible {", "\tgap: 1rem;",
				"p { display: flex; column-gap: 1px }", "\tinset: 0;", "\taspect-ratio: 1;", "\taccent-color: red;", "@layer base {", "@media (width <= 40rem) {",
				"width: clamp(1px, 2px, 3px);", "height: 100dvh;", "\t&:hover {", "p:not(.a, .b) {", "color: rgb(0 0 0 / 50%);"},
			{"grid-gap: 1rem;", "p:not(.a) {", "transform: rotate(3deg);", "@media (max-width: 40rem) {", "a:focus {",
				"overflow-wrap: anywhere;", "rgba(0, 0, 0, .5)", "max(1px, 2px)"},
		},
		"window.js": {
			{"a ??= b;", "a ||= b;", "list.at(-1);", "text.replaceAll(a, b);", "structuredClone(a);", "this.#size = 1;",
				"\t#size = 1;", "1_000;", "await go();", "export {};"},
			{"a || b;", "a ?? b;", "a && b;", "upload.querySelector(\"#file\");", "var at = event.target;", "a === b;"},
		},
	} {
		for i, want := range []bool{true, false} {
			for _, text := range texts[i] {
				if found := youngerIn(text, younger[name]); (len(found) > 0) != want {
					t.Errorf("%s: in %q there is found %v", name, text, found)
				}
			}
		}
	}
}
