package meeting_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// agendaOf are items in order, each with something recorded.
func agendaOf(m meeting.Meeting, n int) []meeting.AgendaItem {
	items := make([]meeting.AgendaItem, n)
	position := ""
	for i := range items {
		var item domain.AgendaItemID
		position = meeting.KeyBetween(position, "")
		items[i] = meeting.AgendaItem{ID: fresh(&item), MeetingID: m.ID, Position: position, AgendaNo: i + 1, Decision: domain.Text{FI: "Päätettiin."}}
	}
	return items
}

// Who came and left at which items decides, item by item, which parties were
// there when it was settled.
func TestQuorumOfEachItem(t *testing.T) {
	t.Parallel()
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
	type moves []struct {
		kind    meeting.MovementKind
		minutes int
		item    int
	}
	for _, tt := range []struct {
		name        string
		first       meeting.Attendance // of the first party's chair
		chair       moves
		second      meeting.Attendance // of the second party's only one
		other       moves
		want        string // an item each: b both, 1 or 2 missing, 0 both missing
		missingNow  int
		chairIsNow  bool
		otherIsThen bool
	}{
		{name: "both all the time", first: meeting.Present, second: meeting.Remote, want: "bbbbb", chairIsNow: true, otherIsThen: true},
		{name: "one never came", first: meeting.Present, second: meeting.Absent, want: "22222", missingNow: 1, chairIsNow: true},
		{name: "came during the second item", first: meeting.Present, second: meeting.Present, other: moves{{meeting.Arrived, 20, 1}}, want: "2bbbb", chairIsNow: true, otherIsThen: true},
		{name: "left during the fourth", first: meeting.Present, second: meeting.Remote, other: moves{{meeting.Left, 60, 3}}, want: "bbb22", missingNow: 1, chairIsNow: true, otherIsThen: true},
		{name: "away for an item", first: meeting.Present, chair: moves{{meeting.Left, 10, 1}, {meeting.Arrived, 25, 2}}, second: meeting.Present, want: "b1bbb", chairIsNow: true, otherIsThen: true},
		{name: "came and left within one item", first: meeting.Present, chair: moves{{meeting.Left, 10, 2}, {meeting.Arrived, 12, 2}}, second: meeting.Present, want: "bbbbb", chairIsNow: true, otherIsThen: true},
		{name: "one after the other", first: meeting.Present, chair: moves{{meeting.Left, 30, 3}}, second: meeting.Present, other: moves{{meeting.Left, 20, 1}, {meeting.Arrived, 30, 3}}, want: "b2211", missingNow: 1, otherIsThen: true},
		{name: "nobody came", first: meeting.Absent, second: meeting.Expected, want: "00000", missingNow: 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := held(t, meeting.InProgress)
			items := agendaOf(m, 5)
			edit := func(participant int, a meeting.Attendance, all moves) {
				e := meeting.AttendanceEdit{Attendance: a, Inspector: m.Participants[participant].Inspector}
				for _, v := range all {
					e.Movements = append(e.Movements, meeting.Movement{Kind: v.kind, At: at(v.minutes), ItemID: items[v.item].ID})
				}
				changed, err := m.Attend(m.Participants[participant].ID, e, items)
				if err != nil {
					t.Fatal(err)
				}
				m.Participants[participant] = changed[len(changed)-1]
			}
			edit(0, tt.first, tt.chair)
			edit(3, tt.second, tt.other)
			var got strings.Builder
			for _, i := range items {
				missing, known := m.MissingAt(i)
				switch {
				case !known:
					got.WriteString("?")
				case len(missing) == 0:
					got.WriteString("b")
				case len(missing) == 2:
					got.WriteString("0")
				case missing[0] == m.Principals[0]:
					got.WriteString("1")
				default:
					got.WriteString("2")
				}
			}
			if got.String() != tt.want {
				t.Errorf("items %s, want %s", got.String(), tt.want)
			}
			if n := len(m.Missing()); n != tt.missingNow {
				t.Errorf("%d parties missing at the end, want %d", n, tt.missingNow)
			}
			if m.Participants[0].There() != tt.chairIsNow || m.Participants[3].Attended() != tt.otherIsThen {
				t.Errorf("chair there %v, other attended %v", m.Participants[0].There(), m.Participants[3].Attended())
			}
		})
	}
}

