//go:build !unix

package pgtest

import "errors"

func start() (address string, stop func(), err error) {
	return "", nil, errors.New("no server is started on this system; set HUIZONG_TEST_POSTGRES")
}
