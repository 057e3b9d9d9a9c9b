package meeting

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// MovementKind is coming or leaving.
type MovementKind string

// The kinds of movement.
const (
	Arrived MovementKind = "arrived"
	Left    MovementKind = "left"
)

// Movement is a participant's coming or leaving while the meeting goes on. It
// counts from the item during which it happened: who came during an item is
// there when it is settled, who left is not.
type Movement struct {
	Kind   MovementKind
	At     time.Time
	ItemID domain.AgendaItemID

	// What storage fills beside it.
	Position string // of the item on the agenda
	AgendaNo int
}

// AuditValue is what the log holds of a movement.
func (v Movement) AuditValue() any {
	return map[string]any{"kind": string(v.Kind), "at": v.At.UTC(), "itemId": v.ItemID.String()}
}

// maxMovements bounds how often somebody comes and leaves in one meeting.
const maxMovements = 20

// AttendanceEdit is what can be said of a participant.
type AttendanceEdit struct {
	Attendance   Attendance
	Inspector    bool
	SubstituteID domain.PostID // who took a member's place; zero: nobody, or Substitute in words
	Substitute   string        // in words, of who holds no post here
	// SubstituteParty is the party of SubstituteID, as storage knows it.
	SubstituteParty domain.PartyID
	Movements       []Movement // in the order of their times
	Reason          string     // why, after the meeting has been closed
}

// Attended reports whether the participant, or who took their place, was there
// for some part of the meeting, in the room or remotely.
func (p Participant) Attended() bool { return p.Attendance == Present || p.Attendance == Remote }

// There reports whether the participant, or who took their place, is there now:
// after the meeting, whether they were at its end.
func (p Participant) There() bool {
	last := len(p.Movements) - 1
	return p.Attended() && (last < 0 || p.Movements[last].Kind == Arrived)
}

// ThereAt reports whether they were there when an item at a position of the
// agenda was settled.
func (p Participant) ThereAt(position string) bool {
	if !p.Attended() {
		return false
	}
	there := len(p.Movements) == 0 || p.Movements[0].Kind == Left // before the first movement
	for _, v := range p.Movements {
		if v.Position <= position {
			there = v.Kind == Arrived
		}
	}
	return there
}

// Decides reports whether the participant, or who took their place, counts for
// the quorum: the chair and the members do. The secretary, experts and guests
// take part without deciding.
func (p Participant) Decides() bool { return p.Role == Chair || p.Role == Member }

// Missing lists the principal parties of whom neither the chair, a member nor a
// substitute of theirs is there: with any of them missing the meeting has no
// quorum.
func (m Meeting) Missing() []domain.PartyID { return m.missing(Participant.There) }

func (m Meeting) missing(there func(Participant) bool) []domain.PartyID {
	var out []domain.PartyID
	for _, party := range m.Principals {
		if !slices.ContainsFunc(m.Participants, func(p Participant) bool { return p.PartyID == party && p.Decides() && there(p) }) {
			out = append(out, party)
		}
	}
	return out
}

// MissingAt lists the principal parties of whom nobody who decides was there when
// the item was settled. known is false while that cannot be told: the item has not been
// handled, or nobody's attendance has been noted.
func (m Meeting) MissingAt(i AgendaItem) (missing []domain.PartyID, known bool) {
	if m.in("", InProgress, Closed, Approved, Published) != nil || !i.Handled() ||
		!slices.ContainsFunc(m.Participants, func(p Participant) bool { return p.Attendance != Expected }) {
		return nil, false
	}
	return m.missing(func(p Participant) bool { return p.ThereAt(i.Position) }), true
}

// Handled reports whether anything was recorded of the item.
func (i AgendaItem) Handled() bool {
	return len(i.Outcomes) > 0 || !i.Proceedings.IsZero() || !i.Decision.IsZero()
}

