package api

import (
	"runtime"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
)

// A body is read with memory of its own size, however it is made. Not parallel: the
// memory that is counted is that of the process.
func TestNoBodyFillsMemory(t *testing.T) {
	key := strings.Repeat("k", 1<<20)
	for name, c := range map[string]struct{ body, code string }{
		"lists in lists":          {strings.Repeat("[", MaxBody), "too_deep"},
		"objects in objects":      {strings.Repeat(`{"a":`, MaxBody/5), "too_deep"},
		"a long key over many":    {`{"` + key + `":[` + strings.Repeat("0,", 90_000) + `0]}`, ""},
		"long keys in each other": {strings.Repeat(`{"`+strings.Repeat("k", 30_000)+`":`, 60) + "0", ""},
		"more values than any":    {"[" + strings.Repeat("0,", MaxBody/2), "too_many"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			field := unreadable([]byte(c.body))
			runtime.ReadMemStats(&after)
			if spent := after.TotalAlloc - before.TotalAlloc; spent > 64<<20 {
				t.Errorf("takes %d MB", spent>>20)
			}
			if c.code == "" && field != nil || c.code != "" && (field == nil || field.Code != c.code) {
				t.Errorf("got %+v, want %q", field, c.code)
			}
		})
	}
}

// Whatever is refused is named by a pointer that an answer can hold; what is let
// through has neither U+0000 nor a name twice, as another reader sees it.
func FuzzBody(f *testing.F) {
	for _, body := range []string{`{"a":[1,{"b":"x"}]}`, `{"a":1,"a":2}`, `{"a/b":{"~":"\u0000"}}`, `["\ud800"]`, `{"\u0000":1}`, "[[[[", `1e999`, "\xff", ``, `{"a":1}{"a":2}`, strings.Repeat("[", 70)} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		field := unreadable(body)
		if field == nil {
			var v any
			if strictJSON.Unmarshal(body, &v) == nil {
				wantStorable(t, v)
			}
			return
		}
		if strings.ContainsRune(field.Pointer, 0) || len(field.Pointer) > deepestJSON*1100 || field.Code == "" {
			t.Errorf("refused as %+v", field)
		}
	})
}

func wantStorable(t *testing.T, v any) {
	t.Helper()
	switch v := v.(type) {
	case string:
		if strings.ContainsRune(v, 0) {
			t.Errorf("let through %q", v)
		}
	case []any:
		for _, inner := range v {
			wantStorable(t, inner)
		}
	case map[string]any:
		for name, inner := range v {
			wantStorable(t, name)
			wantStorable(t, inner)
		}
	}
}

// A body with more faults than anybody reads is told some of them.
func TestProblemsNameSomeFieldsOnly(t *testing.T) {
	t.Parallel()
	useProblems()
	var errs []error
	for range 5_000 {
		errs = append(errs, &huma.ErrorDetail{Location: "body.items[1]", Message: "expected string"})
	}
	p, ok := huma.NewErrorWithContext(nil, 422, "", errs...).(*Problem)
	if !ok || len(p.Errors) != maxFieldErrors || p.Errors[0] != (domain.FieldError{Pointer: "/items/1", Code: "wrong_type"}) {
		t.Errorf("%d fields of 5000: %+v", len(p.Errors), p)
	}
}
