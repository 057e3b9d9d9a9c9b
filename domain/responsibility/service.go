package responsibility

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Service holds the use cases of responsibilities.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Get returns a responsibility of a thing that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID) (v View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err = s.view(st, actor, id)
		return err
	})
	return v, err
}

func (s *Service) view(st Stores, actor domain.Actor, id domain.ResponsibilityID) (View, error) {
	v, err := st.Responsibilities.Get(actor.Scope(), id)
	if err != nil {
		return v, err
	}
	return v, mayDo(st, actor, &v)
}

// mayDo fills in what the actor may do with a responsibility.
func mayDo(st Stores, actor domain.Actor, v *View) error {
	if !actor.IsStaff() {
		return nil
	}
	own, err := owns(st, v.Subject, v.Responsibility)
	if err != nil {
		return err
	}
	own.allow(actor, v)
	return nil
}

// allow fills in what an actor of the staff may do with a responsibility.
func (o ownership) allow(actor domain.Actor, v *View) {
	r := v.Responsibility
	v.Edits = actor.Can(domain.ResponsibilityEdit, o.resource(r))
	if r.Waiting == nil {
		return
	}
	answering := o.of(r, actor.PartyID)
	v.Answers = r.Waiting.Waits(actor.PartyID) && actor.Can(domain.AgreementAccept, answering)
	if actor.PostID.IsZero() { // a comment names the post that says it
		return
	}
	v.Comments = actor.Can(domain.AgreementComment, o.discussing(r))
	v.AsksChange = r.mayAsk(actor.PartyID) == nil && actor.Can(domain.AgreementAskChanges, answering)
}

// owns loads who leads or shares a subject, and the posts of more of its
// responsibilities.
func owns(st Stores, subject domain.Subject, more ...Responsibility) (ownership, error) {
	parties, err := st.Responsibilities.SubjectParties(domain.Scope{Staff: true}, subject)
	if err != nil {
		return ownership{}, err
	}
	have, err := st.Responsibilities.OfSubject(subject, false)
	if err != nil {
		return ownership{}, err
	}
	o, err := ownersOf(st.Responsibilities, parties, have, nil)
	if err != nil {
		return o, err
	}
	for _, r := range more { // one that has ended leads nothing, but is somebody's
		posts, err := st.Responsibilities.Posts([]domain.PostID{r.PostID, r.Latest().PostID})
		if err != nil {
			return o, err
		}
		maps.Copy(o.posts, posts)
	}
	return o, nil
}

// List returns one page of the responsibilities of things that the actor may
// see. What each item permits is told by Get.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[View], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Responsibilities.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Export hands all responsibilities that List would list to yield: page after page
// in the order of sort, and from one snapshot.
func (s *Service) Export(ctx context.Context, actor domain.Actor, f Filter, sort string, yield func([]View) error) error {
	ctx = domain.Once(ctx)
	return s.UoW.Read(ctx, func(st Stores) error {
		return domain.EachPage(sort, func(p domain.PageRequest) (domain.Page[View], error) {
			return st.Responsibilities.List(actor.Scope(), f, p)
		}, yield)
	})
}

// OfSubject returns the responsibilities of one thing with what the actor may do
// with each: at most a page of 200.
func (s *Service) OfSubject(ctx context.Context, actor domain.Actor, subject domain.Subject) (items []View, create bool, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if _, err := st.Responsibilities.SubjectParties(actor.Scope(), subject); err != nil {
			return err
		}
		page, err := st.Responsibilities.List(actor.Scope(), Filter{Kind: domain.AnyOf[domain.SubjectKind]{Values: []domain.SubjectKind{subject.Kind}}, Subject: subject.ID},
			domain.PageRequest{Limit: domain.MaxPage, Sort: "part"})
		if err != nil {
			return err
		}
		items = page.Items
		if !actor.IsStaff() {
			return nil
		}
		own, err := owns(st, subject)
		if err != nil {
			return err
		}
		over, _, err := st.Responsibilities.Over(actor.Scope(), subject)
		if err != nil {
			return err
		}
		create = !over && actor.Can(domain.ResponsibilityEdit, own.subject())
		for i := range items {
			own.allow(actor, &items[i])
		}
		return nil
	})
	return items, create, err
}

