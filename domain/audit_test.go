package domain_test

import (
	"reflect"
	"testing"
	"time"

	"yhdyspinta/domain"
)

type audited struct {
	Title   domain.Text       `audit:"track"`
	Posts   []domain.PostID   `audit:"track"`
	Cases   domain.References `audit:"track"`
	At      time.Time         `audit:"track"`
	Secret  string            `audit:"secret"`
	Derived string            `audit:"ignore"`
}

// The order of a list, the id of a row and the zone of an instant are no changes; a secret field says only that it changed.
func TestDiffTellsWhatAPersonChanged(t *testing.T) {
	t.Parallel()
	var a, b domain.PostID
	a.SetNew(domain.UUIDv7)
	b.SetNew(domain.UUIDv7)
	now := time.Now()
	stored := audited{
		Posts:   []domain.PostID{a, b},
		Cases:   domain.References{Cases: []domain.CaseReference{{RegistryNo: "1/2026"}}},
		At:      now.UTC(),
		Secret:  "one",
		Derived: "x",
	}
	stored.Cases.Cases[0].ID.SetNew(domain.UUIDv7)
	edited := audited{
		Posts:  []domain.PostID{b, a},
		Cases:  domain.References{LegalBases: []domain.LegalBasisID{}, Cases: []domain.CaseReference{{RegistryNo: "1/2026"}}},
		At:     now.In(domain.Helsinki),
		Secret: "one",
	}
	if got := domain.Diff(stored, edited); len(got) != 0 {
		t.Errorf("changes %+v, want none", got)
	}
	edited.Title.FI, edited.Secret, edited.Posts = "Uusi", "two", edited.Posts[:1]
	var fields []string
	for _, c := range domain.Diff(stored, edited) {
		fields = append(fields, c.Field)
		if c.Secret && (c.Old != nil || c.New != nil) {
			t.Errorf("the value of a secret field is in %+v", c)
		}
	}
	if want := []string{"title", "posts", "secret"}; !reflect.DeepEqual(fields, want) {
		t.Errorf("fields %v, want %v", fields, want)
	}
	type named struct {
		LegalBasisIDs []int  `audit:"track"`
		URLFI         string `audit:"track"`
		DueOn         int    `audit:"track"`
	}
	fields = nil
	for _, c := range domain.Diff(named{}, named{[]int{1}, "x", 1}) {
		fields = append(fields, c.Field)
	}
	if want := []string{"legalBasisIds", "urlFi", "dueOn"}; !reflect.DeepEqual(fields, want) {
		t.Errorf("fields %v, want the API's names %v", fields, want)
	}
	if got := domain.Unclassified(struct{ Forgotten int }{}); len(got) != 1 {
		t.Errorf("unclassified fields %v", got)
	}
}
