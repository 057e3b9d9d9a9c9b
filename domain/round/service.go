package round

import (
	"context"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Service holds the use cases of reporting rounds.
type Service struct {
	UoW   domain.UnitOfWork[Stores]
	NewID domain.IDSource
	Clock domain.Clock
}

// Item is a round with how it stands.
type Item struct {
	View
	Parties []SnapshotParty // the principal ones, in their order
	Figures []Figure        // of what the reader sees, one for each level and party
	Frozen  *Frozen         // the version of the snapshot that the reader gets, without its content; nil while there is none
}

// then shows a round that is over as it stood at its end: what was said later is not
// part of it.
func then(ctx context.Context, r Round) context.Context {
	if r.State == Open {
		return ctx
	}
	if at, past := domain.AsOf(ctx); past && at.Before(r.EndedAt) {
		return ctx
	}
	return domain.WithAsOf(ctx, r.EndedAt)
}

// Get returns a round by its id or key with its figures, or NotFound.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.RoundID, key string) (i Item, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if i.View, err = load(st, actor.Scope(), id, key); err != nil {
			return err
		}
		if i.Parties, err = st.Rounds.Principals(); err != nil || i.State != Completed {
			return err
		}
		f, err := st.Rounds.Snapshot(actor.Scope(), i.ID, !actor.IsStaff())
		i.Frozen = &f
		return err
	})
	if err != nil {
		return i, err
	}
	err = s.UoW.Read(then(ctx, i.Round), func(st Stores) error {
		counted, err := st.Rounds.Figures(actor.Scope(), i.Round)
		i.Figures = filled(counted, i.Parties)
		return err
	})
	return i, err
}

func load(st Stores, scope domain.Scope, id domain.RoundID, key string) (View, error) {
	if key != "" {
		return st.Rounds.ByKey(scope, key)
	}
	return st.Rounds.Get(scope, id)
}

// filled has a figure for each level and party, also where there is nothing to count.
func filled(counted []Figure, parties []SnapshotParty) []Figure {
	out := figuresOf(nil, parties)
	for i, f := range out {
		for _, c := range counted {
			if c.Level == f.Level && c.PartyID == f.PartyID {
				out[i] = c
			}
		}
	}
	return out
}

// List returns one page of the rounds of a plan (zero: of all).
func (s *Service) List(ctx context.Context, actor domain.Actor, plan domain.PlanID, req domain.PageRequest) (page domain.Page[View], parties []domain.PartyID, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if parties, err = principals(st); err != nil {
			return err
		}
		page, err = st.Rounds.List(actor.Scope(), plan, req)
		return err
	})
	return page, parties, err
}

func principals(st Stores) ([]domain.PartyID, error) {
	parties, err := st.Rounds.Principals()
	out := make([]domain.PartyID, len(parties))
	for i, p := range parties {
		out[i] = p.ID
	}
	return out, err
}

// Preview is what a round would ask for.
type Preview struct {
	Timetable
	WorkingDays int      // from the day of the preview to the first last day
	Figures     []Figure // of what would be asked, as if it were opened on the day; all of them waiting
}

// Preview tells the last days of a round that is not opened yet, and how much it
// would ask of each party.
func (s *Service) Preview(ctx context.Context, actor domain.Actor, plan domain.PlanID, d Dates) (p Preview, err error) {
	if err := actor.Check(domain.RoundOpen, domain.Resource{}); err != nil {
		return p, err
	}
	var v domain.Violations
	d.check(&v, s.Clock.Now())
	if err := v.Err(); err != nil {
		return p, err
	}
	p.Timetable = Schedule(d)
	today := s.Clock.Today()
	if !today.Before(p.Levels[0].DueOn) {
		return p, domain.InvalidField("/dueOn", "too_soon")
	}
	p.WorkingDays = domain.WorkingDaysUntil(today, p.Levels[0].DueOn)
	err = s.UoW.Read(ctx, func(st Stores) error {
		if _, err := st.Rounds.Plan(actor.Scope(), plan); err != nil {
			return err
		}
		parties, err := st.Rounds.Principals()
		if err != nil {
			return err
		}
		counted, err := st.Rounds.Figures(actor.Scope(), Round{PlanID: plan, OpensOn: today.AddDays(1), Levels: p.Levels, State: Open})
		p.Figures = filled(counted, parties)
		return err
	})
	return p, err
}