// Revisions returns every content that was proposed for a responsibility with
// the answers to it, newest first.
func (s *Service) Revisions(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID) (out []Revision, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err := st.Responsibilities.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		out, err = st.Responsibilities.Revisions(actor.Scope(), id, v.Subject)
		return err
	})
	return out, err
}

// Propose adds a responsibility. It is in force when every party that it
// concerns has accepted it: at once if that is the proposer's own party only.
func (s *Service) Propose(ctx context.Context, actor domain.Actor, subject domain.Subject, t Terms) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		id, err := s.propose(st, log, actor, subject, t)
		if err != nil {
			return err
		}
		v, err = s.view(st, actor, id)
		return err
	})
	return v, err
}

// propose is Propose inside a unit of work.
func (s *Service) propose(st Stores, log *domain.AuditLog, actor domain.Actor, subject domain.Subject, t Terms) (id domain.ResponsibilityID, err error) {
	parties, err := st.Responsibilities.SubjectParties(actor.Scope(), subject)
	if err != nil {
		return id, err
	}
	if err := st.Responsibilities.LockThing(subject); err != nil {
		return id, err
	}
	have, err := st.Responsibilities.OfSubject(subject, true)
	if err != nil {
		return id, err
	}
	if err := goesOn(st, subject); err != nil {
		return id, err
	}
	if err := takesNew(st, actor.Scope(), subject); err != nil {
		return id, err
	}
	before, err := ownersOf(st.Responsibilities, parties, have, nil)
	if err != nil {
		return id, err
	}
	if t.ValidFrom.IsZero() {
		t.ValidFrom = domain.DateOf(log.Now())
	}
	own, err := ownersOf(st.Responsibilities, parties, have, []Terms{t})
	if err != nil {
		return id, err
	}
	// A manager proposes for what their unit leads or shares, and for their own posts.
	res := before.subject()
	if p := own.posts[t.PostID]; p.PartyID == actor.PartyID {
		res.Parties, res.Units = append(res.Parties, p.PartyID), append(res.Units, p.UnitID)
	}
	if err := actor.Check(domain.ResponsibilityEdit, res); err != nil {
		return id, err
	}
	if field, code := collision(Responsibility{Subject: subject, PostID: t.PostID, Part: t.Part}, have); code != "" {
		return id, domain.InvalidField(field, code)
	}
	b := Book{st.Responsibilities, s.NewID}
	if id, err = b.add(log, own.proposer(actor, t.PostID), subject, t, own.circle(t.PostID), subject); err != nil {
		return id, err
	}
	if err := b.widen(log, actor, subject, subject, own); err != nil {
		return id, err
	}
	return id, touch(st, subject, have, log.Now())
}

// goesOn refuses terms for what is no more: Conflict.
func goesOn(st Stores, subject domain.Subject) error {
	ended, err := st.Responsibilities.Ended(subject)
	if err != nil || !ended {
		return err
	}
	return domain.Conflict(string(subject.Kind)+"_ended", "ended", "it has ended")
}

// takesNew refuses a new responsibility for a goal that has ended, or an action that was
// withdrawn: Conflict, with the number of the goal in which a goal goes on as its state.
// What it has stays, and is changed and ended as before.
func takesNew(st Stores, scope domain.Scope, subject domain.Subject) error {
	over, onwards, err := st.Responsibilities.Over(scope, subject)
	if err != nil || !over {
		return err
	}
	if subject.Kind == domain.SubjectAction {
		return domain.Conflict("action_withdrawn", "", "it was withdrawn as made in error: restore it first")
	}
	return domain.GoalEnded(onwards)
}

// hasLead reports whether one of have, but for a certain one, is or is to be the
// lead.
func hasLead(have []Responsibility, but domain.ResponsibilityID) bool {
	for _, h := range have {
		if h.ID != but && (h.Part == domain.Lead || h.Latest().Part == domain.Lead) {
			return true
		}
	}
	return false
}

// collision says why r cannot stand among the responsibilities of its subject: a
// second lead of an action, or a second part of a post. Empty if it can.
func collision(r Responsibility, among []Responsibility) (field, code string) {
	t := r.Latest()
	if r.Subject.Kind == domain.SubjectAction && t.Part == domain.Lead && hasLead(among, r.ID) {
		return "/part", "one_lead"
	}
	if r.ValidTo.IsZero() && slices.ContainsFunc(among, func(h Responsibility) bool {
		return h.ID != r.ID && h.ValidTo.IsZero() && h.Latest().PostID == t.PostID
	}) {
		return "/postId", "duplicate"
	}
	return "", ""
}

