package api

import (
	"context"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/mywork"
	"yhdyspinta/domain/round"
)

// WorkReason is one of several reasons for which the same thing waits.
type WorkReason struct {
	Reason      mywork.Reason `json:"reason" enum:"late,reply_late,acceptance,changes,draft,approval,amendment,comments,reply,returned,unanswered,unclosed,unapproved,unpublished,stale,start_passed,confirm,due_soon,report_late,report"`
	Days        int           `json:"days" doc:"As days of the thing"`
	WorkingDays *int          `json:"workingDays,omitempty" doc:"As workingDays of the thing"`
	On          domain.Date   `json:"on,omitzero" format:"date" doc:"As on of the thing"`
	Round       *WorkRound    `json:"round,omitempty" doc:"report, report_late: the round that asks"`
}

func (i WorkItem) urgency() mywork.Waiting { return mywork.Waiting{Reason: i.Reason, Days: i.Days} }

func (r WorkReason) urgency() mywork.Waiting { return mywork.Waiting{Reason: r.Reason, Days: r.Days} }

// joined is one row of two that are about the same thing: the more urgent reason
// names it, the other stands beside it. What only one of them tells is kept.
func joined(a, b WorkItem) WorkItem {
	if mywork.CompareUrgency(b.urgency(), a.urgency()) < 0 {
		a, b = b, a
	}
	a.Also = append(slices.Clone(a.Also), WorkReason{Reason: b.Reason, Days: b.Days, WorkingDays: b.WorkingDays, On: b.On, Round: b.Round})
	a.Also = append(a.Also, b.Also...)
	slices.SortStableFunc(a.Also, func(x, y WorkReason) int { return mywork.CompareUrgency(x.urgency(), y.urgency()) })
	if a.Action == nil {
		a.Action = b.Action
	}
	if a.Task == nil {
		a.Task, a.OfOther = b.Task, b.OfOther
	}
	if len(a.Tasks) == 0 {
		a.Tasks = b.Tasks
	}
	if a.Role == "" {
		a.Role = b.Role
	}
	a.Comments, a.Returns, a.Pending = max(a.Comments, b.Comments), max(a.Returns, b.Returns), max(a.Pending, b.Pending)
	return a
}

// join adds a row, or a reason to the row that there is of the same thing; it tells
// whether it is a new one.
func (w *waitingFor) join(i WorkItem, same func(WorkItem) bool) bool {
	at := slices.IndexFunc(w.items, same)
	if at < 0 {
		w.items = append(w.items, i)
		return true
	}
	w.items[at] = joined(w.items[at], i)
	return false
}

// actionItem is an action that waits, with all reasons for which it does.
func (w *waitingFor) actionItem(v action.OfPost) WorkItem {
	sum := actionSummary(w.a, w.day)(v.View)
	first := v.Waits[0]
	i := WorkItem{Reason: mywork.Reason(first.Reason), Days: first.Days, On: first.On, Action: &sum, Task: taskRef(first.Task), OfOther: first.Task != nil && first.Task.Post.OfOther(w.a)}
	for _, also := range v.Waits[1:] {
		i.Also = append(i.Also, WorkReason{Reason: mywork.Reason(also.Reason), Days: also.Days, On: also.On})
	}
	for _, t := range v.Own {
		i.Tasks = append(i.Tasks, taskBody(w.a, w.day)(action.TaskItem{Task: t, Action: v.Action}))
	}
	return i
}

// actions adds the post's own actions that wait for one of the reasons.
func (w *waitingFor) actions(ctx context.Context) error {
	f := action.WaitFor{About: w.about, Limit: w.limit}
	for _, r := range []action.Waiting{action.WaitLate, action.WaitStale, action.WaitStartPassed, action.WaitConfirm, action.WaitDueSoon} {
		if w.wants(mywork.Reason(r)) {
			f.Reasons = append(f.Reasons, r)
		}
	}
	if len(f.Reasons) == 0 {
		return nil
	}
	items, all, err := w.services.Actions.Waiting(ctx, w.a, f)
	for _, v := range items {
		w.add(w.actionItem(v))
	}
	w.waiting = all
	w.total += len(all)
	return err
}

// rounds adds what open reporting rounds ask, by the rule of the round: late entries
// are possible, and marked late. An action that waits anyway stays one row with the
// round as one more of its reasons; of one that was not asked for by its other
// reasons these are named all the same.
func (w *waitingFor) rounds(ctx context.Context) error {
	f := round.WantedFor{About: w.about, Except: w.waiting,
		Reasons: round.WantedReasons{Late: w.wants(mywork.ReasonReportLate), InTime: w.wants(mywork.ReasonReport)}}
	for _, i := range w.items {
		if i.Action != nil {
			f.Also = append(f.Also, i.Action.ID)
		}
	}
	counts := f.Reasons.Late || f.Reasons.InTime
	if counts {
		f.Limit = w.limit
	} else if len(f.Also) == 0 {
		return nil
	}
	asked, total, err := w.services.Rounds.Wants(ctx, w.a, f)
	if err != nil {
		return err
	}
	if counts {
		w.total += total
	}
	return w.askedFor(ctx, asked)
}

