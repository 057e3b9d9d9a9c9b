package action

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"yhdyspinta/domain"
)

// MaxBulk is how many actions one bulk change has at most: each is saved as if by
// its form, and all of them within the time of one request.
const MaxBulk = 200

// BulkItem is one action, in the version that the person saw.
type BulkItem struct {
	ID      domain.ActionID
	Version int
}

// Period is a start or due date with its precision; a zero day is none.
type Period struct {
	On        domain.Date
	Precision domain.Precision // "" is Day
}

// BulkPost is a post that takes part.
type BulkPost struct {
	PostID domain.PostID
	Part   domain.Part // not Lead
}

// BulkEdit is what becomes of each action; what is nil, zero or empty stays as
// each has it.
type BulkEdit struct {
	Starts, Due         *Period
	Lead                domain.PostID // takes the lead over from who has it
	AddPosts            []BulkPost    // who takes part already gets that part; who leads goes on leading
	RemovePosts         []domain.PostID
	AddTags, RemoveTags []domain.TagID
}

// Bulk is one change of several actions: an edit or a report, not both.
type Bulk struct {
	Items  []BulkItem
	Edit   *BulkEdit
	Report *Reporting // Reason of it is the one below
	Reason string     // why, where the single change of an action needs one; in the entry of each
}

// BulkState tells what becomes of an action.
type BulkState string

// The states.
const (
	BulkChanged BulkState = "changed"
	BulkSame    BulkState = "same"    // it is so already; it is left alone
	BulkRefused BulkState = "refused" // Errors say why
)

// BulkRow is what becomes of one action.
type BulkRow struct {
	ID          domain.ActionID
	State       BulkState
	Before      *View // nil: there is none, or none that the actor may see
	After       *View // nil unless it is changed
	Fields      []string
	NeedsReason bool // and none was given
	Errors      []domain.FieldError
	Word        domain.WordID // by which a report can be taken back
}

// BulkWord is a word on an action.
type BulkWord struct {
	ID   domain.ActionID
	Word domain.WordID
}

// AsEdit is the action as an edit that changes nothing.
func (a Action) AsEdit() Edit {
	return Edit{Title: a.Title, Description: a.Description, GoalIDs: a.GoalIDs, StartsOn: a.StartsOn, StartsPrecision: a.StartsPrecision, DueOn: a.DueOn, DuePrecision: a.DuePrecision,
		Rhythm: a.Rhythm, Responsibilities: slices.Clone(a.Responsibilities), PhaseID: a.PhaseID, ForumID: a.ForumID, StageID: a.StageID, HandoverID: a.HandoverID, TargetGroupIDs: a.TargetGroupIDs,
		DistrictIDs: a.DistrictIDs, TagIDs: slices.Clone(a.TagIDs), References: a.References, Visibility: a.Visibility, VisibilityGround: a.VisibilityGround}
}

// Of is what the bulk edit makes of an action.
func (b BulkEdit) Of(a Action) Edit {
	e := a.AsEdit()
	if b.Starts != nil {
		e.StartsOn, e.StartsPrecision = b.Starts.On, b.Starts.Precision
	}
	if b.Due != nil {
		e.DueOn, e.DuePrecision = b.Due.On, b.Due.Precision
	}
	at := func(id domain.PostID) int {
		return slices.IndexFunc(e.Responsibilities, func(r domain.Responsible) bool { return r.PostID == id })
	}
	for _, id := range b.RemovePosts {
		if i := at(id); i >= 0 {
			e.Responsibilities = slices.Delete(e.Responsibilities, i, i+1)
		}
	}
	if lead, has := domain.LeadOf(e.Responsibilities); !b.Lead.IsZero() && lead.PostID != b.Lead {
		next := domain.Responsible{PostID: b.Lead, Part: domain.Lead, Wording: lead.Wording}
		if i := at(b.Lead); i >= 0 {
			next.Wording = e.Responsibilities[i].Wording
			e.Responsibilities = slices.Delete(e.Responsibilities, i, i+1)
		}
		if has {
			e.Responsibilities[at(lead.PostID)] = next
		} else {
			e.Responsibilities = slices.Insert(e.Responsibilities, 0, next)
		}
	}
	for _, p := range b.AddPosts {
		switch i := at(p.PostID); {
		case i < 0:
			e.Responsibilities = append(e.Responsibilities, domain.Responsible{PostID: p.PostID, Part: p.Part})
		case e.Responsibilities[i].Part != domain.Lead:
			e.Responsibilities[i].Part = p.Part
		}
	}
	e.TagIDs = slices.DeleteFunc(e.TagIDs, func(id domain.TagID) bool { return slices.Contains(b.RemoveTags, id) })
	for _, id := range b.AddTags {
		if !slices.Contains(e.TagIDs, id) {
			e.TagIDs = append(e.TagIDs, id)
		}
	}
	return e
}