// subject is what the permission to propose for the subject is asked for. What
// nobody leads or shares concerns every party.
func (o ownership) subject() domain.Resource {
	r := domain.Resource{Parties: o.parties, EveryParty: len(o.parties) == 0}
	for _, u := range o.units {
		r.Units = append(r.Units, u...)
	}
	return r
}

// Change proposes other terms for version of a responsibility: Stale if it has
// another version by now. What was accepted last stays in force until every
// party has accepted the change. To propose what is in force is to withdraw.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID, version int, t Terms) (View, error) {
	return s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, r Responsibility) error {
		return s.change(st, log, actor, r, t)
	})
}

// change is Change of a responsibility that is locked, inside a unit of work.
func (s *Service) change(st Stores, log *domain.AuditLog, actor domain.Actor, r Responsibility, t Terms) error {
	parties, err := st.Responsibilities.SubjectParties(domain.Scope{Staff: true}, r.Subject)
	if err != nil {
		return err
	}
	have, err := st.Responsibilities.OfSubject(r.Subject, true)
	if err != nil {
		return err
	}
	own, err := ownersOf(st.Responsibilities, parties, have, []Terms{t, r.Terms()}) // its own too if it has ended
	if err != nil {
		return err
	}
	if err := actor.Check(domain.ResponsibilityEdit, own.resource(r)); err != nil {
		return err
	}
	if err := goesOn(st, r.Subject); err != nil {
		return err
	}
	if r.Subject.Kind == domain.SubjectAction && t.Part == domain.Lead && hasLead(have, r.ID) {
		return domain.InvalidField("/part", "one_lead")
	}
	if t.ValidFrom.IsZero() {
		t.ValidFrom = r.ValidFrom
	}
	old := r
	var agreement domain.AgreementID
	agreement.SetNew(s.NewID)
	b := Book{st.Responsibilities, s.NewID}
	by, err := b.proposer(own, actor, r, t)
	if err != nil {
		return err
	}
	changed, err := r.Edit(agreement, t, own.circle(r.PostID, t.PostID), by, log.Now())
	if err != nil {
		return err
	}
	if !changed {
		return domain.Conflict("nothing_changed", string(r.Standing), "the terms are those that stand already")
	}
	if r.Waiting == nil && r.Revision == old.Revision { // it took back what its party had proposed
		if _, err := b.restore(actor, &r, log.Now()); err != nil {
			return err
		}
	}
	if err := b.save(log, actor, domain.ResponsibilityEdit, old, r, r.Subject); err != nil {
		return err
	}
	return b.widen(log, actor, r.Subject, r.Subject, own)
}

// Answer accepts or declines what waits, for the actor's own party: exactly the
// content of version. Declining needs a reason.
func (s *Service) Answer(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID, version int, accept bool, reason domain.Text) (View, error) {
	return s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, r Responsibility) error {
		own, err := owns(st, r.Subject, r)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.AgreementAccept, own.of(r, actor.PartyID)); err != nil {
			return err
		}
		old := r
		if err := r.Answer(actor, accept, reason, log.Now()); err != nil {
			return err
		}
		said, _ := reason.Trim().In(domain.Finnish)
		return Book{st.Responsibilities, s.NewID}.save(log, actor, domain.AgreementAccept, old, r, r.Subject, domain.Because(said))
	})
}

// Comments returns one page of what has been said of the contents of a
// responsibility that the actor may see: for all but staff there is nothing.
func (s *Service) Comments(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID, p domain.PageRequest) (page domain.Page[Comment], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if _, err := st.Responsibilities.Get(actor.Scope(), id); err != nil {
			return err
		}
		page, err = st.Responsibilities.Comments(actor.Scope(), id, p)
		return err
	})
	return page, err
}

