package chain

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Level says how early a stage helps.
type Level string

// The levels of prevention, the earliest first.
const (
	Universal      Level = "universal"
	EarlySupport   Level = "early_support"
	Targeted       Level = "targeted"
	Specialised    Level = "specialised"
	Rehabilitation Level = "rehabilitation"
)

// Chain is one service chain with the stages that are in force.
type Chain struct {
	ID               domain.ChainID       `audit:"ignore"`
	Key              string               `audit:"track"` // permanent name in addresses and data files
	Position         int                  `audit:"track"` // order among chains
	ThemeID          domain.ThemeID       `audit:"track"` // zero if none
	Title            domain.Text          `audit:"track"`
	Description      domain.Text          `audit:"track"`
	Stages           []Stage              `audit:"ignore"` // in order; each has entries of its own
	Handovers        []Handover           `audit:"ignore"` // in order; each has entries of its own
	Responsibilities []domain.Responsible `audit:"ignore"` // each has entries of its own
	TagIDs           []domain.TagID       `audit:"track"`
	References       domain.References    `audit:"track"`
	Visibility       domain.Visibility    `audit:"track"`
	VisibilityGround string               `audit:"track"` // why it is internal
	Version          int                  `audit:"ignore"`
	CreatedAt        time.Time            `audit:"ignore"`
	UpdatedAt        time.Time            `audit:"ignore"`
}

// Stage is one step of a chain.
type Stage struct {
	ID               domain.StageID       `audit:"ignore"`
	Position         int                  `audit:"track"` // from 1
	PartyID          domain.PartyID       `audit:"track"` // whose stage it is
	Title            domain.Text          `audit:"track"`
	Description      domain.Text          `audit:"track"`
	Level            Level                `audit:"track"`
	TargetGroup      domain.Text          `audit:"track"`  // for whom
	Channel          domain.Text          `audit:"track"`  // how one gets there
	Languages        []string             `audit:"track"`  // ISO 639-1
	Responsibilities []domain.Responsible `audit:"ignore"` // each has entries of its own
	ValidFrom        domain.Date          `audit:"track"`
	ValidTo          domain.Date          `audit:"track"` // zero while in force; the day before ValidFrom if it ended on its first day
	Version          int                  `audit:"ignore"`
}

// Edit is what a coordinator can say of a chain: its stages and hand-overs are
// those that go on, in their order. The key is given at creation and stays.
type Edit struct {
	Key              string
	Position         int
	ThemeID          domain.ThemeID
	Title            domain.Text
	Description      domain.Text
	Stages           []StageEdit
	Handovers        []HandoverEdit
	Responsibilities []domain.Responsible
	TagIDs           []domain.TagID
	References       domain.References
	Visibility       domain.Visibility
	VisibilityGround string
}

// StageEdit is what a coordinator can say of a stage. ID is zero for a new one.
type StageEdit struct {
	ID               domain.StageID
	PartyID          domain.PartyID
	Title            domain.Text
	Description      domain.Text
	Level            Level
	TargetGroup      domain.Text
	Channel          domain.Text
	Languages        []string
	Responsibilities []domain.Responsible
}

// Ended are the stages and hand-overs that a change ends, with their last day.
type Ended struct {
	Stages    []Stage
	Handovers []Handover
}

// Limits of text, in characters, and of a chain's length.
const (
	maxTitle       = 300
	maxDescription = 5000
	maxTargetGroup = 300
	maxStages      = 40
	maxLanguages   = 30
)

// New makes a chain, or says what is wrong with the edit. Its stages and
// hand-overs begin today.
func New(id domain.ChainID, by By, e Edit, now time.Time) (Chain, error) {
	var v domain.Violations
	domain.CheckKey(&v, "/key", e.Key)
	c := Chain{ID: id, Key: e.Key, Version: 1, CreatedAt: now}
	_, err := c.change(v, by, e, now)
	return c, err
}

// Change replaces what can be edited, or says everything that is wrong. Other
// terms of a hand-over are proposed to the parties of its stages.
func (c *Chain) Change(by By, e Edit, now time.Time) (Ended, error) {
	return c.change(domain.Violations{}, by, e, now)
}

