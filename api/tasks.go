package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// TaskRef names a task or milestone of an action.
type TaskRef struct {
	ID           domain.TaskID    `json:"id" format:"uuid"`
	Kind         action.TaskKind  `json:"kind" enum:"task,milestone"`
	Title        Text             `json:"title"`
	DueOn        domain.Date      `json:"dueOn" format:"date" doc:"First day of the due period"`
	DuePrecision domain.Precision `json:"duePrecision" enum:"day,month,quarter,year"`
	PartyID      *domain.PartyID  `json:"partyId,omitempty" format:"uuid" doc:"Whose post does it; missing when nobody is named"`
}

// TaskFigures are the tasks and milestones of an action in numbers, without
// withdrawn ones.
type TaskFigures struct {
	Total int      `json:"total"`
	Done  int      `json:"done"`
	Late  int      `json:"late" doc:"Open, and the due period had ended on the day shown"`
	Next  *TaskRef `json:"next,omitempty" doc:"The open one that is due first"`
}

// Task is one step of an action: a piece of work or a milestone. Whoever may read
// the action may read it.
type Task struct {
	TaskRef
	ActionID    domain.ActionID       `json:"actionId" format:"uuid"`
	Post        *PostRef              `json:"post,omitempty" doc:"Who does it; missing when nobody is named"`
	DoneOn      domain.Date           `json:"doneOn,omitzero" format:"date"`
	WithdrawnOn domain.Date           `json:"withdrawnOn,omitzero" format:"date" doc:"When it was said to be no more; the reason is in the log"`
	Condition   action.ConditionValue `json:"condition" enum:"cancelled,done,paused,late,due_soon,on_time" doc:"On the day shown; paused and cancelled as its action. A withdrawn one is cancelled."`
	Version     int                   `json:"version"`
	UpdatedAt   time.Time             `json:"updatedAt"`
	Permissions []domain.Permission   `json:"permissions" doc:"What the caller may do with it"`
}

// Milestone is a milestone of an action as lists tell it.
type Milestone struct {
	TaskRef
	DoneOn    domain.Date           `json:"doneOn,omitzero" format:"date" doc:"When it was reached; missing: it was not"`
	Condition action.ConditionValue `json:"condition" enum:"cancelled,done,paused,late,due_soon,on_time" doc:"On the day shown; paused and cancelled as its action"`
}

// Milestones are those of an action that stand.
type Milestones struct {
	Items []Milestone `json:"items" maxItems:"12" doc:"By due date; where there are too many, open ones before reached ones"`
	More  int         `json:"more" doc:"How many there are beside these"`
}

// withMilestones shows an action on a day with its milestones.
func withMilestones(a domain.Actor, day domain.Date, of map[domain.ActionID]action.Milestones) func(action.View) ActionSummary {
	summary := actionSummary(a, day)
	return func(v action.View) ActionSummary {
		out, found := summary(v), of[v.ID]
		out.Milestones = &Milestones{Items: []Milestone{}, More: found.More}
		for _, t := range found.Items {
			out.Milestones.Items = append(out.Milestones.Items, Milestone{TaskRef: *taskRef(&t), DoneOn: t.DoneOn, Condition: v.TaskCondition(t, day)})
		}
		return out
	}
}

// TaskInput is what can be said of a task.
type TaskInput struct {
	Kind         action.TaskKind  `json:"kind" enum:"task,milestone"`
	Title        Text             `json:"title"`
	DueOn        string           `json:"dueOn,omitempty" format:"date" doc:"Any day of the due period; required"`
	DuePrecision domain.Precision `json:"duePrecision,omitempty" enum:"day,month,quarter,year" default:"day"`
	PostID       *domain.PostID   `json:"postId,omitempty" format:"uuid" doc:"Who does it. A post of a principal party is named by that party only."`
}

// TaskChange is TaskInput with the reason of the change.
type TaskChange struct {
	TaskInput
	Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Why; required when the due date changes. Kept in the log."`
}

func taskRef(t *action.Task) *TaskRef {
	if t == nil || t.ID.IsZero() {
		return nil
	}
	return &TaskRef{ID: t.ID, Kind: t.Kind, Title: t.Title, DueOn: t.DueOn, DuePrecision: t.DuePrecision, PartyID: t.Post.PartyID.Ptr()}
}

func taskFiguresOf(f action.TaskFigures) TaskFigures {
	return TaskFigures{Total: f.Total, Done: f.Done, Late: f.Late, Next: taskRef(&f.Next)}
}

// taskBody shows a task on a day; who may change it is asked of today.
func taskBody(a domain.Actor, day domain.Date) func(action.TaskItem) Task {
	return func(i action.TaskItem) Task {
		t := i.Task
		out := Task{TaskRef: *taskRef(&t), ActionID: t.ActionID, DoneOn: t.DoneOn, WithdrawnOn: t.WithdrawnOn, Condition: i.Action.TaskCondition(t, day),
			Version: t.Version, UpdatedAt: t.UpdatedAt, Permissions: i.Action.AllowedTask(a, t)}
		if !t.PostID.IsZero() {
			out.Post = &PostRef{ID: t.PostID, Title: t.Post.Title, PartyID: t.Post.PartyID}
		}
		return out
	}
}

