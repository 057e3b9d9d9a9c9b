package meeting_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

var now = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

type id[K any] = domain.ID[K]

func fresh[K any](v *id[K]) id[K] {
	v.SetNew(domain.UUIDv7)
	return *v
}

func newPost() domain.PostID   { var p domain.PostID; return fresh(&p) }
func newParty() domain.PartyID { var p domain.PartyID; return fresh(&p) }

func edit() meeting.Edit {
	return meeting.Edit{StartsAt: now, EndsAt: now.Add(2 * time.Hour), Visibility: domain.Public}
}

// held is a meeting of two principal parties and a third: its chair and
// secretary are of the first, each has a member more.
func held(t *testing.T, status meeting.Status) meeting.Meeting {
	t.Helper()
	var mid domain.MeetingID
	var fid domain.ForumID
	m, err := meeting.New(fresh(&mid), fresh(&fid), 4, edit(), now)
	if err != nil {
		t.Fatal(err)
	}
	espoo, luvn, hus := newParty(), newParty(), newParty()
	m.Principals = []domain.PartyID{espoo, luvn}
	m.Expect([]meeting.Participant{{PostID: newPost(), PartyID: espoo, Role: meeting.Chair}, {PostID: newPost(), PartyID: espoo, Role: meeting.Secretary},
		{PostID: newPost(), PartyID: espoo, Role: meeting.Member}, {PostID: newPost(), PartyID: luvn, Role: meeting.Member},
		{PostID: newPost(), PartyID: luvn, Role: meeting.Member}, {PostID: newPost(), PartyID: hus, Role: meeting.Member}})
	for i := range m.Participants {
		fresh(&m.Participants[i].ID)
	}
	m.Status = status
	return m
}

// Every step from every state: allowed or refused with the state.
func TestLifeCycle(t *testing.T) {
	t.Parallel()
	steps := map[string]func(*meeting.Meeting) error{
		"call":    func(m *meeting.Meeting) error { return m.Call(now) },
		"start":   func(m *meeting.Meeting) error { return m.Start(now) },
		"close":   func(m *meeting.Meeting) error { return m.Close(nil, now) },
		"approve": approveAll,
		"publish": func(m *meeting.Meeting) error { return m.Publish(nil, now) },
		"cancel":  func(m *meeting.Meeting) error { return m.Cancel(domain.Text{FI: "Sairastapaus"}, now) },
		"edit":    func(m *meeting.Meeting) error { return m.Change(edit(), now) },
		"remove":  func(m *meeting.Meeting) error { return m.RemoveItem(meeting.AgendaItem{}, nil) },
		"reopen": func(m *meeting.Meeting) error {
			return m.ReopenMeeting(domain.Text{FI: "Asia jäi käsittelemättä"}, now)
		},
	}
	allowed := map[string]map[meeting.Status]meeting.Status{
		"call":    {meeting.Draft: meeting.Called},
		"start":   {meeting.Called: meeting.InProgress},
		"close":   {meeting.InProgress: meeting.Closed},
		"reopen":  {meeting.Closed: meeting.InProgress},
		"approve": {meeting.Closed: meeting.Approved},
		"publish": {meeting.Approved: meeting.Published},
		"cancel":  {meeting.Draft: meeting.Cancelled, meeting.Called: meeting.Cancelled},
		"remove":  {meeting.Draft: meeting.Draft, meeting.Called: meeting.Called},
		"edit": {meeting.Draft: meeting.Draft, meeting.Called: meeting.Called, meeting.InProgress: meeting.InProgress,
			meeting.Closed: meeting.Closed},
	}
	for name, step := range steps {
		for _, from := range []meeting.Status{meeting.Draft, meeting.Called, meeting.InProgress, meeting.Closed, meeting.Approved, meeting.Published, meeting.Cancelled} {
			t.Run(fmt.Sprintf("%s %s", name, from), func(t *testing.T) {
				m := held(t, from)
				err := step(&m)
				to, ok := allowed[name][from]
				if ok {
					if err != nil || m.Status != to {
						t.Fatalf("%v, then %s; want %s", err, m.Status, to)
					}
					return
				}
				e, isDomain := errors.AsType[*domain.Error](err)
				if !isDomain || e.Kind != domain.KindConflict || e.State != string(from) || m.Status != from {
					t.Fatalf("%v, then %s; want a conflict with the state", err, m.Status)
				}
			})
		}
	}
}