// askedFor puts what rounds ask among the rows.
func (w *waitingFor) askedFor(ctx context.Context, asked []round.Wanted) error {
	known := map[domain.ActionID]bool{}
	for _, i := range w.items {
		if i.Action != nil {
			known[i.Action.ID] = true
		}
	}
	var numbers []int
	var others []domain.ActionID
	for _, x := range asked {
		if id := (domain.ActionID{UUID: x.SubjectID.UUID}); x.Level == round.OfAction && !known[id] {
			numbers, others = append(numbers, x.No), append(others, id)
		}
	}
	actions := map[domain.AnyID]WorkItem{}
	if len(numbers) > 0 {
		views, _, err := upTo(len(numbers), domain.PageRequest{}, func(req domain.PageRequest) (domain.Page[action.View], error) {
			return w.services.Actions.List(ctx, w.a, action.Filter{No: numbers}, req)
		})
		if err != nil {
			return err
		}
		for _, v := range views {
			sum := actionSummary(w.a, w.day)(v)
			actions[domain.AnyID{UUID: v.ID.UUID}] = WorkItem{Action: &sum}
		}
		if len(w.reasons) > 0 {
			waiting, _, err := w.services.Actions.Waiting(ctx, w.a, action.WaitFor{Only: others, Limit: len(others)})
			if err != nil {
				return err
			}
			for _, v := range waiting {
				actions[domain.AnyID{UUID: v.ID.UUID}] = w.actionItem(v)
			}
		}
	}
	for _, x := range asked {
		days := w.day.DaysUntil(x.DueOn)
		i := WorkItem{Reason: mywork.ReasonReport, Days: days, On: x.DueOn,
			Round: &WorkRound{ID: x.Round.ID, Key: x.Round.Key, Title: x.Round.Title, Asked: expectationBody(w.a, x.Round.Round)(x.Expectation)}}
		working := domain.WorkingDaysUntil(w.day, x.DueOn)
		if days < 0 {
			i.Reason, i.Days = mywork.ReasonReportLate, -days
			working = domain.WorkingDaysUntil(x.DueOn, w.day)
		}
		i.WorkingDays = &working
		same := func(o WorkItem) bool { return false }
		switch x.Level {
		case round.OfAction:
			same = func(o WorkItem) bool { return o.Action != nil && o.Action.ID.UUID == x.SubjectID.UUID }
			if of, ok := actions[x.SubjectID]; ok {
				i.Action = of.Action
				if of.Reason != "" && !slices.ContainsFunc(w.items, same) {
					i = joined(of, i)
				}
			}
		case round.OfGoal, round.OfPlan:
			same = func(o WorkItem) bool {
				return o.Action == nil && o.Round != nil && o.Round.ID == x.Round.ID && o.Round.Asked.Level == x.Level && o.Round.Asked.ID == x.SubjectID
			}
		}
		w.join(i, same)
	}
	return nil
}

// papers are what the post approves, and what the secretary has to see to. A paper
// that waits for several reasons is one row.
func (w *waitingFor) papers(work mywork.Work, now time.Time) {
	w.total += work.ApprovalsTotal + work.AmendmentsTotal + work.PapersTotal + work.MinutesTotal
	row := func(since time.Time, i WorkItem) {
		i.On = domain.DateOf(since)
		i.Days = max(0, i.On.DaysUntil(w.day))
		paper := func(o WorkItem) bool {
			return o.Meeting != nil && i.Reason != mywork.ReasonAmendment && o.Reason != mywork.ReasonAmendment && o.Meeting.ID == i.Meeting.ID
		}
		if !w.join(i, paper) {
			w.total--
		}
	}
	for _, ap := range work.Approvals {
		m := workMeeting(ap.Meeting)
		row(ap.ClosedAt, WorkItem{Reason: mywork.ReasonApproval, Meeting: &m, Role: ap.Role})
	}
	for _, am := range work.Amendments {
		m := workMeeting(am.Meeting)
		row(am.ProposedAt, WorkItem{Reason: mywork.ReasonAmendment, Meeting: &m, Role: am.Role})
	}
	unapproved := func(i WorkItem) WorkReason {
		return WorkReason{Reason: mywork.ReasonUnapproved, Days: i.Days, On: i.On}
	}
	for _, p := range work.Papers {
		m := workMeeting(p.Meeting)
		i := WorkItem{Reason: mywork.ReasonComments, Meeting: &m, Comments: p.Comments, Returns: p.Returns}
		if p.Unapproved(now) {
			i.Pending = p.Pending
			i.On = domain.DateOf(p.ClosedAt)
			i.Days = max(0, i.On.DaysUntil(w.day))
			i.Also = append(i.Also, unapproved(i))
		}
		row(p.ClosedAt, i)
	}
	for _, mi := range work.Minutes {
		m := workMeeting(mi.Meeting)
		i := WorkItem{Reason: mi.Reason, Meeting: &m, Pending: mi.Pending}
		if mi.Comments+mi.Returns > 0 {
			i.Reason, i.Comments, i.Returns = mywork.ReasonComments, mi.Comments, mi.Returns
			i.On = domain.DateOf(mi.Since)
			i.Days = max(0, i.On.DaysUntil(w.day))
			i.Also = append(i.Also, unapproved(i))
		}
		row(mi.Since, i)
	}
}
