package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// AgendaItem is one matter of a meeting. Of a hidden one only numbers,
// visibility and its ground are told.
type AgendaItem struct {
	ID               domain.AgendaItemID   `json:"id" format:"uuid"`
	MeetingID        domain.MeetingID      `json:"meetingId" format:"uuid"`
	AgendaNo         int                   `json:"agendaNo" doc:"Its place on the agenda (asianumero)"`
	Section          int                   `json:"section,omitempty" doc:"§ in the paper; missing: none"`
	Hidden           bool                  `json:"hidden" doc:"The caller may not read it"`
	Title            Text                  `json:"title"`
	Preparer         Text                  `json:"preparer"`
	Proposal         Text                  `json:"proposal"`
	Proceedings      Text                  `json:"proceedings"`
	Decision         Text                  `json:"decision"`
	Explanation      Text                  `json:"explanation"`
	Heard            Text                  `json:"heard" doc:"Who was heard"`
	GoesOnTo         Text                  `json:"goesOnTo" doc:"The bodies that handle it next"`
	Presenter        *PostRef              `json:"presenter,omitempty"`
	MinutesReserved  int                   `json:"minutesReserved,omitempty" doc:"Minutes on the agenda"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds"`
	Cases            []CaseReference       `json:"cases"`
	Outcomes         []Outcome             `json:"outcomes"`
	Quorum           *Quorum               `json:"quorum,omitempty" doc:"Whether someone of each principal party was there when it was settled; missing until the item has been handled and attendance noted"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	Version          int                   `json:"version"`
	UpdatedAt        time.Time             `json:"updatedAt"`
	Permissions      []domain.Permission   `json:"permissions" doc:"meeting.edit: change it; meeting.record: add outcomes"`
}

// AgendaItemInput is what can be said of an agenda item.
type AgendaItemInput struct {
	Title            Text                  `json:"title"`
	Preparer         Text                  `json:"preparer,omitempty"`
	Proposal         Text                  `json:"proposal,omitempty" doc:"Lines that begin with a number are shown as a numbered list"`
	Proceedings      Text                  `json:"proceedings,omitempty"`
	Decision         Text                  `json:"decision,omitempty"`
	Explanation      Text                  `json:"explanation,omitempty"`
	Heard            Text                  `json:"heard,omitempty"`
	GoesOnTo         Text                  `json:"goesOnTo,omitempty"`
	PresenterPostID  domain.PostID         `json:"presenterPostId,omitempty" format:"uuid"`
	MinutesReserved  int                   `json:"minutesReserved,omitempty" minimum:"0" maximum:"1440"`
	Section          int                   `json:"section,omitempty" minimum:"0" doc:"By hand, for a memo or an older paper; minutes get theirs when the meeting is closed"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference       `json:"cases,omitempty" maxItems:"50"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" maxLength:"300"`
}

// MoveInput places an item on the agenda.
type MoveInput struct {
	After domain.AgendaItemID `json:"after,omitempty" format:"uuid" doc:"The item that comes before it; missing: it comes first"`
}

// AgendaItemRef names an agenda item.
type AgendaItemRef struct {
	ID       domain.AgendaItemID `json:"id" format:"uuid"`
	AgendaNo int                 `json:"agendaNo"`
	Section  int                 `json:"section,omitempty"`
	Title    Text                `json:"title"`
}

func itemBody(a domain.Actor, m meeting.Meeting) func(meeting.AgendaItem) AgendaItem {
	return func(i meeting.AgendaItem) AgendaItem {
		out := AgendaItem{ID: i.ID, MeetingID: i.MeetingID, AgendaNo: i.AgendaNo, Section: i.Section, Hidden: i.Hidden, Title: i.Title,
			Preparer: i.Preparer, Proposal: i.Proposal, Proceedings: i.Proceedings, Decision: i.Decision, Explanation: i.Explanation, Heard: i.Heard,
			GoesOnTo: i.GoesOnTo, MinutesReserved: i.MinutesReserved, LegalBasisIDs: orEmpty(i.References.LegalBases), Cases: casesOf(i.References.Cases),
			Outcomes: []Outcome{}, Visibility: i.Visibility, VisibilityGround: i.VisibilityGround, Version: i.Version, UpdatedAt: i.UpdatedAt,
			Permissions: m.ItemPermissions(a)}
		if !i.PresenterID.IsZero() {
			out.Presenter = &PostRef{ID: i.PresenterID, Title: i.PresenterTitle, PartyID: i.PresenterParty}
		}
		if missing, known := m.MissingAt(i); known {
			out.Quorum = &Quorum{Met: len(missing) == 0, MissingPartyIDs: orEmpty(missing)}
		}
		for _, o := range i.Outcomes {
			out.Outcomes = append(out.Outcomes, outcomeBody(a, m, o, i.Open(o)))
		}
		return out
	}
}

