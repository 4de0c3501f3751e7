package ledger

import (
	"math/bits"
	"strconv"
	"strings"
)

// A Cell is a cell of a sheet: its column and row, each from 1 on. The zero Cell is none.
type Cell struct{ Column, Row int }

// String is the cell's address, such as H7; blank for none.
func (c Cell) String() string {
	if c == (Cell{}) {
		return ""
	}
	return ColumnName(c.Column) + strconv.Itoa(c.Row)
}

// ColumnName gives a column's letters: 1 is A, 27 is AA.
func ColumnName(column int) string {
	var name [bits.UintSize]byte
	i := len(name)
	for ; column > 0; column = (column - 1) / 26 {
		i--
		name[i] = byte('A' + (column-1)%26)
	}
	return string(name[i:])
}

// ParseCell reads an address such as H7; the zero Cell where it is none.
func ParseCell(address string) Cell {
	digits := strings.TrimLeft(address, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := address[:len(address)-len(digits)]
	row, err := strconv.Atoi(digits)
	if err != nil || row < 1 || letters == "" || len(letters) > 6 {
		return Cell{}
	}
	column := 0
	for _, letter := range letters {
		column = 26*column + int(letter-'A') + 1
	}
	return Cell{column, row}
}
