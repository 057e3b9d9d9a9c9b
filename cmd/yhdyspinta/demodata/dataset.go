// Package demodata reads the data set of the demo: the organisation, the plan
// and two years of invented work of two parties, as a file that people can
// read and edit (docs/guide/demo-data.md has the format).
//
// Parse checks a file whole and reports everything that is wrong with it, each
// with its line and its place. What it returns is complete and consistent:
// every reference leads to a thing in the same Dataset, every date is set in
// order, and defaults are filled in. Nothing derived (late, stale) is in it.
package demodata

import (
	"bytes"
	_ "embed"
	"time"

	"yhdyspinta/domain"
)

// Default is the project's own demo file. All in it is invented; its first
// lines say what is not.
//
//go:embed demo.yaml
var Default []byte

// ParseDefault reads Default.
func ParseDefault() (*Dataset, error) { return Parse(bytes.NewReader(Default)) }

// Dataset is a whole demo. Things are named by their stable keys, unique among
// things of the same kind; the order of the slices is that of the file, which
// is the order on the page.
type Dataset struct {
	Name          string      // of the data set
	ReferenceDate domain.Date // the "today" of the story
	HistoryFrom   domain.Date // when its past begins
	Notice        domain.Text // that all of it is invented, for every page

	Parties      []Party
	Units        []Unit // parents before their children
	Posts        []Post
	Persons      []Person
	Holdings     []Holding
	Grants       []Grant
	TargetGroups []Term
	Districts    []Term
	Tags         []Term
	Phases       []Term // of implementation, in the order in which they come
	LegalBases   []LegalBasis
	Plans        []Plan
	Themes       []Term
	Goals        []Goal
	Chains       []Chain
	Forums       []Forum
	Meetings     []Meeting
	Actions      []Action
	Rounds       []Round

	// Later lists the sections that belong to features the product does not
	// have yet: they were checked for their shape and are otherwise ignored.
	Later []Later
}

// Later is a section kept for a later feature.
type Later struct {
	Section string // for example "indicators"
	Entries int    // how many things it holds
}

// Term is a word of a list: a target group, a district or a theme.
type Term struct {
	Key   string
	Title domain.Text
}

// Party is an organisation that takes part.
type Party struct {
	Key       string
	Kind      string // as in domain/organisation: municipality, wellbeing_services_county, ...
	Principal bool
	Letter    string // one letter, drawn in its mark
	Name      domain.Text
	Short     domain.Text
}

// Unit is a part of a party's organisation.
type Unit struct {
	Key      string
	Party    string
	Parent   string // a unit of the same party, or empty
	Name     domain.Text
	From, To domain.Date // both days included; To may be unset
}

// Post is what owns things.
type Post struct {
	Key      string
	Unit     string
	Party    string // that of the unit
	Title    domain.Text
	From, To domain.Date
}

// Person is an invented person.
type Person struct {
	Key     string
	Name    string
	Party   string
	Issuer  string // the key of the party whose provider signs the person in; empty for no sign-in
	Subject string // who the person is there; empty with no sign-in
	Email   string // may be empty
}

// Holding says who held a post.
type Holding struct {
	Post, Person string
	Kind         string // holder or deputy
	From, To     domain.Date
}

// Grant gives a role to a post, or to a person. Exactly one of Post and Person
// is set, and exactly one of PartyScope, Unit and Forum.
type Grant struct {
	Role                    domain.Role
	Post, Person            string
	PartyScope, Unit, Forum string
	Party                   string // that grants it: the party of the post or person
	From, To                domain.Date
}

// LegalBasis is a section of an act.
type LegalBasis struct {
	Key          string
	Act, Section string // "612/2021", "7"
	Title        domain.Text
}

// Plan covers a council term.
type Plan struct {
	Key              string
	Title            domain.Text
	CouncilTerm      string // a name such as 2025–2029
	StartsOn, EndsOn domain.Date
	Visibility       Visibility
	LegalBases       []string
	Supersedes       string // the plan before it; empty for none
	Revisions        []PlanRevision
	AnnualCycle      []CycleEvent
	Freshness        domain.Rhythm // in which the status of its actions is to be confirmed
}

// PlanRevision is one time that the councils adopted a plan, the first with
// number 1.
type PlanRevision struct {
	No, Year       int
	AdoptedOn      domain.Date
	Description    domain.Text
	CaseReferences []CaseReference
}

// CycleEvent is something that happens every year.
type CycleEvent struct {
	Key   string
	Month int // 1 to 12
	Title domain.Text
}

