package draft

import (
	"context"
	"errors"
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// Service holds the use cases of drafts.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Summary is a draft as a list shows it.
type Summary struct {
	Draft
	Of       Thing
	Post     Name // in which the present version was saved
	Standing Standing
	words    []Comment // what each party said last of the present version
}

// View is a draft with what is published now, and what the actor may do.
type View struct {
	Summary
	Current     Current
	Changes     []domain.Change       // from what is published; of a settled draft from what was when it was saved
	Names       map[domain.AnyID]Name // what the contents refer to, by id
	Outdated    bool                  // what is published has changed since the draft was saved
	Missing     []domain.PartyID      // principal parties without whose agreement it is not published
	Permissions []domain.Permission
}

// outdated reports whether what is published is not what the draft was saved on.
// Responsibilities change without another version of their thing.
func outdated(st Stores, d Draft, current Current) (bool, error) {
	if current.Version != d.BaseVersion {
		return true, nil
	}
	since, err := st.Kinds[d.Subject.Kind].Compare(d.Base, current.Content)
	return len(since) > 0, err
}

// Get returns a draft, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.DraftID) (v View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err = view(st, actor, id)
		return err
	})
	return v, err
}

func view(st Stores, actor domain.Actor, id domain.DraftID) (v View, err error) {
	if v.Draft, v.Of, err = st.Drafts.Get(actor.Scope(), id); err != nil {
		return v, err
	}
	if v.Current, err = st.Kinds[v.Subject.Kind].Current(actor.Scope(), v.Subject.ID); err != nil {
		return v, err
	}
	principals, err := st.Drafts.Principals()
	if err != nil {
		return v, err
	}
	speaking := speakers(v.Current.Own, principals)
	summaries, err := summarise(st, principals, []Listed{{v.Draft, v.Of}})
	if err != nil {
		return v, err
	}
	v.Summary = summaries[0]
	published := v.Current.Content
	if v.State != Open {
		published = v.Base
	}
	if v.Changes, err = st.Kinds[v.Subject.Kind].Compare(published, v.Content); err != nil {
		return v, err
	}
	v.Names, err = st.Drafts.Names(v.Content, v.Base, v.Current.Content)
	if err != nil || v.State != Open {
		return v, err
	}
	if v.Outdated, err = outdated(st, v.Draft, v.Current); err != nil {
		return v, err
	}
	needed, err := st.Kinds[v.Subject.Kind].Words(actor.Scope(), v.Subject.ID, v.Content)
	if err != nil {
		return v, err
	}
	v.Missing = v.Draft.Missing(needed, v.words)
	if mayEdit(actor, v.Current) == nil {
		v.Permissions = append(v.Permissions, domain.DraftEdit)
		if v.Standing != ChangesWanted && !v.Outdated && len(without(v.Missing, actor)) == 0 {
			v.Permissions = append(v.Permissions, domain.DraftPublish)
		}
	}
	concerned, err := concernedBy(st, v.Draft, v.Current, principals)
	if err != nil {
		return v, err
	}
	v.Permissions = append(v.Permissions, actor.Allowed(concerned, domain.DraftComment)...)
	v.Permissions = append(v.Permissions, actor.Allowed(domain.Resource{Parties: v.others(speaking)}, domain.DraftAnswer)...)
	return v, nil
}

// speakers are the parties that have a say on a draft.
func speakers(own domain.PartyID, principals []domain.PartyID) []domain.PartyID {
	if own.IsZero() {
		return principals
	}
	return []domain.PartyID{own}
}

// concernedBy is what commenting is asked for: the principal parties, and the
// units of the posts that are responsible in the thing as it is, or would be as
// the draft says.
func concernedBy(st Stores, d Draft, c Current, principals []domain.PartyID) (domain.Resource, error) {
	r := domain.Resource{Parties: principals}
	posts, err := st.Kinds[d.Subject.Kind].Posts(c.Content, d.Content)
	if err != nil {
		return r, err
	}
	names, err := st.Drafts.Posts(posts)
	for _, n := range names {
		r.Units = append(r.Units, n.UnitID)
	}
	return r, err
}

