package api_test

import (
	"fmt"
	"slices"
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
		"espoo ketju 3,1,0,0,0 3,1,0,0,0 3,1,0,0,0", "luvn ketju 2,1,0,1,1 1,1,0,1,1 1,1,0,1,1") // with goal 3, of the chain by its actions
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

// Topology: an action for goal 3 is pinned to the first stage of a public chain, an
// action for goal 2 to an internal one. Goal 4 has no action and is pinned to the
// hand-over of the public chain, goal 3 also to its second stage; the internal goal
// 5 is pinned to both chains. Which goals belong to a chain is told alike by the
// list of goals, by the matrix by chain and by theme, and by the balance.
func TestGoalsOfAChainAgree(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	pinned := d.goal(4, d.f.Plan, "older", "public", "esp_coordinator")
	secret := d.goal(5, d.f.Plan, "older", "internal", "luvn_secretary")
	pin := func(table, column string, goal domain.GoalID, place string) {
		e.Exec("insert into "+table+" (id, goal_id, "+column+") select $1, $2, ("+place+")", domain.UUIDv7(), goal)
	}
	pin("goal_handover", "handover_id", pinned, "select id from handover")
	pin("goal_stage", "stage_id", d.open, "select s.id from stage s join chain c on c.id = s.chain_id where c.key = 'ketju' and s.position = 2")
	pin("goal_stage", "stage_id", secret, "select s.id from stage s join chain c on c.id = s.chain_id where c.key = 'ketju' and s.position = 1")
	pin("goal_stage", "stage_id", secret, "select s.id from stage s join chain c on c.id = s.chain_id where c.key = 'piilo'")
	// HUS has nothing else in the chain.
	d.part("goal", anyID(pinned), "hus_liaison", "lead", "proposed")
	rows := func(m api.Matrix) (nos []int) {
		for _, r := range m.Rows {
			if r.Kind == domain.SubjectGoal {
				nos = append(nos, r.No)
			}
		}
		slices.Sort(nos)
		return nos
	}
	for _, tt := range []struct {
		as    string
		chain domain.ChainID
		want  []int
	}{
		{"", d.chain, []int{3, 4}}, {"", d.hidden, nil},
		{"luvn reader", d.chain, []int{3, 4, 5}}, {"luvn reader", d.hidden, []int{2, 5}}, {"espoo coordinator", d.chain, []int{3, 4, 5}}, {"auditor", d.hidden, []int{2, 5}},
	} {
		var listed []int
		for _, g := range apitest.As[api.List[api.Goal]](e.As(tt.as).Get("/goals?chainId=" + tt.chain.String()).Want(200)).Items {
			listed = append(listed, g.No)
		}
		byChain, byTheme := matrixOf(e, tt.as, "?rows=chain&chainId="+tt.chain.String()), matrixOf(e, tt.as, "?chainId="+tt.chain.String())
		if inRows, inThemes := rows(byChain), rows(byTheme); !slices.Equal(listed, tt.want) || !slices.Equal(inRows, tt.want) || !slices.Equal(inThemes, tt.want) {
			t.Errorf("%q: the list has %v, the matrix by chain %v and by theme %v, want %v", tt.as, listed, inRows, inThemes, tt.want)
		}
		led := map[domain.PartyID]int{}
		for _, c := range byChain.Cells {
			for _, col := range byChain.Columns {
				if col.Post.ID == c.PostID && c.Part == domain.Lead {
					led[col.Post.PartyID]++
				}
			}
		}
		found := 0
		for _, r := range balanceOf(e, tt.as, "?by=chain").Rows {
			if r.Group.ID == anyID(tt.chain) {
				found++
				if n := r.Figures[12].Leads; n != led[r.PartyID] {
					t.Errorf("%q: %d leads of %v in the balance, %d in the matrix", tt.as, n, r.PartyID, led[r.PartyID])
				}
			}
		}
		if (found == 0) != (tt.want == nil) {
			t.Errorf("%q: %d rows in the balance", tt.as, found)
		}
	}
	// The files have them too, without actions of their own; no chain has goal 1.
	if csv := string(e.As("").Get("/matrix.csv?rows=chain&lang=fi").Want(200).Bytes); !strings.Contains(csv, "ketju;Tavoite;4;") {
		t.Errorf("the file has no goal that is only pinned:\n%s", csv)
	}
	if none := apitest.As[api.List[api.Goal]](e.As("").Get("/goals?chainId=none").Want(200)).Items; len(none) != 1 || none[0].No != 1 {
		t.Errorf("of no chain: %+v", none)
	}
	// What was unpinned belonged to the chain until then.
	e.Advance(10 * 24 * time.Hour)
	e.Exec("delete from goal_handover")
	e.Advance(40 * 24 * time.Hour)
	hus := slices.DeleteFunc(balanceOf(e, "", "?by=chain").Rows, func(r api.BalanceRow) bool { return r.PartyID != d.f.Party["hus"] })
	if len(hus) != 1 || hus[0].Figures[10].Leads != 1 || hus[0].Figures[11].Leads != 0 {
		t.Errorf("HUS leads %+v", hus)
	}
}

