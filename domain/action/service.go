package action

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Service holds the use cases of actions.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
}

// Permissions lists what an actor may do with an action.
var Permissions = []domain.Permission{domain.ActionEdit, domain.ActionReport, domain.ActionWithdraw, domain.TaskEdit, domain.ResponsibilityEdit}

// latestReports is how many reports come with an action.
const latestReports = 5

// Item is an action as its page shows it.
type Item struct {
	View
	Origin        *Origin
	Reports       []StatusReport // the latest, newest first
	Needs         []Neighbour    // what it waits for, and what waits for it, by due date, as far as the actor may see
	AwaitedBy     []Neighbour
	Phases        []PhaseStep    // of its implementation that it has reached, in their order
	Steps         []Task         // its tasks and milestones by due date, withdrawn ones last
	Postponements []Postponement // the latest first
	// ForwardedFrom are the actions that go on in this one, by number.
	ForwardedFrom []Ref
	// Undoable is the latest word of the actor's party, if the actor may take it
	// back; nil: there is none.
	Undoable *Word
	// What the View says of these; nobody asks for it twice.
	figures   TaskFigures
	postponed int
}

// Get returns an action that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.ActionID) (item Item, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		item, err = whole(st, actor, id)
		return err
	})
	return item, err
}

// ByNo is Get by the number people use.
func (s *Service) ByNo(ctx context.Context, actor domain.Actor, no int) (item Item, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err := st.Actions.ByNo(actor.Scope(), no)
		if err != nil {
			return err
		}
		item, err = complete(st, actor, v)
		return err
	})
	return item, err
}

// whole is an action that the actor may see with all around it, or NotFound: asked at
// once, since all is found by its id.
func whole(st Stores, actor domain.Actor, id domain.ActionID) (item Item, err error) {
	err = st.Actions.Together(append([]func() error{func() (err error) { // first: where it is not found, that is the answer
		if item.View, err = st.Actions.WithoutTasks(actor.Scope(), id); err != nil {
			return err
		}
		return item.undoable(st, actor)
	}}, item.around(st, actor, id)...)...)
	if err != nil {
		return Item{}, err
	}
	item.Tasks, item.Postponed = item.figures, item.postponed
	return item, nil
}

// complete adds to an action all around it.
func complete(st Stores, actor domain.Actor, v View) (Item, error) {
	item := Item{View: v}
	err := st.Actions.Together(append(item.around(st, actor, v.ID), func() error { return item.undoable(st, actor) })...)
	item.Tasks, item.Postponed = item.figures, item.postponed
	return item, err
}

// undoable finds the latest word of the actor's party, if it may report.
func (item *Item) undoable(st Stores, actor domain.Actor) (err error) {
	if item.check(actor, domain.ActionReport) == nil {
		item.Undoable, err = st.Actions.LatestWord(item.ID, actor.PartyID, len(item.Reporters()) == 0)
	}
	return err
}

// around are the parts that add what is found by an action's id alone.
func (item *Item) around(st Stores, actor domain.Actor, id domain.ActionID) []func() error {
	return []func() error{
		func() (err error) {
			item.Origin, err = st.Actions.Origin(actor.Scope(), id)
			return err
		},
		func() error {
			page, err := st.Actions.Reports(actor.Scope(), id, domain.PageRequest{Limit: latestReports})
			item.Reports = page.Items
			return err
		},
		func() (err error) {
			item.Postponements, item.postponed, err = st.Actions.Postponements(actor.Scope(), id)
			return err
		},
		func() (err error) {
			item.ForwardedFrom, err = st.Actions.ForwardedFrom(actor.Scope(), id)
			return err
		},
		func() (err error) {
			item.Needs, item.AwaitedBy, err = st.Dependencies.Around(actor.Scope(), id)
			return err
		},
		func() error {
			phases, words, err := st.Actions.PhaseSteps(actor.Scope(), id)
			item.Phases = Reached(phases, words)
			return err
		},
		func() (err error) {
			item.Steps, item.figures, err = st.Tasks.Of(id)
			return err
		},
	}
}

