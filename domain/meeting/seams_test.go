package meeting_test

import (
	"testing"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// A decision rests on what its item goes on by; what was ended since, refused or
// taken back carries nothing any more.
func TestWhatWasEndedCarriesNothing(t *testing.T) {
	t.Parallel()
	referred := func(state meeting.ReferralState) meeting.Outcome {
		return meeting.Outcome{Type: meeting.Referred, Referrals: []meeting.Referral{{State: meeting.Refused}, {State: state, SettledAt: &now}}}
	}
	for name, c := range map[string]struct {
		beside meeting.Outcome
		open   bool
	}{
		"a deferral":                {meeting.Outcome{Type: meeting.Deferred}, false},
		"a deferral that was ended": {meeting.Outcome{Type: meeting.Deferred, EndedAt: &now}, true},
		"a referral to nobody":      {meeting.Outcome{Type: meeting.Referred}, false},
		"one that was ended":        {meeting.Outcome{Type: meeting.Referred, EndedAt: &now}, true},
		"one that waits":            {referred(meeting.Waiting), false},
		"one that was accepted":     {referred(meeting.Accepted), false},
		"one that was settled":      {referred(meeting.Refused), true},
		"one that was withdrawn":    {referred(meeting.Withdrawn), true},
		"a note":                    {meeting.Outcome{Type: meeting.Noted}, true},
	} {
		decision := meeting.Outcome{Type: meeting.Decision}
		if got := (meeting.AgendaItem{Outcomes: []meeting.Outcome{decision, c.beside}}).Open(decision); got != c.open {
			t.Errorf("beside %s: open %v", name, got)
		}
	}
}

// Who is replaced does not inspect without being named.
func TestWhoIsReplacedDoesNotInspect(t *testing.T) {
	t.Parallel()
	m := meets(t, meeting.InProgress, seat{0, meeting.Chair, "", false, false}, seat{0, meeting.Member, "", false, false},
		seat{0, meeting.Member, meeting.Present, true, false}, seat{1, meeting.Member, "", false, false})
	if err := m.NameActingChair(meeting.Naming{PostID: m.Participants[1].PostID, PartyID: m.Principals[0], Reason: "Este"}); err != nil {
		t.Fatal(err)
	}
	if l := m.Lacking(); len(l.Inspectors) != 1 || l.Inspectors[0] != m.Principals[0] {
		t.Errorf("lacking %+v, participants %+v", l, m.Participants)
	}
}

// A named inspector who becomes the forum's chair is asked once, as the chair.
func TestANamedInspectorWhoJoinsAsTheChairOnlyChairs(t *testing.T) {
	t.Parallel()
	m := meets(t, meeting.InProgress, seat{1, meeting.Member, "", false, false})
	named := newPost()
	if err := m.NameInspector(meeting.Naming{PostID: named, PartyID: m.Principals[0], Reason: "Ei muita"}); err != nil {
		t.Fatal(err)
	}
	members := []meeting.Participant{{PostID: named, PartyID: m.Principals[0], Role: meeting.Chair},
		{PostID: m.Participants[0].PostID, PartyID: m.Principals[1], Role: meeting.Member}}
	if _, err := m.TakeIn(members); err != nil {
		t.Fatal(err)
	}
	var roles []meeting.ApprovalRole
	for _, a := range m.Approvers() {
		if a.PostID == named {
			roles = append(roles, a.Role)
		}
	}
	if len(roles) != 1 || roles[0] != meeting.ByChair {
		t.Errorf("asked as %v", roles)
	}
	if l := m.Lacking(); len(l.Inspectors) != 1 || l.Inspectors[0] != m.Principals[0] {
		t.Errorf("lacking %+v", l)
	}
}

// A party is represented by its own posts.
func TestASubstituteIsOfTheSameParty(t *testing.T) {
	t.Parallel()
	m := meets(t, meeting.Called, seat{0, meeting.Member, "", false, false}, seat{1, meeting.Member, "", false, false})
	edit := meeting.AttendanceEdit{Attendance: meeting.Expected, Inspector: true, SubstituteID: newPost(), SubstituteParty: m.Principals[1]}
	_, err := m.Attend(m.Participants[0].ID, edit, nil)
	if got := codeOf(err); got != "/substitute/postId other_party" {
		t.Errorf("of the other party: %q", got)
	}
	edit.SubstituteParty = m.Principals[0]
	if _, err := m.Attend(m.Participants[0].ID, edit, nil); err != nil {
		t.Error(err)
	}
	// Who was named before the rule stays when something else is said.
	m.Participants[0].SubstituteID, edit.SubstituteParty = edit.SubstituteID, domain.PartyID{}
	if _, err := m.Attend(m.Participants[0].ID, edit, nil); err != nil {
		t.Error(err)
	}
}
