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
	// ForwardTo are the actions in which a merged or superseded one goes on; none: as
	// the party named them before.
	ForwardTo []Target
}

// StatusReport is one dated report. Reports are never changed; one that was said
// by mistake can be taken back (Action.Unsay), and stays to be read.
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
	Forwards   []Ref // where it says that the action goes on, as far as the reader may see it
	ReportedOn domain.Date
	ReportedAt time.Time
	// When it was taken back, and in which post; nil: it stands. Filled by storage.
	WithdrawnAt   *time.Time
	WithdrawnBy   domain.PostID
	WithdrawnPost domain.Text
}

// NeedsReason reports whether setting status s on a day needs a reason of a
// party. This is the one place of the rule; it needs one to
//
//   - pause, cancel, merge or supersede an action;
//   - leave done, cancelled, merged or superseded again;
//   - say not started when the start period has ended or some progress is made;
//   - say in progress or done before the start.
//
// What it leaves or says anew is compared with the party's own status. Saying
// the same status again needs none, unless the dates contradict it.
func (a Action) NeedsReason(party domain.PartyID, s Status, progress int, day domain.Date) bool {
	return a.needsReason(a.own(party).Status, s, progress, day)
}

func (a Action) needsReason(own, s Status, progress int, day domain.Date) bool {
	if s != own && (own.Closed() || s == Paused || s == Cancelled || s == Merged || s == Superseded) {
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

// ReasonStatuses lists the statuses that a report of a party on a day needs a
// reason for, at its progress of now: what a form asks for before it is sent.
func (a Action) ReasonStatuses(party domain.PartyID, day domain.Date) []Status {
	own := a.own(party)
	var out []Status
	for _, s := range Statuses {
		if a.needsReason(own.Status, s, own.progressAt(s, nil), day) {
			out = append(out, s)
		}
	}
	return out
}

func (p PartyStatus) progressAt(s Status, given *int) int {
	switch {
	case s == Done:
		return 100
	case given != nil:
		return *given
	case s == NotStarted && p.Status != NotStarted:
		return 0
	}
	return p.Progress
}

// Report takes a report of a party's post into the action and returns it, or
// says everything that is wrong: the party's own status is what it says, and
// that of the action what the parties say together. A party that says done says
// what came of it, unless the action has a result already.
func (a *Action) Report(id domain.StatusReportID, party domain.PartyID, post domain.PostID, r Reporting, now time.Time) (StatusReport, error) {
	if party.IsZero() {
		return StatusReport{}, domain.Invalid("party_required", "a report is a party's")
	}
	day := domain.DateOf(now)
	r.Text, r.Result, r.Reason = r.Text.Trim(), r.Result.Trim(), strings.TrimSpace(r.Reason)
	if r.Result.IsZero() {
		r.Result = a.Result
	}
	own := a.own(party)
	progress := own.progressAt(r.Status, r.Progress)
	var v domain.Violations
	r.Text.Check(&v, "/text", false, maxReport)
	r.Result.Check(&v, "/result", false, maxReport)
	v.Require(r.Status != Done || !r.Result.IsZero(), "/result/fi")
	if progress < 0 || progress > 100 {
		v.Add("/progress", "out_of_range")
	}
	if a.needsReason(own.Status, r.Status, progress, day) {
		v.Require(r.Reason != "", "/reason")
	}
	if len([]rune(r.Reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	forwards, err := a.forward(r, own, &v)
	if wrong := v.Err(); wrong != nil {
		return StatusReport{}, wrong
	}
	if err != nil {
		return StatusReport{}, err
	}
	a.Result = r.Result
	a.Say(PartyStatus{PartyID: party, Status: r.Status, Progress: progress, ConfirmedOn: day, ReportID: id, ReportedOn: day, PostID: post, Text: r.Text, Forwards: forwards}, now)
	return StatusReport{ID: id, ActionID: a.ID, PartyID: party, PostID: post, Status: r.Status, Progress: progress,
		Text: r.Text, Reason: r.Reason, Public: r.Public, Forwards: forwards, ReportedOn: day, ReportedAt: now}, nil
}

// Confirm notes that what the party says is still true: Conflict when nothing
// more is expected of it. A party that had said nothing of its own now says what
// it went with.
func (a *Action) Confirm(party domain.PartyID, now time.Time) error {
	if party.IsZero() {
		return domain.Invalid("party_required", "a confirmation is a party's")
	}
	own := a.own(party)
	if own.Status.Closed() {
		return domain.Conflict("action_closed", string(own.Status), "nothing to confirm: the action is "+string(own.Status))
	}
	own.ConfirmedOn = domain.DateOf(now)
	a.Say(own, now)
	return nil
}
