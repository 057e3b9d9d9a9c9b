package storage

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/domain"
	"yhdyspinta/domain/audit"
)

type entryRow struct {
	ID             int64
	At             time.Time
	Origin         domain.Origin
	RequestID      string
	PersonID       *domain.PersonID
	PostID         *domain.PostID
	PartyID        *domain.PartyID
	TokenID        *domain.APITokenID
	TokenName      string
	Permission     domain.Permission
	SubjectKind    domain.SubjectKind
	SubjectID      domain.AnyID
	SubjectVersion int
	ParentKind     domain.SubjectKind
	ParentID       *domain.AnyID
	Reason         string
	Changes        string // JSON; "" if erased
	PostTitleFi    string
	PostTitleSv    string
	PostTitleEn    string
	NewShown       bool // the reader could see the version after the change
	OldShown       bool // and the one before it
	ReportShown    bool // and the words of a status report
}

// AuditStore reads the audit log.
type AuditStore struct{ tx Tx }

// NewAuditStore binds the store to a transaction.
func NewAuditStore(tx Tx) *AuditStore { return &AuditStore{tx} }

const entrySelect = `
select e.id, e.at, e.origin, e.request_id, e.person_id, e.post_id, e.party_id, e.program_id as token_id, coalesce(k.name, '') as token_name, e.permission, e.subject_kind, e.subject_id,
       e.subject_version, e.parent_kind, e.parent_id, e.reason, coalesce(v.changes::text, '') as changes,
       coalesce(p.title_fi, '') as post_title_fi, coalesce(p.title_sv, '') as post_title_sv, coalesce(p.title_en, '') as post_title_en, `

const entryFrom = `
from audit_entry e
left join audit_value v on v.entry_id = e.id
left join post p on p.id = e.post_id
left join api_token k on k.id = e.program_id`

// versionPublic tells whether version n of the entry's goal or action was
// public in all of its states.
const versionPublic = `coalesce(case e.subject_kind
  when 'goal' then (select bool_and(h.visibility = 'public') from goal_history h where h.id = e.subject_id and h.version = %[1]s)
  when 'action' then (select bool_and(h.visibility = 'public') from action_history h where h.id = e.subject_id and h.version = %[1]s)
  end, false)`

// reportPublic tells whether the text and the reason of the status report that
// the entry is about may be read by everybody; true if it is about none.
const reportPublic = `not exists (select 1 from status_report r where e.permission = 'action.report'
  and r.action_id = e.subject_id and r.reported_at = e.at and not r.public)`

// contentKinds are the subjects whose entries all staff may read; those of
// meetings depend on the meeting.
var (
	contentKinds = []domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectStatusReport, domain.SubjectTask, domain.SubjectDependency, domain.SubjectResponsibility, domain.SubjectAgreementComment, domain.SubjectReservation,
		domain.SubjectChain, domain.SubjectStage, domain.SubjectHandover, domain.SubjectForum, domain.SubjectMembership, domain.SubjectPlan, domain.SubjectTheme,
		domain.SubjectTargetGroup, domain.SubjectDistrict, domain.SubjectTag, domain.SubjectPhase, domain.SubjectLegalBasis, domain.SubjectDraft, domain.SubjectDraftComment,
		domain.SubjectTemplate, domain.SubjectTopic, domain.SubjectPlanEvent, domain.SubjectPlanRevision, domain.SubjectRound, domain.SubjectRoundReport, domain.SubjectImport}
	paperKinds = []domain.SubjectKind{domain.SubjectAgendaItem, domain.SubjectOutcome, domain.SubjectApproval, domain.SubjectDissent, domain.SubjectReferral, domain.SubjectTransfer,
		domain.SubjectAttachment,
		domain.SubjectPaperComment, domain.SubjectPaperReturn, domain.SubjectAmendment}
	// insideKinds are about papers on their way: only who reads those then.
	insideKinds = []domain.SubjectKind{domain.SubjectPaperComment, domain.SubjectPaperReturn, domain.SubjectAmendment}
)

