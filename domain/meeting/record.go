package meeting

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Record is a meeting that was held before the service knew of it, with what
// came of it, as a file tells.
type Record struct {
	Meeting    Edit
	Number     int // in its forum and year; 0: the next
	Attendance []RecordAttendance
	Items      []RecordItem
}

// RecordAttendance is how one member attended. A member is named as the file
// names them, see MemberNames.
type RecordAttendance struct {
	Member     string
	Party      string     // tells members of one title apart; "": the title is enough
	Attendance Attendance // Present, Remote or Absent
	Substitute string     // who took their place, in words; "" unless somebody did
	Replaced   bool       // the file says that somebody did
}

// RecordItem is an item of a record.
type RecordItem struct {
	Edit     ItemEdit
	Outcomes []RecordOutcome
}

// RecordOutcome is an outcome of a record.
type RecordOutcome struct {
	OutcomeEdit
	ToForum string // of a referral: the other forum as the file names it, see Store.ForumsNamed
}

// MemberNames are the words by which a file may name a member of a forum.
type MemberNames struct {
	PostID domain.PostID
	Title  domain.Text // of the post
	Party  []string    // key, names and short names of its party
}

// named finds the member of a row: by the title of the post in any language and,
// where several have it, the party.
func (r RecordAttendance) named(v *domain.Violations, at string, members []MemberNames) (post domain.PostID) {
	is := func(words ...string) func(string) bool {
		return func(said string) bool {
			return slices.ContainsFunc(words, func(w string) bool { return w != "" && strings.EqualFold(w, strings.TrimSpace(said)) })
		}
	}
	found := 0
	for _, m := range members {
		if is(m.Title.FI, m.Title.SV, m.Title.EN)(r.Member) && (r.Party == "" || is(m.Party...)(r.Party)) {
			post, found = m.PostID, found+1
		}
	}
	switch {
	case strings.TrimSpace(r.Member) == "":
		v.Add(at+"/member", "required")
	case found == 0:
		v.Add(at+"/member", "unknown_member")
	case found > 1:
		v.Add(at+"/party", "ambiguous_member")
	}
	if found != 1 {
		return domain.PostID{}
	}
	return post
}

// attend notes the attendance that a record tells, or adds what is wrong with
// it. Of members whom it leaves out nothing is known.
func (r Record) attend(v *domain.Violations, m *Meeting, names []MemberNames) {
	told := map[domain.PostID]bool{}
	for n, a := range r.Attendance {
		at := domain.Pointer("/attendance", n)
		post := a.named(v, at, names)
		a.Substitute = strings.TrimSpace(a.Substitute)
		switch {
		case a.Attendance == "":
			v.Add(at+"/attendance", "required")
		case !slices.Contains([]Attendance{Present, Remote, Absent}, a.Attendance):
			v.Add(at+"/attendance", "not_allowed")
		case a.Replaced && a.Substitute == "":
			v.Add(at+"/substitute", "required")
		default:
			replacement{words: a.Substitute, attendance: a.Attendance, told: true}.check(v, at+"/substitute", at+"/substitute")
		}
		if post.IsZero() {
			continue
		}
		if told[post] {
			v.Add(at+"/member", "member_twice")
		}
		told[post] = true
		for i := range m.Participants {
			if p := &m.Participants[i]; p.PostID == post {
				p.Attendance, p.Substitute = a.Attendance, a.Substitute
			}
		}
	}
}

