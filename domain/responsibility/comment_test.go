package responsibility_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/responsibility"
)

// What waits was proposed by one party, answered by another and not by a third; a
// fourth is not asked.
func TestSay(t *testing.T) {
	t.Parallel()
	var parties [4]domain.PartyID
	for i := range parties {
		parties[i].SetNew(domain.UUIDv7)
	}
	proposer, answered, open, other := parties[0], parties[1], parties[2], parties[3]
	now := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	waiting := &domain.Agreement{Revision: 3, State: domain.AgreementDeclined, ProposedParty: proposer, Acceptances: []domain.Acceptance{
		{PartyID: proposer, State: domain.AcceptanceAccepted}, {PartyID: answered, State: domain.AcceptanceDeclined}, {PartyID: open, State: domain.AcceptanceOpen}}}
	words := domain.Text{SV: " När? "}
	for name, tt := range map[string]struct {
		waiting *domain.Agreement
		party   domain.PartyID
		kind    responsibility.CommentKind
		text    domain.Text
		want    string
	}{
		"a comment of the proposer":    {waiting, proposer, responsibility.Remark, words, ""},
		"of who has answered":          {waiting, answered, responsibility.Remark, words, ""},
		"of who has not":               {waiting, open, responsibility.Remark, words, ""},
		"changes asked by who has not": {waiting, open, responsibility.ChangesRequested, words, ""},
		"by the proposer":              {waiting, proposer, responsibility.ChangesRequested, words, "own_proposal"},
		"by who has answered":          {waiting, answered, responsibility.ChangesRequested, words, "party_has_answered"},
		"by who is not asked":          {waiting, other, responsibility.ChangesRequested, words, "party_not_concerned"},
		"without words":                {waiting, open, responsibility.Remark, domain.Text{FI: "  "}, "/text/fi required"},
		"of no kind":                   {waiting, open, "agreed", words, "/kind not_allowed"},
		"when nothing waits":           {nil, open, responsibility.Remark, words, "agreement_settled"},
		"asked for when nothing waits": {nil, open, responsibility.ChangesRequested, words, "agreement_settled"},
	} {
		t.Run(name, func(t *testing.T) {
			r := responsibility.Responsibility{Accord: domain.Accord[responsibility.Terms]{Waiting: tt.waiting}}
			c, err := r.Say(domain.AgreementCommentID{}, tt.kind, tt.text, domain.Actor{PartyID: tt.party}, now)
			got := ""
			if e, ok := errors.AsType[*domain.Error](err); ok {
				got = e.Code
				if len(e.Fields) > 0 {
					got = e.Fields[0].Pointer + " " + e.Fields[0].Code
				}
			}
			if got != tt.want {
				t.Fatalf("said %q, want %q", got, tt.want)
			}
			if err == nil && (c.Text.SV != "När?" || c.Revision != 3 || c.PartyID != tt.party || !c.At.Equal(now)) {
				t.Errorf("said %+v", c)
			}
		})
	}
	r := responsibility.Responsibility{Accord: domain.Accord[responsibility.Terms]{Waiting: waiting}}
	all := []responsibility.Request{{PartyID: answered}, {PartyID: open}, {PartyID: proposer}}
	if got := r.Asking(slices.Clone(all)); len(got) != 1 || got[0].PartyID != open {
		t.Errorf("asking: %+v", got)
	}
}
