package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"yhdyspinta/storage/pgtest"
)

// Nobody but who made a backup may read it, also where something of its name was left
// for everybody to read.
func TestABackupIsItsMakersAlone(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	file := filepath.Join(t.TempDir(), "copy.zip")
	if err := os.WriteFile(file+".part", []byte("left"), 0o666); err != nil { //nolint:gosec // the point of the test
		t.Fatal(err)
	}
	if err := os.Chmod(file+".part", 0o666); err != nil { //nolint:gosec // likewise
		t.Fatal(err)
	}
	env := map[string]string{"DATABASE_URL": db.AppDSN, "DATABASE_OWNER_URL": db.OwnerDSN}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"backup", file}, func(name string) string { return env[name] }, &out, &out); err != nil {
		t.Fatal(err, out.String())
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if _, err := os.Stat(file + ".part"); err == nil {
		t.Error("a part is left")
	}
}