// Say adds a comment on what waits: exactly the content of version. Who may answer
// for a party that has not done so asks for changes without answering.
func (s *Service) Say(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID, version int, kind CommentKind, text domain.Text) (View, error) {
	return s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, r Responsibility) error {
		own, err := owns(st, r.Subject, r)
		if err != nil {
			return err
		}
		p, res := domain.AgreementComment, own.discussing(r)
		if kind == ChangesRequested {
			p, res = domain.AgreementAskChanges, own.of(r, actor.PartyID)
		}
		if err := actor.Check(p, res); err != nil {
			return err
		}
		if actor.PostID.IsZero() {
			return domain.Forbidden(p)
		}
		var comment domain.AgreementCommentID
		comment.SetNew(s.NewID)
		c, err := r.Say(comment, kind, text, actor, log.Now())
		if err != nil {
			return err
		}
		if err := st.Responsibilities.InsertComment(c); err != nil {
			return err
		}
		log.Add(actor, p, domain.SubjectOf(domain.SubjectAgreementComment, c.ID), 1, domain.Diff(Comment{}, c), domain.Under(r.Subject))
		return nil
	})
}

// Withdraw takes back what the actor's party proposed and another has not yet
// accepted. What never was in force is gone then: View is as it was. But what it
// had replaced of another party's waits again: Conflict (one_lead, duplicate) if
// that cannot stand beside what is there by now.
func (s *Service) Withdraw(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID, version int, reason string) (gone bool, v View, err error) {
	v, err = s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, r Responsibility) error {
		own, err := owns(st, r.Subject, r)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.ResponsibilityEdit, own.resource(r)); err != nil {
			return err
		}
		old := r
		if gone, err = r.Withdraw(actor, log.Now()); err != nil {
			return err
		}
		b := Book{st.Responsibilities, s.NewID}
		restored, err := b.restore(actor, &r, log.Now())
		if err != nil {
			return err
		}
		gone = gone && !restored
		because := domain.Because(strings.TrimSpace(reason))
		if gone {
			log.Add(actor, domain.ResponsibilityEdit, domain.SubjectOf(domain.SubjectResponsibility, r.ID), r.Version+1, domain.Diff(old, Responsibility{}), domain.Under(r.Subject), because)
			return st.Responsibilities.Delete(r)
		}
		if err := b.save(log, actor, domain.ResponsibilityEdit, old, r, r.Subject, because); err != nil {
			return err
		}
		return b.widen(log, actor, r.Subject, r.Subject, own) // who was asked only about what waited
	}, &gone)
	return gone, v, err
}

// touch gives the thing of a subject the next version if what a form lists of its
// responsibilities is not what it was.
func touch(st Stores, subject domain.Subject, before []Responsibility, now time.Time) error {
	after, err := st.Responsibilities.OfSubject(subject, true)
	if err != nil {
		return err
	}
	same := func(a, b Responsibility) bool {
		return a.ID == b.ID && a.PostID == b.PostID && a.Part == b.Part && a.Wording == b.Wording && a.ValidFrom == b.ValidFrom && a.ValidTo == b.ValidTo
	}
	if slices.EqualFunc(before, after, same) { // both by id
		return nil
	}
	return st.Responsibilities.Touch(subject, now)
}

// write locks version of a responsibility that the actor may see and changes it.
func (s *Service) write(ctx context.Context, actor domain.Actor, id domain.ResponsibilityID, version int,
	change func(Stores, *domain.AuditLog, Responsibility) error, gone ...*bool) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if v, err = st.Responsibilities.Get(actor.Scope(), id); err != nil {
			return err
		}
		if err := st.Responsibilities.LockThing(v.Subject); err != nil {
			return err
		}
		before, err := st.Responsibilities.OfSubject(v.Subject, true) // the lock always before its rows
		if err != nil {
			return err
		}
		r, err := st.Responsibilities.Lock(id)
		if err != nil {
			return err
		}
		if r.Version != version {
			v.Responsibility = r
			if err := mayDo(st, actor, &v); err != nil {
				return err
			}
			return domain.Stale(domain.SubjectOf(domain.SubjectResponsibility, id), version, v)
		}
		if err := change(st, log, r); err != nil {
			return err
		}
		if err := touch(st, r.Subject, before, log.Now()); err != nil {
			return err
		}
		if len(gone) > 0 && *gone[0] {
			return nil
		}
		v, err = s.view(st, actor, id)
		return err
	})
	return v, err
}