// List returns one page of the actions that the actor may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[View], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Actions.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Waiting returns the most urgent of the actions that wait for the post that the
// actor acts in, and the ids of all of them; none without a post.
func (s *Service) Waiting(ctx context.Context, actor domain.Actor, f WaitFor) (items []OfPost, all []domain.ActionID, err error) {
	if actor.PostID.IsZero() {
		return nil, nil, nil
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		items, all, err = st.Actions.Waiting(actor.Scope(), actor.PostID, actor.PartyID, f)
		return err
	})
	return items, all, err
}

// Export hands all actions that List would list, whole, to yield: page after page
// in the order of sort, and from one snapshot.
func (s *Service) Export(ctx context.Context, actor domain.Actor, f Filter, sort string, yield func([]View) error) error {
	ctx = domain.Once(ctx)
	return s.UoW.Read(ctx, func(st Stores) error {
		return domain.EachPage(sort, func(p domain.PageRequest) (domain.Page[View], error) {
			return st.Actions.ListWhole(actor.Scope(), f, p)
		}, yield)
	})
}

// Reports returns one page of the reports on an action that the actor may see,
// the latest first; NotFound if the action is hidden.
func (s *Service) Reports(ctx context.Context, actor domain.Actor, id domain.ActionID, p domain.PageRequest) (page domain.Page[StatusReport], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if _, err := st.Actions.Get(actor.Scope(), id); err != nil {
			return err
		}
		page, err = st.Actions.Reports(actor.Scope(), id, p)
		return err
	})
	return page, err
}

// Create adds an action with the next number.
func (s *Service) Create(ctx context.Context, actor domain.Actor, e Edit) (item Item, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		posts, err := st.Actions.Complete(e.Responsibilities)
		if err != nil {
			return err
		}
		e.Responsibilities = posts
		if err := actor.Check(domain.ActionCreate, creation(e)); err != nil {
			return err
		}
		var id domain.ActionID
		id.SetNew(s.NewID)
		if _, err := Record(st, log, actor, domain.ActionCreate, id, domain.OutcomeID{}, e); err != nil {
			return err
		}
		v, err := st.Actions.Get(actor.Scope(), id)
		item.View = v
		return err
	})
	return item, err
}

// creation is what the permission to create is asked for: the lead's units and
// the forum.
func creation(e Edit) domain.Resource {
	r := domain.Resource{ForumID: e.ForumID}
	if lead, ok := domain.LeadOf(e.Responsibilities); ok {
		r.Parties, r.Posts, r.Units = []domain.PartyID{lead.PartyID}, []domain.PostID{lead.PostID}, []domain.UnitID{lead.UnitID}
	}
	return r
}

// Record adds an action with the next number and its audit entry inside a unit
// of work whose permission the caller has checked: a meeting's outcome makes its
// actions so. p is the permission that goes into the log, opts what its entry has
// beside.
func Record(st Stores, log *domain.AuditLog, actor domain.Actor, p domain.Permission, id domain.ActionID, outcome domain.OutcomeID, e Edit, opts ...domain.EntryOption) (Action, error) {
	a, err := New(id, 0, outcome, e, log.Now())
	if err != nil {
		return a, err // before a number is used up
	}
	if err := domain.CheckTerms(st.Terms, a.termsSince(Action{})...); err != nil {
		return a, err
	}
	if err := checkGoals(st, actor, nil, a.GoalIDs); err != nil {
		return a, err
	}
	if a.No, err = st.Actions.NextNo(); err != nil {
		return a, err
	}
	if err := st.Actions.Insert(a); err != nil {
		return a, err
	}
	subject := domain.SubjectOf(domain.SubjectAction, a.ID)
	if err := st.Book.Replace(log, actor, subject, subject, e.Responsibilities); err != nil {
		return a, err
	}
	log.Add(actor, p, subject, a.Version, domain.Diff(Action{}, a), opts...)
	return a, nil
}