// Open opens a round for both parties.
func (s *Service) Open(ctx context.Context, actor domain.Actor, e Edit) (Item, error) {
	var id domain.RoundID
	err := s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.RoundOpen, domain.Resource{}); err != nil {
			return err
		}
		id.SetNew(s.NewID)
		r, err := New(id, e, actor.PartyID, actor.PostID, log.Now())
		if err != nil {
			return err
		}
		if err := st.Rounds.Insert(r); err != nil {
			return err
		}
		log.Add(actor, domain.RoundOpen, subjectOf(id), r.Version, domain.Diff(Round{}, r))
		return nil
	})
	if err != nil {
		return Item{}, err
	}
	return s.Get(ctx, actor, id, "")
}

func subjectOf(id domain.RoundID) domain.Subject { return domain.SubjectOf(domain.SubjectRound, id) }

// Change gives version of a round another title and later last days: Stale if it has
// another version by now.
func (s *Service) Change(ctx context.Context, actor domain.Actor, id domain.RoundID, version int, title domain.Text, d Dates, reason string) (Item, error) {
	return s.write(ctx, actor, id, version, domain.RoundEdit, domain.Resource{}, reason, func(_ Stores, log *domain.AuditLog, v *View) ([]domain.Change, error) {
		return nil, v.Change(title, d, reason, log.Now())
	})
}

// Cancel ends version of a round without a snapshot.
func (s *Service) Cancel(ctx context.Context, actor domain.Actor, id domain.RoundID, version int, reason domain.Text) (Item, error) {
	return s.write(ctx, actor, id, version, domain.RoundCancel, domain.Resource{}, "", func(_ Stores, log *domain.AuditLog, v *View) ([]domain.Change, error) {
		return nil, v.Cancel(reason, log.Now())
	})
}

// Complete says for the actor's party that its side of version of a round is
// complete. The last party to say so completes the round, and its snapshot is kept
// with the same transaction.
func (s *Service) Complete(ctx context.Context, actor domain.Actor, id domain.RoundID, version int, note domain.Text) (Item, error) {
	return s.write(ctx, actor, id, version, domain.RoundComplete, sideOf(actor.PartyID), "", func(st Stores, log *domain.AuditLog, v *View) ([]domain.Change, error) {
		var err error
		if v.Round, err = CompleteSide(st.Rounds, *v, Completion{PartyID: actor.PartyID, PostID: actor.PostID, Note: note}, log.Now()); err != nil {
			return nil, err
		}
		changes := []domain.Change{{Field: "sideCompleted", New: actor.PartyID}}
		if !note.IsZero() {
			changes = append(changes, domain.Change{Field: "note", New: note.Trim()})
		}
		return changes, nil
	})
}

// Reopen takes back the word of the actor's party that its side of version of a round
// is complete.
func (s *Service) Reopen(ctx context.Context, actor domain.Actor, id domain.RoundID, version int, reason string) (Item, error) {
	return s.write(ctx, actor, id, version, domain.RoundComplete, sideOf(actor.PartyID), reason, func(_ Stores, log *domain.AuditLog, v *View) ([]domain.Change, error) {
		return []domain.Change{{Field: "sideCompleted", Old: actor.PartyID}}, v.Reopen(actor.PartyID, reason, log.Now())
	})
}

