package domain

// OnDay chooses things by their validity. The zero value means those valid on
// the day shown.
type OnDay struct {
	Day Date // zero: the day shown (today, or the as-of day)
	Any bool // whenever valid: Day does not matter
}

// CheckPeriod adds what is wrong with two days that bound a validity, both
// included; to may be zero for no end.
func CheckPeriod(v *Violations, from, to Date, fromPointer, toPointer string) {
	v.Require(!from.IsZero(), fromPointer)
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		v.Add(toPointer, "before_start")
	}
}

// Overlap reports whether two validities share a day; a zero end is open.
func Overlap(from, to, otherFrom, otherTo Date) bool {
	return (to.IsZero() || !otherFrom.After(to)) && (otherTo.IsZero() || !from.After(otherTo))
}
