package goal

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// What may be said of how a goal ends, who has a word in it, and in what it goes on.
func TestEnding(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, domain.Helsinki)
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	var itself, other, third domain.GoalID
	itself.SetNew(domain.UUIDv7)
	other.SetNew(domain.UUIDv7)
	third.SetNew(domain.UUIDv7)
	reason := domain.Text{FI: "Sama tavoite", SV: "Samma mål"}
	parts := []domain.Responsible{
		{PartyID: espoo, Principal: true, Part: domain.Lead, Standing: domain.InForce},
		{PartyID: luvn, Principal: true, Part: domain.Support, Standing: domain.InForce}}
	for i := range parts {
		parts[i].PostID.SetNew(domain.UUIDv7)
	}
	merged := Goal{Ending: Merged, EndedOn: domain.NewDate(2026, 3, 1), EndingReason: reason, IntoID: other}
	for name, tt := range map[string]struct {
		before Goal
		ending *EndingEdit
		reason string
		field  string // that is wrong; "": none
		on     domain.Date
		words  int
	}{
		"runs on":                       {},
		"cancelled":                     {ending: &EndingEdit{Kind: Cancelled, Reason: reason}, on: domain.DateOf(now), words: 2},
		"merged":                        {ending: &EndingEdit{Kind: Merged, Reason: reason, IntoID: other}, on: domain.DateOf(now), words: 2},
		"merged into nothing":           {ending: &EndingEdit{Kind: Merged, Reason: reason}, field: "/ending/goalId", words: 2},
		"superseded by itself":          {ending: &EndingEdit{Kind: Superseded, Reason: reason, IntoID: itself}, field: "/ending/goalId", words: 2},
		"cancelled into another":        {ending: &EndingEdit{Kind: Cancelled, Reason: reason, IntoID: other}, field: "/ending/goalId", words: 2},
		"without a reason":              {ending: &EndingEdit{Kind: Cancelled}, field: "/ending/reason/fi", words: 2},
		"another wording of its reason": {before: merged, ending: &EndingEdit{Kind: Merged, Reason: domain.Text{FI: "Tarkempi", SV: "Noggrannare"}, IntoID: other}, on: merged.EndedOn},
		"goes on elsewhere":             {before: merged, ending: &EndingEdit{Kind: Merged, Reason: reason, IntoID: third}, on: merged.EndedOn, words: 2},
		"taken back":                    {before: merged, reason: "Ei siirtynytkään", words: 2},
		"taken back without a reason":   {before: merged, field: "/reason", words: 2},
	} {
		t.Run(name, func(t *testing.T) {
			g := tt.before
			g.ID, g.Responsibilities, g.Visibility = itself, parts, domain.Public
			e := Edit{Title: domain.Text{FI: "Tavoite", SV: "Mål"}, Responsibilities: parts, Visibility: domain.Public, Ending: tt.ending, Reason: tt.reason}
			e.PlanID.SetNew(domain.UUIDv7)
			g.PlanID = e.PlanID
			e.ThemeID.SetNew(domain.UUIDv7)
			if words := g.Words(e); len(words) != tt.words {
				t.Errorf("%d parties have a word, want %d", len(words), tt.words)
			}
			before := g
			err := g.Change(e, now)
			if tt.field != "" {
				wrong, ok := errors.AsType[*domain.Error](err)
				if !ok || !slices.ContainsFunc(wrong.Fields, func(f domain.FieldError) bool { return f.Pointer == tt.field }) {
					t.Errorf("%v, want %s", err, tt.field)
				}
				if g.Ending != before.Ending || g.IntoID != before.IntoID {
					t.Error("a refused edit left its mark")
				}
				return
			}
			if err != nil || g.EndedOn != tt.on || g.Ended() != (tt.ending != nil) {
				t.Errorf("%v: ended %s on %s", err, g.Ending, g.EndedOn)
			}
		})
	}

	g := Goal{IntoID: other}
	for name, tt := range map[string]struct {
		into *Goal
		code string
	}{
		"one that runs":  {into: &Goal{}},
		"none":           {code: "unknown"},
		"one that ended": {into: &Goal{Ending: Cancelled}, code: "goal_over"},
	} {
		err := g.checkInto(Goal{}, tt.into)
		wrong, ok := errors.AsType[*domain.Error](err)
		if ok != (tt.code != "") || ok && wrong.Fields[0].Code != tt.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}
