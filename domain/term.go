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

// RememberTerms is a TermBook that looks each term up once: for a unit of work in
// which many things name the same ones.
func RememberTerms(book TermBook) TermBook {
	return rememberedTerms{book, map[AnyID]bool{}, map[AnyID]RetiredTerm{}}
}

type rememberedTerms struct {
	book    TermBook
	looked  map[AnyID]bool
	retired map[AnyID]RetiredTerm
}

// Retired implements TermBook.
func (r rememberedTerms) Retired(vocabulary SubjectKind, ids []AnyID) (out []RetiredTerm, err error) {
	var missing []AnyID
	for _, id := range ids {
		if !r.looked[id] {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		found, err := r.book.Retired(vocabulary, missing)
		if err != nil {
			return nil, err
		}
		for _, id := range missing {
			r.looked[id] = true
		}
		for _, t := range found {
			r.retired[t.ID] = t
		}
	}
	for _, id := range ids {
		if t, ok := r.retired[id]; ok {
			out = append(out, t)
		}
	}
	return out, nil
}
