package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/draft"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/plan"
)

// draftInputs read the content of a draft by the kind of thing that it changes:
// the body with which the thing itself is changed.
var draftInputs = map[domain.SubjectKind]func(huma.Registry, any) (draft.Content, error){
	domain.SubjectGoal:  readContent[GoalInput],
	domain.SubjectChain: readContent[ChainInput],
	domain.SubjectPlan:  readContent[PlanInput],
}

// draftKind lets things of one kind have drafts: In is the body with which the
// thing is changed.
type draftKind[In any] struct {
	current func(domain.Scope, domain.AnyID) (draft.Current, In, error)
	publish func(*domain.AuditLog, domain.Actor, domain.AnyID, int, In) error
	words   func(domain.Scope, domain.AnyID, In) ([]domain.PartyID, error) // nil: nobody's is needed
	posts   func(In) []domain.PostID
	lock    func(domain.AnyID) error // nil: its version alone keeps others away
}

// Current implements draft.Kind.
func (k draftKind[In]) Current(scope domain.Scope, id domain.AnyID) (draft.Current, error) {
	c, in, err := k.current(scope, id)
	if err == nil {
		c.Content, err = contentOf(in)
	}
	return c, err
}

// Publish implements draft.Kind.
func (k draftKind[In]) Publish(log *domain.AuditLog, actor domain.Actor, id domain.AnyID, version int, content draft.Content) error {
	var in In
	if err := json.Unmarshal([]byte(content), &in); err != nil {
		return fmt.Errorf("read the content of a draft: %w", err)
	}
	return k.publish(log, actor, id, version, in)
}

// Lock implements draft.Kind.
func (k draftKind[In]) Lock(id domain.AnyID) error {
	if k.lock == nil {
		return nil
	}
	return k.lock(id)
}

// Words implements draft.Kind.
func (k draftKind[In]) Words(scope domain.Scope, id domain.AnyID, content draft.Content) ([]domain.PartyID, error) {
	if k.words == nil {
		return nil, nil
	}
	var in In
	if err := json.Unmarshal([]byte(content), &in); err != nil {
		return nil, fmt.Errorf("read the content of a draft: %w", err)
	}
	return k.words(scope, id, in)
}

// Posts implements draft.Kind.
func (k draftKind[In]) Posts(contents ...draft.Content) ([]domain.PostID, error) {
	var out []domain.PostID
	for _, content := range contents {
		var in In
		if err := json.Unmarshal([]byte(content), &in); err != nil {
			return nil, fmt.Errorf("read the content of a draft: %w", err)
		}
		out = append(out, k.posts(in)...)
	}
	return out, nil
}

// Compare implements draft.Kind.
func (k draftKind[In]) Compare(old, new draft.Content) ([]domain.Change, error) {
	o, err := fieldsOf(old)
	if err != nil {
		return nil, err
	}
	n, err := fieldsOf(new)
	if err != nil {
		return nil, err
	}
	var out []domain.Change
	for _, name := range fieldNames(reflect.TypeFor[In](), o, n) {
		if !reflect.DeepEqual(o[name], n[name]) {
			out = append(out, domain.Change{Field: name, Old: o[name], New: n[name]})
		}
	}
	return out, nil
}

// GoalDrafts lets goals have drafts.
func GoalDrafts(ed goal.Editor) draft.Kind {
	return draftKind[GoalInput]{
		func(scope domain.Scope, id domain.AnyID) (c draft.Current, in GoalInput, err error) {
			g, err := ed.Goals.Get(scope, domain.GoalID{UUID: id.UUID})
			if err != nil {
				return c, in, err
			}
			c = draft.Current{Version: g.Version, Own: g.PartyID}
			c.Permission, c.Resource = g.Permission()
			c.Drafted, err = ed.Goals.WasPublic(g.ID)
			return c, goalInputOf(g), err
		},
		func(log *domain.AuditLog, actor domain.Actor, id domain.AnyID, version int, in GoalInput) error {
			_, err := ed.Change(log, actor, domain.GoalID{UUID: id.UUID}, version, in.edit())
			return err
		},
		func(scope domain.Scope, id domain.AnyID, in GoalInput) ([]domain.PartyID, error) {
			g, err := ed.Goals.Get(scope, domain.GoalID{UUID: id.UUID})
			if err != nil {
				return nil, err
			}
			return ed.Words(g, in.edit())
		},
		func(in GoalInput) []domain.PostID { return postsOf(in.Responsibilities) },
		nil,
	}
}

