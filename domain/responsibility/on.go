package responsibility

import (
	"context"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// On tells who was responsible for a thing on a day: what the record said at the
// end of that day, who held the posts on it, and what has changed since.
type On struct {
	Of    SubjectRef // as it was called then
	Day   domain.Date
	Items []OnItem
	// Later are responsibilities that the record did not know at the end of the
	// day and that by now are in force from a day before.
	Later []View
}

// OnItem is one responsibility on a day.
type OnItem struct {
	View // as the record was at the end of the day
	// Bound reports whether it was in force on the day: accepted by all, begun and
	// not ended.
	Bound   bool
	Holders []Holder
	Now     *View // as it is now; nil if nothing is left of it
	Changed []Change
}

// Change names what of a responsibility is not any more as it was.
type Change string

// What can have changed.
const (
	ChangePost     Change = "post"
	ChangePart     Change = "part"
	ChangeWording  Change = "wording"
	ChangeDates    Change = "dates"
	ChangeStanding Change = "standing"
	ChangeEnded    Change = "ended" // its last day is past by now
	ChangeGone     Change = "gone"  // a proposal that was withdrawn
)

// Recorded says when it was recorded that a person held a post on a day.
type Recorded string

// When a holding was recorded.
const (
	RecordedThen     Recorded = "then"      // by the end of that day
	RecordedLater    Recorded = "later"     // afterwards
	RecordedNoLonger Recorded = "no_longer" // by then, but corrected since: today's record says otherwise
)

// Holder is who held a post on a day.
type Holder struct {
	PostID     domain.PostID
	Kind       string // holder or deputy
	Name       string // empty if the reader may not see it
	ValidFrom  domain.Date
	ValidTo    domain.Date // zero while it goes on
	Recorded   Recorded
	RecordedAt time.Time // of a late entry or correction; zero otherwise
}

// On returns who was responsible for a thing that the actor may see today and
// could have seen then; NotFound otherwise. day is today or a past one.
func (s *Service) On(ctx context.Context, actor domain.Actor, subject domain.Subject, day, today domain.Date) (On, error) {
	out := On{Day: day}
	if day.After(today) {
		return out, domain.InvalidField("date", "in_future")
	}
	f := Filter{Kind: domain.AnyOf[domain.SubjectKind]{Values: []domain.SubjectKind{subject.Kind}}, Subject: subject.ID}
	request := domain.PageRequest{Limit: domain.MaxPage, Sort: "part"}
	var then, now []View
	err := s.UoW.Read(domain.WithAsOf(ctx, day.EndOfDay()), func(st Stores) (err error) {
		if out.Of, err = st.Responsibilities.Subject(actor.Scope(), subject); err != nil {
			return err
		}
		page, err := st.Responsibilities.List(actor.Scope(), f, request)
		then = page.Items
		return err
	})
	if err != nil {
		return out, err
	}
	holders := map[domain.PostID][]Holder{}
	err = s.UoW.Read(ctx, func(st Stores) error {
		f.Ended = true
		page, err := st.Responsibilities.List(domain.Scope{Staff: true}, f, request)
		if err != nil {
			return err
		}
		now = page.Items
		var posts []domain.PostID
		for _, v := range append(slices.Clone(then), now...) {
			posts = append(posts, v.PostID)
		}
		found, err := st.Responsibilities.HoldersOn(actor.Scope(), posts, day)
		for _, h := range found {
			holders[h.PostID] = append(holders[h.PostID], h)
		}
		return err
	})
	if err != nil {
		return out, err
	}
	for _, v := range then {
		item := OnItem{View: v, Bound: v.boundOn(day), Holders: holders[v.PostID]}
		i := slices.IndexFunc(now, func(n View) bool { return n.ID == v.ID })
		if i >= 0 {
			item.Now = &now[i]
		}
		item.Changed = changedSince(v, item.Now, today)
		out.Items = append(out.Items, item)
	}
	for _, v := range now {
		known := slices.ContainsFunc(then, func(t View) bool { return t.ID == v.ID })
		if !known && v.boundOn(day) {
			out.Later = append(out.Later, v)
		}
	}
	return out, nil
}

// boundOn reports whether the responsibility is in force on a day.
func (r Responsibility) boundOn(day domain.Date) bool {
	return r.Standing.IsInForce() && !r.ValidFrom.After(day) && (r.ValidTo.IsZero() || !r.ValidTo.Before(day))
}

// changedSince names what of then is not so any more.
func changedSince(then View, now *View, today domain.Date) []Change {
	if now == nil {
		return []Change{ChangeGone}
	}
	out := []Change{}
	add := func(changed bool, c Change) {
		if changed {
			out = append(out, c)
		}
	}
	add(then.PostID != now.PostID, ChangePost)
	add(then.Part != now.Part, ChangePart)
	add(then.Wording != now.Wording, ChangeWording)
	ended := !now.ValidTo.IsZero() && now.ValidTo.Before(today)
	add(!ended && (then.ValidFrom != now.ValidFrom || then.ValidTo != now.ValidTo), ChangeDates)
	add(then.Standing != now.Standing, ChangeStanding)
	add(ended, ChangeEnded)
	return out
}