func (c *Chain) change(v domain.Violations, by By, e Edit, now time.Time) (ended Ended, err error) {
	e.Title, e.Description = e.Title.Trim(), e.Description.Trim()
	e.Title.Check(&v, "/title", true, maxTitle)
	e.Description.Check(&v, "/description", false, maxDescription)
	if e.Position < 0 || e.Position > 10_000 {
		v.Add("/position", "not_allowed")
	}
	domain.CheckVisibility(&v, e.Visibility, e.VisibilityGround)
	domain.CheckResponsibles(&v, e.Responsibilities)
	e.References.Check(&v)
	stages := c.stages(&v, by.NewID, e.Stages, domain.DateOf(now))
	handovers := c.handovers(&v, by, e.Handovers, stages, now)
	if err := v.Err(); err != nil {
		return ended, err
	}
	for _, old := range c.Stages {
		if !slices.ContainsFunc(stages, func(s Stage) bool { return s.ID == old.ID }) {
			old.end(domain.DateOf(now))
			ended.Stages = append(ended.Stages, old)
		}
	}
	for _, old := range c.Handovers {
		if !slices.ContainsFunc(handovers, func(h Handover) bool { return h.ID == old.ID }) {
			old.end(now)
			ended.Handovers = append(ended.Handovers, old)
		}
	}
	c.Position, c.ThemeID, c.Title, c.Description = e.Position, e.ThemeID, e.Title, e.Description
	c.Stages, c.Handovers = stages, handovers
	c.Responsibilities, c.TagIDs, c.References = e.Responsibilities, e.TagIDs, e.References
	c.Visibility, c.VisibilityGround = e.Visibility, e.VisibilityGround
	c.UpdatedAt = now
	return ended, nil
}

