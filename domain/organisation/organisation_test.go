package organisation_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"yhdyspinta/domain"
	"yhdyspinta/domain/organisation"
)

func day(t *testing.T, s string) domain.Date {
	t.Helper()
	if s == "" {
		return domain.Date{}
	}
	d, err := domain.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// code is the code of a conflict, or pointer and code of the first field.
func code(err error) string {
	e, ok := errors.AsType[*domain.Error](err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return err.Error()
	case len(e.Fields) > 0:
		return e.Fields[0].Pointer + " " + e.Fields[0].Code
	}
	return e.Code
}

func TestUnitUnderItsParent(t *testing.T) {
	t.Parallel()
	party, other := domain.PartyID{UUID: uuid.New()}, domain.PartyID{UUID: uuid.New()}
	unit := organisation.Unit{ID: domain.UnitID{UUID: uuid.New()}, PartyID: party}
	parent := organisation.Unit{ID: domain.UnitID{UUID: uuid.New()}, PartyID: party}
	top := domain.UnitID{UUID: uuid.New()}
	for name, tt := range map[string]struct {
		unitTo, parentTo string
		party            domain.PartyID
		above            []domain.UnitID
		want             string
	}{
		"both go on":              {"", "", party, []domain.UnitID{parent.ID, top}, ""},
		"the unit ends":           {"2026-12-31", "", party, []domain.UnitID{parent.ID}, ""},
		"both end on one day":     {"2026-12-31", "2026-12-31", party, []domain.UnitID{parent.ID}, ""},
		"the parent ends earlier": {"2026-12-31", "2026-12-30", party, []domain.UnitID{parent.ID}, "/parentId ends_earlier"},
		"only the parent ends":    {"", "2026-12-30", party, []domain.UnitID{parent.ID}, "/parentId ends_earlier"},
		"under itself":            {"", "", party, []domain.UnitID{unit.ID}, "/parentId own_ancestor"},
		"in a circle":             {"", "", party, []domain.UnitID{parent.ID, unit.ID, top}, "/parentId own_ancestor"},
		"of the other party":      {"", "", other, []domain.UnitID{parent.ID}, "/parentId other_party"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u, p := unit, parent
			u.ValidTo, p.ValidTo, p.PartyID = day(t, tt.unitTo), day(t, tt.parentTo), tt.party
			if got := code(u.UnderParent(p, tt.above)); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestOneHolderAtATime(t *testing.T) {
	t.Parallel()
	party := domain.PartyID{UUID: uuid.New()}
	post := organisation.Post{ID: domain.PostID{UUID: uuid.New()}, PartyID: party, ValidTo: day(t, "2030-12-31")}
	aino, anders := domain.PersonID{UUID: uuid.New()}, domain.PersonID{UUID: uuid.New()}
	held := []organisation.Holding{
		{PersonID: aino, PostID: post.ID, Kind: organisation.Holder, ValidFrom: day(t, "2026-01-01"), ValidTo: day(t, "2026-06-30")},
		{PersonID: anders, PostID: post.ID, Kind: organisation.Holder, ValidFrom: day(t, "2026-09-01"), ValidTo: day(t, "2026-08-31")}, // never was in force
	}
	for name, tt := range map[string]struct {
		person   domain.PersonID
		kind     organisation.HoldingKind
		from, to string
		want     string
	}{
		"after":                       {anders, organisation.Holder, "2026-07-01", "", ""},
		"before":                      {anders, organisation.Holder, "2025-01-01", "2025-12-31", ""},
		"from the last day":           {anders, organisation.Holder, "2026-06-30", "", "post_has_holder"},
		"until the first day":         {anders, organisation.Holder, "2025-01-01", "2026-01-01", "post_has_holder"},
		"beside, as deputy":           {anders, organisation.Deputy, "2026-03-01", "2026-03-31", ""},
		"twice by the same":           {aino, organisation.Deputy, "2026-03-01", "", "holding_exists"},
		"after the end of the post":   {anders, organisation.Holder, "2031-01-01", "", "/postId ends_earlier"},
		"that ends before it begins":  {anders, organisation.Holder, "2026-08-01", "2026-07-31", "/validTo before_start"},
		"of a kind that there is not": {anders, "owner", "2026-08-01", "", "/kind not_allowed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := organisation.HoldingInput{PersonID: tt.person, PostID: post.ID, Kind: tt.kind, ValidFrom: day(t, tt.from), ValidTo: day(t, tt.to)}
			_, err := organisation.NewHolding(domain.HoldingID{UUID: uuid.New()}, in, post, party, held)
			if got := code(err); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestHoldingNeverGetsLonger(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ to, last, want string }{
		"open":               {"", "2026-12-31", ""},
		"shorter":            {"2026-12-31", "2026-11-30", ""},
		"the same":           {"2026-12-31", "2026-12-31", "holding_already_ended"},
		"longer":             {"2026-12-31", "2027-01-01", "holding_already_ended"},
		"never was in force": {"", "2025-12-31", ""},
		"before that":        {"", "2025-12-30", "/lastDay before_start"},
		"no day":             {"", "", "/lastDay required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := organisation.Holding{ValidFrom: day(t, "2026-01-01"), ValidTo: day(t, tt.to)}
			err := h.End(day(t, tt.last))
			if got := code(err); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if err == nil && h.ValidTo != day(t, tt.last) {
				t.Errorf("ends %s", h.ValidTo)
			}
		})
	}
}
