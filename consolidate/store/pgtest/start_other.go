//go:build !unix

package pgtest

import "errors"

// A watched is a program of our own, of which there is none on this system.
type watched struct{ directory string }

func (*watched) stop()          {}
func (*watched) restart() error { return nil }

func newestInitdb() string { return "" }

func startNewest(string) (address string, own *watched, err error) { return startSystem() }

func startSystem() (address string, own *watched, err error) {
	return "", nil, errors.New("no server is started on this system; set HUIZONG_TEST_POSTGRES")
}

func pool(*watched) (address string, own *watched, err error) {
	return "", nil, errors.New("no pooler is started on this system")
}