// Change replaces the editable fields of version of an action: Stale if it has
// another version by now. Other responsible posts need their own permission.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.ActionID, version int, e Edit, reason string) (Item, error) {
	reason = strings.TrimSpace(reason)
	return s.write(ctx, actor, domain.ActionEdit, id, version, func(st Stores, log *domain.AuditLog, v *View) ([]domain.Change, string, error) {
		changes, err := change(st, log, actor, v, e, reason)
		if err != nil {
			return nil, "", err
		}
		*v, err = st.Actions.Get(actor.Scope(), id) // with what it names by now
		return changes, reason, err
	})
}

// change saves an edit of an action that the actor may edit, and leaves its new
// version in v. Other responsible posts need their own permission. It returns
// what the log is to tell.
func change(st Stores, log *domain.AuditLog, actor domain.Actor, v *View, e Edit, reason string) ([]domain.Change, error) {
	old := v.Action
	posts, err := edited(st, log, actor, v, e, reason)
	if err != nil {
		return nil, err
	}
	changes := domain.Diff(old, v.Action)
	if v.Action, err = st.Actions.Update(v.Action); err != nil {
		return nil, err
	}
	if domain.SameResponsibles(old.Responsibilities, posts) {
		return changes, nil
	}
	subject := domain.SubjectOf(domain.SubjectAction, v.ID)
	return changes, st.Book.Replace(log, actor, subject, subject, posts)
}

// edited makes v what an edit says, without saving it, and returns its posts.
func edited(st Stores, log *domain.AuditLog, actor domain.Actor, v *View, e Edit, reason string) ([]domain.Responsible, error) {
	old := v.Action
	posts, err := st.Actions.Complete(e.Responsibilities)
	if err != nil {
		return nil, err
	}
	e.Responsibilities = posts
	if err := v.Change(e, reason, log.Now()); err != nil {
		return nil, err
	}
	if err := domain.CheckTerms(st.Terms, v.termsSince(old)...); err != nil {
		return nil, err
	}
	if err := checkGoals(st, actor, old.GoalIDs, v.GoalIDs); err != nil {
		return nil, err
	}
	if domain.SameResponsibles(old.Responsibilities, posts) {
		return posts, nil
	}
	return posts, actor.Check(domain.ResponsibilityEdit, old.Resource())
}

// checkGoals refuses that an action begins to serve a goal that has ended: Conflict
// goal_ended. Those that it serves already it may keep.
func checkGoals(st Stores, actor domain.Actor, old, now []domain.GoalID) error {
	var begun []domain.GoalID
	for _, id := range now {
		if !slices.Contains(old, id) {
			begun = append(begun, id)
		}
	}
	if len(begun) == 0 {
		return nil
	}
	ended, onwards, err := st.Actions.EndedGoal(actor.Scope(), begun)
	if err != nil || !ended {
		return err
	}
	return domain.GoalEnded(onwards)
}

// Report takes a status report into version of an action.
func (s *Service) Report(ctx context.Context, actor domain.Actor, id domain.ActionID, version int, r Reporting) (Item, error) {
	return s.write(ctx, actor, domain.ActionReport, id, version, func(st Stores, log *domain.AuditLog, v *View) ([]domain.Change, string, error) {
		changes, reason, _, err := s.report(st, log, actor, v, r)
		if err == nil {
			*v, err = st.Actions.Get(actor.Scope(), id) // with where it goes on by now
		}
		return changes, reason, err
	})
}