// Visibility says who may see a thing.
type Visibility struct {
	Level  domain.Visibility
	Ground string // why it is internal; empty for what is public
}

// Responsibility is the part of one post in a goal, action, chain or stage.
type Responsibility struct {
	Post     string
	Part     domain.Part
	Wording  domain.Text // may be empty
	From, To domain.Date // From is set; To may be unset
	Waiting  *Waiting    // nil: agreed by all whom it concerns
}

// Waiting is what a party has not accepted: the thing itself, which is only
// proposed then, or another wording beside the one in force.
type Waiting struct {
	ProposedOn domain.Date
	By         string      // post of a principal party, which has accepted it; empty: no party has
	Wording    domain.Text // the other wording; empty: the thing itself is proposed
	DeclinedOn domain.Date // unset while nobody declined
	DeclinedBy string      // post of a principal party
	Reason     domain.Text // why it was declined
	Comments   []Comment   // what was said of it meanwhile, in order of time
}

// Comment is what a post says of a proposal before its party answers.
type Comment struct {
	On             domain.Date
	By             string
	AsksForChanges bool // of the words
	Text           domain.Text
}

// CaseReference ties a thing to a case in a party's registry. At least one of
// the other fields is set.
type CaseReference struct {
	Party        string
	RegistryNo   string
	URLFI, URLSV string
}

// Goal is a shared goal, or one of a party under a shared one that stands before it.
type Goal struct {
	Key              string
	Number           int
	Plan, Theme      string
	SharedGoal       string // above the goal of a party
	Party            string // whose goal it is
	Title            domain.Text
	Description      domain.Text
	Visibility       Visibility
	CreatedOn        domain.Date
	TargetGroups     []string
	Tags             []string
	Stages           []string // of chains, at which it is pinned
	Handovers        []string // likewise
	LegalBases       []string
	CaseReferences   []CaseReference
	Responsibilities []Responsibility // one current lead per principal party; of a party's goal, of that party alone
	Reservations     []Reservation
}

// Reservation is the dissent of a post's party.
type Reservation struct {
	MadeOn     domain.Date
	Post       string
	Text       domain.Text
	Visibility Visibility
}

// Chain is a service chain.
type Chain struct {
	Key              string
	Theme            string
	Title            domain.Text
	Description      domain.Text
	Visibility       Visibility
	CreatedOn        domain.Date
	Responsibilities []Responsibility
	Stages           []Stage // in order
	Handovers        []Handover
}

// Stage is a step of a chain.
type Stage struct {
	Key              string
	Party            string // responsible for it: that of the post that leads
	PreventionLevel  string // universal, early_support, targeted, specialised or rehabilitation
	Title            domain.Text
	Description      domain.Text
	TargetGroup      domain.Text // may be empty
	Channel          domain.Text // may be empty
	Languages        []string    // ISO 639-1
	Responsibilities []Responsibility
}

// Handover is an edge between two stages of one chain.
type Handover struct {
	Key           string
	From, To      string // stages
	CrossParty    bool   // another organisation takes over
	TargetDays    int
	Gap           string      // none, minor or major
	GapReason     domain.Text // set for a minor or major gap
	NextReviewOn  domain.Date // may be unset
	What, Channel domain.Text
	Evidence      []Evidence
	Waiting       *Waiting // nil: agreed by the parties of both stages
}

// Evidence shows how a hand-over works.
type Evidence struct {
	Title     domain.Text
	URL       string // may be empty
	CheckedOn domain.Date
}

// Forum is where the parties meet.
type Forum struct {
	Key             string
	Level           string // statutory, strategic, thematic or network
	Reach           string // bilateral or regional
	Paper           string // memo or minutes
	Title           domain.Text
	Purpose         domain.Text
	Mandate         domain.Text
	UnacceptedBy    []string // principal parties that have not accepted its purpose and mandate
	MeetingsPerYear int
	Parent          string // forum, may be empty
	Chain           string // may be empty
	Goals           []string
	Stages          []string // of chains, at which it is pinned
	Handovers       []string // likewise
	LegalBases      []string
	CaseReferences  []CaseReference
	Visibility      Visibility
	CreatedOn       domain.Date
	Members         []Member
}

// Member is a post's place in a forum.
type Member struct {
	Post     string
	Role     string // chair, secretary or member
	From, To domain.Date
}

// MeetingNumber is the name of a meeting within its forum, for example 4/2026.
// It does not move with the dates.
type MeetingNumber struct{ No, Year int }

