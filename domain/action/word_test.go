package action

import (
	"errors"
	"testing"
	"time"

	"yhdyspinta/domain"
)

// talk is an action on which parties speak, and what they said of it, as storage
// keeps it.
type talk struct {
	t     *testing.T
	a     Action
	words []Word
	at    time.Time
}

func newTalk(t *testing.T, parties ...domain.PartyID) *talk {
	a := Action{Status: NotStarted, ConfirmedOn: day(-90), Version: 1}
	for i, p := range parties {
		part := domain.Shared
		if i == 0 {
			part = domain.Lead
		}
		a.Responsibilities = append(a.Responsibilities, domain.Responsible{PartyID: p, Part: part, Principal: true, Standing: domain.InForce, From: day(-90)})
	}
	return &talk{t: t, a: a, at: now}
}

func (k *talk) say(party domain.PartyID, r Reporting) Word {
	k.t.Helper()
	k.at = k.at.Add(time.Hour)
	before := k.a
	var report domain.StatusReportID
	var id domain.WordID
	id.SetNew(domain.UUIDv7)
	if r.Status == "" {
		if err := k.a.Confirm(party, k.at); err != nil {
			k.t.Fatal(err)
		}
	} else {
		report.SetNew(domain.UUIDv7)
		if _, err := k.a.Report(report, party, domain.PostID{}, r, k.at); err != nil {
			k.t.Fatal(err)
		}
	}
	w := k.a.word(id, before, party, domain.PostID{}, report, k.at)
	k.words = append(k.words, w)
	return w
}

func (k *talk) unsay(w Word) error {
	words := Words{Word: w}
	for i, o := range k.words {
		if o.ID == w.ID {
			words.Word = k.words[i]
		}
		if o.WithdrawnAt == nil && (w.Joint || o.Joint || o.PartyID == w.PartyID) {
			words.Latest = o.ID
		}
		if !o.Joint && words.First.ID.IsZero() {
			words.First = o
		}
		if o.Result != o.ResultAfter {
			words.Results = append([]Word{o}, words.Results...)
		}
	}
	err := k.a.Unsay(&words, domain.PostID{}, "x", k.at)
	for i := range k.words {
		if k.words[i].ID == w.ID {
			k.words[i] = words.Word
		}
	}
	return err
}

func (k *talk) expect(what string, status Status, progress int, confirmed domain.Date, differ bool) {
	k.t.Helper()
	if k.a.Status != status || k.a.Progress != progress || k.a.ConfirmedOn != confirmed || k.a.StatusesDiffer != differ {
		k.t.Errorf("%s: %s %d %s, differ %v; want %s %d %s, differ %v", what, k.a.Status, k.a.Progress, k.a.ConfirmedOn, k.a.StatusesDiffer, status, progress, confirmed, differ)
	}
}

func conflict(t *testing.T, err error, code string) {
	t.Helper()
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Code != code {
		t.Errorf("%v, want %s", err, code)
	}
}