// mayEdit checks that the actor may write drafts, and change the thing itself.
func mayEdit(actor domain.Actor, c Current) error {
	if err := actor.Check(domain.DraftEdit, c.Resource); err != nil {
		return err
	}
	if err := actor.Check(c.Permission, c.Resource); err != nil {
		return err
	}
	if actor.PostID.IsZero() { // a draft names the post that proposes it
		return domain.Forbidden(domain.DraftEdit)
	}
	return nil
}

// without leaves out the actor's own party, if they speak for it: to publish is
// to agree.
func without(missing []domain.PartyID, actor domain.Actor) []domain.PartyID {
	return slices.DeleteFunc(slices.Clone(missing), func(p domain.PartyID) bool {
		return p == actor.PartyID && actor.Can(domain.DraftAnswer, domain.Resource{Parties: []domain.PartyID{p}})
	})
}

// summarise adds the posts' names and what follows from the parties' words.
func summarise(st Stores, principals []domain.PartyID, drafts []Listed) ([]Summary, error) {
	ids := make([]domain.DraftID, len(drafts))
	posts := make([]domain.PostID, len(drafts))
	for i, d := range drafts {
		ids[i], posts[i] = d.ID, d.PostID
	}
	words, err := st.Drafts.Words(ids)
	if err != nil {
		return nil, err
	}
	names, err := st.Drafts.Posts(posts)
	if err != nil {
		return nil, err
	}
	out := make([]Summary, len(drafts))
	for i, d := range drafts {
		out[i] = Summary{Draft: d.Draft, Of: d.Of, Post: names[d.PostID], words: words[d.ID], Standing: d.Standing(words[d.ID], speakers(d.Of.Own, principals))}
	}
	return out, nil
}

// Comments returns one page of what the parties have said of a draft.
func (s *Service) Comments(ctx context.Context, actor domain.Actor, id domain.DraftID, p domain.PageRequest) (page domain.Page[Comment], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if _, _, err := st.Drafts.Get(actor.Scope(), id); err != nil {
			return err
		}
		if page, err = st.Drafts.Comments(id, p); err != nil {
			return err
		}
		posts := make([]domain.PostID, len(page.Items))
		for i, c := range page.Items {
			posts[i] = c.PostID
		}
		names, err := st.Drafts.Posts(posts)
		for i, c := range page.Items {
			page.Items[i].Post = names[c.PostID]
		}
		return err
	})
	return page, err
}

// List returns one page of the drafts: for all but staff there are none.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (out domain.Page[Summary], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err := st.Drafts.List(actor.Scope(), f, p)
		if err != nil {
			return err
		}
		principals, err := st.Drafts.Principals()
		if err != nil {
			return err
		}
		out.NextCursor, out.Total = page.NextCursor, page.Total
		out.Items, err = summarise(st, principals, page.Items)
		return err
	})
	return out, err
}

// Answering is the party for which the actor says what it thinks of drafts;
// false if for none.
func Answering(actor domain.Actor) (domain.PartyID, bool) {
	return actor.PartyID, actor.Can(domain.DraftAnswer, domain.Resource{Parties: []domain.PartyID{actor.PartyID}})
}

// Create saves the first version of a draft: base_changed (Stale) if the thing
// has another version than the one that it changes, Conflict if it needs no
// draft or has an open one.
func (s *Service) Create(ctx context.Context, actor domain.Actor, subject domain.Subject, e Edit) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		id, err := s.create(st, log, actor, subject, e)
		if err != nil {
			return err
		}
		v, err = view(st, actor, id)
		return err
	})
	return v, err
}

func (s *Service) create(st Stores, log *domain.AuditLog, actor domain.Actor, subject domain.Subject, e Edit) (id domain.DraftID, err error) {
	kind, ok := st.Kinds[subject.Kind]
	if !ok {
		return id, domain.InvalidField("/subjectKind", "not_allowed")
	}
	current, err := kind.Current(actor.Scope(), subject.ID)
	if err != nil {
		return id, err
	}
	if err := mayEdit(actor, current); err != nil {
		return id, err
	}
	if !current.Drafted {
		words, err := kind.Words(actor.Scope(), subject.ID, e.Content)
		if err != nil {
			return id, inContent(err)
		}
		if len(without(words, actor)) == 0 {
			return id, domain.Conflict("draft_not_needed", "", "what never was public is changed directly")
		}
	}
	changes, err := check(st, log, actor, subject, current, e)
	if err != nil {
		return id, err
	}
	id.SetNew(s.NewID)
	d, err := New(id, subject, e, current.Content, actor, log.Now())
	if err != nil {
		return id, err
	}
	if err := st.Drafts.Insert(d); err != nil {
		return id, err
	}
	record(log, actor, domain.DraftEdit, Draft{}, d, changes)
	return id, nil
}