// check adds what contradicts itself.
func (b BulkEdit) check(v *domain.Violations) {
	leaves := func(id domain.PostID) bool { return slices.Contains(b.RemovePosts, id) }
	if leaves(b.Lead) && !b.Lead.IsZero() {
		v.Add("/edit/leadPostId", "contradictory")
	}
	if slices.ContainsFunc(b.AddPosts, func(p BulkPost) bool { return leaves(p.PostID) || p.PostID == b.Lead }) {
		v.Add("/edit/addPosts", "contradictory")
	}
	if slices.ContainsFunc(b.AddTags, func(id domain.TagID) bool { return slices.Contains(b.RemoveTags, id) }) {
		v.Add("/edit/addTagIds", "contradictory")
	}
	if b.Starts == nil && b.Due == nil && b.Lead.IsZero() && len(b.AddPosts)+len(b.RemovePosts)+len(b.AddTags)+len(b.RemoveTags) == 0 {
		v.Add("/edit", "required")
	}
}

// check is what is wrong with a bulk change whatever the actions are.
func (b Bulk) check() error {
	var v domain.Violations
	switch {
	case len(b.Items) == 0:
		v.Add("/items", "required")
	case len(b.Items) > MaxBulk:
		v.Add("/items", "too_many")
	}
	seen := map[domain.ActionID]bool{}
	for _, item := range b.Items {
		if seen[item.ID] {
			v.Add("/items", "duplicate")
			break
		}
		seen[item.ID] = true
	}
	switch {
	case (b.Edit == nil) == (b.Report == nil):
		v.Add("/edit", "edit_or_report")
	case b.Edit != nil:
		b.Edit.check(&v)
	}
	if len([]rune(b.Reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	return v.Err()
}

// Bulk changes several actions in one transaction, or none of them: each as if
// by its form, under its own version, with the same permissions, the same rules
// and an entry of its own in the log. What an action says already is left alone.
//
// With look it does all of that and takes it back: its answer is what would
// happen, with each refusal, and what needs a reason is told. Without look,
// Invalid bulk_change_refused if any action is refused, with the reasons at
// /items/{index}, and bulk_change_has_no_changes if all are so already; the rows
// come beside the error.
func (s *Service) Bulk(ctx context.Context, actor domain.Actor, b Bulk, look bool) (rows []BulkRow, err error) {
	b.Reason = strings.TrimSpace(b.Reason)
	if err := b.check(); err != nil {
		return nil, err
	}
	ids := make([]domain.ActionID, len(b.Items))
	for i, item := range b.Items {
		ids[i] = item.ID
	}
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		rows = make([]BulkRow, len(b.Items))
		if err := st.Actions.LockAll(ids); err != nil {
			return err
		}
		stored, err := byID(st, actor, ids)
		if err != nil {
			return err
		}
		run := bulkRun{s, st, log, actor, b, look}
		var wrong domain.Violations
		for i, item := range b.Items {
			if rows[i], err = run.take(item, stored[item.ID]); err != nil {
				return err
			}
			for _, f := range rows[i].Errors {
				wrong.Add(itemPointer(i)+f.Pointer, f.Code)
			}
		}
		if !look {
			if err := refused(wrong.Err()); err != nil {
				return err
			}
			if len(log.Entries()) == 0 {
				return domain.Invalid("bulk_change_has_no_changes", "the actions are so already")
			}
		}
		after, err := byID(st, actor, ids)
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].tell(after[rows[i].ID], actor.PartyID)
		}
		if look {
			return domain.ErrLooked
		}
		return nil
	})
	if errors.Is(err, domain.ErrLooked) {
		err = nil
	}
	return rows, err
}

