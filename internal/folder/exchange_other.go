//go:build !linux

package folder

import "errors"

// exchange is not to be had.
func exchange(a, b string) error { return errors.ErrUnsupported }