// ChainDrafts lets service chains have drafts.
func ChainDrafts(ed chain.Editor) draft.Kind {
	return draftKind[ChainInput]{
		func(scope domain.Scope, id domain.AnyID) (d draft.Current, in ChainInput, err error) {
			c, err := ed.Chains.Get(scope, domain.ChainID{UUID: id.UUID})
			if err != nil {
				return d, in, err
			}
			d = draft.Current{Version: c.Version, Permission: domain.ChainEdit, Resource: c.Resource()}
			d.Drafted, err = ed.Chains.WasPublic(c.ID)
			return d, chainInputOf(c), err
		},
		func(log *domain.AuditLog, actor domain.Actor, id domain.AnyID, version int, in ChainInput) error {
			edit, err := in.edit("")
			if err != nil {
				return err
			}
			_, err = ed.Change(log, actor, domain.ChainID{UUID: id.UUID}, version, edit)
			return err
		},
		func(scope domain.Scope, id domain.AnyID, in ChainInput) ([]domain.PartyID, error) {
			edit, err := in.edit("")
			if err != nil {
				return nil, err
			}
			c, err := ed.Chains.Get(scope, domain.ChainID{UUID: id.UUID})
			if err != nil {
				return nil, err
			}
			return ed.Words(c, edit)
		},
		func(in ChainInput) []domain.PostID {
			out := postsOf(in.Responsibilities)
			for _, st := range in.Stages {
				out = append(out, postsOf(st.Responsibilities)...)
			}
			return out
		},
		func(id domain.AnyID) error { return ed.Lock(domain.ChainID{UUID: id.UUID}) },
	}
}

// PlanDrafts lets plans have drafts.
func PlanDrafts(ed plan.Editor) draft.Kind {
	return draftKind[PlanInput]{
		func(scope domain.Scope, id domain.AnyID) (c draft.Current, in PlanInput, err error) {
			p, err := ed.Plans.Get(scope, domain.PlanID{UUID: id.UUID})
			if err != nil {
				return c, in, err
			}
			c = draft.Current{Version: p.Version, Permission: domain.PlanEdit}
			c.Drafted, err = ed.Plans.WasPublic(p.ID)
			return c, planInputOf(p), err
		},
		func(log *domain.AuditLog, actor domain.Actor, id domain.AnyID, version int, in PlanInput) error {
			_, err := ed.Change(log, actor, domain.PlanID{UUID: id.UUID}, version, in.edit(""))
			return err
		},
		func(scope domain.Scope, id domain.AnyID, in PlanInput) ([]domain.PartyID, error) {
			p, err := ed.Plans.Get(scope, domain.PlanID{UUID: id.UUID})
			if err != nil {
				return nil, err
			}
			return ed.Words(p, in.edit(""))
		},
		func(PlanInput) []domain.PostID { return nil },
		nil,
	}
}

func postsOf(rs []ResponsibilityInput) []domain.PostID {
	out := make([]domain.PostID, len(rs))
	for i, r := range rs {
		out[i] = r.PostID
	}
	return out
}

