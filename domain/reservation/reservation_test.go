package reservation

import (
	"errors"
	"testing"
	"time"

	"yhdyspinta/domain"
)

var now = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

func TestReservationRules(t *testing.T) {
	t.Parallel()
	var actor domain.Actor
	actor.PartyID.SetNew(domain.UUIDv7)
	wants := func(err error, code string) {
		t.Helper()
		e, ok := errors.AsType[*domain.Error](err)
		if !ok || e.Code != code && (len(e.Fields) != 1 || e.Fields[0].Pointer+" "+e.Fields[0].Code != code) {
			t.Errorf("%v, want %s", err, code)
		}
	}
	subject := domain.Subject{Kind: domain.SubjectGoal}
	say := func(s Statement, a domain.Actor) (Reservation, error) {
		return New(domain.ReservationID{}, subject, s, a, now)
	}
	_, err := say(Statement{Text: domain.Text{FI: " "}, Visibility: domain.Public}, actor)
	wants(err, "/text/fi required")
	_, err = say(Statement{Text: domain.Text{SV: "Nej"}, Visibility: domain.Internal}, actor)
	wants(err, "/visibilityGround required")
	_, err = say(Statement{Text: domain.Text{SV: "Nej"}, Visibility: domain.Public}, domain.Operator(domain.OriginOperator))
	wants(err, "party_required")
	r, err := say(Statement{Text: domain.Text{SV: " Nej "}, Visibility: domain.Public}, actor)
	if err != nil || r.Text.SV != "Nej" || r.PartyID != actor.PartyID || r.MadeAt != now || !r.WithdrawnAt.IsZero() {
		t.Fatalf("%+v, %v", r, err)
	}
	wants(r.Withdraw(domain.Text{}, actor, now), "/reason/fi required")
	if err := r.Withdraw(domain.Text{EN: "Agreed"}, actor, now.Add(time.Hour)); err != nil || r.Version != 2 || r.Withdrawal.EN != "Agreed" || r.Text.SV != "Nej" {
		t.Errorf("%+v, %v", r, err)
	}
	wants(r.Withdraw(domain.Text{EN: "Again"}, actor, now), "already_withdrawn")
}
