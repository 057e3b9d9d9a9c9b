package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/api/apitest"
	"yhdyspinta/domain"
)

// give gives a thing a tag, target group or district.
func (s seed) give(table, owner, column string, thing, term domain.AnyID) {
	s.Exec(`insert into `+table+` (id, `+owner+`, `+column+`) values ($1, $2, $3)`, domain.UUIDv7(), thing, term)
}

func (s seed) tag(kind string, thing, tag domain.AnyID) {
	s.Exec(`insert into tag_link (id, subject_kind, subject_id, tag_id) values ($1, $2, $3, $4)`, domain.UUIDv7(), kind, thing, tag)
}

// filterData is that of the matrix, with terms. Goal 3 is for the group, action 7
// is for it and in the district and has the tag, internal action 9 has both, the
// chain with its stages and hand-over has the tag and the younger theme; the other
// goals, actions and chains have nothing.
type filterData struct {
	matrixData
	tag, group, district domain.AnyID
}

func newFilterData(e *apitest.Env) filterData {
	d := filterData{matrixData: newMatrixData(e)}
	d.tag, d.group, d.district = newTerm(e, "/tags", "merkki").ID, newTerm(e, "/target-groups", "ryhma").ID, newTerm(e, "/districts", "alue").ID
	d.give("goal_target_group", "goal_id", "target_group_id", anyID(d.open), d.group)
	d.give("action_target_group", "action_id", "target_group_id", anyID(d.first), d.group)
	for _, a := range []domain.ActionID{d.first, d.third} {
		d.give("action_district", "action_id", "district_id", anyID(a), d.district)
		d.seed.tag("action", anyID(a), d.tag)
	}
	d.seed.tag("chain", anyID(d.chain), d.tag)
	e.Exec(`update chain set theme_id = $2 where id = $1`, d.chain, d.f.Theme["children_youth"])
	return d
}

// query writes a filter's words as ids.
func (d filterData) query(q string) string {
	return strings.NewReplacer("TAG", "tagId="+d.tag.String(), "GROUP", "targetGroupId="+d.group.String(), "DISTRICT", "districtId="+d.district.String(),
		"YOUTH", "themeId="+d.f.Theme["children_youth"].String(), "OLDER", "themeId="+d.f.Theme["older"].String()).Replace(q)
}

func TestMatrixByTerms(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newFilterData(e)
	const (
		goal   = "goal 3: esp_education_head=lead esp_youth_head=shared(proposed) luvn_family_head=lead hus_liaison=informed"
		first  = "action 7: esp_coordinator=lead"
		second = "action 8: luvn_family_head=lead"
		third  = "action 9: luvn_secretary=lead"
		older  = "goal 2: luvn_older_head=lead"
		forth  = "action 10: hus_liaison=lead"
	)
	for _, x := range []struct {
		as, query string
		want      []string
	}{
		{"", "TAG", []string{goal, first}},
		{"luvn reader", "TAG", []string{goal, first, third}},
		{"", "tagId=none", []string{goal, second}},
		{"luvn reader", "tagId=none", []string{goal, second, older, forth}},
		{"", "TAG&tagId=none", []string{goal, first, second}},
		{"", "GROUP", []string{goal, first}},
		{"luvn reader", "targetGroupId=none", []string{goal, second, third, older, forth}},
		{"luvn reader", "targetGroupId=none&OLDER", []string{older, forth}},
		{"", "DISTRICT", []string{goal, first}},
		{"", "districtId=none", []string{goal, second}},
		{"", "DISTRICT&tagId=none", nil},
		{"luvn reader", "DISTRICT&targetGroupId=none", []string{goal, third}},
		{"", "TAG&OLDER", nil},
		{"", "TAG&part=informed", nil},
		{"", "GROUP&part=informed", []string{"goal 3: hus_liaison=informed"}},
		{"", "TAG&condition=late", []string{goal, first}},
		{"", "tagId=none&condition=late", nil},
		{"", "rows=chain&TAG", []string{"stage 1: esp_education_head=lead", "stage 2:", "handover 1: luvn_family_head=shared", goal, first}},
		{"", "rows=chain&DISTRICT", []string{goal, first}},
		{"luvn reader", "rows=chain&tagId=none", []string{goal, second, "stage 1:", older, forth}},
	} {
		wantMatrix(t, x.as+" "+x.query, matrixOf(e, x.as, "?"+d.query(x.query)), x.want...)
	}
	e.As("").Get("/matrix?districtId=4").WantProblem(422, "validation_failed")
	csv := string(e.As("").Get("/matrix.csv?lang=en&" + d.query("TAG")).Want(200).Bytes)
	if n := strings.Count(csv, "\r\n"); n != 6 { // the heads, four cells of the goal, one of the action
		t.Errorf("%d lines in the file:\n%s", n, csv)
	}
	if strings.Contains(csv, "luvn_secretary") {
		t.Error("the file tells the public of an internal action")
	}
}