// report saves a status report of an action that the actor may report on, and
// leaves its new version in v. It returns what the log is to tell, and the word
// by which the report can be taken back.
func (s *Service) report(st Stores, log *domain.AuditLog, actor domain.Actor, v *View, r Reporting) (changes []domain.Change, reason string, word domain.WordID, err error) {
	old := v.Action
	if len(r.ForwardTo) > 0 {
		if err := st.Actions.LockForwards(); err != nil {
			return nil, "", word, err
		}
		if r.ForwardTo, err = st.Actions.Targets(actor.Scope(), v.ID, r.ForwardTo); err != nil {
			return nil, "", word, err
		}
	}
	var reportID domain.StatusReportID
	reportID.SetNew(s.NewID)
	report, err := v.Report(reportID, actor.PartyID, actor.PostID, r, log.Now())
	if err != nil {
		return nil, "", word, err
	}
	if err := domain.CheckTerms(st.Terms, v.phaseSince(old)); err != nil {
		return nil, "", word, err
	}
	if v.Action, err = st.Actions.UpdateStatus(v.Action); err != nil {
		return nil, "", word, err
	}
	changes = statusChanges(old, v.Action, actor.PartyID)
	if !report.Text.IsZero() {
		changes = append(changes, domain.Change{Field: "reportText", New: report.Text})
	}
	if err := st.Actions.InsertReport(report); err != nil {
		return nil, "", word, err
	}
	word, err = s.saveWord(st, old, v.Action, actor, reportID, log.Now())
	return changes, report.Reason, word, err
}

// Confirm notes that the status of version of an action is still true.
func (s *Service) Confirm(ctx context.Context, actor domain.Actor, id domain.ActionID, version int) (Item, error) {
	return s.write(ctx, actor, domain.ActionReport, id, version, func(st Stores, log *domain.AuditLog, v *View) (changes []domain.Change, _ string, err error) {
		old := v.Action
		if err := v.Confirm(actor.PartyID, log.Now()); err != nil {
			return nil, "", err
		}
		if v.Action, err = st.Actions.UpdateStatus(v.Action); err != nil {
			return nil, "", err
		}
		_, err = s.saveWord(st, old, v.Action, actor, domain.StatusReportID{}, log.Now())
		return statusChanges(old, v.Action, actor.PartyID), "", err
	})
}

// Unsay takes back the latest word of the actor's party on an action (Action.Unsay):
// NotFound if the party has said no such word; Conflict forward_outdated if the action
// would go on again where it cannot any more.
func (s *Service) Unsay(ctx context.Context, actor domain.Actor, id domain.ActionID, word domain.WordID, reason string) (item Item, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Actions.Lock(id); err != nil {
			return err
		}
		v, err := unsay(st, log, actor, id, word, reason)
		if err != nil {
			return err
		}
		item, err = complete(st, actor, v)
		return err
	})
	return item, err
}

// unsay takes a word on a locked action back, with its entry in the log, and
// returns the action as it is then.
func unsay(st Stores, log *domain.AuditLog, actor domain.Actor, id domain.ActionID, word domain.WordID, reason string) (View, error) {
	reason = strings.TrimSpace(reason)
	v, err := st.Actions.Get(actor.Scope(), id)
	if err != nil {
		return v, err
	}
	if err := v.check(actor, domain.ActionReport); err != nil {
		return v, err
	}
	words, err := st.Actions.Words(id, word)
	if err != nil {
		return v, err
	}
	party := words.Word.PartyID
	if actor.System == "" && party != actor.PartyID {
		return v, domain.NotFound("word")
	}
	old := v.Action
	if err := v.Action.Unsay(&words, actor.PostID, reason, log.Now()); err != nil {
		return v, err
	}
	if v.Action, err = st.Actions.UpdateStatus(v.Action); err != nil {
		return v, err
	}
	if err := st.Actions.WithdrawWord(words.Word); err != nil {
		return v, err
	}
	if p, ok := v.said(party); ok {
		err = st.Actions.SaveSaid(id, p)
	} else {
		err = st.Actions.ForgetSaid(id, party)
	}
	if err != nil {
		return v, err
	}
	taken := domain.Change{Field: "reportWithdrawn", New: true}
	if words.Word.ReportID.IsZero() {
		taken = domain.Change{Field: "confirmationWithdrawn", New: true}
	}
	if v, err = st.Actions.Get(actor.Scope(), id); err != nil { // with where it goes on by now
		return v, err
	}
	if err := checkOnwards(st, v, party); err != nil {
		return v, err
	}
	log.Add(actor, domain.ActionReport, domain.SubjectOf(domain.SubjectAction, id), v.Version, append(statusChanges(old, v.Action, party), taken), domain.Because(reason))
	return v, nil
}

