package plan

import (
	"strings"

	"yhdyspinta/domain"
)

// Vocabulary names one of the lists that goals and actions are sorted by. The
// words are those of subjects and tables.
type Vocabulary = domain.SubjectKind

// Vocabularies lists them.
var Vocabularies = []Vocabulary{domain.SubjectTheme, domain.SubjectTargetGroup, domain.SubjectDistrict, domain.SubjectTag, domain.SubjectPhase, domain.SubjectLegalBasis}

// editPermission is what changes of a vocabulary need.
var editPermission = map[Vocabulary]domain.Permission{
	domain.SubjectTheme:       domain.ThemeEdit,
	domain.SubjectTargetGroup: domain.TargetGroupEdit,
	domain.SubjectDistrict:    domain.DistrictEdit,
	domain.SubjectTag:         domain.TagEdit,
	domain.SubjectPhase:       domain.PhaseEdit,
	domain.SubjectLegalBasis:  domain.LegalBasisEdit,
}

// EditPermission is what a change of the vocabulary needs.
func EditPermission(v Vocabulary) domain.Permission { return editPermission[v] }

// Term is one entry of a vocabulary.
type Term struct {
	ID       domain.AnyID `audit:"ignore"`
	Key      string       `audit:"track"` // permanent name in addresses and data files
	Position int          `audit:"track"` // order in lists; legal bases go by act and section instead
	Act      string       `audit:"track"` // legal bases: number and year, e.g. 612/2021
	Section  string       `audit:"track"` // legal bases: e.g. 6 §
	Title    domain.Text  `audit:"track"`
	// RetiredOn is the first day on which it is given to nothing new; zero while
	// it goes on.
	RetiredOn     domain.Date  `audit:"track"`
	RetiredReason string       `audit:"ignore"` // the log has it as the reason of the entry
	MergedIntoID  domain.AnyID `audit:"track"`  // the term that took its things; zero if none
	Version       int          `audit:"ignore"`
}

// TermEdit is what a coordinator can say of a term. The key is given at
// creation and stays.
type TermEdit struct {
	Key      string
	Position int
	Act      string
	Section  string
	Title    domain.Text
}

// NewTerm makes a term of a vocabulary, or says what is wrong with the edit.
func NewTerm(voc Vocabulary, id domain.AnyID, e TermEdit) (Term, error) {
	var v domain.Violations
	domain.CheckKey(&v, "/key", e.Key)
	t := Term{ID: id, Key: e.Key, Version: 1}
	if err := t.change(v, voc, e); err != nil {
		return Term{}, err
	}
	return t, nil
}

// Change replaces what can be edited, or says everything that is wrong.
func (t *Term) Change(voc Vocabulary, e TermEdit) error {
	return t.change(domain.Violations{}, voc, e)
}

func (t *Term) change(v domain.Violations, voc Vocabulary, e TermEdit) error {
	e.Title = e.Title.Trim()
	e.Title.Check(&v, "/title", true, maxTitle)
	if e.Position < 0 || e.Position > 10_000 {
		v.Add("/position", "not_allowed")
	}
	if voc == domain.SubjectLegalBasis {
		v.Require(e.Act != "", "/act")
		v.Require(e.Section != "", "/section")
		if len([]rune(e.Act)) > 40 {
			v.Add("/act", "too_long")
		}
		if len([]rune(e.Section)) > 40 {
			v.Add("/section", "too_long")
		}
	}
	if err := v.Err(); err != nil {
		return err
	}
	t.Title, t.Position, t.Act, t.Section = e.Title, e.Position, e.Act, e.Section
	return nil
}

const maxReason = 1000

// Retired reports whether the term is given to nothing new on a day.
func (t Term) Retired(day domain.Date) bool { return !t.RetiredOn.IsZero() && !day.Before(t.RetiredOn) }

// Retire makes on the first day on which the term is given to nothing new.
func (t *Term) Retire(on domain.Date, reason string) error {
	if !t.RetiredOn.IsZero() {
		return domain.Conflict("term_retired", t.RetiredOn.String(), "the term has been retired already")
	}
	reason, err := checkedReason(reason)
	if err != nil {
		return err
	}
	t.RetiredOn, t.RetiredReason = on, reason
	return nil
}

// Restore lets the term be given again. What a merge took from it stays with the
// other term.
func (t *Term) Restore(reason string) error {
	if t.RetiredOn.IsZero() {
		return domain.Conflict("term_in_use", "", "the term is not retired")
	}
	if _, err := checkedReason(reason); err != nil {
		return err
	}
	t.RetiredOn, t.RetiredReason, t.MergedIntoID = domain.Date{}, "", domain.AnyID{}
	return nil
}

// MergeInto makes another term of the same vocabulary take what has this one,
// which is retired from today unless it was before. The other must go on: so
// that what is merged leads to a term that can be given, and never in a circle.
func (t *Term) MergeInto(other Term, today domain.Date, reason string) error {
	if !t.MergedIntoID.IsZero() {
		return domain.Conflict("term_merged", "", "the term has been merged already")
	}
	if other.ID == t.ID {
		return domain.InvalidField("/intoId", "own_term")
	}
	if !other.RetiredOn.IsZero() {
		return domain.InvalidField("/intoId", "retired")
	}
	reason, err := checkedReason(reason)
	if err != nil {
		return err
	}
	if !t.Retired(today) {
		t.RetiredOn = today
	}
	t.RetiredReason, t.MergedIntoID = reason, other.ID
	return nil
}

func checkedReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	var v domain.Violations
	v.Require(reason != "", "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	return reason, v.Err()
}

// Uses counts the things that have a term, by their kind: goals, actions, chains
// and forums.
type Uses map[domain.SubjectKind]int

// TermUses are the Uses of one term.
type TermUses struct {
	Vocabulary Vocabulary
	ID         domain.AnyID
	Uses       Uses
}
