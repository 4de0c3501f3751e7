//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The months of two counties come out the same to the byte, whether their rows lie on one server or,
// county by county, on two.
func TestDistributed(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it is eight runs on two servers")
	}
	if _, err := exec.LookPath("psql"); err != nil {
		t.Skipf("no PostgreSQL: %v", err)
	}
	binary := filepath.Join(t.TempDir(), "huizong")
	if built, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, built)
	}
	command := exec.Command("../../doc/distributed.sh")
	command.Env = append(os.Environ(), "HUIZONG="+binary)
	output, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "the same bytes from two servers as from one") {
		t.Errorf("%v\n%s", err, output)
	}
}
