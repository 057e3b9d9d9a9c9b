package storage

import (
	"fmt"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/radar"
)

// RadarStore reads what nobody really answers for.
type RadarStore struct{ tx Tx }

// NewRadarStore binds the store to a transaction.
func NewRadarStore(tx Tx) *RadarStore { return &RadarStore{tx} }

type radarRow struct {
	ID           domain.AnyID
	PartyID      domain.PartyID
	Since        domain.Date
	PostID       domain.PostID
	PostParty    domain.PartyID
	PostFi       string
	PostSv       string
	PostEn       string
	PostStanding domain.Standing
	Kind         domain.SubjectKind
	SubjectID    domain.AnyID
	No           int
	TitleFi      string
	TitleSv      string
	TitleEn      string
	ChainID      domain.ChainID
	NeverHeld    bool
	Deputies     int
	NextOn       domain.Date
}

func (r radarRow) item(reason radar.Reason) radar.Item {
	i := radar.Item{Reason: reason, PartyID: r.PartyID, Since: r.Since, NeverHeld: r.NeverHeld, Deputies: r.Deputies, NextOn: r.NextOn}
	if !r.PostID.IsZero() {
		i.Post = &radar.Post{ID: r.PostID, PartyID: r.PostParty, Title: domain.Text{FI: r.PostFi, SV: r.PostSv, EN: r.PostEn}, Standing: r.PostStanding}
	}
	if r.Kind != "" {
		i.Thing = &radar.Thing{Kind: r.Kind, ID: r.SubjectID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, ChainID: r.ChainID}
	}
	return i
}

// The columns that every reason's rows have, in groups that a reason fills or
// leaves empty.
const (
	radarPost    = "p.id as post_id, p.party_id as post_party, p.title_fi as post_fi, p.title_sv as post_sv, p.title_en as post_en"
	radarNoPost  = "null::uuid as post_id, null::uuid as post_party, null::text as post_fi, null::text as post_sv, null::text as post_en, '' as post_standing"
	radarAction  = "'action' as kind, a.id as subject_id, a.no, a.title_fi, a.title_sv, a.title_en, null::uuid as chain_id"
	radarNoThing = "null::text as kind, null::uuid as subject_id, null::integer as no, null::text as title_fi, null::text as title_sv, null::text as title_en, null::uuid as chain_id"
	radarNoHold  = "false as never_held, 0 as deputies, null::date as next_on"
)

// rows is the query of everything on the radar for a reason; it has no
// arguments.
func (s *RadarStore) rows(scope domain.Scope, reason radar.Reason) string {
	switch reason {
	case radar.Left, radar.Vacant:
		return s.posts(scope, reason)
	case radar.NeverUpdated, radar.NotUpdated:
		return s.silent(scope, reason)
	case radar.NoLead:
		return s.noLead(scope, false) + "\nunion all\n" + s.goals(scope) + "\nunion all\n" + s.stages(scope)
	case radar.UnitOnly:
		return s.noLead(scope, true)
	default:
		return s.unaccepted(scope)
	}
}

func (s *RadarStore) day() string { return "date '" + s.tx.day.String() + "'" }

// on is the condition that what alias names is valid on the day shown.
func (s *RadarStore) on(alias string) string {
	return alias + ".valid_from <= " + s.day() + " and (" + alias + ".valid_to is null or " + alias + ".valid_to >= " + s.day() + ")"
}

