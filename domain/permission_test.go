package domain_test

import (
	"flag"
	"os"
	"testing"

	"yhdyspinta/domain"
)

var update = flag.Bool("update", false, "write the golden file")

// The whole matrix is a file that a lawyer can read; a change of it shows in review.
func TestPermissionMatrixIsTheGoldenFile(t *testing.T) {
	t.Parallel()
	const file = "testdata/permissions.golden"
	got := domain.MatrixText()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the matrix has changed; if it should, run go test ./domain -update\n%s", got)
	}
}