// goalInputOf is the body that would leave a goal as it is.
func goalInputOf(g goal.Goal) GoalInput {
	return GoalInput{PlanID: g.PlanID, ThemeID: g.ThemeID, SharedGoalID: g.SharedGoalID.Ptr(), PartyID: g.PartyID.Ptr(), Title: g.Title, Description: g.Description, TargetGroupIDs: g.TargetGroupIDs, TagIDs: g.TagIDs,
		StageIDs: g.StageIDs, HandoverIDs: g.HandoverIDs,
		Responsibilities: responsibilityInputsOf(g.Responsibilities), LegalBasisIDs: g.References.LegalBases, Cases: casesOf(g.References.Cases),
		Visibility: g.Visibility, VisibilityGround: g.VisibilityGround, Ending: goalEndingInput(g)}
}

func goalEndingInput(g goal.Goal) *GoalEndingInput {
	if !g.Ended() {
		return nil
	}
	return &GoalEndingInput{Kind: g.Ending, Reason: g.EndingReason, GoalID: g.IntoID.Ptr()}
}

// chainInputOf is the body that would leave a chain as it is.
func chainInputOf(c chain.Chain) ChainInput {
	in := ChainInput{Position: c.Position, ThemeID: c.ThemeID.Ptr(), Title: c.Title, Description: c.Description, Stages: make([]StageInput, len(c.Stages)),
		Handovers: make([]HandoverInput, len(c.Handovers)), Responsibilities: responsibilityInputsOf(c.Responsibilities), TagIDs: c.TagIDs, LegalBasisIDs: c.References.LegalBases, Cases: casesOf(c.References.Cases),
		Visibility: c.Visibility, VisibilityGround: c.VisibilityGround}
	for i, st := range c.Stages {
		in.Stages[i] = StageInput{ID: st.ID.Ptr(), PartyID: st.PartyID, Title: st.Title, Description: st.Description, Level: st.Level,
			TargetGroup: st.TargetGroup, Channel: st.Channel, Languages: st.Languages, Responsibilities: responsibilityInputsOf(st.Responsibilities)}
	}
	place := func(id domain.StageID) int {
		return 1 + slices.IndexFunc(c.Stages, func(s chain.Stage) bool { return s.ID == id })
	}
	for i, h := range c.Handovers {
		t := h.Latest() // to repeat what was said last changes nothing
		in.Handovers[i] = HandoverInput{ID: h.ID.Ptr(), From: place(t.FromStageID), To: place(t.ToStageID), What: t.What, Channel: t.Channel, TargetDays: t.TargetDays,
			Gap: h.Gap, GapReason: h.GapReason, NextReviewOn: h.NextReviewOn.String()}
		for _, x := range h.Evidence {
			in.Handovers[i].Evidence = append(in.Handovers[i].Evidence, HandoverEvidence{Title: x.Title, URL: x.URL, CheckedOn: x.CheckedOn.String()})
		}
	}
	return in
}

func responsibilityInputsOf(rs []domain.Responsible) []ResponsibilityInput {
	out := make([]ResponsibilityInput, len(rs))
	for i, r := range rs {
		out[i] = ResponsibilityInput{PostID: r.PostID, Part: r.Part, Wording: r.Wording}
	}
	return out
}

// readContent checks the content of a draft by the schema of the body that it
// stands for, and writes it as contentOf does.
func readContent[In any](schemas huma.Registry, content any) (draft.Content, error) {
	path := huma.NewPathBuffer(nil, 0)
	path.Push("body")
	path.Push("content")
	var result huma.ValidateResult
	huma.Validate(schemas, schemas.Schema(reflect.TypeFor[In](), true, ""), path, huma.ModeWriteToServer, content, &result)
	if len(result.Errors) > 0 {
		return "", huma.Error422UnprocessableEntity("", result.Errors...)
	}
	text, err := json.Marshal(content)
	if err != nil {
		return "", err
	}
	var in In
	if err := json.Unmarshal(text, &in); err != nil {
		return "", domain.InvalidField("/content", "wrong_type")
	}
	return contentOf(in)
}

// contentOf writes a body in the one form in which contents are compared: what
// is empty is left out, and what has a default has it.
func contentOf(in any) (draft.Content, error) {
	if p, ok := in.(PlanInput); ok {
		p.Freshness = ownFreshness(p.Freshness.rhythm().Or(domain.MonthlyRhythm))
		in = p
	}
	text, err := json.Marshal(in)
	return draft.Content(text), err
}

