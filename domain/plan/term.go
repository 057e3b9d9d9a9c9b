package plan

import "yhdyspinta/domain"

// Vocabulary names one of the lists that goals and actions are sorted by. The
// words are those of subjects and tables.
type Vocabulary = domain.SubjectKind

// Vocabularies lists them.
var Vocabularies = []Vocabulary{domain.SubjectTheme, domain.SubjectTargetGroup, domain.SubjectDistrict, domain.SubjectLegalBasis}

// editPermission is what changes of a vocabulary need.
var editPermission = map[Vocabulary]domain.Permission{
	domain.SubjectTheme:       domain.ThemeEdit,
	domain.SubjectTargetGroup: domain.TargetGroupEdit,
	domain.SubjectDistrict:    domain.DistrictEdit,
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
	Version  int          `audit:"ignore"`
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
