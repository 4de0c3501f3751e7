//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	manyMonths  = 36
	someReturns = 200
	manyReturns = 4000
	database    = "huizong.db"
)

// years runs three years of months in one database, and asks for the last one in other ways.
func years(s *soak) (string, error) {
	t := newTable(fmt.Sprintf("%d months of %d returns in one database", manyMonths, someReturns),
		"month", "processor time, s", "most memory, MB", "database, MB", "more than the month before, MB")
	var before int64
	for i := range manyMonths {
		period := period(i)
		if err := s.samples(period, period, someReturns, 1); err != nil {
			return "", err
		}
		used, err := s.month(database, period, period)
		if err != nil {
			return "", err
		}
		size, err := s.size(database)
		if err != nil {
			return "", err
		}
		t.row(period, seconds(used.cpu), megabytes(used.memory), megabytes(size), megabytes(size-before))
		before = size
	}
	last := period(manyMonths - 1)
	again, err := s.month(database, last, last)
	if err != nil {
		return "", err
	}
	t.row(last+", run again", seconds(again.cpu), megabytes(again.memory), "", "")
	status, err := s.run("status", "--database", "sqlite:"+database, "--county", filepath.Join(last, "county.toml"), "--period", last)
	if err != nil {
		return "", err
	}
	t.row(last+", `status`", seconds(status.cpu), megabytes(status.memory), "", "")
	return t.done(), nil
}

// large runs one month of very many returns.
func large(s *soak) (string, error) {
	t := newTable("One month of many returns", "returns", "processor time, s", "for each return, ms", "most memory, MB", "inbox, MB", "database, MB")
	for _, returns := range []int{someReturns, manyReturns} {
		folder := fmt.Sprint(returns)
		if err := s.samples(folder, period(0), returns, 1); err != nil {
			return "", err
		}
		used, err := s.month(filepath.Join(folder, database), folder, period(0))
		if err != nil {
			return "", err
		}
		inbox, err := s.size(filepath.Join(folder, "inbox", "样"))
		if err != nil {
			return "", err
		}
		kept, err := s.size(filepath.Join(folder, database))
		if err != nil {
			return "", err
		}
		t.row(folder, seconds(used.cpu), fmt.Sprint(used.cpu.Milliseconds()/int64(returns)), megabytes(used.memory), megabytes(inbox), megabytes(kept))
	}
	return t.done(), nil
}

// regions are those of a city's counties.
var regions = []string{"610702", "610703", "610722", "610723", "610724", "610725", "610726", "610727", "610728", "610729", "610730"}

// unitsOfCounty is how many returns a county has in a month.
const unitsOfCounty = 40

// counties runs a month of each county in one database, one after the other, and then the next month of all at once; and
// the last county's in a database of its own.
func counties(s *soak) (string, error) {
	t := newTable(fmt.Sprintf("%d counties of %d returns in one database", len(regions), unitsOfCounty),
		"what", "processor time, s", "most memory, MB", "took, s", "database, MB")
	for i, region := range regions {
		for month := range 2 {
			if err := s.county(region, period(month), i+1); err != nil {
				return "", err
			}
		}
	}
	row := func(what string, used usage, took time.Duration, database string) error {
		size, err := s.size(database)
		t.row(what, seconds(used.cpu), megabytes(used.memory), seconds(took), megabytes(size))
		return err
	}
	first, last := regions[0], regions[len(regions)-1]
	for _, region := range regions {
		began := time.Now()
		used, err := s.month(database, filepath.Join(region, period(0)), period(0))
		if err == nil && (region == first || region == last) {
			err = row(region+", one after the other", used, time.Since(began), database)
		}
		if err != nil {
			return "", err
		}
	}
	began := time.Now()
	used, err := s.atOnce(period(1))
	if err == nil {
		err = row("all, the next month, at once", used, time.Since(began), database)
	}
	if err != nil {
		return "", err
	}
	const alone = "alone.db"
	for month := range 2 {
		began := time.Now()
		used, err := s.month(alone, filepath.Join(last, period(month)), period(month))
		if err == nil {
			err = row(fmt.Sprintf("%s, month %d, in a database of its own", last, month+1), used, time.Since(began), alone)
		}
		if err != nil {
			return "", err
		}
	}
	return t.done(), nil
}

// county makes a month of a county that has its region and sample units.
func (s *soak) county(region, period string, seed int) error {
	folder := filepath.Join(region, period)
	if err := s.samples(folder, period, unitsOfCounty, seed); err != nil {
		return err
	}
	path := filepath.Join(s.dir, folder, "county.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strings.Replace(string(text), `region = "610722"`, `region = "`+region+`"`, 1)), 0o644)
}

// atOnce runs a month of all counties at the same time: what all took, and the most that one of them had in memory.
func (s *soak) atOnce(period string) (all usage, err error) {
	var running sync.WaitGroup
	used, failed := make([]usage, len(regions)), make([]error, len(regions))
	for i, region := range regions {
		running.Go(func() { used[i], failed[i] = s.month(database, filepath.Join(region, period), period) })
	}
	running.Wait()
	for _, u := range used {
		all.cpu += u.cpu
		all.memory = max(all.memory, u.memory)
	}
	return all, errors.Join(failed...)
}