// Filters lead on from a merged term to what it became; the day before shows it
// as it was.
func TestReadModelsFollowMergedTerms(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newFilterData(e)
	into := map[string]domain.AnyID{}
	for _, path := range []string{"/tags", "/target-groups", "/districts"} {
		into[path] = newTerm(e, path, "uusi").ID
	}
	before := domain.DateOf(e.Now()).String()
	e.Advance(24 * time.Hour)
	decide(e, "/tags", d.tag, "merger", apitest.JSON{"intoId": into["/tags"]}).Want(200)
	decide(e, "/target-groups", d.group, "merger", apitest.JSON{"intoId": into["/target-groups"]}).Want(200)
	decide(e, "/districts", d.district, "merger", apitest.JSON{"intoId": into["/districts"]}).Want(200)
	for _, q := range []string{"TAG", "GROUP", "DISTRICT"} {
		for _, past := range []string{"", "&asOf=" + before} {
			if m := matrixOf(e, "", "?"+d.query(q)+past); len(m.Rows) != 2 {
				t.Errorf("matrix %s%s: %s", q, past, drawn(m))
			}
			if o := overviewOf(e, "", "?"+d.query(q)+past); o.Counts.Actions != 1 {
				t.Errorf("overview %s%s: %+v", q, past, o.Counts)
			}
		}
	}
	if n := counted(e, "", "/gaps?"+d.query("TAG")); n != 1 {
		t.Errorf("%d gaps", n)
	}
}

