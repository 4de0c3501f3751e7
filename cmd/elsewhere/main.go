// Elsewhere has the programs of others open, calculate and save what the program makes of the sample months, and holds what
// comes of it against doc/elsewhere.md: a difference that the page does not have, or has and is gone, fails.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
)

const page = "doc/elsewhere.md"

func main() {
	update := flag.Bool("update", false, "write the page anew")
	flag.Parse()
	if err := hold(context.Background(), *update); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// hold makes the month, shows it to everybody, and compares or writes the page.
func hold(ctx context.Context, update bool) error {
	dir, err := os.MkdirTemp("", "huizong-elsewhere-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files, err := month(ctx, dir)
	if err != nil {
		return err
	}
	s, err := show(ctx, dir, files)
	if err != nil {
		return err
	}
	made := s.page()
	if update {
		return os.WriteFile(page, []byte(made), 0o644)
	}
	kept, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	if news := news(string(kept), made); news != "" {
		return errors.New(news + "look at it, then write the page with go run ./cmd/elsewhere -update")
	}
	return nil
}
