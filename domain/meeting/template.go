package meeting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"yhdyspinta/domain"
)

// Frequency is how the days of a series follow each other.
type Frequency string

// The frequencies.
const (
	Monthly Frequency = "monthly" // on a weekday of a week of the month
	Weekly  Frequency = "weekly"  // on a weekday every so many weeks
)

// Template is what the meetings of a forum have in common: when they are held,
// where, and what stands on every agenda.
type Template struct {
	ID               domain.TemplateID `audit:"ignore"`
	ForumID          domain.ForumID    `audit:"track"`
	Title            domain.Text       `audit:"track"` // may be empty; {number} and {year} stand for those of the meeting
	Place            domain.Text       `audit:"track"`
	Frequency        Frequency         `audit:"track"`
	Weekday          int               `audit:"track"` // ISO 8601: 1 is Monday
	Week             int               `audit:"track"` // of the month, 1 to 4; -1: the last. Of a monthly series
	Every            int               `audit:"track"` // weeks; of a weekly series, counted from the year's first week
	Months           []int             `audit:"track"` // in which the forum meets
	StartsMinute     int               `audit:"track"` // from midnight in Helsinki
	DurationMinutes  int               `audit:"track"`
	Items            []TemplateItem    `audit:"track"` // in their order
	Visibility       domain.Visibility `audit:"track"` // of the meetings and their standing items
	VisibilityGround string            `audit:"track"`
	Version          int               `audit:"ignore"`
	CreatedAt        time.Time         `audit:"ignore"`
	UpdatedAt        time.Time         `audit:"ignore"`
}

// TemplateItem is a matter that stands on every agenda, or a heading over those
// that follow it. A heading has a title only.
type TemplateItem struct {
	Kind            ItemKind
	Title           domain.Text
	MinutesReserved int           // 0: not said
	PresenterID     domain.PostID // zero: none
	PresenterTitle  domain.Text   // filled by storage
	PresenterParty  domain.PartyID
}

// AuditValue is what a person said of the item.
func (i TemplateItem) AuditValue() any {
	kind := i.Kind
	if kind == Matter { // as entries say it from before there were headings
		kind = ""
	}
	return struct {
		Kind            ItemKind       `json:"kind,omitempty"`
		Title           domain.Text    `json:"title"`
		MinutesReserved int            `json:"minutesReserved,omitempty"`
		PresenterID     *domain.PostID `json:"presenterId,omitempty"`
	}{kind, i.Title, i.MinutesReserved, i.PresenterID.Ptr()}
}

// TemplateEdit is what can be said of a template.
type TemplateEdit struct {
	Title            domain.Text
	Place            domain.Text
	Frequency        Frequency
	Weekday          int
	Week             int
	Every            int
	Months           []int
	StartsMinute     int
	DurationMinutes  int
	Items            []TemplateItem
	Visibility       domain.Visibility
	VisibilityGround string
}

const (
	maxTemplateItems = 60
	maxSlots         = 60 // meetings of a year, as in a forum's rhythm
)

// NewTemplate makes a forum's template, or says what is wrong with the edit.
func NewTemplate(id domain.TemplateID, forum domain.ForumID, e TemplateEdit, now time.Time) (Template, error) {
	t := Template{ID: id, ForumID: forum, Version: 1, CreatedAt: now}
	return t, t.Change(e, now)
}

// Change replaces what can be edited, or says everything that is wrong.
func (t *Template) Change(e TemplateEdit, now time.Time) error {
	e.Title, e.Place = e.Title.Trim(), e.Place.Trim()
	var v domain.Violations
	e.Title.Check(&v, "/title", false, maxTitle)
	e.Place.Check(&v, "/place", false, maxPlace)
	if e.Frequency != Monthly && e.Frequency != Weekly {
		v.Add("/frequency", "not_allowed")
	}
	if e.Weekday < 1 || e.Weekday > 7 {
		v.Add("/weekday", "not_allowed")
	}
	if !slices.Contains([]int{-1, 1, 2, 3, 4}, e.Week) {
		v.Add("/week", "not_allowed")
	}
	if e.Every < 1 || e.Every > 12 {
		v.Add("/every", "not_allowed")
	}
	slices.Sort(e.Months)
	e.Months = slices.Compact(e.Months)
	v.Require(len(e.Months) > 0, "/months")
	for i, m := range e.Months {
		if m < 1 || m > 12 {
			v.Add(domain.Pointer("/months", i), "not_allowed")
		}
	}
	if e.StartsMinute < 0 || e.StartsMinute > 1439 {
		v.Add("/startsAt", "time_malformed")
	}
	if e.DurationMinutes < 5 || e.DurationMinutes > 720 {
		v.Add("/durationMinutes", "too_large")
	}
	if len(e.Items) > maxTemplateItems {
		v.Add("/items", "too_many")
	}
	for i := range e.Items {
		item, at := &e.Items[i], domain.Pointer("/items", i)
		item.Title = item.Title.Trim()
		item.Title.Check(&v, at+"/title", true, maxTitle)
		switch item.Kind {
		case "":
			item.Kind = Matter
		case Matter:
		case Heading: // says only what stands under it
			item.MinutesReserved, item.PresenterID = 0, domain.PostID{}
		default:
			v.Add(at+"/kind", "not_allowed")
		}
		if item.MinutesReserved < 0 || item.MinutesReserved > 1440 {
			v.Add(at+"/minutesReserved", "too_large")
		}
	}
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	if err := v.Err(); err != nil {
		return err
	}
	t.Title, t.Place, t.Frequency, t.Weekday, t.Week, t.Every, t.Months = e.Title, e.Place, e.Frequency, e.Weekday, e.Week, e.Every, e.Months
	t.StartsMinute, t.DurationMinutes, t.Items = e.StartsMinute, e.DurationMinutes, e.Items
	t.Visibility, t.VisibilityGround, t.UpdatedAt = e.Visibility, e.VisibilityGround, now
	return nil
}

