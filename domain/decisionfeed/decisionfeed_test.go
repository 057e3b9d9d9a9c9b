package decisionfeed

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

var now = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

func party(n byte) (id domain.PartyID) {
	id.UUID[15] = n
	return id
}

func TestMatch(t *testing.T) {
	t.Parallel()
	f := Feed{PartyID: party(1), Language: domain.Finnish}
	for _, c := range []struct {
		title, text string
		cases       []CaseNumber
		words       []string
		want        string // registry numbers; words
	}{
		{"Hyvinvointikertomus 4802/00.01.02/2025", "", []CaseNumber{{party(1), "4802/00.01.02/2025"}}, nil, "4802/00.01.02/2025;"},
		{"Hyvinvointikertomus", "Dnro: 4802/00.01.02/2025.", []CaseNumber{{party(1), "4802/00.01.02/2025"}}, nil, "4802/00.01.02/2025;"},
		{"(4802/00.01.02/2025)", "", []CaseNumber{{party(1), " 4802/00.01.02/2025 "}}, nil, " 4802/00.01.02/2025 ;"},
		{"Asia 14802/00.01.02/2025", "", []CaseNumber{{party(1), "4802/00.01.02/2025"}}, nil, ";"}, // another number
		{"Asia 4802/00.01.02/2025", "", []CaseNumber{{party(1), "4802/00.01.02/20"}}, nil, ";"},
		{"Asia 4802/00.01.02/2025", "", []CaseNumber{{party(2), "4802/00.01.02/2025"}}, nil, ";"}, // of another party
		{"HEL  2022-008675 Perhekeskus", "", []CaseNumber{{party(1), "hel 2022-008675"}}, nil, "hel 2022-008675;"},
		{"Perhekeskuksen aukiolo", "", nil, []string{"perhekeskus", "PERHEKESK"}, ";PERHEKESK"}, // a word is bent
		{"Uusi perheneuvola", "", nil, []string{"Neuvola"}, ";Neuvola"},                         // and joined
		{"Äitiysneuvola", "", nil, []string{"äitiys"}, ";äitiys"},
		{"Muu asia", "Ei mitään", []CaseNumber{{party(1), "Muu asia"}}, []string{"neuvola"}, ";"}, // a number has a digit
	} {
		e, ok := NewEntry(domain.DecisionEntryID{}, f, Item{Title: c.title, Text: c.text, Link: "https://dynasty.example/1"}, now)
		if !ok {
			t.Fatalf("%q is no entry", c.title)
		}
		r := NewWanted(c.cases, c.words).Match(e)
		if got := strings.Join(r.Cases, ",") + ";" + strings.Join(r.Words, ","); got != c.want {
			t.Errorf("%q %q matches %q, want %q", c.title, c.text, got, c.want)
		}
	}
}

func TestNewEntry(t *testing.T) {
	t.Parallel()
	f := Feed{PartyID: party(1), Language: domain.Swedish}
	for name, i := range map[string]Item{
		"no title":     {GUID: "1", Title: " \n", Link: "https://dynasty.example/1"},
		"no link":      {GUID: "1", Title: "Otsikko"},
		"a script":     {GUID: "1", Title: "Otsikko", Link: "javascript:alert(1)"},
		"a user":       {GUID: "1", Title: "Otsikko", Link: "https://a:b@dynasty.example/"},
		"a long guid":  {GUID: strings.Repeat("x", 2000), Title: "Otsikko", Link: "https://dynasty.example/1"},
		"a long link":  {GUID: "1", Title: "Otsikko", Link: "https://dynasty.example/" + strings.Repeat("x", 3000)},
		"a local path": {GUID: "1", Title: "Otsikko", Link: "/cgi/DREQUEST.PHP"},
	} {
		if e, ok := NewEntry(domain.DecisionEntryID{}, f, i, now); ok {
			t.Errorf("%s makes %+v", name, e)
		}
	}
	e, ok := NewEntry(domain.DecisionEntryID{}, f, Item{Title: "Rubrik\n\x00 två", Text: strings.Repeat("ord 1 ", 5000), Link: "https://dynasty.example/1", PublishedAt: now.AddDate(9, 0, 0)}, now)
	if !ok || e.GUID != e.Link || e.Title != "Rubrik två" || len([]rune(e.Text)) > 2000 || !e.PublishedAt.IsZero() || !e.FoundAt.Equal(now) {
		t.Errorf("%v %+v", ok, e)
	}
	many := ""
	for i := range 1000 {
		many += fmt.Sprintf("%d/%d ", i, i)
	}
	if e, _ := NewEntry(domain.DecisionEntryID{}, f, Item{Title: "Otsikko", Text: many, Link: "https://dynasty.example/1"}, now); len(e.Mentions) != maxMentions {
		t.Errorf("%d mentions", len(e.Mentions))
	}
	if o := (Offer{Entry: e}); o.LinkTitle() != (domain.Text{SV: "Rubrik två"}) {
		t.Errorf("title of the link %+v", o.LinkTitle())
	}
}

