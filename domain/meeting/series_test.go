package meeting_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

func date(s string) domain.Date {
	d, err := domain.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func templateEdit() meeting.TemplateEdit {
	return meeting.TemplateEdit{Title: domain.Text{FI: "Kokous {number}/{year}"}, Frequency: meeting.Monthly, Weekday: 2, Week: 2, Every: 1, Months: []int{2, 4, 6, 9, 12},
		StartsMinute: 13 * 60, DurationMinutes: 120, Visibility: domain.Public}
}

var noon = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func slotsOf(t *testing.T, e meeting.TemplateEdit, year int, today string, have []meeting.SeriesMeeting, next int) string {
	t.Helper()
	tpl, err := meeting.NewTemplate(domain.TemplateID{}, domain.ForumID{}, e, noon)
	if err != nil {
		t.Fatal(err)
	}
	slots, err := tpl.Slots(year, date(today), have, map[int]int{year: next, year + 1: 1})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range slots {
		line := s.On.String()[5:] + ":" + string(s.State)
		if s.Date != s.On {
			line += ">" + s.Date.String()[5:]
		}
		if s.Number > 0 {
			line += fmt.Sprintf("#%d/%d", s.Number, s.Year)
		}
		out = append(out, line)
	}
	return strings.Join(out, " ")
}

func TestSlots(t *testing.T) {
	t.Parallel()
	at := func(day string, hour int) time.Time {
		return date(day).StartOfDay().Add(time.Duration(hour) * time.Hour)
	}
	weekly, last, eve := templateEdit(), templateEdit(), templateEdit()
	weekly.Frequency, weekly.Every, weekly.Months, weekly.Weekday = meeting.Weekly, 2, []int{1}, 1
	last.Week, last.Weekday, last.Months = -1, 4, []int{12}
	eve.Week, eve.Weekday, eve.Months = 3, 5, []int{6}
	for _, tt := range []struct {
		name  string
		edit  meeting.TemplateEdit
		year  int
		today string
		have  []meeting.SeriesMeeting
		want  string
	}{
		{"a year to come", templateEdit(), 2027, "2026-11-23", nil,
			"02-09:missing#1/2027 04-13:missing#2/2027 06-08:missing#3/2027 09-14:missing#4/2027 12-14:missing#5/2027"},
		{"what is over is not made", templateEdit(), 2026, "2026-11-23", nil, "02-10:past 04-14:past 06-09:past 09-08:past 12-08:missing#1/2026"},
		{"moved, cancelled, by hand on the day and near", templateEdit(), 2027, "2026-11-23", []meeting.SeriesMeeting{
			{StartsAt: at("2027-02-18", 13), SlotOn: date("2027-02-09"), Status: meeting.Called},
			{StartsAt: at("2027-04-13", 13), SlotOn: date("2027-04-13"), Status: meeting.Cancelled},
			{StartsAt: at("2027-06-08", 9), Status: meeting.Draft},
			{StartsAt: at("2027-09-10", 9), Status: meeting.Draft},
			{StartsAt: at("2027-12-14", 9), Status: meeting.Cancelled},
		}, "02-09:made 04-13:made 06-08:made 09-14:near#1/2027 12-14:missing#2/2027"},
		{"every second Monday of January", weekly, 2027, "2026-11-23", nil, "01-11:missing#1/2027 01-25:missing#2/2027"},
		{"the last Thursday of December is an ordinary day", last, 2026, "2026-11-23", nil, "12-31:missing#1/2026"},
		{"Midsummer Eve moves to Monday", eve, 2026, "2025-11-23", nil, "06-19:missing>06-22#1/2026"},
	} {
		if got := slotsOf(t, tt.edit, tt.year, tt.today, tt.have, 1); got != tt.want {
			t.Errorf("%s:\n%s, want\n%s", tt.name, got, tt.want)
		}
	}
}

func TestTemplateRefuses(t *testing.T) {
	t.Parallel()
	for pointer, breakIt := range map[string]func(*meeting.TemplateEdit){
		"/weekday":         func(e *meeting.TemplateEdit) { e.Weekday = 8 },
		"/week":            func(e *meeting.TemplateEdit) { e.Week = 5 },
		"/every":           func(e *meeting.TemplateEdit) { e.Every = 0 },
		"/months":          func(e *meeting.TemplateEdit) { e.Months = nil },
		"/months/0":        func(e *meeting.TemplateEdit) { e.Months = []int{0} },
		"/startsAt":        func(e *meeting.TemplateEdit) { e.StartsMinute = -1 },
		"/durationMinutes": func(e *meeting.TemplateEdit) { e.DurationMinutes = 2 },
		"/frequency":       func(e *meeting.TemplateEdit) { e.Frequency = "yearly" },
		"/items/0/title/fi": func(e *meeting.TemplateEdit) {
			e.Items = []meeting.TemplateItem{{}}
		},
		"/items/1/kind": func(e *meeting.TemplateEdit) {
			e.Items = []meeting.TemplateItem{{Title: domain.Text{FI: "Avaus"}}, {Kind: "sub_item", Title: domain.Text{FI: "Alakohta"}}}
		},
		"/visibilityGround": func(e *meeting.TemplateEdit) { e.Visibility = domain.Internal },
	} {
		e := templateEdit()
		breakIt(&e)
		_, err := meeting.NewTemplate(domain.TemplateID{}, domain.ForumID{}, e, noon)
		if err == nil || !strings.Contains(err.Error(), pointer+" ") {
			t.Errorf("%s: %v", pointer, err)
		}
	}
}

// An open topic can be changed, declined with a reason or withdrawn; a settled
// one stays as it is.
func TestTopicStates(t *testing.T) {
	t.Parallel()
	edit := meeting.TopicEdit{Title: domain.Text{FI: "Aihe"}}
	reason := domain.Text{FI: "Ei kuulu foorumille."}
	for _, tt := range []struct {
		from    meeting.TopicState
		to      meeting.TopicState
		reason  domain.Text
		allowed bool
	}{
		{meeting.TopicOpen, meeting.TopicDeclined, reason, true}, {meeting.TopicOpen, meeting.TopicDeclined, domain.Text{}, false},
		{meeting.TopicOpen, meeting.TopicWithdrawn, domain.Text{}, true}, {meeting.TopicDrawn, meeting.TopicDeclined, reason, false},
		{meeting.TopicDrawn, meeting.TopicWithdrawn, reason, false}, {meeting.TopicDeclined, meeting.TopicWithdrawn, reason, false},
		{meeting.TopicWithdrawn, meeting.TopicDeclined, reason, false},
	} {
		topic, err := meeting.NewTopic(domain.TopicID{}, domain.ForumID{}, domain.Actor{}, edit, noon)
		if err != nil {
			t.Fatal(err)
		}
		topic.State = tt.from
		if err := topic.Settle(tt.to, tt.reason, noon); (err == nil) != tt.allowed {
			t.Errorf("from %s to %s with %q: %v", tt.from, tt.to, tt.reason.FI, err)
		}
		topic.State = tt.from
		if err := topic.Change(edit, noon); (err == nil) != (tt.from == meeting.TopicOpen) {
			t.Errorf("changed while %s: %v", tt.from, err)
		}
	}
	if _, err := meeting.NewTopic(domain.TopicID{}, domain.ForumID{}, domain.Actor{}, meeting.TopicEdit{CaseNo: "ESBO/1"}, noon); err == nil ||
		!strings.Contains(err.Error(), "/title/fi") || !strings.Contains(err.Error(), "/case/registryNo") {
		t.Errorf("a topic without title, with a case of nobody: %v", err)
	}
}

// A row is an item unless it says that it is a heading; a heading has a title
// only, and both need one.
func TestTemplateHeadings(t *testing.T) {
	t.Parallel()
	var post domain.PostID
	post.SetNew(domain.UUIDv7)
	e := templateEdit()
	e.Items = []meeting.TemplateItem{{Kind: meeting.Heading, Title: domain.Text{FI: " Alkutoimet "}, MinutesReserved: 10, PresenterID: post},
		{Title: domain.Text{FI: "Avaus"}, MinutesReserved: 5, PresenterID: post}}
	tpl, err := meeting.NewTemplate(domain.TemplateID{}, domain.ForumID{}, e, noon)
	if err != nil {
		t.Fatal(err)
	}
	heading, item := tpl.Items[0], tpl.Items[1]
	if want := (meeting.TemplateItem{Kind: meeting.Heading, Title: domain.Text{FI: "Alkutoimet"}}); heading != want {
		t.Errorf("heading %+v", heading)
	}
	if item.Kind != meeting.Matter || item.MinutesReserved != 5 || item.PresenterID != post {
		t.Errorf("item %+v", item)
	}
}
