package api_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api/apitest"
)

// rewritten is a workbook of which one part is another.
func rewritten(t *testing.T, book []byte, part string, content io.Reader) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	found := false
	for _, f := range in.File {
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		from := io.Reader(r)
		if f.Name == part {
			from, found = content, true
		}
		if _, err := io.Copy(w, from); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil || !found {
		t.Fatalf("no part %s: %v", part, err)
	}
	return b.Bytes()
}

// A workbook that unpacks to far more than it is, or whose XML names other files or grows
// by itself, is refused in words and at once, and what is around it is never told.
func TestWorkbooksThatHarm(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	e.Organisation()
	good := workbook(t, map[int][]any{1: {"Toimenpide", "Toimenpide suomeksi"}, 2: {"", "Yksi"}})
	const sheet, strs = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	zeros := func(n int64) io.Reader { return io.LimitReader(spaces{}, n) }
	doctype := func(entities string) io.Reader {
		return strings.NewReader(`<?xml version="1.0"?><!DOCTYPE sst [` + entities + `]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>Toimenpide suomeksi</t></si><si><t>&x;</t></si></sst>`)
	}
	laughs := `<!ENTITY a "hahahahahaha">`
	for n := 'b'; n <= 'k'; n++ {
		laughs += `<!ENTITY ` + string(n) + ` "` + strings.Repeat("&"+string(n-1)+";", 10) + `">`
	}
	for name, file := range map[string][]byte{
		"a sheet that grows":        rewritten(t, good, sheet, zeros(80<<20)),
		"texts that grow":           rewritten(t, good, strs, zeros(80<<20)),
		"entities that grow":        rewritten(t, good, strs, doctype(laughs+`<!ENTITY x "&k;">`)),
		"an entity that is a file":  rewritten(t, good, strs, doctype(`<!ENTITY x SYSTEM "file:///etc/passwd">`)),
		"an entity of another host": rewritten(t, good, strs, doctype(`<!ENTITY x SYSTEM "http://127.0.0.1:1/x">`)),
	} {
		begun := time.Now()
		for _, path := range []string{"/action-import-checks", "/goal-import-checks", "/post-import-checks", "/responsibility-import-checks"} {
			who := "espoo coordinator"
			if strings.HasPrefix(path, "/post") {
				who = "espoo administrator"
			}
			r := e.As(who).Post(path, importBody(file))
			text := string(r.Bytes)
			if r.StatusCode >= 500 || strings.Contains(text, "root:") || strings.Contains(text, "haha") || len(text) > 20_000 {
				t.Errorf("%s, %s: %d %.300s", name, path, r.StatusCode, text)
			}
			if strings.Contains(name, "grow") && !strings.Contains(name, "entit") && (r.StatusCode != 422 || !strings.Contains(text, "not_readable")) {
				t.Errorf("%s, %s is taken: %d %.300s", name, path, r.StatusCode, text)
			}
		}
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("%s takes %s", name, took)
		}
	}
}

// spaces are white space without end: XML, and small when packed.
type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}