// checkOnwards checks where an action goes on again, now that a word of the party was
// taken back, while nobody else says where one goes on.
func checkOnwards(st Stores, v View, party domain.PartyID) error {
	again := v.onwards(party)
	if len(again) == 0 {
		return nil
	}
	if err := st.Actions.LockForwards(); err != nil {
		return err
	}
	named := make([]Target, len(again))
	for i, r := range again {
		named[i].Ref = r
	}
	targets, err := st.Actions.Targets(domain.Scope{Staff: true}, v.ID, named)
	if err != nil {
		return err
	}
	return v.goOnAgain(targets)
}

// statusChanges are the changes of the joint status, of what the party says itself,
// where others have a say too, and of where it says that the action goes on.
func statusChanges(old, now Action, party domain.PartyID) []domain.Change {
	changes := domain.Diff(old, now)
	before, after := old.own(party), now.own(party)
	was, is := before.AuditValue(), after.AuditValue()
	if len(now.Reporters()) > 1 && was != is {
		changes = append(changes, domain.Change{Field: "partyStatus", Old: was, New: is})
	}
	if !sameRefs(before.Forwards, after.Forwards) {
		changes = append(changes, domain.Change{Field: "forwardedTo", Old: refIDs(before.Forwards), New: refIDs(after.Forwards)})
	}
	return changes
}

// saveWord keeps what the actor's party says by now, and the word by which it does.
func (s *Service) saveWord(st Stores, before, a Action, actor domain.Actor, report domain.StatusReportID, now time.Time) (id domain.WordID, err error) {
	id.SetNew(s.NewID)
	if err := st.Actions.InsertWord(a.word(id, before, actor.PartyID, actor.PostID, report, now)); err != nil {
		return id, err
	}
	p, ok := a.said(actor.PartyID)
	if !ok {
		return id, nil // nobody is asked for a status of their own
	}
	return id, st.Actions.SaveSaid(a.ID, p)
}

// write loads version of an action, checks the permission, changes it and logs
// what change returns: the changes and the reason. change leaves in the View
// what is stored then.
func (s *Service) write(ctx context.Context, actor domain.Actor, p domain.Permission, id domain.ActionID, version int,
	change func(Stores, *domain.AuditLog, *View) ([]domain.Change, string, error)) (item Item, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Actions.Lock(id); err != nil {
			return err
		}
		v, err := st.Actions.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := v.check(actor, p); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectAction, id)
		if v.Version != version {
			return staleWith(st, actor, domain.Stale(subject, version, v))
		}
		changes, reason, err := change(st, log, &v)
		if err != nil {
			return staleWith(st, actor, err)
		}
		log.Add(actor, p, subject, v.Version, changes, domain.Because(reason))
		item, err = complete(st, actor, v)
		explain(item.Postponements, actor, reason, log.Now())
		return err
	})
	return item, err
}

// staleWith makes the View in a stale error an Item, so that a person sees what
// was reported meanwhile; other errors pass.
func staleWith(st Stores, actor domain.Actor, err error) error {
	stale, ok := errors.AsType[*domain.Error](err)
	if !ok || stale.Kind != domain.KindStale {
		return err
	}
	if v, ok := stale.Current.(View); ok {
		item, err := complete(st, actor, v)
		if err != nil {
			return err
		}
		stale.Current = item
	}
	return stale
}
