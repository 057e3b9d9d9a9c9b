package action

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yhdyspinta/domain"
)

func newPostID() (id domain.PostID) { id.SetNew(domain.UUIDv7); return id }
func newTagID() (id domain.TagID)   { id.SetNew(domain.UUIDv7); return id }

// What a bulk edit makes of one action's own edit, which keeps everything else.
func TestBulkEditOfAnAction(t *testing.T) {
	t.Parallel()
	lead, other, third := newPostID(), newPostID(), newPostID()
	names := map[domain.PostID]string{lead: "lead", other: "other", third: "third"}
	red, blue := newTagID(), newTagID()
	a := Action{Title: domain.Text{FI: "Ilta"}, Visibility: domain.Public, StartsOn: day(1), StartsPrecision: domain.Month, DueOn: day(40), DuePrecision: domain.Day,
		TagIDs: []domain.TagID{red}, Responsibilities: []domain.Responsible{
			{PostID: lead, Part: domain.Lead, Wording: domain.Text{FI: "vetää"}}, {PostID: other, Part: domain.Shared, Wording: domain.Text{FI: "auttaa"}}}}
	said := func(e Edit) string {
		var out []string
		for _, r := range e.Responsibilities {
			out = append(out, fmt.Sprintf("%s %s %s", names[r.PostID], r.Part, r.Wording.FI))
		}
		return strings.Join(out, ", ")
	}
	for name, tt := range map[string]struct {
		edit  BulkEdit
		parts string
	}{
		"nothing":                     {BulkEdit{}, "lead lead vetää, other shared auttaa"},
		"a new lead takes the words":  {BulkEdit{Lead: third}, "third lead vetää, other shared auttaa"},
		"who shares leads in its own": {BulkEdit{Lead: other}, "other lead auttaa"},
		"who leads goes on":           {BulkEdit{Lead: lead}, "lead lead vetää, other shared auttaa"},
		"another takes part":          {BulkEdit{AddPosts: []BulkPost{{third, domain.Support}}}, "lead lead vetää, other shared auttaa, third support "},
		"who takes part gets it":      {BulkEdit{AddPosts: []BulkPost{{other, domain.Informed}}}, "lead lead vetää, other informed auttaa"},
		"the lead does not share":     {BulkEdit{AddPosts: []BulkPost{{lead, domain.Shared}}}, "lead lead vetää, other shared auttaa"},
		"one leaves":                  {BulkEdit{RemovePosts: []domain.PostID{other, third}}, "lead lead vetää"},
		"the lead leaves, one comes":  {BulkEdit{RemovePosts: []domain.PostID{lead}, Lead: third}, "third lead , other shared auttaa"},
	} {
		if got := said(tt.edit.Of(a)); got != tt.parts {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := said(a.AsEdit()); got != "lead lead vetää, other shared auttaa" {
		t.Errorf("the action itself became %s", got)
	}
	e := BulkEdit{Due: &Period{On: day(90), Precision: domain.Quarter}, AddTags: []domain.TagID{blue, red}, RemoveTags: []domain.TagID{newTagID()}}.Of(a)
	if e.DueOn != day(90) || e.DuePrecision != domain.Quarter || e.StartsOn != a.StartsOn || e.StartsPrecision != domain.Month || !slices.Equal(e.TagIDs, []domain.TagID{red, blue}) || e.Title != a.Title {
		t.Errorf("%+v", e)
	}
	e = BulkEdit{Due: &Period{}, RemoveTags: []domain.TagID{red}}.Of(a)
	if !e.DueOn.IsZero() || len(e.TagIDs) != 0 {
		t.Errorf("without a due date and tag: %+v", e)
	}
	if len(a.TagIDs) != 1 {
		t.Errorf("the action itself has tags %v", a.TagIDs)
	}
}

func TestBulkThatContradictsItself(t *testing.T) {
	t.Parallel()
	post, tag := newPostID(), newTagID()
	item := func() (i BulkItem) { i.ID.SetNew(domain.UUIDv7); return i }
	one := item()
	many := make([]BulkItem, MaxBulk+1)
	for i := range many {
		many[i] = item()
	}
	due := &BulkEdit{Due: &Period{On: day(9)}}
	for name, tt := range map[string]struct {
		b    Bulk
		want domain.FieldError
	}{
		"nothing selected":     {Bulk{Edit: due}, domain.FieldError{Pointer: "/items", Code: "required"}},
		"too many":             {Bulk{Items: many, Edit: due}, domain.FieldError{Pointer: "/items", Code: "too_many"}},
		"twice":                {Bulk{Items: []BulkItem{one, one}, Edit: due}, domain.FieldError{Pointer: "/items", Code: "duplicate"}},
		"neither":              {Bulk{Items: []BulkItem{one}}, domain.FieldError{Pointer: "/edit", Code: "edit_or_report"}},
		"both":                 {Bulk{Items: []BulkItem{one}, Edit: due, Report: &Reporting{}}, domain.FieldError{Pointer: "/edit", Code: "edit_or_report"}},
		"an empty edit":        {Bulk{Items: []BulkItem{one}, Edit: &BulkEdit{}}, domain.FieldError{Pointer: "/edit", Code: "required"}},
		"leads and leaves":     {Bulk{Items: []BulkItem{one}, Edit: &BulkEdit{Lead: post, RemovePosts: []domain.PostID{post}}}, domain.FieldError{Pointer: "/edit/leadPostId", Code: "contradictory"}},
		"leads and shares":     {Bulk{Items: []BulkItem{one}, Edit: &BulkEdit{Lead: post, AddPosts: []BulkPost{{post, domain.Shared}}}}, domain.FieldError{Pointer: "/edit/addPosts", Code: "contradictory"}},
		"a tag comes and goes": {Bulk{Items: []BulkItem{one}, Edit: &BulkEdit{AddTags: []domain.TagID{tag}, RemoveTags: []domain.TagID{tag}}}, domain.FieldError{Pointer: "/edit/addTagIds", Code: "contradictory"}},
		"a long reason":        {Bulk{Items: []BulkItem{one}, Edit: due, Reason: strings.Repeat("x", 1001)}, domain.FieldError{Pointer: "/reason", Code: "too_long"}},
	} {
		e, ok := errors.AsType[*domain.Error](tt.b.check())
		if !ok || !slices.Contains(e.Fields, tt.want) {
			t.Errorf("%s: %v", name, tt.b.check())
		}
	}
	if err := (Bulk{Items: []BulkItem{one}, Report: &Reporting{Status: InProgress}}).check(); err != nil {
		t.Error(err)
	}
}
