package meeting_test

import (
	"errors"
	"slices"
	"testing"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// seat is a place in a meeting of two principal parties: 0 Espoo, 1 LUVN.
type seat struct {
	party      int
	role       meeting.Role
	attendance meeting.Attendance
	substitute bool // a post takes it
	guest      bool // in words
}

// meets is a meeting that was called with these seats.
func meets(t *testing.T, status meeting.Status, seats ...seat) meeting.Meeting {
	t.Helper()
	m := held(t, meeting.Called)
	m.Participants = nil
	var members []meeting.Participant
	for _, s := range seats {
		members = append(members, meeting.Participant{PostID: newPost(), PartyID: m.Principals[s.party], Role: s.role})
	}
	m.Expect(members)
	for i, s := range seats {
		p := &m.Participants[i]
		fresh(&p.ID)
		if s.attendance != "" {
			p.Attendance = s.attendance
		}
		if s.substitute {
			p.SubstituteID = newPost()
		}
		if s.guest {
			p.PostID, p.Guest = domain.PostID{}, "Tulkki"
		}
	}
	m.Status = status
	return m
}

// Whatever the forum looked like at the call, the paper can be approved: what is
// lacking is told, and naming mends it.
func TestNoMeetingIsADeadEnd(t *testing.T) {
	t.Parallel()
	chair, member := meeting.Chair, meeting.Member
	other := newPost()
	for _, tt := range []struct {
		name    string
		seats   []seat
		lacking meeting.Lacking
		mend    func(*meeting.Meeting) []error
	}{
		{"nothing is lacking", []seat{{0, chair, "", false, false}, {0, member, "", false, false}, {1, member, "", false, false}}, meeting.Lacking{}, nil},
		{"a party has only its chair", []seat{{0, chair, "", false, false}, {1, member, "", false, false}}, meeting.Lacking{Inspectors: []domain.PartyID{{}}},
			func(m *meeting.Meeting) []error {
				return []error{m.NameInspector(meeting.Naming{PostID: other, PartyID: m.Principals[0], Reason: "Puheenjohtaja oli ainoa."})}
			}},
		{"no chair", []seat{{0, member, "", false, false}, {0, member, "", false, false}, {1, member, "", false, false}}, meeting.Lacking{Chair: true},
			func(m *meeting.Meeting) []error {
				return []error{m.NameActingChair(meeting.Naming{PostID: m.Participants[1].PostID, PartyID: m.Principals[0], Reason: "Foorumilla ei ole puheenjohtajaa."})}
			}},
		{"the only inspector chairs", []seat{{0, member, "", false, false}, {1, member, "", false, false}}, meeting.Lacking{Chair: true},
			func(m *meeting.Meeting) []error {
				return []error{m.NameActingChair(meeting.Naming{PostID: m.Participants[0].PostID, PartyID: m.Principals[0], Reason: "Ei puheenjohtajaa."}),
					m.NameInspector(meeting.Naming{PostID: other, PartyID: m.Principals[0], Reason: "Ainoa jäsen toimi puheenjohtajana."})}
			}},
		{"only guests came of a party", []seat{{0, chair, "", false, false}, {0, member, "", false, false}, {1, meeting.Expert, meeting.Present, false, true}},
			meeting.Lacking{Inspectors: []domain.PartyID{{}}},
			func(m *meeting.Meeting) []error {
				return []error{m.NameInspector(meeting.Naming{PostID: other, PartyID: m.Principals[1], Reason: "Paikalla oli vain vieras."})}
			}},
		{"nobody takes part as a post", nil, meeting.Lacking{Chair: true, Inspectors: []domain.PartyID{{}, {}}},
			func(m *meeting.Meeting) []error {
				return []error{m.NameActingChair(meeting.Naming{PostID: newPost(), PartyID: m.Principals[1], Reason: "Syy"}),
					m.NameInspector(meeting.Naming{PostID: newPost(), PartyID: m.Principals[0], Reason: "Syy"}),
					m.NameInspector(meeting.Naming{PostID: newPost(), PartyID: m.Principals[1], Reason: "Syy"})}
			}},
	} {
		for _, status := range []meeting.Status{meeting.Called, meeting.InProgress, meeting.Closed} {
			t.Run(tt.name+" "+string(status), func(t *testing.T) {
				m := meets(t, status, tt.seats...)
				if got := m.Lacking(); got.Chair != tt.lacking.Chair || len(got.Inspectors) != len(tt.lacking.Inspectors) {
					t.Fatalf("lacking %+v", got)
				}
				if tt.mend != nil {
					for n, err := range tt.mend(&m) {
						if err != nil {
							t.Fatalf("naming %d: %v", n, err)
						}
					}
				}
				if got := m.Lacking(); got.Any() {
					t.Fatalf("still lacking %+v", got)
				}
				m.Status = meeting.Closed
				if err := approveAll(&m); err != nil || m.Status != meeting.Approved {
					t.Errorf("%v, %s after all of %+v", err, m.Status, m.Approvers())
				}
			})
		}
	}
}

func TestNamingRefuses(t *testing.T) {
	t.Parallel()
	three := []seat{{0, meeting.Chair, "", false, false}, {0, meeting.Member, "", false, false}, {1, meeting.Member, "", true, false},
		{1, meeting.Member, meeting.Absent, false, false}, {1, meeting.Expert, meeting.Present, false, false}}
	for _, tt := range []struct {
		name    string
		status  meeting.Status
		chair   bool
		naming  func(meeting.Meeting) meeting.Naming
		pointer string
		code    string // without a pointer of the conflict; "" is done
	}{
		{"a chair without a reason", meeting.Called, true, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[1].PostID, PartyID: m.Principals[0], Reason: " "}
		}, "/reason", "required"},
		{"a chair who is not there", meeting.InProgress, true, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[3].PostID, PartyID: m.Principals[1], Reason: "Syy"}
		}, "/postId", "not_taking_part"},
		{"a chair whose place another takes", meeting.InProgress, true, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[2].PostID, PartyID: m.Principals[1], Reason: "Syy"}
		}, "/postId", "not_taking_part"},
		{"that other chairs", meeting.InProgress, true, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[2].SubstituteID, PartyID: m.Principals[1], Reason: "Syy"}
		}, "", ""},
		{"a chair before the call", meeting.Draft, true, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[1].PostID, PartyID: m.Principals[0], Reason: "Syy"}
		}, "", "meeting_locked"},
		{"a chair after the approval", meeting.Approved, true, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[1].PostID, PartyID: m.Principals[0], Reason: "Syy"}
		}, "", "meeting_locked"},
		{"the chair inspects", meeting.InProgress, false, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[0].PostID, PartyID: m.Principals[0], Reason: "Syy"}
		}, "/postId", "chairs"},
		{"nobody inspects", meeting.InProgress, false, func(meeting.Meeting) meeting.Naming { return meeting.Naming{Reason: "Syy"} }, "/postId", "required"},
		{"of another party", meeting.InProgress, false, func(meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: newPost(), PartyID: newParty(), Reason: "Syy"}
		}, "/postId", "not_of_principal_party"},
		{"a substitute needs no reason", meeting.InProgress, false, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[2].SubstituteID, PartyID: m.Principals[1]}
		}, "", ""},
		{"who was absent does", meeting.InProgress, false, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[3].PostID, PartyID: m.Principals[1]}
		}, "/reason", "required"},
		{"and an expert", meeting.InProgress, false, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[4].PostID, PartyID: m.Principals[1]}
		}, "/reason", "required"},
		{"and anybody after the closure", meeting.Closed, false, func(m meeting.Meeting) meeting.Naming {
			return meeting.Naming{PostID: m.Participants[2].SubstituteID, PartyID: m.Principals[1]}
		}, "/reason", "required"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := meets(t, tt.status, three...)
			name := (*meeting.Meeting).NameInspector
			if tt.chair {
				name = (*meeting.Meeting).NameActingChair
			}
			err := name(&m, tt.naming(m))
			switch {
			case tt.pointer == "" && code(err) != tt.code, tt.pointer != "" && !slices.Contains(fields(err), domain.FieldError{Pointer: tt.pointer, Code: tt.code}):
				t.Errorf("got %v, want %q %s", err, tt.pointer, tt.code)
			}
		})
	}
}

