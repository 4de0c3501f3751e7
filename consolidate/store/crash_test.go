package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"huizong/internal/form"
	"huizong/internal/ledger"
)

// children are what the test program does when it is started as a process to be killed.
var children = map[string]func(address string){
	"lock": func(address string) {
		s := try(openAt(context.Background(), address))
		try(s.Lock(context.Background(), "610722", Holder{"发改局-PC 4711", "2024-07-03 08:30"}))
		fmt.Println("locked")
		io.Copy(io.Discard, os.Stdin)
	},
	// Restores or backs up; the address and the path of the file are lines.
	"restore": func(target string) {
		address, path, _ := strings.Cut(target, "\n")
		s, b := try(openAt(context.Background(), address)), try(OpenBackup(path))
		fmt.Println("begins")
		try(0, s.Restore(context.Background(), b, Holder{}))
	},
	"backup": func(target string) {
		address, path, _ := strings.Cut(target, "\n")
		s := try(openAt(context.Background(), address))
		fmt.Println("begins")
		try(s.Backup(context.Background(), path))
	},
	// Saves and merges generation after generation, as fast as it can.
	"write": func(address string) {
		s := try(openAt(context.Background(), address))
		l := try(s.Lock(context.Background(), "610722", Holder{}))
		for g := 1; ; g++ {
			returns, month := crowd(g)
			try(0, l.Save(context.Background(), returns))
			try(0, l.Merge(context.Background(), month))
			fmt.Println(g)
		}
	},
}

func try[T any](v T, err error) T {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	return v
}

// crowd is a month of 20 departments that says g everywhere, in as many rows as g asks.
func crowd(g int) (returns []*ledger.Return, m *ledger.Month) {
	m = &ledger.Month{Region: "610722", Period: june, Rules: fmt.Sprint(g), Figures: map[string]int64{"g": int64(g)}}
	for d := range 20 {
		r := sample("610722", fmt.Sprint("部门", d), "same")
		r.File, r.Version = fmt.Sprint(g), g
		r.Records = r.Records[:1]
		form.Progress.YearToDate.Set(&r.Records[0], ledger.Number(int64(g)))
		for range g % 5 * 10 {
			r.Records = append(r.Records, r.Records[0])
		}
		for i := range r.Records {
			m.Standing = append(m.Standing, standing(r, i))
		}
		returns = append(returns, r)
	}
	m.Returns = returns
	return returns, m
}

// begin starts a child and waits for its first line.
func begin(t *testing.T, child, address string) *exec.Cmd {
	t.Helper()
	command, _ := beginHeard(t, child, address)
	return command
}

// beginHeard starts a child and waits for its first line. Its last one comes when it has ended.
func beginHeard(t *testing.T, child, address string) (command *exec.Cmd, last <-chan string) {
	t.Helper()
	command = exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "HUIZONG_TEST_CHILD="+child, "HUIZONG_TEST_DATABASE="+address)
	command.Stderr = os.Stderr
	output, input, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Stdout = input
	if _, err := command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	input.Close()
	t.Cleanup(func() { kill(command) })
	lines := bufio.NewScanner(output)
	if !lines.Scan() || strings.ContainsAny(lines.Text(), " :") {
		t.Fatalf("child says %q, %v", lines.Text(), lines.Err())
	}
	words := make(chan string, 1)
	go func() {
		defer output.Close()
		var said string
		for lines.Scan() {
			said = lines.Text()
		}
		words <- said
	}()
	return command, words
}

// pause waits up to some milliseconds.
func pause(most int) { time.Sleep(rand.N(time.Duration(most) * time.Millisecond)) }

func kill(command *exec.Cmd) {
	command.Process.Kill()
	command.Wait()
}

func TestOneRunAtATime(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx := context.Background()
		first, second := open(t, address), open(t, address)
		holder := Holder{"发改局-PC 4711", "2024-07-03 08:30"}
		lock, err := first.Lock(ctx, "610722", holder)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []*Store{first, second, open(t, address)} {
			var busy *Busy
			if _, err := s.Lock(ctx, "610722", Holder{Who: "another"}); !errors.As(err, &busy) || busy.Holder != holder {
				t.Errorf("got %v", err)
			}
		}
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
		lock, err = second.Lock(ctx, "610722", Holder{Who: "another"})
		if err != nil {
			t.Fatal(err)
		}
		if err := lock.Release(); err != nil {
			t.Error(err)
		}
	})
}

// While a run writes, another one can still look, and is told whose it is.
func TestARunAtWorkIsNamed(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		lock, err := s.Lock(ctx, "610722", Holder{Who: "writer"})
		if err != nil {
			t.Fatal(err)
		}
		defer lock.Release()
		err = lock.write(ctx, "write", func(tx *sqlx.Tx) error {
			if err := putFigures(ctx, tx, generation("610722", 1), monthSums{}); err != nil {
				return err
			}
			other := open(t, address)
			if _, ok, err := other.Month(ctx, "610722", june); ok || err != nil {
				t.Error(ok, err)
			}
			var busy *Busy
			if _, err := other.Lock(ctx, "610722", Holder{Who: "another"}); !errors.As(err, &busy) || busy.Who != "writer" {
				t.Errorf("got %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheLockOfAKilledRunIsFree(t *testing.T) {
	everywhere(t, func(t *testing.T, address string) {
		ctx, s := context.Background(), open(t, address)
		run := begin(t, "lock", address)
		var busy *Busy
		if _, err := s.Lock(ctx, "610722", Holder{}); !errors.As(err, &busy) || busy.Who != "发改局-PC 4711" {
			t.Fatalf("got %v", err)
		}
		kill(run)
		// The server notices in its own time that the run is gone.
		lock, err := s.Lock(ctx, "610722", Holder{})
		for tries := 0; errors.As(err, &busy) && tries < 100; tries++ {
			time.Sleep(50 * time.Millisecond)
			lock, err = s.Lock(ctx, "610722", Holder{})
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := lock.Release(); err != nil {
			t.Error(err)
		}
	})
}

// Whatever moment a run is killed at, the returns are all of one generation, and so is the
// month, at most one behind.
func TestAKilledRunLeavesWholeReturnsAndMonths(t *testing.T) {
	if testing.Short() {
		t.Skip("killing is long")
	}
	onBoth(t, func(t *testing.T, address string) {
		for range 8 {
			run := begin(t, "write", address)
			time.Sleep(rand.N(150 * time.Millisecond))
			kill(run)
			s := open(t, address)
			returns := there(t, s, "610722")
			m, _, err := s.Month(context.Background(), "610722", june)
			if err != nil {
				t.Fatal(err)
			}
			var savedLast, mergedLast int
			fmt.Sscan(returns[0].File, &savedLast)
			fmt.Sscan(m.Rules, &mergedLast)
			if savedLast != mergedLast && savedLast != mergedLast+1 {
				t.Fatalf("saved %d, merged %d", savedLast, mergedLast)
			}
			wantReturns, _ := crowd(savedLast)
			for _, r := range wantReturns {
				r.Version = mergedLast
			}
			same(t, "returns", distinct(wantReturns), returns)
			_, want := crowd(mergedLast)
			want.Returns = returns
			sameMonth(t, s, want)
		}
	})
}
