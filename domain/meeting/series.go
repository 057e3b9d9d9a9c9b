package meeting

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// SeriesStore keeps the templates of forums and what their series made.
type SeriesStore interface {
	// Template returns the forum's template, or NotFound.
	Template(forum domain.ForumID) (Template, error)
	// InsertTemplate adds a template with its items.
	InsertTemplate(t Template) error
	// UpdateTemplate replaces a template with its items if its version is still
	// t.Version, and returns it with the next version; domain.Stale if not.
	UpdateTemplate(t Template) (Template, error)
	// Meetings returns the forum's meetings that start in the days from..to, or
	// were made for one of them, by their start.
	Meetings(forum domain.ForumID, from, to domain.Date) ([]SeriesMeeting, error)
	// Mark remembers for which day of the series a meeting was made.
	Mark(id domain.AnyID, forum domain.ForumID, meeting domain.MeetingID, slot domain.Date) error
}

// SeriesStores are what the use cases of a series need, bound to one transaction.
type SeriesStores struct {
	Meetings Store
	Series   SeriesStore
}

// SeriesService holds the use cases of a forum's year: its template, and the
// drafts that come from it.
type SeriesService struct {
	UoW   domain.UnitOfWork[SeriesStores]
	NewID domain.IDSource
	Clock domain.Clock
}

func templateSubject(id domain.TemplateID) domain.Subject {
	return domain.SubjectOf(domain.SubjectTemplate, id)
}

// Template returns the template of a forum, for staff; NotFound for others, and
// if the forum has none.
func (s *SeriesService) Template(ctx context.Context, actor domain.Actor, forum domain.ForumID) (t Template, err error) {
	err = s.UoW.Read(ctx, func(st SeriesStores) error {
		if err := st.Meetings.SeeForum(actor.Scope(), forum); err != nil {
			return err
		}
		if !actor.Scope().Staff {
			return domain.NotFound("meeting_template")
		}
		t, err = st.Series.Template(forum)
		return err
	})
	return t, err
}

// check is nil if the actor sees the forum and may do p there.
func (s *SeriesService) check(st SeriesStores, actor domain.Actor, p domain.Permission, forum domain.ForumID) error {
	if err := st.Meetings.SeeForum(actor.Scope(), forum); err != nil {
		return err
	}
	return actor.Check(p, domain.Resource{ForumID: forum})
}

// CreateTemplate gives a forum its template: a Conflict if it has one.
func (s *SeriesService) CreateTemplate(ctx context.Context, actor domain.Actor, forum domain.ForumID, e TemplateEdit) (t Template, err error) {
	err = s.UoW.Write(ctx, func(st SeriesStores, log *domain.AuditLog) error {
		if err := s.check(st, actor, domain.TemplateEdit, forum); err != nil {
			return err
		}
		var id domain.TemplateID
		id.SetNew(s.NewID)
		if t, err = NewTemplate(id, forum, e, log.Now()); err != nil {
			return err
		}
		if err := st.Series.InsertTemplate(t); err != nil {
			return err
		}
		log.Add(actor, domain.TemplateEdit, templateSubject(id), t.Version, domain.Diff(Template{}, t), domain.Under(domain.SubjectOf(domain.SubjectForum, forum)))
		t, err = st.Series.Template(forum)
		return err
	})
	return t, err
}

// ChangeTemplate replaces version of a forum's template: Stale if it has another
// version by now. Meetings that it has made stay as they are.
func (s *SeriesService) ChangeTemplate(ctx context.Context, actor domain.Actor, forum domain.ForumID, version int, e TemplateEdit) (t Template, err error) {
	err = s.UoW.Write(ctx, func(st SeriesStores, log *domain.AuditLog) error {
		if err := s.check(st, actor, domain.TemplateEdit, forum); err != nil {
			return err
		}
		if err := st.Meetings.LockForum(forum); err != nil {
			return err
		}
		old, err := st.Series.Template(forum)
		if err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(templateSubject(old.ID), version, old)
		}
		t = old
		if err := t.Change(e, log.Now()); err != nil {
			return err
		}
		if t, err = st.Series.UpdateTemplate(t); err != nil {
			return err
		}
		log.Add(actor, domain.TemplateEdit, templateSubject(t.ID), t.Version, domain.Diff(old, t), domain.Under(domain.SubjectOf(domain.SubjectForum, forum)))
		t, err = st.Series.Template(forum)
		return err
	})
	return t, err
}

// Preview tells which meetings the template would make in a year, and on which
// days, without making any.
func (s *SeriesService) Preview(ctx context.Context, actor domain.Actor, forum domain.ForumID, year int) (t Template, slots []Slot, err error) {
	err = s.UoW.Read(ctx, func(st SeriesStores) error {
		if err := s.check(st, actor, domain.MeetingCreate, forum); err != nil {
			return err
		}
		if t, err = st.Series.Template(forum); err != nil {
			return err
		}
		slots, err = s.slots(st, t, year, s.Clock.Today())
		return err
	})
	return t, slots, err
}