// One chairs and others inspect: nobody does both, and who has approved stays.
func TestActingChairDoesNotInspect(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.Closed)
	luvn := m.Participants[3]
	if err := m.NameActingChair(meeting.Naming{PostID: luvn.PostID, PartyID: luvn.PartyID, Reason: "Puheenjohtaja oli poissa."}); err != nil {
		t.Fatal(err)
	}
	if got := m.Approvers(); len(got) != 3 || got[0].PostID != luvn.PostID || got[0].Role != meeting.ByChair || got[2].PostID != m.Participants[4].PostID {
		t.Fatalf("approvers %+v", got)
	}
	if _, _, err := m.Approve(domain.ApprovalID{}, m.Participants[0].PostID, "h", now); err == nil {
		t.Error("the chair in whose place another chaired approves")
	}
	if err := m.NameInspector(meeting.Naming{PostID: m.Participants[0].PostID, PartyID: m.Participants[0].PartyID, Reason: "Puheenjohtaja tuli myöhemmin."}); err != nil {
		t.Errorf("the chair who did not chair cannot inspect: %v", err)
	}
	if err := m.NameActingChair(meeting.Naming{Reason: "Kirjattu väärin."}); err != nil {
		t.Fatal(err)
	}
	if got := m.Lacking(); got.Any() || m.Participants[0].Inspector {
		t.Errorf("after the chair chairs again: lacking %+v, %+v", got, m.Participants[0])
	}
	for _, post := range []domain.PostID{m.Participants[0].PostID, m.Participants[4].PostID} {
		if _, _, err := m.Approve(domain.ApprovalID{}, post, "h", now); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.NameActingChair(meeting.Naming{PostID: luvn.PostID, PartyID: luvn.PartyID, Reason: "Syy"}); code(err) != "chair_has_approved" {
		t.Errorf("another chair after the approval: %v", err)
	}
	if err := m.NameInspector(meeting.Naming{PostID: luvn.PostID, PartyID: luvn.PartyID, Reason: "Syy"}); code(err) != "inspector_has_approved" {
		t.Errorf("another inspector after the approval: %v", err)
	}
}