func fieldsOf(c draft.Content) (map[string]any, error) {
	var out map[string]any
	dec := json.NewDecoder(bytes.NewReader([]byte(c)))
	if err := dec.Decode(&out); err != nil {
		return nil, fmt.Errorf("read a content: %w", err)
	}
	return out, nil
}

// fieldNames are the names of fields in the order of their type, then what else
// the values have.
func fieldNames(t reflect.Type, values ...map[string]any) []string {
	var out []string
	for i := range t.NumField() {
		out = append(out, jsonName(t.Field(i)))
	}
	var more []string
	for _, v := range values {
		for name := range v {
			if !slices.Contains(out, name) && !slices.Contains(more, name) {
				more = append(more, name)
			}
		}
	}
	slices.Sort(more)
	return append(out, more...)
}

func jsonName(f reflect.StructField) string {
	name, _, _ := bytes.Cut([]byte(f.Tag.Get("json")), []byte(","))
	return string(name)
}

// DraftDifference is one field in which a draft differs from what is published.
type DraftDifference struct {
	Field string `json:"field,omitempty" doc:"Name of the field in the content; missing for an item that is new or left out"`
	List  string `json:"list,omitempty" doc:"The list of the item that the field belongs to, e.g. stages" example:"stages"`
	Place int    `json:"place,omitempty" doc:"Of the item in its list, from 1: as drafted, or as published if it is left out"`
	Title *Text  `json:"title,omitempty" doc:"Of the item"`
	Old   any    `json:"old,omitempty" doc:"As published; missing if empty"`
	New   any    `json:"new,omitempty" doc:"As drafted; missing if empty"`
}

// differences splits changes: of lists whose items have an identity it tells which
// items are new, left out, changed and moved.
func differences(changes []domain.Change) []DraftDifference {
	out := []DraftDifference{}
	for _, c := range changes {
		old, oldItems := itemsOf(c.Old)
		new, newItems := itemsOf(c.New)
		if !oldItems || !newItems || len(old)+len(new) == 0 {
			out = append(out, DraftDifference{Field: c.Field, Old: c.Old, New: c.New})
			continue
		}
		var stayed []any
		for i, n := range new {
			at := slices.IndexFunc(old, func(o map[string]any) bool { return identityOf(o) != nil && identityOf(o) == identityOf(n) })
			if at < 0 {
				out = append(out, DraftDifference{List: c.Field, Place: i + 1, Title: titleOf(n), New: n})
				continue
			}
			stayed = append(stayed, identityOf(n))
			for _, name := range fieldNames(reflect.TypeFor[struct{}](), old[at], n) {
				if !reflect.DeepEqual(old[at][name], n[name]) {
					out = append(out, DraftDifference{Field: name, List: c.Field, Place: i + 1, Title: titleOf(n), Old: old[at][name], New: n[name]})
				}
			}
		}
		var before []any
		for i, o := range old {
			if slices.Contains(stayed, identityOf(o)) {
				before = append(before, identityOf(o))
			} else {
				out = append(out, DraftDifference{List: c.Field, Place: i + 1, Title: titleOf(o), Old: o})
			}
		}
		if !slices.Equal(before, stayed) {
			out = append(out, DraftDifference{Field: c.Field, Old: titlesOf(old, before), New: titlesOf(new, stayed)})
		}
	}
	return out
}

// itemsOf reads a list of objects with ids; also nothing is one.
func itemsOf(v any) ([]map[string]any, bool) {
	list, ok := v.([]any)
	if !ok {
		return nil, v == nil
	}
	out := make([]map[string]any, len(list))
	identified := false
	for i, x := range list {
		if out[i], ok = x.(map[string]any); !ok {
			return nil, false
		}
		identified = identified || identityOf(out[i]) != nil || out[i]["title"] != nil || out[i]["what"] != nil
	}
	return out, identified
}