// check refuses a content that the thing's own rules refuse, and one that
// changes nothing. It returns what would change.
func check(st Stores, log *domain.AuditLog, actor domain.Actor, subject domain.Subject, current Current, e Edit) ([]domain.Change, error) {
	if current.Version != e.BaseVersion {
		return nil, baseChanged(st, subject, e.BaseVersion, current)
	}
	kind := st.Kinds[subject.Kind]
	changes, err := kind.Compare(current.Content, e.Content)
	if err != nil {
		return nil, err
	}
	if len(changes) == 0 {
		return nil, domain.Conflict("nothing_changed", "", "it says what is published already")
	}
	err = st.Drafts.Try(func() error {
		return kind.Publish(domain.NewAuditLog(log.Now()), actor, subject.ID, current.Version, e.Content)
	})
	return changes, inContent(err)
}

// inContent moves the pointers of field errors to the content of a draft.
func inContent(err error) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || len(e.Fields) == 0 {
		return err
	}
	out := *e
	out.Fields = slices.Clone(e.Fields)
	for i := range out.Fields {
		out.Fields[i].Pointer = "/content" + out.Fields[i].Pointer
	}
	return &out
}

// Base is what a draft is to be based on anew.
type Base struct {
	Current Current
	Names   map[domain.AnyID]Name
}

func baseChanged(st Stores, subject domain.Subject, version int, current Current) error {
	names, err := st.Drafts.Names(current.Content)
	if err != nil {
		return err
	}
	out := domain.Stale(subject, version, Base{current, names})
	out.Code = "base_changed"
	return out
}

func record(log *domain.AuditLog, actor domain.Actor, p domain.Permission, old, d Draft, more []domain.Change, opts ...domain.EntryOption) {
	log.Add(actor, p, domain.SubjectOf(domain.SubjectDraft, d.ID), d.Version, append(domain.Diff(old, d), more...),
		append(opts, domain.Under(d.Subject))...)
}

// Save replaces version of a draft: Stale if it has another version by now,
// base_changed (Stale) if the thing is no longer the one that it changes.
func (s *Service) Save(ctx context.Context, actor domain.Actor, id domain.DraftID, version int, e Edit) (View, error) {
	return s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, d Draft, current Current) error {
		if err := mayEdit(actor, current); err != nil {
			return err
		}
		old := d
		if err := d.Save(e, current.Content, actor, log.Now()); err != nil {
			return err
		}
		if _, err := check(st, log, actor, d.Subject, current, e); err != nil {
			return err
		}
		changes, err := st.Kinds[d.Subject.Kind].Compare(old.Content, d.Content)
		if err != nil {
			return err
		}
		return save(st, log, actor, domain.DraftEdit, old, d, changes)
	})
}

func save(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, old, d Draft, more []domain.Change, opts ...domain.EntryOption) error {
	d, err := st.Drafts.Update(d)
	if err == nil {
		record(log, actor, p, old, d, more, opts...)
	}
	return err
}

// Publish makes the thing what version of the draft says: Conflict while another
// party asks for changes or has not agreed to what needs its word,
// base_changed (Stale) if the thing has changed since.
func (s *Service) Publish(ctx context.Context, actor domain.Actor, id domain.DraftID, version int) (View, error) {
	return s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, d Draft, current Current) error {
		return publish(st, log, actor, d, current)
	})
}

