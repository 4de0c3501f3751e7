package ledger

import (
	"crypto/sha256"
	"encoding/hex"
)

// The first sheet of a receipt, by which the receipt is known when it comes back, and those of its headings
// by which its answers are read.
const (
	ReceiptSheet  = "汇总回单"
	ReceiptKey    = "键" // of each line: Finding.Digest
	ReceiptAnswer = "答复（不改的请说明理由）"
)

// Digest names a finding together with the value that it is about: another finding, and the same on another
// value, has another. It has twelve characters of 0–9 and a–f.
func (f Finding) Digest() string {
	sum := sha256.Sum256([]byte(f.Key() + "\x00" + f.Found))
	return hex.EncodeToString(sum[:6])
}