// identityOf is what an item is known by through its changes: its id, or its name
// or number within the thing; nil for one that has none yet.
func identityOf(item map[string]any) any {
	for _, name := range []string{"id", "key", "no"} {
		if item[name] != nil {
			return item[name]
		}
	}
	return nil
}

// titleOf is what an item calls itself: its title, or what a hand-over passes.
func titleOf(item map[string]any) *Text {
	for _, name := range []string{"title", "what"} {
		if t, ok := item[name].(map[string]any); ok {
			word := func(lang string) string { s, _ := t[lang].(string); return s }
			return &Text{FI: word("fi"), SV: word("sv"), EN: word("en")}
		}
	}
	return nil
}

func titlesOf(items []map[string]any, ids []any) []any {
	var out []any
	for _, item := range items {
		if slices.Contains(ids, identityOf(item)) {
			out = append(out, titleOf(item))
		}
	}
	return out
}

// DraftSubject names the thing that a draft changes.
type DraftSubject struct {
	Kind  domain.SubjectKind `json:"kind" enum:"goal,chain,plan"`
	ID    domain.AnyID       `json:"id" format:"uuid"`
	No    int                `json:"no,omitempty" doc:"Number of a goal"`
	Key   string             `json:"key,omitempty" doc:"Permanent name of a chain or plan"`
	Title Text               `json:"title"`
}

// DraftSummary is a draft as a list shows it.
type DraftSummary struct {
	ID          domain.DraftID `json:"id" format:"uuid"`
	Subject     DraftSubject   `json:"subject"`
	BaseVersion int            `json:"baseVersion" doc:"Version of the thing that it changes"`
	Note        Text           `json:"note" doc:"To the other party; empty in all languages if there is none"`
	State       draft.State    `json:"state" enum:"open,published,discarded"`
	Standing    draft.Standing `json:"standing" enum:"waiting,changes_requested,agreed" doc:"What the other principal party says of the present version: nothing yet, that it wants changes, that it agrees. While it wants changes the draft cannot be published."`
	Post        PostRef        `json:"post" doc:"In which the present version was saved: its party proposes it"`
	Reason      string         `json:"reason,omitempty" doc:"Why it was discarded"`
	CreatedAt   time.Time      `json:"createdAt"`
	SavedAt     time.Time      `json:"savedAt" doc:"The present version"`
	SettledAt   *time.Time     `json:"settledAt,omitempty" doc:"When it was published or discarded"`
	Version     int            `json:"version"`
}

// DraftComment is what a party says of one version of a draft.
type DraftComment struct {
	ID      domain.DraftCommentID `json:"id" format:"uuid"`
	Kind    draft.CommentKind     `json:"kind" enum:"comment,changes_requested,agreed"`
	Version int                   `json:"version" doc:"Of the draft"`
	Post    PostRef               `json:"post"`
	Text    Text                  `json:"text"`
	At      time.Time             `json:"at"`
}

// Draft is a change of something public that waits to be published.
type Draft struct {
	DraftSummary
	Content     any                   `json:"content" doc:"What the thing would be: the body of PUT /goals/{id}, PUT /chains/{id} or PUT /plans/{id}"`
	Published   DraftBase             `json:"published" doc:"What is published now"`
	Differences []DraftDifference     `json:"differences" doc:"What differs from what is published now; of a settled draft, from what was published when it was saved"`
	Outdated    bool                  `json:"outdated" doc:"What is published has changed since it was saved: save it again on that"`
	Labels      map[string]AuditLabel `json:"labels" doc:"What the ids in the contents name, by id"`
	Posts       []PostRef             `json:"posts" doc:"The posts that the contents name"`
	Missing     []domain.PartyID      `json:"missing" doc:"Principal parties without whose agreement it is not published, since it takes away or ends what is theirs or what they have accepted"`
	Permissions []domain.Permission   `json:"permissions" doc:"What the caller may do with it now"`
}