// findForums fills in the forums that referrals name, among those that the actor
// may see, or adds what is wrong with the names.
func (r Record) findForums(st Stores, actor domain.Actor, own domain.ForumID, v *domain.Violations) error {
	for n, item := range r.Items {
		for k := range item.Outcomes {
			o := &item.Outcomes[k]
			at := domain.Pointer(domain.Pointer("/items", n)+"/outcomes", k) + "/toForum"
			name := strings.TrimSpace(o.ToForum)
			if name == "" {
				continue
			}
			found, err := st.Meetings.ForumsNamed(actor.Scope(), name)
			if err != nil {
				return err
			}
			switch {
			case o.Type != Referred:
				v.Add(at, "only_of_referral")
			case len(found) == 0:
				v.Add(at, "unknown_forum")
			case len(found) > 1:
				v.Add(at, "ambiguous_forum")
			case found[0] == own:
				v.Add(at, "same_forum")
			default:
				o.ToForumID = found[0]
			}
		}
	}
	return nil
}

const (
	maxRecordItems    = 200
	maxRecordOutcomes = 50 // of one item
	maxRecordMembers  = 200
)

// Recorded is what a record becomes.
type Recorded struct {
	Meeting  Meeting
	Items    []AgendaItem
	Outcomes []Outcome
}

// Recorded makes the closed meeting of a record, or says everything that is
// wrong, by pointers into the record, beside what v holds already. Its outcomes
// are late entries, which they are: so their endings can be given until the
// paper is published.
func (r Record) Recorded(newID domain.IDSource, forum domain.ForumID, number int, members []Participant, names []MemberNames, principals []domain.PartyID, now time.Time,
	v *domain.Violations) (out Recorded, err error) {
	var id domain.MeetingID
	id.SetNew(newID)
	if number == 0 {
		number = 1
	}
	m, err := New(id, forum, number, r.Meeting, now)
	under(v, "/meeting", err)
	if r.Meeting.EndsAt.After(now) {
		v.Add("/meeting/endsAt", "not_held_yet")
	}
	v.Require(len(r.Items) > 0, "/items")
	if len(r.Items) > maxRecordItems {
		v.Add("/items", "too_many")
	}
	sections := map[int]bool{}
	position := ""
	for n, item := range r.Items {
		at := domain.Pointer("/items", n)
		var iid domain.AgendaItemID
		iid.SetNew(newID)
		position = KeyBetween(position, "")
		i, err := Meeting{ID: id, Status: Draft}.NewItem(iid, Spot{Kind: Matter, Position: position, AgendaNo: n + 1}, item.Edit, now)
		under(v, at, err)
		if s := item.Edit.Section; s > 0 {
			if sections[s] {
				v.Add(at+"/section", "duplicate")
			}
			sections[s] = true
		}
		out.Items = append(out.Items, i)
		if len(item.Outcomes) > maxRecordOutcomes {
			v.Add(at+"/outcomes", "too_many")
		}
		for k, e := range item.Outcomes {
			var oid domain.OutcomeID
			oid.SetNew(newID)
			o, err := Meeting{ID: id, Status: Closed}.Record(oid, iid, k+1, e.OutcomeEdit, now)
			underNamed(v, domain.Pointer(at+"/outcomes", k), err)
			out.Outcomes = append(out.Outcomes, o)
		}
	}
	m.Principals = principals
	m.Expect(members)
	if len(r.Attendance) > maxRecordMembers {
		v.Add("/attendance", "too_many")
	} else {
		r.attend(v, &m, names)
	}
	for i, p := range m.Participants { // who was away does not inspect
		m.Participants[i].Inspector = p.Inspector && !p.away()
	}
	m.inspect()
	if err := v.Err(); err != nil {
		return out, err
	}
	for i := range m.Participants {
		m.Participants[i].ID.SetNew(newID)
	}
	starts, ends := m.StartsAt, m.EndsAt
	m.Status, m.CalledAt, m.StartedAt, m.ClosedAt = Closed, &starts, &starts, &ends
	out.Meeting = m
	return out, nil
}

// under takes the field errors of err over, below a pointer.
func under(v *domain.Violations, pointer string, err error) {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		for _, f := range e.Fields {
			v.Add(pointer+f.Pointer, f.Code)
		}
	}
}

