package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"

	"yhdyspinta/api"
	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// floorSQL reads all that a page of actions shows in one statement; {public} is
// the scope, as the product has it.
const floorSQL = `
select a.id, a.no, a.title_fi, a.title_sv, a.title_en, a.starts_on, a.starts_precision, a.due_on, a.due_precision,
       a.due::text, a.status, a.progress, a.confirmed_on, a.fresh_target, a.fresh_limit, a.statuses_differ, a.visibility, a.version, a.updated_at,
       exists (select 1 from post p join holding h on h.post_id = p.id where p.id = a.lead_post_id and (p.valid_to is null or p.valid_to >= $3)
                 and h.valid_from <= $3 and (h.valid_to is null or h.valid_to >= $3)),
       st.id, st.party_id, st.position, st.title_fi, st.title_sv, st.title_en, ch.id, ch.title_fi, ch.title_sv, ch.title_en,
       fo.id, fo.key, fo.title_fi, fo.title_sv, fo.title_en,
       r.posts, r.parties, r.units, r.parts, r.standings, r.principals, r.titles, r.wordings, g.ids, g.nos, g.titles, g.themes,
       t.id, t.kind, t.title_fi, t.title_sv, t.title_en, t.due_on, t.due_precision, t.open, coalesce(t.total, 0), coalesce(t.done, 0), coalesce(t.late, 0)
from (select a.*, coalesce(a.due_last_on, 'infinity'::date) as due from action a
      where a.status = $1 and a.lead_party_id = $2 {public a}
      order by coalesce(a.due_last_on, 'infinity'::date), a.id limit 51) a
left join (stage st join chain ch on ch.id = st.chain_id {public ch}) on st.id = a.stage_id
left join forum fo on fo.id = a.forum_id {public fo}
left join lateral (
    select array_agg(x.post_id) as posts, array_agg(x.party_id) as parties, array_agg(x.unit_id) as units, array_agg(x.part) as parts, array_agg(x.standing) as standings, array_agg(x.principal) as principals,
           array_agg(array [x.title_fi, x.title_sv, x.title_en]) as titles, array_agg(array [x.wording_fi, x.wording_sv, x.wording_en]) as wordings
    from (select r.post_id, p.party_id, r.part, r.standing, p.title_fi, p.title_sv, p.title_en, r.wording_fi, r.wording_sv, r.wording_en, p.unit_id, pa.principal
          from responsibility r join post p on p.id = r.post_id join party pa on pa.id = p.party_id
          where r.subject_kind = 'action' and r.subject_id = a.id and r.valid_from <= $3 and (r.valid_to is null or r.valid_to >= $3)
          order by array_position(array ['lead', 'shared', 'support', 'informed'], r.part), pa.position, p.title_fi) x) r on true
left join lateral (
    select array_agg(x.id) as ids, array_agg(x.no) as nos, array_agg(array [x.title_fi, x.title_sv, x.title_en]) as titles, array_agg(x.theme_id) as themes
    from (select g.id, g.no, g.title_fi, g.title_sv, g.title_en, g.theme_id
          from action_goal l join goal g on g.id = l.goal_id {public g}
          where l.action_id = a.id order by g.no) x) g on true
left join lateral (
    select t.id, t.kind, t.title_fi, t.title_sv, t.title_en, t.due_on, t.due_precision, t.done_on is null as open, count(*) over () as total, count(t.done_on) over () as done,
           count(*) filter (where t.done_on is null and t.due_last_on < $3) over () as late
    from action_task t where t.action_id = a.id and t.withdrawn_on is null
    order by t.done_on is not null, t.due_last_on, t.kind, t.created_at, t.id limit 1) t on true
order by a.due, a.id`

// startFloor serves the page from a bare echo handler: one query by pgx, the
// rules of the domain, the same JSON. It is what the product's list is compared
// with.
func startFloor(ctx context.Context, base database, clock domain.Clock, staff domain.Actor) (*floor, error) {
	cfg, err := pgxpool.ParseConfig(base.app)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = clients
	cfg.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan" // one query, always the same: plan it once
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	f := &floor{pool: pool, clock: clock, staff: staff}
	e := echo.New()
	e.GET("/api/v1/actions", f.list)
	if f.site, err = startSite(ctx, e); err != nil {
		pool.Close()
		return nil, err
	}
	return f, nil
}

