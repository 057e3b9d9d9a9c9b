package round

import "yhdyspinta/domain"

// View is a round with what it names.
type View struct {
	Round
	Plan            SnapshotPlan
	OpenedPostTitle domain.Text
}

// ReportFilter narrows the reports of a round.
type ReportFilter struct {
	Level     Level        // "": any
	SubjectID domain.AnyID // zero: any
	PartyID   domain.PartyID
}

// Store keeps rounds. Its reads start from the scope: who does not see the plan does
// not see its rounds.
type Store interface {
	// Get returns a round with its completions, or NotFound.
	Get(scope domain.Scope, id domain.RoundID) (View, error)
	// ByKey is Get by the permanent name.
	ByKey(scope domain.Scope, key string) (View, error)
	// List returns one page of the rounds of a plan (zero: of all), sorted by periodTo
	// (the newest first by default) or title.
	List(scope domain.Scope, plan domain.PlanID, req domain.PageRequest) (domain.Page[View], error)
	// Lock makes writers of the round wait until this transaction ends.
	Lock(id domain.RoundID) error
	// Insert adds a round with its levels.
	Insert(r Round) error
	// Update replaces title, levels, state and completions if the version is still
	// r.Version, and returns the round with the next version; domain.Stale with what is
	// stored if not.
	Update(r Round) (Round, error)
	// InsertReport adds what a party says of a goal or of the plan.
	InsertReport(r Report) error
	// Report returns a report with what it names.
	Report(id domain.RoundReportID) (Report, error)
	// Reports returns one page, the newest first. Texts that the scope may not read are
	// empty, and reports on what it does not see are left out.
	Reports(scope domain.Scope, r Round, f ReportFilter, req domain.PageRequest) (domain.Page[Report], error)
	// Subject returns a goal or the plan that the round asks about, or NotFound.
	Subject(scope domain.Scope, r Round, l Level, id domain.AnyID) (Subject, error)
	// Plan returns a plan that the scope sees, or NotFound.
	Plan(scope domain.Scope, id domain.PlanID) (SnapshotPlan, error)
	// Principals returns the principal parties in their order.
	Principals() ([]SnapshotParty, error)
	// Expectations returns one page of what the round asks for, sorted by level (the
	// lowest first), no and party, by default all three.
	Expectations(scope domain.Scope, r Round, f Filter, req domain.PageRequest) (domain.Page[Expectation], error)
	// Asked returns all that the round asks for, in the list's order.
	Asked(scope domain.Scope, r Round) ([]Expectation, error)
	// OpenRounds returns the open rounds that the scope sees, at most MaxOpen.
	OpenRounds(scope domain.Scope) ([]View, error)
	// Wanted returns what these rounds still ask of somebody: what is missing first,
	// then by last day, and how many things that is in all (Service.Wants). One query
	// whatever the rounds, and one for each level of what it returns.
	Wanted(scope domain.Scope, rounds []View, of Asker, f WantedFor) ([]Wanted, int, error)
	// Figures counts what the round asks for by level and party.
	Figures(scope domain.Scope, r Round) ([]Figure, error)
	// InsertSnapshot keeps both versions of the snapshot of a round.
	InsertSnapshot(staff, public Frozen) error
	// Snapshot returns a version of the snapshot, or NotFound. Only people with a role
	// read the one that is not public.
	Snapshot(scope domain.Scope, id domain.RoundID, public bool) (Frozen, error)
}

// Stores are what the use cases need, bound to one transaction.
type Stores struct {
	Rounds Store
}
