package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/chain"
	"yhdyspinta/domain/draft"
	"yhdyspinta/domain/forum"
	"yhdyspinta/domain/meeting"
	"yhdyspinta/domain/mywork"
	"yhdyspinta/domain/responsibility"
)

// MyWork is what waits for the post that the caller acts in, and what else
// concerns it.
type MyWork struct {
	Waiting        []WorkItem      `json:"waiting" doc:"The most urgent first: what has passed its day, then what others wait for, the longest waiting first, then what is out of date, should have started, is to be confirmed or is due soon; at most limit"`
	WaitingTotal   int             `json:"waitingTotal" doc:"How much waits in all"`
	Actions        []ActionSummary `json:"actions" doc:"What the post leads or shares and that is not over, by due date, at most 50"`
	ActionsTotal   int             `json:"actionsTotal" doc:"How many of these there are in all"`
	Duties         []WorkDuty      `json:"duties" doc:"Goals, chains and forums that the post answers for, at most 50"`
	DutiesTotal    int             `json:"dutiesTotal" doc:"How many of these there are in all"`
	Meetings       []WorkMeeting   `json:"meetings" doc:"Meetings of the post's forums, and those where it takes a participant's place, in the next 28 days, at most 30"`
	MeetingsTotal  int             `json:"meetingsTotal" doc:"How many of these there are in all"`
	Deadlines      []WorkDeadline  `json:"deadlines" doc:"Due dates in the next 28 days, the nearest first, at most 50"`
	DeadlinesTotal int             `json:"deadlinesTotal" doc:"How many of these there are in all"`
	Reports        []WorkReport    `json:"reports" doc:"What others reported in the last 7 days on those actions, the latest first, at most 10"`
	ReportsTotal   int             `json:"reportsTotal" doc:"How many of these there are in all"`
}

// WorkItem is one thing that waits. The reason tells which of the things it has.
type WorkItem struct {
	Reason      mywork.Reason  `json:"reason" enum:"late,reply_late,acceptance,changes,draft,approval,amendment,comments,reply,returned,unanswered,unclosed,unapproved,unpublished,stale,start_passed,confirm,due_soon,report_late,report"`
	Days        int            `json:"days" doc:"late, reply_late, unanswered, report_late: past due; stale, confirm: since confirmed; start_passed: since the start; due_soon, report: left; others: since on"`
	WorkingDays *int           `json:"workingDays,omitempty" doc:"report: working days left, 0 on the last day; report_late: working days past it"`
	On          domain.Date    `json:"on,omitzero" format:"date" doc:"late, reply_late, unanswered, due_soon: last day of the due period; report, report_late: last day of what the round asks; acceptance, changes, amendment: when it was proposed; draft: when it was saved; approval, comments, unapproved: when the meeting was closed; unclosed: when it was to end; unpublished: when it was approved; reply: when it was sent; returned: when it was refused; stale, confirm: the first day on which it is stale; start_passed: the start"`
	Action      *ActionSummary `json:"action,omitempty"`
	Task        *TaskRef       `json:"task,omitempty" doc:"late, due_soon: the open task or milestone of the action by which it is so; missing: by its own due date"`
	OfOther     bool           `json:"taskOfOther,omitempty" doc:"The task is done by a post of another principal party, and only that party says that it is done or moves its due date"`
	Tasks       []Task         `json:"tasks,omitempty" doc:"Open tasks and milestones of the action that the post itself does and that are late or due soon, by due date"`
	Meeting     *WorkMeeting   `json:"meeting,omitempty" doc:"approval, amendment, comments, unclosed, unapproved, unpublished: the meeting"`
	Role        string         `json:"role,omitempty" enum:"chair,inspector" doc:"approval, amendment: as what"`
	Comments    int            `json:"comments,omitempty" doc:"comments: threads on the paper that are not resolved"`
	Returns     int            `json:"returns,omitempty" doc:"comments: posts that gave the paper back"`
	Also        []WorkReason   `json:"also,omitempty" doc:"The other reasons for which the same thing waits, the most urgent first: it is one row, counts once and is found by each of its reasons"`
	Pending     int            `json:"pending,omitempty" doc:"unapproved: approvers that have not approved"`

	Responsibility *ResponsibilityItem `json:"responsibility,omitempty" doc:"acceptance, changes: of a responsibility"`
	Handover       *HandoverItem       `json:"handover,omitempty" doc:"acceptance: of a hand-over"`
	Mandate        *Forum              `json:"mandate,omitempty" doc:"acceptance: of the purpose and mandate of a forum"`
	Draft          *DraftSummary       `json:"draft,omitempty"`
	Referral       *ReferralEntry      `json:"referral,omitempty" doc:"reply_late, reply, returned, unanswered"`
	Round          *WorkRound          `json:"round,omitempty" doc:"report, report_late: the round with what it asks; of an action beside action. A round that asks beside a more urgent reason stands in also"`
}

