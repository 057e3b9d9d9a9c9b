package api_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// What was uploaded is there after a restart and after the sweeps of the days that
// follow: the present file, the one that it replaced, and that of an attachment
// that was removed. Only a file that nothing ever named is thrown away.
func TestAttachmentsOutliveRestartsAndSweeps(t *testing.T) {
	t.Parallel()
	storedIn(t, func(t *testing.T, e *apitest.Env) {
		t.Helper()
		m := newMeeting(e, lape(e, e.Organisation()), "2026-12-08", "public")
		item := newItem(e, m.ID, "Asia", "public")
		c := e.As("lape secretary")
		path := "/agenda-items/" + item.ID.String() + "/attachments?visibility=public&name="
		second := strings.Replace(pdf, "1.4", "1.7", 1)
		kept := apitest.As[api.AgendaItem](c.Post(path+"a.pdf", pdf).Want(201)).Attachments[0]
		c.Post("/attachments/"+kept.ID.String()+"/files?name=b.pdf", second, "If-Match", `"1"`).Want(201)
		gone := apitest.As[api.AgendaItem](c.Post(path+"c.csv", "a;b\n").Want(201)).Attachments[1]
		c.Post("/attachments/"+gone.ID.String()+"/removal", apitest.JSON{"reason": "Väärä"}, "If-Match", `"1"`).Want(200)
		c.Post(path+"d.pdf", "MZ").WantProblem(422, "validation_failed") // taken in, and named by nothing

		check := func(when string) {
			t.Helper()
			for address, want := range map[string]string{kept.ID.String() + "/content": second, kept.ID.String() + "/content?file=1": pdf, gone.ID.String() + "/content": "a;b\n"} {
				if got := c.Get("/attachments/" + address).Want(200); string(got.Bytes) != want {
					t.Errorf("%s, %s: %q", when, address, got.Bytes)
				}
			}
		}
		var files int
		check("at once")
		e.Restart()
		check("after a restart")
		if e.QueryRow("select count(*) from stored_file", nil, &files); files != 4 {
			t.Errorf("%d files, want the one that nothing names too", files)
		}
		e.Advance(48 * time.Hour)
		c.Post(path+"e.txt", "uusi").Want(201) // sweeps
		check("after the sweep")
		if e.QueryRow("select count(*) from stored_file", nil, &files); files != 4 {
			t.Errorf("%d files after the sweep", files)
		}
	})
}

func filesIn(t *testing.T, folder string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// A folder holds whole files under ids of the server's own: no name, id or number
// of a request leads out of it, what is refused leaves nothing behind, and what
// somebody took away is told by a code, not as a failure of the server.
func TestFolderOfAttachments(t *testing.T) {
	t.Parallel()
	above := t.TempDir()
	folder, secret := filepath.Join(above, "files"), filepath.Join(above, "secret.txt")
	if err := os.WriteFile(secret, []byte("salaista"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := apitest.WithFolder(t, folder)
	m := newMeeting(e, lape(e, e.Organisation()), "2026-12-08", "public")
	item := newItem(e, m.ID, "Asia", "public")
	c := e.As("lape secretary")
	path := "/agenda-items/" + item.ID.String() + "/attachments?visibility=public&name="

	c.Post(path+"big.pdf", strings.Repeat("x", 26<<20)).WantProblem(413, "file_too_large")
	if got := filesIn(t, folder); len(got) != 0 {
		t.Errorf("a refused file left %v", got)
	}
	a := apitest.As[api.AgendaItem](c.Post(path+"..%2F..%2Fsecret.txt", "muuta").Want(201)).Attachments[0]
	stored := filesIn(t, folder)
	if len(stored) != 1 || len(filepath.Base(stored[0])) != 36 || filepath.Dir(filepath.Dir(stored[0])) != folder || a.Files[0].Name != "secret.txt" {
		t.Fatalf("stored as %v, named %+v", stored, a.Files)
	}
	if got, err := os.ReadFile(secret); err != nil || string(got) != "salaista" {
		t.Errorf("the file outside became %q, %v", got, err)
	}
	var pieces int
	if e.QueryRow("select count(*) from stored_piece", nil, &pieces); pieces != 0 {
		t.Errorf("%d pieces in the database", pieces)
	}
	for _, id := range []string{"..%2F..%2Fsecret.txt", "..%2Fsecret.txt", "%2Fetc%2Fpasswd", strings.Repeat("..%2F", 6) + "etc%2Fpasswd"} {
		if res := c.Get("/attachments/" + id + "/content"); res.StatusCode != 404 && res.StatusCode != 422 || strings.Contains(string(res.Bytes), "salaista") {
			t.Errorf("%s: %d %s", id, res.StatusCode, res.Bytes)
		}
	}
	content := "/attachments/" + a.ID.String() + "/content"
	c.Get(content+"?file=..%2Fsecret.txt").WantProblem(422, "validation_failed")

	if err := os.Remove(stored[0]); err != nil {
		t.Fatal(err)
	}
	c.Get(content).WantProblem(503, "attachment_unavailable")
	e.As("").Get(content).WantProblem(404, "attachment_not_found")
	if got := agenda(e, "lape secretary", m.ID, "")[0].Attachments; len(got) != 1 || got[0].Files[0].SHA256 != a.Files[0].SHA256 {
		t.Errorf("the item tells %+v", got)
	}

	// The folder is gone: a file says so in order, leaves nothing, and is taken when the
	// folder is there again.
	if err := os.Rename(folder, folder+" elsewhere"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var before, after int
	e.QueryRow("select count(*) from stored_file", nil, &before)
	res := c.Post(path+"liite.txt", "liite")
	if res.WantProblem(503, "attachment_not_kept"); res.Header.Get("Retry-After") == "" {
		t.Error("not told when to try again")
	}
	if e.QueryRow("select count(*) from stored_file", nil, &after); after != before {
		t.Errorf("%d files are noted, %d before", after, before)
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(folder+" elsewhere", folder); err != nil {
		t.Fatal(err)
	}
	c.Post(path+"liite.txt", "liite").Want(201)
	// Another can be put in its place.
	c.Post("/attachments/"+a.ID.String()+"/files?name=uusi.txt", "uusi", "If-Match", `"1"`).Want(201)
	if got := c.Get(content).Want(200); string(got.Bytes) != "uusi" {
		t.Errorf("replaced by %q", got.Bytes)
	}
	c.Get(content+"?file=1").WantProblem(503, "attachment_unavailable")
}
