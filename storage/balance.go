package storage

import (
	"fmt"
	"slices"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/matrix"
)

// The balance counts versions in the history twins. Each row of a twin holds for
// an interval of time; of the days that the balance tells of it covers those from
// place lo up to before place hi. One pass over the versions counts them by these
// two places, and what holds on a day follows by adding up.

// balancePoints are the days of a balance with the instants at which the
// history is read.
type balancePoints struct {
	days     []domain.Date
	instants string // SQL arrays
	dates    string
	first    string // SQL literal of the first instant
}

// points are the ends of the past months and, at last, what is shown: of the
// past the as-of instant, else the end of time, at which only current versions
// hold.
func (s *MatrixStore) points() (balancePoints, error) {
	p := balancePoints{days: append(matrix.MonthEnds(s.tx.day), s.tx.day)}
	last := "'9999-12-31 00:00+00'::timestamptz"
	if s.tx.asOf {
		last = "current_setting('app.as_of')::timestamptz"
	}
	var instants, dates []string
	for _, d := range p.days {
		instants = append(instants, "'"+d.EndOfDay().Format("2006-01-02 15:04:05.000000-07")+"'::timestamptz")
		dates = append(dates, d.String())
	}
	instants[len(instants)-1] = last
	p.first = instants[0]
	// As one literal PostgreSQL reads the array once, not for each row.
	rows, err := query[struct{ Points string }](s.tx, "select (array["+strings.Join(instants, ", ")+"])::text as points")
	if err != nil {
		return p, err
	}
	p.instants, p.dates = "'"+rows[0].Points+"'::timestamptz[]", "'{"+strings.Join(dates, ",")+"}'::date[]"
	return p, nil
}

// since is the first place at or after an instant.
func (p balancePoints) since(at string) string {
	return "width_bucket(" + at + " - interval '1 microsecond', " + p.instants + ")"
}

// after is the first place whose day comes after a date; null stays null.
func (p balancePoints) after(date string) string {
	return "width_bucket(" + date + ", " + p.dates + ")"
}

// versions are the places that each version of a table covers, with more
// columns: only of those that cover any and that the scope may see.
func (s *MatrixStore) versions(p balancePoints, scope domain.Scope, table, columns string) string {
	lo, hi := p.since("v.sys_from"), p.since("v.sys_to")
	sql := "select v.id, " + columns + ", " + lo + " as lo, " + hi + " as hi from " + table + "_history v where v.sys_to > " + p.first + " and " + lo + " < " + hi
	if links := []string{"action_goal", "goal_stage", "goal_handover"}; !scope.Staff && !slices.Contains(links, table) {
		sql += " and v.visibility = 'public' and not exists (select 1 from public." + table + " live where live.id = v.id and live.visibility <> 'public')"
	}
	if table == "action" { // made in error
		sql += " and v.withdrawn_on is null"
	}
	return sql
}

