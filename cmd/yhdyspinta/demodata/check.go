package demodata

import (
	"fmt"
	"slices"

	"yhdyspinta/domain"
)

// checker holds what the rules look up: everything by its key.
type checker struct {
	*reader
	*Dataset
	posts    map[string]Post
	persons  map[string]Person
	units    map[string]Unit
	forums   map[string]Forum
	stages   map[string]Stage
	chainOf  map[string]string // of a stage
	meetings map[string]Meeting
}

// check applies the rules that reach across things. Every reference is known
// to lead somewhere.
func check(r *reader, d *Dataset) {
	c := checker{r, d, byKey(d.Posts, func(p Post) string { return p.Key }),
		byKey(d.Persons, func(p Person) string { return p.Key }),
		byKey(d.Units, func(u Unit) string { return u.Key }),
		byKey(d.Forums, func(f Forum) string { return f.Key }),
		map[string]Stage{}, map[string]string{},
		byKey(d.Meetings, func(m Meeting) string { return m.Key })}
	for _, chain := range d.Chains {
		for _, s := range chain.Stages {
			c.stages[s.Key], c.chainOf[s.Key] = s, chain.Key
		}
	}
	if d.HistoryFrom.After(d.ReferenceDate) {
		c.failAt("meta.history_from", "must not be after reference_date")
	}
	c.checkOrganisation()
	c.checkGrants()
	c.checkGoals()
	c.checkChains()
	c.checkForums()
	c.checkMeetings()
	c.checkActions()
	c.checkRounds()
}

func byKey[T any](ts []T, key func(T) string) map[string]T {
	m := make(map[string]T, len(ts))
	for _, t := range ts {
		m[key(t)] = t
	}
	return m
}

// period reports a time that ends before it begins, and a thing before the
// past of the story.
func (c checker) period(path string, from, to domain.Date) {
	if !to.IsZero() && to.Before(from) {
		c.failAt(path+".to", "ends before it begins (%s)", from)
	}
}

// past reports a date that lies after the reference date or before the past of
// the story: what is recorded has happened in between.
func (c checker) past(path string, d domain.Date) {
	if d.After(c.ReferenceDate) {
		c.failAt(path, "%s is after the reference date %s", d, c.ReferenceDate)
	}
	if !d.IsZero() && d.Before(c.HistoryFrom) {
		c.failAt(path, "%s is before history_from, %s", d, c.HistoryFrom)
	}
}

// ordered reports a date that is earlier than another which must come first.
func (c checker) ordered(path string, earlier domain.Date, what string, later domain.Date) {
	if !earlier.IsZero() && !later.IsZero() && later.Before(earlier) {
		c.failAt(path, "%s is before %s, %s", later, what, earlier)
	}
}

// unique reports a value that was seen before; seen remembers where.
func (c checker) unique(seen map[string]string, value, path string) {
	if other, dup := seen[value]; dup {
		c.failAt(path, "%s belongs to %s already", value, other)
		return
	}
	seen[value] = path
}

func (c checker) principals() []string {
	var out []string
	for _, p := range c.Parties {
		if p.Principal {
			out = append(out, p.Key)
		}
	}
	return out
}