// WorkRound is what an open reporting round asks.
type WorkRound struct {
	ID    domain.RoundID   `json:"id" format:"uuid"`
	Key   string           `json:"key" doc:"Permanent name"`
	Title Text             `json:"title"`
	Asked RoundExpectation `json:"asked"`
}

// WorkDeadline is the end of the due period of an action, or of a task of it.
type WorkDeadline struct {
	ActionID domain.ActionID `json:"actionId" format:"uuid"`
	No       int             `json:"no" doc:"Number of the action"`
	TaskID   *domain.TaskID  `json:"taskId,omitempty" format:"uuid" doc:"The task or milestone that the post does; missing: the action itself"`
	Kind     string          `json:"kind,omitempty" enum:"task,milestone" doc:"Of taskId"`
	Title    Text            `json:"title" doc:"Of the task, or of the action"`
	On       domain.Date     `json:"on" format:"date"`
}

// WorkMeeting names a meeting with its forum.
type WorkMeeting struct {
	ID       domain.MeetingID `json:"id" format:"uuid"`
	Forum    ForumRef         `json:"forum"`
	Year     int              `json:"year"`
	Number   int              `json:"number"`
	StartsAt time.Time        `json:"startsAt"`
	Status   string           `json:"status" enum:"draft,called,in_progress,closed,approved,published,cancelled"`
}

// WorkDuty is a goal, chain or forum that the post answers for.
type WorkDuty struct {
	Kind  domain.SubjectKind `json:"kind" enum:"goal,chain,forum"`
	ID    domain.AnyID       `json:"id" format:"uuid"`
	No    int                `json:"no,omitempty" doc:"Number of a goal"`
	Title Text               `json:"title"`
	Part  string             `json:"part" enum:"lead,shared,chair,secretary"`
	Count int                `json:"count,omitempty" doc:"Of a chain: how many of its stages"`

	Unaccepted int `json:"unaccepted" doc:"On how many of these parts the parties have not all agreed"`
}

// WorkReport is what another post reported on an action.
type WorkReport struct {
	ActionID domain.ActionID `json:"actionId" format:"uuid"`
	No       int             `json:"no"`
	Title    Text            `json:"title"`
	Post     PostRef         `json:"post"`
	Status   string          `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded"`
	Text     Text            `json:"text"`
	At       time.Time       `json:"at"`
}

func workMeeting(m mywork.Meeting) WorkMeeting {
	return WorkMeeting{ID: m.ID, Forum: ForumRef{m.ForumID, m.ForumKey, m.ForumTitle}, Year: m.Year, Number: m.Number, StartsAt: m.StartsAt, Status: m.Status}
}

// waitingFor gathers what waits for the post that the caller acts in from those
// who know it: the limit most urgent of each kind, and how much there is in all.
type waitingFor struct {
	services Services
	a        domain.Actor
	day      domain.Date
	limit    int
	now      time.Time
	about    domain.AboutFilter
	reasons  []mywork.Reason   // only these; none: all
	waiting  []domain.ActionID // all own actions that wait for one of these, also those that are not told
	items    []WorkItem
	total    int
}