func TestQuorumOfAnItemIsKnownOnceHandled(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.InProgress)
	item := agendaOf(m, 1)[0]
	if _, known := m.MissingAt(item); known {
		t.Error("known before anybody's attendance was noted")
	}
	m.Participants[0].Attendance = meeting.Present
	if missing, known := m.MissingAt(item); !known || len(missing) != 1 {
		t.Errorf("%v, %v", missing, known)
	}
	for name, i := range map[string]meeting.AgendaItem{"untouched": {}, "with an outcome": {Outcomes: []meeting.Outcome{{}}},
		"with proceedings": {Proceedings: domain.Text{SV: "Diskuterades."}}} {
		if _, known := m.MissingAt(i); known == (name == "untouched") {
			t.Errorf("%s: known %v", name, known)
		}
	}
	m.Status = meeting.Called
	if _, known := m.MissingAt(item); known {
		t.Error("known before the meeting began")
	}
}

func TestAttendanceRefuses(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.InProgress)
	items := agendaOf(m, 3)
	move := func(kind meeting.MovementKind, minutes, item int) meeting.Movement {
		return meeting.Movement{Kind: kind, At: now.Add(time.Duration(minutes) * time.Minute), ItemID: items[item].ID}
	}
	m.Participants[4].SubstituteID = newPost()
	guest := meeting.Participant{PartyID: m.Principals[0], Guest: "Tulkki", Role: meeting.Expert}
	fresh(&guest.ID)
	m.Participants = append(m.Participants, guest)
	for _, tt := range []struct {
		name    string
		who     int
		e       meeting.AttendanceEdit
		pointer string
		code    string
	}{
		{"left while absent", 0, meeting.AttendanceEdit{Attendance: meeting.Absent, Movements: []meeting.Movement{move(meeting.Left, 1, 0)}}, "/movements", "not_there"},
		{"came while not said", 0, meeting.AttendanceEdit{Attendance: meeting.Expected, Movements: []meeting.Movement{move(meeting.Arrived, 1, 0)}}, "/movements", "not_there"},
		{"left twice", 0, meeting.AttendanceEdit{Attendance: meeting.Present, Movements: []meeting.Movement{move(meeting.Left, 1, 0), move(meeting.Left, 2, 1)}}, "/movements/1/kind", "twice"},
		{"backwards", 0, meeting.AttendanceEdit{Attendance: meeting.Present, Movements: []meeting.Movement{move(meeting.Left, 5, 0), move(meeting.Arrived, 2, 1)}}, "/movements/1/at", "before_previous"},
		{"another day", 0, meeting.AttendanceEdit{Attendance: meeting.Present, Movements: []meeting.Movement{move(meeting.Left, 60*72, 0)}}, "/movements/0/at", "not_during_meeting"},
		{"no such item", 0, meeting.AttendanceEdit{Attendance: meeting.Present, Movements: []meeting.Movement{{Kind: meeting.Left, At: now}}}, "/movements/0/agendaItemId", "unknown"},
		{"no such kind", 0, meeting.AttendanceEdit{Attendance: meeting.Present, Movements: []meeting.Movement{move("slept", 1, 0)}}, "/movements/0/kind", "not_allowed"},
		{"too often", 0, meeting.AttendanceEdit{Attendance: meeting.Present, Movements: slices.Repeat([]meeting.Movement{move(meeting.Left, 1, 0)}, 21)}, "/movements", "too_many"},
		{"their own substitute", 0, meeting.AttendanceEdit{SubstituteID: m.Participants[0].PostID}, "/substitute", "not_allowed"},
		{"a member as substitute", 0, meeting.AttendanceEdit{SubstituteID: m.Participants[3].PostID}, "/substitute/postId", "takes_part_already"},
		{"one substitute for two", 0, meeting.AttendanceEdit{SubstituteID: m.Participants[4].SubstituteID}, "/substitute/postId", "takes_part_already"},
		{"a post and words", 0, meeting.AttendanceEdit{SubstituteID: newPost(), Substitute: "varajäsen"}, "/substitute", "not_allowed"},
		{"a guest's substitute", 6, meeting.AttendanceEdit{Substitute: "toinen tulkki"}, "/substitute", "not_a_member"},
		{"long words", 0, meeting.AttendanceEdit{Substitute: strings.Repeat("ä", 201)}, "/substitute/name", "too_long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.e.Attendance == "" {
				tt.e.Attendance = meeting.Present
			}
			_, err := m.Attend(m.Participants[tt.who].ID, tt.e, items)
			e, ok := errors.AsType[*domain.Error](err)
			if !ok || !slices.Contains(e.Fields, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
				t.Errorf("got %v, want %s %s", err, tt.pointer, tt.code)
			}
		})
	}
	substitute := meeting.AttendanceEdit{Attendance: meeting.Remote, Substitute: " varajäsen "}
	if changed, err := m.Attend(m.Participants[3].ID, substitute, nil); err != nil || changed[len(changed)-1].Substitute != "varajäsen" {
		t.Errorf("%+v, %v", changed, err)
	}
}

