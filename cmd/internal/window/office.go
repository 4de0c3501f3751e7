package window

import (
	"time"

	"huizong/cmd/internal/job"
	"huizong/internal/form"
	"huizong/internal/ledger"
)

func (win *Window) officeRoutes() {
	win.mux.HandleFunc("GET /m/{period}/board", win.open(office, showBoard))
}

// A boardPage is the board unit × form.
type boardPage struct {
	*job.Board
	Forms                  []*form.Form
	Lines                  []boardLine
	States                 []string // that can be asked for
	State                  string   // that is asked for; blank: all
	Owed, Received, OnTime int
}

// A boardLine is a unit with what became of each form, in their order; nil where it owes nothing.
type boardLine struct {
	Unit  string
	Cells []*boardCell
}

// A boardCell is a unit's return of a form.
type boardCell struct {
	job.Filing
	State string
	Light string // how it is coloured
}

// Words for the state of a return, besides those of the board.
const (
	overdue    = "逾期"
	notYet     = "未报"
	handedIn   = "已上报"
	handedOver = "重新上报"
)

var lights = map[string]string{overdue: "red", "验收不通过": "red", notYet: "grey", handedIn: "blue", handedOver: "blue", "零报告": "green"}

func showBoard(v *visit) error {
	board, err := v.win.reading.Board(v.Context(), v.period)
	if err != nil {
		return err
	}
	p := boardPage{Board: board, Forms: form.All(), State: v.URL.Query().Get("state")}
	_ = time.Now
	return v.show("board", p)
}

var _ = ledger.Chinese
