package domain

// Rhythm is how often a status is to be confirmed, in days since it was confirmed
// last. The zero rhythm is none of one's own.
type Rhythm struct {
	Target int `json:"target"` // after so many days it should be confirmed again
	Limit  int `json:"limit"`  // after so many it is out of date
}

// MonthlyRhythm is the rhythm of plans that say nothing else, and of what belongs
// to no plan.
var MonthlyRhythm = Rhythm{Target: 30, Limit: 60}

// MaxRhythm is the longest limit, in days: a year.
const MaxRhythm = 366

// IsZero reports whether there is none.
func (r Rhythm) IsZero() bool { return r == Rhythm{} }

// Or is the rhythm, or another where there is none.
func (r Rhythm) Or(other Rhythm) Rhythm {
	if r.IsZero() {
		return other
	}
	return r
}

// Check adds what is wrong with the rhythm, if there is one.
func (r Rhythm) Check(v *Violations, pointer string) {
	if r.IsZero() {
		return
	}
	if r.Target < 1 || r.Target > MaxRhythm {
		v.Add(pointer+"/target", "not_allowed")
	}
	if r.Limit > MaxRhythm {
		v.Add(pointer+"/limit", "not_allowed")
	}
	if r.Limit < r.Target {
		v.Add(pointer+"/limit", "limit_before_target")
	}
}