// Meeting is a meeting of a forum. Dates of what has not happened are unset.
type Meeting struct {
	Key              string
	Forum            string
	Number           MeetingNumber
	Status           string // draft, called, in_progress, closed, approved, published or cancelled
	StartsAt, EndsAt time.Time
	Place            domain.Text
	Visibility       Visibility
	CreatedOn        domain.Date
	CalledOn         domain.Date
	PublishedOn      domain.Date
	CancelledOn      domain.Date
	CancelReason     domain.Text
	LegalBases       []string
	CaseReferences   []CaseReference
	Participants     []Participant
	Approvals        []Approval
	Items            []AgendaItem // in order
}

// Participant is a post, or a guest in words; exactly one of Post and Guest is
// set.
type Participant struct {
	Post       string
	Party      string // of the post or the guest
	Guest      string
	Role       string // chair, secretary, member or expert
	Attendance string // expected, present, remote or absent
	Inspector  bool
}

// Approval of the minutes. ApprovedOn is unset while it is waited for.
type Approval struct {
	Post       string
	Role       string // chair or inspector
	ApprovedOn domain.Date
}

// AgendaItem is one matter of a meeting.
type AgendaItem struct {
	Key             string
	AgendaNo        int // 0 for none
	Section         int // § of the minutes, 0 for none
	Title           domain.Text
	Presenter       string // post, may be empty
	Preparer        domain.Text
	Heard           domain.Text
	GoesOnTo        domain.Text
	MinutesReserved int // 0 for unknown
	Proposal        domain.Text
	Proceedings     domain.Text
	Decision        domain.Text
	Explanation     domain.Text
	LegalBases      []string
	CaseReferences  []CaseReference
	Visibility      Visibility // that of the meeting, unless the item has its own
	Outcomes        []Outcome
}

// Outcome is what came of an agenda item.
type Outcome struct {
	Key            string
	Type           string // decision, assignment, recommendation, noted, deferred or referral
	Text           domain.Text
	Actions        []string    // what follows from it; an action follows from at most one outcome
	ReferredTo     string      // forum, for a referral
	AcceptedOn     domain.Date // when that forum took the referral, unset while it has not
	CarriedTo      string      // meeting, for what was deferred
	NoActionReason domain.Text // why nothing follows
}

// Action is what somebody does for a goal.
type Action struct {
	Key              string
	Number           int
	Goals            []string
	Forum            string // that follows it, may be empty
	Stage            string // of a chain, may be empty
	Handover         string // of a chain, that it treats; may be empty
	Title            domain.Text
	Description      domain.Text
	Visibility       Visibility
	CreatedOn        domain.Date
	StartsOn, DueOn  domain.Date
	Status           string // not_started, in_progress, done, paused or cancelled
	Progress         int    // per cent
	Phase            string // when it was made, may be empty
	Result           domain.Text
	Freshness        domain.Rhythm // instead of that of its plan, may be none
	TargetGroups     []string
	Districts        []string
	Tags             []string
	LegalBases       []string
	CaseReferences   []CaseReference
	Responsibilities []Responsibility // one current lead
	Needs            []string         // actions that it waits for
	Tasks            []Task           // steps with a due date of their own
	Reports          []Report         // oldest first, at least one by the lead's party
}

// Task is one step of an action.
type Task struct {
	Kind         string // task or milestone
	Title        domain.Text
	DueOn        domain.Date      // the first day of the due period
	DuePrecision domain.Precision // day unless said otherwise
	Post         string           // who does it, may be empty
	DoneOn       domain.Date      // zero while it is open
}

// DueLast is the last day of the due period.
func (t Task) DueLast() domain.Date { return t.DuePrecision.Last(t.DueOn) }

// Lead is the post that leads the action now.
func (a Action) Lead() string { return a.Leading().Post }

// Leading is the responsibility of the post that leads the action now; zero
// where none does.
func (a Action) Leading() Responsibility {
	for _, r := range a.Responsibilities {
		if r.Part == domain.Lead && r.To.IsZero() {
			return r
		}
	}
	return Responsibility{}
}

// Report is what a party said of an action on a day. A report without a text
// only confirms what was said before.
type Report struct {
	ReportedOn domain.Date
	ReportedAt time.Time // on that day
	Party      string
	Status     string
	Progress   int
	Public     bool
	Text       domain.Text
	Phase      string // that it brought the action to; empty: the same
	Reason     string // why the status differs from what the dates say; may be empty
}