// Each figure of the balance leads to as many rows, by party, theme and chain, and
// narrowed by terms: parts to the list of responsibilities, late and silent actions
// to that of actions. Parts in chains and forums, and such as begin later, count in
// no figure and are in none of those lists.
func TestFiguresOfTheBalanceLeadToTheirRows(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newMatrixData(e)
	pinned := d.goal(4, d.f.Plan, "older", "public", "esp_coordinator", "luvn_older_head")
	e.Exec("insert into goal_handover (id, goal_id, handover_id) select $1, $2, id from handover", domain.UUIDv7(), pinned)
	both := d.action(12, "in_progress", "-3", "1", "public", d.open, pinned)
	d.part("action", anyID(both), "esp_coordinator", "lead", "in_force")
	d.part("action", anyID(both), "luvn_secretary", "shared", "reopened")
	d.part("goal", anyID(pinned), "hus_liaison", "support", "declined")
	d.part("chain", anyID(d.chain), "esp_coordinator", "lead", "proposed")
	later := d.part("goal", anyID(d.open), "esp_secretary", "shared", "proposed")
	e.Exec(`update responsibility set valid_from = '2027-01-01' where id = $1`, later)
	e.Exec(`update chain set theme_id = $2 where id = $1`, d.chain, d.f.Theme["older"])
	e.Exec(`update action set lead_party_id = p.party_id, lead_post_id = p.id, lead_from = r.valid_from from responsibility r join post p on p.id = r.post_id where r.subject_id = action.id and r.part = 'lead'`)
	tag := apitest.As[api.Term](e.As("espoo coordinator").Post("/tags", apitest.JSON{"key": "tag", "position": 1, "title": text("Tunniste")}).Want(201)).ID
	for kind, id := range map[string]domain.AnyID{"goal": anyID(d.open), "action": anyID(both), "chain": anyID(d.chain)} {
		e.Exec(`insert into tag_link (id, tag_id, subject_kind, subject_id) values ($1, $2, $3, $4)`, domain.UUIDv7(), tag, kind, id)
	}
	e.Advance(61 * 24 * time.Hour) // nobody has said anything since; what began later has begun
	e.Exec(`update responsibility set valid_from = '2028-01-01' where id = $1`, later)

	const parts = "/responsibilities?current=true&subjectKind=goal&subjectKind=action&subjectKind=stage&subjectKind=handover&partyId="
	const waiting = "&standing=proposed&standing=declined&standing=reopened&standing=change_declined"
	compared, some := 0, api.BalanceFigures{}
	for _, as := range []string{"", "luvn reader", "espoo coordinator"} {
		for _, terms := range []string{"", "&tagId=" + tag.String(), "&tagId=none", "&themeId=" + d.f.Theme["older"].String()} {
			for by, param := range map[string]string{"party": "", "theme": "&themeId=", "chain": "&chainId="} {
				if by == "theme" && strings.Contains(terms, "themeId") {
					continue // the page shows no links there: a list takes several themes as either of them
				}
				for _, r := range balanceOf(e, as, "?by="+by+terms).Rows {
					group := ""
					if param != "" {
						group = param + r.Group.ID.String()
					}
					party := r.PartyID.String()
					f := r.Figures[12]
					rows := api.BalanceFigures{Leads: counted(e, as, parts+party+"&part=lead"+group+terms), Shared: counted(e, as, parts+party+"&part=shared"+group+terms),
						Unaccepted: counted(e, as, parts+party+waiting+group+terms), Overdue: counted(e, as, "/actions?condition=late&partyId="+party+group+terms),
						Stale: counted(e, as, "/actions?silentPartyId="+party+group+terms)}
					if rows != f {
						t.Errorf("%q by %s %s%s, %s: figures %+v, rows %+v", as, by, party, group, terms, f, rows)
					}
					compared++
					some.Leads, some.Shared, some.Unaccepted, some.Overdue, some.Stale = some.Leads+f.Leads, some.Shared+f.Shared, some.Unaccepted+f.Unaccepted, some.Overdue+f.Overdue, some.Stale+f.Stale
				}
			}
		}
	}
	if compared < 40 || some.Leads == 0 || some.Shared == 0 || some.Unaccepted == 0 || some.Overdue == 0 || some.Stale == 0 {
		t.Errorf("%d rows compared, with %+v in all", compared, some)
	}
}
