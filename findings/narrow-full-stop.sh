#!/usr/bin/env bash
# x/text's width.Narrow turns the Chinese full stop and the mark 、 into Japanese half-width ones.
#
# Expected: narrowing a text makes （１２） to (12) and leaves 。 、 「 」 alone, since ASCII has none of them; it is what
#   is commonly advised for comparing what offices typed.
# Seen: 。 becomes ｡ (U+FF61), 、 becomes ､ (U+FF64), 「 becomes ｢ (U+FF62): marks of Japanese half-width text. ￥ becomes ¥
#   (U+00A5). width.Fold gives what was meant, and so does norm.NFKC for these.
# Met when: names and remarks are narrowed as a key, and the key is what is stored, shown or searched: 道路、桥梁 is
#   not found in it, and a reader sees marks that nobody typed.
# Seen on 2026-11-30 with golang.org/x/text v0.43.0, Go 1.26.
set -Eeuo pipefail
export LC_ALL=C.UTF-8
trap 'echo "could not be run" >&2; exit 2' ERR
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

cat >main.go <<'GO'
package main

import (
	"fmt"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

func main() {
	for _, r := range "（，。、「～￥％１" {
		text := string(r)
		fmt.Printf("%U Narrow %U Fold %U NFKC %U\n", r, []rune(width.Narrow.String(text)), []rune(width.Fold.String(text)), []rune(norm.NFKC.String(text)))
	}
	fmt.Println(width.Narrow.String("道路、桥梁（１座）。"), width.Fold.String("道路、桥梁（１座）。"))
}
GO
go mod init findings 2>/dev/null
go get golang.org/x/text@v0.43.0 2>/dev/null
go run . >seen

cat >recorded <<'TEXT'
U+FF08 Narrow [U+0028] Fold [U+0028] NFKC [U+0028]
U+FF0C Narrow [U+002C] Fold [U+002C] NFKC [U+002C]
U+3002 Narrow [U+FF61] Fold [U+3002] NFKC [U+3002]
U+3001 Narrow [U+FF64] Fold [U+3001] NFKC [U+3001]
U+300C Narrow [U+FF62] Fold [U+300C] NFKC [U+300C]
U+FF5E Narrow [U+007E] Fold [U+007E] NFKC [U+007E]
U+FFE5 Narrow [U+00A5] Fold [U+00A5] NFKC [U+00A5]
U+FF05 Narrow [U+0025] Fold [U+0025] NFKC [U+0025]
U+FF11 Narrow [U+0031] Fold [U+0031] NFKC [U+0031]
道路､桥梁(1座)｡ 道路、桥梁(1座)。
TEXT
trap - ERR
diff -u recorded seen
