package savedview

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

var now = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

func actor(role domain.Role) domain.Actor {
	var a domain.Actor
	a.PersonID.SetNew(domain.UUIDv7)
	a.PartyID.SetNew(domain.UUIDv7)
	if role != "" {
		a.Grants = []domain.ActiveGrant{{Role: role, PartyID: a.PartyID}}
	}
	return a
}

func TestWhoHasAView(t *testing.T) {
	t.Parallel()
	owner := actor(domain.RoleReader)
	colleague, stranger := actor(domain.RoleReader), actor(domain.RoleReader)
	colleague.PartyID = owner.PartyID
	nobody := actor("") // of the same party, without a role
	nobody.PartyID = owner.PartyID
	public := domain.Actor{}
	for _, tt := range []struct {
		sharing   Sharing
		withdrawn bool
		want      []bool // owner, colleague, stranger, nobody, public
	}{
		{Own, false, []bool{true, false, false, false, false}},
		{Party, false, []bool{true, true, false, false, false}},
		{Everybody, false, []bool{true, true, true, true, true}},
		{Everybody, true, []bool{false, false, false, false, false}},
	} {
		v := View{Sharing: tt.sharing, PersonID: owner.PersonID, PartyID: owner.PartyID}
		if tt.withdrawn {
			v.WithdrawnAt = now
		}
		var got []bool
		for _, a := range []domain.Actor{owner, colleague, stranger, nobody, public} {
			got = append(got, v.Reads(ReaderOf(a)))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s, withdrawn %v: %v", tt.sharing, tt.withdrawn, got)
		}
	}
}

func TestChangeOfAView(t *testing.T) {
	t.Parallel()
	owner, coordinator := actor(domain.RoleReader), actor(domain.RoleCoordinator)
	name := domain.Text{SV: "Mina"}
	v, err := New(domain.SavedViewID{}, Actions, Edit{Name: name, Sharing: Party, Query: Query{"condition": {"late"}}}, owner, now)
	if err != nil || v.PersonID != owner.PersonID || v.PartyID != owner.PartyID {
		t.Fatalf("%+v, %v", v, err)
	}
	for what, tt := range map[string]struct {
		e    Edit
		by   domain.Actor
		want domain.FieldError
	}{
		"no name":                       {Edit{Sharing: Own}, owner, domain.FieldError{Pointer: "/name", Code: "required"}},
		"a long name":                   {Edit{Name: domain.Text{FI: strings.Repeat("x", 101)}, Sharing: Own}, owner, domain.FieldError{Pointer: "/name/fi", Code: "too_long"}},
		"no sharing":                    {Edit{Name: name}, owner, domain.FieldError{Pointer: "/sharing", Code: "not_allowed"}},
		"a long query":                  {Edit{Name: name, Sharing: Own, Query: Query{"q": {strings.Repeat("x", 4000)}}}, owner, domain.FieldError{Pointer: "/query", Code: "too_long"}},
		"another takes it from a party": {Edit{Name: name, Sharing: Own}, coordinator, domain.FieldError{Pointer: "/sharing", Code: "not_allowed"}},
	} {
		changed := v
		e, ok := errors.AsType[*domain.Error](changed.Change(tt.e, tt.by, now))
		if !ok || !slices.Contains(e.Fields, tt.want) {
			t.Errorf("%s: %v", what, e)
		}
	}
	if err := v.Change(Edit{Name: name, Sharing: Own}, owner, now); err != nil || v.Sharing != Own {
		t.Errorf("its owner: %v", err)
	}
	if r := v.Resource(); len(r.Parties) != 0 || r.PersonID != owner.PersonID {
		t.Errorf("what is one's own concerns %+v", r)
	}
}