// days are the days of the series in a year, holidays and weekends included.
func (t Template) days(year int) ([]domain.Date, error) {
	weekday := []rrule.Weekday{rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU}[t.Weekday-1]
	o := rrule.ROption{Freq: rrule.MONTHLY, Dtstart: time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC),
		Until: time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC), Bymonth: t.Months, Byweekday: []rrule.Weekday{weekday.Nth(t.Week)}}
	if t.Frequency == Weekly {
		o.Freq, o.Interval, o.Byweekday = rrule.WEEKLY, t.Every, []rrule.Weekday{weekday}
	}
	rule, err := rrule.NewRRule(o)
	if err != nil {
		return nil, fmt.Errorf("make the rule of a series: %w", err)
	}
	var out []domain.Date
	for _, d := range rule.All() {
		out = append(out, domain.NewDate(d.Date()))
	}
	return out[:min(len(out), maxSlots)], nil
}

// SlotState is what became of a day of a series.
type SlotState string

// The states of a day of a series.
const (
	SlotMissing SlotState = "missing" // a meeting can be made
	SlotNear    SlotState = "near"    // it can, but the forum meets in the same week anyway
	SlotMade    SlotState = "made"    // there is a meeting for it, or one on the very day
	SlotPast    SlotState = "past"    // the day is over
)

// Slot is one day of a series.
type Slot struct {
	On      domain.Date        // by the rule, as which it is remembered
	Date    domain.Date        // on which the meeting is held: On, or the next working day
	Skipped []domain.ClosedDay // between the two
	State   SlotState
	Meeting *SeriesMeeting // that is made or near
	Year    int            // of the meeting that it would get, with Number
	Number  int            // 0 unless missing or near
}

// SeriesMeeting is a meeting of the forum as its series needs it.
type SeriesMeeting struct {
	ID       domain.MeetingID
	Year     int
	Number   int
	StartsAt time.Time
	Status   Status
	SlotOn   domain.Date // for which the series made it; zero: made by hand
}

// nearDays is how close another meeting stands to a day to be pointed out.
const nearDays = 6

// Slots are the days of the series in a year with what became of them. numbers
// gives the next number of a year.
func (t Template) Slots(year int, today domain.Date, have []SeriesMeeting, numbers map[int]int) ([]Slot, error) {
	days, err := t.days(year)
	if err != nil {
		return nil, err
	}
	next := map[int]int{}
	out := make([]Slot, len(days))
	for i, day := range days {
		s := Slot{On: day, State: SlotMissing}
		s.Date, s.Skipped = domain.WorkingDay(day)
		for j := range have {
			m := &have[j]
			held := domain.DateOf(m.StartsAt)
			switch away := held.DaysUntil(s.Date); {
			case m.SlotOn == day, m.SlotOn.IsZero() && away == 0 && m.Status != Cancelled:
				s.State, s.Meeting = SlotMade, m
			case s.State == SlotMissing && m.SlotOn.IsZero() && m.Status != Cancelled && away >= -nearDays && away <= nearDays:
				s.State, s.Meeting = SlotNear, m
			}
		}
		if s.State != SlotMade && s.Date.Before(today) {
			s.State, s.Meeting = SlotPast, nil
		}
		if s.State == SlotMissing || s.State == SlotNear {
			s.Year = s.Date.Year()
			s.Number = numbers[s.Year] + next[s.Year]
			next[s.Year]++
		}
		out[i] = s
	}
	return out, nil
}

// edit is what the template says of a meeting on a day.
func (t Template) edit(day domain.Date, number int) Edit {
	starts := day.StartOfDay().In(domain.Helsinki)
	starts = time.Date(starts.Year(), starts.Month(), starts.Day(), t.StartsMinute/60, t.StartsMinute%60, 0, 0, domain.Helsinki)
	fill := strings.NewReplacer("{number}", strconv.Itoa(number), "{year}", strconv.Itoa(day.Year())).Replace
	return Edit{Title: domain.Text{FI: fill(t.Title.FI), SV: fill(t.Title.SV), EN: fill(t.Title.EN)}, Place: t.Place,
		StartsAt: starts, EndsAt: starts.Add(time.Duration(t.DurationMinutes) * time.Minute), Visibility: t.Visibility, VisibilityGround: t.VisibilityGround}
}

// Permissions lists what an actor may do with the template.
func (t Template) Permissions(a domain.Actor) []domain.Permission {
	return a.Allowed(domain.Resource{ForumID: t.ForumID}, domain.TemplateEdit, domain.MeetingCreate)
}