func (s *RadarStore) posts(scope domain.Scope, reason radar.Reason) string {
	day := s.day()
	holding := func(conds string) string {
		return "exists (select 1 from holding h where h.post_id = p.id and " + conds + ")"
	}
	ended := "h.valid_to >= h.valid_from and h.valid_to < " + day
	var w where
	var since string
	if reason == radar.Vacant {
		since = "coalesce((select max(h.valid_to) + 1 from holding h where h.post_id = p.id and " + ended + "), p.valid_from)"
		w.add(s.on("p"))
		w.add("not " + holding(s.on("h")))
	} else {
		since = "least((select max(h.valid_to) + 1 from holding h where h.post_id = p.id and h.kind = 'holder' and " + ended + "), case when p.valid_to < " + day + " then p.valid_to + 1 end)"
		w.add("p.valid_from <= " + day)
		w.add("(p.valid_to < " + day + " or " + holding("h.kind = 'holder' and "+ended) + " and not " + holding("h.kind = 'holder' and "+s.on("h")) + ")")
		w.add(s.tx.ownsAnything(scope, "p.id"))
	}
	return `select p.id, p.party_id, ` + since + ` as since, ` + radarPost + `, '' as post_standing, ` + radarNoThing + `,
       not ` + holding("h.valid_from <= "+day+" and (h.valid_to is null or h.valid_to >= h.valid_from)") + ` as never_held,
       (select count(*)::integer from holding h where h.post_id = p.id and h.kind = 'deputy' and ` + s.on("h") + ` and (p.valid_to is null or p.valid_to >= ` + day + `)) as deputies,
       (select min(h.valid_from) from holding h where h.post_id = p.id and h.kind = 'holder' and h.valid_from > ` + day + ` and (h.valid_to is null or h.valid_to >= h.valid_from)) as next_on
from post p` + w.sql()
}

// silences is the subquery of the parties that have said nothing of a running
// action a for longer than the limit of its rhythm, once for each action and party: the
// action, the party, which of its posts p answers, leading before sharing, and
// since when. It is the rule of Action.Word. More conditions may be on a and p.
func (tx Tx) silences(more where) string {
	day := "date '" + tx.day.String() + "'"
	limit := "(" + day + " - a.fresh_limit)"
	asked := func(r string) string {
		return r + ".subject_kind = 'action' and " + r + ".subject_id = a.id and " + r + ".standing <> 'declined' and " + r + ".valid_from <= " + day + " and (" + r + ".valid_to is null or " + r + ".valid_to >= " + day + ")"
	}
	const made = "(a.created_at at time zone 'Europe/Helsinki')::date"
	w := where{args: more.args}
	w.add("a.status in ('not_started', 'in_progress') and (said.id is null or said.status in ('not_started', 'in_progress'))")
	w.add("case when said.id is not null then said.confirmed_on < " + limit + " else r.valid_from < " + limit + " and case when pa.principal then " + made + " else coalesce(a.confirmed_on, " + made + ") end < " + limit + " end")
	w.add("(pa.principal or r.part = 'lead' and not exists (select 1 from responsibility o join post op on op.id = o.post_id join party opa on opa.id = op.party_id" +
		" where " + asked("o") + " and o.part in ('lead', 'shared') and opa.principal))")
	w.conds = append(w.conds, more.conds...)
	return `select distinct on (r.subject_id, p.party_id) r.id, r.subject_id as action_id, p.party_id, r.post_id, r.standing,
       coalesce(said.confirmed_on, greatest(r.valid_from, case when pa.principal then ` + made + ` else coalesce(a.confirmed_on, ` + made + `) end)) as since
from action a join responsibility r on r.part in ('lead', 'shared') and ` + asked("r") + `
join post p on p.id = r.post_id join party pa on pa.id = p.party_id
left join action_party_status said on said.action_id = a.id and said.party_id = p.party_id and pa.principal` + w.sql() + `
order by r.subject_id, p.party_id, r.part <> 'lead', r.valid_from, r.id`
}

// reported is whether the post of silence x has ever reported on its action, and
// not taken it back.
const reported = "exists (select 1 from status_report sr where sr.action_id = x.action_id and sr.post_id = x.post_id and " + standingReport + ")"

// silent are the actions and parties that are silent, by whether the post that
// answers ever reported.
func (s *RadarStore) silent(scope domain.Scope, reason radar.Reason) string {
	var w where
	s.tx.visible(&w, scope, "a", "action")
	cond := reported
	if reason == radar.NeverUpdated {
		cond = "not " + reported
	}
	return `select x.id, x.party_id, x.since, ` + radarPost + `, x.standing as post_standing, ` + radarAction + `, ` + radarNoHold + `
from (` + s.tx.silences(w) + `) x join action a on a.id = x.action_id join post p on p.id = x.post_id where ` + cond
}

