package responsibility

import (
	"errors"
	"slices"

	"yhdyspinta/domain"
)

// Book implements domain.ResponsibilityBook on a transaction's store.
type Book struct {
	Store Store
	NewID domain.IDSource
}

// Replace implements domain.ResponsibilityBook.
func (b Book) Replace(log *domain.AuditLog, actor domain.Actor, subject, parent domain.Subject, want []domain.Responsible) error {
	have, err := b.Store.OfSubject(subject, true)
	if err != nil {
		return err
	}
	parties, err := b.Store.SubjectParties(domain.Scope{Staff: true}, subject)
	if err != nil {
		return err
	}
	wanted := make([]Terms, len(want))
	for i, w := range want {
		wanted[i] = Terms{PostID: w.PostID, Part: w.Part}
	}
	own, err := ownersOf(b.Store, parties, have, wanted)
	if err != nil {
		return pointAtList(err)
	}
	today := domain.DateOf(log.Now())
	taken := make([]bool, len(want))
	pairs := make([]int, len(have)) // index of the wanted post that a responsibility becomes; -1: none
	for i, h := range have {
		pairs[i] = pair(want, taken, func(w domain.Responsible) bool {
			return w.PostID == h.PostID || w.PostID == h.Latest().PostID
		})
	}
	for i, h := range have {
		if pairs[i] < 0 { // another post of the same party takes over the part
			pairs[i] = pair(want, taken, func(w domain.Responsible) bool {
				return w.Part == h.Part && own.posts[w.PostID].PartyID == h.PartyID
			})
		}
	}
	for i, h := range have {
		if pairs[i] < 0 && h.Latest().Part == domain.Lead && subject.Kind == domain.SubjectAction { // an action has one lead: it passes on
			pairs[i] = pair(want, taken, func(w domain.Responsible) bool { return w.Part == domain.Lead })
		}
	}
	for i, h := range have {
		t := h.Latest()
		if pairs[i] >= 0 {
			w := want[pairs[i]]
			if now := h.Terms(); now.PostID == w.PostID && now.Part == w.Part && now.Wording == w.Wording {
				continue // as it is in force; a change that waits goes on waiting
			}
			t.PostID, t.Part, t.Wording, t.ValidTo = w.PostID, w.Part, w.Wording, h.ValidTo // a list says nothing of the days
		} else if t.ValidTo.IsZero() {
			t.ValidTo = today.AddDays(-1)
		}
		if t == h.Latest() {
			continue
		}
		if err := actor.Check(domain.ResponsibilityEdit, own.resource(h)); err != nil {
			return err
		}
		if err := b.change(log, actor, h, h, t, own.circle(h.PostID, t.PostID), parent, today); err != nil {
			return err
		}
	}
	for i, w := range want {
		if taken[i] {
			continue
		}
		t := Terms{PostID: w.PostID, Part: w.Part, Wording: w.Wording, ValidFrom: today}
		if _, err := b.add(log, actor, subject, t, own.circle(w.PostID), parent); err != nil {
			return pointAtList(err)
		}
	}
	return b.widen(log, actor, subject, parent, own)
}

// EndAll implements domain.ResponsibilityBook. A subject that is no more needs
// nobody's acceptance to be left.
func (b Book) EndAll(log *domain.AuditLog, actor domain.Actor, subject, parent domain.Subject) error {
	have, err := b.Store.OfSubject(subject, true)
	if err != nil {
		return err
	}
	today := domain.DateOf(log.Now())
	for _, h := range have {
		old := h
		h.TakeBack(log.Now()) // which may be this very end
		t := h.Terms()
		t.ValidTo = today.AddDays(-1)
		if err := b.change(log, actor, old, h, t, Circle{actor.PartyID}, parent, today); err != nil {
			return err
		}
	}
	return nil
}

func pair(want []domain.Responsible, taken []bool, fits func(domain.Responsible) bool) int {
	for i, w := range want {
		if !taken[i] && fits(w) {
			taken[i] = true
			return i
		}
	}
	return -1
}

// change proposes other terms for h, which the record has as old; what never was
// in force and is to end is withdrawn, and what began today is deleted if nobody
// else needs to be asked.
func (b Book) change(log *domain.AuditLog, actor domain.Actor, old, h Responsibility, t Terms, circle Circle, parent domain.Subject, today domain.Date) error {
	ends := !t.ValidTo.IsZero() && t.ValidTo.Before(today)
	alone := len(circle) == 0 || len(circle) == 1 && circle[0] == actor.PartyID || actor.System != ""
	if ends && (h.InForce == nil || alone && !h.ValidFrom.Before(today)) {
		h.Drop(log.Now())
		log.Add(actor, domain.ResponsibilityEdit, domain.SubjectOf(domain.SubjectResponsibility, h.ID), h.Version+1, domain.Diff(old, Responsibility{}), domain.Under(parent))
		return b.Store.Delete(h)
	}
	if t.ValidTo.Before(t.ValidFrom) && !t.ValidTo.IsZero() {
		t.ValidTo = t.ValidFrom
	}
	var id domain.AgreementID
	id.SetNew(b.NewID)
	changed, err := h.Edit(id, t, circle, actor, log.Now())
	if err != nil || !changed {
		return pointAtList(err)
	}
	return b.save(log, actor, domain.ResponsibilityEdit, old, h, parent)
}

