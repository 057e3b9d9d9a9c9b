package domain

import "slices"

// TermUse is what one field of a thing names of a vocabulary: before an edit
// and after it.
type TermUse struct {
	Vocabulary SubjectKind
	Pointer    string // of the field in the request
	Old, New   []AnyID
}

// UseOf is the TermUse of a field. Zero ids name nothing.
func UseOf[K any](vocabulary SubjectKind, pointer string, old, now []ID[K]) TermUse {
	return TermUse{vocabulary, pointer, named(old), named(now)}
}

func named[K any](ids []ID[K]) (out []AnyID) {
	for _, id := range ids {
		if !id.IsZero() {
			out = append(out, AnyID{id.UUID})
		}
	}
	return out
}

// RetiredTerm is a term that is not given to anything new.
type RetiredTerm struct {
	ID     AnyID
	Merged bool // into another: nothing has it any more
}

// TermBook tells features of the vocabularies what they need when they save
// what names their terms.
type TermBook interface {
	// Retired returns those of the terms that are retired on the day of the unit
	// of work. Until it ends, none of the terms can be retired or merged.
	Retired(vocabulary SubjectKind, ids []AnyID) ([]RetiredTerm, error)
}

// CheckTerms is the error "retired" at each field that begins to name a retired
// term. What a thing had before stays valid, unless the term was merged into
// another meanwhile.
func CheckTerms(book TermBook, uses ...TermUse) error {
	var v Violations
	for _, u := range uses {
		if len(u.New) == 0 {
			continue
		}
		retired, err := book.Retired(u.Vocabulary, u.New)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(retired, func(t RetiredTerm) bool { return t.Merged || !slices.Contains(u.Old, t.ID) }) {
			v.Add(u.Pointer, "retired")
		}
	}
	return v.Err()
}
