package action

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// PartyStatus is what one party says of an action.
type PartyStatus struct {
	PartyID     domain.PartyID
	Spoken      bool // false: it has said nothing of its own and goes with the others
	Status      Status
	Progress    int                   // per cent
	ConfirmedOn domain.Date           // when it last said that this is true
	ReportID    domain.StatusReportID // its latest report; zero if it has only confirmed
	// What its latest report says beside; filled by storage.
	ReportedOn domain.Date
	PostID     domain.PostID
	Text       domain.Text // zero where the reader may not read it
	Forwards   []Ref       // where it says that the action goes on, as far as the reader may see it
}

// AuditValue is what the party said, as the log shows it.
func (p PartyStatus) AuditValue() any {
	return struct {
		PartyID  domain.PartyID `json:"partyId"`
		Status   Status         `json:"status"`
		Progress int            `json:"progress"`
	}{p.PartyID, p.Status, p.Progress}
}

// ReconciliationCode tells in one word how the joint status came about.
type ReconciliationCode string

// The codes. Of single, silent and same the joint status is what is said; the
// others name the rule that decided.
const (
	ReconciledSingle     ReconciliationCode = "single"      // at most one party leads or shares it
	ReconciledSilent     ReconciliationCode = "silent"      // a party has said nothing of its own and goes with the others, who agree
	ReconciledSame       ReconciliationCode = "same"        // all say the same
	ReconciledInProgress ReconciliationCode = "in_progress" // a party is in progress
	ReconciledPartlyDone ReconciliationCode = "partly_done" // some are done and others not
	ReconciledPaused     ReconciliationCode = "paused"      // nobody works on it, and a party has paused
	ReconciledNotClosed  ReconciliationCode = "not_closed"  // all have closed it, in different words, none as done
	ReconciledNotStarted ReconciliationCode = "not_started" // nothing of the above
)

// ReconciliationCodes lists the codes.
var ReconciliationCodes = []ReconciliationCode{ReconciledSingle, ReconciledSilent, ReconciledSame, ReconciledInProgress,
	ReconciledPartlyDone, ReconciledPaused, ReconciledNotClosed, ReconciledNotStarted}

// Reconcile makes the joint status of what the parties say; at least one has
// said something. This is the one place of the rule:
//
//   - all say the same: that;
//   - done, cancelled, merged and superseded hold only when every party says so;
//   - else in progress if any party is in progress, or some are done and others
//     not;
//   - else paused if any party is paused, or if all have closed it but in
//     different words: nobody works on it, and it is not agreed to be over;
//   - else not started.
//
// The progress is the mean of the parties' own, rounded down, and 100 only when
// all say 100.
func Reconcile(says []PartyStatus) (status Status, progress int, code ReconciliationCode) {
	sum, full := 0, true
	said := map[Status]int{}
	closed := 0
	for _, p := range says {
		sum += p.Progress
		full = full && p.Progress == 100
		said[p.Status]++
		if p.Status.Closed() {
			closed++
		}
	}
	if progress = sum / len(says); progress == 100 && !full {
		progress = 99
	}
	switch {
	case len(said) == 1:
		return says[0].Status, progress, ReconciledSame
	case said[InProgress] > 0:
		return InProgress, progress, ReconciledInProgress
	case said[Done] > 0:
		return InProgress, progress, ReconciledPartlyDone
	case said[Paused] > 0:
		return Paused, progress, ReconciledPaused
	case closed == len(says):
		return Paused, progress, ReconciledNotClosed
	}
	return NotStarted, progress, ReconciledNotStarted
}

// Reporters are the parties whose own status counts: the principal ones that
// lead or share the action on the day shown and have not declined it, the
// lead's first.
func (a Action) Reporters() []domain.PartyID {
	var out []domain.PartyID
	for _, r := range a.Responsibilities {
		if r.Principal && (r.Part == domain.Lead || r.Part == domain.Shared) && r.Standing != domain.Declined && !slices.Contains(out, r.PartyID) {
			out = append(out, r.PartyID)
		}
	}
	return out
}

// PartyStatuses is what each of the Reporters says. A party that has said
// nothing of its own goes with the lead's party, and with the joint status if
// that has said nothing either.
func (a Action) PartyStatuses() []PartyStatus {
	with := PartyStatus{Status: a.Status, Progress: a.Progress, ConfirmedOn: a.ConfirmedOn, Forwards: a.ForwardedTo}
	if lead, ok := a.Lead(); ok {
		if p, ok := a.said(lead.PartyID); ok {
			with = PartyStatus{Status: p.Status, Progress: p.Progress, ConfirmedOn: p.ConfirmedOn, Forwards: p.Forwards}
		}
	}
	var out []PartyStatus
	for _, party := range a.Reporters() {
		p, ok := a.said(party)
		if !ok {
			p = with
			p.PartyID = party
		}
		out = append(out, p)
	}
	return out
}

func (a Action) said(party domain.PartyID) (PartyStatus, bool) {
	for _, p := range a.Said {
		if p.PartyID == party {
			return p, true
		}
	}
	return PartyStatus{}, false
}

// own is what a party says now: the joint status if it is not asked.
func (a Action) own(party domain.PartyID) PartyStatus {
	for _, p := range a.PartyStatuses() {
		if p.PartyID == party {
			return p
		}
	}
	return PartyStatus{PartyID: party, Status: a.Status, Progress: a.Progress, ConfirmedOn: a.ConfirmedOn, Forwards: a.ForwardedTo}
}