// noLead are the open actions that no post leads: with a stage, a forum or other
// posts, or with nothing at all. A stage says whose it would be.
func (s *RadarStore) noLead(scope domain.Scope, unitOnly bool) string {
	var w, stage, forum where
	stage.add("st.id = a.stage_id")
	s.tx.visible(&stage, scope, "ch", "chain")
	forum.add("fo.id = a.forum_id")
	s.tx.visible(&forum, scope, "fo", "forum")
	w.add(s.tx.noLead("a") + " and a.status in ('not_started', 'in_progress', 'paused')")
	s.tx.visible(&w, scope, "a", "action")
	named := "(x.party_id is not null or exists (select 1 from forum fo" + forum.sql() + `)
  or exists (select 1 from responsibility o where o.subject_kind = 'action' and o.subject_id = a.id and ` + s.on("o") + "))"
	if !unitOnly {
		named = "not " + named
	}
	w.add(named)
	return `select a.id, x.party_id, greatest((a.created_at at time zone 'Europe/Helsinki')::date,
         (select max(l.valid_to) + 1 from responsibility l
          where l.subject_kind = 'action' and l.subject_id = a.id and l.part = 'lead' and l.valid_to < ` + s.day() + `)) as since,
       ` + radarNoPost + `, ` + radarAction + `, ` + radarNoHold + `
from action a left join lateral (select st.party_id from stage st join chain ch on ch.id = st.chain_id` + stage.sql() + `) x on true` + w.sql()
}

// goals are those of the plans of the day without a lead post of a principal
// party, once for each such party.
func (s *RadarStore) goals(scope domain.Scope) string {
	var w where
	w.add("pa.principal and pl.ends_on >= " + s.day())
	w.add(`not exists (select 1 from responsibility r join post p on p.id = r.post_id
where r.subject_kind = 'goal' and r.subject_id = g.id and r.part = 'lead' and p.party_id = pa.id and ` + s.on("r") + ")")
	s.tx.visible(&w, scope, "g", "goal")
	w.add("g.ended_on is null")
	return `select md5(g.id::text || pa.id::text)::uuid, pa.id, greatest((g.created_at at time zone 'Europe/Helsinki')::date,
         (select max(l.valid_to) + 1 from responsibility l join post p on p.id = l.post_id
          where l.subject_kind = 'goal' and l.subject_id = g.id and l.part = 'lead' and p.party_id = pa.id and l.valid_to < ` + s.day() + `)),
       ` + radarNoPost + `, 'goal', g.id, g.no, g.title_fi, g.title_sv, g.title_en, null::uuid, ` + radarNoHold + `
from goal g join plan pl on pl.id = g.plan_id cross join party pa` + w.sql()
}

// stages are those that no post leads and no hand-over leads to: where a chain
// begins. Of the others the list of gaps tells (no_receiver).
func (s *RadarStore) stages(scope domain.Scope) string {
	var w where
	w.add(s.on("st"))
	w.add("not exists (select 1 from responsibility r where r.subject_kind = 'stage' and r.subject_id = st.id and r.part = 'lead' and " + s.on("r") + ")")
	w.add("not exists (select 1 from handover h where h.to_stage_id = st.id and " + s.on("h") + ")")
	s.tx.visible(&w, scope, "ch", "chain")
	return `select st.id, st.party_id, greatest(st.valid_from,
         (select max(l.valid_to) + 1 from responsibility l
          where l.subject_kind = 'stage' and l.subject_id = st.id and l.part = 'lead' and l.valid_to < ` + s.day() + `)),
       ` + radarNoPost + `, 'stage', st.id, null::integer, st.title_fi, st.title_sv, st.title_en, ch.id, ` + radarNoHold + `
from stage st join chain ch on ch.id = st.chain_id` + w.sql()
}

// unaccepted are the leads of open things of which nothing is in force, since
// they were proposed.
func (s *RadarStore) unaccepted(scope domain.Scope) string {
	var w where
	w.add("r.standing in ('proposed', 'declined') and r.part = 'lead' and (r.valid_to is null or r.valid_to >= " + s.day() + ")")
	w.add("(sa.id is null or sa.status in ('not_started', 'in_progress', 'paused'))")
	s.tx.subjectListed(&w, scope)
	return `select r.id, p.party_id, (ag.proposed_at at time zone 'Europe/Helsinki')::date as since, ` + radarPost + `, r.standing as post_standing, r.subject_kind as kind, r.subject_id,
       coalesce(sg.no, sa.no) as no,
       coalesce(sg.title_fi, sa.title_fi, sh.what_fi, ss.title_fi, sf.title_fi, sc.title_fi) as title_fi,
       coalesce(sg.title_sv, sa.title_sv, sh.what_sv, ss.title_sv, sf.title_sv, sc.title_sv) as title_sv,
       coalesce(sg.title_en, sa.title_en, sh.what_en, ss.title_en, sf.title_en, sc.title_en) as title_en,
       sc.id as chain_id, ` + radarNoHold + `
from responsibility r join post p on p.id = r.post_id
join agreement ag on ag.subject_kind = 'responsibility' and ag.subject_id = r.id and ag.state in ('open', 'declined')` + subjectJoins + w.sql()
}