func approveAll(m *meeting.Meeting) error {
	for _, a := range m.Approvers() {
		if _, _, err := m.Approve(domain.ApprovalID{}, a.PostID, "h", now); err != nil {
			return err
		}
	}
	if len(m.Approvers()) != 3 {
		return fmt.Errorf("approvers %v", m.Approvers())
	}
	return nil
}

func TestApprovalNeedsChairAndBothParties(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.Closed)
	chair, espoo, luvn, hus := m.Participants[0], m.Participants[2], m.Participants[3], m.Participants[5]
	if !espoo.Inspector || !luvn.Inspector || m.Participants[4].Inspector || hus.Inspector {
		t.Fatalf("inspectors %+v", m.Participants)
	}
	for _, p := range []meeting.Participant{m.Participants[1], hus, m.Participants[4]} {
		if _, _, err := m.Approve(domain.ApprovalID{}, p.PostID, "h", now); !errors.Is(err, domain.Forbidden(domain.MeetingApprove)) {
			t.Errorf("%s may approve: %v", p.Role, err)
		}
	}
	for _, p := range []meeting.Participant{chair, espoo, luvn} {
		if m.Status != meeting.Closed {
			t.Fatal("approved before all have")
		}
		if _, _, err := m.Approve(domain.ApprovalID{}, p.PostID, "h", now); err != nil {
			t.Fatal(err)
		}
	}
	if m.Status != meeting.Approved || m.ApprovedAt == nil {
		t.Errorf("%s after all have approved", m.Status)
	}
	again := held(t, meeting.Closed)
	if _, _, err := again.Approve(domain.ApprovalID{}, again.Participants[0].PostID, "h", now); err != nil {
		t.Fatal(err)
	}
	if _, _, err := again.Approve(domain.ApprovalID{}, again.Participants[0].PostID, "h", now); code(err) != "already_approved" {
		t.Errorf("approved twice: %v", err)
	}
	if !m.Reopen(now) || m.Status != meeting.Closed || len(m.Approvals) != 0 || m.Reopen(now) {
		t.Errorf("reopened to %s with %v", m.Status, m.Approvals)
	}
}

func code(err error) string {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e.Code
	}
	return ""
}

func TestQuorumNeedsBothPrincipalParties(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.InProgress)
	if got := m.Missing(); !slices.Equal(got, m.Principals) {
		t.Errorf("before anybody came %v are missing", got)
	}
	for _, step := range []struct {
		participant int
		attendance  meeting.Attendance
		missing     int
	}{{5, meeting.Present, 2}, {0, meeting.Present, 1}, {3, meeting.Absent, 1}, {4, meeting.Remote, 0}, {0, meeting.Absent, 1}} {
		changed, err := m.Attend(m.Participants[step.participant].ID, meeting.AttendanceEdit{Attendance: step.attendance, Inspector: m.Participants[step.participant].Inspector}, nil)
		if err != nil {
			t.Fatal(err)
		}
		m.Participants[step.participant] = changed[len(changed)-1]
		if got := len(m.Missing()); got != step.missing {
			t.Errorf("after %+v %d parties are missing", step, got)
		}
	}
}

func TestInspectorIsReplacedByOneOfTheSameParty(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.Closed)
	old, other := m.Participants[3], m.Participants[4]
	if _, err := m.Attend(other.ID, meeting.AttendanceEdit{Attendance: meeting.Present, Inspector: true, Reason: ""}, nil); code(err) != "validation_failed" {
		t.Errorf("without a reason after the closure: %v", err)
	}
	changed, err := m.Attend(other.ID, meeting.AttendanceEdit{Attendance: meeting.Present, Inspector: true, Reason: "Tarkastaja on poissa."}, nil)
	if err != nil || len(changed) != 2 || changed[0].ID != old.ID || changed[0].Inspector || !changed[1].Inspector {
		t.Fatalf("%v, %+v", err, changed)
	}
	for _, i := range []int{0, 5} { // the chair, and one of a party that is not principal
		if _, err := m.Attend(m.Participants[i].ID, meeting.AttendanceEdit{Attendance: meeting.Present, Inspector: true, Reason: "Syy"}, nil); code(err) != "validation_failed" {
			t.Errorf("participant %d inspects: %v", i, err)
		}
	}
	if _, _, err := m.Approve(domain.ApprovalID{}, old.PostID, "h", now); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Attend(other.ID, meeting.AttendanceEdit{Attendance: meeting.Present, Inspector: true, Reason: "Syy"}, nil); code(err) != "inspector_has_approved" {
		t.Errorf("replaced after approving: %v", err)
	}
}

