package round

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Assessment is how a party sees a goal or the plan.
type Assessment string

// The assessments, the best first.
const (
	Reached   Assessment = "reached"
	OnCourse  Assessment = "on_course"
	Partly    Assessment = "partly"
	OffCourse Assessment = "off_course"
)

// Assessments lists the assessments, the best first.
var Assessments = []Assessment{Reached, OnCourse, Partly, OffCourse}

// Report is what a party says of a goal or of the plan in a round. Reports are never
// changed: the party's first one decides whether it was late, its last one what it
// says.
type Report struct {
	ID         domain.RoundReportID `audit:"ignore"`
	RoundID    domain.RoundID       `audit:"ignore"`
	Level      Level                `audit:"ignore"`
	SubjectID  domain.AnyID         `audit:"ignore"`
	PartyID    domain.PartyID       `audit:"track"`
	PostID     domain.PostID        `audit:"track"`  // zero: the person held no post
	PostTitle  domain.Text          `audit:"ignore"` // filled by storage
	Assessment Assessment           `audit:"track"`
	Text       domain.Text          `audit:"track"`
	Public     bool                 `audit:"track"` // whether everybody may read the text
	ReportedOn domain.Date          `audit:"ignore"`
	ReportedAt time.Time            `audit:"ignore"`
}

// Saying is what a person says of a goal or of the plan.
type Saying struct {
	Assessment Assessment
	Text       domain.Text
	Public     bool
}

// Subject is a goal or plan that a round asks about.
type Subject struct {
	Level            Level
	ID               domain.AnyID
	Internal         bool                 // only people with a role read it
	Responsibilities []domain.Responsible // of a goal
}

// Resource is what permissions to report on the subject for a party are asked for.
func (s Subject) Resource(party domain.PartyID) domain.Resource {
	return resourceOf(s.Responsibilities, party)
}

// resourceOf is the party, and those of its posts that lead or share.
func resourceOf(posts []domain.Responsible, party domain.PartyID) domain.Resource {
	own := slices.DeleteFunc(slices.Clone(posts), func(d domain.Responsible) bool { return d.PartyID != party || d.Standing == domain.Declined })
	r := domain.ResourceOf(own)
	r.Parties = []domain.PartyID{party}
	return r
}

// Say takes what a party's post says of a subject, in time or late, while the round
// is open and the party has not completed its side.
func (r Round) Say(id domain.RoundReportID, of Subject, party domain.PartyID, post domain.PostID, s Saying, now time.Time) (Report, error) {
	if err := r.open(); err != nil {
		return Report{}, err
	}
	if r.CompletedBy(party) {
		return Report{}, domain.Conflict("side_completed", "completed", "the party has completed its side")
	}
	s.Text = s.Text.Trim()
	var v domain.Violations
	if !slices.Contains(Assessments, s.Assessment) {
		v.Add("/assessment", "not_allowed")
	}
	s.Text.Check(&v, "/text", true, maxText)
	if err := v.Err(); err != nil {
		return Report{}, err
	}
	return Report{ID: id, RoundID: r.ID, Level: of.Level, SubjectID: of.ID, PartyID: party, PostID: post, Assessment: s.Assessment, Text: s.Text,
		Public: s.Public && !of.Internal, ReportedOn: domain.DateOf(now), ReportedAt: now}, nil
}
