package api

import (
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

func (f *recordFile) meeting(in fields) {
	r := &f.record
	var day domain.Date
	clock := func(to *time.Duration) func(string) bool {
		return func(s string) bool {
			t, err := time.Parse("15:04", strings.Replace(strings.TrimSpace(s), ".", ":", 1))
			*to = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
			return err == nil
		}
	}
	var from, to time.Duration
	r.Meeting.Visibility = domain.Public
	f.take("/meeting", in, map[string]*domain.Text{"title": &r.Meeting.Title, "place": &r.Meeting.Place}, map[string]func(string) bool{
		"day": func(s string) bool {
			s = strings.TrimSpace(s)
			for _, layout := range []string{time.DateOnly, "2.1.2006", "2006-01-02T15:04:05Z07:00"} {
				if t, err := time.Parse(layout, s); err == nil {
					d, err := domain.ParseDate(t.Format(time.DateOnly))
					day = d
					return err == nil
				}
			}
			return false
		},
		"starts": clock(&from), "ends": clock(&to), "number": number(&r.Number),
		"visibility":       func(s string) bool { return visibility(&r.Meeting.Visibility, s) },
		"visibilityGround": func(s string) bool { r.Meeting.VisibilityGround = s; return true },
	})
	for _, key := range []string{"day", "starts", "ends"} {
		if in[key].text == "" {
			f.wrong("/meeting/"+key, "required", key, f.where("/meeting/"+key))
		}
	}
	midnight := day.StartOfDay().In(domain.Helsinki)
	at := func(d time.Duration) time.Time {
		return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), int(d.Hours()), int(d.Minutes())%60, 0, 0, domain.Helsinki)
	}
	r.Meeting.StartsAt, r.Meeting.EndsAt = at(from), at(to)
	f.places["/meeting/startsAt"], f.places["/meeting/endsAt"] = f.where("/meeting/starts"), f.where("/meeting/ends")
}

func visibility(to *domain.Visibility, s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "public", "julkinen", "offentlig":
		*to = domain.Public
	case "internal", "sisäinen", "intern":
		*to = domain.Internal
	default:
		return false
	}
	return true
}

func (f *recordFile) item(pointer string, in fields) meeting.RecordItem {
	i := meeting.RecordItem{Edit: meeting.ItemEdit{Visibility: f.record.Meeting.Visibility, VisibilityGround: f.record.Meeting.VisibilityGround}}
	e := &i.Edit
	f.take(pointer, in, map[string]*domain.Text{"title": &e.Title, "preparer": &e.Preparer, "proposal": &e.Proposal, "proceedings": &e.Proceedings,
		"decision": &e.Decision, "explanation": &e.Explanation, "heard": &e.Heard, "goesOnTo": &e.GoesOnTo}, map[string]func(string) bool{
		"section":          number(&e.Section),
		"visibility":       func(s string) bool { return visibility(&e.Visibility, s) },
		"visibilityGround": func(s string) bool { e.VisibilityGround = s; return true },
	})
	return i
}

// outcomeWords are the types of outcomes as people write them in a file.
var outcomeWords = map[string]meeting.OutcomeType{
	"päätös": "decision", "beslut": "decision", "toimeksianto": "assignment", "uppdrag": "assignment", "suositus": "recommendation", "rekommendation": "recommendation",
	"merkitty tiedoksi": "noted", "tiedoksi": "noted", "antecknat": "noted", "för kännedom": "noted", "siirto": "deferred", "bordläggning": "deferred",
	"lähete": "referral", "lähetys": "referral", "hänskjutning": "referral", "remiss": "referral",
}

func (f *recordFile) outcome(pointer string, in fields) meeting.RecordOutcome {
	var o meeting.RecordOutcome
	f.take(pointer, in, map[string]*domain.Text{"text": &o.Text, "noActionReason": &o.NoActionReason}, map[string]func(string) bool{
		"type": func(s string) bool {
			s = strings.ToLower(strings.TrimSpace(s))
			o.Type = meeting.OutcomeType(s)
			if t, ok := outcomeWords[s]; ok {
				o.Type = t
			}
			return true
		},
		"toForum": func(s string) bool { o.ToForum = s; return true },
	})
	return o
}

// attendanceWords are the ways to attend as people write them in a file.
var attendanceWords = map[string]meeting.Attendance{
	"läsnä": "present", "närvarande": "present", "etänä": "remote", "på distans": "remote", "poissa": "absent", "frånvarande": "absent",
}

// substituteWords say that somebody else took the member's place, in the room.
var substituteWords = []string{"substitute", "sijainen", "varajäsen", "ersättare", "suppleant"}

func (f *recordFile) attendance(pointer string, in fields) meeting.RecordAttendance {
	var a meeting.RecordAttendance
	f.take(pointer, in, nil, map[string]func(string) bool{
		"member":     func(s string) bool { a.Member = s; return true },
		"party":      func(s string) bool { a.Party = s; return true },
		"substitute": func(s string) bool { a.Substitute = s; return true },
		"attendance": func(s string) bool {
			s = strings.ToLower(strings.TrimSpace(s))
			a.Attendance = meeting.Attendance(s)
			if w, ok := attendanceWords[s]; ok {
				a.Attendance = w
			}
			if slices.Contains(substituteWords, s) {
				a.Attendance, a.Replaced = meeting.Present, true
			}
			return true
		},
	})
	return a
}