func (c checker) checkOrganisation() {
	if len(c.principals()) < 2 {
		c.failAt("parties", "at least two parties are principal")
	}
	letters := map[string]string{}
	for _, p := range c.Parties {
		c.unique(letters, p.Letter, "parties."+p.Key+".letter")
	}
	seen := map[string]bool{}
	for _, u := range c.Units {
		path := "units." + u.Key
		c.period(path, u.From, u.To)
		if u.Parent != "" {
			if !seen[u.Parent] {
				c.failAt(path+".parent", "%s must stand before the units below it", u.Parent)
			}
			if c.units[u.Parent].Party != u.Party {
				c.failAt(path+".parent", "%s is a unit of another party", u.Parent)
			}
		}
		seen[u.Key] = true
	}
	for _, p := range c.Posts {
		c.period("posts."+p.Key, p.From, p.To)
	}
	signIns := map[string]string{}
	for _, p := range c.Persons {
		path := "persons." + p.Key
		switch {
		case (p.Issuer == "") != (p.Subject == ""):
			c.failAt(path, "issuer and subject go together")
		case p.Issuer == "":
		case p.Issuer != p.Party:
			c.failAt(path+".issuer", "a person signs in with the provider of their own party, %s", p.Party)
		case !slices.Contains(c.principals(), p.Issuer):
			c.failAt(path+".issuer", "%s is not a principal party", p.Issuer)
		default:
			c.unique(signIns, p.Issuer+" "+p.Subject, path+".subject")
		}
	}
	for i, h := range c.Holdings {
		path := fmt.Sprintf("holdings[%d]", i)
		c.period(path, h.From, h.To)
		if c.posts[h.Post].Party != c.persons[h.Person].Party {
			c.failAt(path+".person", "%s is not of the party of %s", h.Person, h.Post)
		}
		for _, o := range c.Holdings[:i] {
			sameHolder := o.Kind == "holder" && h.Kind == "holder"
			if o.Post == h.Post && (sameHolder || o.Person == h.Person) && overlap(o.From, o.To, h.From, h.To) {
				c.failAt(path, "%s is held by %s at the same time", h.Post, o.Person)
			}
		}
	}
}

// overlap reports whether two periods share a day; an unset end is open.
func overlap(from1, to1, from2, to2 domain.Date) bool {
	return (to1.IsZero() || !from2.After(to1)) && (to2.IsZero() || !from1.After(to2))
}

// on reports whether a day lies in a period.
func on(day, from, to domain.Date) bool { return overlap(day, day, from, to) }

func (c checker) checkGrants() {
	for i, g := range c.Grants {
		path := fmt.Sprintf("grants[%d]", i)
		c.period(path, g.From, g.To)
		personal := g.Role == domain.RoleAuditor || g.Role == domain.RoleAdministrator
		switch {
		case (g.Post == "") == (g.Person == ""):
			c.failAt(path, "a grant names either a post or a person")
		case g.Person != "" && !personal:
			c.failAt(path+".person", "only auditors and administrators are granted as persons")
		case !slices.Contains(c.principals(), g.Party):
			c.failAt(path, "only principal parties grant roles, not %s", g.Party)
		}
		scope, want := [3]string{g.PartyScope, g.Unit, g.Forum}, 0
		switch g.Role {
		case domain.RoleManager:
			want = 1
		case domain.RoleSecretary:
			want = 2
		}
		for j, name := range []string{"party", "unit", "forum"} {
			if (scope[j] != "") != (j == want) {
				c.failAt(path, "the scope of %s is a %s", g.Role, []string{"party", "unit", "forum"}[want])
				break
			}
			if j < 2 && scope[j] != "" && c.partyOf(name, scope[j]) != g.Party {
				c.failAt(path+"."+name, "%s is not of the party %s", scope[j], g.Party)
			}
		}
	}
}

// partyOf is the party of a scope.
func (c checker) partyOf(kind, key string) string {
	if kind == "unit" {
		return c.units[key].Party
	}
	return key
}

// responsibilities reports a post that has two parts at once.
func (c checker) responsibilities(path string, rs []Responsibility) {
	for i, r := range rs {
		at := fmt.Sprintf("%s.responsibilities[%d]", path, i)
		c.period(at, r.From, r.To)
		c.waiting(at, r.Waiting, r.From, c.circle(r, rs))
		for _, o := range rs[:i] {
			if o.Post == r.Post && overlap(o.From, o.To, r.From, r.To) {
				c.failAt(at, "%s has a part here already", r.Post)
			}
		}
	}
}

// circle lists the principal parties that a post's part concerns: those that
// lead or share the thing, and its own.
func (c checker) circle(r Responsibility, rs []Responsibility) []string {
	var out []string
	for _, o := range append([]Responsibility{r}, rs...) {
		party := c.posts[o.Post].Party
		if (o == r || o.Part == domain.Lead || o.Part == domain.Shared) && slices.Contains(c.principals(), party) && !slices.Contains(out, party) {
			out = append(out, party)
		}
	}
	return out
}