// Words are the principal parties without whose word an edit is not made, since
// it would bind or release them, or those that rely on them: the party of a stage
// that is new, says something else or ends, both parties of one that passes to
// another and of two that change their order, all that have stages when the chain
// becomes public or is public no more, a party whose post has a part in what ends
// or whose proposal of one waits, and who has proposed a hand-over that ends, or
// given its word on one that ends or loses a stage. held are the parties of the
// posts that have a part in a stage or hand-over by an agreement in force, begun or
// not, those whose proposal of a part waits, and those whose unanswered proposal
// what waits at a hand-over took the place of.
func (c Chain) Words(principals []domain.PartyID, e Edit, held map[domain.AnyID][]domain.PartyID) (out []domain.PartyID) {
	add := func(parties ...domain.PartyID) {
		for _, p := range parties {
			if slices.Contains(principals, p) && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	published := e.Visibility == domain.Public && c.Visibility != domain.Public
	for _, n := range e.Stages {
		if n.ID.IsZero() || published {
			add(n.PartyID)
		}
	}
	if c.Visibility == domain.Public && e.Visibility != domain.Public {
		for _, s := range c.Stages {
			add(s.PartyID)
		}
	}
	gone := map[domain.StageID]bool{}
	var kept []int // where the stages that stay were, in their new order
	for _, n := range e.Stages {
		if i := slices.IndexFunc(c.Stages, func(s Stage) bool { return s.ID == n.ID }); i >= 0 {
			for _, before := range kept {
				if before > i {
					add(c.Stages[before].PartyID, c.Stages[i].PartyID)
				}
			}
			kept = append(kept, i)
		}
	}
	for _, s := range c.Stages {
		i := slices.IndexFunc(e.Stages, func(n StageEdit) bool { return n.ID == s.ID })
		if i < 0 {
			gone[s.ID] = true
			add(s.PartyID)
			add(held[domain.AnyID{UUID: s.ID.UUID}]...)
		} else if n := e.Stages[i]; !n.same(s) {
			add(s.PartyID, n.PartyID)
		}
	}
	for _, h := range c.Handovers {
		stays := slices.ContainsFunc(e.Handovers, func(n HandoverEdit) bool { return n.ID == h.ID })
		if !stays || h.InForce != nil && (gone[h.FromStageID] || gone[h.ToStageID]) {
			add(h.Pledged()...)
		}
		if !stays {
			add(h.Displaced(domain.Proposer{}))
			add(held[domain.AnyID{UUID: h.ID.UUID}]...)
		}
	}
	return out
}

// same reports whether the edit says of a stage what is said already; its place
// and posts are told elsewhere.
func (e StageEdit) same(s Stage) bool {
	return e.PartyID == s.PartyID && e.Title.Trim() == s.Title && e.Description.Trim() == s.Description && e.Level == s.Level &&
		e.TargetGroup.Trim() == s.TargetGroup && e.Channel.Trim() == s.Channel && slices.Equal(e.Languages, s.Languages)
}

// beginsAlone is the Conflict word_needed if a new chain would be public with
// stages of another principal party than the actor's: it has not said a word yet.
func (c Chain) beginsAlone(by By) error {
	others := slices.ContainsFunc(c.Stages, func(s Stage) bool {
		return s.PartyID != by.Actor.PartyID && slices.Contains(by.Principals, s.PartyID)
	})
	if c.Visibility != domain.Public || !others || by.Actor.System != "" {
		return nil
	}
	return domain.Conflict("word_needed", "", "another principal party has stages in it: create it as internal, and publish it by a draft to which that party agrees")
}

func (c *Chain) stages(v *domain.Violations, newID domain.IDSource, edits []StageEdit, today domain.Date) []Stage {
	if len(edits) > maxStages {
		v.Add("/stages", "too_many")
		return nil
	}
	stages := make([]Stage, len(edits))
	for i, e := range edits {
		at := domain.Pointer("/stages", i)
		s := Stage{ValidFrom: today, Version: 1}
		if e.ID.IsZero() {
			s.ID.SetNew(newID)
		} else if j := slices.IndexFunc(c.Stages, func(s Stage) bool { return s.ID == e.ID }); j >= 0 {
			s = c.Stages[j]
		} else {
			v.Add(at+"/id", "unknown")
		}
		if slices.ContainsFunc(stages[:i], func(o Stage) bool { return o.ID == s.ID }) {
			v.Add(at+"/id", "duplicate")
		}
		e.Title, e.Description = e.Title.Trim(), e.Description.Trim()
		e.Title.Check(v, at+"/title", true, maxTitle)
		e.Description.Check(v, at+"/description", false, maxDescription)
		v.Require(!e.PartyID.IsZero(), at+"/partyId")
		switch e.Level {
		case Universal, EarlySupport, Targeted, Specialised, Rehabilitation:
		default:
			v.Add(at+"/level", "not_allowed")
		}
		e.TargetGroup, e.Channel = e.TargetGroup.Trim(), e.Channel.Trim()
		e.TargetGroup.Check(v, at+"/targetGroup", false, maxTargetGroup)
		e.Channel.Check(v, at+"/channel", false, maxChannel)
		checkLanguages(v, at+"/languages", e.Languages)
		domain.CheckResponsibles(v, e.Responsibilities)
		s.Position, s.PartyID, s.Title, s.Description, s.Level = i+1, e.PartyID, e.Title, e.Description, e.Level
		s.TargetGroup, s.Channel, s.Languages = e.TargetGroup, e.Channel, e.Languages
		s.Responsibilities = e.Responsibilities
		if !e.ID.IsZero() && c.changed(s) {
			s.Version++
		}
		stages[i] = s
	}
	return stages
}

func (c *Chain) changed(s Stage) bool {
	return slices.ContainsFunc(c.Stages, func(old Stage) bool { return old.ID == s.ID && len(domain.Diff(old, s)) > 0 })
}

// checkLanguages adds what is wrong with a list of languages.
func checkLanguages(v *domain.Violations, at string, languages []string) {
	if len(languages) > maxLanguages {
		v.Add(at, "too_many")
		return
	}
	for i, l := range languages {
		switch {
		case !domain.IsLanguage(l):
			v.Add(domain.Pointer(at, i), "language_unknown")
		case slices.Contains(languages[:i], l):
			v.Add(domain.Pointer(at, i), "language_twice")
		}
	}
}

// end makes yesterday the last day of a stage.
func (s *Stage) end(today domain.Date) {
	s.ValidTo = today.AddDays(-1)
	s.Responsibilities = nil
	s.Version++
}

// termsSince is what the chain names of the vocabularies, beside what it named
// before.
func (c Chain) termsSince(old Chain) []domain.TermUse {
	return []domain.TermUse{
		domain.UseOf(domain.SubjectTheme, "/themeId", []domain.ThemeID{old.ThemeID}, []domain.ThemeID{c.ThemeID}),
		domain.UseOf(domain.SubjectTag, "/tagIds", old.TagIDs, c.TagIDs),
	}
}

// Resource is what permissions on the chain are asked for.
func (c Chain) Resource() domain.Resource { return domain.ResourceOf(c.Responsibilities) }