// DraftBase is what is published, in the form of a draft's content.
type DraftBase struct {
	Version int       `json:"version"`
	Content any       `json:"content"`
	Posts   []PostRef `json:"posts" doc:"The posts that it names"`
}

// DraftEdit is what can be said of a draft.
type DraftEdit struct {
	BaseVersion int  `json:"baseVersion" minimum:"1" doc:"Version of the thing that it changes: the one that is published"`
	Content     any  `json:"content" doc:"What the thing would be: the body of PUT /goals/{id}, PUT /chains/{id} or PUT /plans/{id}"`
	Note        Text `json:"note,omitempty" doc:"To the other party, at most 1,000 characters in each language"`
}

// NewDraft is a draft with the thing that it changes.
type NewDraft struct {
	SubjectKind domain.SubjectKind `json:"subjectKind" enum:"goal,chain,plan"`
	SubjectID   domain.AnyID       `json:"subjectId" format:"uuid"`
	DraftEdit
}

// DraftWord is what is said of a draft.
type DraftWord struct {
	Kind draft.CommentKind `json:"kind" enum:"comment,changes_requested,agreed"`
	Text *DraftText        `json:"text,omitempty" doc:"At most 2,000 characters in each language; required unless the party agrees"`
}

// DraftText is a text in one language at least, the writer's.
type DraftText struct {
	FI string `json:"fi,omitempty"`
	SV string `json:"sv,omitempty"`
	EN string `json:"en,omitempty"`
}

func draftSummary(d draft.Summary) DraftSummary {
	out := DraftSummary{ID: d.ID, Subject: DraftSubject{Kind: d.Subject.Kind, ID: d.Subject.ID, No: d.Of.No, Key: d.Of.Key, Title: d.Of.Title},
		BaseVersion: d.BaseVersion, Note: d.Note, State: d.State, Standing: d.Standing, Post: postRefOf(d.PostID, d.Post),
		Reason:    d.Reason,
		CreatedAt: d.CreatedAt, SavedAt: d.SavedAt, SettledAt: timeOrNil(d.SettledAt), Version: d.Version}
	return out
}

func draftComment(c draft.Comment) DraftComment {
	return DraftComment{ID: c.ID, Kind: c.Kind, Version: c.Version, Post: postRefOf(c.PostID, c.Post), Text: c.Text, At: c.At}
}

func postRefOf(id domain.PostID, n draft.Name) PostRef {
	return PostRef{ID: id, Title: n.Title, PartyID: n.PartyID}
}

func draftBody(v draft.View) (Draft, error) {
	out := Draft{DraftSummary: draftSummary(v.Summary), Outdated: v.Outdated, Labels: map[string]AuditLabel{}, Missing: orEmpty(v.Missing), Permissions: orEmpty(v.Permissions)}
	var err error
	if out.Published, err = draftBase(draft.Base{Current: v.Current, Names: v.Names}); err != nil {
		return out, err
	}
	if out.Content, err = fieldsOf(v.Content); err != nil {
		return out, err
	}
	out.Posts = out.Published.Posts
	out.Differences = differences(v.Changes)
	for id, n := range v.Names {
		out.Labels[id.String()] = AuditLabel{No: n.No, Title: n.Title, Path: n.Path}
	}
	return out, nil
}

func draftBase(b draft.Base) (DraftBase, error) {
	content, err := fieldsOf(b.Current.Content)
	out := DraftBase{Version: b.Current.Version, Content: content, Posts: []PostRef{}}
	for id, n := range b.Names {
		if !n.PartyID.IsZero() {
			out.Posts = append(out.Posts, postRefOf(domain.PostID{UUID: id.UUID}, n))
		}
	}
	slices.SortFunc(out.Posts, func(a, b PostRef) int { return bytes.Compare(a.ID.UUID[:], b.ID.UUID[:]) })
	return out, err
}

