package meeting

import (
	"context"
	"errors"
	"time"

	"yhdyspinta/domain"
)

// Record is a meeting that was held before the service knew of it, with what
// came of it, as a file tells.
type Record struct {
	Meeting Edit
	Number  int // in its forum and year; 0: the next
	Items   []RecordItem
}

// RecordItem is an item of a record.
type RecordItem struct {
	Edit     ItemEdit
	Outcomes []OutcomeEdit
}

const (
	maxRecordItems    = 200
	maxRecordOutcomes = 50 // of one item
)

// Recorded is what a record becomes.
type Recorded struct {
	Meeting  Meeting
	Items    []AgendaItem
	Outcomes []Outcome
}

// Recorded makes the closed meeting of a record, or says everything that is
// wrong, by pointers into the record. Its outcomes are late entries, which they
// are: so their endings can be given until the paper is published.
func (r Record) Recorded(newID domain.IDSource, forum domain.ForumID, number int, members []Participant, principals []domain.PartyID, now time.Time) (out Recorded, err error) {
	var v domain.Violations
	var id domain.MeetingID
	id.SetNew(newID)
	if number == 0 {
		number = 1
	}
	m, err := New(id, forum, number, r.Meeting, now)
	under(&v, "/meeting", err)
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
		under(&v, at, err)
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
			o, err := Meeting{ID: id, Status: Closed}.Record(oid, iid, k+1, e, now)
			under(&v, domain.Pointer(at+"/outcomes", k), err)
			out.Outcomes = append(out.Outcomes, o)
		}
	}
	if err := v.Err(); err != nil {
		return out, err
	}
	m.Principals = principals
	m.Expect(members)
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

// Import makes a closed meeting of a record, in one transaction: its secretary
// completes endings and attendance, and sends it to approval like any other.
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
		if out, err = r.Recorded(s.NewID, forum, number, members, principals, now); err != nil {
			return err
		}
		var v domain.Violations
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
		}
		out.Meeting, err = st.Meetings.Get(actor.Scope(), m.ID)
		return err
	})
	return out, err
}