// Each figure of a filtered overview is that of the list with the same filter.
func TestOverviewByTerms(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newFilterData(e)
	goals := func(o api.Overview) (out []int) {
		for _, g := range o.Goals {
			out = append(out, g.No)
		}
		return out
	}
	for _, x := range []struct {
		as, query string
		goals     []int
		gaps      int // hand-overs
	}{
		{"", "TAG", []int{3}, 1},
		{"", "tagId=none", []int{3}, 0},
		{"luvn reader", "tagId=none", []int{3, 2}, 0},
		{"", "GROUP", []int{3}, 0},
		{"luvn reader", "targetGroupId=none", []int{3, 2}, 1},
		{"", "DISTRICT", []int{3}, 0},
		{"luvn reader", "DISTRICT&OLDER", nil, 0},
		{"luvn reader", "OLDER", []int{2}, 0},
		{"", "YOUTH", []int{3}, 1},
		{"", "DISTRICT&tagId=none", nil, 0},
	} {
		query := d.query(x.query)
		o := overviewOf(e, x.as, "?"+query)
		if !slices.Equal(goals(o), x.goals) || o.Counts.Goals != len(x.goals) {
			t.Errorf("%q %s: goals %v, want %v", x.as, x.query, goals(o), x.goals)
		}
		if n := counted(e, x.as, "/actions?"+query); n != o.Counts.Actions {
			t.Errorf("%q %s: %d actions, %d in the list", x.as, x.query, o.Counts.Actions, n)
		}
		if n := counted(e, x.as, "/actions?condition=late&"+query); n != o.Counts.ByCondition.Late {
			t.Errorf("%q %s: %d late, %d in the list", x.as, x.query, o.Counts.ByCondition.Late, n)
		}
		if n := counted(e, x.as, "/actions?status=not_started&status=in_progress&status=paused&"+query); n != o.Freshness.Total {
			t.Errorf("%q %s: %d open, %d in the list", x.as, x.query, o.Freshness.Total, n)
		}
		if n := counted(e, x.as, "/actions?status=not_started&status=in_progress&dueFrom="+o.Day.String()+"&dueTo="+o.Next.Until.String()+"&"+query); n != o.Next.Actions {
			t.Errorf("%q %s: %d due, %d in the list", x.as, x.query, o.Next.Actions, n)
		}
		for _, g := range o.Goals {
			if n := counted(e, x.as, "/actions?goalId="+g.ID.String()+"&"+query); n != g.ActionCount || n != len(g.Actions) {
				t.Errorf("%q %s: goal %d has %d actions, %d in the list", x.as, x.query, g.No, g.ActionCount, n)
			}
		}
		handovers := 0
		for _, g := range o.Gaps {
			handovers += g.Major + g.Minor + g.None
		}
		if handovers != x.gaps {
			t.Errorf("%q %s: %d hand-overs, want %d", x.as, x.query, handovers, x.gaps)
		}
	}
}

// Each figure of the gaps is the number of rows of the lists that it leads to.
func TestOverviewCountsGaps(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	s := seed{e, e.Organisation()}
	open, stages := s.chain("avoin", "public", 2)
	hidden, inner := s.chain("piilo", "internal", 2)
	_, _ = s.chain("tyhja", "public", 1)
	handover := func(chain domain.ChainID, from, to domain.StageID, gap, until string) {
		s.Exec(`insert into handover (id, chain_id, from_stage_id, to_stage_id, position, what_fi, what_sv, what_en, gap, gap_reason_fi, standing, revision, valid_from, valid_to, version, updated_at)
values ($1, $2, $3, $4, 1, 'Tieto', '', '', $5, 'syy', 'in_force', 1, '2025-06-01', nullif($6, '')::date, 1, $7)`, domain.UUIDv7(), chain, from, to, gap, until, s.Now())
	}
	for _, gap := range []string{"major", "major", "minor", "none", "none", "none"} {
		handover(open, stages[0], stages[1], gap, "")
	}
	handover(open, stages[0], stages[1], "major", "2026-01-31") // ended
	handover(hidden, inner[0], inner[1], "major", "")
	for as, want := range map[string][]string{"": {"avoin 2 1 3"}, "luvn reader": {"avoin 2 1 3", "piilo 1 0 0"}} {
		var got []string
		for _, g := range overviewOf(e, as, "").Gaps {
			got = append(got, strings.Join([]string{g.Title.FI, digits(g.Major), digits(g.Minor), digits(g.None)}, " "))
			for gap, figure := range map[string]int{"major": g.Major, "minor": g.Minor, "none": g.None} {
				if n := counted(e, as, "/handovers?chainId="+g.ChainID.String()+"&gap="+gap); n != figure {
					t.Errorf("%q: %s has %d %s, %d in the list", as, g.Title.FI, figure, gap, n)
				}
				if n := counted(e, as, "/gaps?chainId="+g.ChainID.String()+"&gap="+gap); gap != "none" && n != figure {
					t.Errorf("%q: %s has %d %s, %d gaps", as, g.Title.FI, figure, gap, n)
				}
			}
		}
		if !slices.Equal(got, want) && len(got)+len(want) > 0 {
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%q: gaps %v, want %v", as, got, want)
			}
		}
	}
}

func digits(n int) string { return string(rune('0' + n)) }