func refused(wrong error) error {
	e, ok := errors.AsType[*domain.Error](wrong)
	if !ok {
		return nil
	}
	return &domain.Error{Kind: domain.KindInvalid, Code: "bulk_change_refused", Detail: "some of the actions cannot be changed so; nothing was saved", Fields: e.Fields}
}

// byID loads whole actions, as far as the actor may see them.
func byID(st Stores, actor domain.Actor, ids []domain.ActionID) (map[domain.ActionID]*View, error) {
	views, err := st.Actions.Some(actor.Scope(), ids)
	out := make(map[domain.ActionID]*View, len(views))
	for _, v := range views {
		out[v.ID] = &v
	}
	return out, err
}

// tell says what became of a changed action.
func (r *BulkRow) tell(after *View, party domain.PartyID) {
	if r.State != BulkChanged || after == nil {
		return
	}
	r.After = after
	for _, c := range statusChanges(r.Before.Action, after.Action, party) {
		r.Fields = append(r.Fields, c.Field)
	}
	standings := func(v *View) (out []domain.Standing) {
		for _, p := range v.Responsibilities {
			out = append(out, p.Standing)
		}
		return out
	}
	if !domain.SameResponsibles(r.Before.Responsibilities, after.Responsibilities) || !slices.Equal(standings(r.Before), standings(after)) {
		r.Fields = append(r.Fields, "responsibilities")
	}
}

// bulkRun is one unit of work of a bulk change.
type bulkRun struct {
	*Service
	st    Stores
	log   *domain.AuditLog
	actor domain.Actor
	b     Bulk
	look  bool
}

// take changes one action, which is nil if the actor sees none. Why it is refused
// stands in the row; an error ends the bulk change.
func (r bulkRun) take(item BulkItem, stored *View) (row BulkRow, err error) {
	row = BulkRow{ID: item.ID, Before: stored, State: BulkRefused}
	switch {
	case stored == nil:
		row.Errors = []domain.FieldError{{Code: "unknown"}}
		return row, nil
	case stored.Version != item.Version:
		row.Errors = []domain.FieldError{{Code: "stale_version"}}
		return row, nil
	case r.so(*stored):
		row.State = BulkSame
		return row, nil
	}
	row.Word, err = r.change(*stored, r.b.Reason)
	if r.look && r.b.Reason == "" && wantsReason(err) {
		row.NeedsReason = true
		row.Word, err = r.change(*stored, "?") // nothing has been saved yet; what else is wrong is to be told too
	}
	if err == nil {
		row.State = BulkChanged
		return row, nil
	}
	wrong, told := errors.AsType[*domain.Error](err)
	switch {
	case !told:
		return row, err
	case wrong.Kind == domain.KindInvalid && len(wrong.Fields) > 0:
		row.Errors = wrong.Fields
	case wrong.Kind == domain.KindInvalid, wrong.Kind == domain.KindForbidden, wrong.Kind == domain.KindConflict:
		row.Errors = []domain.FieldError{{Code: wrong.Code}}
	default:
		return row, err
	}
	return row, nil
}

func wantsReason(err error) bool {
	e, ok := errors.AsType[*domain.Error](err)
	return ok && slices.ContainsFunc(e.Fields, func(f domain.FieldError) bool { return f.Pointer == "/reason" })
}

