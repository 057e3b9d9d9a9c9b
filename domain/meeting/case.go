package meeting

import (
	"context"
	"slices"

	"yhdyspinta/domain"
)

// CaseSeed names a case: by a registry number of a party, or by one of its items.
type CaseSeed struct {
	PartyKey   string
	RegistryNo string
	ItemID     domain.AgendaItemID // zero: by registry number
}

// Handling is one item in which a case was handled.
type Handling struct {
	Item    AgendaItem
	Meeting MeetingName
}

// Case returns every handling of a case that the actor may see, in the bodies of
// both parties, in the order of time; NotFound if there is none. Items are of one
// case if they name the same registry number of a party, or if one was copied,
// carried over or referred from the other. What links them only through an item
// that the actor may not see does not link them.
func (s *Service) Case(ctx context.Context, actor domain.Actor, seed CaseSeed) (handlings []Handling, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if handlings, err = st.Meetings.Case(actor.Scope(), seed); err != nil {
			return err
		}
		if len(handlings) == 0 {
			return domain.NotFound("case")
		}
		return nil
	})
	return handlings, err
}

// SinceCall tells how a called meeting's agenda differs from what was called, to
// staff who may read its papers; others get nothing.
func (s *Service) SinceCall(ctx context.Context, actor domain.Actor, id domain.MeetingID) (m Meeting, changes []AgendaChange, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if m, err = st.Meetings.Head(actor.Scope(), id); err != nil {
			return err
		}
		if m.CalledAt == nil || !m.Papers || !actor.IsStaff() {
			return nil
		}
		then, err := st.Meetings.Called(m)
		if err != nil {
			return err
		}
		now, err := st.Meetings.Agenda(actor.Scope(), id)
		if err != nil {
			return err
		}
		ids := make([]domain.AgendaItemID, 0, len(then)+len(now))
		for _, i := range slices.Concat(then, now) {
			ids = append(ids, i.ID)
		}
		touched, err := st.Meetings.ChangedLast(m, ids)
		if err != nil {
			return err
		}
		changes = ChangesSinceCall(then, now, touched)
		changes = append(changes, attachmentChanges(now, *m.CalledAt, changes)...)
		for n, c := range changes {
			if last, is := touched[c.ItemID]; is && !last.At.Before(c.At) {
				changes[n].At, changes[n].PostID = last.At, last.PostID
			}
		}
		return st.Meetings.NamePosts(changes)
	})
	return m, changes, err
}