// write loads version of a round, checks the permission, changes it, freezes it if
// that completed it, and logs that with what change returns.
func (s *Service) write(ctx context.Context, actor domain.Actor, id domain.RoundID, version int, p domain.Permission, on domain.Resource, reason string,
	change func(Stores, *domain.AuditLog, *View) ([]domain.Change, error)) (Item, error) {
	err := s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Rounds.Lock(id); err != nil {
			return err
		}
		old, err := st.Rounds.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(p, on); err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(subjectOf(id), version, old)
		}
		v := old
		more, err := change(st, log, &v)
		if err != nil {
			return err
		}
		if v.Round, err = st.Rounds.Update(v.Round); err != nil {
			return err
		}
		if old.State == Open && v.State == Completed {
			staff, public, err := KeepSnapshot(st.Rounds, id)
			if err != nil {
				return err
			}
			more = append(more, domain.Change{Field: "snapshotHash", New: staff}, domain.Change{Field: "publicSnapshotHash", New: public})
		}
		log.Add(actor, p, subjectOf(id), v.Version, append(domain.Diff(old.Round, v.Round), more...), domain.Because(strings.TrimSpace(reason)))
		return nil
	})
	if err != nil {
		return Item{}, err
	}
	return s.Get(ctx, actor, id, "")
}

// CompleteSide is the round with a principal party's word that its side is complete,
// given how the sides stand now: Forbidden for any other party.
func CompleteSide(rounds Store, v View, c Completion, now time.Time) (Round, error) {
	parties, err := rounds.Principals()
	if err != nil {
		return v.Round, err
	}
	ids := make([]domain.PartyID, len(parties))
	for i, p := range parties {
		ids[i] = p.ID
	}
	if !slices.Contains(ids, c.PartyID) {
		return v.Round, domain.Forbidden(domain.RoundComplete)
	}
	figures, err := rounds.Figures(domain.Scope{Staff: true}, v.Round)
	if err != nil {
		return v.Round, err
	}
	sides := map[domain.PartyID]Tally{}
	for _, id := range ids {
		sides[id] = side(figures, id)
	}
	err = v.Complete(c, sides, ids, now)
	return v.Round, err
}

// KeepSnapshot keeps the snapshot of a round that this transaction has completed, and
// returns the hashes of the versions that staff and everybody read.
func KeepSnapshot(rounds Store, id domain.RoundID) (forStaff, forAll string, err error) {
	staff := domain.Scope{Staff: true}
	v, err := rounds.Get(staff, id)
	if err != nil {
		return "", "", err
	}
	parties, err := rounds.Principals()
	if err != nil {
		return "", "", err
	}
	asked, err := rounds.Asked(staff, v.Round)
	if err != nil {
		return "", "", err
	}
	s := v.Freeze(v.Plan, parties, asked)
	version := func(s Snapshot, public bool) Frozen {
		content := s.Content()
		return Frozen{RoundID: id, Public: public, Content: content, Hash: HashOf(content), FrozenAt: v.EndedAt}
	}
	kept := version(s, false)
	open := version(s.Public(), true)
	return kept.Hash, open.Hash, rounds.InsertSnapshot(kept, open)
}

// Report says something of a goal or of the plan for the actor's party.
func (s *Service) Report(ctx context.Context, actor domain.Actor, id domain.RoundID, l Level, subject domain.AnyID, say Saying) (r Report, of Round, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Rounds.Lock(id); err != nil {
			return err
		}
		v, err := st.Rounds.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		of = v.Round
		about, err := st.Rounds.Subject(actor.Scope(), v.Round, l, subject)
		if err != nil {
			return err
		}
		parties, err := principals(st)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.RoundReport, about.Resource(actor.PartyID)); err != nil {
			return err
		}
		if !slices.Contains(parties, actor.PartyID) {
			return domain.Forbidden(domain.RoundReport)
		}
		var reportID domain.RoundReportID
		reportID.SetNew(s.NewID)
		if r, err = v.Say(reportID, about, actor.PartyID, actor.PostID, say, log.Now()); err != nil {
			return err
		}
		if err := st.Rounds.InsertReport(r); err != nil {
			return err
		}
		if r, err = st.Rounds.Report(r.ID); err != nil {
			return err
		}
		log.Add(actor, domain.RoundReport, domain.SubjectOf(domain.SubjectRoundReport, r.ID), 1, domain.Diff(Report{}, r), domain.Under(subjectOf(id)))
		return nil
	})
	return r, of, err
}

