package demodata

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
	"yhdyspinta/domain/round"
)

// Round is a reporting round of a plan.
type Round struct {
	Key                  string
	Plan                 string
	Kind                 round.Kind
	Title                domain.Text
	PeriodFrom, PeriodTo domain.Date
	OpenedOn             domain.Date
	OpenedBy             string // post
	DueOn                domain.Date
	GoalDays, ActionDays int
	Reports              []RoundReport // oldest first
	Completions          []RoundCompletion
}

// RoundReport is what a post says of a goal, or of the plan, for its party.
type RoundReport struct {
	Goal       string // empty: the plan
	Post       string
	Assessment round.Assessment
	Text       domain.Text
	ReportedOn domain.Date
}

// RoundCompletion is a post's word that its party's side is complete.
type RoundCompletion struct {
	Post        string
	CompletedOn domain.Date
	Note        domain.Text
}

func (d *Dataset) readRounds(file *object) {
	kinds, assessments := make([]string, len(round.Kinds)), make([]string, len(round.Assessments))
	for i, k := range round.Kinds {
		kinds[i] = string(k)
	}
	for i, a := range round.Assessments {
		assessments[i] = string(a)
	}
	for _, e := range file.opt("rounds").things(kindRound) {
		o := e.object()
		r := Round{
			Key:        e.key,
			Plan:       o.need("plan").ref(kindPlan),
			Kind:       round.Kind(o.need("kind").enum(kinds...)),
			Title:      o.need("title").title(),
			PeriodFrom: o.need("period_from").date(),
			PeriodTo:   o.need("period_to").date(),
			OpenedOn:   o.need("opened_on").date(),
			OpenedBy:   o.need("opened_by").ref(kindPost),
			DueOn:      o.need("due_on").date(),
			GoalDays:   o.need("goal_days").number(1, round.MaxStep),
			ActionDays: o.need("action_days").number(1, round.MaxStep),
		}
		for _, x := range o.opt("reports").list() {
			xo := x.object()
			r.Reports = append(r.Reports, RoundReport{
				Goal:       xo.opt("goal").ref(kindGoal),
				Post:       xo.need("post").ref(kindPost),
				Assessment: round.Assessment(xo.need("assessment").enum(assessments...)),
				Text:       xo.need("text").prose(),
				ReportedOn: xo.need("reported_on").date(),
			})
			xo.close()
		}
		for _, x := range o.opt("completions").list() {
			xo := x.object()
			r.Completions = append(r.Completions, RoundCompletion{
				Post:        xo.need("post").ref(kindPost),
				CompletedOn: xo.need("completed_on").date(),
				Note:        xo.opt("note").prose(),
			})
			xo.close()
		}
		o.close()
		d.Rounds = append(d.Rounds, r)
	}
}

// checkRounds applies the rules of rounds that reach across things.
func (c checker) checkRounds() {
	open := map[string]string{}
	for _, r := range c.Rounds {
		path := "rounds." + r.Key
		c.ordered(path+".period_to", r.PeriodFrom, "period_from", r.PeriodTo)
		c.past(path+".opened_on", r.OpenedOn)
		levels := round.Schedule(round.Dates{DueOn: r.DueOn, GoalDays: r.GoalDays, ActionDays: r.ActionDays}).Levels
		if !r.OpenedOn.Before(levels[0].DueOn) {
			c.failAt(path+".due_on", "the actions would be due on %s, and the round opens on %s", levels[0].DueOn, r.OpenedOn)
		}
		for i, x := range r.Reports {
			at := fmt.Sprintf("%s.reports[%d]", path, i)
			c.past(at+".reported_on", x.ReportedOn)
			c.ordered(at+".reported_on", r.OpenedOn, "opened_on", x.ReportedOn)
			if !slices.Contains(c.principals(), c.posts[x.Post].Party) {
				c.failAt(at+".post", "is of no principal party")
			}
		}
		done := map[string]string{}
		for i, x := range r.Completions {
			at := fmt.Sprintf("%s.completions[%d]", path, i)
			c.past(at+".completed_on", x.CompletedOn)
			c.ordered(at+".completed_on", levels[2].DueOn.AddDays(1), "the day after the last day", x.CompletedOn)
			c.unique(done, c.posts[x.Post].Party, at+".post")
		}
		if len(done) < len(c.principals()) {
			c.unique(open, r.Plan, path+".plan")
		}
	}
}