// Things are chosen by their terms, posts by those of what they have a part in;
// counts and list agree.
func TestRadarByTerms(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newFilterData(e)
	for _, as := range []string{"", "luvn reader"} {
		for _, q := range []string{"", "TAG", "tagId=none", "GROUP", "DISTRICT", "districtId=none", "YOUTH", "TAG&YOUTH", "OLDER"} {
			query := d.query(q)
			got := map[string]int{}
			for _, c := range apitest.As[api.List[api.RadarCount]](e.As(as).Get("/radar/counts?" + query).Want(200)).Items {
				got[string(c.Reason)] += c.Count
			}
			for _, reason := range []string{"left", "vacant", "never_updated", "not_updated", "no_lead", "unit_only", "unaccepted"} {
				if n := counted(e, as, "/radar?reason="+reason+"&"+query); n != got[reason] {
					t.Errorf("%q %s: %s counts %d, lists %d", as, q, reason, got[reason], n)
				}
			}
			wantUnaccepted := map[string]int{"": 1, "tagId=none": 1, "GROUP": 1, "districtId=none": 1, "YOUTH": 1}[q]
			if got["unaccepted"] != 0 && wantUnaccepted == 0 {
				t.Errorf("%q %s: %d unaccepted", as, q, got["unaccepted"])
			}
		}
	}
	e.Exec(`delete from holding`)
	posts := func(as, q string) (out []string) {
		for _, i := range apitest.As[api.List[api.RadarItem]](e.As(as).Get("/radar?reason=vacant&limit=200&" + d.query(q)).Want(200)).Items {
			out = append(out, i.Post.Title.FI)
		}
		slices.Sort(out)
		return out
	}
	if got, want := posts("", "DISTRICT"), []string{"esp_coordinator"}; !slices.Equal(got, want) {
		t.Errorf("vacant posts in the district: %v, want %v", got, want)
	}
	if got, want := posts("", "TAG"), []string{"esp_coordinator", "esp_education_head", "luvn_family_head"}; !slices.Equal(got, want) {
		t.Errorf("vacant posts with the tag: %v, want %v", got, want)
	}
}

func TestBalanceByTerms(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newFilterData(e)
	leads := func(as, q string) map[string]int {
		out := map[string]int{}
		for _, r := range apitest.As[api.Balance](e.As(as).Get("/balance?" + d.query(q)).Want(200)).Rows {
			for key, id := range d.f.Party {
				if id == r.PartyID {
					out[key] += r.Figures[len(r.Figures)-1].Leads
				}
			}
		}
		return out
	}
	for _, x := range []struct {
		as, query   string
		espoo, luvn int
	}{
		{"", "TAG", 2, 0},            // action 7, stage 1
		{"luvn reader", "TAG", 2, 1}, // and action 9
		{"", "DISTRICT", 1, 0},
		{"", "GROUP", 2, 1}, // goal 3, action 7
		{"", "GROUP&OLDER", 0, 0},
		{"luvn reader", "OLDER", 0, 1},
	} {
		if got := leads(x.as, x.query); got["espoo"] != x.espoo || got["luvn"] != x.luvn {
			t.Errorf("%q %s: %v, want %d and %d", x.as, x.query, got, x.espoo, x.luvn)
		}
	}
	e.As("").Get("/balance?by=chain&" + d.query("TAG")).Want(200)
	e.As("luvn reader").Get("/balance?by=theme&" + d.query("tagId=none&districtId=none")).Want(200)
}

