package main

import (
	"context"
	"os"

	"github.com/kardianos/service"
)

// asService does work; started by the system, as a service that the system can stop.
func (p *program) asService(ctx context.Context, dir string, work func(context.Context) error) error {
	if service.Interactive() {
		return work(ctx)
	}
	if dir != "" {
		if err := os.Chdir(dir); err != nil {
			return err
		}
	}
	log, err := os.OpenFile(serviceLog, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	p.into(log)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	running := &running{work: func() error { return p.failed(work(ctx)) }, stop: stop, ended: make(chan error, 1)}
	system, err := service.New(running, &service.Config{Name: "huizong-window"})
	if err != nil {
		return err
	}
	return system.Run()
}

// failed writes into the log why the work ended.
func (p *program) failed(err error) error {
	if err != nil {
		p.tellError(p.ofLock(err))
	}
	return err
}

// running is work that the system starts and stops.
type running struct {
	work  func() error
	stop  context.CancelFunc
	ended chan error
}

// Start begins the work. If it fails the process ends, so that the system starts it again.
func (r *running) Start(service.Service) error {
	go func() {
		err := r.work()
		r.ended <- err
		if err != nil {
			os.Exit(exitFailed)
		}
	}()
	return nil
}

// Stop ends the work and waits for it.
func (r *running) Stop(service.Service) error {
	r.stop()
	return <-r.ended
}