func (w *waitingFor) add(i WorkItem) { w.items = append(w.items, i) }

// wants reports whether what waits for one of these reasons is asked for.
func (w *waitingFor) wants(rs ...mywork.Reason) bool {
	return mywork.Of{Reasons: w.reasons}.Wants(rs...)
}

// since adds what waits since a moment.
func (w *waitingFor) since(at time.Time, i WorkItem) {
	i.On = domain.DateOf(at)
	i.Days = max(0, i.On.DaysUntil(w.day))
	w.add(i)
}

// counting asks for a list in an order, and how much there is in all.
func counting(sort string) domain.PageRequest { return domain.PageRequest{Sort: sort, Count: true} }

// upTo are the first limit things of a list, page after page, and how many there are
// in all if req asks for that.
func upTo[T any](limit int, req domain.PageRequest, list func(domain.PageRequest) (domain.Page[T], error)) (all []T, total int, err error) {
	req.Limit = min(limit, domain.MaxPage)
	for {
		page, err := list(req)
		if err != nil {
			return nil, 0, err
		}
		if page.Total != nil {
			total = *page.Total
		}
		all = append(all, page.Items...)
		if page.NextCursor == "" || len(all) >= limit {
			return all[:min(limit, len(all))], total, nil
		}
		req.Cursor, req.Count = page.NextCursor, false
	}
}

// responsibilities adds what a list of responsibilities is asked for.
func (w *waitingFor) responsibilities(ctx context.Context, reason mywork.Reason, in ResponsibilityFilters) error {
	if !w.wants(reason) {
		return nil
	}
	f, some, err := in.filter(w.a)
	if err != nil || !some {
		return err
	}
	f.About = w.about
	items, total, err := upTo(w.limit, counting("waitingSince"), func(req domain.PageRequest) (domain.Page[responsibility.View], error) {
		return w.services.Responsibilities.List(ctx, w.a, f, req)
	})
	w.total += total
	for _, v := range items {
		b := responsibilityBody(v)
		i := WorkItem{Reason: reason, Responsibility: &b}
		if b.Waiting == nil {
			w.add(i)
			continue
		}
		w.since(b.Waiting.ProposedAt, i)
	}
	return err
}

func (w *waitingFor) handovers(ctx context.Context) error {
	who, ok := w.a.Answerer()
	if !ok || !w.wants(mywork.ReasonAcceptance) {
		return nil
	}
	items, total, err := upTo(w.limit, counting("waitingSince"), func(req domain.PageRequest) (domain.Page[chain.HandoverView], error) {
		return w.services.Chains.Handovers(ctx, w.a, chain.HandoverFilter{Answerer: &who, About: w.about}, req)
	})
	w.total += total
	for _, v := range items {
		b := handoverItem(w.a, w.day)(v)
		i := WorkItem{Reason: mywork.ReasonAcceptance, Handover: &b}
		if b.Waiting == nil {
			w.add(i)
			continue
		}
		w.since(b.Waiting.ProposedAt, i)
	}
	return err
}

func (w *waitingFor) mandates(ctx context.Context) error {
	if !w.wants(mywork.ReasonAcceptance) || !w.a.Can(domain.AgreementAccept, domain.Resource{Parties: []domain.PartyID{w.a.PartyID}}) {
		return nil
	}
	items, total, err := upTo(w.limit, counting("waitingSince"), func(req domain.PageRequest) (domain.Page[forum.View], error) {
		return w.services.Forums.List(ctx, w.a, forum.Filter{Awaits: w.a.PartyID, About: w.about}, req)
	})
	w.total += total
	for _, v := range items {
		b := forumBody(w.a, w.day)(v)
		at := b.UpdatedAt
		for _, answer := range b.MandateAnswers {
			if answer.PartyID == w.a.PartyID && answer.Since != nil {
				at = *answer.Since
			}
		}
		w.since(at, WorkItem{Reason: mywork.ReasonAcceptance, Mandate: &b})
	}
	return err
}