func TestRosterFollowsTheForum(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.Called)
	was := m.Participants
	place := func(i int, role meeting.Role) meeting.Participant {
		return meeting.Participant{PostID: was[i].PostID, PartyID: was[i].PartyID, Role: role}
	}
	fresh := meeting.Participant{PostID: newPost(), PartyID: m.Principals[1], Role: meeting.Member}
	// The chair has left, the Espoo member chairs, a LUVN member has left, one is new.
	members := []meeting.Participant{place(2, meeting.Chair), place(1, meeting.Secretary), place(3, meeting.Member), fresh, place(5, meeting.Member)}
	r := m.Roster(members)
	if len(r.Joined) != 2 || r.Joined[0].ID != was[2].ID || r.Joined[1].PostID != fresh.PostID || !r.Joined[1].ID.IsZero() {
		t.Errorf("joined %+v", r.Joined)
	}
	if !slices.Equal(r.Left, []domain.ParticipantID{was[0].ID, was[4].ID}) {
		t.Errorf("left %v", r.Left)
	}
	added, err := m.TakeIn(members)
	if err != nil || !slices.Equal(added, []domain.PostID{fresh.PostID}) {
		t.Fatalf("%v, %v", added, err)
	}
	if m.Participants[0].Role != meeting.Expert || m.Participants[2].Role != meeting.Chair || m.Participants[2].Inspector {
		t.Errorf("the chairs: %+v, %+v", m.Participants[0], m.Participants[2])
	}
	if got := m.Lacking(); got.Chair || !slices.Equal(got.Inspectors, m.Principals[:1]) {
		t.Errorf("lacking %+v: the only Espoo member chairs", got)
	}
	if _, err := m.TakeIn(members); code(err) != "nobody_joined" {
		t.Errorf("taken in twice: %v", err)
	}
	m.Participants[4].Attendance = meeting.Present
	if _, err := m.TakeOff(was[4].ID, members); code(err) != "attendance_recorded" {
		t.Errorf("who was there is taken off: %v", err)
	}
	m.Participants[4].Attendance = meeting.Expected
	if _, err := m.TakeOff(was[3].ID, members); code(err) != "membership_goes_on" {
		t.Errorf("a member is taken off: %v", err)
	}
	if _, err := m.TakeOff(was[4].ID, members); err != nil || len(m.Participants) != 6 {
		t.Errorf("%v, %d participants", err, len(m.Participants))
	}
	m.Status = meeting.Closed
	if _, err := m.TakeIn(members); code(err) != "meeting_locked" {
		t.Errorf("after the closure: %v", err)
	}
	if r := m.Roster(members); len(r.Joined)+len(r.Left) != 0 {
		t.Errorf("after the closure %+v", r)
	}
	draft := held(t, meeting.Draft)
	draft.Participants = nil
	if r := draft.Roster([]meeting.Participant{{PostID: newPost(), PartyID: draft.Principals[0], Role: meeting.Member}}); !r.Lacking.Chair || !slices.Equal(r.Lacking.Inspectors, draft.Principals[1:]) {
		t.Errorf("a draft would lack %+v", r.Lacking)
	}
}

func fields(err error) []domain.FieldError {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e.Fields
	}
	return nil
}
