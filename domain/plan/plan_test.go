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
		Rhythm: domain.Rhythm{Target: 60, Limit: 30},
		Events: []plan.Event{{Key: "a", Month: 13, Title: domain.Text{FI: "A"}}, {Key: "a", Month: 1}},
	}, time.Now())
	want := []domain.FieldError{{Pointer: "/key", Code: "key_malformed"}, {Pointer: "/title/fi", Code: "required"}, {Pointer: "/councilTerm", Code: "required"},
		{Pointer: "/endsOn", Code: "before_start"}, {Pointer: "/freshness/limit", Code: "limit_before_target"}, {Pointer: "/visibilityGround", Code: "required"}, {Pointer: "/events/0/month", Code: "not_allowed"},
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

func term(t *testing.T) plan.Term {
	t.Helper()
	out, err := plan.NewTerm(domain.SubjectTheme, domain.AnyID{UUID: domain.UUIDv7()}, plan.TermEdit{Key: "term", Title: domain.Text{FI: "Termi"}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A term is retired once, with a reason, and restored; what is retired on a day
// to come goes on until then.
func TestTermsAreRetiredAndRestored(t *testing.T) {
	t.Parallel()
	day := domain.NewDate(2026, 12, 1)
	a := term(t)
	if got := fieldsOf(t, a.Retire(day, "  ")); !slices.Equal(got, []domain.FieldError{{Pointer: "/reason", Code: "required"}}) || !a.RetiredOn.IsZero() {
		t.Errorf("without a reason: %v, %+v", got, a)
	}
	if err := a.Restore("turhaan"); !errors.Is(err, domain.Conflict("term_in_use", "", "")) {
		t.Errorf("restored although in use: %v", err)
	}
	if err := a.Retire(day, " vanhentunut "); err != nil || a.RetiredReason != "vanhentunut" {
		t.Errorf("%v, %+v", err, a)
	}
	for on, want := range map[domain.Date]bool{day.AddDays(-1): false, day: true, day.AddDays(1): true} {
		if a.Retired(on) != want {
			t.Errorf("retired on %s: %v", on, !want)
		}
	}
	if err := a.Retire(day, "taas"); !errors.Is(err, domain.Conflict("term_retired", "", "")) {
		t.Errorf("retired twice: %v", err)
	}
	if err := a.Restore("tarvitaan"); err != nil || a.Retired(day) || a.RetiredReason != "" {
		t.Errorf("%v, %+v", err, a)
	}
}

// A term is merged once, into another that goes on: never into itself, into a
// retired one or back into what was merged into it.
func TestTermsAreMerged(t *testing.T) {
	t.Parallel()
	today := domain.NewDate(2026, 11, 23)
	a, b, retired := term(t), term(t), term(t)
	if err := retired.Retire(today.AddDays(10), "poistuu"); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		into plan.Term
		code string
	}{"itself": {b, "own_term"}, "a retired one": {retired, "retired"}} {
		if got := fieldsOf(t, b.MergeInto(tt.into, today, "sama asia")); !slices.Equal(got, []domain.FieldError{{Pointer: "/intoId", Code: tt.code}}) {
			t.Errorf("into %s: %v", name, got)
		}
	}
	if err := b.MergeInto(a, today, "sama asia"); err != nil || b.MergedIntoID != a.ID || !b.Retired(today) {
		t.Errorf("%v, %+v", err, b)
	}
	if got := fieldsOf(t, a.MergeInto(b, today, "takaisin")); got[0].Code != "retired" {
		t.Errorf("in a circle: %v", got)
	}
	if err := b.MergeInto(term(t), today, "toiseen"); !errors.Is(err, domain.Conflict("term_merged", "", "")) {
		t.Errorf("merged twice: %v", err)
	}
	if err := retired.MergeInto(a, today, "sama asia"); err != nil || retired.RetiredOn != today {
		t.Errorf("what would retire later is retired by the merge: %v, %+v", err, retired)
	}
	if err := b.Restore("erehdys"); err != nil || !b.MergedIntoID.IsZero() {
		t.Errorf("%v, %+v", err, b)
	}
}