// entryScope adds what the scope may see of the log, and returns the columns
// that say whose values it may see.
func (s *AuditStore) entryScope(w *where, scope domain.Scope) string {
	const all = "true as new_shown, true as old_shown, true as report_shown"
	switch {
	case scope.Audit:
		return all
	case scope.Staff:
		meeting, args := s.meetingEntries(scope)
		w.add("(e.subject_kind in ? or "+meeting+")", append([]any{contentKinds}, args...)...)
		return all
	default:
		w.add("e.subject_kind in ('goal', 'action')")
		return fmt.Sprintf(versionPublic, "e.subject_version") + " as new_shown, " +
			"e.subject_version <= 1 or " + fmt.Sprintf(versionPublic, "e.subject_version - 1") + " as old_shown, " + reportPublic + " as report_shown"
	}
}

// meetingEntries is the condition that an entry is about a meeting that the
// scope covers, in a state that it covered then: what others wrote into papers
// before they were handed out is not shown, only what came after.
func (s *AuditStore) meetingEntries(scope domain.Scope) (string, []any) {
	var ways []string
	var args []any
	way := func(cond string, more ...any) { ways, args = append(ways, cond), append(args, more...) }
	if scope.AllMeetings {
		way("true")
	}
	if len(scope.OwnForums) > 0 {
		way("m.forum_id in ?", scope.OwnForums)
	}
	if len(scope.MemberForums) > 0 {
		way("(m.forum_id in ? and e.at >= m.called_at)", scope.MemberForums)
	}
	if !scope.Post.IsZero() {
		way("(e.at >= m.called_at and ("+askedSQL+" or "+standsInSQL+"))", scope.Post, scope.Post)
	}
	way("(e.subject_kind = 'meeting' and e.at >= m.called_at)")
	way("(e.at >= m.published_at and e.subject_kind not in ?)", insideKinds)
	return `(e.subject_kind in ? and exists (
	select 1 from meeting m
	where m.id = case when e.subject_kind = 'meeting' then e.subject_id when e.parent_kind = 'meeting' then e.parent_id end
	  and (` + strings.Join(ways, " or ") + ")))", append([]any{append(slices.Clone(paperKinds), domain.SubjectMeeting)}, args...)
}

var entryOrdering = ordering{
	keys:     map[string]sortKey{"at": {"e.at", "timestamptz"}},
	standard: "-at",
	id:       "e.id",
	idType:   "bigint",
}

// List implements audit.Store.
func (s *AuditStore) List(scope domain.Scope, f audit.Filter, req domain.PageRequest) (domain.Page[audit.Entry], error) {
	var out domain.Page[audit.Entry]
	p, err := entryOrdering.plan(req)
	if err != nil {
		return out, err
	}
	var w where
	shown := s.entryScope(&w, scope)
	s.filter(&w, scope, f)
	if out.Total, err = count(s.tx, req, " from audit_entry e", w); err != nil {
		return out, fmt.Errorf("count audit entries: %w", err)
	}
	rows, next, err := fetch[entryRow](s.tx, p, entrySelect+shown, entryFrom, w)
	if err != nil {
		return out, fmt.Errorf("list audit entries: %w", err)
	}
	readable, err := s.readable(scope, rows)
	if err != nil {
		return out, err
	}
	out.NextCursor, out.Items = next, make([]audit.Entry, len(rows))
	var ids []string
	for i, r := range rows {
		if out.Items[i], err = r.entry(scope); err != nil {
			return out, err
		}
		if r.SubjectKind == domain.SubjectMeeting && !readable[r.SubjectID] {
			withholdPapers(&out.Items[i])
		}
		ids = append(ids, r.SubjectID.String())
		if r.ParentID != nil {
			ids = append(ids, r.ParentID.String())
		}
		ids = append(ids, uuidText.FindAllString(r.Changes, -1)...)
	}
	labels, err := s.tx.labels(ids)
	if err != nil {
		return out, err
	}
	for i := range out.Items {
		label(&out.Items[i], labels, scope)
	}
	return out, nil
}

