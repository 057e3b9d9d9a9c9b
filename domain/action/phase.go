package action

import (
	"time"

	"yhdyspinta/domain"
)

// PhaseStep is that an action came to a phase of its implementation.
type PhaseStep struct {
	PhaseID  domain.PhaseID // zero: to none
	Position int            // of the phase in its vocabulary
	On       domain.Date
	At       time.Time // when the version was written by which it came there
}

// Reached are the phases that an action has come to and not gone back from, of the
// steps that it took in order of time, each on the day on which it came to it first.
// Who goes back to an earlier phase has not reached the later ones; phases that were
// passed over are left out. A step by a word that was taken back is as if it had not
// been: the phases from before have their days again. The words are those that changed
// the phase, in order of time.
func Reached(steps []PhaseStep, words []Word) []PhaseStep {
	var reached []PhaseStep
	before := map[domain.WordID][]PhaseStep{} // what had been reached before each word
	gone := map[domain.WordID]bool{}          // whose withdrawal was come to
	for _, s := range steps {
		if w := saidWith(s, words, before); w != nil {
			before[w.ID] = append([]PhaseStep{}, reached...)
			if w.WithdrawnAt != nil {
				continue
			}
		} else if w := withdrawnWith(s, words, before, gone); w != nil {
			gone[w.ID] = true
			if s.PhaseID == w.Phase {
				reached = before[w.ID]
				continue
			}
		}
		reached = s.after(reached)
	}
	if n := len(steps); n > 0 && presentPhase(reached) != steps[n-1].PhaseID { // a word that was taken back left its phase
		reached = steps[n-1].after(reached)
	}
	return reached
}

// after is what has been reached with the step, of what had been before it.
func (s PhaseStep) after(reached []PhaseStep) []PhaseStep {
	if s.PhaseID.IsZero() {
		return nil
	}
	for len(reached) > 0 {
		last := reached[len(reached)-1]
		if last.PhaseID == s.PhaseID {
			s.On, s.At = last.On, last.At
		} else if last.Position < s.Position {
			break
		}
		reached = reached[:len(reached)-1]
	}
	return append(reached[:len(reached):len(reached)], s)
}

func presentPhase(reached []PhaseStep) domain.PhaseID {
	if len(reached) == 0 {
		return domain.PhaseID{}
	}
	return reached[len(reached)-1].PhaseID
}

// saidWith is the word that brought the step and none before it; nil: none did.
func saidWith(s PhaseStep, words []Word, used map[domain.WordID][]PhaseStep) *Word {
	for i, w := range words {
		if _, ok := used[w.ID]; !ok && w.SaidAt.Equal(s.At) && w.PhaseAfter == s.PhaseID {
			return &words[i]
		}
	}
	return nil
}

// withdrawnWith is the word whose withdrawal brought the step; nil: none did.
func withdrawnWith(s PhaseStep, words []Word, said map[domain.WordID][]PhaseStep, gone map[domain.WordID]bool) *Word {
	for i, w := range words {
		if _, ok := said[w.ID]; ok && !gone[w.ID] && w.WithdrawnAt != nil && w.WithdrawnAt.Equal(s.At) && w.PhaseAfter != s.PhaseID {
			return &words[i]
		}
	}
	return nil
}

// Enter brings the action to a phase; the zero one leaves it as it is.
func (a *Action) Enter(phase domain.PhaseID) {
	if !phase.IsZero() {
		a.PhaseID = phase
	}
}

// phaseBefore is the phase before a word that is taken back: not one that another word
// brought which was taken back before.
func phaseBefore(w Words) domain.PhaseID {
	phase := w.Word.Phase
	for _, o := range w.Phases {
		if o.WithdrawnAt != nil && o.SaidAt.Before(w.Word.SaidAt) && o.PhaseAfter == phase {
			phase = o.Phase
		}
	}
	return phase
}