// so reports whether the action says already what it is to say.
func (r bulkRun) so(v View) bool {
	if r.b.Report != nil {
		own := v.own(r.actor.PartyID)
		return (own.Spoken || len(v.Reporters()) == 0) && own.Status == r.b.Report.Status && own.Progress == own.progressAt(r.b.Report.Status, r.b.Report.Progress) &&
			r.b.Report.Text.IsZero() && (r.b.Report.Result.IsZero() || r.b.Report.Result.Trim() == v.Result)
	}
	e, then := r.b.Edit.Of(v.Action), v.Action
	if err := then.change(e, r.log.Now()); err != nil {
		return false
	}
	return len(domain.Diff(v.Action, then)) == 0 && domain.SameResponsibles(v.Responsibilities, e.Responsibilities)
}

// change saves one action with its entry in the log.
func (r bulkRun) change(v View, reason string) (word domain.WordID, err error) {
	subject := domain.SubjectOf(domain.SubjectAction, v.ID)
	if r.b.Report != nil {
		if v.check(r.actor, domain.ActionReport) != nil && r.actor.Can(domain.ActionReport, v.Resource()) {
			return word, domain.Invalid("party_not_asked", "the actor's party neither leads nor shares it")
		}
		if err := v.check(r.actor, domain.ActionReport); err != nil {
			return word, err
		}
		what := *r.b.Report
		what.Reason = reason
		changes, told, word, err := r.report(r.st, r.log, r.actor, &v, what)
		if err != nil {
			return word, err
		}
		r.log.Add(r.actor, domain.ActionReport, subject, v.Version, changes, domain.Because(told))
		return word, nil
	}
	if err := v.check(r.actor, domain.ActionEdit); err != nil {
		return word, err
	}
	e := r.b.Edit.Of(v.Action)
	parts := !domain.SameResponsibles(v.Responsibilities, e.Responsibilities)
	if parts && !r.actor.Can(domain.ResponsibilityEdit, v.Resource()) {
		return word, domain.Invalid("parts_forbidden", "needs permission "+string(domain.ResponsibilityEdit))
	}
	changes, err := change(r.st, r.log, r.actor, &v, e, reason)
	if wrong, ok := errors.AsType[*domain.Error](err); ok && parts && wrong.Kind == domain.KindForbidden {
		return word, domain.Invalid("post_of_other_party", "only a coordinator changes what posts of another party have promised")
	}
	if err != nil {
		return word, err
	}
	r.log.Add(r.actor, domain.ActionEdit, subject, v.Version, changes, domain.Because(reason))
	return word, nil
}

// UnsayAll takes back words of the actor's party on several actions in one
// transaction, or none of them: each by the rule of Unsay. What cannot be taken
// back is Invalid bulk_change_refused with the reasons at /items/{index}; reason_required
// is that of a word of an earlier day without a reason.
func (s *Service) UnsayAll(ctx context.Context, actor domain.Actor, words []BulkWord, reason string) error {
	var v domain.Violations
	if v.Require(len(words) > 0, "/items"); len(words) > MaxBulk {
		v.Add("/items", "too_many")
	}
	if err := v.Err(); err != nil {
		return err
	}
	ids := make([]domain.ActionID, len(words))
	for i, w := range words {
		ids[i] = w.ID
	}
	return s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Actions.LockAll(ids); err != nil {
			return err
		}
		var wrong domain.Violations
		for i, w := range words {
			_, err := unsay(st, log, actor, w.ID, w.Word, reason)
			e, told := errors.AsType[*domain.Error](err)
			if err != nil && !told {
				return err
			}
			switch {
			case told && wantsReason(err):
				wrong.Add(itemPointer(i), "reason_required")
			case told:
				wrong.Add(itemPointer(i), e.Code)
			}
		}
		return refused(wrong.Err())
	})
}

func itemPointer(i int) string { return "/items/" + strconv.Itoa(i) }