// waiting reports what cannot wait: for an answer of a party that it does not
// concern, or that it has given.
func (c checker) waiting(path string, w *Waiting, from domain.Date, circle []string) {
	if w == nil {
		return
	}
	path += ".waiting"
	c.past(path+".proposed_on", w.ProposedOn)
	c.past(path+".declined_on", w.DeclinedOn)
	c.ordered(path+".proposed_on", from, "when it began", w.ProposedOn)
	c.ordered(path+".declined_on", w.ProposedOn, "proposed_on", w.DeclinedOn)
	for field, post := range map[string]string{"by": w.By, "declined_by": w.DeclinedBy} {
		if party := c.posts[post].Party; post != "" && !slices.Contains(circle, party) {
			c.failAt(path+"."+field, "it does not concern %s", party)
		}
	}
	said := w.ProposedOn
	for i, comment := range w.Comments {
		at := fmt.Sprintf("%s.comments[%d]", path, i)
		c.past(at+".on", comment.On)
		c.ordered(at+".on", said, "what came before it", comment.On)
		c.ordered(path+".declined_on", comment.On, at+".on", w.DeclinedOn)
		said = comment.On
		party := c.posts[comment.By].Party
		if !slices.Contains(circle, party) {
			c.failAt(at+".by", "it does not concern %s", party)
		}
		if comment.AsksForChanges && (w.By == "" || c.posts[w.By].Party == party) {
			c.failAt(at+".asks_for_changes", "another party must have proposed it")
		}
	}
	if len(circle) == 0 || w.By != "" && len(circle) == 1 {
		c.failAt(path, "nobody is left to accept it")
	}
	if w.By != "" && w.DeclinedBy != "" && c.posts[w.By].Party == c.posts[w.DeclinedBy].Party {
		c.failAt(path+".declined_by", "the party proposed it")
	}
}

// leads lists the parties of the posts that lead now.
func (c checker) leads(rs []Responsibility) []string {
	var out []string
	for _, r := range rs {
		if r.Part == domain.Lead && r.To.IsZero() {
			out = append(out, c.posts[r.Post].Party)
		}
	}
	return out
}

func (c checker) checkGoals() {
	for _, p := range c.Plans {
		c.rhythm("plans."+p.Key, p.Freshness)
		c.ordered("plans."+p.Key+".ends_on", p.StartsOn, "starts_on", p.EndsOn)
		for i, r := range p.Revisions {
			at := fmt.Sprintf("plans.%s.revisions[%d].adopted_on", p.Key, i)
			if r.AdoptedOn.After(c.ReferenceDate) { // it may have been long before the history
				c.failAt(at, "%s is after the reference date %s", r.AdoptedOn, c.ReferenceDate)
			}
			if i > 0 {
				c.ordered(at, p.Revisions[i-1].AdoptedOn, "the one before", r.AdoptedOn)
			}
		}
		for _, other := range c.Plans {
			switch {
			case p.Supersedes == "":
			case other.Key == p.Supersedes && !other.StartsOn.Before(p.StartsOn):
				c.failAt("plans."+p.Key+".supersedes", "%s does not begin earlier", other.Key)
			case other.Key != p.Key && other.Supersedes == p.Supersedes:
				c.failAt("plans."+p.Key+".supersedes", "%s is superseded by %s too", p.Supersedes, other.Key)
			}
		}
	}
	numbers := map[string]string{}
	want := c.principals()
	slices.Sort(want)
	for i, g := range c.Goals {
		path := "goals." + g.Key
		c.unique(numbers, fmt.Sprint(g.Number), path+".number")
		c.past(path+".created_on", g.CreatedOn)
		c.responsibilities(path, g.Responsibilities)
		leads := c.leads(g.Responsibilities)
		slices.Sort(leads)
		switch {
		case g.Party == "" && g.SharedGoal == "":
			if !slices.Equal(leads, want) {
				c.failAt(path+".responsibilities", "one post of each principal party leads a goal, here of %v", leads)
			}
		case !slices.ContainsFunc(c.Goals[:i], func(o Goal) bool { return o.Key == g.SharedGoal && o.Party == "" && o.Plan == g.Plan }):
			c.failAt(path+".shared_goal", "no shared goal of the same plan before this one")
		case !slices.Contains(want, g.Party):
			c.failAt(path+".party", "a principal party has goals of its own")
		case !slices.Equal(leads, []string{g.Party}):
			c.failAt(path+".responsibilities", "one post of %s leads its goal, here of %v", g.Party, leads)
		}
		for i, r := range g.Reservations {
			at := fmt.Sprintf("%s.reservations[%d]", path, i)
			c.past(at+".made_on", r.MadeOn)
			c.ordered(at+".made_on", g.CreatedOn, "created_on", r.MadeOn)
		}
	}
}

