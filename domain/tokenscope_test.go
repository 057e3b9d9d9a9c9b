package domain

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// A permission that comes later says what a program may do with it.
func TestEveryPermissionHasATokenScopeOrNone(t *testing.T) {
	t.Parallel()
	listed := map[Permission]int{}
	for scope, permissions := range tokenScopes {
		if !slices.Contains(TokenScopes, scope) {
			t.Errorf("%s is not offered", scope)
		}
		for _, p := range permissions {
			listed[p]++
		}
	}
	for _, p := range notForTokens {
		listed[p]++
	}
	for _, p := range Permissions() {
		if listed[p] != 1 {
			t.Errorf("%s stands %d times in the scopes of tokens and what none gives: decide for one", p, listed[p])
		}
		delete(listed, p)
	}
	for p := range listed {
		t.Errorf("%s is no permission", p)
	}
}

// A token never gives more than its owner has, and narrows what they have.
func TestTokenNarrowsItsOwner(t *testing.T) {
	t.Parallel()
	var a Actor
	a.PersonID.SetNew(UUIDv7)
	a.PartyID.SetNew(UUIDv7)
	a.Grants = []ActiveGrant{{Role: RoleCoordinator, PartyID: a.PartyID}, {Role: RoleAdministrator, PartyID: a.PartyID}}
	own := Resource{Parties: []PartyID{a.PartyID}, PersonID: a.PersonID}
	program := a
	program.Token.ID.SetNew(UUIDv7)
	program.Token.Scopes = []TokenScope{TokenRead, TokenWriteActions}
	for _, tt := range []struct {
		p             Permission
		self, program bool
	}{
		{ActionEdit, true, true}, {GoalCreate, true, false}, {TermUseRead, true, true}, {AgreementAccept, true, false},
		{GrantCreate, true, false}, {ProfileEdit, true, false}, {APITokenCreate, true, false}, {PersonSignIn, true, false},
		{MeetingEdit, false, false}, {AuditRead, false, false},
	} {
		if got := a.Can(tt.p, own); got != tt.self {
			t.Errorf("the owner: %s %v", tt.p, got)
		}
		if got := program.Can(tt.p, own); got != tt.program {
			t.Errorf("the program: %s %v", tt.p, got)
		}
		if got := slices.Contains(program.Somewhere(), tt.p); got != tt.program {
			t.Errorf("the program, somewhere: %s %v", tt.p, got)
		}
	}
	if s := program.Scope(); len(s.AccessParties) != 0 || !s.Staff || !s.AllMeetings {
		t.Errorf("scope of the program %+v", s)
	}
}

// A scope is called the same on the page where tokens are made and in the mail that tells
// of it.
func TestScopesAreCalledAsOnThePageOfTokens(t *testing.T) {
	t.Parallel()
	for _, lang := range Langs {
		page, err := os.ReadFile("../frontend/src/i18n/" + string(lang) + "/tokens.ts")
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range TokenScopes {
			words, _ := s.Words().In(lang)
			if want := s.Words().Of(lang); want == "" || !strings.Contains(string(page), ": '"+words+"',") {
				t.Errorf("%s says %q of %s, the page does not", lang, words, s)
			}
		}
	}
}
