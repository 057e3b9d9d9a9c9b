//go:build !linux

package pgembed

import "syscall"

// childAttr puts a child into its own process group, so that a signal from
// the terminal does not reach it. Only Linux can also stop the child when its
// parent is killed; elsewhere kill -9 leaves the server running, and the next
// start reports the data folder as in use.
func childAttr(a *account) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a != nil {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return attr
}