// draftAnswer is the answer to a use case that gives a draft.
func draftAnswer(v draft.View, err error) (*ItemOutput[Draft], error) {
	if err != nil {
		return nil, draftProblem(err)
	}
	body, err := draftBody(v)
	if err != nil {
		return nil, err
	}
	return item(body, v.Version), nil
}

// draftProblem shows what is saved now with a 412: the draft, or what is
// published by now.
func draftProblem(err error) error {
	var failed error
	show := func(body any, err error) any {
		failed = firstError(failed, err)
		return body
	}
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return err
	}
	switch e.Current.(type) {
	case draft.View:
		err = stale(err, func(v draft.View) any { b, err := draftBody(v); return show(b, err) })
	case draft.Base:
		err = stale(err, func(v draft.Base) any { b, err := draftBase(v); return show(b, err) })
	}
	return firstError(failed, err)
}

func (in DraftEdit) edit(s *Server, kind domain.SubjectKind) (draft.Edit, error) {
	read, ok := draftInputs[kind]
	if !ok {
		return draft.Edit{}, domain.InvalidField("/subjectKind", "not_allowed")
	}
	content, err := read(s.api.OpenAPI().Components.Schemas, in.Content)
	return draft.Edit{BaseVersion: in.BaseVersion, Content: content, Note: in.Note}, err
}

// DraftVersion names the version of a draft that is changed or spoken of.
type DraftVersion struct {
	IfMatch
	ID string `path:"id" format:"uuid"`
}

func (in DraftVersion) read() (id domain.DraftID, version int, err error) {
	version, err = in.version()
	return id, version, firstError(err, pathID(&id, in.ID, "draft"))
}