// Reports returns one page of what was said of goals and of the plan in a round, the
// newest first.
func (s *Service) Reports(ctx context.Context, actor domain.Actor, id domain.RoundID, f ReportFilter, req domain.PageRequest) (page domain.Page[Report], r Round, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err := st.Rounds.Get(actor.Scope(), id)
		if err != nil {
			return err
		}
		r = v.Round
		page, err = st.Rounds.Reports(actor.Scope(), r, f, req)
		return err
	})
	return page, r, err
}

// Expectations returns one page of what a round asks for: as it stands, or as it
// stood when the round ended.
func (s *Service) Expectations(ctx context.Context, actor domain.Actor, id domain.RoundID, f Filter, req domain.PageRequest) (page domain.Page[Expectation], r Round, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err := st.Rounds.Get(actor.Scope(), id)
		r = v.Round
		return err
	})
	if err != nil {
		return page, r, err
	}
	err = s.UoW.Read(then(ctx, r), func(st Stores) error {
		page, err = st.Rounds.Expectations(actor.Scope(), r, f, req)
		return err
	})
	return page, r, err
}

// Snapshot returns a version of a completed round's snapshot with its bytes, or
// NotFound.
func (s *Service) Snapshot(ctx context.Context, actor domain.Actor, id domain.RoundID, public bool) (f Frozen, v View, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if v, err = st.Rounds.Get(actor.Scope(), id); err != nil {
			return err
		}
		f, err = st.Rounds.Snapshot(actor.Scope(), id, public)
		return err
	})
	return f, v, err
}

// MaxCompared is how many rounds stand side by side at most.
const MaxCompared = 4

// Comparison is rounds side by side, the oldest first.
type Comparison struct {
	Rounds  []Item
	Parties []SnapshotParty
	Rows    []Compared // of the page
	Total   int
}

// Compare sets two to MaxCompared rounds side by side, by their keys: completed ones
// as they were frozen, an open one as it stands. Cancelled rounds are not compared.
// Of the rows it returns limit from the one at offset on.
func (s *Service) Compare(ctx context.Context, actor domain.Actor, keys []string, levels []Level, offset, limit int) (c Comparison, err error) {
	if len(keys) < 2 || len(keys) > MaxCompared {
		return c, domain.InvalidField("round", "two_to_four")
	}
	for i, key := range keys {
		if slices.Contains(keys[:i], key) {
			return c, domain.InvalidField("round", "duplicate")
		}
		item, err := s.Get(ctx, actor, domain.RoundID{}, key)
		if err != nil {
			return c, err
		}
		if item.State == Cancelled {
			return c, domain.InvalidField("round", "cancelled")
		}
		c.Rounds, c.Parties = append(c.Rounds, item), item.Parties
	}
	slices.SortStableFunc(c.Rounds, func(a, b Item) int { return strings.Compare(a.PeriodTo.String(), b.PeriodTo.String()) })
	rows := make([][]SnapshotRow, len(c.Rounds))
	for i, item := range c.Rounds {
		if rows[i], err = s.rows(ctx, actor, item); err != nil {
			return c, err
		}
		if len(levels) > 0 {
			rows[i] = slices.DeleteFunc(rows[i], func(r SnapshotRow) bool { return !slices.Contains(levels, r.Level) })
		}
	}
	all := Compare(rows, c.Parties)
	c.Total = len(all)
	c.Rows = all[min(offset, len(all)):min(offset+limit, len(all))]
	return c, nil
}

// rows are what a round asked for: as frozen, or as it stands.
func (s *Service) rows(ctx context.Context, actor domain.Actor, i Item) (rows []SnapshotRow, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if i.State == Completed {
			f, err := st.Rounds.Snapshot(actor.Scope(), i.ID, !actor.IsStaff())
			if err != nil {
				return err
			}
			frozen, err := ReadSnapshot(f.Content)
			rows = frozen.Rows
			return err
		}
		asked, err := st.Rounds.Asked(actor.Scope(), i.Round)
		for _, e := range asked {
			rows = append(rows, e.Row())
		}
		return err
	})
	return rows, err
}
