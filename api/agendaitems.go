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
	Kind             meeting.ItemKind      `json:"kind" enum:"item,heading" doc:"A heading groups what follows; it has no number and is never handled"`
	ParentID         *domain.AgendaItemID  `json:"parentId,omitempty" format:"uuid" doc:"Of a sub-item: what it is under"`
	AgendaNo         int                   `json:"agendaNo" doc:"Its place among the items (asianumero); a sub-item has that of its item, a heading 0"`
	SubNo            int                   `json:"subNo,omitempty" doc:"Of a sub-item: 1 in 4.1"`
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
	PlannedAt        *time.Time            `json:"plannedAt,omitempty" doc:"When the agenda comes to it, if each item takes the time reserved; in lists of a whole agenda only"`
	Links            []ItemLink            `json:"links"`
	Attachments      []Attachment          `json:"attachments"`
	NotHandled       Text                  `json:"notHandled,omitzero" doc:"Why the meeting did not handle it"`
	Transfers        []Transfer            `json:"transfers" doc:"How it came here from another agenda or was copied to one, oldest first"`
	CarriedOn        bool                  `json:"carriedOn" doc:"It was carried over to a later meeting"`
	CarriedTimes     int                   `json:"carriedTimes" doc:"How many times it was put off before it came here"`
	CameFrom         *Referral             `json:"cameFrom,omitempty" doc:"The referral by which it came"`
	Newer            *MeetingName          `json:"newer,omitempty" doc:"The latest meeting that handles its case later, see getCaseOfItem"`
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
	Links            []ItemLink            `json:"links,omitempty" maxItems:"20"`
	Section          int                   `json:"section,omitempty" minimum:"0" doc:"By hand, for a memo or an older paper; minutes get theirs when the meeting is closed"`
	LegalBasisIDs    []domain.LegalBasisID `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference       `json:"cases,omitempty" maxItems:"50"`
	Visibility       domain.Visibility     `json:"visibility" enum:"public,internal"`
	VisibilityGround string                `json:"visibilityGround,omitempty" maxLength:"300"`
}

// ItemLink is something to read with an item that is kept elsewhere.
type ItemLink struct {
	Title Text   `json:"title"`
	URL   string `json:"url" maxLength:"2000"`
}

// NewAgendaItemInput is an item to add, and where.
type NewAgendaItemInput struct {
	AgendaItemInput
	Kind     meeting.ItemKind    `json:"kind,omitempty" enum:"item,heading" doc:"item unless said; a heading has a title and a visibility only"`
	ParentID domain.AgendaItemID `json:"parentId,omitempty" format:"uuid" doc:"The item that it is under; agendas have two levels"`
	After    domain.AgendaItemID `json:"after,omitempty" format:"uuid" doc:"The item on the same level that comes before it; missing: it comes last"`
}

// MoveInput places an item on the agenda.
type MoveInput struct {
	After    domain.AgendaItemID `json:"after,omitempty" format:"uuid" doc:"The item on the same level that comes before it; missing: it comes first there"`
	ParentID domain.AgendaItemID `json:"parentId,omitempty" format:"uuid" doc:"The item that it is to be under; missing: none"`
}

// AgendaItemRef names an agenda item.
type AgendaItemRef struct {
	ID       domain.AgendaItemID `json:"id" format:"uuid"`
	AgendaNo int                 `json:"agendaNo"`
	SubNo    int                 `json:"subNo,omitempty"`
	Section  int                 `json:"section,omitempty"`
	Title    Text                `json:"title"`
}

func refOf(i meeting.ItemRef) AgendaItemRef {
	return AgendaItemRef{i.ID, i.AgendaNo, i.SubNo, i.Section, i.Title}
}

func itemBody(a domain.Actor, m meeting.Meeting) func(meeting.AgendaItem) AgendaItem {
	return func(i meeting.AgendaItem) AgendaItem {
		out := AgendaItem{ID: i.ID, MeetingID: i.MeetingID, Kind: i.Kind, ParentID: i.ParentID.Ptr(), AgendaNo: i.AgendaNo, SubNo: i.SubNo, Section: i.Section, Hidden: i.Hidden, Title: i.Title,
			Preparer: i.Preparer, Proposal: i.Proposal, Proceedings: i.Proceedings, Decision: i.Decision, Explanation: i.Explanation, Heard: i.Heard,
			GoesOnTo: i.GoesOnTo, MinutesReserved: i.MinutesReserved, LegalBasisIDs: orEmpty(i.References.LegalBases), Cases: casesOf(i.References.Cases),
			Outcomes: []Outcome{}, Visibility: i.Visibility, VisibilityGround: i.VisibilityGround, Version: i.Version, UpdatedAt: i.UpdatedAt,
			Links: []ItemLink{}, Attachments: attachmentsOf(i.Attachments), NotHandled: i.NotHandled, Transfers: transfersOf(i.Transfers),
			CarriedOn: i.CarriedOn, CarriedTimes: i.CarriedTimes, Permissions: m.ItemPermissions(a)}
		for _, l := range i.Links {
			out.Links = append(out.Links, ItemLink(l))
		}
		if i.Newer != nil {
			n := nameOf(*i.Newer)
			out.Newer = &n
		}
		if i.CameFrom != nil {
			r := referralBody(*i.CameFrom, domain.Date{})
			out.CameFrom = &r
		}
		if !i.PresenterID.IsZero() {
			out.Presenter = &PostRef{ID: i.PresenterID, Title: i.PresenterTitle, PartyID: i.PresenterParty}
		}
		if missing, known := m.MissingAt(i); known {
			out.Quorum = &Quorum{Met: len(missing) == 0, MissingPartyIDs: orEmpty(missing)}
		}
		for _, o := range i.Outcomes {
			out.Outcomes = append(out.Outcomes, outcomeBody(a, m, i, o, i.Open(o)))
		}
		return out
	}
}

func (in AgendaItemInput) edit() meeting.ItemEdit {
	var links meeting.Links
	for _, l := range in.Links {
		links = append(links, meeting.Link(l))
	}
	return meeting.ItemEdit{Links: links, Title: in.Title, Preparer: in.Preparer, Proposal: in.Proposal, Proceedings: in.Proceedings, Decision: in.Decision,
		Explanation: in.Explanation, Heard: in.Heard, GoesOnTo: in.GoesOnTo, PresenterID: in.PresenterPostID, MinutesReserved: in.MinutesReserved,
		Section: in.Section, References: references(in.LegalBasisIDs, in.Cases), Visibility: in.Visibility, VisibilityGround: strings.TrimSpace(in.VisibilityGround)}
}

// Agenda is a meeting's items in their order.
type Agenda struct {
	Items           []AgendaItem `json:"items"`
	Moved           []Transfer   `json:"moved" doc:"What left this agenda for another by a move, in the order in which it stood here"`
	MinutesReserved int          `json:"minutesReserved" doc:"In all"`
	OverrunMinutes  int          `json:"overrunMinutes" doc:"Minutes reserved beyond the meeting's end; 0: it fits"`
}

// AgendaOutput answers with an agenda.
type AgendaOutput struct{ Body Agenda }

// agendaAfter answers with the agenda that a write left.
func (s *Server) agendaAfter(ctx context.Context, a domain.Actor, m meeting.Meeting, items []meeting.AgendaItem) (*AgendaOutput, error) {
	moved, err := s.Services.Meetings.Traces(ctx, a, m.ID)
	if err != nil {
		return nil, err
	}
	return agendaOf(a, m, items, moved), nil
}

func agendaOf(a domain.Actor, m meeting.Meeting, items []meeting.AgendaItem, moved []meeting.Transfer) *AgendaOutput {
	plan := m.Plan(items)
	out := &AgendaOutput{Body: Agenda{Items: make([]AgendaItem, len(items)), Moved: transfersOf(moved), MinutesReserved: plan.Minutes, OverrunMinutes: plan.Overrun}}
	for i, item := range items {
		out.Body.Items[i] = itemBody(a, m)(item)
		if at := plan.StartsAt[item.ID]; plan.Minutes > 0 && !item.Hidden {
			out.Body.Items[i].PlannedAt = &at
		}
	}
	return out
}

// agendaTag groups the operations of agenda items and outcomes in the reference.
const agendaTag = "Agenda items and outcomes"

func (s *Server) registerAgendaItems() {
	const tag = agendaTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "listAgendaItems", Kept: true, Method: http.MethodGet, Path: "/meetings/{id}/agenda-items", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "List the agenda of a meeting with its outcomes and their actions", Description: "Empty unless the caller may read the meeting's papers."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*AgendaOutput, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, items, moved, err := meetings.Agenda(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return agendaOf(a, m, items, moved), nil
		})

	handle(s, operation{ID: "createAgendaItem", Method: http.MethodPost, Path: "/meetings/{id}/agenda-items", Tag: tag, Permission: domain.MeetingEdit,
		Status: http.StatusCreated, Errors: []int{401, 403, 404, 409}, Summary: "Add an item, sub-item or heading to an agenda", Description: "At the end of its level, or after another one."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body NewAgendaItemInput
		}) (*ItemOutput[AgendaItem], error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			m, i, err := meetings.AddItem(ctx, a, id, meeting.AgendaPlace{Kind: in.Body.Kind, ParentID: in.Body.ParentID, After: in.Body.After, Last: in.Body.After.IsZero()}, in.Body.edit())
			if err != nil {
				return nil, err
			}
			return created(itemBody(a, m)(i), i.Version, "/agenda-items/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "getAgendaItem", Kept: true, Method: http.MethodGet, Path: "/agenda-items/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
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
		Errors: []int{401, 403, 404, 409}, Summary: "Put an agenda item with its sub-items at another place of its agenda", Description: "Numbers follow. It makes no new version. Answers with the agenda."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body MoveInput
		}) (*AgendaOutput, error) {
			var id domain.AgendaItemID
			if err := pathID(&id, in.ID, "agenda_item"); err != nil {
				return nil, err
			}
			m, items, err := meetings.MoveItem(ctx, a, id, meeting.AgendaPlace{ParentID: in.Body.ParentID, After: in.Body.After})
			if err != nil {
				return nil, err
			}
			return s.agendaAfter(ctx, a, m, items)
		})

	handle(s, operation{ID: "removeAgendaItem", Method: http.MethodPost, Path: "/agenda-items/{id}/removal", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Remove an agenda item before the meeting begins",
		Description: "Not while it has sub-items. Numbers follow. Its history and the log keep it. Answers with the agenda."},
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
			return s.agendaAfter(ctx, a, m, items)
		})
}