// Balance implements matrix.Store.
func (s *MatrixStore) Balance(scope domain.Scope, by matrix.By, f domain.TermFilter) (matrix.Balance, error) {
	// Every step meets most rows: joins and groups by hash, with room for them.
	if err := s.tx.Exec("select set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true), set_config('work_mem', '64MB', true)").Error; err != nil {
		return matrix.Balance{}, fmt.Errorf("prepare the balance: %w", err)
	}
	p, err := s.points()
	if err != nil {
		return matrix.Balance{}, fmt.Errorf("load the days of the balance: %w", err)
	}
	n := len(p.days)
	var with []string
	var args []any
	ofActs, ofParts := "", ""
	if !f.IsZero() {
		if f, err = s.tx.followTerms(f); err != nil {
			return matrix.Balance{}, err
		}
		var sorted string
		sorted, args = s.tx.sorted(scope, f)
		with = append(with, "sorted as materialized ("+sorted+")")
		ofActs, ofParts = " and a.id in (select id from sorted)", " and (r.subject_kind, r.subject_id) in (select kind, id from sorted)"
	}
	// Actions with the group that they belong to, for the places at which they do.
	const acts = "a.id, a.lead_party_id, a.lead_from, a.lead_to, a.status, a.late_on, a.confirmed_on, a.fresh_limit, a.made_on"
	with = append(with, "act as ("+s.versions(p, scope, "action", "v.lead_party_id, v.lead_from, v.lead_to, v.status, v.late_on, v.confirmed_on, v.fresh_limit, (v.created_at at time zone 'Europe/Helsinki')::date as made_on, v.stage_id, v.handover_id")+")")
	chain := "ch as (" + s.versions(p, scope, "chain", "v.theme_id") + ")"
	goal := "go as (" + s.versions(p, scope, "goal", "v.theme_id") + ")"
	const stages = `
union all select 'stage', t.id, %[1]s, ch.lo, ch.hi from public.stage t join ch on ch.id = t.chain_id%[2]s
union all select 'handover', h.id, %[1]s, ch.lo, ch.hi from public.handover h join ch on ch.id = h.chain_id%[2]s`
	switch by {
	case matrix.BalanceByTheme:
		with = append(with, chain, goal, "link as ("+s.versions(p, scope, "action_goal", "v.action_id, v.goal_id")+")",
			`served as (select l.action_id, go.theme_id, range_agg(int4range(greatest(l.lo, go.lo), least(l.hi, go.hi))) as places
  from link l join go on go.id = l.goal_id where greatest(l.lo, go.lo) < least(l.hi, go.hi) group by l.action_id, go.theme_id)`,
			"acts as (select "+acts+`, s.theme_id as group_id, greatest(a.lo, lower(r)) as lo, least(a.hi, upper(r)) as hi
  from act a join served s on s.action_id = a.id cross join lateral unnest(s.places) r where greatest(a.lo, lower(r)) < least(a.hi, upper(r))`+ofActs+")",
			"thing as (select 'goal' as kind, go.id, go.theme_id as group_id, go.lo, go.hi from go union all select 'action', id, group_id, lo, hi from acts"+
				fmt.Sprintf(stages, "ch.theme_id", " where ch.theme_id is not null")+")")
	case matrix.BalanceByChain:
		// Which goals belong to a chain does not depend on the terms of their actions.
		with = append(with, chain, goal, "link as ("+s.versions(p, scope, "action_goal", "v.action_id, v.goal_id")+")",
			"pin as ("+s.versions(p, scope, "goal_stage", "v.goal_id, (select t.chain_id from public.stage t where t.id = v.stage_id) as chain_id")+
				"\nunion all "+s.versions(p, scope, "goal_handover", "v.goal_id, (select h.chain_id from public.handover h where h.id = v.handover_id)")+")",
			"placed as (select "+acts+`, ch.id as group_id, greatest(a.lo, ch.lo) as lo, least(a.hi, ch.hi) as hi
  from act a left join public.stage t on t.id = a.stage_id left join public.handover h on h.id = a.handover_id
  join ch on ch.id = coalesce(t.chain_id, h.chain_id) where greatest(a.lo, ch.lo) < least(a.hi, ch.hi))`,
			`belongs as (select goal_id, chain_id, range_agg(int4range(lo, hi)) as places
  from (select l.goal_id, a.group_id as chain_id, greatest(l.lo, a.lo) as lo, least(l.hi, a.hi) as hi from link l join placed a on a.id = l.action_id
        union all select k.goal_id, ch.id, greatest(k.lo, ch.lo), least(k.hi, ch.hi) from pin k join ch on ch.id = k.chain_id) x where lo < hi group by 1, 2)`,
			"acts as (select * from placed a where true"+ofActs+")",
			`thing as (select 'goal' as kind, go.id, b.chain_id as group_id, greatest(go.lo, lower(r)) as lo, least(go.hi, upper(r)) as hi
  from go join belongs b on b.goal_id = go.id cross join lateral unnest(b.places) r where greatest(go.lo, lower(r)) < least(go.hi, upper(r))
union all select 'action', id, group_id, lo, hi from acts`+fmt.Sprintf(stages, "ch.id", "")+")")
	default:
		with = append(with, "acts as (select "+acts+", null::uuid as group_id, a.lo, a.hi from act a where true"+ofActs+")")
		if !scope.Staff {
			with = append(with, chain, goal, "thing as (select 'goal' as kind, go.id, null::uuid as group_id, go.lo, go.hi from go union all select 'action', id, group_id, lo, hi from acts"+
				fmt.Sprintf(stages, "null::uuid", "")+")")
		}
	}
	late := fmt.Sprintf(`select a.lead_party_id as party_id, a.group_id, 'overdue' as what, false as unaccepted, a.lo, a.hi, count(*) as n
from (select lead_party_id, group_id, greatest(lo, %[1]s, %[2]s) as lo, least(hi, coalesce(%[3]s, %[4]d)) as hi from acts
      where lead_party_id is not null and status in ('not_started', 'in_progress') and late_on is not null) a
where a.lo < a.hi
group by 1, 2, 5, 6`, p.after("(lead_from - 1)"), p.after("late_on"), p.after("lead_to"), n)
	with = append(with, s.silences(p)...)
	const silent = `select x.party_id, x.group_id, 'stale', false, lower(r), upper(r), count(*)
from (select id, party_id, group_id, range_agg(int4range(lo, hi)) as places from silence where lo < hi group by 1, 2, 3) x cross join lateral unnest(x.places) r
group by 1, 2, 5, 6`

	// Parts, for the places at which they were written so, are valid, and their
	// thing is in the group.
	lo := fmt.Sprintf("greatest(%s, %s)", p.since("r.sys_from"), p.after("(r.valid_from - 1)"))
	hi := fmt.Sprintf("least(%s, coalesce(%s, %d))", p.since("r.sys_to"), p.after("r.valid_to"), n)
	group, join := "null::uuid", ""
	if by != matrix.BalanceByParty || !scope.Staff {
		group, join = "t.group_id", " join thing t on t.kind = r.subject_kind and t.id = r.subject_id"
		lo, hi = "greatest(t.lo, "+lo+")", "least(t.hi, "+hi+")"
	}
	parts := `select p.party_id, x.group_id, x.part, x.unaccepted, x.lo, x.hi, count(*) as n
from (select r.post_id, r.part, coalesce(r.standing <> 'in_force', false) as unaccepted, ` + group + " as group_id, " + lo + " as lo, " + hi + " as hi from responsibility_history r" + join + `
      where r.sys_to > ` + p.first + ` and r.subject_kind in ('goal', 'action', 'stage', 'handover') and (r.part in ('lead', 'shared') or r.standing <> 'in_force')` + ofParts + `) x
join public.post p on p.id = x.post_id
where x.lo < x.hi
group by 1, 2, 3, 4, 5, 6`
	counts, err := query[balanceCount](s.tx, "with "+strings.Join(with, ",\n")+"\n"+late+"\nunion all\n"+silent+"\nunion all\n"+parts, args...)
	if err != nil {
		return matrix.Balance{}, fmt.Errorf("count the balance: %w", err)
	}
	return s.balance(p, by, counts)
}