func TestListsByPartyAndChain(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newFilterData(e)
	for _, x := range []struct {
		as, query string
		want      int
	}{
		{"", "/goals?partyId=" + d.f.Party["luvn"].String(), 1},
		{"luvn reader", "/goals?partyId=" + d.f.Party["luvn"].String(), 2},
		{"", "/goals?partyId=" + d.f.Party["luvn"].String() + "&partyId=" + d.f.Party["espoo"].String(), 2},
		{"", "/goals?chainId=" + d.chain.String(), 1},
		{"luvn reader", "/goals?chainId=" + d.hidden.String(), 1},
		{"", "/goals?chainId=none", 1},
		{"", "/goals?chainId=none&chainId=" + d.chain.String(), 2},
		{"", "/chains?partyId=" + d.f.Party["espoo"].String(), 1},
		{"", "/chains?partyId=" + d.f.Party["luvn"].String(), 0},
		{"luvn reader", "/chains?partyId=" + d.f.Party["espoo"].String(), 2},
		{"", "/gaps?" + d.query("TAG"), 1},
		{"", "/gaps?tagId=none", 0},
		{"", "/gaps?" + d.query("YOUTH&tagId=none"), 0},
		{"", "/gaps?" + d.query("YOUTH&TAG"), 1},
		{"", "/gaps?themeId=none", 0},
	} {
		if n := counted(e, x.as, x.query); n != x.want {
			t.Errorf("%q %s: %d, want %d", x.as, x.query, n, x.want)
		}
	}
}

// The lists of hand-overs, responsibilities, reservations and open loops are
// narrowed by the terms of what they are about.
func TestListsByTerms(t *testing.T) {
	t.Parallel()
	e := apitest.New(t)
	d := newFilterData(e)
	for _, x := range []struct {
		as, path string
		want     int
	}{
		{"", "/handovers?TAG", 1},
		{"", "/handovers?YOUTH", 1},
		{"", "/handovers?OLDER", 0},
		{"", "/handovers?OLDER&YOUTH", 1},
		{"", "/handovers?tagId=none", 0},
		{"", "/handovers?TAG&tagId=none", 1},
		{"", "/handovers?YOUTH&tagId=none", 0},
		{"", "/responsibilities?TAG", 3}, // of action 7, the stage and the hand-over
		{"luvn reader", "/responsibilities?TAG", 4},
		{"", "/responsibilities?TAG&subjectKind=action", 1},
		{"", "/responsibilities?GROUP", 5}, // the goal's four and action 7's
		{"", "/responsibilities?GROUP&TAG", 1},
		{"", "/responsibilities?DISTRICT", 1},
		{"luvn reader", "/responsibilities?DISTRICT", 2},
		{"luvn reader", "/responsibilities?OLDER", 2}, // of the internal goal and its action
		{"", "/responsibilities?OLDER", 0},
		{"", "/responsibilities?TAG&OLDER", 0},
		{"", "/responsibilities?themeId=none&subjectKind=goal", 0},
	} {
		if n := counted(e, x.as, d.query(x.path)); n != x.want {
			t.Errorf("%q %s: %d, want %d", x.as, x.path, n, x.want)
		}
	}
	reserve := func(kind string, id domain.AnyID) {
		e.As("espoo coordinator").Post("/reservations", apitest.JSON{"subjectKind": kind, "subjectId": id, "text": apitest.JSON{"fi": "Eri mieltä"}, "visibility": "public"}).Want(201)
	}
	reserve("goal", anyID(d.open))
	reserve("action", anyID(d.first))
	reserve("responsibility", anyID(d.proposed)) // of the goal
	for path, want := range map[string]int{"?sort=madeAt": 3, "?TAG": 1, "?GROUP": 3, "?GROUP&subjectKind=goal": 1, "?DISTRICT": 1, "?tagId=none": 2, "?TAG&tagId=none": 3,
		"?YOUTH": 3, "?OLDER": 0, "?YOUTH&OLDER&districtId=none": 2} {
		if n := counted(e, "", "/reservations"+d.query(path)); n != want {
			t.Errorf("/reservations%s: %d, want %d", path, n, want)
		}
	}
	for _, path := range []string{"/handovers?themeId=x", "/responsibilities?tagId=x", "/reservations?districtId=x", "/open-loops?tagId=x"} {
		e.As("").Get(path).WantProblem(422, "validation_failed")
	}
}
