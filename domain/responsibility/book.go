package responsibility

import (
	"errors"
	"slices"
	"time"

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
		if pairs[i] < 0 && !listless(h, actor, today) { // another post of the same party takes over the part
			pairs[i] = pair(want, taken, func(w domain.Responsible) bool {
				return w.Part == h.Part && own.posts[w.PostID].PartyID == h.PartyID
			})
		}
	}
	for i, h := range have {
		if pairs[i] < 0 && !listless(h, actor, today) && h.Latest().Part == domain.Lead && subject.Kind == domain.SubjectAction { // an action has one lead: it passes on
			pairs[i] = pair(want, taken, func(w domain.Responsible) bool { return w.Part == domain.Lead })
		}
	}
	restored := false
	for i, h := range have {
		t := h.Latest()
		switch {
		case pairs[i] >= 0:
			w := want[pairs[i]]
			if now := h.Terms(); now.PostID == w.PostID && now.Part == w.Part && now.Wording == w.Wording {
				continue // as it is in force; a change that waits goes on waiting
			}
			t.PostID, t.Part, t.Wording, t.ValidTo = w.PostID, w.Part, w.Wording, h.ValidTo // a list says nothing of the days
			if h.ValidFrom.After(today) && w.PostID != h.PostID {
				t.ValidFrom = today // who is in the list has begun
			}
		case listless(h, actor, today):
			continue
		case t.ValidTo.IsZero():
			t = h.Terms() // what waits is not what ends
			t.ValidTo = today.AddDays(-1)
		}
		if t == h.Latest() {
			continue
		}
		if err := actor.Check(domain.ResponsibilityEdit, own.resource(h)); err != nil {
			return err
		}
		by, err := b.proposer(own, actor, h, t)
		if err != nil {
			return err
		}
		again, err := b.change(log, by, h, h, t, own.circle(h.PostID, t.PostID), parent, today)
		if err != nil {
			return err
		}
		restored = restored || again
	}
	for i, w := range want {
		if taken[i] {
			continue
		}
		t := Terms{PostID: w.PostID, Part: w.Part, Wording: w.Wording, ValidFrom: today}
		if _, err := b.add(log, own.proposer(actor, w.PostID), subject, t, own.circle(w.PostID), parent); err != nil {
			return pointAtList(err)
		}
	}
	if restored {
		if err := b.fits(subject); err != nil {
			return err
		}
	}
	return b.widen(log, actor, subject, parent, own)
}

// fits refuses a list that names what waits again another time, or a lead beside it.
func (b Book) fits(subject domain.Subject) error {
	have, err := b.Store.OfSubject(subject, true)
	if err != nil {
		return err
	}
	for _, h := range have {
		if _, code := collision(h, have); code != "" {
			return domain.InvalidField("/responsibilities", code)
		}
	}
	return nil
}

// listless reports whether a list says nothing of a responsibility by leaving it
// out: what another party proposed and nobody has accepted is declined, with a
// reason, and what has not begun is in no list.
func listless(h Responsibility, actor domain.Actor, today domain.Date) bool {
	return h.ProposedByOther(actor) || h.ValidFrom.After(today)
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
		others := slices.ContainsFunc(h.Bound(), func(p domain.PartyID) bool { return p != actor.PartyID })
		if h.InForce == nil || h.ValidFrom.After(today) || h.ValidFrom == today && !others {
			if err := b.drop(log, actor, old, h, parent); err != nil {
				return err
			}
			continue
		}
		h.End(today.AddDays(-1), log.Now())
		if err := b.save(log, actor, domain.ResponsibilityEdit, old, h, parent); err != nil {
			return err
		}
	}
	return nil
}

// Batch implements domain.ResponsibilityBook.
func (b Book) Batch(subjects []domain.Subject) (domain.ResponsibilityBatch, error) {
	store, err := b.Store.Batch(subjects, true)
	return batch{Book{store, b.NewID}, store}, err
}

type batch struct {
	Book
	store BatchStore
}

