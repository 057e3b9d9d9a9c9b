package storage

import (
	"encoding/base64"
	"testing"

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
