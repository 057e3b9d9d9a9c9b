package mail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

func date(t *testing.T, s string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What is old is recalled on the first working day of a week: a Monday, or the day
// after a holiday; around the turn of the year and Easter too.
func TestFirstWorkingDayOfTheWeek(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]bool{
		"2026-11-23": true, "2026-11-24": false, "2026-11-27": false, "2026-11-28": false, "2026-11-29": false,
		"2027-03-29": false, "2027-03-30": true, "2027-03-31": false, // Easter Monday
		"2026-12-28": true, "2027-01-01": false, "2027-01-04": true, // New Year's Day is a Friday
		"2027-01-06": false, "2027-01-07": false, // Epiphany is a Wednesday
		"2028-02-28": true, "2028-02-29": false, // a leap day
	} {
		if got := firstOfWeek(date(t, day)); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
}

// The hour is that of the clock on the wall in Helsinki, in summer and winter; the day
// too, around midnight, the turn of the year and on a leap day.
func TestDigestTime(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]struct {
		day   string
		hour  int
		works bool
	}{
		"2026-11-23T06:05:00Z": {"2026-11-23", 8, true},
		"2026-07-06T04:59:59Z": {"2026-07-06", 7, true},
		"2026-07-06T05:00:00Z": {"2026-07-06", 8, true},
		"2026-03-27T06:00:00Z": {"2026-03-27", 8, true}, // the last working day of winter time
		"2026-03-30T05:00:00Z": {"2026-03-30", 8, true}, // the first of summer time
		"2026-10-23T05:00:00Z": {"2026-10-23", 8, true},
		"2026-10-26T05:00:00Z": {"2026-10-26", 7, true},
		"2026-12-31T21:59:59Z": {"2026-12-31", 23, true},
		"2026-12-31T22:00:00Z": {"2027-01-01", 0, false},
		"2028-02-29T06:00:00Z": {"2028-02-29", 8, true},
		"2026-06-19T05:00:00Z": {"2026-06-19", 8, false}, // Midsummer Eve
		"2026-11-28T06:00:00Z": {"2026-11-28", 8, false},
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if day, hour, works := digestTime(now); day.String() != want.day || hour != want.hour || works != want.works {
			t.Errorf("%s: %s %d %v", at, day, hour, works)
		}
	}
}