// terms adds the filter by terms on rows x: on their thing, or on anything in
// which their post has a part.
func (s *RadarStore) terms(w *where, scope domain.Scope, f domain.TermFilter) {
	if f.IsZero() {
		return
	}
	sorted, args := s.tx.sorted(scope, f)
	w.add(`case when x.kind is null then x.post_id in (select r.post_id from responsibility r where `+s.on("r")+` and (r.subject_kind, r.subject_id) in (`+sorted+`))
  else (x.kind, x.subject_id) in (`+sorted+") end", append(args, args...)...)
}

// Counts implements radar.Store.
func (s *RadarStore) Counts(scope domain.Scope, f domain.TermFilter) ([]radar.Count, error) {
	f, err := s.tx.followTerms(f)
	if err != nil {
		return nil, err
	}
	var w where
	s.terms(&w, scope, f)
	var silent where
	s.tx.visible(&silent, scope, "a", "action")
	s.tx.actionTerms(&silent, scope, f)
	args := silent.args
	parts := []string{"select case when " + reported + " then '" + string(radar.NotUpdated) + "' else '" + string(radar.NeverUpdated) +
		"' end as reason, x.party_id, count(*) as count from (" + s.tx.silences(silent) + ") x group by 1, 2"} // both in one pass
	for _, reason := range radar.Reasons {
		if reason != radar.NeverUpdated && reason != radar.NotUpdated {
			parts = append(parts, "select '"+string(reason)+"', x.party_id, count(*) from ("+s.rows(scope, reason)+") x"+w.sql()+" group by x.party_id")
			args = append(args, w.args...)
		}
	}
	rows, err := query[radar.Count](s.tx, strings.Join(parts, "\nunion all\n"), args...)
	if err != nil {
		return nil, fmt.Errorf("count what is on the radar: %w", err)
	}
	return rows, nil
}

var radarOrdering = ordering{
	keys:     map[string]sortKey{"since": {"x.since", "date"}},
	standard: "since",
	id:       "x.id",
}

// List implements radar.Store.
func (s *RadarStore) List(scope domain.Scope, f radar.Filter, req domain.PageRequest) (domain.Page[radar.Item], error) {
	terms, err := s.tx.followTerms(f.Terms)
	if err != nil {
		return domain.Page[radar.Item]{}, err
	}
	var w where
	in(&w, "x.party_id", f.Party)
	s.terms(&w, scope, terms)
	rows, err := list[radarRow](s.tx, radarOrdering, req, "select x.*", " from ("+s.rows(scope, f.Reason)+") x", w)
	if err != nil {
		return domain.Page[radar.Item]{}, fmt.Errorf("list what is on the radar: %w", err)
	}
	items := make([]radar.Item, len(rows.Items))
	var posts []domain.PostID
	for i, r := range rows.Items {
		items[i] = r.item(f.Reason)
		if items[i].Thing == nil {
			posts = append(posts, r.PostID)
		}
	}
	owned, err := s.tx.ownedCounts(scope, posts)
	if err != nil {
		return domain.Page[radar.Item]{}, err
	}
	for i, r := range rows.Items {
		n := owned[r.PostID]
		if items[i].Thing == nil && n != nil {
			items[i].Owns = radar.Owns{Goals: n[domain.SubjectGoal], Actions: n[domain.SubjectAction], Chains: n[domain.SubjectChain],
				Stages: n[domain.SubjectStage], Handovers: n[domain.SubjectHandover], Forums: n[domain.SubjectForum]}
		}
	}
	return pageOf(rows, items), nil
}
