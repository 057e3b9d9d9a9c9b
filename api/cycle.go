package api

import (
	"context"
	"net/http"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// CycleEvent is an event of a plan's annual cycle in a year, with where it is
// handled as far as the caller may see it.
type CycleEvent struct {
	ID          domain.PlanEventID  `json:"id" format:"uuid"`
	PlanID      domain.PlanID       `json:"planId" format:"uuid"`
	Key         string              `json:"key"`
	Year        int                 `json:"year"`
	Month       int                 `json:"month"`
	Title       Text                `json:"title"`
	Forum       *ForumRef           `json:"forum,omitempty" doc:"That handles it"`
	Meeting     *CycleMeeting       `json:"meeting,omitempty" doc:"In which it is handled that year; missing: not placed yet"`
	Permissions []domain.Permission `json:"permissions"`
}

// CycleMeeting names the meeting that handles an event.
type CycleMeeting struct {
	ID       domain.MeetingID `json:"id" format:"uuid"`
	Year     int              `json:"year"`
	Number   int              `json:"number"`
	StartsOn domain.Date      `json:"startsOn" format:"date"`
	Status   meeting.Status   `json:"status" enum:"draft,called,in_progress,closed,approved,published,cancelled"`
}

// CycleAssignmentInput says which forum handles an event.
type CycleAssignmentInput struct {
	ForumID domain.ForumID `json:"forumId,omitempty" format:"uuid" doc:"Missing: none"`
}

// CyclePlacementInput says in which meeting an event of a year is handled.
type CyclePlacementInput struct {
	Year      int              `json:"year" minimum:"1900" maximum:"2200"`
	MeetingID domain.MeetingID `json:"meetingId,omitempty" format:"uuid" doc:"Missing: none yet"`
}

func cycleBody(a domain.Actor) func(meeting.CycleEvent) CycleEvent {
	return func(e meeting.CycleEvent) CycleEvent {
		out := CycleEvent{ID: e.ID, PlanID: e.PlanID, Key: e.Key, Year: e.Year, Month: e.Month, Title: e.Title}
		resource := domain.Resource{}
		if e.Forum != nil {
			resource.ForumID = e.Forum.ID
			out.Forum = &ForumRef{e.Forum.ID, e.Forum.Key, e.Forum.Title}
		}
		if m := e.Meeting; m != nil {
			out.Meeting = &CycleMeeting{ID: m.ID, Year: m.Year, Number: m.Number, StartsOn: domain.DateOf(m.StartsAt), Status: m.Status}
		}
		out.Permissions = a.Allowed(resource, domain.PlanEventAssign, domain.PlanEventPlace)
		return out
	}
}

func (s *Server) registerCycle() {
	const tag = "Plan"
	cycle := s.Services.Cycle

	handle(s, operation{ID: "listCycleEvents", Method: http.MethodGet, Path: "/plan-events", Tag: tag, Permission: readScope,
		Summary:     "List the annual cycle of a year with the forum and the meeting that handle each event",
		Description: "Of the plans that cover the year; sorted by month. A meeting that has not been called yet is seen by those who see drafts."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			Year   int      `query:"year" minimum:"1900" maximum:"2200" doc:"Missing: the year shown"`
			Forum  []string `query:"forumId,explode" maxItems:"50" doc:"Handled by one of these forums; none: by no forum"`
			Placed string   `query:"placed" enum:"true,false" doc:"In a meeting of the year, or not yet"`
		}) (*ListOutput[CycleEvent], error) {
			f := meeting.CycleFilter{Year: in.Year}
			if err := idFilter(&f.Forum, "forumId", in.Forum); err != nil {
				return nil, err
			}
			if in.Placed != "" {
				placed := in.Placed == "true"
				f.Placed = &placed
			}
			page, err := cycle.Events(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, cycleBody(a)), nil
		})

	handle(s, operation{ID: "assignPlanEvent", Method: http.MethodPost, Path: "/plan-events/{id}/assignment", Tag: tag, Permission: domain.PlanEventAssign,
		Errors: []int{401, 403, 404}, Summary: "Say which forum handles an event of the annual cycle",
		Description: "What was placed in another forum's meetings of this year and later is placed no more. Answers with the event of this year."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body CycleAssignmentInput
		}) (*struct{ Body CycleEvent }, error) {
			var id domain.PlanEventID
			if err := pathID(&id, in.ID, "plan_event"); err != nil {
				return nil, err
			}
			e, err := cycle.Assign(ctx, a, id, in.Body.ForumID)
			if err != nil {
				return nil, err
			}
			return &struct{ Body CycleEvent }{cycleBody(a)(e)}, nil
		})

	handle(s, operation{ID: "placePlanEvent", Method: http.MethodPost, Path: "/plan-events/{id}/placement", Tag: tag, Permission: domain.PlanEventPlace,
		Errors: []int{401, 403, 404}, Summary: "Say in which meeting of its forum an event is handled in a year"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body CyclePlacementInput
		}) (*struct{ Body CycleEvent }, error) {
			var id domain.PlanEventID
			if err := pathID(&id, in.ID, "plan_event"); err != nil {
				return nil, err
			}
			e, err := cycle.Place(ctx, a, id, in.Body.Year, in.Body.MeetingID)
			if err != nil {
				return nil, err
			}
			return &struct{ Body CycleEvent }{cycleBody(a)(e)}, nil
		})
}
