package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

func balanceOf(e *apitest.Env, as, query string) api.Balance {
	e.T.Helper()
	return apitest.As[api.Balance](e.As(as).Get("/balance" + query).Want(200))
}

// told is a balance as text: for each row leads, shared, unaccepted, overdue and
// stale at each of the last days.
func told(d matrixData, b api.Balance, days int) string {
	var out strings.Builder
	for _, r := range b.Rows {
		for key, id := range d.f.Party {
			if id == r.PartyID {
				out.WriteString(key)
			}
		}
		if r.Group != nil {
			out.WriteString(" " + r.Group.Title.FI)
		}
		for _, f := range r.Figures[len(r.Figures)-days:] {
			fmt.Fprintf(&out, " %d,%d,%d,%d,%d", f.Leads, f.Shared, f.Unaccepted, f.Overdue, f.Stale)
		}
		out.WriteString("\n")
	}
	return out.String()
}

func wantBalance(t *testing.T, d matrixData, what string, b api.Balance, days int, want ...string) {
	t.Helper()
	if got := told(d, b, days); got != strings.Join(want, "\n")+"\n" {
		t.Errorf("%s:\n%swant\n%s", what, got, strings.Join(want, "\n"))
	}
}

// Topology: that of the matrix, which begins on 23 November. In December a part
// is accepted; in January one action is done, another late, and on the 23rd those
// of which nobody has said anything are silent; in February a status is confirmed and a lead ends; in March a public goal becomes internal.
// The ends of these months and the middle of March are looked at.
func TestBalanceCountsFromHistory(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	fresh := d.action(11, "in_progress", "", "1", "public", d.open)
	d.part("action", anyID(fresh), "luvn_family_head", "lead", "in_force")
	e.Exec(`update action set lead_party_id = $2 where id = $1`, d.first, d.f.Party["espoo"])
	e.Exec(`update action set lead_party_id = $1 where no in (8, 9, 11)`, d.f.Party["luvn"])
	to := func(day string) {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		e.Advance(at.Add(9 * time.Hour).Sub(e.Now()))
	}
	to("2026-12-15")
	e.Exec(`update responsibility set standing = 'in_force' where id = $1`, d.proposed)
	to("2027-01-10")
	e.Exec(`update action set status = 'done', result_fi = 'Valmis' where id = $1`, d.first)
	to("2027-02-10")
	e.Exec(`update action set confirmed_on = '2027-02-10' where id = $1`, fresh)
	e.Exec(`insert into action_party_status (id, action_id, party_id, status, progress, confirmed_on) values ($1, $2, $3, 'in_progress', 0, '2027-02-10')`, domain.UUIDv7(), fresh, d.f.Party["luvn"])
	e.Exec(`update responsibility set valid_to = '2027-02-20' where subject_id = $1 and post_id = $2`, d.open, d.f.Post["luvn_family_head"])
	to("2027-03-10")
	staffBefore := balanceOf(e, "luvn reader", "")
	e.Exec(`update goal set visibility = 'internal', visibility_ground = 'x' where id = $1`, d.other)
	to("2027-03-15")

	now := balanceOf(e, "luvn reader", "")
	if n := len(now.Days); n != 13 || now.Days[0].String() != "2026-03-31" || now.Days[11].String() != "2027-02-28" || now.Days[12].String() != "2027-03-15" {
		t.Errorf("days %v", now.Days)
	}
	//                    October    November   December   January    February   15 March
	wantBalance(t, d, "staff", now, 6,
		"espoo 0,0,0,0,0 4,1,1,1,0 4,1,0,1,0 4,1,0,0,0 4,1,0,0,0 4,1,0,0,0",
		"luvn 0,0,0,0,0 5,1,0,0,0 5,1,0,0,0 5,1,0,2,3 4,1,0,2,2 4,1,0,2,2",
		"hus 0,0,0,0,0 1,0,0,0,0 1,0,0,0,0 1,0,0,0,1 1,0,0,0,1 1,0,0,0,1")
	if got, want := told(d, staffBefore, 6), told(d, now, 6); got != want {
		t.Errorf("a change of visibility changes what staff see:\n%s%s", got, want)
	}
	wantBalance(t, d, "the public", balanceOf(e, "", ""), 6,
		"espoo 0,0,0,0,0 3,1,1,1,0 3,1,0,1,0 3,1,0,0,0 3,1,0,0,0 3,1,0,0,0",
		"luvn 0,0,0,0,0 3,1,0,0,0 3,1,0,0,0 3,1,0,1,2 2,1,0,1,1 2,1,0,1,1",
		"hus 0,0,0,0,0 1,0,0,0,0 1,0,0,0,0 1,0,0,0,1 1,0,0,0,1 1,0,0,0,1")
	wantBalance(t, d, "as of a month end, asked for then", balanceOf(e, "luvn reader", "?asOf=2027-01-31"), 2,
		"espoo 4,1,0,1,0 4,1,0,0,0", "luvn 5,1,0,0,0 5,1,0,2,3", "hus 1,0,0,0,0 1,0,0,0,1")
	wantBalance(t, d, "by theme", balanceOf(e, "luvn reader", "?by=theme"), 1,
		"espoo children_youth 3,1,0,0,0", "luvn children_youth 3,0,0,2,2", "espoo older 0,0,0,0,0", "luvn older 1,0,0,0,0", "hus older 1,0,0,0,1")
	wantBalance(t, d, "by chain, the public", balanceOf(e, "", "?by=chain"), 3,
		"espoo ketju 2,0,0,0,0 2,0,0,0,0 2,0,0,0,0", "luvn ketju 1,1,0,1,1 1,1,0,1,1 1,1,0,1,1")
	if got := balanceOf(e, "luvn reader", "?by=chain"); len(got.Rows) != 5 {
		t.Errorf("staff see the hidden chain as well: %s", told(d, got, 1))
	}
	for _, as := range []string{"", "luvn reader"} {
		for _, r := range balanceOf(e, as, "").Rows {
			f := r.Figures[12]
			if late := counted(e, as, "/actions?condition=late&partyId="+r.PartyID.String()); late != f.Overdue {
				t.Errorf("%q: %d late in the list, %d counted", as, late, f.Overdue)
			}
			if stale := counted(e, as, "/actions?silentPartyId="+r.PartyID.String()); stale != f.Stale {
				t.Errorf("%q: %d stale in the list, %d counted", as, stale, f.Stale)
			}
		}
	}
	e.As("").Get("/balance?by=forum").WantProblem(422, "validation_failed")
}

// An action for two goals of one theme counts once in it, and in two themes in
// both.
func TestBalanceByThemeCountsAnActionOnce(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	second := d.goal(5, d.f.Plan, "children_youth", "public")
	third := d.goal(6, d.f.Plan, "older", "public")
	both := d.action(12, "in_progress", "-3", "1", "public", d.open, second, third)
	e.Exec(`update action set lead_party_id = $2 where id = $1`, both, d.f.Party["espoo"])
	d.part("action", anyID(both), "esp_coordinator", "lead", "in_force")
	wantBalance(t, d, "by theme", balanceOf(e, "", "?by=theme"), 1,
		"espoo children_youth 4,1,1,1,0", "luvn children_youth 2,0,0,0,0", "espoo older 1,0,0,1,0", "luvn older 0,0,0,0,0")
}
