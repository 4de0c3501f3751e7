//go:build unix

package job

import (
	"os/exec"
	"syscall"
)

// endsWithChildren lets a command that is cancelled take its children along: LibreOffice is
// started by a script.
func endsWithChildren(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