// underNamed is under for an outcome: a file names its forum, and has no id.
func underNamed(v *domain.Violations, pointer string, err error) {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		for _, f := range e.Fields {
			v.Add(pointer+strings.Replace(f.Pointer, "/toForumId", "/toForum", 1), f.Code)
		}
	}
}

// Import makes a closed meeting of a record, in one transaction: its secretary
// completes endings and attendance, and sends it to approval like any other.
// Referrals are sent now, and their clocks start now.
// With dry nothing is kept; what is wrong is the same.
func (s *Service) Import(ctx context.Context, actor domain.Actor, forum domain.ForumID, r Record, dry bool) (out Recorded, err error) {
	check := func(st Stores, now time.Time) error {
		if err := st.Meetings.SeeForum(actor.Scope(), forum); err != nil {
			return err
		}
		if err := actor.Check(domain.MeetingImport, domain.Resource{ForumID: forum}); err != nil {
			return err
		}
		year, number := domain.DateOf(r.Meeting.StartsAt).Year(), r.Number
		if !dry {
			if err := st.Meetings.LockForum(forum); err != nil {
				return err
			}
		}
		if number == 0 {
			if number, err = st.Meetings.NextNumber(forum, year); err != nil {
				return err
			}
		}
		members, err := st.Meetings.Members(forum, domain.DateOf(r.Meeting.StartsAt))
		if err != nil {
			return err
		}
		principals, err := st.Meetings.Principals()
		if err != nil {
			return err
		}
		names, err := st.Meetings.MemberNames(forum, domain.DateOf(r.Meeting.StartsAt))
		if err != nil {
			return err
		}
		var v domain.Violations
		if err := r.findForums(st, actor, forum, &v); err != nil {
			return err
		}
		if out, err = r.Recorded(s.NewID, forum, number, members, names, principals, now, &v); err != nil {
			return err
		}
		taken, err := st.Meetings.NumberTaken(forum, year, number)
		if err != nil {
			return err
		}
		if taken {
			v.Add("/meeting/number", "taken")
		}
		for n, i := range out.Items {
			if i.Section == 0 {
				continue
			}
			if taken, err = st.Meetings.SectionTaken(out.Meeting, i.ID, i.Section); err != nil {
				return err
			}
			if taken {
				v.Add(domain.Pointer("/items", n)+"/section", "taken")
			}
		}
		return v.Err()
	}
	if dry {
		return out, s.UoW.Read(ctx, func(st Stores) error { return check(st, s.Clock.Now()) })
	}
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := check(st, log.Now()); err != nil {
			return err
		}
		m := out.Meeting
		if err := st.Meetings.Insert(m); err != nil {
			return err
		}
		if err := st.Meetings.InsertParticipants(m.Participants); err != nil {
			return err
		}
		imported := domain.Via(domain.OriginImport)
		log.Add(actor, domain.MeetingImport, subjectOf(m.ID), m.Version, domain.Diff(Meeting{}, m), imported)
		for _, i := range out.Items {
			if err := st.Meetings.InsertItem(i); err != nil {
				return err
			}
			log.Add(actor, domain.MeetingImport, domain.SubjectOf(domain.SubjectAgendaItem, i.ID), i.Version, domain.Diff(AgendaItem{}, i), domain.Under(subjectOf(m.ID)), imported)
		}
		for _, o := range out.Outcomes {
			if err := st.Meetings.InsertOutcome(o); err != nil {
				return err
			}
			log.Add(actor, domain.MeetingImport, domain.SubjectOf(domain.SubjectOutcome, o.ID), o.Version, domain.Diff(Outcome{}, o), domain.Under(subjectOf(m.ID)), imported)
			if o.Type == Referred {
				if err := s.refer(st, log, actor, domain.MeetingImport, m, o); err != nil {
					return err
				}
			}
		}
		out.Meeting, err = st.Meetings.Get(actor.Scope(), m.ID)
		return err
	})
	return out, err
}