func (in TaskInput) edit() (action.TaskEdit, error) {
	e := action.TaskEdit{Kind: in.Kind, Title: in.Title, DuePrecision: in.DuePrecision}
	if in.PostID != nil {
		e.PostID = *in.PostID
	}
	return e, dateField(&e.DueOn, "/dueOn", in.DueOn)
}

func (s *Server) registerTasks() {
	const tag = "Actions"
	actions := s.Services.Actions

	handle(s, operation{ID: "getTask", Method: http.MethodGet, Path: "/tasks/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get a task or milestone of an action"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Task], error) {
			var id domain.TaskID
			if err := pathID(&id, in.ID, "task"); err != nil {
				return nil, err
			}
			i, err := actions.Task(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(taskBody(a, domain.DayShown(ctx, s.Clock))(i), i.Version), nil
		})

	handle(s, operation{ID: "createTask", Method: http.MethodPost, Path: "/actions/{id}/tasks", Tag: tag, Permission: domain.TaskEdit, Status: http.StatusCreated,
		Errors: []int{401, 403, 404, 409}, Summary: "Add a task or milestone to an action",
		Description: "Those who may edit the action, with a due date that has not passed. 409 action_over when nothing more is expected of the action, too_many_tasks from the hundredth on."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body TaskInput
		}) (*ItemOutput[Task], error) {
			var id domain.ActionID
			e, err := in.Body.edit()
			if err := firstError(pathID(&id, in.ID, "action"), err); err != nil {
				return nil, err
			}
			i, err := actions.AddTask(ctx, a, id, e)
			if err != nil {
				return nil, err
			}
			return created(taskBody(a, s.Clock.Today())(i), i.Version, "/tasks/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "updateTask", Method: http.MethodPut, Path: "/tasks/{id}", Tag: tag, Permission: domain.TaskEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of a task",
		Description: "What a post of a principal party does is changed by its own party only, also when its part in the action has ended. A due date is not moved to one that has passed."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body TaskChange
		}) (*ItemOutput[Task], error) {
			e, err := in.Body.edit()
			return s.writeTask(a, in.IfMatch, in.ID, err, func(id domain.TaskID, version int) (action.TaskItem, error) {
				return actions.ChangeTask(ctx, a, id, version, e, in.Body.Reason)
			})
		})

	handle(s, operation{ID: "completeTask", Method: http.MethodPost, Path: "/tasks/{id}/completion", Tag: tag, Permission: domain.TaskComplete,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Say that a task is done",
		Description: "Also the post that does it."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				DoneOn string `json:"doneOn,omitempty" format:"date" doc:"Missing: today"`
			}
		}) (*ItemOutput[Task], error) {
			var on domain.Date
			return s.writeTask(a, in.IfMatch, in.ID, dateField(&on, "/doneOn", in.Body.DoneOn), func(id domain.TaskID, version int) (action.TaskItem, error) {
				return actions.CompleteTask(ctx, a, id, version, on)
			})
		})

	handle(s, operation{ID: "reopenTask", Method: http.MethodPost, Path: "/tasks/{id}/reopening", Tag: tag, Permission: domain.TaskComplete,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Take back that a task is done or withdrawn",
		Description: "A withdrawn task is brought back by those who may edit it, as it was."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Kept in the log"`
			}
		}) (*ItemOutput[Task], error) {
			return s.writeTask(a, in.IfMatch, in.ID, nil, func(id domain.TaskID, version int) (action.TaskItem, error) {
				return actions.ReopenTask(ctx, a, id, version, in.Body.Reason)
			})
		})

	handle(s, operation{ID: "withdrawTask", Method: http.MethodPost, Path: "/tasks/{id}/withdrawal", Tag: tag, Permission: domain.TaskWithdraw,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Say that a task is no more",
		Description: "It stays readable and can be brought back; the condition of the action no longer looks at it. Those who lead the action may also say it of what a post of the other party does."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body struct {
				Reason string `json:"reason" maxLength:"1000" doc:"Kept in the log"`
			}
		}) (*ItemOutput[Task], error) {
			return s.writeTask(a, in.IfMatch, in.ID, nil, func(id domain.TaskID, version int) (action.TaskItem, error) {
				return actions.WithdrawTask(ctx, a, id, version, in.Body.Reason)
			})
		})
}

// writeTask runs a change of one version of a task and answers with it.
func (s *Server) writeTask(a domain.Actor, match IfMatch, path string, bad error, change func(domain.TaskID, int) (action.TaskItem, error)) (*ItemOutput[Task], error) {
	var id domain.TaskID
	version, err := match.version()
	if err := firstError(err, pathID(&id, path, "task"), bad); err != nil {
		return nil, err
	}
	i, err := change(id, version)
	if err != nil {
		return nil, stale(err, taskBody(a, s.Clock.Today()))
	}
	return item(taskBody(a, s.Clock.Today())(i), i.Version), nil
}