// readable finds the meetings among the entries' subjects whose papers the scope
// covers.
func (s *AuditStore) readable(scope domain.Scope, rows []entryRow) (map[domain.AnyID]bool, error) {
	out := map[domain.AnyID]bool{}
	var ids []domain.AnyID
	for _, r := range rows {
		if r.SubjectKind == domain.SubjectMeeting {
			ids = append(ids, r.SubjectID)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	var w where
	w.add("m.id in ?", ids)
	s.tx.papersVisible(&w, scope)
	var found []domain.AnyID
	if err := s.tx.Raw("select m.id"+meetingFrom+w.sql(), w.args...).Scan(&found).Error; err != nil {
		return nil, fmt.Errorf("find whose papers may be read: %w", err)
	}
	for _, id := range found {
		out[id] = true
	}
	return out, nil
}

// withholdPapers takes from a meeting's entry what belongs to its papers: who
// takes part, who approved, the § numbers, and why that changed.
func withholdPapers(e *audit.Entry) {
	all := len(e.Changes)
	e.Changes = slices.DeleteFunc(e.Changes, func(c domain.Change) bool {
		return slices.Contains([]string{"participants", "approval", "approvals", "sections", "actingChair", "inspectors"}, c.Field)
	})
	if len(e.Changes) < all {
		e.Withheld = true
		if e.Permission == domain.MeetingRecord {
			e.Reason = ""
		}
	}
}

func (s *AuditStore) filter(w *where, scope domain.Scope, f audit.Filter) {
	if !scope.Staff {
		in(w, "e.subject_kind", f.Kind)
		in(w, "e.subject_id", f.SubjectID)
	} else {
		switch kind := f.Kind; {
		case f.SubjectID.IsZero():
			in(w, "e.subject_kind", kind)
		case kind.IsZero():
			w.add("(e.subject_id in ? or e.parent_id in ?)", f.SubjectID.Values, f.SubjectID.Values)
		default:
			w.add("((e.subject_kind in ? and e.subject_id in ?) or (e.parent_kind in ? and e.parent_id in ?))",
				kind.Values, f.SubjectID.Values, kind.Values, f.SubjectID.Values)
		}
	}
	in(w, "e.person_id", f.Person)
	in(w, "e.post_id", f.Post)
	in(w, "e.party_id", f.Party)
	in(w, "e.permission", f.Permission)
	in(w, "e.program_id", f.Token)
	if !f.From.IsZero() {
		w.add("e.at >= ?", f.From.StartOfDay())
	}
	if !f.To.IsZero() {
		w.add("e.at <= ?", f.To.EndOfDay())
	}
}

func (r entryRow) entry(scope domain.Scope) (audit.Entry, error) {
	e := audit.Entry{ID: r.ID, At: r.At.UTC(), Origin: r.Origin, RequestID: r.RequestID, Permission: r.Permission,
		Subject: domain.Subject{Kind: r.SubjectKind, ID: r.SubjectID}, Version: r.SubjectVersion, Reason: r.Reason,
		PostTitle: domain.Text{FI: r.PostTitleFi, SV: r.PostTitleSv, EN: r.PostTitleEn}}
	if scope.Audit && r.PersonID != nil {
		e.PersonID = *r.PersonID
	}
	if e.ByProgram = r.TokenID != nil; e.ByProgram && scope.Audit {
		e.TokenID, e.TokenName = *r.TokenID, r.TokenName
	}
	if r.PostID != nil {
		e.PostID = *r.PostID
	}
	if r.PartyID != nil {
		e.PartyID = *r.PartyID
	}
	if r.ParentID != nil {
		e.Parent = domain.Subject{Kind: r.ParentKind, ID: *r.ParentID}
	}
	if !r.NewShown {
		e.Reason, e.Withheld = "", true
		return e, nil
	}
	if r.Changes == "" {
		e.Withheld = true
		return e, nil
	}
	if err := json.Unmarshal([]byte(r.Changes), &e.Changes); err != nil {
		return e, fmt.Errorf("read the values of audit entry %d: %w", r.ID, err)
	}
	if !r.OldShown {
		e.Withheld = true
		for i := range e.Changes {
			e.Changes[i].Old = nil
		}
	}
	if !r.ReportShown {
		e.Withheld, e.Reason = true, ""
		e.Changes = slices.DeleteFunc(e.Changes, func(c domain.Change) bool { return c.Field == "reportText" })
	}
	return e, nil
}

var uuidText = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

type labelRow struct {
	Kind    domain.SubjectKind
	ID      domain.AnyID
	No      int
	TitleFi string
	TitleSv string
	TitleEn string
	Path    string
	Shown   string // public, internal or papers: who may be told the label of a bare id
}

const labelSQL = `
with wanted as (select unnest(?::uuid[]) as id)
select 'goal' as kind, t.id, t.no, t.title_fi, t.title_sv, t.title_en, '/goals/' || t.no as path, t.visibility as shown from goal t join wanted using (id)
union all select 'action', t.id, t.no, t.title_fi, t.title_sv, t.title_en, '/actions/' || t.no, t.visibility from action t join wanted using (id)
union all select 'status_report', r.id, t.no, t.title_fi, t.title_sv, t.title_en, '/actions/' || t.no, 'internal' from status_report r join wanted using (id) join action t on t.id = r.action_id
union all select 'action_task', k.id, t.no, k.title_fi, k.title_sv, k.title_en, '/actions/' || t.no, 'internal' from action_task k join wanted using (id) join action t on t.id = k.action_id
union all select 'action_dependency', d.id, t.no, t.title_fi, t.title_sv, t.title_en, '/actions/' || t.no, 'internal' from action_dependency d join wanted using (id) join action t on t.id = d.action_id
union all select 'reporting_round', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/rounds/' || t.key, p.visibility from reporting_round t join wanted using (id) join plan p on p.id = t.plan_id
union all select 'round_report', r.id, 0, t.title_fi, t.title_sv, t.title_en, '/rounds/' || t.key, 'internal' from round_report r join wanted using (id) join reporting_round t on t.id = r.round_id
union all select 'chain', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/chains/' || t.id, t.visibility from chain t join wanted using (id)
union all select 'stage', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/chains/' || t.chain_id, c.visibility from stage t join wanted using (id) join chain c on c.id = t.chain_id
union all select 'handover', t.id, 0, t.what_fi, t.what_sv, t.what_en, '/chains/' || t.chain_id, c.visibility from handover t join wanted using (id) join chain c on c.id = t.chain_id
union all select 'forum', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/forums/' || t.id, t.visibility from forum t join wanted using (id)
union all select 'membership', t.id, 0, f.title_fi, f.title_sv, f.title_en, '/forums/' || f.id, 'internal' from membership t join wanted using (id) join forum f on f.id = t.forum_id
union all select 'meeting', t.id, 0, f.title_fi || ' ' || t.number || '/' || t.year, f.title_sv || ' ' || t.number || '/' || t.year, f.title_en || ' ' || t.number || '/' || t.year, '/meetings/' || t.id, 'papers' from meeting t join wanted using (id) join forum f on f.id = t.forum_id
union all select 'agenda_item', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/meetings/' || t.meeting_id, 'papers' from agenda_item t join wanted using (id)
union all select 'outcome', o.id, 0, t.title_fi, t.title_sv, t.title_en, '/meetings/' || t.meeting_id, 'papers' from outcome o join wanted using (id) join agenda_item t on t.id = o.agenda_item_id
union all select 'participant', p.id, 0, f.title_fi || ' ' || t.number || '/' || t.year, f.title_sv || ' ' || t.number || '/' || t.year, f.title_en || ' ' || t.number || '/' || t.year, '/meetings/' || t.id, 'papers' from participant p join wanted using (id) join meeting t on t.id = p.meeting_id join forum f on f.id = t.forum_id
union all select 'approval', p.id, 0, f.title_fi || ' ' || t.number || '/' || t.year, f.title_sv || ' ' || t.number || '/' || t.year, f.title_en || ' ' || t.number || '/' || t.year, '/meetings/' || t.id, 'papers' from approval p join wanted using (id) join meeting t on t.id = p.meeting_id join forum f on f.id = t.forum_id
union all select 'topic', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/forums/' || t.forum_id, 'internal' from forum_topic t join wanted using (id)
union all select 'meeting_template', t.id, 0, f.title_fi, f.title_sv, f.title_en, '/forums/' || t.forum_id, 'internal' from meeting_template t join wanted using (id) join forum f on f.id = t.forum_id
union all select 'watch_list', t.id, 0, f.title_fi, f.title_sv, f.title_en, '/forums/' || t.forum_id, 'internal' from watch_list t join wanted using (id) join forum f on f.id = t.forum_id
union all select 'decision_settlement', t.id, 0, t.title, t.title, t.title, '/forums/' || t.forum_id, 'internal' from decision_settlement t join wanted using (id)
union all select 'decision_feed', t.id, 0, t.url, t.url, t.url, '/admin/decision-feeds', 'internal' from decision_feed t join wanted using (id)
union all select 'plan_event', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan/' || p.key, p.visibility from plan_event t join wanted using (id) join plan p on p.id = t.plan_id
union all select 'paper_comment', p.id, 0, f.title_fi || ' ' || t.number || '/' || t.year, f.title_sv || ' ' || t.number || '/' || t.year, f.title_en || ' ' || t.number || '/' || t.year, '/meetings/' || t.id, 'papers' from paper_comment p join wanted using (id) join meeting t on t.id = p.meeting_id join forum f on f.id = t.forum_id
union all select 'paper_return', p.id, 0, f.title_fi || ' ' || t.number || '/' || t.year, f.title_sv || ' ' || t.number || '/' || t.year, f.title_en || ' ' || t.number || '/' || t.year, '/meetings/' || t.id, 'papers' from paper_return p join wanted using (id) join meeting t on t.id = p.meeting_id join forum f on f.id = t.forum_id
union all select 'amendment', p.id, 0, f.title_fi || ' ' || t.number || '/' || t.year, f.title_sv || ' ' || t.number || '/' || t.year, f.title_en || ' ' || t.number || '/' || t.year, '/meetings/' || t.id, 'papers' from amendment p join wanted using (id) join meeting t on t.id = p.meeting_id join forum f on f.id = t.forum_id
union all select 'dissent', d.id, 0, t.title_fi, t.title_sv, t.title_en, '/meetings/' || t.meeting_id, 'papers' from dissent d join wanted using (id) join outcome o on o.id = d.outcome_id join agenda_item t on t.id = o.agenda_item_id
union all select 'referral', r.id, 0, t.title_fi, t.title_sv, t.title_en, '/meetings/' || t.meeting_id, 'papers' from referral r join wanted using (id) join outcome o on o.id = r.outcome_id join agenda_item t on t.id = o.agenda_item_id
union all select 'transfer', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/meetings/' || t.from_meeting_id, 'papers' from transfer t join wanted using (id)
union all select 'attachment', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/meetings/' || i.meeting_id, 'papers' from attachment t join wanted using (id) join agenda_item i on i.id = t.agenda_item_id
union all select 'plan_revision', t.id, t.no, p.title_fi, p.title_sv, p.title_en, '/plan/' || p.key, p.visibility from plan_revision t join wanted using (id) join plan p on p.id = t.plan_id
union all select 'plan', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan/' || t.key, t.visibility from plan t join wanted using (id)
union all select 'theme', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan', 'public' from theme t join wanted using (id)
union all select 'target_group', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan', 'public' from target_group t join wanted using (id)
union all select 'district', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan', 'public' from district t join wanted using (id)
union all select 'tag', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan', 'public' from tag t join wanted using (id)
union all select 'phase', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan', 'public' from phase t join wanted using (id)
union all select 'legal_basis', t.id, 0, t.title_fi, t.title_sv, t.title_en, '/plan', 'public' from legal_basis t join wanted using (id)
union all select 'party', t.id, 0, t.short_fi, t.short_sv, t.short_en, '', 'public' from party t join wanted using (id)
union all select 'unit', t.id, 0, t.name_fi, t.name_sv, t.name_en, '', 'public' from unit t join wanted using (id)
union all select 'post', t.id, 0, t.title_fi, t.title_sv, t.title_en, '', 'public' from post t join wanted using (id)
union all select 'api_token', t.id, 0, t.name, t.name, t.name, '', 'internal' from api_token t join wanted using (id)
union all select 'holding', h.id, 0, t.title_fi, t.title_sv, t.title_en, '', 'internal' from holding h join wanted using (id) join post t on t.id = h.post_id`

// labels names the things with these ids in one query.
func (tx Tx) labels(ids []string) (map[domain.AnyID]labelRow, error) {
	out := map[domain.AnyID]labelRow{}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return out, nil
	}
	var rows []labelRow
	if err := tx.Raw(labelSQL, "{"+strings.Join(ids, ",")+"}").Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("name the subjects of audit entries: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, nil
}

// label names the entry's subject, or what it is part of, and the ids in its
// values, as far as the scope may be told of those.
func label(e *audit.Entry, labels map[domain.AnyID]labelRow, scope domain.Scope) {
	row, ok := labels[e.Subject.ID]
	if !ok {
		row = labels[e.Parent.ID]
	}
	e.Label = row.label()
	e.Labels = map[domain.AnyID]audit.Label{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			u, err := uuid.Parse(v)
			if err != nil || len(v) != 36 {
				return
			}
			row, ok := labels[domain.AnyID{UUID: u}]
			if ok && (scope.Audit || row.Shown == "public" || scope.Staff && row.Shown == "internal") {
				e.Labels[row.ID] = row.label()
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	if !scope.Staff && !scope.Audit {
		withholdHidden(e, labels)
	}
	for _, c := range e.Changes {
		walk(c.Old)
		walk(c.New)
	}
}

// withholdHidden takes from an entry that the public reads the ids of things that it may
// not see, such as an internal action in which a public one goes on. A change of nothing
// else is left out.
func withholdHidden(e *audit.Entry, labels map[domain.AnyID]labelRow) {
	hidden := func(v any) bool {
		s, ok := v.(string)
		if !ok || len(s) != 36 {
			return false
		}
		u, err := uuid.Parse(s)
		if err != nil {
			return false
		}
		row, known := labels[domain.AnyID{UUID: u}]
		return known && row.Shown != "public" && slices.Contains([]domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectChain, domain.SubjectForum}, row.Kind)
	}
	withheld := false
	without := func(v any) any {
		if hidden(v) {
			withheld = true
			return nil
		}
		list, ok := v.([]any)
		if !ok || !slices.ContainsFunc(list, hidden) {
			return v
		}
		withheld = true
		left := slices.DeleteFunc(slices.Clone(list), hidden)
		if len(left) == 0 {
			return nil
		}
		return left
	}
	var kept []domain.Change
	for _, c := range e.Changes {
		withheld = false
		c.Old, c.New = without(c.Old), without(c.New)
		if withheld {
			e.Withheld = true
			if c.Old == nil && c.New == nil {
				continue
			}
		}
		kept = append(kept, c)
	}
	e.Changes = kept
}

func (r labelRow) label() audit.Label {
	return audit.Label{Kind: r.Kind, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Path: r.Path}
}

// IsPublic implements audit.Store.
func (s *AuditStore) IsPublic(subject domain.Subject) (public bool, err error) {
	table, ok := map[domain.SubjectKind]string{domain.SubjectGoal: "goal", domain.SubjectAction: "action"}[subject.Kind]
	if !ok {
		return false, nil
	}
	err = s.tx.Raw("select exists (select 1 from "+table+" where id = ? and visibility = 'public')", subject.ID).Scan(&public).Error
	if err != nil {
		return false, fmt.Errorf("look whether a %s is public: %w", table, err)
	}
	return public, nil
}

const sinceSQL = `
select e.at, e.subject_kind, e.subject_id, e.post_id, coalesce(v.changes::text, '') as changes, coalesce(pa.key, '') as party_key,
       coalesce(p.title_fi, '') as title_fi, coalesce(p.title_sv, '') as title_sv, coalesce(p.title_en, '') as title_en
from audit_entry e
left join audit_value v on v.entry_id = e.id
left join post p on p.id = e.post_id
left join party pa on pa.id = e.party_id
where (e.subject_kind = @kind and e.subject_id = @id or e.parent_kind = @kind and e.parent_id = @id)
  and e.id > (select coalesce(max(b.id), 0) from audit_entry b
              where b.subject_kind = @kind and b.subject_id = @id and b.subject_version <= @version)
order by e.id`

// Since implements audit.Store.
func (s *AuditStore) Since(subject domain.Subject, version int) (audit.Changed, error) {
	var out audit.Changed
	var rows []struct {
		At          time.Time
		SubjectKind domain.SubjectKind
		SubjectID   domain.AnyID
		PostID      *domain.PostID
		Changes     string
		PartyKey    string
		TitleFi     string
		TitleSv     string
		TitleEn     string
	}
	err := s.tx.Raw(sinceSQL, map[string]any{"kind": subject.Kind, "id": subject.ID, "version": version}).Scan(&rows).Error
	if err != nil {
		return out, fmt.Errorf("read what changed: %w", err)
	}
	add := func(field string) {
		if !slices.Contains(out.Fields, field) {
			out.Fields = append(out.Fields, field)
		}
	}
	for _, r := range rows {
		out.At, out.PartyKey, out.PostID = r.At.UTC(), r.PartyKey, domain.PostID{}
		if r.PostID != nil {
			out.PostID = *r.PostID
		}
		out.PostTitle = domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}
		if (domain.Subject{Kind: r.SubjectKind, ID: r.SubjectID}) != subject {
			add(string(r.SubjectKind))
			continue
		}
		var changes []struct{ Field string }
		if r.Changes != "" {
			if err := json.Unmarshal([]byte(r.Changes), &changes); err != nil {
				return out, fmt.Errorf("read the values of an audit entry: %w", err)
			}
		}
		for _, c := range changes {
			add(c.Field)
		}
	}
	return out, nil
}