// Attend says whether a participant is there, who stands in for them, when they
// came or left, and whether they inspect. The inspector of a party who is
// replaced is returned changed. After the meeting has been closed it needs a
// reason, and an inspector who has approved stays. items are the meeting's.
func (m Meeting) Attend(id domain.ParticipantID, e AttendanceEdit, items []AgendaItem) (changed []Participant, err error) {
	if err := m.in("meeting_locked", Called, InProgress, Closed); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(m.Participants, func(p Participant) bool { return p.ID == id })
	if i < 0 {
		return nil, domain.NotFound("participant")
	}
	p := m.Participants[i]
	e.Substitute = strings.TrimSpace(e.Substitute)
	var v domain.Violations
	if !slices.Contains([]Attendance{Expected, Present, Remote, Absent}, e.Attendance) {
		v.Add("/attendance", "not_allowed")
	}
	if e.Inspector && (p.PostID.IsZero() || m.chairs(p.PostID) || p.Role == Expert || !slices.Contains(m.Principals, p.PartyID)) {
		v.Add("/inspector", "not_an_inspector")
	}
	if m.Status == Closed && e.Reason == "" {
		v.Add("/reason", "required")
	}
	if len([]rune(e.Reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	m.checkSubstitute(&v, p, e)
	movements := m.checkMovements(&v, e, items)
	if err := v.Err(); err != nil {
		return nil, err
	}
	if e.Inspector && slices.ContainsFunc(m.Approvers(), func(a Approver) bool {
		return a.Role == ByInspector && a.PartyID == p.PartyID && a.Approved && a.PostID != p.PostID
	}) {
		return nil, domain.Conflict("inspector_has_approved", string(m.Status), "the inspector has approved already")
	}
	if p.Inspector != e.Inspector {
		for _, o := range m.Participants {
			if !o.Inspector || o.PartyID != p.PartyID {
				continue
			}
			if slices.ContainsFunc(m.Approvals, func(a Approval) bool { return a.PostID == o.PostID && a.Role == ByInspector }) {
				return nil, domain.Conflict("inspector_has_approved", string(m.Status), "the inspector has approved already")
			}
			if o.ID != p.ID {
				o.Inspector = false
				changed = append(changed, o)
			}
		}
	}
	p.Attendance, p.Inspector, p.SubstituteID, p.Substitute, p.Movements = e.Attendance, e.Inspector, e.SubstituteID, e.Substitute, movements
	return append(changed, p), nil
}

// presenceDiffers reports whether the paper tells something else of them.
func (p Participant) presenceDiffers(was Participant) bool {
	return p.Attendance != was.Attendance || p.SubstituteID != was.SubstituteID || p.Substitute != was.Substitute ||
		!slices.EqualFunc(p.Movements, was.Movements, func(a, b Movement) bool {
			return a.Kind == b.Kind && a.At.Equal(b.At) && a.ItemID == b.ItemID
		})
}

// substitution is the post that is called because it takes a participant's
// place, and the one that it takes it over from or that is not asked any more:
// after the call and before the meeting begins. Zero: none. Who is named later is
// there already, and who is taken off later was not.
func (m Meeting) substitution(p, was Participant, now time.Time) (called, released domain.PostID) {
	if !m.awaited(now) || p.SubstituteID == was.SubstituteID {
		return domain.PostID{}, domain.PostID{}
	}
	return p.SubstituteID, was.SubstituteID
}

// checkSubstitute: a post of the same party or words, for who has a place in the
// forum; nobody counts twice. A party is represented by its own.
func (m Meeting) checkSubstitute(v *domain.Violations, p Participant, e AttendanceEdit) {
	if e.SubstituteID.IsZero() && e.Substitute == "" {
		return
	}
	switch {
	case p.Role == Expert || p.PostID.IsZero():
		v.Add("/substitute", "not_a_member")
	case !e.SubstituteID.IsZero() && e.Substitute != "":
		v.Add("/substitute", "not_allowed")
	case e.SubstituteID == p.PostID:
		v.Add("/substitute", "not_allowed")
	case m.taken(p, e.SubstituteID):
		v.Add("/substitute/postId", "takes_part_already")
	case !e.SubstituteID.IsZero() && e.SubstituteID != p.SubstituteID && e.SubstituteParty != p.PartyID:
		v.Add("/substitute/postId", "other_party")
	default:
		replacement{words: e.Substitute, attendance: e.Attendance}.check(v, "/substitute", "/substitute/name")
	}
}

// replacement is a member's substitute in words, with the attendance that is said
// of the place. A secretary names a substitute beside the absence that they are to
// fill, from the call on, and the substitute may stay away too. A record that was
// kept elsewhere tells what was: there the attendance is that of whoever came, and
// nobody took the place of who was absent.
type replacement struct {
	words      string
	attendance Attendance
	told       bool // by a record that was kept elsewhere
}

// check adds what is wrong with it: of the place at a pointer, of the words at
// name.
func (r replacement) check(v *domain.Violations, place, name string) {
	switch {
	case r.told && r.attendance == Absent && r.words != "":
		v.Add(place, "absent_with_substitute")
	case len([]rune(r.words)) > maxGuest:
		v.Add(name, "too_long")
	}
}

// taken reports whether a post takes part already, other than in the place of p.
func (m Meeting) taken(p Participant, post domain.PostID) bool {
	return !post.IsZero() && slices.ContainsFunc(m.Participants, func(o Participant) bool {
		return o.ID != p.ID && (o.PostID == post || o.SubstituteID == post)
	})
}

// checkMovements returns the movements with their items' places: in turn coming
// and leaving, forwards in time, each at an item of the agenda, of somebody who
// was there.
func (m Meeting) checkMovements(v *domain.Violations, e AttendanceEdit, items []AgendaItem) []Movement {
	if len(e.Movements) == 0 {
		return nil
	}
	if m.in("", InProgress, Closed) != nil || e.Attendance == Absent || e.Attendance == Expected {
		v.Add("/movements", "not_there")
	}
	if len(e.Movements) > maxMovements {
		v.Add("/movements", "too_many")
	}
	out := make([]Movement, 0, len(e.Movements))
	for n, move := range e.Movements {
		move.At = utc(move.At)
		at := "/movements/" + strconv.Itoa(n)
		if move.Kind != Arrived && move.Kind != Left {
			v.Add(at+"/kind", "not_allowed")
		}
		if d := move.At.Sub(m.StartsAt); d < -24*time.Hour || d > 48*time.Hour {
			v.Add(at+"/at", "not_during_meeting")
		}
		if n > 0 {
			if before := out[n-1]; before.Kind == move.Kind {
				v.Add(at+"/kind", "twice")
			} else if move.At.Before(before.At) {
				v.Add(at+"/at", "before_previous")
			}
		}
		i := slices.IndexFunc(items, func(i AgendaItem) bool { return i.ID == move.ItemID })
		if i < 0 {
			v.Add(at+"/agendaItemId", "unknown")
		} else {
			move.Position, move.AgendaNo = items[i].Position, items[i].AgendaNo
		}
		out = append(out, move)
	}
	return out
}
