// Package ical writes meetings as iCalendar (RFC 5545): as a feed that a
// calendar subscribes to, and as the invitation in a mail (RFC 5546).
package ical

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"yhdyspinta/domain"
)

// Event is a meeting in a calendar.
type Event struct {
	UID         string // stable for ever
	Sequence    int    // rises with each change
	Cancelled   bool
	Tentative   bool // it has not been called
	Summary     string
	Description string
	Location    string
	URL         string
	StartsAt    time.Time
	EndsAt      time.Time
	CreatedAt   time.Time // zero: not said
	ChangedAt   time.Time
}

// Party is an organiser or attendee.
type Party struct {
	Name  string // "" for none
	Email string
}

const (
	product = "-//Yhdyspinta//Yhdyspinta//FI"
	zone    = "Europe/Helsinki"
	local   = "20060102T150405"
	instant = "20060102T150405Z"
)

// Feed is a calendar to subscribe to, under a name.
func Feed(name string, events []Event) []byte {
	cal := calendar(ics.MethodPublish)
	cal.SetXWRCalName(text(name))
	cal.SetName(text(name))
	cal.SetXWRTimezone(zone)
	cal.SetRefreshInterval("PT1H")
	cal.SetXPublishedTTL("PT1H")
	for _, e := range events {
		add(cal, e)
	}
	return write(cal)
}

// Invitation asks an attendee to a meeting, tells of its change, or calls it
// off. It needs no answer: nobody reads the organiser's address.
func Invitation(e Event, from, to Party) (text []byte, method string) {
	m := ics.MethodRequest
	if e.Cancelled {
		m = ics.MethodCancel
	}
	cal := calendar(m)
	event := add(cal, e)
	event.SetOrganizer("mailto:"+from.Email, name(from)...)
	event.AddAttendee("mailto:"+to.Email, append(name(to), ics.ParticipationStatusNeedsAction, ics.ParticipationRoleReqParticipant, ics.WithRSVP(false))...)
	return write(cal), string(m)
}

func name(p Party) []ics.PropertyParameter {
	// A quote would end the parameter; control characters would end the line.
	clean := strings.Map(func(r rune) rune {
		if r == '"' || r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, p.Name)
	if clean == "" {
		return nil
	}
	return []ics.PropertyParameter{ics.WithCN(clean)}
}

// text is a text with one kind of line break, which the library escapes, and without
// control characters: it leaves a lone CR as it is, which some programs take for the end
// of a line.
func text(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

func calendar(m ics.Method) *ics.Calendar {
	cal := ics.NewCalendar()
	cal.SetProductId(product)
	cal.SetVersion("2.0")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(m)
	cal.AddVTimezone(helsinki())
	return cal
}

// helsinki is the zone by the rules of the European Union since 1996.
func helsinki() *ics.VTimezone {
	tz := ics.NewTimezone(zone)
	tz.AddProperty(ics.ComponentProperty("X-LIC-LOCATION"), zone)
	rule := func(b *ics.ComponentBase, name, from, to, start, month string) {
		b.AddProperty(ics.ComponentProperty(ics.PropertyTzname), name)
		b.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), from)
		b.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), to)
		b.AddProperty(ics.ComponentPropertyDtStart, start)
		b.AddProperty(ics.ComponentPropertyRrule, "FREQ=YEARLY;BYMONTH="+month+";BYDAY=-1SU")
	}
	summer := &ics.Daylight{}
	rule(&summer.ComponentBase, "EEST", "+0200", "+0300", "19960331T030000", "3")
	winter := tz.AddStandard()
	rule(&winter.ComponentBase, "EET", "+0300", "+0200", "19961027T040000", "10")
	tz.Components = append(tz.Components, summer)
	return tz
}

func add(cal *ics.Calendar, e Event) *ics.VEvent {
	event := cal.AddEvent(e.UID)
	in := ics.WithTZID(zone)
	// The stamp is that of the content, not of the moment: a feed that did not
	// change is the same to the byte.
	event.SetProperty(ics.ComponentPropertyDtstamp, e.ChangedAt.UTC().Format(instant))
	if !e.CreatedAt.IsZero() {
		event.SetProperty(ics.ComponentPropertyCreated, e.CreatedAt.UTC().Format(instant))
	}
	event.SetProperty(ics.ComponentPropertyLastModified, e.ChangedAt.UTC().Format(instant))
	event.SetProperty(ics.ComponentPropertySequence, strconv.Itoa(e.Sequence))
	event.SetProperty(ics.ComponentPropertyDtStart, e.StartsAt.In(domain.Helsinki).Format(local), in)
	event.SetProperty(ics.ComponentPropertyDtEnd, e.EndsAt.In(domain.Helsinki).Format(local), in)
	event.SetSummary(text(e.Summary))
	if e.Description != "" {
		event.SetDescription(text(e.Description))
	}
	if e.Location != "" {
		event.SetLocation(text(e.Location))
	}
	if e.URL != "" {
		event.SetURL(e.URL)
	}
	switch {
	case e.Cancelled:
		event.SetStatus(ics.ObjectStatusCancelled)
	case e.Tentative:
		event.SetStatus(ics.ObjectStatusTentative)
	default:
		event.SetStatus(ics.ObjectStatusConfirmed)
	}
	return event
}

func write(cal *ics.Calendar) []byte {
	return []byte(cal.Serialize(ics.WithNewLineWindows, ics.WithLineLength(75)))
}
