package apitoken

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/domain"
)

var now = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

func day(s string) domain.Date {
	d, err := domain.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// A secret is known by its form, which a slip of the pen breaks.
func TestSecretHasAFormOfItsOwn(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^yhp_[0-9A-Za-z]{49}$`)
	seen := map[string]bool{}
	for range 200 {
		s := newSecret()
		if !form.MatchString(s) || !wellFormed(s) || seen[s] {
			t.Fatalf("secret %q", s)
		}
		seen[s] = true
		other := []byte(s)
		if other[20]++; wellFormed(string(other)) {
			t.Errorf("%q passes for a secret", other)
		}
	}
	for _, s := range []string{"", Prefix, strings.Repeat("a", secretLength), newSecret() + "0", strings.ToUpper(newSecret()[:4]) + newSecret()[4:]} {
		if wellFormed(s) {
			t.Errorf("%q passes for a secret", s)
		}
	}
	if len(hashOf(newSecret())) != 32 {
		t.Error("no SHA-256")
	}
}

func TestWhatCanBeSaidOfANewToken(t *testing.T) {
	t.Parallel()
	var a domain.Actor
	a.PersonID.SetNew(domain.UUIDv7)
	a.PostID.SetNew(domain.UUIDv7)
	good := Input{Name: " Raportti ", Purpose: "Viikkoraportti", Scopes: []domain.TokenScope{domain.TokenWriteActions, domain.TokenRead, domain.TokenRead}}
	got, secret, err := New(domain.APITokenID{}, good, a, now)
	if err != nil || got.Name != "Raportti" || got.ExpiresOn != day("2027-02-21") || got.PostID != a.PostID || !wellFormed(secret) ||
		!slices.Equal(got.Scopes, []domain.TokenScope{domain.TokenRead, domain.TokenWriteActions}) {
		t.Errorf("%+v, %v", got, err)
	}
	for name, tt := range map[string]struct {
		change func(*Input)
		want   domain.FieldError
	}{
		"no name":         {func(in *Input) { in.Name = " " }, domain.FieldError{Pointer: "/name", Code: "required"}},
		"a long name":     {func(in *Input) { in.Name = strings.Repeat("ä", 101) }, domain.FieldError{Pointer: "/name", Code: "too_long"}},
		"no purpose":      {func(in *Input) { in.Purpose = "" }, domain.FieldError{Pointer: "/purpose", Code: "required"}},
		"no scope":        {func(in *Input) { in.Scopes = nil }, domain.FieldError{Pointer: "/scopes", Code: "required"}},
		"a foreign scope": {func(in *Input) { in.Scopes = []domain.TokenScope{"admin"} }, domain.FieldError{Pointer: "/scopes", Code: "not_allowed"}},
		"yesterday":       {func(in *Input) { in.ExpiresOn = day("2026-11-22") }, domain.FieldError{Pointer: "/expiresOn", Code: "in_past"}},
		"too long":        {func(in *Input) { in.ExpiresOn = day("2027-11-24") }, domain.FieldError{Pointer: "/expiresOn", Code: "over_a_year"}},
	} {
		in := good
		tt.change(&in)
		_, _, err := New(domain.APITokenID{}, in, a, now)
		e, ok := errors.AsType[*domain.Error](err)
		if !ok || !slices.Equal(e.Fields, []domain.FieldError{tt.want}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, last := range []string{"2026-11-23", "2027-11-23"} {
		in := good
		in.ExpiresOn = day(last)
		if _, _, err := New(domain.APITokenID{}, in, a, now); err != nil {
			t.Errorf("until %s: %v", last, err)
		}
	}
}

func TestStateOfAToken(t *testing.T) {
	t.Parallel()
	sound := Token{ExpiresOn: day("2026-12-07"), Rests: true, HasSecret: true}
	for name, tt := range map[string]struct {
		change func(*Token)
		today  string
		want   State
		soon   bool
	}{
		"long before":             {func(*Token) {}, "2026-11-22", Active, false},
		"two weeks before":        {func(*Token) {}, "2026-11-23", Active, true},
		"last day":                {func(*Token) {}, "2026-12-07", Active, true},
		"day after":               {func(*Token) {}, "2026-12-08", Expired, false},
		"post lost":               {func(t *Token) { t.Rests = false }, "2026-11-20", Suspended, false},
		"restored":                {func(t *Token) { t.HasSecret = false }, "2026-11-20", Lost, false},
		"revoked, whatever else":  {func(t *Token) { t.RevokedAt, t.HasSecret, t.Rests = now, false, false }, "2026-12-09", Revoked, false},
		"expired, whatever it is": {func(t *Token) { t.Rests = false }, "2027-01-01", Expired, false},
	} {
		token := sound
		tt.change(&token)
		if got := token.State(day(tt.today)); got != tt.want || token.ExpiresSoon(day(tt.today)) != tt.soon {
			t.Errorf("%s: %s, soon %v", name, got, token.ExpiresSoon(day(tt.today)))
		}
	}
	if err := sound.Revoke(" väärissä käsissä ", now); err != nil || sound.RevokeReason != "väärissä käsissä" {
		t.Errorf("%+v, %v", sound, err)
	}
	if err := sound.Revoke("", now); !errors.Is(err, domain.Conflict("api_token_revoked", "", "")) {
		t.Errorf("twice: %v", err)
	}
}
