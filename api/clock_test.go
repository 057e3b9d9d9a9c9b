package api_test

import (
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
)

// A clock that is put right by minutes does not turn the log round, one that was wrong
// by more is believed again; the versions of a thing follow each other in any case.
func TestTheRecordWhenTheClockJumps(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	made := e.As("espoo coordinator").Post("/goals", goalInput(f, "Yksi", "internal")).Want(201)
	path, tag := "/goals/"+apitest.As[api.Goal](made).ID.String(), made.ETag()
	change := func(title string, jump time.Duration) {
		t.Helper()
		e.Advance(jump)
		tag = e.As("espoo coordinator").Put(path, tag, goalInput(f, title, "internal")).Want(200).ETag()
	}
	rising := func(want bool) {
		t.Helper()
		var back int
		e.Row(`select count(*) from (select at, lag(at) over (order by id) before from audit_entry) x where at < before`, &back)
		if (back == 0) != want {
			t.Errorf("the log goes back %d times", back)
		}
	}
	change("Kaksi", -2*time.Minute)
	change("Kolme", -7*time.Minute)
	rising(true)
	change("Neljä", 400*24*time.Hour)
	change("Viisi", -400*24*time.Hour)
	rising(false) // the wrong year was believed, and is not for ever
	e.Advance(401 * 24 * time.Hour)
	change("Kuusi", 0)
	var overlaps, versions int
	e.Row(`select count(*) filter (where sys_to <= sys_from or sys_from < before), count(*) from
		(select sys_from, sys_to, lag(sys_to) over (partition by id order by sys_from) before from goal_history) x`, &overlaps, &versions)
	if overlaps > 0 || versions != 6 {
		t.Errorf("%d of %d versions overlap", overlaps, versions)
	}
	e.As("auditor").Get("/audit/entries?count=exact").Want(200)
}