func publish(st Stores, log *domain.AuditLog, actor domain.Actor, d Draft, current Current) error {
	if err := mayEdit(actor, current); err != nil {
		return err
	}
	if err := actor.Check(domain.DraftPublish, current.Resource); err != nil {
		return err
	}
	words, err := st.Drafts.Words([]domain.DraftID{d.ID})
	if err != nil {
		return err
	}
	needed, err := st.Kinds[d.Subject.Kind].Words(actor.Scope(), d.Subject.ID, d.Content)
	if err != nil {
		return err
	}
	principals, err := st.Drafts.Principals()
	if err != nil {
		return err
	}
	old := d
	if err := d.Publish(d.Standing(words[d.ID], speakers(current.Own, principals)), without(d.Missing(needed, words[d.ID]), actor), log.Now()); err != nil {
		return err
	}
	moved, err := outdated(st, old, current)
	if err != nil {
		return err
	}
	if moved {
		return baseChanged(st, d.Subject, d.BaseVersion, current)
	}
	if err := st.Kinds[d.Subject.Kind].Publish(log, actor, d.Subject.ID, d.BaseVersion, d.Content); err != nil {
		return inContent(err)
	}
	return save(st, log, actor, domain.DraftPublish, old, d, nil)
}

// Discard gives version of a draft up, for a reason.
func (s *Service) Discard(ctx context.Context, actor domain.Actor, id domain.DraftID, version int, reason string) (View, error) {
	return s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, d Draft, current Current) error {
		if err := mayEdit(actor, current); err != nil {
			return err
		}
		reason = strings.TrimSpace(reason)
		old := d
		if err := d.Discard(reason, log.Now()); err != nil {
			return err
		}
		return save(st, log, actor, domain.DraftEdit, old, d, nil, domain.Because(reason))
	})
}

// Say adds a comment on version of a draft. Coordinators comment, and managers of
// units whose posts are responsible in it; only the coordinators of another party
// than the one that proposes it agree or ask for changes.
func (s *Service) Say(ctx context.Context, actor domain.Actor, id domain.DraftID, version int, kind CommentKind, text domain.Text) (View, error) {
	return s.write(ctx, actor, id, version, func(st Stores, log *domain.AuditLog, d Draft, current Current) error {
		principals, err := st.Drafts.Principals()
		if err != nil {
			return err
		}
		p, r := domain.DraftAnswer, domain.Resource{Parties: d.others(speakers(current.Own, principals))}
		if kind == Remark {
			p = domain.DraftComment
			if r, err = concernedBy(st, d, current, principals); err != nil {
				return err
			}
		}
		if err := actor.Check(p, r); err != nil {
			return err
		}
		if actor.PostID.IsZero() { // a comment names the post that says it
			return domain.Forbidden(p)
		}
		var comment domain.DraftCommentID
		comment.SetNew(s.NewID)
		c, err := d.Say(comment, kind, text, actor, log.Now())
		if err != nil {
			return err
		}
		if err := st.Drafts.InsertComment(c); err != nil {
			return err
		}
		log.Add(actor, p, domain.SubjectOf(domain.SubjectDraftComment, c.ID), 1, domain.Diff(Comment{}, c), domain.Under(d.Subject))
		return nil
	})
}

// write locks version of a draft that the actor may see and changes it. What
// others may do with it at the same time waits, or finds another version.
func (s *Service) write(ctx context.Context, actor domain.Actor, id domain.DraftID, version int,
	change func(Stores, *domain.AuditLog, Draft, Current) error) (v View, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := alter(st, log, actor, id, version, change); err != nil {
			return err
		}
		v, err = view(st, actor, id)
		return err
	})
	return v, err
}

// alter is write inside a unit of work.
func alter(st Stores, log *domain.AuditLog, actor domain.Actor, id domain.DraftID, version int, change func(Stores, *domain.AuditLog, Draft, Current) error) error {
	if _, _, err := st.Drafts.Get(actor.Scope(), id); err != nil {
		return err
	}
	d, err := st.Drafts.Lock(id)
	if err != nil {
		return err
	}
	if d.Version != version {
		v, err := view(st, actor, id)
		if err != nil {
			return err
		}
		return domain.Stale(domain.SubjectOf(domain.SubjectDraft, id), version, v)
	}
	kind := st.Kinds[d.Subject.Kind]
	if err := kind.Lock(d.Subject.ID); err != nil { // whose word is needed is counted on what stays so
		return err
	}
	current, err := kind.Current(actor.Scope(), d.Subject.ID)
	if err != nil {
		return err
	}
	return change(st, log, d, current)
}
