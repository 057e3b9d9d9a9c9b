package action

import (
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Reporting is what a person says of an action's status.
type Reporting struct {
	Status   Status
	Progress *int        // per cent; nil: as it is, 100 when done
	Text     domain.Text // what has happened, short; may be empty
	Result   domain.Text // what came of it; done needs one unless the action has one
	Reason   string      // why, where NeedsReason asks for it
	Public   bool        // whether everybody may read the text
}

// StatusReport is one dated report. Reports are never changed.
type StatusReport struct {
	ID         domain.StatusReportID
	ActionID   domain.ActionID
	PartyID    domain.PartyID
	PostID     domain.PostID // zero: the person held no post
	PostTitle  domain.Text   // filled by storage
	Status     Status
	Progress   int // per cent
	Text       domain.Text
	Reason     string
	Public     bool
	ReportedOn domain.Date
	ReportedAt time.Time
}

// NeedsReason reports whether setting status s on a day needs a reason. This is
// the one place of the rule; it needs one to
//
//   - pause, cancel, merge or supersede an action;
//   - leave done, cancelled, merged or superseded again;
//   - say not started when the start period has ended or some progress is made;
//   - say in progress or done before the start.
//
// Saying the same status again needs none, unless the dates contradict it.
func (a Action) NeedsReason(s Status, progress int, day domain.Date) bool {
	if s != a.Status && (a.Status.Closed() || s == Paused || s == Cancelled || s == Merged || s == Superseded) {
		return true
	}
	switch s {
	case NotStarted:
		return progress > 0 || (!a.StartsOn.IsZero() && a.startLast().Before(day))
	case InProgress, Done:
		return !a.StartsOn.IsZero() && day.Before(a.StartsPrecision.First(a.StartsOn))
	}
	return false
}

// ReasonStatuses lists the statuses that a report on a day needs a reason for,
// at the progress of now: what a form asks for before it is sent.
func (a Action) ReasonStatuses(day domain.Date) []Status {
	var out []Status
	for _, s := range Statuses {
		if a.NeedsReason(s, a.progressAt(s, nil), day) {
			out = append(out, s)
		}
	}
	return out
}

func (a Action) progressAt(s Status, given *int) int {
	switch {
	case s == Done:
		return 100
	case given != nil:
		return *given
	case s == NotStarted && a.Status != NotStarted:
		return 0
	}
	return a.Progress
}

// Report takes a report of a party's post into the action and returns it, or
// says everything that is wrong. While the parties' statuses are not reconciled,
// the latest report counts.
func (a *Action) Report(id domain.StatusReportID, party domain.PartyID, post domain.PostID, r Reporting, now time.Time) (StatusReport, error) {
	if party.IsZero() {
		return StatusReport{}, domain.Invalid("party_required", "a report is a party's")
	}
	day := domain.DateOf(now)
	r.Text, r.Result, r.Reason = r.Text.Trim(), r.Result.Trim(), strings.TrimSpace(r.Reason)
	if r.Result.IsZero() {
		r.Result = a.Result
	}
	progress := a.progressAt(r.Status, r.Progress)
	var v domain.Violations
	r.Text.Check(&v, "/text", false, maxReport)
	r.Result.Check(&v, "/result", false, maxReport)
	v.Require(r.Status != Done || !r.Result.IsZero(), "/result/fi")
	if progress < 0 || progress > 100 {
		v.Add("/progress", "out_of_range")
	}
	if a.NeedsReason(r.Status, progress, day) {
		v.Require(r.Reason != "", "/reason")
	}
	if len([]rune(r.Reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return StatusReport{}, err
	}
	a.Status, a.Progress, a.Result, a.ConfirmedOn, a.UpdatedAt = r.Status, progress, r.Result, day, now
	return StatusReport{ID: id, ActionID: a.ID, PartyID: party, PostID: post, Status: r.Status, Progress: progress,
		Text: r.Text, Reason: r.Reason, Public: r.Public, ReportedOn: day, ReportedAt: now}, nil
}

// Confirm notes that the status is still true: Conflict when nothing more is
// expected of the action.
func (a *Action) Confirm(now time.Time) error {
	if a.Status.Closed() {
		return domain.Conflict("action_closed", string(a.Status), "nothing to confirm: the action is "+string(a.Status))
	}
	a.ConfirmedOn, a.UpdatedAt = domain.DateOf(now), now
	return nil
}
