package draft_test

import (
	"errors"
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/draft"
)

var now = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

func party() (id domain.PartyID) { id.SetNew(domain.UUIDv7); return id }

func of(p domain.PartyID) domain.Actor {
	return domain.Actor{PartyID: p, PostID: domain.PostID{UUID: domain.UUIDv7()}}
}

func begun(t *testing.T, by domain.PartyID) draft.Draft {
	t.Helper()
	d, err := draft.New(domain.DraftID{UUID: domain.UUIDv7()}, domain.Subject{Kind: domain.SubjectGoal}, draft.Edit{BaseVersion: 3, Content: "new"}, "old", of(by), now)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func code(err error) string {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e.Code
	}
	return ""
}

// What counts is the latest word of each other principal party on the present
// version.
func TestStanding(t *testing.T) {
	t.Parallel()
	espoo, luvn, third := party(), party(), party()
	word := func(p domain.PartyID, version int, kind draft.CommentKind) draft.Comment {
		return draft.Comment{PartyID: p, Version: version, Kind: kind}
	}
	for name, tt := range map[string]struct {
		said       []draft.Comment
		principals []domain.PartyID
		want       draft.Standing
	}{
		"nothing":                {nil, []domain.PartyID{espoo, luvn}, draft.Waiting},
		"a remark":               {[]draft.Comment{word(luvn, 2, draft.Remark)}, []domain.PartyID{espoo, luvn}, draft.Waiting},
		"agreed":                 {[]draft.Comment{word(luvn, 2, draft.Agreed)}, []domain.PartyID{espoo, luvn}, draft.AllAgree},
		"agreed, then a remark":  {[]draft.Comment{word(luvn, 2, draft.Agreed), word(luvn, 2, draft.Remark)}, []domain.PartyID{espoo, luvn}, draft.AllAgree},
		"agreed, then not":       {[]draft.Comment{word(luvn, 2, draft.Agreed), word(luvn, 2, draft.ChangesRequested)}, []domain.PartyID{espoo, luvn}, draft.ChangesWanted},
		"not, then agreed":       {[]draft.Comment{word(luvn, 2, draft.ChangesRequested), word(luvn, 2, draft.Agreed)}, []domain.PartyID{espoo, luvn}, draft.AllAgree},
		"of the version before":  {[]draft.Comment{word(luvn, 1, draft.ChangesRequested)}, []domain.PartyID{espoo, luvn}, draft.Waiting},
		"by who is no principal": {[]draft.Comment{word(third, 2, draft.ChangesRequested)}, []domain.PartyID{espoo, luvn}, draft.Waiting},
		"by the proposer":        {[]draft.Comment{word(espoo, 2, draft.ChangesRequested)}, []domain.PartyID{espoo, luvn}, draft.Waiting},
		"one of two agrees":      {[]draft.Comment{word(luvn, 2, draft.Agreed)}, []domain.PartyID{espoo, luvn, third}, draft.Waiting},
		"one of two does not":    {[]draft.Comment{word(third, 2, draft.ChangesRequested)}, []domain.PartyID{espoo, luvn, third}, draft.ChangesWanted},
	} {
		d := begun(t, espoo)
		d.Version = 2
		if got := d.Standing(tt.said, tt.principals); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
		// What was said of the last version stands also when that one is settled.
		if err := d.Discard("x", now); err != nil {
			t.Fatal(err)
		}
		d.Version++
		if got := d.Standing(tt.said, tt.principals); got != tt.want {
			t.Errorf("%s, settled: %s, want %s", name, got, tt.want)
		}
	}
}

func TestDraftIsSettledOnce(t *testing.T) {
	t.Parallel()
	espoo, luvn := party(), party()
	for name, settle := range map[string]func(*draft.Draft) error{
		"published": func(d *draft.Draft) error { return d.Publish(draft.Waiting, nil, now) },
		"discarded": func(d *draft.Draft) error { return d.Discard("ei tarpeen", now) },
	} {
		d := begun(t, espoo)
		if err := settle(&d); err != nil || string(d.State) != name || d.SettledAt != now {
			t.Fatalf("%s: %v, %+v", name, err, d)
		}
		_, said := d.Say(domain.DraftCommentID{}, draft.Agreed, domain.Text{}, of(luvn), now)
		for _, err := range []error{said, d.Publish(draft.AllAgree, nil, now), d.Discard("x", now), d.Save(draft.Edit{Content: "x"}, "", of(espoo), now)} {
			if code(err) != "draft_settled" {
				t.Errorf("%s: %v, want draft_settled", name, err)
			}
		}
	}
	d := begun(t, espoo)
	if err := d.Publish(draft.ChangesWanted, nil, now); code(err) != "changes_requested" || d.State != draft.Open {
		t.Errorf("published although changes are requested: %v", err)
	}
	if err := d.Discard("", now); code(err) != "validation_failed" {
		t.Errorf("discarded without a reason: %v", err)
	}
}

// Whoever saves a version proposes it: the other party has the word then.
func TestSavingTakesOver(t *testing.T) {
	t.Parallel()
	espoo, luvn := party(), party()
	d := begun(t, espoo)
	said, err := d.Say(domain.DraftCommentID{}, draft.ChangesRequested, domain.Text{SV: " Tydligare "}, of(luvn), now)
	if err != nil || said.Text.SV != "Tydligare" || said.Version != d.Version {
		t.Fatalf("said %+v, %v", said, err)
	}
	if err := d.Save(draft.Edit{BaseVersion: 4, Content: "newer"}, "base", of(luvn), now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if d.PartyID != luvn || d.BaseVersion != 4 || d.Base != "base" || !d.SavedAt.After(d.CreatedAt) {
		t.Errorf("saved again: %+v", d)
	}
	for kind, text := range map[draft.CommentKind]domain.Text{draft.Remark: {}, draft.ChangesRequested: {}, "praise": {FI: "Hyvä"}} {
		if _, err := d.Say(domain.DraftCommentID{}, kind, text, of(espoo), now); code(err) != "validation_failed" {
			t.Errorf("%s %v: %v", kind, text, err)
		}
	}
	if _, err := d.Say(domain.DraftCommentID{}, draft.Agreed, domain.Text{}, of(espoo), now); err != nil {
		t.Errorf("agreeing needs no words: %v", err)
	}
}