// What a party takes back is as if it had never been said: what it had said before
// counts again, whoever has spoken beside it.
func TestUnsay(t *testing.T) {
	t.Parallel()
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	fifty := 50

	alone := newTalk(t, espoo)
	first := alone.say(espoo, Reporting{Status: InProgress, Progress: &fifty})
	alone.expect("reported", InProgress, 50, today, false)
	if err := alone.unsay(first); err != nil {
		t.Fatal(err)
	}
	alone.expect("nobody has spoken", NotStarted, 0, day(-90), false)
	if len(alone.a.Said) != 0 {
		t.Errorf("said %+v", alone.a.Said)
	}
	conflict(t, alone.unsay(first), "word_withdrawn")

	// A confirmation is taken back to the day of the word before, and that after it.
	first = alone.say(espoo, Reporting{Status: InProgress, Progress: &fifty})
	alone.at = now.AddDate(0, 0, 40)
	still := alone.say(espoo, Reporting{})
	alone.expect("confirmed", InProgress, 50, day(40), false)
	conflict(t, alone.unsay(first), "not_latest_word")
	if err := alone.unsay(still); err != nil {
		t.Fatal(err)
	}
	alone.expect("as it was reported", InProgress, 50, today, false)
	if err := alone.unsay(first); err != nil {
		t.Fatal(err)
	}
	alone.expect("as before the first", NotStarted, 0, day(-90), false)

	// Of two each takes back its own, in either order; the other's stays.
	both := newTalk(t, espoo, luvn)
	ours := both.say(espoo, Reporting{Status: InProgress, Progress: &fifty})
	theirs := both.say(luvn, Reporting{Status: Done, Result: domain.Text{FI: "Valmista tuli"}})
	both.expect("both", InProgress, 75, today, true)
	if err := both.unsay(ours); err != nil {
		t.Fatal(err)
	}
	both.expect("LUVN alone", Done, 100, today, false)
	if both.a.Result.FI != "Valmista tuli" {
		t.Error("the result of the other is gone")
	}
	if err := both.unsay(theirs); err != nil {
		t.Fatal(err)
	}
	both.expect("nobody", NotStarted, 0, day(-90), false)
	if !both.a.Result.IsZero() {
		t.Errorf("result %+v", both.a.Result)
	}

	// The result stays while the other party's word leans on it.
	leans := newTalk(t, espoo, luvn)
	ours = leans.say(espoo, Reporting{Status: Done, Result: domain.Text{FI: "Yhteinen"}})
	leans.say(luvn, Reporting{Status: Done})
	if err := leans.unsay(ours); err != nil {
		t.Fatal(err)
	}
	if leans.a.Result.FI != "Yhteinen" || leans.a.Status != Done {
		t.Errorf("%s with %+v", leans.a.Status, leans.a.Result)
	}

	// It goes when that is taken back too.
	if err := leans.unsay(leans.words[1]); err != nil {
		t.Fatal(err)
	}
	if !leans.a.Result.IsZero() || leans.a.Status != NotStarted {
		t.Errorf("%s with %+v", leans.a.Status, leans.a.Result)
	}

	// A second result of the same party is taken back to its first, whoever is asked.
	for what, k := range map[string]*talk{"alone": newTalk(t, espoo), "silent partner": newTalk(t, espoo, luvn), "joint": newTalk(t)} {
		right := k.say(espoo, Reporting{Status: Done, Result: domain.Text{FI: "Oikea"}})
		wrong := k.say(espoo, Reporting{Status: Done, Result: domain.Text{FI: "Väärä"}})
		if err := k.unsay(wrong); err != nil {
			t.Fatal(err)
		}
		if k.a.Result.FI != "Oikea" || k.a.Status != Done {
			t.Errorf("%s: %s with %+v", what, k.a.Status, k.a.Result)
		}
		if err := k.unsay(right); err != nil {
			t.Fatal(err)
		}
		if !k.a.Result.IsZero() || k.a.Status != NotStarted {
			t.Errorf("%s: %s with %+v", what, k.a.Status, k.a.Result)
		}
	}

	// The first result of one stays under the second of the other, until both are gone.
	second := newTalk(t, espoo, luvn)
	ours = second.say(espoo, Reporting{Status: Done, Result: domain.Text{FI: "Yhteinen"}})
	theirs = second.say(luvn, Reporting{Status: Done})
	again := second.say(luvn, Reporting{Status: Done, Result: domain.Text{FI: "Väärä"}})
	for i, step := range []struct {
		word   Word
		result string
	}{{ours, "Väärä"}, {again, "Yhteinen"}, {theirs, ""}} {
		if err := second.unsay(step.word); err != nil {
			t.Fatal(err)
		}
		if second.a.Result.FI != step.result || (second.a.Status == Done) != (step.result != "") {
			t.Errorf("step %d: %s with %+v", i, second.a.Status, second.a.Result)
		}
	}

	// Where nobody is asked the latest word is that of anybody.
	joint := newTalk(t)
	a := joint.say(espoo, Reporting{Status: InProgress, Progress: &fifty})
	b := joint.say(luvn, Reporting{})
	conflict(t, joint.unsay(a), "not_latest_word")
	if err := joint.unsay(b); err != nil {
		t.Fatal(err)
	}
	// Once somebody is asked, what was said for all stands.
	joint.a.Responsibilities = []domain.Responsible{{PartyID: espoo, Part: domain.Lead, Principal: true, Standing: domain.InForce}}
	conflict(t, joint.unsay(a), "not_latest_word")
	joint.a.Responsibilities = nil
	if err := joint.unsay(a); err != nil {
		t.Fatal(err)
	}
	joint.expect("joint", NotStarted, 0, day(-90), false)

	// What was said for all while nobody was asked is more than what a party had said
	// before, and the other way round.
	turns := newTalk(t)
	asked := []domain.Responsible{{PartyID: espoo, Part: domain.Lead, Principal: true, Standing: domain.InForce}}
	a = turns.say(espoo, Reporting{Status: InProgress, Progress: &fifty})
	turns.a.Responsibilities = asked
	b = turns.say(espoo, Reporting{})
	turns.a.Responsibilities = nil
	conflict(t, turns.unsay(a), "not_latest_word")
	turns.say(espoo, Reporting{})
	turns.a.Responsibilities = asked
	conflict(t, turns.unsay(b), "not_latest_word")
}