func (b Book) save(log *domain.AuditLog, actor domain.Actor, p domain.Permission, old, h Responsibility, parent domain.Subject, opts ...domain.EntryOption) error {
	h, err := b.Store.Update(h)
	if err != nil {
		return err
	}
	changes := append(domain.Diff(old, h), h.AnswersSince(old.Accord)...)
	log.Add(actor, p, domain.SubjectOf(domain.SubjectResponsibility, h.ID), h.Version, changes, append(opts, domain.Under(parent))...)
	return nil
}

func (b Book) add(log *domain.AuditLog, actor domain.Actor, subject domain.Subject, t Terms, circle Circle, parent domain.Subject) (domain.ResponsibilityID, error) {
	var id domain.ResponsibilityID
	var agreement domain.AgreementID
	id.SetNew(b.NewID)
	agreement.SetNew(b.NewID)
	r, err := New(id, agreement, subject, t, circle, actor, log.Now())
	if err != nil {
		return id, err
	}
	if err := b.Store.Insert(r); err != nil {
		return id, err
	}
	log.Add(actor, domain.ResponsibilityEdit, domain.SubjectOf(domain.SubjectResponsibility, id), r.Version, append(domain.Diff(Responsibility{}, r), r.AnswersSince(domain.Accord[Terms]{})...), domain.Under(parent))
	return id, nil
}

// widen asks the parties that lead or share the subject only since this change.
func (b Book) widen(log *domain.AuditLog, actor domain.Actor, subject, parent domain.Subject, own ownership) error {
	have, err := b.Store.OfSubject(subject, true)
	if err != nil {
		return err
	}
	for _, h := range have {
		if part := h.Latest().Part; part != domain.Lead && part != domain.Shared {
			continue
		}
		old := h
		var id domain.AgreementID
		id.SetNew(b.NewID)
		if !h.Widen(id, own.circle(h.Latest().PostID), log.Now()) {
			continue
		}
		if err := b.save(log, actor, domain.ResponsibilityEdit, old, h, parent); err != nil {
			return err
		}
	}
	return nil
}

// pointAtList moves the fields of an error to the list that a form has.
func pointAtList(err error) error {
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindInvalid {
		for i := range e.Fields {
			e.Fields[i].Pointer = "/responsibilities"
		}
	}
	return err
}

// ownership is who leads or shares a subject, by what is there and what is wanted.
type ownership struct {
	parties []domain.PartyID // principal ones
	units   map[domain.PartyID][]domain.UnitID
	posts   map[domain.PostID]Post
}

// ownersOf loads the posts that a subject has or is to have, and who owns it.
func ownersOf(store Store, parties []domain.PartyID, have []Responsibility, want []Terms) (ownership, error) {
	o := ownership{parties: slices.Clone(parties), units: map[domain.PartyID][]domain.UnitID{}}
	all := slices.Clone(want)
	for _, h := range have {
		all = append(all, h.Terms())
	}
	ids := make([]domain.PostID, len(all))
	for i, t := range all {
		ids[i] = t.PostID
	}
	var err error
	if o.posts, err = store.Posts(ids); err != nil {
		return o, err
	}
	for i, t := range all {
		p, ok := o.posts[t.PostID]
		if t.PostID.IsZero() {
			return o, domain.InvalidField("/postId", "required")
		}
		if !ok {
			return o, domain.InvalidField("/postId", "unknown")
		}
		if t.Part != domain.Lead && t.Part != domain.Shared {
			continue
		}
		if p.Principal {
			o.parties = append(o.parties, p.PartyID)
		}
		if i >= len(want) {
			o.units[p.PartyID] = append(o.units[p.PartyID], p.UnitID)
		}
	}
	slices.SortFunc(o.parties, func(a, b domain.PartyID) int { return slices.Compare(a.UUID[:], b.UUID[:]) })
	o.parties = slices.Compact(o.parties)
	return o, nil
}

// circle is whom the posts' part in the subject concerns.
func (o ownership) circle(posts ...domain.PostID) Circle {
	c := Circle(slices.Clone(o.parties))
	for _, id := range posts {
		if p := o.posts[id]; p.Principal && !slices.Contains(c, p.PartyID) {
			c = append(c, p.PartyID)
		}
	}
	return c
}

// resource is what the permission to change a responsibility is asked for: a
// coordinator of a party that it concerns has it, and the manager of a unit of
// the post's own party that leads or shares the subject or has the post.
func (o ownership) resource(r Responsibility) domain.Resource {
	p := o.posts[r.PostID]
	return domain.Resource{Parties: o.circle(r.PostID), Units: append(slices.Clone(o.units[p.PartyID]), p.UnitID)}
}

// answering is what the permission to answer for a party is asked for: its
// coordinator has it, and the manager of the post's unit or, for what the other
// party's post promises, of a unit that leads or shares the subject.
func (o ownership) answering(r Responsibility, party domain.PartyID) domain.Resource {
	res := domain.Resource{Parties: []domain.PartyID{party}, Units: slices.Clone(o.units[party])}
	for _, id := range []domain.PostID{r.PostID, r.Latest().PostID} {
		if p := o.posts[id]; p.PartyID == party {
			res.Units = append(res.Units, p.UnitID)
		}
	}
	return res
}