// Word tells when a party last said of its own what is true of the action, and
// whether the action waits for its word at all: it is running, the party is
// asked (Reporters), and by its own account it is not through. A party that has
// said nothing of its own has been asked since the action was made, or since the
// first day of its part if that came later. Where nobody is asked there is one
// word, whoever said it. The SQL of Tx.silences is the same rule.
func (a Action) Word(party domain.PartyID) (on domain.Date, waits bool) {
	running := func(s Status) bool { return s == NotStarted || s == InProgress }
	if !running(a.Status) {
		return domain.Date{}, false
	}
	later := func(x, y domain.Date) domain.Date {
		if x.Before(y) {
			return y
		}
		return x
	}
	if len(a.Reporters()) == 0 {
		lead, _ := a.Lead()
		said := a.ConfirmedOn
		if said.IsZero() {
			said = domain.DateOf(a.CreatedAt)
		}
		return later(said, lead.From), true
	}
	if !slices.Contains(a.Reporters(), party) {
		return domain.Date{}, false
	}
	if p, ok := a.said(party); ok {
		return p.ConfirmedOn, running(p.Status)
	}
	for _, r := range a.Responsibilities {
		if r.PartyID == party && (r.Part == domain.Lead || r.Part == domain.Shared) && r.Standing != domain.Declined {
			if from := later(r.From, domain.DateOf(a.CreatedAt)); on.IsZero() || from.Before(on) {
				on = from
			}
		}
	}
	return on, true
}

// counted are the statuses that make the joint one: silent parties count as the
// lead's party if that has spoken, and not at all if not.
func (a Action) counted() []PartyStatus {
	lead, _ := a.Lead()
	_, leads := a.said(lead.PartyID)
	return slices.DeleteFunc(a.PartyStatuses(), func(p PartyStatus) bool { return !p.Spoken && !leads })
}

// Reconciliation tells how the joint status came about.
func (a Action) Reconciliation() ReconciliationCode {
	parties := a.PartyStatuses()
	if len(parties) < 2 {
		return ReconciledSingle
	}
	counted := a.counted()
	if len(counted) == 0 {
		return ReconciledSilent
	}
	_, _, code := Reconcile(counted)
	if code == ReconciledSame && slices.ContainsFunc(parties, func(p PartyStatus) bool { return !p.Spoken }) {
		return ReconciledSilent
	}
	return code
}

// Settle makes status, progress and confirmation what the parties say together;
// while none has said anything they stay. The action counts as confirmed when
// the party that has been silent longest confirmed: of those that have said
// something and are not through, or of all if everybody is.
func (a *Action) Settle() {
	counted := a.counted()
	if len(counted) == 0 {
		a.StatusesDiffer = false
		return
	}
	var code ReconciliationCode
	a.Status, a.Progress, code = Reconcile(counted)
	a.StatusesDiffer = code != ReconciledSame
	oldest := func(closed bool) (day domain.Date) {
		for _, p := range counted {
			if p.Spoken && (closed || !p.Status.Closed()) && (day.IsZero() || p.ConfirmedOn.Before(day)) {
				day = p.ConfirmedOn
			}
		}
		return day
	}
	if a.ConfirmedOn = oldest(false); a.ConfirmedOn.IsZero() {
		a.ConfirmedOn = oldest(true)
	}
}

// Say takes what a party says into the action. What nobody leads or shares for
// a principal party has no parties to ask: what is said is its status.
func (a *Action) Say(p PartyStatus, now time.Time) {
	a.UpdatedAt = now
	if len(a.Reporters()) == 0 {
		a.Status, a.Progress, a.ConfirmedOn, a.StatusesDiffer, a.ForwardedTo = p.Status, p.Progress, p.ConfirmedOn, false, p.Forwards
		return
	}
	p.Spoken = true
	a.Said = append(slices.DeleteFunc(slices.Clone(a.Said), func(o PartyStatus) bool { return o.PartyID == p.PartyID }), p)
	a.Settle()
}

// Allowed lists what the actor may do with the action. Who reports does so for
// their own party: only for one that leads or shares it, if any does. One that was
// withdrawn can only be restored.
func (a Action) Allowed(actor domain.Actor) []domain.Permission {
	out := actor.Allowed(a.Resource(), Permissions...)
	return slices.DeleteFunc(out, func(p domain.Permission) bool {
		return p == domain.ActionReport && !a.reportsFor(actor) || p != domain.ActionWithdraw && a.Withdrawn()
	})
}

func (a Action) reportsFor(actor domain.Actor) bool {
	reporters := a.Reporters()
	return len(reporters) == 0 || actor.System != "" || slices.Contains(reporters, actor.PartyID)
}

// check is nil if the actor may do p with the action; Conflict if it was withdrawn
// and p is not about that.
func (a Action) check(actor domain.Actor, p domain.Permission) error {
	if err := actor.Check(p, a.Resource()); err != nil {
		return err
	}
	if p == domain.ActionReport && !a.reportsFor(actor) {
		return domain.Forbidden(p)
	}
	if p != domain.ActionWithdraw && a.Withdrawn() {
		return withdrawn()
	}
	return nil
}
