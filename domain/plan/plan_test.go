package plan_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/plan"
)

func fieldsOf(t *testing.T, err error) []domain.FieldError {
	t.Helper()
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		t.Fatalf("error %v", err)
	}
	return e.Fields
}

// A form is told all that is wrong with a plan at once.
func TestPlanTellsAllThatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := plan.New(domain.PlanID{UUID: domain.UUIDv7()}, plan.Edit{
		Key: "Iso", StartsOn: domain.NewDate(2029, 6, 1), EndsOn: domain.NewDate(2029, 5, 31), Visibility: domain.Internal,
		Events: []plan.Event{{Key: "a", Month: 13, Title: domain.Text{FI: "A"}}, {Key: "a", Month: 1}},
	}, time.Now())
	want := []domain.FieldError{{Pointer: "/key", Code: "key_malformed"}, {Pointer: "/title/fi", Code: "required"}, {Pointer: "/councilTerm", Code: "required"},
		{Pointer: "/endsOn", Code: "before_start"}, {Pointer: "/visibilityGround", Code: "required"}, {Pointer: "/events/0/month", Code: "not_allowed"},
		{Pointer: "/events/1/key", Code: "duplicate"}, {Pointer: "/events/1/title/fi", Code: "required"}}
	if got := fieldsOf(t, err); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// Legal bases name an act and a section, the other vocabularies do not.
func TestTermsOfEachVocabulary(t *testing.T) {
	t.Parallel()
	for _, v := range plan.Vocabularies {
		_, err := plan.NewTerm(v, domain.AnyID{UUID: domain.UUIDv7()}, plan.TermEdit{Key: "term", Title: domain.Text{SV: "Term"}})
		if v != domain.SubjectLegalBasis {
			if err != nil {
				t.Errorf("%s: %v", v, err)
			}
			continue
		}
		if got := fieldsOf(t, err); !slices.Equal(got, []domain.FieldError{{Pointer: "/act", Code: "required"}, {Pointer: "/section", Code: "required"}}) {
			t.Errorf("%s: %v", v, got)
		}
	}
}