// The pen from hand to hand: who may do what, when, and who is told no.
func TestPen(t *testing.T) {
	t.Parallel()
	hand := func() meeting.Hand {
		var person domain.PersonID
		return meeting.Hand{PersonID: fresh(&person), PostID: newPost()}
	}
	ada, bo, cecilia := hand(), hand(), hand()
	later := now.Add
	type step func(*meeting.Pen) error
	take := func(h meeting.Hand, d time.Duration) step {
		return func(p *meeting.Pen) error { return p.Take(h, later(d)) }
	}
	ask := func(h meeting.Hand, d time.Duration) step {
		return func(p *meeting.Pen) error { return p.Ask(h, later(d)) }
	}
	keep := func(h meeting.Hand, d time.Duration) step {
		return func(p *meeting.Pen) error { return p.Keep(h, later(d)) }
	}
	pass := func(h, to meeting.Hand, d time.Duration) step {
		return func(p *meeting.Pen) error { return p.Pass(h, to, later(d)) }
	}
	write := func(h meeting.Hand, d time.Duration) step {
		return func(p *meeting.Pen) error { return p.Lets(h, later(d)) }
	}
	for _, tt := range []struct {
		name   string
		steps  []step
		code   string // of the last step
		holder meeting.Hand
	}{
		{"free to take", []step{take(ada, 0)}, "", ada},
		{"anybody writes while it is free", []step{write(bo, 0)}, "", meeting.Hand{}},
		{"the holder writes", []step{take(ada, 0), write(ada, time.Minute)}, "", ada},
		{"others do not", []step{take(ada, 0), write(bo, time.Minute)}, "pen_held", ada},
		{"nor take it", []step{take(ada, 0), take(bo, time.Minute)}, "pen_held", ada},
		{"it lapses", []step{take(ada, 0), write(bo, meeting.PenLapses)}, "", ada},
		{"and is taken then", []step{take(ada, 0), take(bo, meeting.PenLapses)}, "", bo},
		{"unless renewed", []step{take(ada, 0), take(ada, 2*time.Minute), take(bo, meeting.PenLapses)}, "pen_held", ada},
		{"asked and passed", []step{take(ada, 0), ask(bo, time.Second), pass(ada, bo, 2*time.Second)}, "", bo},
		{"asked, no answer yet", []step{take(ada, 0), ask(bo, time.Second), take(bo, 5*time.Second)}, "pen_held", ada},
		{"asked, no answer", []step{take(ada, 0), ask(bo, time.Second), take(bo, time.Second+meeting.PenAnswer)}, "", bo},
		{"asked by another", []step{take(ada, 0), ask(bo, time.Second), take(cecilia, time.Second+meeting.PenAnswer)}, "pen_held", ada},
		{"two ask", []step{take(ada, 0), ask(bo, time.Second), ask(cecilia, 2*time.Second)}, "pen_asked", ada},
		{"asked again", []step{take(ada, 0), ask(bo, time.Second), ask(bo, 10*time.Second), take(bo, time.Second+meeting.PenAnswer)}, "", bo},
		{"the holder keeps it", []step{take(ada, 0), ask(bo, time.Second), keep(ada, 2*time.Second), take(bo, time.Minute)}, "pen_held", ada},
		{"only the holder answers", []step{take(ada, 0), ask(bo, time.Second), keep(cecilia, 2*time.Second)}, "pen_not_yours", ada},
		{"only the holder passes", []step{take(ada, 0), pass(bo, cecilia, time.Second)}, "pen_not_yours", ada},
		{"laid down", []step{take(ada, 0), pass(ada, meeting.Hand{}, time.Second)}, "", meeting.Hand{}},
		{"nothing to ask for", []step{ask(ada, 0)}, "pen_free", meeting.Hand{}},
		{"one's own", []step{take(ada, 0), ask(ada, 1)}, "pen_yours", ada},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var p meeting.Pen
			for n, s := range tt.steps {
				err := s(&p)
				if n == len(tt.steps)-1 {
					if code(err) != tt.code {
						t.Errorf("the last step: %v, want %q", err, tt.code)
					}
				} else if err != nil {
					t.Fatalf("step %d: %v", n, err)
				}
			}
			if p.Holder != tt.holder {
				t.Errorf("held by %v, want %v", p.Holder, tt.holder)
			}
		})
	}
}