func (s *SeriesService) slots(st SeriesStores, t Template, year int, today domain.Date) ([]Slot, error) {
	first, last := domain.NewDate(year, 1, 1), domain.NewDate(year, 12, 31)
	have, err := st.Series.Meetings(t.ForumID, first.AddDays(-nearDays), last.AddDays(2*nearDays))
	if err != nil {
		return nil, err
	}
	numbers := map[int]int{}
	for _, y := range []int{year, year + 1} { // the last day of a year may move into the next
		if numbers[y], err = st.Meetings.NextNumber(t.ForumID, y); err != nil {
			return nil, err
		}
	}
	return t.Slots(year, today, have, numbers)
}

// Made is what a series made.
type Made struct {
	Meetings []Meeting
	Items    int // on their agendas together, without headings
}

// Create makes drafts for the named days of version of the template, with its
// standing items: all of them or none. Days that have their meeting already are
// passed over; if all have, it is a Conflict.
func (s *SeriesService) Create(ctx context.Context, actor domain.Actor, forum domain.ForumID, version, year int, days []domain.Date) (made Made, err error) {
	err = s.UoW.Write(ctx, func(st SeriesStores, log *domain.AuditLog) error {
		made = Made{}
		if err := s.check(st, actor, domain.MeetingCreate, forum); err != nil {
			return err
		}
		if err := st.Meetings.LockForum(forum); err != nil {
			return err
		}
		t, err := st.Series.Template(forum)
		if err != nil {
			return err
		}
		if t.Version != version {
			return domain.Stale(templateSubject(t.ID), version, t)
		}
		slots, err := s.slots(st, t, year, domain.DateOf(log.Now()))
		if err != nil {
			return err
		}
		var v domain.Violations
		for i, day := range days {
			at := slices.IndexFunc(slots, func(o Slot) bool { return o.On == day })
			switch {
			case at < 0:
				v.Add(domain.Pointer("/days", i), "unknown")
			case slots[at].State == SlotPast:
				v.Add(domain.Pointer("/days", i), "day_past")
			}
		}
		if err := v.Err(); err != nil {
			return err
		}
		next := map[int]int{}
		for _, slot := range slots {
			if !slices.Contains(days, slot.On) || slot.State == SlotMade {
				continue
			}
			y := slot.Date.Year()
			if next[y] == 0 {
				if next[y], err = st.Meetings.NextNumber(forum, y); err != nil {
					return err
				}
			}
			if err := s.draft(st, log, actor, t, slot, next[y], &made); err != nil {
				return err
			}
			next[y]++
		}
		if len(made.Meetings) == 0 {
			return domain.Conflict("series_complete", "made", "every day that was asked for has its meeting")
		}
		return nil
	})
	return made, err
}

// draft makes one meeting of a series with its standing items.
func (s *SeriesService) draft(st SeriesStores, log *domain.AuditLog, actor domain.Actor, t Template, slot Slot, number int, made *Made) error {
	var id domain.MeetingID
	id.SetNew(s.NewID)
	m, err := New(id, t.ForumID, number, t.edit(slot.Date, number), log.Now())
	if err != nil {
		return err
	}
	if err := st.Meetings.Insert(m); err != nil {
		return err
	}
	log.Add(actor, domain.MeetingCreate, subjectOf(id), m.Version, append(domain.Diff(Meeting{}, m), domain.Change{Field: "seriesDay", New: slot.On}))
	var mark domain.AnyID
	mark.SetNew(s.NewID)
	if err := st.Series.Mark(mark, t.ForumID, id, slot.On); err != nil {
		return err
	}
	position, matters := "", 0
	for _, standing := range t.Items {
		position = KeyBetween(position, "")
		at := Spot{Kind: standing.Kind, Position: position}
		if at.Kind == Matter {
			matters++
			at.AgendaNo = matters
		}
		var item domain.AgendaItemID
		item.SetNew(s.NewID)
		i, err := m.NewItem(item, at, ItemEdit{Title: standing.Title, MinutesReserved: standing.MinutesReserved, PresenterID: standing.PresenterID,
			Visibility: t.Visibility, VisibilityGround: t.VisibilityGround}, log.Now())
		if err != nil {
			return err
		}
		if err := st.Meetings.InsertItem(i); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingCreate, domain.SubjectOf(domain.SubjectAgendaItem, item), i.Version, domain.Diff(AgendaItem{}, i), domain.Under(subjectOf(id)))
	}
	made.Meetings, made.Items = append(made.Meetings, m), made.Items+matters
	return nil
}
