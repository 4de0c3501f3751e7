//go:build !windows

package main

import "context"

// asService does work: whoever starts services here stops them by a signal, as a terminal does.
func (p *program) asService(ctx context.Context, _ string, work func(context.Context) error) error {
	return work(ctx)
}
