package api_test

import (
	"slices"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// Dates of every precision at the end of a year and about a leap day are in order by
// the last day of their periods, actions and their milestones alike, and each is late
// from the day after it.
func TestDatesOfEveryPrecisionSortAndComeLate(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	f := e.Organisation()
	dues := []struct{ on, precision, last string }{ // in no order
		{"2028-01-01", "year", "2028-12-31"},
		{"2026-12-31", "day", "2026-12-31"},
		{"2028-02-01", "month", "2028-02-29"},
		{"2027-01-01", "day", "2027-01-01"},
		{"2026-12-30", "day", "2026-12-30"},
		{"2028-02-28", "day", "2028-02-28"},
		{"2028-01-01", "quarter", "2028-03-31"},
		{"2027-12-01", "month", "2027-12-31"},
		{"2028-03-01", "day", "2028-03-01"},
	}
	want := []int{5, 2, 4, 8, 6, 3, 9, 7, 1}
	all := createAction(e, "espoo manager", actionInput(f, "Kaikki", "esp_education_head", "2029-12-31"))
	for i, due := range dues {
		in := actionInput(f, due.last, "esp_education_head", due.on)
		in["duePrecision"] = due.precision
		createAction(e, "espoo manager", in)
		addTask(e, "espoo manager", all, taskInput(due.last, due.on, apitest.JSON{"kind": "milestone", "duePrecision": due.precision, "title": apitest.JSON{"fi": dues[i].last, "sv": "x"}}))
	}
	inOrder := func(nos []int) (out []int) {
		for _, no := range nos {
			if no > 1 {
				out = append(out, no-1) // the first is the one with the milestones
			}
		}
		return out
	}
	if got := inOrder(listed(e, "", "sort=dueOn")); !slices.Equal(got, want) {
		t.Errorf("actions in the order %v, want %v", got, want)
	}
	tasks := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200)).Tasks
	for i, no := range want {
		if tasks[i].Title.FI != dues[no-1].last {
			t.Errorf("milestone %d is %s, want %s", i+1, tasks[i].Title.FI, dues[no-1].last)
		}
	}
	late := func() []int { return inOrder(listed(e, "", "condition=late&sort=dueOn")) }
	for i, no := range want {
		last, err := domain.ParseDate(dues[no-1].last)
		if err != nil {
			t.Fatal(err)
		}
		e.Advance(last.EndOfDay().Sub(e.Now())) // in Helsinki, in winter and in summer
		if got := late(); len(got) != i {
			t.Errorf("at the end of %s late: %v", dues[no-1].last, got)
		}
		e.Advance(time.Microsecond)
		if got := late(); !slices.Equal(got, want[:i+1]) {
			t.Errorf("after %s late: %v, want %v", dues[no-1].last, got, want[:i+1])
		}
		figures := apitest.As[api.Action](e.As("").Get("/actions/1").Want(200))
		if figures.TaskFigures.Late != i+1 || why(figures.ActionSummary) != "late milestone_late "+dues[want[0]-1].last+" "+dues[want[0]-1].last {
			t.Errorf("after %s %d milestones are late, %s", dues[no-1].last, figures.TaskFigures.Late, why(figures.ActionSummary))
		}
	}
}
