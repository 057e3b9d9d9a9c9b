package api

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// A version that is read from If-Match is one that a row may have, and is that of the
// tag that the product writes.
func FuzzIfMatch(f *testing.F) {
	for _, tag := range []string{`"3"`, `W/"3"`, `"3-0a1b"`, `3`, `"-1"`, `"0"`, `"99999999999"`, `"+3"`, `*`, `""3""`, "\xff", `"3","4"`} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		v, err := IfMatch{tag}.version()
		if err == nil && v < 1 {
			t.Errorf("%q is version %d", tag, v)
		}
		if again, failed := (IfMatch{etag(v)}).version(); err == nil && (failed != nil || again != v) {
			t.Errorf("%q is %d and then %d, %v", tag, v, again, failed)
		}
		matches(tag, `"3"`)
	})
}

// An instant of the past that is let through lies between the first year and now, in
// whatever form it is written.
func FuzzAsOf(f *testing.F) {
	for _, text := range []string{"2026-11-16", "2026-11-16T10:00:00Z", "2026-11-16T10:00:00.123456789+23:59", "0000-01-01", "9999-12-31", "2026-02-30", "2026-11-23T08:05:00,5Z", "-2026-01-01", "infinity"} {
		f.Add(text)
	}
	now := time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		ctx, err := (&AsOfParam{text}).in(t.Context(), func() time.Time { return now })
		at, past := domain.AsOf(ctx)
		if err == nil && text != "" && (!past || at.Year() < domain.FirstYear-1 || at.After(now.Add(24*time.Hour))) { // today ends tonight
			t.Errorf("%q is %s, %t", text, at, past)
		}
	})
}

// What a cell says of a day, month, quarter or year lies within the calendar that the
// product knows.
func FuzzPeriod(f *testing.F) {
	for _, text := range []string{"", "31.12.2026", "2026-11-30", "11/2026", "Q4 2026", "4. neljännes 2026", "marras.26", "nov-26", "2026", "99.99.9999", "0", "İ.2026", "mar 2026"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, _, ok := readPeriod(text)
		if ok && !d.IsZero() && (d.Year() < domain.FirstYear || d.Year() > domain.LastYear) {
			t.Errorf("%q is %s", text, d)
		}
	})
}

// A table that is read has the columns that were asked for, bounded rows and cells, and
// text that can be kept; what is none is refused.
func FuzzTable(f *testing.F) {
	heads := []head{{"name", []string{"Nimi", "Namn", "Name"}}, {"due", []string{"Määräpäivä", "Tidsfrist", "Due"}}}
	for _, file := range []string{"Nimi;Määräpäivä\na;1.1.2027\n", "\ufeffName,Due\n\"a\nb\",2027\n", "x\ty\nNimi\tDue\n", "Nimi;\"", "PK\x03\x04", "Nimi\r\x00", "Nimi;Nimi;Name\n'=1;;\n", "\xffNimi\n\xe4", ";;;;\n;;;", strings.Repeat("Nimi;", 200) + "\n" + strings.Repeat("a;", 200)} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		const rows = 20
		table, err := readTable(file, heads, []string{"name"}, rows)
		if err != nil {
			return
		}
		if len(table.rows) > rows || len(table.columns) > len(heads) {
			t.Errorf("%d rows and %d columns", len(table.rows), len(table.columns))
		}
		for _, r := range table.rows {
			for key, text := range r.cells {
				if text == "" || strings.ContainsRune(text, 0) {
					t.Errorf("line %d, %s is %q", r.line, key, text)
				}
			}
		}
	})
}

// A record of past meetings is read or refused with a place, whatever it is.
func FuzzRecord(f *testing.F) {
	for _, file := range []string{"meetings:\n- title: x\n", "a: &a [*a]\n", "meetings: [{items: [{outcomes: [{}]}]}]\n", "PK\x03\x04", "? [a]\n: b\n", "!!binary x\n", "meetings:\n- {number: 99999999999999999999}\n"} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if readRecord(file) == nil {
			t.Error("nothing")
		}
	})
}

