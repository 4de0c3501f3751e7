// Package ledger is the vocabulary of the county's monthly returns: money, periods,
// dates, project codes, returns with their records, and findings. Every other package
// speaks in these words; this one knows no form, no file format and no database, and
// imports the standard library only.
package ledger
