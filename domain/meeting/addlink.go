package meeting

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// AddLink adds a link to an item, or says why it cannot: the pointers are those
// of a request that names the item. An item that has the address already stays
// as it is.
func (m Meeting) AddLink(i *AgendaItem, l Link, now time.Time) (added bool, err error) {
	if err := m.in("meeting_locked", Draft, Called, InProgress, Closed); err != nil {
		return false, err
	}
	if slices.ContainsFunc(i.Links, func(have Link) bool { return have.URL == l.URL }) {
		return false, nil
	}
	switch {
	case i.Kind == Heading: // says only what stands under it
		return false, domain.InvalidField("/agendaItemId", "not_allowed")
	case len(i.Links) >= MaxLinks:
		return false, domain.InvalidField("/agendaItemId", "too_many")
	}
	var v domain.Violations
	links := append(slices.Clone(i.Links), l).check(&v)
	if err := v.Err(); err != nil {
		return false, err
	}
	i.Links, i.UpdatedAt = links, now
	return true, nil
}

// Linker puts links on agenda items for other features, in their transaction.
type Linker struct {
	Service *Service
	Stores  Stores
}

// AddLink puts a link on an agenda item of a forum, with its entry in the log:
// the same rules as for changing the item by hand.
func (k Linker) AddLink(log *domain.AuditLog, actor domain.Actor, forum domain.ForumID, id domain.AgendaItemID, title domain.Text, address string) error {
	m, old, err := k.Service.lockedItem(k.Stores, actor, id, domain.MeetingEdit)
	if err != nil {
		return unknown(err, "/agendaItemId")
	}
	if m.ForumID != forum {
		return domain.InvalidField("/agendaItemId", "other_forum")
	}
	if err := k.Service.writable(k.Stores, actor, m.ID, log.Now()); err != nil {
		return err
	}
	i := old
	added, err := m.AddLink(&i, Link{Title: title, URL: address}, log.Now())
	if err != nil || !added {
		return err
	}
	if i, err = k.Stores.Meetings.UpdateItem(i); err != nil {
		return err
	}
	log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectAgendaItem, id), i.Version, domain.Diff(old, i), domain.Under(subjectOf(m.ID)))
	return k.Service.reopenPaper(k.Stores, log, actor, domain.MeetingEdit, m)
}
