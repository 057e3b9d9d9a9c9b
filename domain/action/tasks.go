package action

import (
	"context"
	"errors"
	"strings"

	"yhdyspinta/domain"
)

// TaskItem is a task with the action that it belongs to.
type TaskItem struct {
	Task
	Action Action
}

// Task returns a task of an action that the actor may see, or NotFound.
func (s *Service) Task(ctx context.Context, actor domain.Actor, id domain.TaskID) (item TaskItem, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		item, err = taskOf(st, actor, id)
		return err
	})
	return item, err
}

func taskOf(st Stores, actor domain.Actor, id domain.TaskID) (TaskItem, error) {
	t, err := st.Tasks.Get(id)
	if err != nil {
		return TaskItem{}, err
	}
	v, err := st.Actions.Get(actor.Scope(), t.ActionID)
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindNotFound {
		return TaskItem{}, domain.NotFound("task") // that there is one is not told
	}
	return TaskItem{t, v.Action}, err
}

// AddTask adds an open task to an action on which something is still expected:
// Conflict if it is over or has MaxTasks already.
func (s *Service) AddTask(ctx context.Context, actor domain.Actor, of domain.ActionID, e TaskEdit) (item TaskItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Actions.Lock(of); err != nil {
			return err
		}
		v, err := st.Actions.Get(actor.Scope(), of)
		if err != nil {
			return err
		}
		var id domain.TaskID
		id.SetNew(s.NewID)
		if err := v.checkTask(actor, domain.TaskEdit, Task{}); err != nil {
			return err
		}
		if v.Status.Closed() {
			return domain.Conflict("action_over", string(v.Status), "nothing more is expected of the action")
		}
		t, err := NewTask(id, of, e, log.Now())
		if err != nil {
			return err
		}
		if t.Post, err = st.Tasks.Post(e.PostID); err != nil {
			return err
		}
		if err := mayName(actor, t.Post); err != nil {
			return err
		}
		tasks, _, err := st.Tasks.Of(of)
		if err != nil {
			return err
		}
		if len(tasks) >= MaxTasks {
			return domain.Conflict("too_many_tasks", "", "the action has as many tasks as it can have")
		}
		if err := st.Tasks.Insert(t); err != nil {
			return err
		}
		log.Add(actor, domain.TaskEdit, domain.SubjectOf(domain.SubjectTask, t.ID), t.Version, domain.Diff(Task{}, t), domain.Under(domain.SubjectOf(domain.SubjectAction, of)))
		item, err = taskOf(st, actor, t.ID)
		return err
	})
	return item, err
}

// ChangeTask replaces what can be edited of version of a task.
func (s *Service) ChangeTask(ctx context.Context, actor domain.Actor, id domain.TaskID, version int, e TaskEdit, reason string) (TaskItem, error) {
	reason = strings.TrimSpace(reason)
	return s.writeTask(ctx, actor, domain.TaskEdit, id, version, reason, func(st Stores, t *Task, log *domain.AuditLog) error {
		old := t.PostID
		if err := t.Change(e, reason, log.Now()); err != nil {
			return err
		}
		if t.PostID == old {
			return nil
		}
		var err error
		if t.Post, err = st.Tasks.Post(t.PostID); err != nil {
			return err
		}
		return mayName(actor, t.Post)
	})
}

// CompleteTask notes that version of a task was done on a day; zero: today.
func (s *Service) CompleteTask(ctx context.Context, actor domain.Actor, id domain.TaskID, version int, on domain.Date) (TaskItem, error) {
	return s.writeTask(ctx, actor, domain.TaskComplete, id, version, "", func(_ Stores, t *Task, log *domain.AuditLog) error {
		return t.Complete(on, log.Now())
	})
}

// ReopenTask takes back that version of a task was done, or withdrawn. Who may say
// that it is done may take that back; who may edit it may take the other back.
func (s *Service) ReopenTask(ctx context.Context, actor domain.Actor, id domain.TaskID, version int, reason string) (TaskItem, error) {
	reason = strings.TrimSpace(reason)
	return s.writeTask(ctx, actor, domain.TaskComplete, id, version, reason, func(st Stores, t *Task, log *domain.AuditLog) error {
		if !t.WithdrawnOn.IsZero() {
			v, err := st.Actions.Get(actor.Scope(), t.ActionID)
			if err != nil {
				return err
			}
			if err := v.checkTask(actor, domain.TaskEdit, *t); err != nil {
				return err
			}
		}
		return t.Reopen(reason, log.Now())
	})
}

// WithdrawTask says that version of a task is no more, with a reason.
func (s *Service) WithdrawTask(ctx context.Context, actor domain.Actor, id domain.TaskID, version int, reason string) (TaskItem, error) {
	reason = strings.TrimSpace(reason)
	return s.writeTask(ctx, actor, domain.TaskWithdraw, id, version, reason, func(_ Stores, t *Task, log *domain.AuditLog) error {
		return t.Withdraw(reason, log.Now())
	})
}

// writeTask loads version of a task and its action, checks the permission,
// changes the task and logs what is other than before, under the action.
func (s *Service) writeTask(ctx context.Context, actor domain.Actor, p domain.Permission, id domain.TaskID, version int, reason string,
	change func(Stores, *Task, *domain.AuditLog) error) (item TaskItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if item, err = taskOf(st, actor, id); err != nil {
			return err
		}
		if err := st.Actions.Lock(item.ActionID); err != nil {
			return err
		}
		if item, err = taskOf(st, actor, id); err != nil { // as it is now that nobody else writes
			return err
		}
		if err := item.Action.checkTask(actor, p, item.Task); err != nil {
			return err
		}
		subject := domain.SubjectOf(domain.SubjectTask, id)
		if item.Version != version {
			return domain.Stale(subject, version, item)
		}
		old := item.Task
		if err := change(st, &item.Task, log); err != nil {
			return err
		}
		if item.Task, err = st.Tasks.Update(item.Task); err != nil {
			return err
		}
		log.Add(actor, p, subject, item.Version, domain.Diff(old, item.Task), domain.Under(domain.SubjectOf(domain.SubjectAction, item.ActionID)), domain.Because(reason))
		item, err = taskOf(st, actor, id)
		return err
	})
	return item, err
}

// ListWithMilestones is List with the milestones of each action of the page.
func (s *Service) ListWithMilestones(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[View], of map[domain.ActionID]Milestones, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if page, err = st.Actions.List(actor.Scope(), f, p); err != nil {
			return err
		}
		ids := make([]domain.ActionID, len(page.Items))
		for i, v := range page.Items {
			ids[i] = v.ID
		}
		of, err = st.Tasks.Milestones(ids)
		return err
	})
	return page, of, err
}