func (w *waitingFor) drafts(ctx context.Context) error {
	party, ok := draft.Answering(w.a)
	if !ok || !w.wants(mywork.ReasonDraft) {
		return nil
	}
	items, total, err := upTo(w.limit, counting("savedAt"), func(req domain.PageRequest) (domain.Page[draft.Summary], error) {
		return w.services.Drafts.List(ctx, w.a, draft.Filter{Awaiting: party, About: w.about}, req)
	})
	w.total += total
	for _, d := range items {
		b := draftSummary(d)
		w.since(d.SavedAt, WorkItem{Reason: mywork.ReasonDraft, Draft: &b})
	}
	return err
}

// referrals adds those that wait for a word. Narrowed by reason at most as many as a
// page has are looked through.
func (w *waitingFor) referrals(ctx context.Context) error {
	if !w.wants(mywork.ReasonReply, mywork.ReasonReplyLate, mywork.ReasonReturned, mywork.ReasonUnanswered) {
		return nil
	}
	limit := w.limit
	if len(w.reasons) > 0 {
		limit = max(limit, domain.MaxPage)
	}
	items, total, err := upTo(limit, counting("dueOn"), func(req domain.PageRequest) (domain.Page[meeting.ReferralView], error) {
		return w.services.Meetings.Referrals(ctx, w.a, meeting.ReferralFilter{Awaits: referralParty(w.a), About: w.about}, req)
	})
	if len(w.reasons) == 0 {
		w.total += total
	}
	before := len(w.items)
	defer func() {
		if len(w.reasons) > 0 {
			w.items = slices.DeleteFunc(w.items, func(i WorkItem) bool { return !w.wants(i.Reason) })
			w.total += len(w.items) - before
		}
	}()
	for _, v := range items {
		b := referralEntry(w.a, w.day)(v)
		i := WorkItem{Reason: mywork.ReasonReply, Referral: &b}
		answers := slices.Contains(b.Permissions, domain.ReferralAnswer)
		switch {
		case b.SenderOpen:
			i.Reason = mywork.ReasonReturned
			w.since(timeOr(v.AnsweredAt, v.CreatedAt), i)
		case b.Overdue:
			i.Reason, i.Days, i.On = mywork.ReasonUnanswered, b.DaysOver, b.DueOn
			if answers {
				i.Reason = mywork.ReasonReplyLate
			}
			w.add(i)
		default:
			w.since(timeOr(v.SentAt, v.CreatedAt), i)
		}
	}
	return err
}

// gather collects all of it, the most urgent first.
func (w *waitingFor) gather(ctx context.Context, work mywork.Work) error {
	w.papers(work, w.now)
	for _, gather := range []func() error{
		func() error { return w.actions(ctx) },
		func() error {
			return w.responsibilities(ctx, mywork.ReasonAcceptance, ResponsibilityFilters{Awaiting: "me"})
		},
		func() error { return w.responsibilities(ctx, mywork.ReasonChanges, ResponsibilityFilters{Asked: "me"}) },
		func() error { return w.handovers(ctx) },
		func() error { return w.mandates(ctx) },
		func() error { return w.drafts(ctx) },
		func() error { return w.referrals(ctx) },
	} {
		if err := gather(); err != nil {
			return err
		}
	}
	w.order()
	return nil
}

func (w *waitingFor) order() {
	slices.SortStableFunc(w.items, func(x, y WorkItem) int {
		return mywork.CompareUrgency(mywork.Waiting{Reason: x.Reason, Days: x.Days}, mywork.Waiting{Reason: y.Reason, Days: y.Days})
	})
}

func timeOr(t *time.Time, other time.Time) time.Time {
	if t == nil {
		return other
	}
	return *t
}

// ownActions is how many of the post's own actions are told; the list has the rest.
const ownActions = 50