func (c checker) checkChains() {
	for _, chain := range c.Chains {
		path := "chains." + chain.Key
		c.past(path+".created_on", chain.CreatedOn)
		c.responsibilities(path, chain.Responsibilities)
		for _, s := range chain.Stages {
			at := path + ".stages." + s.Key
			c.responsibilities(at, s.Responsibilities)
			if leads := c.leads(s.Responsibilities); !slices.Equal(leads, []string{s.Party}) {
				c.failAt(at+".responsibilities", "one post of %s leads the stage, here of %v", s.Party, leads)
			}
		}
		for _, h := range chain.Handovers {
			at := path + ".handovers." + h.Key
			for field, stage := range map[string]string{"from": h.From, "to": h.To} {
				if c.chainOf[stage] != chain.Key {
					c.failAt(at+"."+field, "%s is a stage of another chain", stage)
				}
			}
			if h.From == h.To {
				c.failAt(at+".to", "a hand-over leads to another stage")
			}
			var circle []string
			for _, p := range c.principals() {
				if p == c.stages[h.From].Party || p == c.stages[h.To].Party {
					circle = append(circle, p)
				}
			}
			c.waiting(at, h.Waiting, chain.CreatedOn, circle)
			for i, e := range h.Evidence {
				c.past(fmt.Sprintf("%s.evidence[%d].checked_on", at, i), e.CheckedOn)
			}
			if c.stages[h.From].Party != c.stages[h.To].Party && !h.CrossParty {
				c.failAt(at+".cross_party", "the stages belong to different parties")
			}
		}
	}
}

func (c checker) checkForums() {
	for _, f := range c.Forums {
		path := "forums." + f.Key
		c.past(path+".created_on", f.CreatedOn)
		for _, party := range f.UnacceptedBy {
			if !slices.Contains(c.principals(), party) {
				c.failAt(path+".unaccepted_by", "%s is no principal party", party)
			}
		}
		roles, parties := map[string]int{}, map[string]bool{}
		for i, m := range f.Members {
			at := fmt.Sprintf("%s.members[%d]", path, i)
			c.period(at, m.From, m.To)
			c.ordered(at+".from", f.CreatedOn, "created_on", m.From)
			for _, o := range f.Members[:i] {
				if o.Post == m.Post && overlap(o.From, o.To, m.From, m.To) {
					c.failAt(at, "%s is a member already", m.Post)
				}
			}
			if on(c.ReferenceDate, m.From, m.To) {
				roles[m.Role]++
				parties[c.posts[m.Post].Party] = true
			}
		}
		if roles["chair"] != 1 || roles["secretary"] != 1 {
			c.failAt(path+".members", "a forum has one chair and one secretary, here %d and %d", roles["chair"], roles["secretary"])
		}
		for _, p := range c.principals() {
			if !parties[p] {
				c.failAt(path+".members", "nobody of %s is a member", p)
			}
		}
		above := map[string]bool{f.Key: true}
		for up := f.Parent; up != ""; up = c.forums[up].Parent {
			if above[up] {
				c.failAt(path+".parent", "the forums above it lead back to it")
				break
			}
			above[up] = true
		}
	}
}

