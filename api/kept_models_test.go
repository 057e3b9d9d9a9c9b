package api_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"yhdyspinta/api/apitest"
)

// The answers that a process keeps in memory are those that another one, which
// has kept none, derives: for everybody, of today and of the past, whatever was
// asked and written before. The two are asked in opposite orders, so that an
// answer kept for too many would show.
func TestKeptAnswersAreThoseOfAFreshProcess(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	type question struct{ as, path string }
	var questions []question
	for _, path := range []string{"/overview", "/matrix", "/matrix?rows=chain", "/balance", "/balance?by=chain", "/gaps", "/radar/counts", "/freshness?by=unit"} {
		for _, as := range []string{"", "espoo reader", "luvn reader", "espoo coordinator", "luvn manager", "auditor"} {
			for _, day := range []string{"", "2026-11-23"} {
				q := question{as, path}
				if day != "" {
					q.path += map[bool]string{true: "&", false: "?"}[slices.Contains([]byte(path), '?')] + "asOf=" + day
				}
				questions = append(questions, q)
			}
		}
	}
	check := func(when string) map[question][]byte {
		t.Helper()
		answers := map[question][]byte{}
		for range 2 { // the second time what was kept answers
			for _, q := range questions {
				answers[q] = e.As(q.as).Get(q.path).Want(200).Bytes
			}
		}
		fresh := e.Another(t)
		for _, q := range slices.Backward(questions) {
			if want := e.As(q.as).At(fresh).Get(q.path).Want(200).Bytes; !bytes.Equal(answers[q], want) {
				t.Errorf("%s, %q asks %s: kept %s\nderived %s", when, q.as, q.path, answers[q], want)
			}
		}
		return answers
	}
	e.Advance(48 * time.Hour)
	first := check("at first")
	for _, path := range []string{"/overview", "/matrix"} {
		if bytes.Equal(first[question{"", path}], first[question{"espoo reader", path}]) {
			t.Errorf("%s: the public sees what staff see", path)
		}
	}

	// What is written changes the answers of today, for those who see it, and of no day before.
	e.Exec(`update goal set visibility = 'public', visibility_ground = '' where id = $1`, d.internal)
	e.Exec(`update handover set gap = 'major', gap_reason_fi = 'Puuttuu' where chain_id = $1`, d.chain)
	second := check("after a write")
	for _, path := range []string{"/overview", "/matrix", "/gaps"} {
		if bytes.Equal(first[question{"", path}], second[question{"", path}]) {
			t.Errorf("%s: the write does not show", path)
		}
		if past := (question{"", path + "?asOf=2026-11-23"}); !bytes.Equal(first[past], second[past]) {
			t.Errorf("%s: the write changed the past", path)
		}
	}

	// So does a day that passes with no write.
	e.Advance(60 * 24 * time.Hour)
	if third := check("two months later"); bytes.Equal(third[question{"", "/overview"}], second[question{"", "/overview"}]) {
		t.Error("two months later the overview is what it was")
	}
}