type floor struct {
	site
	pool  *pgxpool.Pool
	clock domain.Clock
	staff domain.Actor
}

func (f *floor) close() {
	f.site.close()
	f.pool.Close()
}

var (
	staffSQL  = scoped("")
	publicSQL = scoped(" and $.visibility = 'public'")
)

func scoped(cond string) string {
	s := floorSQL
	for _, alias := range []string{"a", "ch", "fo", "g"} {
		s = strings.ReplaceAll(s, "{public "+alias+"}", strings.ReplaceAll(cond, "$", alias))
	}
	return s
}

func (f *floor) list(c echo.Context) error {
	actor, sql := domain.Actor{}, publicSQL
	if c.Request().Header.Get(staffHeader) != "" {
		actor, sql = f.staff, staffSQL
	}
	day := f.clock.Today()
	rows, err := f.pool.Query(c.Request().Context(), sql, c.QueryParam("status"), c.QueryParam("partyId"), day.String())
	if err != nil {
		return err
	}
	var keys [][]string
	page, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (api.ActionSummary, error) {
		var r floorRow
		if err := r.scan(row); err != nil {
			return api.ActionSummary{}, err
		}
		keys = append(keys, []string{*r.due, r.a.ID.String()})
		return r.summary(actor, day), nil
	})
	if err != nil {
		return err
	}
	answer := api.List[api.ActionSummary]{Items: page}
	if len(page) > 50 {
		answer.Items = page[:50]
		cursor, err := json.Marshal(struct {
			Sort string   `json:"s"`
			Keys []string `json:"k"`
		}{"dueOn", keys[49]})
		if err != nil {
			return err
		}
		answer.NextCursor = base64.RawURLEncoding.EncodeToString(cursor)
	}
	return c.JSON(http.StatusOK, answer)
}

// uuid is an id as pgx reads it without a detour.
type uuid = [16]byte

// text is a text of an outer join, as pgx reads it.
type text [3]*string

func (t text) value() domain.Text { return domain.Text{FI: *t[0], SV: *t[1], EN: *t[2]} }

// floorRow is a row of floorSQL. The texts of lists stand three in a row.
type floorRow struct {
	a                            action.Action
	due                          *string
	stage, stageParty            *uuid
	chain, forum                 *uuid
	position                     *int
	stageTitle, chainTitle       text
	forumKey                     *string
	forumTitle                   text
	posts, parties, units        []uuid
	parts                        []domain.Part
	standings                    []domain.Standing
	principals                   []bool
	titles, wordings, goalTitles []string
	goals, themes                []uuid
	goalNos                      []int
	task                         *uuid // the open task that is due first, else one that is done
	taskKind                     *action.TaskKind
	taskTitle                    text
	taskDue                      domain.Date
	taskPrecision                *domain.Precision
	taskOpen                     *bool
}

func (r *floorRow) scan(row pgx.CollectableRow) error {
	a := &r.a
	return row.Scan((*uuid)(&a.ID.UUID), &a.No, &a.Title.FI, &a.Title.SV, &a.Title.EN, &a.StartsOn, &a.StartsPrecision, &a.DueOn, &a.DuePrecision,
		&r.due, &a.Status, &a.Progress, &a.ConfirmedOn, &a.ByPlans.Target, &a.ByPlans.Limit, &a.StatusesDiffer, &a.Visibility, &a.Version, &a.UpdatedAt, &a.LeadHeld,
		&r.stage, &r.stageParty, &r.position, &r.stageTitle[0], &r.stageTitle[1], &r.stageTitle[2], &r.chain, &r.chainTitle[0], &r.chainTitle[1], &r.chainTitle[2],
		&r.forum, &r.forumKey, &r.forumTitle[0], &r.forumTitle[1], &r.forumTitle[2],
		&r.posts, &r.parties, &r.units, &r.parts, &r.standings, &r.principals, &r.titles, &r.wordings, &r.goals, &r.goalNos, &r.goalTitles, &r.themes,
		&r.task, &r.taskKind, &r.taskTitle[0], &r.taskTitle[1], &r.taskTitle[2], &r.taskDue, &r.taskPrecision, &r.taskOpen, &a.Tasks.Total, &a.Tasks.Done, &a.Tasks.Late)
}