// Whoever is sent on after signing in stays on this site.
func FuzzLocalPath(f *testing.F) {
	for _, path := range []string{"/fi/goals?q=1", "//evil.example", `/\evil.example`, "/\t/evil.example", "/auth/x", "https://evil.example", "/%2f/evil.example", "/fi#x", "/./auth/x", "\u2028//x"} {
		f.Add(path)
	}
	base := &url.URL{Scheme: "https", Host: "yhdyspinta.example"}
	f.Fuzz(func(t *testing.T, path string) {
		local := localPath(path)
		u, err := base.Parse(local)
		if err != nil || u.Host != base.Host || u.Scheme != "https" || !strings.HasPrefix(local, "/") || strings.HasPrefix(local, "//") {
			t.Errorf("%q leads to %q", path, local)
		}
		if page := signInPage(path, "x"); !strings.HasPrefix(page, "/fi/") && !strings.HasPrefix(page, "/sv/") && !strings.HasPrefix(page, "/en/") {
			t.Errorf("%q leads to %q", path, page)
		}
	})
}

// A token is taken from one well-formed header, and a key of a request makes one bounded
// operation.
func FuzzBearer(f *testing.F) {
	for _, header := range []string{"Bearer yhp_x", "bearer  x ", "Basic x", "Bearer", "Bearer\tx", "\xff", "Bearer a, Bearer b"} {
		f.Add(header, "/api/v1/goals?x=1")
	}
	f.Fuzz(func(t *testing.T, header, address string) {
		u, err := url.ParseRequestURI(address)
		if err != nil {
			return
		}
		r := &http.Request{Method: "POST", URL: u, Header: http.Header{"Authorization": {header}}}
		if _, ok := bearerOf(r); ok && !strings.HasPrefix(u.Path, apiPath) {
			t.Errorf("%q has a token", address)
		}
		r.Header.Add("Authorization", header)
		if secret, _ := bearerOf(r); secret != "" {
			t.Errorf("two headers are %q", secret)
		}
		if op := operationKey(r); len(op) > 4*longestOperation || strings.ContainsRune(op, 0) && !strings.ContainsRune(address, 0) {
			t.Errorf("the operation has %d bytes", len(op))
		}
	})
}

// What a text becomes in a page of the site is text, and a cell of a table no formula.
func FuzzCell(f *testing.F) {
	for _, text := range []string{"=1+1", "+1", "-1", "@x", "\t=1", "a", "", "'=1", "\r=1", "＝1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out := harmless(text)
		if out != "" && bytes.ContainsAny([]byte(out[:1]), "=+-@\t\r") {
			t.Errorf("%q is written as %q", text, out)
		}
	})
}

// A small workbook that unpacks to more than any table is refused, without unpacking it.
// Not parallel: the memory that is counted is that of the process.
func TestWorkbooksThatUnpackToMuch(t *testing.T) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		piece := bytes.Repeat([]byte(" "), 1<<20)
		for range unpackedMax>>20 + 1 {
			if _, err := w.Write(piece); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := readTable(file.Bytes(), []head{{"name", []string{"Nimi"}}}, []string{"name"}, 5); err == nil {
		t.Error("it is read")
	}
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 8*unpackedMax {
		t.Errorf("takes %d MB of a file of %d kB", spent>>20, file.Len()>>10)
	}
}

// A provider that is slow is given up, and asked again at the next sign-in.
func TestProviderThatIsSlow(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	slow := true
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slow {
			select {
			case <-release:
			case <-r.Context().Done():
			}
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"issuer":"` + server.URL + `","authorization_endpoint":"` + server.URL + `/a","token_endpoint":"` + server.URL + `/t","jwks_uri":"` + server.URL + `/k"}`))
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(release) })
	p, err := newRelyingParty(Issuer{Key: "slow", PartyKey: "espoo", IssuerURL: server.URL, ClientID: "c", ClientSecret: "s", Title: domain.Text{FI: "Hidas"}}, &url.URL{Scheme: "https", Host: "yhdyspinta.example"})
	if err != nil {
		t.Fatal(err)
	}
	if p.client.Timeout != providerWithin || providerWithin > 10*time.Second {
		t.Errorf("waits for %s", p.client.Timeout)
	}
	p.client.Timeout = 50 * time.Millisecond
	if _, err := p.connect(t.Context()); err == nil {
		t.Error("a provider that says nothing is connected")
	}
	slow = false
	p.client.Timeout = providerWithin
	if _, err := p.connect(t.Context()); err != nil {
		t.Errorf("once it answers: %v", err)
	}
}
