package action

import "yhdyspinta/domain"

// PhaseStep is that an action came to a phase of its implementation.
type PhaseStep struct {
	PhaseID  domain.PhaseID // zero: to none
	Position int            // of the phase in its vocabulary
	On       domain.Date
}

// Reached are the phases that an action has come to and not gone back from, of the
// steps that it took in order of time, each on the day on which it came to it first.
// Who goes back to an earlier phase has not reached the later ones; phases that were
// passed over are left out.
func Reached(steps []PhaseStep) []PhaseStep {
	var reached []PhaseStep
	for _, s := range steps {
		if s.PhaseID.IsZero() {
			reached = nil
			continue
		}
		for len(reached) > 0 {
			last := reached[len(reached)-1]
			if last.PhaseID == s.PhaseID {
				s.On = last.On
			} else if last.Position < s.Position {
				break
			}
			reached = reached[:len(reached)-1]
		}
		reached = append(reached, s)
	}
	return reached
}

// Enter brings the action to a phase; the zero one leaves it as it is.
func (a *Action) Enter(phase domain.PhaseID) {
	if !phase.IsZero() {
		a.PhaseID = phase
	}
}