// News is told at once, and again once a week at most; what is told once never again;
// what has had a mail of its own after its days.
func TestWhenAThingIsTold(t *testing.T) {
	t.Parallel()
	closed := date(t, "2026-11-20")
	for name, tt := range map[string]struct {
		item      Item
		last, day string
		want      bool
	}{
		"news on a Thursday":                       {Item{}, "", "2026-11-26", true},
		"told yesterday":                           {Item{}, "2026-11-25", "2026-11-26", false},
		"told a week ago, on a Thursday":           {Item{}, "2026-11-19", "2026-11-26", false},
		"told last Monday, on Monday":              {Item{}, "2026-11-23", "2026-11-30", true},
		"told on Friday, on Monday":                {Item{}, "2026-11-27", "2026-11-30", false},
		"told on Tuesday after a holiday, Monday":  {Item{}, "2027-03-30", "2027-04-05", true},
		"told on Monday, Tuesday after a holiday":  {Item{}, "2027-03-22", "2027-03-30", true},
		"told once, on Monday":                     {Item{Once: true}, "2026-11-16", "2026-11-23", false},
		"told once, not yet":                       {Item{Once: true}, "", "2026-11-25", true},
		"had its own mail three days ago":          {Item{Wait: 7, On: closed}, "", "2026-11-23", false},
		"had its own mail a week ago":              {Item{Wait: 7, On: closed}, "", "2026-11-27", true},
		"had its own mail, recalled last Monday":   {Item{Wait: 7, On: closed}, "2026-11-30", "2026-12-07", true},
		"had its own mail, recalled the Friday in": {Item{Wait: 7, On: closed}, "2026-11-27", "2026-11-30", false},
	} {
		last := domain.Date{}
		if tt.last != "" {
			last = date(t, tt.last)
		}
		if got := tt.item.due(last, date(t, tt.day)); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A thing that waits for two posts is told once, under the first; topics come in
// their order; what is switched off is left out.
func TestWhatIsChosen(t *testing.T) {
	t.Parallel()
	sections := []Section{
		{Post: Post{Because: BecauseHolder}, Items: []Item{{Topic: TopicDueSoon, Key: "a"}, {Topic: TopicLate, Key: "b"}, {Topic: TopicLate, Key: "told"}}},
		{Post: Post{Because: BecauseUnitManager}, Items: []Item{{Topic: TopicLate, Key: "b"}, {Topic: TopicStale, Key: "c"}}},
	}
	told := map[string]domain.Date{"told": date(t, "2026-11-23")}
	p := NewPreference(domain.MailPreferenceID{}, domain.PersonID{})
	got := Choose(sections, p, told, date(t, "2026-11-24"))
	if keys := keysOf(got); !slices.Equal(keys, []string{"b", "a", "c"}) || len(got) != 2 {
		t.Errorf("keys %v", keys)
	}
	if topics, reasons := topicsOf(got), reasonsOf(got); !slices.Equal(topics, []Topic{TopicLate, TopicStale, TopicDueSoon}) || !slices.Equal(reasons, []Because{BecauseHolder, BecauseUnitManager}) {
		t.Errorf("%v because %v", topics, reasons)
	}
	p.Stop(TopicStale, time.Time{})
	if got = Choose(sections, p, told, date(t, "2026-11-24")); len(got) != 1 || len(got[0].Items) != 2 {
		t.Errorf("without what is off: %+v", got)
	}
	p.Stop("", time.Time{})
	if got = Choose(sections, p, told, date(t, "2026-11-24")); len(got) != 0 {
		t.Errorf("off as a whole: %+v", got)
	}
}

// Stopping is idempotent, and keeps the order of what is off.
func TestStop(t *testing.T) {
	t.Parallel()
	p := NewPreference(domain.MailPreferenceID{}, domain.PersonID{})
	if !p.Stop(TopicStale, time.Time{}) || !p.Stop(TopicLate, time.Time{}) || p.Stop(TopicStale, time.Time{}) || !slices.Equal(p.Off, []Topic{TopicLate, TopicStale}) || !p.Digest {
		t.Errorf("%+v", p)
	}
	if err := p.Choose(PreferenceEdit{Digest: true, Hour: 24, Off: []Topic{"everything"}}, time.Time{}); err == nil {
		t.Error("an impossible choice was taken")
	}
}

// A token switches off what it names for whom it names, and no other.
func TestTokens(t *testing.T) {
	t.Parallel()
	secret, other := []byte(strings.Repeat("s", 32)), []byte(strings.Repeat("o", 32))
	aino, eero := domain.PersonID{UUID: domain.UUIDv7()}, domain.PersonID{UUID: domain.UUIDv7()}
	for _, topic := range append([]Topic{""}, Topics...) {
		text := token(secret, aino, topic)
		if strings.ContainsAny(text, "./?#%& ") {
			t.Errorf("%q is no part of an address", text)
		}
		if who, what, ok := readToken(secret, text); !ok || who != aino || what != topic {
			t.Errorf("%q: %v %q %v", text, who, what, ok)
		}
		if _, _, ok := readToken(other, text); ok {
			t.Errorf("%q is valid with another secret", text)
		}
	}
	late := token(secret, aino, TopicLate)
	parts, others := strings.Split(late, separator), strings.Split(token(secret, eero, TopicLate), separator)
	for _, forged := range []string{"", "late", late + "x", late[1:], "all" + strings.TrimPrefix(late, "late"), "stale" + strings.TrimPrefix(late, "late"),
		parts[0] + separator + others[1] + separator + parts[2], parts[0] + separator + parts[1] + separator, strings.Repeat("~", 2)} {
		if _, _, ok := readToken(secret, forged); ok {
			t.Errorf("%q is taken", forged)
		}
	}
}

// The mail is whole in each language, has each thing once with its address, shows at
// most fifteen of a kind and says how many more there are; of what the person follows it
// shows all.
func TestDigestInWords(t *testing.T) {
	t.Parallel()
	text := func(s string) domain.Text { return domain.Text{FI: s + " fi", SV: s + " sv", EN: s + " en"} }
	var many []Item
	for range 17 {
		many = append(many, Item{Topic: TopicLate, Kind: text("Kind"), Title: text("Title\nBcc: x"), Why: text("Why."), Path: "/actions/1"})
	}
	many = append(many, Item{Topic: TopicStale, Kind: text("Kind"), Title: text("Old"), Why: text("Why."), Path: "/actions/2", Confirm: true})
	sections := []Section{{Post: Post{Title: text("Post"), Because: BecauseUnitManager, Unit: text("Unit")}, Items: many}}
	var changes []Item
	for range 17 {
		changes = append(changes, Item{Topic: TopicFollowing, Kind: text("Day"), Title: text("Changed"), Why: text("Why."), Path: "/goals/1", Once: true})
	}
	sections = append(sections, Section{Post: Post{Because: BecauseFollower}, Items: changes})
	for lang, want := range map[domain.Lang][]string{
		domain.Finnish: {"17 myöhässä, 1 vahvistettava", "MYÖHÄSSÄ", "Lisäksi 2 muuta", "koska johdat yksikköä Unit fi", "paina ”Pitää yhä paikkansa”: https://site/fi/actions/2", "https://site/fi/my-details#mail", "https://site/fi/unsubscribe/stop-late"},
		domain.Swedish: {"17 försenade, 1 att bekräfta", "FÖRSENAT", "Dessutom 2 till", "eftersom du leder enheten Unit sv", "tryck på ”Stämmer fortfarande”: https://site/sv/actions/2", "https://site/sv/unsubscribe/stop-stale"},
		domain.English: {"17 late, 1 to confirm", "LATE", "And 2 more", "because you manage the unit Unit en", "press “Still correct”: https://site/en/actions/2", "23 November 2026"},
	} {
		var m Mail
		m.writeDigest(sections, lang, "https://site", func(t Topic) string { return "stop-" + string(t) }, date(t, "2026-11-23"), Original(Digest))
		whole := m.Subject + "\n" + m.Body
		for _, w := range want {
			if !strings.Contains(whole, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, whole)
			}
		}
		if n := strings.Count(m.Body, "/actions/1\n"); n != shownItems || strings.Contains(whole, "\nBcc") || strings.Contains(whole, "%!") {
			t.Errorf("%s: %d things in\n%s", lang, n, whole)
		}
		if n := strings.Count(m.Body, "/goals/1\n"); n != len(changes) {
			t.Errorf("%s: %d of %d changes, which are told once, in\n%s", lang, n, len(changes), whole)
		}
		for _, topic := range Topics {
			if digestIn[lang].headings[topic] == "" || digestIn[lang].counted[topic][0] == "" {
				t.Errorf("%s has no word for %s", lang, topic)
			}
		}
		for _, r := range Reasons {
			if digestIn[lang].post[r] == "" {
				t.Errorf("%s has no word for %s", lang, r)
			}
		}
	}
}
