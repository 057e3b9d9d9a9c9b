package demodata

import (
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
)

func (c checker) checkMeetings() {
	numbers, sections, follows := map[string]string{}, map[string]string{}, map[string]string{}
	for _, m := range c.Meetings {
		path := "meetings." + m.Key
		c.unique(numbers, fmt.Sprintf("%s %d/%d", m.Forum, m.Number.No, m.Number.Year), path+".number")
		if m.Number.Year != m.StartsAt.Year() {
			c.failAt(path+".number", "the meeting is in %d", m.StartsAt.Year())
		}
		if !m.EndsAt.After(m.StartsAt) || m.EndsAt.Sub(m.StartsAt) > 24*time.Hour {
			c.failAt(path+".ends_at", "a meeting ends after it begins, within a day")
		}
		c.checkLifeCycle(path, m)
		c.checkParticipants(path, m)
		c.checkApprovals(path, m)
		agenda := map[string]string{}
		for _, i := range m.Items {
			at := path + ".items." + i.Key
			if i.AgendaNo > 0 {
				c.unique(agenda, fmt.Sprint(i.AgendaNo), at+".agenda_no")
			}
			if i.Section > 0 {
				c.unique(sections, fmt.Sprintf("§ %d of %s in %d", i.Section, m.Forum, m.Number.Year), at+".section")
			}
			for _, o := range i.Outcomes {
				c.checkOutcome(at+".outcomes."+o.Key, m, o, follows)
			}
		}
	}
}

// held says whether a meeting in a status has taken place.
func held(status string) bool {
	return slices.Contains([]string{"closed", "approved", "published"}, status)
}

// checkLifeCycle checks that the dates fit the status: what has happened has
// its date, in order and in the past, and nothing else has.
func (c checker) checkLifeCycle(path string, m Meeting) {
	day := domain.DateOf(m.StartsAt)
	for field, d := range map[string]domain.Date{"created_on": m.CreatedOn, "called_on": m.CalledOn,
		"published_on": m.PublishedOn, "cancelled_on": m.CancelledOn} {
		c.past(path+"."+field, d)
	}
	c.ordered(path+".called_on", m.CreatedOn, "created_on", m.CalledOn)
	c.ordered(path+".starts_at", m.CalledOn, "called_on", day)
	c.ordered(path+".published_on", day, "the meeting", m.PublishedOn)
	if want := m.Status != "draft" && m.Status != "cancelled"; want && m.CalledOn.IsZero() || m.Status == "draft" && !m.CalledOn.IsZero() {
		c.failAt(path+".called_on", "does not fit the status %s", m.Status)
	}
	if (m.Status == "published") == m.PublishedOn.IsZero() {
		c.failAt(path+".published_on", "does not fit the status %s", m.Status)
	}
	if cancelled := m.Status == "cancelled"; cancelled != !m.CancelledOn.IsZero() || cancelled != !m.CancelReason.IsZero() {
		c.failAt(path+".cancelled_on", "a cancelled meeting, and only that, has cancelled_on and cancel_reason")
	}
	if held(m.Status) && day.After(c.ReferenceDate) {
		c.failAt(path+".starts_at", "a meeting that was held begins before the reference date")
	}
	if (m.Status == "draft" || m.Status == "called") && day.Before(c.ReferenceDate) {
		c.failAt(path+".starts_at", "a meeting to come begins after the reference date")
	}
	if !held(m.Status) && m.Status != "in_progress" {
		for _, i := range m.Items {
			if len(i.Outcomes) > 0 {
				c.failAt(path+".items."+i.Key, "outcomes belong to meetings that have begun")
			}
		}
	}
}