func TestOutcomesNeedTheirEnding(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		items []meeting.Outcome
		open  int
	}{
		{"nothing decided", nil, 0},
		{"decision alone", []meeting.Outcome{{Type: meeting.Decision}}, 1},
		{"decision and assignment", []meeting.Outcome{{Type: meeting.Decision}, {Type: meeting.Assignment}}, 2},
		{"with an action", []meeting.Outcome{{Type: meeting.Decision, Followed: true}}, 0},
		{"no action stated", []meeting.Outcome{{Type: meeting.Assignment, NoActionReason: domain.Text{SV: "Hör till nämnden."}}}, 0},
		{"carried on", []meeting.Outcome{{Type: meeting.Decision}, {Type: meeting.Deferred, DueOn: domain.NewDate(2027, 1, 31)}}, 0},
		{"referred", []meeting.Outcome{{Type: meeting.Decision}, {Type: meeting.Referred}}, 0},
		{"noted and recommended", []meeting.Outcome{{Type: meeting.Noted}, {Type: meeting.Recommendation, ToWhom: domain.Text{FI: "Kaupunginhallitus"}}}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := held(t, meeting.InProgress)
			for i := range tt.items {
				fresh(&tt.items[i].ID)
			}
			err := m.Close([]meeting.AgendaItem{{Outcomes: tt.items}}, now)
			e, _ := errors.AsType[*domain.Error](err)
			if tt.open == 0 {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if e == nil || e.Code != "decisions_without_ending" || len(e.Fields) != tt.open || e.Fields[0].Pointer != "/outcomes/"+tt.items[0].ID.String() {
				t.Errorf("%v", err)
			}
			if m.Status != meeting.InProgress {
				t.Errorf("%s although refused", m.Status)
			}
		})
	}
}

// Outcomes are recorded in a meeting in progress; between its closure and its
// publication as late entries, which alone can then be corrected.
func TestOutcomesByState(t *testing.T) {
	t.Parallel()
	e := meeting.OutcomeEdit{Type: meeting.Decision, Text: domain.Text{FI: "Päätettiin."}}
	for status, want := range map[meeting.Status]struct{ record, late, correct, correctLate bool }{
		meeting.Draft: {}, meeting.Called: {}, meeting.InProgress: {record: true, correct: true},
		meeting.Closed: {record: true, late: true, correctLate: true}, meeting.Approved: {record: true, late: true, correctLate: true},
		meeting.Published: {}, meeting.Cancelled: {},
	} {
		m := held(t, status)
		o, err := m.Record(domain.OutcomeID{}, domain.AgendaItemID{}, 1, e, now)
		if (err == nil) != want.record || o.LateEntry != want.late {
			t.Errorf("%s: %v, late %v", status, err, o.LateEntry)
		}
		if err := m.Correct(&meeting.Outcome{}, e); (err == nil) != want.correct {
			t.Errorf("%s: correct: %v", status, err)
		}
		if err := m.Correct(&meeting.Outcome{LateEntry: true}, e); (err == nil) != want.correctLate {
			t.Errorf("%s: correct a late entry: %v", status, err)
		}
		f := meeting.FollowUp{LeadID: newPost(), DueOn: domain.NewDate(2027, 1, 31)}
		if err := m.Follow(meeting.AgendaItem{}, meeting.Outcome{}, &f); (err == nil) != want.record {
			t.Errorf("%s: follow: %v", status, err)
		}
	}
}

