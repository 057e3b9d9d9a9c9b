package storage

import (
	"encoding/base64"
	"strings"
	"testing"
	"unicode/utf8"

	"yhdyspinta/domain"
)

// What a cursor holds must be what PostgreSQL can read: Go's readers take more.
func TestCursorTakesOnlyWhatTheDatabaseWrites(t *testing.T) {
	t.Parallel()
	o := ordering{keys: map[string]sortKey{"no": {"t.no", "integer"}, "on": {"t.on", "date"}, "at": {"t.at", "timestamptz"}, "title": {"t.title", "text"}}, id: "t.id"}
	const id = "01a208e9-6ab4-7a0e-b0ca-ed2de8cdcfa5"
	for sort, keys := range map[string]map[string]bool{
		"on": {`"2026-11-23","` + id + `"`: true, `"infinity","` + id + `"`: true, `"0000-01-01","` + id + `"`: false, `"2026-11-23","urn:uuid:` + id + `"`: false,
			`"2026-11-23","{` + id + `}"`: false, `"2026-02-30","` + id + `"`: false, `null,null`: false, `"2026-11-23"`: false},
		"at": {`"2026-11-23 06:05:00.1234+00","` + id + `"`: true, `"2026-11-23 06:05:00,5+00","` + id + `"`: false,
			`"2026-11-23 06:05:00+24","` + id + `"`: false, `"0000-01-01 00:00:00+00","` + id + `"`: false},
		"no":    {`"7","` + id + `"`: true, `"-7","` + id + `"`: true, `"+7","` + id + `"`: false, `"2147483648","` + id + `"`: false},
		"title": {`"Ä","` + id + `"`: true, `"\u0000","` + id + `"`: false},
	} {
		for k, want := range keys {
			raw := `{"s":"` + sort + `","k":[` + k + `]}`
			_, err := o.plan(domain.PageRequest{Sort: sort, Cursor: base64.RawURLEncoding.EncodeToString([]byte(raw))})
			if (err == nil) != want {
				t.Errorf("%s: %v", raw, err)
			}
		}
	}
}

// A cursor that is taken holds values in the very form in which PostgreSQL writes them,
// as many as the list has keys, whatever was forged.
func FuzzCursor(f *testing.F) {
	o := ordering{keys: map[string]sortKey{"no": {"t.no", "integer"}, "n": {"t.n", "bigint"}, "on": {"t.on", "date"}, "at": {"t.at", "timestamptz"}, "title": {"t.title", "text"}}, standard: "-at,no", id: "t.id"}
	const id = "01a208e9-6ab4-7a0e-b0ca-ed2de8cdcfa5"
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	f.Add("", encode(`{"s":"-at,no","k":["2026-11-23 06:05:00+00","7","`+id+`"]}`))
	f.Add("title,-on", encode(`{"s":"title,-on","k":["\ud800","infinity","`+id+`"]}`))
	f.Add("-n", encode(`{"s":"-n","k":["-9223372036854775808","`+id+`"]}`))
	f.Add("no,no", "")
	f.Add("-", "!")
	f.Add("title", encode(`{"s":"title","k":[null,1]}`))
	f.Fuzz(func(t *testing.T, sort, text string) {
		p, err := o.plan(domain.PageRequest{Sort: sort, Cursor: text})
		if err != nil {
			return
		}
		if text == "" {
			return
		}
		if len(p.values) != len(p.keys) || len(p.keys) != len(p.desc) {
			t.Fatalf("%d values of %d keys", len(p.values), len(p.keys))
		}
		for i, v := range p.values {
			s, ok := v.(string)
			if !ok || !wellFormed(s, p.keys[i].typ) || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				t.Errorf("%v is taken for a %s", v, p.keys[i].typ)
			}
		}
		if cond, args := p.after(); strings.Count(cond, "?") != len(args) {
			t.Errorf("%d values for %s", len(args), cond)
		}
	})
}