// silences are the tables of a query by which silence tells at which places an
// action in acts is running and a party has said nothing of its own for longer
// than the limit of its rhythm as it was then: Tx.silences for every day of the balance. A party that is silent
// with two posts may be there twice.
func (s *MatrixStore) silences(p balancePoints) []string {
	n := len(p.days)
	stale := func(date string) string { return p.after("(" + date + " + a.fresh_limit)") }
	const running = "('not_started', 'in_progress')"
	return []string{
		// Who is asked: the principal parties; of what none of them leads or shares, the lead's.
		fmt.Sprintf(`asked as (select * from (select r.subject_id as action_id, p.party_id, pa.principal, r.part, r.valid_from, greatest(%s, %s) as lo, least(%s, coalesce(%s, %d)) as hi
  from responsibility_history r join public.post p on p.id = r.post_id join public.party pa on pa.id = p.party_id
  where r.sys_to > %s and r.subject_kind = 'action' and r.part in ('lead', 'shared') and coalesce(r.standing, '') <> 'declined') k where k.lo < k.hi and (k.principal or k.part = 'lead'))`,
			p.since("r.sys_from"), p.after("(r.valid_from - 1)"), p.since("r.sys_to"), p.after("r.valid_to"), n, p.first),
		"bound as (select action_id, range_agg(int4range(lo, hi)) as places from asked where principal and action_id in (select action_id from asked where not principal) group by action_id)",
		fmt.Sprintf("said as (select v.action_id, v.party_id, v.status, v.confirmed_on, %[1]s as lo, %[2]s as hi from action_party_status_history v where v.sys_to > %[3]s and %[1]s < %[2]s)", p.since("v.sys_from"), p.since("v.sys_to"), p.first),
		"spoke as (select v.action_id, v.party_id, min(" + p.since("v.sys_from") + ") as lo from action_party_status_history v group by 1, 2)",
		fmt.Sprintf(`silence as (
  select a.id, k.party_id, a.group_id, greatest(a.lo, k.lo, s.lo, %[1]s) as lo, least(a.hi, k.hi, s.hi) as hi
  from asked k join said s on s.action_id = k.action_id and s.party_id = k.party_id join acts a on a.id = k.action_id
  where k.principal and a.status in %[5]s and s.status in %[5]s
  union all
  select a.id, k.party_id, a.group_id, greatest(a.lo, k.lo, %[2]s), least(a.hi, k.hi, coalesce(f.lo, %[4]d))
  from asked k join acts a on a.id = k.action_id left join spoke f on f.action_id = k.action_id and f.party_id = k.party_id
  where k.principal and a.status in %[5]s
  union all
  select a.id, k.party_id, a.group_id, greatest(a.lo, lower(r), %[3]s), least(a.hi, upper(r))
  from asked k join acts a on a.id = k.action_id left join bound b on b.action_id = k.action_id
  cross join lateral unnest(int4multirange(int4range(k.lo, k.hi)) - coalesce(b.places, '{}')) r
  where not k.principal and a.status in %[5]s)`,
			stale("s.confirmed_on"), stale("greatest(k.valid_from, a.made_on)"), stale("greatest(k.valid_from, coalesce(a.confirmed_on, a.made_on))"), n, running),
	}
}

