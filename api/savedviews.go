package api

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/savedview"
)

// SavedView is a name for what the address of a list says.
type SavedView struct {
	ID          domain.SavedViewID  `json:"id" format:"uuid"`
	Page        savedview.Page      `json:"page" enum:"actions,goals,my_work,matrix"`
	Name        Text                `json:"name" doc:"In one language at least"`
	Sharing     savedview.Sharing   `json:"sharing" enum:"own,party,everybody" doc:"Who has it: its owner, staff of its party, everybody"`
	PartyID     domain.PartyID      `json:"partyId" format:"uuid" doc:"For which its owner acted"`
	Mine        bool                `json:"mine" doc:"The caller is its owner"`
	Query       map[string][]string `json:"query" doc:"Parameters of the list (GET /actions, /goals, /me/work or /matrix) and, beside them, of the page: of actions columns, group, view, period; of my_work scope; of matrix view, balance, measure"`
	Rows        string              `json:"rows" doc:"The list that it shows, as an address of this API: each reader gets what they may see" example:"/api/v1/actions?condition=late&sort=dueOn"`
	Address     string              `json:"address" doc:"Permanent address on the site, after the language" example:"/views/0199…"`
	Version     int                 `json:"version"`
	CreatedAt   time.Time           `json:"createdAt"`
	UpdatedAt   time.Time           `json:"updatedAt"`
	Permissions []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// SavedViewInput is what can be said of a view.
type SavedViewInput struct {
	Name    Text                `json:"name"`
	Sharing savedview.Sharing   `json:"sharing,omitempty" enum:"own,party,everybody" default:"own"`
	Query   map[string][]string `json:"query" doc:"Of the list its filters and sort, but no limit, cursor, count or asOf; mine is of whoever looks"`
}

// NewSavedView is SavedViewInput with the page, which does not change.
type NewSavedView struct {
	Page savedview.Page `json:"page" enum:"actions,goals,my_work,matrix"`
	SavedViewInput
}

// shownBy are the parameters that a page has beside those of its list, with the
// values that they can have; nil: any word.
var shownBy = map[savedview.Page]map[string][]string{
	savedview.Actions: {"group": nil, "columns": nil, "view": {"table", "timeline", "board"}, "period": nil},
	savedview.Goals:   {},
	savedview.MyWork:  {"scope": {"own", "unit"}},
	savedview.Matrix:  {"view": {"list"}, "balance": {"theme", "chain"}, "measure": nil},
}

// rowsOf is where the list of a page is.
var rowsOf = map[savedview.Page]string{savedview.Actions: "/actions", savedview.Goals: "/goals", savedview.MyWork: "/me/work", savedview.Matrix: "/matrix"}

// notSaved are parameters of a list that are no part of a view.
var notSaved = []string{"limit", "cursor", "count", "asOf", "include"}

// listParams are the parameters of a page's list by their names.
func (s *Server) listParams(p savedview.Page) map[string]*huma.Param {
	out := map[string]*huma.Param{}
	for _, param := range s.api.OpenAPI().Paths[rowsOf[p]].Get.Parameters {
		if param.In == "query" && !slices.Contains(notSaved, param.Name) {
			out[param.Name] = param
		}
	}
	return out
}

// checkQuery is what is wrong with a query: what the list would refuse, or what
// the page does not know. The order of a list is looked at when it is read.
func (s *Server) checkQuery(p savedview.Page, query map[string][]string) error {
	var v domain.Violations
	params := s.listParams(p)
	for _, name := range slices.Sorted(maps.Keys(query)) {
		values, pointer := query[name], "/query/"+name
		if allowed, ok := shownBy[p][name]; ok {
			if len(values) == 0 || len(values) > 40 {
				v.Add(pointer, "invalid")
			}
			if allowed != nil && slices.ContainsFunc(values, func(value string) bool { return !slices.Contains(allowed, value) }) {
				v.Add(pointer, "not_allowed")
			}
			continue
		}
		param, ok := params[name]
		if !ok {
			v.Add(pointer, "unknown_parameter")
			continue
		}
		var value any
		if param.Schema.Type == huma.TypeArray {
			list := make([]any, len(values))
			for i := range values {
				list[i] = values[i]
			}
			value = list
		} else if len(values) == 1 {
			value = values[0]
		}
		var found huma.ValidateResult
		huma.Validate(s.api.OpenAPI().Components.Schemas, param.Schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, value, &found)
		if len(found.Errors) > 0 || value == nil {
			v.Add(pointer, "invalid")
		}
	}
	return v.Err()
}

func (in SavedViewInput) edit() savedview.Edit {
	return savedview.Edit{Name: in.Name, Sharing: in.Sharing, Query: in.Query}
}

func (s *Server) savedViewBody(a domain.Actor) func(savedview.View) SavedView {
	return func(v savedview.View) SavedView {
		out := SavedView{ID: v.ID, Page: v.Page, Name: v.Name, Sharing: v.Sharing, PartyID: v.PartyID, Mine: !a.PersonID.IsZero() && v.PersonID == a.PersonID,
			Query: v.Query, Address: "/views/" + v.ID.String(), Version: v.Version, CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt, Permissions: v.Allowed(a)}
		rows := url.Values{}
		for name, values := range v.Query {
			if _, ofPage := shownBy[v.Page][name]; !ofPage {
				rows[name] = values
			}
		}
		out.Rows = "/api/v1" + rowsOf[v.Page]
		if len(rows) > 0 {
			out.Rows += "?" + strings.ReplaceAll(rows.Encode(), "%2C", ",")
		}
		return out
	}
}

func (s *Server) registerSavedViews() {
	const tag = "Saved views"
	views := s.Services.SavedViews

	handle(s, operation{ID: "listSavedViews", Method: http.MethodGet, Path: "/saved-views", Tag: tag, Permission: readScope,
		Summary:     "List saved views",
		Description: "The caller's own, those that are shared with the party for which the caller acts, and those of everybody. Sorted by name (the default) or updatedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			PageParams
			Page    []string `query:"page,explode" maxItems:"5" enum:"actions,goals,my_work,matrix"`
			Sharing []string `query:"sharing,explode" maxItems:"3" enum:"own,party,everybody"`
		}) (*ListOutput[SavedView], error) {
			f := savedview.Filter{Page: filterOf[savedview.Page](toStrings[savedview.Page](in.Page)), Sharing: filterOf[savedview.Sharing](toStrings[savedview.Sharing](in.Sharing))}
			page, err := views.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, s.savedViewBody(a)), nil
		})

	handle(s, operation{ID: "getSavedView", Method: http.MethodGet, Path: "/saved-views/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a saved view"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[SavedView], error) {
			var id domain.SavedViewID
			if err := pathID(&id, in.ID, "saved_view"); err != nil {
				return nil, err
			}
			v, err := views.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(s.savedViewBody(a)(v), v.Version), nil
		})

	handle(s, operation{ID: "createSavedView", Method: http.MethodPost, Path: "/saved-views", Tag: tag, Permission: domain.SavedViewEdit, Status: http.StatusCreated, Errors: []int{401, 403, 409},
		Summary:     "Save a view",
		Description: "Of the caller's own, shared with their party, or, by a coordinator, with everybody. 409 too_many_views: a person has 100 at most."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewSavedView }) (*ItemOutput[SavedView], error) {
			if err := s.checkQuery(in.Body.Page, in.Body.Query); err != nil {
				return nil, err
			}
			v, err := views.Create(ctx, a, in.Body.Page, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(s.savedViewBody(a)(v), v.Version, "/saved-views/"+v.ID.String()), nil
		})

	handle(s, operation{ID: "updateSavedView", Method: http.MethodPut, Path: "/saved-views/{id}", Tag: tag, Permission: domain.SavedViewEdit, Errors: []int{401, 403, 404, 412, 428},
		Summary:     "Replace a saved view",
		Description: "By its owner; once it is shared also by coordinators of its party, and what everybody has only by those."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body SavedViewInput
		}) (*ItemOutput[SavedView], error) {
			var id domain.SavedViewID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "saved_view")); err != nil {
				return nil, err
			}
			stored, err := views.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			if err := s.checkQuery(stored.Page, in.Body.Query); err != nil {
				return nil, err
			}
			v, err := views.Change(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, s.savedViewBody(a))
			}
			return item(s.savedViewBody(a)(v), v.Version), nil
		})

	handle(s, operation{ID: "withdrawSavedView", Method: http.MethodPost, Path: "/saved-views/{id}/withdrawal", Tag: tag, Permission: domain.SavedViewEdit, Status: http.StatusNoContent,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Withdraw a saved view: nobody has it any more"},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID string `path:"id" format:"uuid"`
		}) (*struct{}, error) {
			var id domain.SavedViewID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "saved_view")); err != nil {
				return nil, err
			}
			return nil, stale(views.Withdraw(ctx, a, id, version), s.savedViewBody(a))
		})
}