// summary is the row as the product shows it.
func (r *floorRow) summary(actor domain.Actor, day domain.Date) api.ActionSummary {
	three := func(texts []string, i int) domain.Text {
		return domain.Text{FI: texts[3*i], SV: texts[3*i+1], EN: texts[3*i+2]}
	}
	a := r.a
	out := api.ActionSummary{ID: a.ID, No: a.No, Title: a.Title, Goals: make([]api.ActionGoal, len(r.goals)), Others: []api.Responsibility{},
		StartsOn: a.StartsOn, StartsPrecision: a.StartsPrecision, DueOn: a.DueOn, DuePrecision: a.DuePrecision, Status: a.Status, Progress: a.Progress,
		ConfirmedOn: a.ConfirmedOn, StatusesDiffer: a.StatusesDiffer, DaysSinceConfirmed: a.DaysSinceConfirmed(day), Freshness: api.Freshness(a.Freshness()), Visibility: a.Visibility, Version: a.Version, UpdatedAt: a.UpdatedAt.UTC(),
		ForwardedTo: []api.ActionRef{}, ReasonStatuses: []action.Status{}}
	for i := range r.goals {
		out.Goals[i] = api.ActionGoal{ID: domain.GoalID{UUID: r.goals[i]}, No: r.goalNos[i], Title: three(r.goalTitles, i), ThemeID: domain.ThemeID{UUID: r.themes[i]}}
	}
	a.Responsibilities = make([]domain.Responsible, len(r.posts))
	for i := range r.posts {
		post := api.PostRef{ID: domain.PostID{UUID: r.posts[i]}, Title: three(r.titles, i), PartyID: domain.PartyID{UUID: r.parties[i]}}
		a.Responsibilities[i] = domain.Responsible{PostID: post.ID, Part: r.parts[i], PartyID: post.PartyID, UnitID: domain.UnitID{UUID: r.units[i]},
			Standing: r.standings[i], Principal: r.principals[i]}
		if r.parts[i] == domain.Lead {
			out.Lead, out.LeadStanding = &post, r.standings[i]
		} else {
			out.Others = append(out.Others, api.Responsibility{Post: post, Part: r.parts[i], Wording: three(r.wordings, i), Standing: r.standings[i]})
		}
	}
	if r.chain != nil {
		out.Stage = &api.StageRef{ID: domain.StageID{UUID: *r.stage}, ChainID: domain.ChainID{UUID: *r.chain}, ChainTitle: r.chainTitle.value(), PartyID: domain.PartyID{UUID: *r.stageParty}, Title: r.stageTitle.value(), Position: *r.position}
	}
	if r.forum != nil {
		out.Forum = &api.ForumRef{ID: domain.ForumID{UUID: *r.forum}, Key: *r.forumKey, Title: r.forumTitle.value()}
	}
	out.TaskFigures = api.TaskFigures{Total: a.Tasks.Total, Done: a.Tasks.Done, Late: a.Tasks.Late}
	if r.taskOpen != nil && *r.taskOpen {
		t := action.Task{ID: domain.TaskID{UUID: *r.task}, Kind: *r.taskKind, Title: r.taskTitle.value(), DueOn: r.taskDue, DuePrecision: *r.taskPrecision}
		a.Tasks.Next = t
		out.TaskFigures.Next = &api.TaskRef{ID: t.ID, Kind: t.Kind, Title: t.Title, DueOn: t.DueOn, DuePrecision: t.DuePrecision}
	}
	c := a.Condition(day)
	x := c.Explanation
	summary, detail := api.InWords(x)
	out.Condition = api.Condition{Value: c.Value, Flags: []string{}, Explanation: api.ConditionExplanation{Summary: summary, Detail: detail, Code: x.Code, Days: x.Days, Limit: x.Limit, On: x.On.String(), Precision: x.Precision}}
	if x.Task != nil {
		out.Condition.Explanation.Task = out.TaskFigures.Next
	}
	if c.Unowned {
		out.Condition.Flags = append(out.Condition.Flags, "unowned")
	}
	if out.Permissions = a.Allowed(actor); len(out.Permissions) > 0 {
		out.ReasonStatuses = append(out.ReasonStatuses, a.ReasonStatuses(actor.PartyID, day)...)
	}
	return out
}
