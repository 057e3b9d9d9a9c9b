package access_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

func TestActorHasWhatThePostGives(t *testing.T) {
	t.Parallel()
	own, deputised, foreign := domain.PostID{UUID: uuid.New()}, domain.PostID{UUID: uuid.New()}, domain.PostID{UUID: uuid.New()}
	forum := domain.ForumID{UUID: uuid.New()}
	who := access.Standing{
		PersonID: domain.PersonID{UUID: uuid.New()},
		Grants:   []domain.ActiveGrant{{Role: domain.RoleAuditor}},
		Posts: []access.HeldPost{
			{ID: own, Grants: []domain.ActiveGrant{{Role: domain.RoleCoordinator}}},
			{ID: deputised, Deputy: true, Grants: []domain.ActiveGrant{{Role: domain.RoleReader}}, Forums: []domain.ForumID{forum}},
		},
	}
	for name, c := range map[string]struct {
		post, want domain.PostID
		roles      []domain.Role
		forums     int
	}{
		"own":       {own, own, []domain.Role{domain.RoleAuditor, domain.RoleCoordinator}, 0},
		"deputised": {deputised, deputised, []domain.Role{domain.RoleAuditor, domain.RoleReader}, 1},
		"foreign":   {foreign, domain.PostID{}, []domain.Role{domain.RoleAuditor}, 0},
		"none":      {domain.PostID{}, domain.PostID{}, []domain.Role{domain.RoleAuditor}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := who.Actor(c.post)
			if a.PersonID != who.PersonID || a.PostID != c.want || len(a.Grants) != len(c.roles) || len(a.Forums) != c.forums {
				t.Errorf("%+v", a)
			}
			for _, role := range c.roles {
				if !a.Has(role) {
					t.Errorf("lacks %s", role)
				}
			}
		})
	}
}

func TestMeetKeepsWhatTheProviderDoesNotTell(t *testing.T) {
	t.Parallel()
	party := domain.PartyID{UUID: uuid.New()}
	p := access.NewPerson(domain.PersonID{UUID: uuid.New()}, access.Identity{Issuer: "i", Subject: "s", Name: " Aino ", Email: "a@example.org"}, party)
	if p.Name != "Aino" || p.PartyID != party || p.Version != 1 {
		t.Errorf("%+v", p)
	}
	before := p
	p.Meet(access.Identity{Issuer: "i", Subject: "s"}, party)
	if p != before {
		t.Errorf("%+v, want %+v", p, before)
	}
	p.Meet(access.Identity{Name: strings.Repeat("ä", 300)}, party)
	if n := len([]rune(p.Name)); n != 200 {
		t.Errorf("%d characters", n)
	}
}

func TestLogNamesNobody(t *testing.T) {
	t.Parallel()
	if missing := domain.Unclassified(access.Person{}); len(missing) > 0 {
		t.Errorf("fields without an audit class: %v", missing)
	}
	p := access.Person{ID: domain.PersonID{UUID: uuid.New()}, Issuer: "i", Subject: "s", Name: "n", Email: "e"}
	for _, c := range domain.Diff(access.Person{}, p) {
		if c.Field != "issuer" && (!c.Secret || c.New != nil) {
			t.Errorf("the log holds %+v", c)
		}
	}
}