func (in AgendaItemInput) edit() meeting.ItemEdit {
	return meeting.ItemEdit{Title: in.Title, Preparer: in.Preparer, Proposal: in.Proposal, Proceedings: in.Proceedings, Decision: in.Decision,
		Explanation: in.Explanation, Heard: in.Heard, GoesOnTo: in.GoesOnTo, PresenterID: in.PresenterPostID, MinutesReserved: in.MinutesReserved,
		Section: in.Section, References: references(in.LegalBasisIDs, in.Cases), Visibility: in.Visibility, VisibilityGround: strings.TrimSpace(in.VisibilityGround)}
}

// Agenda is a meeting's items in their order.
type Agenda struct {
	Items []AgendaItem `json:"items"`
}

// AgendaOutput answers with an agenda.
type AgendaOutput struct{ Body Agenda }

func agendaOf(a domain.Actor, m meeting.Meeting, items []meeting.AgendaItem) *AgendaOutput {
	out := &AgendaOutput{Body: Agenda{Items: make([]AgendaItem, len(items))}}
	for i, item := range items {
		out.Body.Items[i] = itemBody(a, m)(item)
	}
	return out
}

// agendaTag groups the operations of agenda items and outcomes in the reference.
const agendaTag = "Agenda items and outcomes"

func (s *Server) registerAgendaItems() {
	const tag = agendaTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "listAgendaItems", Method: http.MethodGet, Path: "/meetings/{id}/agenda-items", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List the agenda of a meeting with its outcomes and their actions", Description: "Empty unless the caller may read the meeting's papers."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*AgendaOutput, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, items, err := meetings.Items(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return agendaOf(a, m, items), nil
		})

	handle(s, operation{ID: "createAgendaItem", Method: http.MethodPost, Path: "/meetings/{id}/agenda-items", Tag: tag, Permission: domain.MeetingEdit,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Add an item to the end of an agenda"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body AgendaItemInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, i, err := meetings.AddItem(ctx, a, id, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "getAgendaItem", Method: http.MethodGet, Path: "/agenda-items/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get an agenda item"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			m, i, err := meetings.Item(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "updateAgendaItem", Method: http.MethodPut, Path: "/agenda-items/{id}", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of an agenda item",
		Description: "Approvals given before are taken back. 409 pen_held while another post holds the meeting's pen."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body AgendaItemInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.AgendaItemID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "agenda_item")); err != nil {
				return nil, err
			}
			m, i, err := meetings.ChangeItem(ctx, a, id, version, in.Body.edit())
			if err != nil {
				return nil, stale(err, itemBody(a, m))
			}
			return item(itemBody(a, m)(i), i.Version), nil
		})

	handle(s, operation{ID: "moveAgendaItem", Method: http.MethodPost, Path: "/agenda-items/{id}/move", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Move an agenda item after another one", Description: "Agenda numbers follow. It makes no new version. Answers with the agenda."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body MoveInput
		}) (*AgendaOutput, error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			m, items, err := meetings.MoveItem(ctx, a, id, in.Body.After)
			if err != nil {
				return nil, err
			}
			return agendaOf(a, m, items), nil
		})

	handle(s, operation{ID: "removeAgendaItem", Method: http.MethodPost, Path: "/agenda-items/{id}/removal", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Remove an agenda item before the meeting begins",
		Description: "Agenda numbers follow. Its history and the log keep it. Answers with the agenda."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID string `path:"id" format:"uuid"`
		}) (*AgendaOutput, error) {
			var id domain.AgendaItemID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "agenda_item")); err != nil {
				return nil, err
			}
			m, items, err := meetings.RemoveItem(ctx, a, id, version)
			if err != nil {
				return nil, stale(err, itemBody(a, m))
			}
			return agendaOf(a, m, items), nil
		})
}
