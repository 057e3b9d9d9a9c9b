package action

import (
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Word is one thing that a party said of an action: a status report, or that its
// status is still true. It remembers what held before, so that it can be taken
// back. It is never changed otherwise, nor deleted.
type Word struct {
	ID       domain.WordID
	ActionID domain.ActionID
	PartyID  domain.PartyID
	PostID   domain.PostID         // zero: the person held no post
	ReportID domain.StatusReportID // zero: it confirmed
	Joint    bool                  // nobody was asked for a word of their own: it was that of the action
	Before   PartyStatus           // what the party had said of its own; Spoken is false if nothing
	// The action as it was before the word.
	Status      Status
	Progress    int
	ConfirmedOn domain.Date
	Result      domain.Text
	ResultAfter domain.Text    // with the word
	Phase       domain.PhaseID // before the word
	PhaseAfter  domain.PhaseID // with it
	SaidAt      time.Time
	WithdrawnAt *time.Time    // nil: it stands
	WithdrawnBy domain.PostID // the post of the same party that took it back
	Version     int
}

// Kind is report or confirmation.
func (w Word) Kind() string {
	if w.ReportID.IsZero() {
		return "confirmation"
	}
	return "report"
}

// Words are what taking back needs of the words on an action.
type Words struct {
	Word   Word          // the one that is meant
	Latest domain.WordID // the latest that stands: of the party or joint, of anybody if it is joint
	First  Word          // the oldest for which somebody was asked; zero: none
	// Those with which what came of the action changed, the latest first.
	Results []Word
	// Those with which its phase changed, the latest first.
	Phases []Word
}

// word makes the word by which an action that was before became a.
func (a Action) word(id domain.WordID, before Action, party domain.PartyID, post domain.PostID, report domain.StatusReportID, now time.Time) Word {
	own, _ := before.said(party)
	joint := len(before.Reporters()) == 0
	if joint {
		own = PartyStatus{}
	}
	return Word{ID: id, ActionID: a.ID, PartyID: party, PostID: post, ReportID: report, Joint: joint, Before: own,
		Status: before.Status, Progress: before.Progress, ConfirmedOn: before.ConfirmedOn, Result: before.Result, ResultAfter: a.Result,
		Phase: before.PhaseID, PhaseAfter: a.PhaseID, SaidAt: now, Version: 1}
}

// Unsay takes a word back: what the party had said before it counts again, and the
// status of the action is what the parties say together. Only the latest word of a
// party can be taken back: Conflict not_latest_word if it, or anybody where nobody is
// asked, has said more since, or if others are asked by now than when it was said;
// word_withdrawn if it was taken back already. What came of the action goes with the
// word that said it, unless another party has said done with it; it goes when that
// is taken back too. The phase that the word brought the action to goes with it, unless
// another one was said since; the action is again in the one before, or in that which
// this was merged into. Invalid if it needs a reason (UnsayNeedsReason) and has none.
func (a *Action) Unsay(w *Words, post domain.PostID, reason string, now time.Time) error {
	if w.Word.WithdrawnAt != nil {
		return domain.Conflict("word_withdrawn", w.Word.Kind(), "it was taken back already")
	}
	if w.Latest != w.Word.ID || w.Word.Joint != (len(a.Reporters()) == 0) {
		return domain.Conflict("not_latest_word", w.Word.Kind(), "more was said of the action since")
	}
	var v domain.Violations
	v.Require(reason != "" || !a.UnsayNeedsReason(w.Word, domain.DateOf(now)), "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	if err := v.Err(); err != nil {
		return err
	}
	w.Word.WithdrawnAt, w.Word.WithdrawnBy = &now, post
	a.UpdatedAt = now
	if w.Word.Joint {
		a.Status, a.Progress, a.ConfirmedOn, a.StatusesDiffer = w.Word.Status, w.Word.Progress, w.Word.ConfirmedOn, false
	} else {
		var said []PartyStatus
		for _, p := range a.Said {
			if p.PartyID != w.Word.PartyID {
				said = append(said, p)
			}
		}
		if w.Word.Before.Spoken {
			said = append(said, w.Word.Before)
		}
		a.Said = said
		if len(a.counted()) == 0 { // as before anybody had said anything
			a.Status, a.Progress, a.ConfirmedOn = w.First.Status, w.First.Progress, w.First.ConfirmedOn
		}
		a.Settle()
	}
	if w.Word.PhaseAfter != w.Word.Phase && a.PhaseID == w.Word.PhaseAfter {
		a.PhaseID = phaseBefore(*w)
	}
	if a.Result == w.Word.ResultAfter && (w.Word.Joint || !a.doneByOthers(w.Word.PartyID)) {
		if before := a.resultBefore(*w); a.Status != Done || !before.IsZero() {
			a.Result = before
		}
	}
	return nil
}

// UnsayNeedsReason tells whether taking back a word that stands needs a reason on a day:
// it said that the action is done, cancelled, merged or superseded, and was told on an
// earlier day, so that others have read it. A slip of the same day needs none.
func (a Action) UnsayNeedsReason(w Word, day domain.Date) bool {
	said, before := a.own(w.PartyID).Status, w.Before.Status
	if w.Joint {
		said, before = a.Status, w.Status
	}
	return said.Closed() && said != before && domain.DateOf(w.SaidAt).Before(day)
}

func (a Action) doneByOthers(party domain.PartyID) bool {
	return slices.ContainsFunc(a.Said, func(p PartyStatus) bool { return p.PartyID != party && p.Status == Done })
}

// resultBefore is what had come of the action before a word that was taken back. If
// nobody says done any more, that is not what another word that was taken back said.
func (a Action) resultBefore(w Words) domain.Text {
	result := w.Word.Result
	if a.Status == Done || !w.Word.Joint && w.Word.Before.Spoken && w.Word.Before.Status == Done {
		return result
	}
	for _, o := range w.Results {
		if o.WithdrawnAt != nil && o.SaidAt.Before(w.Word.SaidAt) && o.ResultAfter == result {
			result = o.Result
		}
	}
	return result
}