func (s *Server) registerDrafts() {
	const tag = "Drafts"
	drafts := s.Services.Drafts

	handle(s, operation{ID: "listDrafts", Method: http.MethodGet, Path: "/drafts", Tag: tag, Permission: readScope,
		Summary:     "List drafts",
		Description: "For staff of either party; for others there are none. Sorted by savedAt (-savedAt is the default)."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Kind     []string `query:"subjectKind,explode" maxItems:"10" enum:"goal,chain,plan" doc:"Of things of these kinds"`
			Subject  []string `query:"subjectId,explode" maxItems:"50" doc:"Of these things"`
			State    []string `query:"state,explode" maxItems:"3" enum:"open,published,discarded" doc:"In these states"`
			Party    []string `query:"partyId,explode" maxItems:"50" doc:"Whose present version was saved by these parties"`
			Awaiting string   `query:"awaiting" enum:"me" doc:"me: open ones of another party of which the caller's party has said neither that it agrees nor that it wants changes; nothing for who speaks for no party"`
		}) (*ListOutput[DraftSummary], error) {
			f := draft.Filter{Kind: filterOf[domain.SubjectKind](toStrings[domain.SubjectKind](in.Kind)), State: filterOf(toStrings[draft.State](in.State))}
			if err := firstError(idFilter(&f.Subject, "subjectId", in.Subject), idFilter(&f.Party, "partyId", in.Party)); err != nil {
				return nil, err
			}
			if in.Awaiting != "" {
				party, ok := draft.Answering(a)
				if !ok {
					return &ListOutput[DraftSummary]{Body: List[DraftSummary]{Items: []DraftSummary{}}}, nil
				}
				f.Awaiting = party
			}
			page, err := drafts.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, draftSummary), nil
		})

	handle(s, operation{ID: "getDraft", Method: http.MethodGet, Path: "/drafts/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a draft with what differs from what is published"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Draft], error) {
			var id domain.DraftID
			if err := pathID(&id, in.ID, "draft"); err != nil {
				return nil, err
			}
			return draftAnswer(drafts.Get(ctx, a, id))
		})

	handle(s, operation{ID: "createDraft", Method: http.MethodPost, Path: "/drafts", Tag: tag, Permission: domain.DraftEdit, Status: http.StatusCreated,
		Errors: []int{401, 403, 404, 409, 412}, Summary: "Draft a change of something public",
		Description: "The content is checked by the rules of the thing itself. 412 base_changed: what is published has another version by now; current is what is published."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewDraft }) (*ItemOutput[Draft], error) {
			edit, err := in.Body.edit(s, in.Body.SubjectKind)
			if err != nil {
				return nil, err
			}
			out, err := draftAnswer(drafts.Create(ctx, a, domain.Subject{Kind: in.Body.SubjectKind, ID: in.Body.SubjectID}, edit))
			if err != nil {
				return nil, err
			}
			return created(out.Body, out.Body.Version, "/drafts/"+out.Body.ID.String()), nil
		})

	handle(s, operation{ID: "updateDraft", Method: http.MethodPut, Path: "/drafts/{id}", Tag: tag, Permission: domain.DraftEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Save a draft again",
		Description: "What was said of the version before no longer counts. 412 stale_version: somebody saved the draft in between; base_changed: what is published has another version by now, and current is what is published."},
		func(ctx context.Context, a domain.Actor, in *struct {
			DraftVersion
			Body DraftEdit
		}) (*ItemOutput[Draft], error) {
			id, version, err := in.read()
			if err != nil {
				return nil, err
			}
			old, err := drafts.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			edit, err := in.Body.edit(s, old.Subject.Kind)
			if err != nil {
				return nil, err
			}
			return draftAnswer(drafts.Save(ctx, a, id, version, edit))
		})

	handle(s, operation{ID: "listDraftComments", Method: http.MethodGet, Path: "/drafts/{id}/comments", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List what the parties have said of a draft", Description: "Of every version. Sorted by at (-at is the default)."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ID string `path:"id" format:"uuid"`
		}) (*ListOutput[DraftComment], error) {
			var id domain.DraftID
			if err := pathID(&id, in.ID, "draft"); err != nil {
				return nil, err
			}
			page, err := drafts.Comments(ctx, a, id, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, draftComment), nil
		})

	handle(s, operation{ID: "commentOnDraft", Method: http.MethodPost, Path: "/drafts/{id}/comments", Tag: tag, Permission: domain.DraftComment,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Comment on a draft, agree to it or ask for changes",
		Description: "About exactly the version in If-Match. Coordinators of the principal parties comment; only those of another party than the one that proposes it agree or ask for changes, by draft.answer. A later word of a party takes the place of its earlier one."},
		func(ctx context.Context, a domain.Actor, in *struct {
			DraftVersion
			Body DraftWord
		}) (*ItemOutput[Draft], error) {
			id, version, err := in.read()
			if err != nil {
				return nil, err
			}
			var text domain.Text
			if in.Body.Text != nil {
				text = domain.Text(*in.Body.Text)
			}
			return draftAnswer(drafts.Say(ctx, a, id, version, in.Body.Kind, text))
		})

	handle(s, operation{ID: "publishDraft", Method: http.MethodPost, Path: "/drafts/{id}/publication", Tag: tag, Permission: domain.DraftPublish,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Publish a draft: the thing becomes what it says",
		Description: "409 changes_requested while another party asks for changes of this version, word_missing while a party of missing has not agreed to it. 412 base_changed: what is published has another version by now."},
		func(ctx context.Context, a domain.Actor, in *DraftVersion) (*ItemOutput[Draft], error) {
			id, version, err := in.read()
			if err != nil {
				return nil, err
			}
			return draftAnswer(drafts.Publish(ctx, a, id, version))
		})

	handle(s, operation{ID: "discardDraft", Method: http.MethodPost, Path: "/drafts/{id}/discard", Tag: tag, Permission: domain.DraftEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Give a draft up"},
		func(ctx context.Context, a domain.Actor, in *struct {
			DraftVersion
			Body struct {
				Reason string `json:"reason" maxLength:"500" doc:"Why"`
			}
		}) (*ItemOutput[Draft], error) {
			id, version, err := in.read()
			if err != nil {
				return nil, err
			}
			return draftAnswer(drafts.Discard(ctx, a, id, version, in.Body.Reason))
		})
}