func fields(err error) (out []string) {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		for _, f := range e.Fields {
			out = append(out, f.Pointer+" "+f.Code)
		}
	}
	return out
}

func TestFeed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		e    Edit
		want []string
	}{
		{Edit{URL: " https://dynasty.example/rss ", Language: domain.Finnish}, nil},
		{Edit{URL: "http://dynasty.example/rss", Language: domain.Finnish}, []string{"/url https_required"}},
		{Edit{URL: "ftp://dynasty.example/rss", Language: domain.Finnish}, []string{"/url url_malformed"}},
		{Edit{URL: "https://a:b@dynasty.example/", Language: domain.English}, []string{"/url url_malformed", "/language not_allowed"}},
		{Edit{Language: domain.Swedish}, []string{"/url required"}},
	} {
		if _, err := New(domain.DecisionFeedID{}, party(1), c.e, now); !slices.Equal(fields(err), c.want) {
			t.Errorf("%+v: %v, want %v", c.e, err, c.want)
		}
	}
}

func TestWatchList(t *testing.T) {
	t.Parallel()
	w := NoWords(domain.ForumID{})
	if err := w.Change([]string{" Perhe  keskus", "perhe keskus", "neuvola"}, now); err != nil || !slices.Equal(w.Words, []string{"Perhe keskus", "neuvola"}) {
		t.Errorf("%v %q", err, w.Words)
	}
	if err := w.Change([]string{"ab", strings.Repeat("a", 61), "neuvola"}, now); !slices.Equal(fields(err), []string{"/words/0 too_short", "/words/1 too_long"}) {
		t.Error(err)
	}
	if err := w.Change(slices.Repeat([]string{"neuvola"}, 21), now); !slices.Equal(fields(err), []string{"/words too_many"}) {
		t.Error(err)
	}
}

func TestFetchPauses(t *testing.T) {
	t.Parallel()
	f := Feed{URL: "https://dynasty.example/rss", Active: true}
	if !f.Due(now) {
		t.Error("a new feed is not due")
	}
	f.Fetch.Read(f.URL, Answer{ETag: `"1"`, LastModified: "then"}, now)
	if f.Due(now.Add(59*time.Minute)) || !f.Due(now.Add(time.Hour)) {
		t.Errorf("next at %v", f.Fetch.NextAt)
	}
	f.Fetch.Read(f.URL, Answer{NotModified: true}, now) // a 304 need not repeat them
	if r := f.Request(); r != (Request{f.URL, `"1"`, "then"}) {
		t.Errorf("asks for %+v", r)
	}
	for i, want := range []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 16 * time.Hour, 24 * time.Hour, 24 * time.Hour} {
		f.Fetch.Fail(f.URL, &Failure{Code: FailureStatus, Status: 500}, now)
		if got := f.Fetch.NextAt.Sub(now); got != want {
			t.Errorf("after %d failures %v, want %v", i+1, got, want)
		}
	}
	if f.Fetch.ReadAt != now || f.Request().ETag != `"1"` {
		t.Errorf("a failure forgets what was read: %+v", f.Fetch)
	}
	f.URL = "https://dynasty.example/other"
	if r := f.Request(); r != (Request{URL: f.URL}) || !f.Due(now) {
		t.Errorf("another address asks for %+v", r)
	}
	f.Active = false
	if f.Due(now.AddDate(1, 0, 0)) {
		t.Error("a feed that is not active is due")
	}
}

// Whatever order a feed has, its entries are written in the order of their guids,
// which are clean; of two with the same guid the later one is written last.
func TestEntriesAreWrittenInOrder(t *testing.T) {
	t.Parallel()
	s := Service{NewID: domain.UUIDv7}
	link := "https://dynasty.example/1"
	got := s.entries(Feed{}, []Item{{GUID: "c", Title: "Asia", Link: link}, {GUID: " b\n\x00\xff 2 ", Title: "Vanha", Link: link}, {Title: "Ilman osoitetta"},
		{GUID: "a", Title: "Asia", Link: link}, {GUID: "b 2", Title: "Uusi", Link: link}}, now)
	var order []string
	for _, e := range got {
		order = append(order, e.GUID+" "+e.Title)
	}
	if want := []string{"a Asia", "b 2 Vanha", "b 2 Uusi", "c Asia"}; !slices.Equal(order, want) {
		t.Errorf("%q, want %q", order, want)
	}
	if got := s.entries(Feed{}, slices.Repeat([]Item{{Title: "Asia", Link: link}}, MaxItems+1), now); len(got) != MaxItems {
		t.Errorf("%d of a reading", len(got))
	}
}
