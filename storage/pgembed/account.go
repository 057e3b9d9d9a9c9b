package pgembed

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the unprivileged user that the server runs as when the product
// runs as root, which PostgreSQL refuses. A nil account is the current user.
type account struct {
	name     string
	uid, gid uint32
}

// serverAccount returns nil unless the current user is root.
func serverAccount() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errU := strconv.ParseUint(u.Uid, 10, 32)
		gid, errG := strconv.ParseUint(u.Gid, 10, 32)
		if errU == nil && errG == nil && uid != 0 {
			return &account{name: name, uid: uint32(uid), gid: uint32(gid)}, nil
		}
	}
	return nil, fmt.Errorf("PostgreSQL refuses to run as root and there is no user postgres or nobody: run as an ordinary user, or set DATABASE_URL")
}

// own gives a file or folder to the account.
func (a *account) own(path string) error {
	if a == nil {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}

// mayEnter reports whether the account may pass through path and every
// folder above it. It reads permission bits only; access lists can make it
// say no where the answer is yes.
func (a *account) mayEnter(path string) bool {
	if a == nil {
		return true
	}
	for ; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		if err != nil {
			return false
		}
		bit := fs.FileMode(0o001)
		if st, ok := info.Sys().(*syscall.Stat_t); ok {
			if st.Uid == a.uid {
				bit = 0o100
			} else if st.Gid == a.gid {
				bit = 0o010
			}
		}
		if info.Mode()&bit == 0 {
			return false
		}
		if path == filepath.Dir(path) {
			return true
		}
	}
}

// openFolder makes a folder that others may pass through but not list, unless
// it exists, and returns its absolute path.
func openFolder(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(path, 0o711); err != nil {
		return "", err
	}
	return path, os.Chmod(path, 0o711) // whatever the umask
}