// Save implements domain.ResponsibilityBatch.
func (b batch) Save() error { return b.store.Save() }

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
// else needs to be asked. It reports whether another party's proposal waits again.
func (b Book) change(log *domain.AuditLog, by domain.Proposer, old, h Responsibility, t Terms, circle Circle, parent domain.Subject, today domain.Date) (restored bool, err error) {
	ends := !t.ValidTo.IsZero() && t.ValidTo.Before(today)
	alone := by.Accepts && h.Displaced(by).IsZero() &&
		!slices.ContainsFunc(append(slices.Clone(circle), h.Bound()...), func(p domain.PartyID) bool { return p != by.PartyID })
	if ends && h.InForce == nil {
		if restored, err := b.giveBack(log, by, old, h, parent); err != nil || restored {
			return restored, err
		}
	}
	if ends && (h.InForce == nil || (alone || by.System != "") && !h.ValidFrom.Before(today)) {
		return false, b.drop(log, by.Actor, old, h, parent)
	}
	if t.ValidTo.Before(t.ValidFrom) && !t.ValidTo.IsZero() {
		t.ValidTo = t.ValidFrom
	}
	var id domain.AgreementID
	id.SetNew(b.NewID)
	changed, err := h.Edit(id, t, circle, by, log.Now())
	if err != nil || !changed {
		return false, pointAtList(err)
	}
	return false, b.save(log, by.Actor, domain.ResponsibilityEdit, old, h, parent)
}

// giveBack takes back what the actor's party proposed for h if that had replaced
// another party's proposal, which waits again then. It reports whether it had.
func (b Book) giveBack(log *domain.AuditLog, by domain.Proposer, old, h Responsibility, parent domain.Subject) (bool, error) {
	if by.System != "" || h.Waiting == nil || h.Waiting.ProposedParty != by.PartyID {
		return false, nil
	}
	h.TakeBack(log.Now())
	restored, err := b.restore(by.Actor, &h, log.Now())
	if err != nil || !restored {
		return false, err
	}
	return true, b.save(log, by.Actor, domain.ResponsibilityEdit, old, h, parent)
}

// restore lets the proposal of another party wait again that the one of the
// actor's party, which was taken back, had replaced. It reports whether there was
// one: Conflict if it cannot stand beside what is there by now.
func (b Book) restore(actor domain.Actor, r *Responsibility, now time.Time) (bool, error) {
	past, err := b.Store.Revisions(domain.Scope{Staff: true}, r.ID, r.Subject)
	if err != nil {
		return false, err
	}
	i := domain.ReplacedBy(actor.PartyID, past, Revision.agreement)
	if i < 0 {
		return false, nil
	}
	var id domain.AgreementID
	id.SetNew(b.NewID)
	r.Restore(id, past[i].Content, past[i].Agreement, now)
	among, err := b.Store.OfSubject(r.Subject, true)
	if err != nil {
		return false, err
	}
	if _, code := collision(*r, among); code != "" {
		return false, domain.Conflict(code, string(r.Standing), "what it had replaced cannot stand beside what is there by now: change that first")
	}
	return true, nil
}

// proposer is the actor as who proposes t in the place of r.
func (b Book) proposer(own ownership, actor domain.Actor, r Responsibility, t Terms) (domain.Proposer, error) {
	by := own.proposer(actor, r.PostID, t.PostID)
	if !r.Countered() {
		return by, nil
	}
	past, err := b.Store.Revisions(domain.Scope{Staff: true}, r.ID, r.Subject)
	by.Over = domain.Over(r.Accord, past, Revision.agreement)
	return by, err
}