func (c checker) checkActions() {
	numbers := map[string]string{}
	needs := map[string][]string{}
	for _, a := range c.Actions {
		needs[a.Key] = a.Needs
	}
	for _, a := range c.Actions {
		path := "actions." + a.Key
		c.unique(numbers, fmt.Sprint(a.Number), path+".number")
		c.past(path+".created_on", a.CreatedOn)
		c.ordered(path+".due_on", a.StartsOn, "starts_on", a.DueOn)
		c.responsibilities(path, a.Responsibilities)
		leads := c.leads(a.Responsibilities)
		if len(leads) != 1 {
			c.failAt(path+".responsibilities", "one post leads an action, here %d", len(leads))
			continue
		}
		if len(a.Goals) == 0 {
			c.failAt(path+".goals", "an action serves a goal")
		}
		if slices.ContainsFunc(a.Reports, func(r Report) bool { return r.Status == statusDone }) == a.Result.IsZero() {
			c.failAt(path+".status", "what a party says is done has a result, and only that")
		}
		c.progress(path, a.Status, a.Progress)
		c.rhythm(path, a.Freshness)
		if comesBack(needs, a.Key, a.Key, map[string]bool{}) {
			c.failAt(path+".needs", "the actions that it waits for lead back to it")
		}
		for i, t := range a.Tasks {
			at := fmt.Sprintf("%s.tasks[%d]", path, i)
			c.past(at+".done_on", t.DoneOn)
			c.ordered(at+".done_on", a.CreatedOn, "created_on", t.DoneOn)
			c.ordered(at+".due_on", a.CreatedOn, "created_on", t.DueLast())
			if t.DuePrecision.First(t.DueOn) != t.DueOn {
				c.failAt(at+".due_on", "a %s is written by its first day", t.DuePrecision)
			}
		}
		c.checkReports(path, a, leads[0])
	}
}

// comesBack reports whether what a key needs leads to another, by what is not seen yet.
func comesBack(needs map[string][]string, from, to string, seen map[string]bool) bool {
	for _, key := range needs[from] {
		if key == to {
			return true
		}
		if !seen[key] {
			seen[key] = true
			if comesBack(needs, key, to, seen) {
				return true
			}
		}
	}
	return false
}

// rhythm reports a limit that comes before its target.
func (c checker) rhythm(path string, r domain.Rhythm) {
	if r.Limit < r.Target {
		c.failAt(path+".freshness", "the limit comes before the target")
	}
}

// progress reports a progress that contradicts the status.
func (c checker) progress(path, status string, progress int) {
	switch {
	case status == statusDone && progress != 100:
		c.failAt(path+".progress", "what is done is at 100")
	case status == statusNotStarted && progress != 0:
		c.failAt(path+".progress", "what has not started is at 0")
	}
}

// checkReports checks the history of an action whose lead is of a party.
func (c checker) checkReports(path string, a Action, lead string) {
	said := map[string]Report{} // by party, the last
	for i, r := range a.Reports {
		at := fmt.Sprintf("%s.reports[%d]", path, i)
		c.past(at+".reported_on", r.ReportedOn)
		c.ordered(at+".reported_on", a.CreatedOn, "created_on", r.ReportedOn)
		if i > 0 && !r.ReportedAt.After(a.Reports[i-1].ReportedAt) {
			c.failAt(at+".reported_on", "reports stand oldest first, each at its own time")
		}
		before, ok := said[r.Party]
		confirms := ok && before.Status == r.Status && before.Progress == r.Progress ||
			i > 0 && a.Reports[i-1].Status == r.Status && a.Reports[i-1].Progress == r.Progress // a party goes with the others
		if r.Text.IsZero() && !confirms {
			c.failAt(at, "a report without a text only confirms, so status and progress stay")
		}
		if !slices.ContainsFunc(a.Responsibilities, func(d Responsibility) bool { return c.posts[d.Post].Party == r.Party }) {
			c.failAt(at+".party", "%s has no part in the action", r.Party)
		}
		c.progress(at, r.Status, r.Progress)
		said[r.Party] = r
	}
	if last, ok := said[lead]; !ok || last.Status != a.Status || last.Progress != a.Progress {
		c.failAt(path+".status", "status and progress are those of the last report of %s", lead)
	}
}
