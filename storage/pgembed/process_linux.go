package pgembed

import "syscall"

// childAttr puts a child into its own process group, so that a signal from
// the terminal does not reach it, and has the kernel ask it to stop (SIGINT,
// PostgreSQL's fast shutdown) when the thread that started it ends. That
// thread must therefore live as long as the child; see run.
func childAttr(a *account) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT}
	if a != nil {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return attr
}