func TestFollowUpIsInternalUntilThePaperIsPublished(t *testing.T) {
	t.Parallel()
	open, secret := meeting.AgendaItem{Visibility: domain.Public}, meeting.AgendaItem{Visibility: domain.Internal, VisibilityGround: "JulkL 24 §"}
	for _, tt := range []struct {
		item    meeting.AgendaItem
		meeting domain.Visibility
		want    string
	}{{open, domain.Public, meeting.UnpublishedGround}, {secret, domain.Public, "JulkL 24 §"}, {open, domain.Internal, "Sisäinen kokous"}} {
		m := held(t, meeting.InProgress)
		m.Visibility, m.VisibilityGround = tt.meeting, "Sisäinen kokous"
		f := meeting.FollowUp{LeadID: newPost(), DueOn: domain.NewDate(2027, 1, 31)}
		if err := m.Follow(tt.item, meeting.Outcome{}, &f); err != nil || f.Visibility != domain.Internal || f.VisibilityGround != tt.want {
			t.Errorf("%v, %s %q; want %q", err, f.Visibility, f.VisibilityGround, tt.want)
		}
	}
}

func TestSectionsRunOnUnlessGivenByHand(t *testing.T) {
	t.Parallel()
	m := held(t, meeting.Closed)
	item := func(section int) meeting.AgendaItem {
		return meeting.AgendaItem{Kind: meeting.Matter, Section: section}
	}
	sub, heading := item(0), meeting.AgendaItem{Kind: meeting.Heading}
	fresh(&sub.ParentID)
	items := m.Sections([]meeting.AgendaItem{heading, item(0), item(0), sub, item(0)}, 11)
	if len(items) != 3 || items[0].Section != 11 || items[2].Section != 13 {
		t.Errorf("%+v", items)
	}
	if got := m.Sections([]meeting.AgendaItem{item(0), item(18)}, 11); got != nil {
		t.Errorf("%+v", got)
	}
	m.ReopenedAt = &now // those of the first closing stand, what was added since goes on
	if got := m.Sections([]meeting.AgendaItem{item(11), item(0), item(12)}, 13); len(got) != 1 || got[0].Section != 13 {
		t.Errorf("%+v", got)
	}
}

// A key lies between its neighbours wherever items are put, and an agenda
// written in order has short keys.
func TestKeyBetween(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	keys := []string{}
	for range 2000 {
		at := r.IntN(len(keys) + 1)
		a, b := "", ""
		if at > 0 {
			a = keys[at-1]
		}
		if at < len(keys) {
			b = keys[at]
		}
		k := meeting.KeyBetween(a, b)
		if k <= a || b != "" && k >= b {
			t.Fatalf("%q is not between %q and %q", k, a, b)
		}
		keys = slices.Insert(keys, at, k)
	}
	last := ""
	for range 60 {
		last = meeting.KeyBetween(last, "")
	}
	if len(last) > 3 {
		t.Errorf("the 60th key is %q", last)
	}
	if k := meeting.KeyBetween("a0", "a1"); k <= "a0" || k >= "a1" {
		t.Errorf("%q", k)
	}
}

func TestEditRefusesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change        func(*meeting.Edit)
		pointer, code string
	}{
		"ends first": {func(e *meeting.Edit) { e.EndsAt = e.StartsAt }, "/endsAt", "before_start"},
		"three days": {func(e *meeting.Edit) { e.EndsAt = e.StartsAt.Add(72 * time.Hour) }, "/endsAt", "too_late"},
		"another year": {func(e *meeting.Edit) {
			e.StartsAt, e.EndsAt = now.AddDate(1, 0, 0), now.AddDate(1, 0, 0).Add(time.Hour)
		}, "/startsAt", "other_year"},
		"no ground":     {func(e *meeting.Edit) { e.Visibility = domain.Internal }, "/visibilityGround", "required"},
		"no visibility": {func(e *meeting.Edit) { e.Visibility = "" }, "/visibility", "not_allowed"},
	} {
		m := held(t, meeting.Draft)
		e := edit()
		tt.change(&e)
		err := m.Change(e, now)
		d, _ := errors.AsType[*domain.Error](err)
		if d == nil || !slices.Contains(d.Fields, domain.FieldError{Pointer: tt.pointer, Code: tt.code}) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