func (c checker) checkParticipants(path string, m Meeting) {
	day := domain.DateOf(m.StartsAt)
	present := map[string]bool{}
	for i, p := range m.Participants {
		at := fmt.Sprintf("%s.participants[%d]", path, i)
		switch {
		case (p.Post == "") == (p.Guest == ""):
			c.failAt(at, "a participant is either a post or a guest")
			continue
		case p.Guest != "" && (p.Role != "expert" || p.Inspector || p.Party == ""):
			c.failAt(at, "a guest is an expert of a party and inspects no minutes")
		case p.Guest == "" && p.Role != "expert" && !c.memberOn(m.Forum, p.Post, day):
			c.failAt(at+".post", "%s is not a member of %s on %s", p.Post, m.Forum, day)
		}
		if p.Post != "" && slices.ContainsFunc(m.Participants[:i], func(o Participant) bool { return o.Post == p.Post }) {
			c.failAt(at+".post", "%s takes part already", p.Post)
		}
		if m.Status != "in_progress" && (p.Attendance == "expected") == held(m.Status) {
			c.failAt(at+".attendance", "%s does not fit the status %s of the meeting", p.Attendance, m.Status)
		}
		present[p.Party] = present[p.Party] || p.Attendance == "present" || p.Attendance == "remote"
	}
	if !held(m.Status) {
		return
	}
	for _, party := range c.principals() {
		if !present[party] {
			c.failAt(path+".participants", "without %s the meeting has no quorum", party)
		}
	}
}

func (c checker) memberOn(forum, post string, day domain.Date) bool {
	return slices.ContainsFunc(c.forums[forum].Members, func(m Member) bool {
		return m.Post == post && on(day, m.From, m.To)
	})
}

// checkApprovals checks who approves the minutes: the chair and one inspector
// of each principal party, all of whom took part.
func (c checker) checkApprovals(path string, m Meeting) {
	if !held(m.Status) {
		if len(m.Approvals) > 0 {
			c.failAt(path+".approvals", "minutes are approved after the meeting")
		}
		return
	}
	var want, got []string
	for _, party := range c.principals() {
		want = append(want, "inspector of "+party)
	}
	want = append(want, "chair")
	done := true
	for i, a := range m.Approvals {
		at := fmt.Sprintf("%s.approvals[%d]", path, i)
		c.past(at+".approved_on", a.ApprovedOn)
		c.ordered(at+".approved_on", domain.DateOf(m.StartsAt), "the meeting", a.ApprovedOn)
		c.ordered(path+".published_on", a.ApprovedOn, "the approval of "+a.Post, m.PublishedOn)
		done = done && !a.ApprovedOn.IsZero()
		role := a.Role
		if role == "inspector" {
			role += " of " + c.posts[a.Post].Party
		}
		got = append(got, role)
		took := func(p Participant) bool {
			return p.Post == a.Post && (p.Attendance == "present" || p.Attendance == "remote") &&
				(a.Role == "inspector" && p.Inspector || a.Role == "chair" && p.Role == "chair")
		}
		if !slices.ContainsFunc(m.Participants, took) {
			c.failAt(at+".post", "%s did not take part as %s", a.Post, a.Role)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		c.failAt(path+".approvals", "the chair and one inspector of each principal party approve, here %v", got)
	}
	if approved := m.Status != "closed"; approved != done {
		c.failAt(path+".status", "a meeting is approved when every approval has its date, and not before")
	}
}

// checkOutcome checks that what follows fits the type; follows remembers which
// outcome an action follows from.
func (c checker) checkOutcome(path string, m Meeting, o Outcome, follows map[string]string) {
	for i, a := range o.Actions {
		c.unique(follows, a, fmt.Sprintf("%s.actions[%d]", path, i))
	}
	if (o.ReferredTo != "") != (o.Type == "referral") {
		c.failAt(path, "referred_to goes with a referral, and only with it")
	}
	if o.ReferredTo == m.Forum {
		c.failAt(path+".referred_to", "a referral goes to another forum")
	}
	if !o.AcceptedOn.IsZero() && o.Type != "referral" {
		c.failAt(path+".accepted_on", "only a referral is accepted")
	}
	c.past(path+".accepted_on", o.AcceptedOn)
	c.ordered(path+".accepted_on", domain.DateOf(m.StartsAt), "the meeting", o.AcceptedOn)
	if o.CarriedTo != "" {
		if o.Type != "deferred" {
			c.failAt(path+".carried_to", "only what is deferred is carried to another meeting")
		}
		if !c.meetings[o.CarriedTo].StartsAt.After(m.StartsAt) {
			c.failAt(path+".carried_to", "%s is not a later meeting", o.CarriedTo)
		}
	}
	if !o.NoActionReason.IsZero() && len(o.Actions) > 0 {
		c.failAt(path+".no_action_reason", "something follows: there are actions")
	}
}
