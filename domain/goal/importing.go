package goal

import (
	"context"
	"slices"
	"strconv"

	"yhdyspinta/domain"
)

// MayImport is nil if the actor may create goals.
func MayImport(actor domain.Actor) error { return actor.Check(domain.GoalCreate, domain.Resource{}) }

// Import takes in a file of goals (domain.RunImport), each by its number. What is
// or was public changes through a draft alone: its row is refused (draft_required).
func (s *Service) Import(ctx context.Context, actor domain.Actor, in domain.Import[View, Edit]) (domain.ImportResult, error) {
	if err := MayImport(actor); err != nil {
		return domain.ImportResult{}, err
	}
	return domain.RunImport(ctx, s.UoW, s.NewID, actor, domain.GoalCreate, in, func(st Stores, log *domain.AuditLog, run *domain.ImportRun) domain.Importer[View, Edit] {
		st.Terms = domain.RememberTerms(st.Terms)
		st.Goals = &remembering{Store: st.Goals}
		return &importer{NewID: s.NewID, st: st, log: log, actor: actor, run: run}
	})
}

// importer implements domain.Importer.
type importer struct {
	NewID  domain.IDSource
	st     Stores
	log    *domain.AuditLog
	actor  domain.Actor
	run    *domain.ImportRun
	public map[domain.GoalID]bool // is or was public, of those that change
	ids    []domain.GoalID        // of the new ones to come
	saves  []interface{ Save() error }
}

// Stored implements domain.Importer.
func (r *importer) Stored(keys []string) (map[string]*View, error) {
	var nos []int
	for _, key := range keys {
		if no, err := strconv.Atoi(key); err == nil {
			nos = append(nos, no)
		}
	}
	out := map[string]*View{}
	for some := range slices.Chunk(nos, domain.MaxPage) {
		page, err := r.st.Goals.List(r.actor.Scope(), Filter{No: some, Ended: AllGoals}, domain.PageRequest{Limit: domain.MaxPage, Sort: "no"})
		if err != nil {
			return nil, err
		}
		views, err := withWork(r.st, r.actor, page.Items) // which the cells are compared with
		if err != nil {
			return nil, err
		}
		for _, v := range views {
			out[strconv.Itoa(v.No)] = &v
		}
	}
	return out, nil
}

// Version implements domain.Importer.
func (*importer) Version(v View) int { return v.Version }

// Name implements domain.Importer.
func (*importer) Name(e Edit, stored *View) (int, domain.Text) {
	if stored != nil {
		return stored.No, e.Title
	}
	return 0, e.Title
}

// Begin implements domain.Importer.
func (r *importer) Begin(reads []domain.ImportRead[View, Edit]) error {
	if err := r.takeTitles(reads); err != nil {
		return err
	}
	var changing []Goal
	var ids []domain.GoalID
	var subjects []domain.Subject
	for _, read := range reads {
		switch {
		case !read.Saves():
		case read.New:
			var id domain.GoalID
			id.SetNew(r.NewID)
			r.ids = append(r.ids, id)
			subjects = append(subjects, domain.SubjectOf(domain.SubjectGoal, id))
		default:
			changing, ids = append(changing, read.Stored.Goal), append(ids, read.Stored.ID)
			subjects = append(subjects, domain.SubjectOf(domain.SubjectGoal, read.Stored.ID))
		}
	}
	var err error
	if r.public, err = r.st.Goals.WerePublic(ids); err != nil || !r.run.Saving {
		return err
	}
	goals, err := r.st.Goals.Batch(changing, len(r.ids))
	if err != nil {
		return err
	}
	book, err := r.st.Book.Batch(subjects)
	if err != nil {
		return err
	}
	r.st.Goals, r.st.Book = &remembering{Store: goals}, book
	r.saves = []interface{ Save() error }{goals, book}
	return nil
}

// takeTitles marks each new goal whose title another that the actor sees has in its
// plan, or a row before.
func (r *importer) takeTitles(reads []domain.ImportRead[View, Edit]) error {
	titles := map[domain.PlanID]domain.ImportTitles{}
	for _, read := range reads {
		if read.New {
			titles[read.Edit.PlanID] = domain.ImportTitles{}
		}
	}
	if len(titles) == 0 {
		return nil
	}
	f := Filter{}
	for plan := range titles {
		if !plan.IsZero() {
			f.Plan.Values = append(f.Plan.Values, plan)
		}
	}
	if len(f.Plan.Values) > 0 {
		err := domain.EachPage("no", func(p domain.PageRequest) (domain.Page[Goal], error) {
			return r.st.Goals.List(r.actor.Scope(), f, p)
		}, func(goals []Goal) error {
			for _, g := range goals {
				titles[g.PlanID].Take(g.Title)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for i, read := range reads {
		if read.New {
			reads[i].Taken = titles[read.Edit.PlanID].Take(read.Edit.Title)
		}
	}
	return nil
}

// Create implements domain.Importer.
func (r *importer) Create(e Edit) (no int, err error) {
	if r.run.Saving {
		id := r.ids[0]
		r.ids = r.ids[1:]
		g, err := add(r.st, r.log, r.actor, id, e)
		return g.No, err
	}
	g, err := New(domain.GoalID{}, 0, e, r.log.Now())
	if err != nil {
		return 0, err
	}
	return 0, r.check(g, Goal{})
}

// Change implements domain.Importer.
func (r *importer) Change(v View, e Edit) error {
	if err := v.check(r.actor); err != nil {
		return err
	}
	drafted := r.public[v.ID] || slices.ContainsFunc(v.Words(e), func(p domain.PartyID) bool { return p != r.actor.PartyID })
	if err := domain.CheckDirect(r.actor, drafted, nil); err != nil {
		return err
	}
	if r.run.Saving {
		_, err := Editor{r.st}.change(r.log, r.actor, v.Goal, v.Version, e)
		return err
	}
	g := v.Goal
	if err := g.Change(e, r.log.Now()); err != nil {
		return err
	}
	return r.check(g, v.Goal)
}

// check is what saving a goal checks beside its own rules.
func (r *importer) check(g, old Goal) error {
	if err := domain.CheckTerms(r.st.Terms, g.termsSince(old)...); err != nil {
		return err
	}
	if err := (Editor{r.st}).checkLevel(r.actor, old, g); err != nil {
		return err
	}
	return domain.CheckPins(r.st.Pins, g.pinsSince(old))
}

// Save implements domain.Importer.
func (r *importer) Save() error {
	for _, s := range r.saves {
		if err := s.Save(); err != nil {
			return err
		}
	}
	return nil
}

// remembering is a store that asks once for what the rows of a file are checked
// against: the goals above them and the principal parties.
type remembering struct {
	Store
	goals      map[domain.GoalID]Goal
	principals []domain.PartyID
}

// Get implements Store.
func (s *remembering) Get(scope domain.Scope, id domain.GoalID) (Goal, error) {
	if g, ok := s.goals[id]; ok {
		return g, nil
	}
	g, err := s.Store.Get(scope, id)
	if err == nil {
		if s.goals == nil {
			s.goals = map[domain.GoalID]Goal{}
		}
		s.goals[id] = g
	}
	return g, err
}

// Update implements Store.
func (s *remembering) Update(g Goal) (Goal, error) {
	delete(s.goals, g.ID)
	return s.Store.Update(g)
}

// Principals implements Store.
func (s *remembering) Principals() (ids []domain.PartyID, err error) {
	if s.principals == nil {
		s.principals, err = s.Store.Principals()
	}
	return s.principals, err
}