// myWork is the work of the post that the caller acts in: with a fixed number of
// queries, whatever waits.
func (s *Server) myWork(ctx context.Context, a domain.Actor, limit int, reasons []mywork.Reason, about domain.AboutFilter) (MyWork, error) {
	out := MyWork{Waiting: []WorkItem{}, Actions: []ActionSummary{}, Duties: []WorkDuty{}, Meetings: []WorkMeeting{}, Deadlines: []WorkDeadline{}, Reports: []WorkReport{}}
	work, err := s.Services.Work.Of(ctx, a, limit, reasons, about)
	if err != nil || a.PostID.IsZero() {
		return out, err
	}
	day := s.Clock.Today()
	w := waitingFor{services: s.Services, a: a, day: day, now: s.Clock.Now(), limit: limit, about: about, reasons: reasons}
	if err := w.gather(ctx, work); err != nil {
		return out, err
	}
	if err := w.rounds(ctx); err != nil {
		return out, err
	}
	w.order()
	out.Waiting, out.WaitingTotal = append(out.Waiting, w.items[:min(limit, len(w.items))]...), w.total

	open := domain.AnyOf[action.Status]{Values: []action.Status{action.NotStarted, action.InProgress, action.Paused}}
	own := actionsAbout(about)
	own.Owner, own.Status = a.PostID, open
	mine, err := s.Services.Actions.List(ctx, a, own, domain.PageRequest{Limit: ownActions, Count: true})
	if err != nil {
		return out, err
	}
	for _, v := range mine.Items {
		out.Actions = append(out.Actions, actionSummary(a, day)(v))
	}
	if mine.Total != nil {
		out.ActionsTotal = *mine.Total
	}
	out.DutiesTotal, out.MeetingsTotal, out.DeadlinesTotal, out.ReportsTotal = work.DutiesTotal, work.MeetingsTotal, work.DeadlinesTotal, work.ReportsTotal
	for _, d := range work.Duties {
		out.Duties = append(out.Duties, WorkDuty(d))
	}
	for _, m := range work.Meetings {
		out.Meetings = append(out.Meetings, workMeeting(m))
	}
	for _, d := range work.Deadlines {
		out.Deadlines = append(out.Deadlines, WorkDeadline{ActionID: d.ActionID, No: d.No, TaskID: d.TaskID.Ptr(), Kind: d.Kind, Title: d.Title, On: d.On})
	}
	for _, r := range work.Reports {
		out.Reports = append(out.Reports, WorkReport{ActionID: r.ActionID, No: r.No, Title: r.Title,
			Post: PostRef{r.PostID, r.PostTitle, r.PartyID}, Status: r.Status, Text: r.Text, At: r.At})
	}
	return out, nil
}

func (s *Server) registerMyWork() {
	handle(s, operation{ID: "getMyWork", Method: http.MethodGet, Path: "/me/work", Tag: "Me", Permission: readScope, Errors: []int{401},
		Summary:     "Tell what waits for the post that the caller acts in",
		Description: "Of today. What waits is one list in order of urgency, whatever it is: own actions and tasks, proposals to answer, papers to approve, referrals, the secretary's own minutes, what open reporting rounds ask. What is done makes room for the rest. A thing that waits for several reasons is one row. Without a post everything is empty. " + aboutDescription},
		func(ctx context.Context, a domain.Actor, in *struct {
			AboutParams
			Limit  int      `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How much of what waits"`
			Reason []string `query:"reason,explode" maxItems:"30" enum:"late,reply_late,acceptance,changes,draft,approval,amendment,comments,reply,returned,unanswered,unclosed,unapproved,unpublished,stale,start_passed,confirm,due_soon,report_late,report" doc:"Only what waits for one of these reasons"`
		}) (*struct{ Body MyWork }, error) {
			about, err := in.about()
			if err != nil {
				return nil, err
			}
			w, err := s.myWork(ctx, a, in.Limit, toStrings[mywork.Reason](in.Reason), about)
			if err != nil {
				return nil, err
			}
			return &struct{ Body MyWork }{w}, nil
		})
	s.registerAwaited()
	s.registerMyUnits()
}