// balanceCount says that N things hold at the places from Lo up to before Hi.
type balanceCount struct {
	PartyID    domain.PartyID
	GroupID    domain.AnyID
	What       string // a part, overdue or stale
	Unaccepted bool   // of parts
	Lo, Hi     int
	N          int
}

// add adds what holds at a place.
func (c balanceCount) add(f *matrix.Figures) {
	switch c.What {
	case string(domain.Lead):
		f.Leads += c.N
	case string(domain.Shared):
		f.Shared += c.N
	case "overdue":
		f.Overdue += c.N
	case "stale":
		f.Stale += c.N
	}
	if c.Unaccepted {
		f.Unaccepted += c.N
	}
}

// balance adds the counts up, in the order of groups and parties.
func (s *MatrixStore) balance(p balancePoints, by matrix.By, counts []balanceCount) (matrix.Balance, error) {
	b := matrix.Balance{Days: p.days}
	parties, err := query[struct {
		ID        domain.PartyID
		Principal bool
	}](s.tx, "select id, principal from party order by not principal, position")
	if err != nil {
		return b, fmt.Errorf("load the parties: %w", err)
	}
	groups := []matrix.Group{{}}
	if by != matrix.BalanceByParty {
		table := map[matrix.By]string{matrix.BalanceByTheme: "theme", matrix.BalanceByChain: "chain"}[by]
		rows, err := query[struct {
			ID      domain.AnyID
			TitleFi string
			TitleSv string
			TitleEn string
		}](s.tx, "select id, title_fi, title_sv, title_en from "+table+" order by position, id")
		if err != nil {
			return b, fmt.Errorf("load the groups: %w", err)
		}
		groups = nil
		for _, r := range rows {
			groups = append(groups, matrix.Group{ID: r.ID, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}})
		}
	}
	type key struct {
		group domain.AnyID
		party domain.PartyID
	}
	of := map[key][]matrix.Figures{}
	seen := map[domain.AnyID]bool{}
	for _, c := range counts {
		k := key{c.GroupID, c.PartyID}
		seen[c.GroupID] = true
		if of[k] == nil {
			of[k] = make([]matrix.Figures, len(p.days))
		}
		for i := c.Lo; i < c.Hi; i++ {
			c.add(&of[k][i])
		}
	}
	groups = slices.DeleteFunc(groups, func(g matrix.Group) bool { return !g.ID.IsZero() && !seen[g.ID] })
	for _, g := range groups {
		for _, party := range parties {
			f := of[key{g.ID, party.ID}]
			if f == nil && party.Principal {
				f = make([]matrix.Figures, len(p.days))
			}
			if f != nil {
				b.Rows = append(b.Rows, matrix.BalanceRow{Group: g, PartyID: party.ID, Figures: f})
			}
		}
	}
	return b, nil
}