// The secretary, an expert and a guest take part without deciding: they make no
// quorum, live, of an item or on paper.
func TestQuorumIsOfChairAndMembers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		role    meeting.Role
		guest   string
		replace bool // a substitute is there in their place
		decides bool
	}{
		{"the chair", meeting.Chair, "", false, true},
		{"a member", meeting.Member, "", false, true},
		{"a member's substitute", meeting.Member, "", true, true},
		{"the secretary", meeting.Secretary, "", false, false},
		{"the secretary's substitute", meeting.Secretary, "", true, false},
		{"an expert with a post", meeting.Expert, "", false, false},
		{"a guest in words", meeting.Expert, "Tulkki", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := held(t, meeting.InProgress)
			luvn := m.Principals[1]
			p := meeting.Participant{PartyID: luvn, Role: tt.role, Guest: tt.guest, Attendance: meeting.Present}
			if tt.guest == "" {
				p.PostID = newPost()
			}
			if tt.replace {
				p.SubstituteID = newPost()
			}
			m.Participants = []meeting.Participant{{PartyID: m.Principals[0], PostID: newPost(), Role: meeting.Member, Attendance: meeting.Remote}, p}
			item := agendaOf(m, 1)[0]
			item.Decision = domain.Text{FI: "Päätettiin"}
			missing := []domain.PartyID{luvn}
			if tt.decides {
				missing = nil
			}
			if got := m.Missing(); !slices.Equal(got, missing) {
				t.Errorf("missing now %v, want %v", got, missing)
			}
			if got, known := m.MissingAt(item); !known || !slices.Equal(got, missing) {
				t.Errorf("missing at the item %v, %v, want %v", got, known, missing)
			}
			paper := meeting.DraftPaper(m, []meeting.AgendaItem{item}, meeting.PaperSources{
				Parties: []meeting.PaperParty{{ID: m.Principals[0], Principal: true}, {ID: luvn, Principal: true}}})
			if paper.Quorum() != tt.decides || !slices.Equal(paper.Items[0].Missing, missing) {
				t.Errorf("on paper: quorum %v, missing %v", paper.Quorum(), paper.Items[0].Missing)
			}
		})
	}
}