// drop deletes what never was in force, or what only the actor's own party knew
// of; its contents stay in the log and among the agreements.
func (b Book) drop(log *domain.AuditLog, actor domain.Actor, old, h Responsibility, parent domain.Subject) error {
	h.Drop(log.Now())
	log.Add(actor, domain.ResponsibilityEdit, domain.SubjectOf(domain.SubjectResponsibility, h.ID), h.Version+1, domain.Diff(old, Responsibility{}), domain.Under(parent))
	return b.Store.Delete(h)
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

func (b Book) add(log *domain.AuditLog, by domain.Proposer, subject domain.Subject, t Terms, circle Circle, parent domain.Subject) (domain.ResponsibilityID, error) {
	var id domain.ResponsibilityID
	var agreement domain.AgreementID
	id.SetNew(b.NewID)
	agreement.SetNew(b.NewID)
	r, err := New(id, agreement, subject, t, circle, by, log.Now())
	if err != nil {
		return id, err
	}
	if err := b.Store.Insert(r); err != nil {
		return id, err
	}
	log.Add(by.Actor, domain.ResponsibilityEdit, domain.SubjectOf(domain.SubjectResponsibility, id), r.Version, append(domain.Diff(Responsibility{}, r), r.AnswersSince(domain.Accord[Terms]{})...), domain.Under(parent))
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
	wanted  map[domain.PartyID][]domain.UnitID // that are to lead or share it
	posts   map[domain.PostID]Post
}

// ownersOf loads the posts that a subject has or is to have, and who owns it.
func ownersOf(store Store, parties []domain.PartyID, have []Responsibility, want []Terms) (ownership, error) {
	o := ownership{parties: slices.Clone(parties), units: map[domain.PartyID][]domain.UnitID{}, wanted: map[domain.PartyID][]domain.UnitID{}}
	all := slices.Clone(want)
	for _, h := range have {
		all = append(all, h.Terms())
	}
	ids := make([]domain.PostID, len(all))
	for i, t := range all {
		ids[i] = t.PostID
	}
	for _, h := range have {
		ids = append(ids, h.Latest().PostID) // of a change that waits
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
		} else {
			o.wanted[p.PartyID] = append(o.wanted[p.PartyID], p.UnitID)
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
// coordinator has it, and the manager of the unit of each of its posts. For what
// only the other party's posts promise it is the manager of one of units: those
// of the party that lead or share the subject.
func (o ownership) answering(party domain.PartyID, units []domain.UnitID, posts ...domain.PostID) domain.Resource {
	res := domain.Resource{Parties: []domain.PartyID{party}}
	for _, id := range posts {
		if p := o.posts[id]; p.PartyID == party {
			res.Units = append(res.Units, p.UnitID)
		}
	}
	if len(res.Units) == 0 {
		res.Units = slices.Clone(units)
	}
	return res
}

// discussing is what the permission to comment on what waits is asked for: the
// coordinators of the parties that it concerns, asks or was proposed by have it,
// and the managers of units of either that lead or share the subject, or have the
// post of what is in force or of what waits.
func (o ownership) discussing(r Responsibility) domain.Resource {
	latest := r.Latest().PostID
	res := domain.Resource{Parties: o.circle(r.PostID, latest), Units: []domain.UnitID{o.posts[r.PostID].UnitID, o.posts[latest].UnitID}}
	if r.Waiting != nil {
		for _, a := range r.Waiting.Acceptances {
			res.Parties = append(res.Parties, a.PartyID)
		}
		res.Parties = append(res.Parties, r.Waiting.ProposedParty)
	}
	for _, units := range o.units {
		res.Units = append(res.Units, units...)
	}
	return res
}

// proposer is the actor as who proposes a part for posts: one that could answer
// for their party, also by what is to lead or share the subject from now on, has
// accepted by proposing.
func (o ownership) proposer(actor domain.Actor, posts ...domain.PostID) domain.Proposer {
	units := append(slices.Clone(o.units[actor.PartyID]), o.wanted[actor.PartyID]...)
	res := o.answering(actor.PartyID, units, posts...)
	return domain.Proposer{Actor: actor, Accepts: actor.Can(domain.AgreementAccept, res)}
}

// of is what the permission to answer a responsibility is asked for: the posts of
// what is in force and of what waits alike.
func (o ownership) of(r Responsibility, party domain.PartyID) domain.Resource {
	return o.answering(party, o.units[party], r.PostID, r.Latest().PostID)
}
