package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// ActionGoal names a goal that an action serves.
type ActionGoal struct {
	ID      domain.GoalID  `json:"id" format:"uuid"`
	No      int            `json:"no"`
	Title   Text           `json:"title"`
	ThemeID domain.ThemeID `json:"themeId" format:"uuid"`
}

// StageRef names a stage of a service chain.
type StageRef struct {
	ID         domain.StageID `json:"id" format:"uuid"`
	ChainID    domain.ChainID `json:"chainId" format:"uuid"`
	ChainTitle Text           `json:"chainTitle"`
	PartyID    domain.PartyID `json:"partyId" format:"uuid" doc:"Whose stage it is"`
	Title      Text           `json:"title"`
	Position   int            `json:"position"`
}

// HandoverRef names a hand-over of a service chain.
type HandoverRef struct {
	ID         domain.HandoverID `json:"id" format:"uuid"`
	ChainID    domain.ChainID    `json:"chainId" format:"uuid"`
	ChainKey   string            `json:"chainKey"`
	ChainTitle Text              `json:"chainTitle"`
	What       Text              `json:"what" doc:"What passes"`
	From       Text              `json:"from" doc:"Title of the giving stage"`
	To         Text              `json:"to" doc:"Title of the receiving stage"`
}

// ConditionExplanation tells why a condition is what it is, in words, code and numbers.
type ConditionExplanation struct {
	Summary   Text             `json:"summary" doc:"In words: what is so"`
	Detail    Text             `json:"detail" doc:"In words: what there is to say beside it; may be empty"`
	Code      string           `json:"code" enum:"cancelled,merged,superseded,withdrawn,done,paused,late,task_late,milestone_late,stale,due_soon,task_soon,milestone_soon,not_started,start_passed,starts_on,on_time,no_due_date" doc:"The condition itself, or a code that tells more. task and milestone: late or due soon by the open one that task names"`
	Days      *int             `json:"days,omitempty" doc:"late: days past due; stale: days since confirmed; due soon, on_time: days left; start_passed: days since the start; starts_on: days until its last day"`
	Limit     int              `json:"limit,omitempty" doc:"stale: the limit of the action's freshness, in days"`
	On        string           `json:"on,omitempty" format:"date" doc:"late, due soon, on_time: last day of the due period; stale: when confirmed; start_passed, starts_on: last day of the start period"`
	Precision domain.Precision `json:"precision,omitempty" enum:"day,month,quarter,year" doc:"Of the period that ends on that day; missing with stale"`
	Task      *TaskRef         `json:"task,omitempty" doc:"The open task or milestone by which the action is late or due soon"`
}

// Condition is how an action is doing on the day shown.
type Condition struct {
	Value       action.ConditionValue `json:"value" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"Computed from status and dates, never stored"`
	Flags       []string              `json:"flags" enum:"unowned,at_risk" doc:"unowned: nobody leads it, or nobody holds the lead post; at_risk: it waits for an action that is late, which risk names"`
	Risk        *Risk                 `json:"risk,omitempty" doc:"at_risk: by which late action"`
	Explanation ConditionExplanation  `json:"explanation"`
}

// ActionSummary is an action as lists show it.
type ActionSummary struct {
	ID                 domain.ActionID     `json:"id" format:"uuid"`
	No                 int                 `json:"no" doc:"The number people use"`
	Title              Text                `json:"title"`
	Goals              []ActionGoal        `json:"goals"`
	Lead               *PostRef            `json:"lead,omitempty" doc:"The post that leads; missing when nobody does"`
	LeadStanding       domain.Standing     `json:"leadStanding,omitempty" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties have agreed on the lead"`
	Others             []Responsibility    `json:"others" doc:"The other responsible posts"`
	StartsOn           domain.Date         `json:"startsOn,omitzero" format:"date"`
	StartsPrecision    domain.Precision    `json:"startsPrecision" enum:"day,month,quarter,year"`
	DueOn              domain.Date         `json:"dueOn,omitzero" format:"date"`
	DuePrecision       domain.Precision    `json:"duePrecision" enum:"day,month,quarter,year"`
	Postponed          int                 `json:"postponed" doc:"How often its due date was moved to a later day, as far as the caller may see"`
	Status             action.Status       `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded" doc:"What the parties that lead or share it report together"`
	Progress           int                 `json:"progress" minimum:"0" maximum:"100" doc:"Per cent: the mean of the parties' own, rounded down"`
	StatusesDiffer     bool                `json:"statusesDiffer" doc:"The parties that lead or share it do not report the same status"`
	Condition          Condition           `json:"condition"`
	TaskFigures        TaskFigures         `json:"taskFigures" doc:"Its tasks and milestones in numbers"`
	Milestones         *Milestones         `json:"milestones,omitempty" doc:"Of lists that were asked for with include=milestones"`
	ConfirmedOn        domain.Date         `json:"confirmedOn,omitzero" format:"date" doc:"When the status was last said to be true: of several parties by the one for which it is longest ago and that is not through"`
	DaysSinceConfirmed *int                `json:"daysSinceConfirmed,omitempty" doc:"On the day shown; freshness has what they are held against"`
	Freshness          Freshness           `json:"freshness" doc:"How often its status is to be confirmed: its own, else the strictest of the plans whose goals it serves, without a plan that another of them supersedes"`
	PhaseID            *domain.PhaseID     `json:"phaseId,omitempty" format:"uuid" doc:"How far its implementation has come; missing when nobody has said"`
	Stage              *StageRef           `json:"stage,omitempty"`
	Forum              *ForumRef           `json:"forum,omitempty"`
	ForwardedTo        []ActionRef         `json:"forwardedTo" doc:"Where it goes on, of a merged or superseded action, as far as the caller may see those: by the joint status"`
	Withdrawn          *ActionWithdrawn    `json:"withdrawn,omitempty" doc:"It was made in error; missing: it stands"`
	Visibility         domain.Visibility   `json:"visibility" enum:"public,internal"`
	Version            int                 `json:"version"`
	UpdatedAt          time.Time           `json:"updatedAt"`
	ReasonStatuses     []action.Status     `json:"reasonStatuses" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded" doc:"Statuses that a report of the caller's party needs a reason for today"`
	Permissions        []domain.Permission `json:"permissions" doc:"What the caller may do with it"`
}

// Action is an action with everything about it.
type Action struct {
	ActionSummary
	Description      Text                   `json:"description"`
	Result           Text                   `json:"result" doc:"What came of it; a done action has one"`
	GoalIDs          []domain.GoalID        `json:"goalIds"`
	StageID          *domain.StageID        `json:"stageId,omitempty" format:"uuid"`
	HandoverID       *domain.HandoverID     `json:"handoverId,omitempty" format:"uuid"`
	Handover         *HandoverRef           `json:"handover,omitempty" doc:"The hand-over of a service chain that it treats"`
	ForumID          *domain.ForumID        `json:"forumId,omitempty" format:"uuid"`
	Responsibilities []Responsibility       `json:"responsibilities" doc:"All responsible posts, the lead first"`
	TargetGroupIDs   []domain.TargetGroupID `json:"targetGroupIds"`
	DistrictIDs      []domain.DistrictID    `json:"districtIds"`
	TagIDs           []domain.TagID         `json:"tagIds"`
	LegalBasisIDs    []domain.LegalBasisID  `json:"legalBasisIds"`
	Cases            []CaseReference        `json:"cases"`
	VisibilityGround string                 `json:"visibilityGround,omitempty" doc:"Why it is internal"`
	OwnFreshness     *Freshness             `json:"ownFreshness,omitempty" doc:"Set for this action instead of that of its plans"`
	Origin           *ActionOrigin          `json:"origin,omitempty" doc:"The outcome it came from; missing without one or when the caller may not read that meeting's papers"`
	PartyStatuses    []PartyStatus          `json:"partyStatuses" doc:"What each principal party that leads or shares it says of its own, the lead's first"`
	Reconciliation   Reconciliation         `json:"reconciliation" doc:"How the joint status came about"`
	Phases           []PhaseReached         `json:"phases" doc:"The phases that it has come to and not gone back from, in their order; the last is phaseId. To the public as its public versions tell it"`
	Needs            []Dependency           `json:"needs" doc:"The actions that it waits for, by due date, as far as the caller may see them; at most 50"`
	AwaitedBy        []Dependency           `json:"awaitedBy" doc:"The actions that wait for it, likewise"`
	Tasks            []Task                 `json:"tasks" doc:"Tasks and milestones by due date, withdrawn ones last; at most 100"`
	Reports          []StatusReport         `json:"reports" doc:"The five latest status reports that the caller may read, newest first"`
	Postponements    []Postponement         `json:"postponements" doc:"How its due date has moved, the latest first, as far as the caller may see: by the history; at most 100"`
	ForwardedFrom    []ActionRef            `json:"forwardedFrom" doc:"What goes on in this action, as far as the caller may see it: status tells whether it was merged into it or superseded by it; at most 200"`
	Undoable         *Word                  `json:"undoable,omitempty" doc:"What the caller's party said last, and the caller may take back; missing: nothing"`
	CreatedAt        time.Time              `json:"createdAt"`
}

// PhaseReached is a phase of implementation with the day on which an action came to it.
type PhaseReached struct {
	PhaseID domain.PhaseID `json:"phaseId" format:"uuid"`
	On      domain.Date    `json:"on" format:"date"`
}

// PartyStatus is what one party says of an action.
type PartyStatus struct {
	PartyID     domain.PartyID `json:"partyId" format:"uuid"`
	Own         bool           `json:"own" doc:"false: the party has said nothing of its own and goes with the others"`
	Status      action.Status  `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded"`
	Progress    int            `json:"progress" doc:"Per cent"`
	ConfirmedOn domain.Date    `json:"confirmedOn,omitzero" format:"date" doc:"When it last said that this is true"`
	ReportedOn  domain.Date    `json:"reportedOn,omitzero" format:"date" doc:"Its latest report; missing if it has only confirmed"`
	PostID      *domain.PostID `json:"postId,omitempty" format:"uuid" doc:"Post of that report"`
	Text        *Text          `json:"text,omitempty" doc:"Of that report, where the caller may read it"`
	ForwardedTo []ActionRef    `json:"forwardedTo" doc:"Where it says that the action goes on"`
}

// ActionRef names another action.
type ActionRef struct {
	ID     domain.ActionID `json:"id" format:"uuid"`
	No     int             `json:"no"`
	Title  Text            `json:"title"`
	Status action.Status   `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded" doc:"Of that action"`
}

func actionRefs(refs []action.Ref) []ActionRef {
	out := make([]ActionRef, len(refs))
	for i, r := range refs {
		out[i] = ActionRef(r)
	}
	return out
}

// Postponement is one change of a due date that was set.
type Postponement struct {
	At            time.Time        `json:"at"`
	FromOn        domain.Date      `json:"fromOn" format:"date"`
	FromPrecision domain.Precision `json:"fromPrecision" enum:"day,month,quarter,year"`
	ToOn          domain.Date      `json:"toOn,omitzero" format:"date" doc:"Missing: there is none any more"`
	ToPrecision   domain.Precision `json:"toPrecision" enum:"day,month,quarter,year"`
	Move          action.DueMove   `json:"move" enum:"later,earlier,removed,reworded" doc:"By the last day of the due period; reworded: that is the same"`
	Days          int              `json:"days" doc:"By how many days; negative: earlier"`
	Reason        string           `json:"reason" doc:"May be empty of what was imported"`
	PartyID       *domain.PartyID  `json:"partyId,omitempty" format:"uuid" doc:"Whose change it was"`
	Post          *PostRef         `json:"post,omitempty" doc:"In which post"`
}

func postponementBody(p action.Postponement) Postponement {
	move, days := p.Move()
	out := Postponement{At: p.At, FromOn: p.FromOn, FromPrecision: p.FromPrecision, ToOn: p.ToOn, ToPrecision: p.ToPrecision,
		Move: move, Days: days, Reason: p.Reason, PartyID: p.PartyID.Ptr()}
	if !p.PostID.IsZero() {
		out.Post = &PostRef{ID: p.PostID, Title: p.Post, PartyID: p.PartyID}
	}
	return out
}

// ActionWithdrawn tells that an action was made in error.
type ActionWithdrawn struct {
	On     domain.Date `json:"on" format:"date"`
	Reason string      `json:"reason"`
	Post   *PostRef    `json:"post,omitempty" doc:"In which post"`
}

func withdrawnOf(w action.Withdrawal) *ActionWithdrawn {
	if w.On.IsZero() {
		return nil
	}
	out := &ActionWithdrawn{On: w.On, Reason: w.Reason}
	if !w.PostID.IsZero() {
		out.Post = &PostRef{ID: w.PostID, Title: w.Post, PartyID: w.PartyID}
	}
	return out
}

// Reconciliation tells how the joint status came about.
type Reconciliation struct {
	Code action.ReconciliationCode `json:"code" enum:"single,silent,same,in_progress,partly_done,paused,not_closed,not_started" doc:"single: at most one party leads or shares it; silent: a party has said nothing of its own; same: all say the same; in_progress: a party is in progress; partly_done: some are done, others not; paused: nobody works on it and a party has paused; not_closed: all have closed it in different words; not_started: none of these"`
}

func partyStatusesOf(a action.Action) []PartyStatus {
	out := []PartyStatus{}
	for _, p := range a.PartyStatuses() {
		s := PartyStatus{PartyID: p.PartyID, Own: p.Spoken, Status: p.Status, Progress: p.Progress, ConfirmedOn: p.ConfirmedOn, ReportedOn: p.ReportedOn, PostID: p.PostID.Ptr(), ForwardedTo: actionRefs(p.Forwards)}
		if !p.Text.IsZero() {
			s.Text = &p.Text
		}
		out = append(out, s)
	}
	return out
}

// ActionOrigin is the outcome of a meeting that an action came from.
type ActionOrigin struct {
	OutcomeID    domain.OutcomeID    `json:"outcomeId" format:"uuid"`
	Type         string              `json:"type" enum:"decision,assignment,recommendation,noted,deferred,referral"`
	Text         Text                `json:"text"`
	AgendaItemID domain.AgendaItemID `json:"agendaItemId" format:"uuid"`
	AgendaNo     *int                `json:"agendaNo,omitempty"`
	Section      *int                `json:"section,omitempty" doc:"§ of the minutes"`
	ItemTitle    Text                `json:"itemTitle"`
	MeetingID    domain.MeetingID    `json:"meetingId" format:"uuid"`
	Number       int                 `json:"number" doc:"Number of the meeting in its year"`
	Year         int                 `json:"year"`
	HeldOn       domain.Date         `json:"heldOn" format:"date"`
	Status       string              `json:"status" enum:"draft,called,in_progress,closed,approved,published,cancelled" doc:"Of the meeting"`
	Paper        string              `json:"paper" enum:"memo,minutes" doc:"What the meeting's papers are"`
	Forum        ForumRef            `json:"forum"`
}

// StatusReport is one dated report on an action. Reports are never changed.
type StatusReport struct {
	ID         domain.StatusReportID `json:"id" format:"uuid"`
	PartyID    domain.PartyID        `json:"partyId" format:"uuid"`
	Post       *PostRef              `json:"post,omitempty"`
	Status     action.Status         `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded"`
	Progress   int                   `json:"progress" doc:"Per cent"`
	Text       Text                  `json:"text"`
	Reason     string                `json:"reason,omitempty" doc:"Why the status differs from what the dates say"`
	ForwardTo  []ActionRef           `json:"forwardTo" doc:"Where it says that the action goes on, as far as the caller may see it"`
	Public     bool                  `json:"public"`
	ReportedOn domain.Date           `json:"reportedOn" format:"date"`
	ReportedAt time.Time             `json:"reportedAt"`
	Withdrawn  *ReportWithdrawn      `json:"withdrawn,omitempty" doc:"It was taken back and no longer counts; missing: it stands"`
}

// ReportWithdrawn tells that a report was taken back.
type ReportWithdrawn struct {
	At   time.Time `json:"at"`
	Post *PostRef  `json:"post,omitempty" doc:"In which post"`
}

// Word is what a party said of an action last: a report, or that its status is
// still true.
type Word struct {
	ID       domain.WordID          `json:"id" format:"uuid"`
	Kind     string                 `json:"kind" enum:"report,confirmation"`
	ReportID *domain.StatusReportID `json:"reportId,omitempty" format:"uuid"`
	At       time.Time              `json:"at"`

	NeedsReason bool `json:"needsReason" doc:"It ended the action and was said on an earlier day: taking it back needs a reason"`
}

// ActionInput is what can be said of an action.
type ActionInput struct {
	Title            Text                   `json:"title"`
	Description      Text                   `json:"description,omitempty"`
	GoalIDs          []domain.GoalID        `json:"goalIds,omitempty" maxItems:"20"`
	StartsOn         string                 `json:"startsOn,omitempty" format:"date"`
	StartsPrecision  domain.Precision       `json:"startsPrecision,omitempty" enum:"day,month,quarter,year" default:"day"`
	DueOn            string                 `json:"dueOn,omitempty" format:"date"`
	DuePrecision     domain.Precision       `json:"duePrecision,omitempty" enum:"day,month,quarter,year" default:"day"`
	Responsibilities []ResponsibilityInput  `json:"responsibilities,omitempty" maxItems:"40" doc:"At most one lead"`
	PhaseID          *domain.PhaseID        `json:"phaseId,omitempty" format:"uuid" doc:"How far its implementation has come; missing: not said"`
	ForumID          *domain.ForumID        `json:"forumId,omitempty" format:"uuid"`
	StageID          *domain.StageID        `json:"stageId,omitempty" format:"uuid"`
	HandoverID       *domain.HandoverID     `json:"handoverId,omitempty" format:"uuid" doc:"The hand-over of a service chain that it treats"`
	TargetGroupIDs   []domain.TargetGroupID `json:"targetGroupIds,omitempty" maxItems:"50"`
	DistrictIDs      []domain.DistrictID    `json:"districtIds,omitempty" maxItems:"50"`
	TagIDs           []domain.TagID         `json:"tagIds,omitempty" maxItems:"20"`
	LegalBasisIDs    []domain.LegalBasisID  `json:"legalBasisIds,omitempty" maxItems:"50"`
	Cases            []CaseReference        `json:"cases,omitempty" maxItems:"50"`
	OwnFreshness     *Freshness             `json:"ownFreshness,omitempty" doc:"Instead of that of its plans; missing: theirs"`
	Visibility       domain.Visibility      `json:"visibility" enum:"public,internal"`
	VisibilityGround string                 `json:"visibilityGround,omitempty" maxLength:"300"`
}

// ActionChange is ActionInput with the reason of the change.
type ActionChange struct {
	ActionInput
	Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Why; required when a due date that was set changes, and when ownFreshness has a longer limit than the action has now. Kept in the log."`
}

// StatusReportInput is a report on an action.
type StatusReportInput struct {
	Status   action.Status   `json:"status" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded"`
	Progress *int            `json:"progress,omitempty" minimum:"0" maximum:"100" doc:"Per cent; missing: as it is. Done is always 100."`
	Text     Text            `json:"text,omitempty" doc:"What has happened, short"`
	Result   Text            `json:"result,omitempty" doc:"What came of it; done needs one"`
	Reason   string          `json:"reason,omitempty" maxLength:"1000" doc:"Required for the action's reasonStatuses"`
	Public   bool            `json:"public" doc:"Whether everybody may read the text"`
	PhaseID  *domain.PhaseID `json:"phaseId,omitempty" format:"uuid" doc:"How far the implementation of the action has come by now; missing: as it is. Of the action, not of the party alone"`

	ForwardTo []domain.ActionID `json:"forwardTo,omitempty" maxItems:"10" doc:"Where a merged or superseded action goes on; required with those statuses unless the caller's party has named it before. Not the action itself, none that is over, and none that leads back to it"`
}

// ActionReason is why an action is withdrawn or restored.
type ActionReason struct {
	Reason string `json:"reason" maxLength:"1000" doc:"Why; of a withdrawal everybody reads it who may read the action"`
}

func conditionOf(a action.Action, day domain.Date) Condition {
	c := a.Condition(day)
	x := c.Explanation
	summary, detail := InWords(x)
	out := Condition{Value: c.Value, Flags: []string{},
		Explanation: ConditionExplanation{Summary: summary, Detail: detail, Code: x.Code, Days: x.Days, Limit: x.Limit, On: x.On.String(), Precision: x.Precision, Task: taskRef(x.Task)}}
	if c.Unowned {
		out.Flags = append(out.Flags, "unowned")
	}
	if r := c.AtRisk; r != nil {
		out.Flags = append(out.Flags, "at_risk")
		out.Risk = &Risk{ActionName: ActionName(r.Name), LateOn: r.LateOn, Steps: r.Steps, Summary: RiskInWords(*r)}
	}
	return out
}

// actionSummary shows an action on a day; who may change it is asked of today.
func actionSummary(a domain.Actor, day domain.Date) func(action.View) ActionSummary {
	return func(v action.View) ActionSummary {
		out := ActionSummary{ID: v.ID, No: v.No, Title: v.Title, Goals: []ActionGoal{}, Others: []Responsibility{},
			StartsOn: v.StartsOn, StartsPrecision: v.StartsPrecision, DueOn: v.DueOn, DuePrecision: v.DuePrecision, Postponed: v.Postponed,
			Status: v.Status, Progress: v.Progress, StatusesDiffer: v.StatusesDiffer, Condition: conditionOf(v.Action, day), TaskFigures: taskFiguresOf(v.Tasks), ConfirmedOn: v.ConfirmedOn,
			DaysSinceConfirmed: v.DaysSinceConfirmed(day), Freshness: Freshness(v.Freshness()), PhaseID: v.PhaseID.Ptr(), Visibility: v.Visibility, Version: v.Version, UpdatedAt: v.UpdatedAt,
			ForwardedTo: actionRefs(v.ForwardedTo), Withdrawn: withdrawnOf(v.MadeInError), ReasonStatuses: []action.Status{}, Permissions: v.Allowed(a)}
		for _, g := range v.Goals {
			out.Goals = append(out.Goals, ActionGoal(g))
		}
		for _, r := range responsibilitiesOf(v.Responsibilities) {
			if r.Part == domain.Lead {
				out.Lead, out.LeadStanding = &r.Post, r.Standing
			} else {
				out.Others = append(out.Others, r)
			}
		}
		if s := v.Stage; s != nil {
			out.Stage = &StageRef{ID: s.ID, ChainID: s.ChainID, ChainTitle: s.Chain, PartyID: s.PartyID, Title: s.Title, Position: s.Position}
		}
		if v.Forum != nil {
			f := ForumRef(*v.Forum)
			out.Forum = &f
		}
		if len(out.Permissions) > 0 {
			out.ReasonStatuses = orEmpty(v.ReasonStatuses(a.PartyID, day))
		}
		return out
	}
}

func actionBody(a domain.Actor, day domain.Date) func(action.Item) Action {
	return func(i action.Item) Action {
		out := Action{ActionSummary: actionSummary(a, day)(i.View), Description: i.Description, Result: i.Result,
			GoalIDs: []domain.GoalID{}, Responsibilities: responsibilitiesOf(i.Responsibilities),
			TargetGroupIDs: orEmpty(i.TargetGroupIDs), DistrictIDs: orEmpty(i.DistrictIDs), TagIDs: orEmpty(i.TagIDs),
			LegalBasisIDs: orEmpty(i.References.LegalBases), Cases: casesOf(i.References.Cases),
			VisibilityGround: i.VisibilityGround, OwnFreshness: ownFreshness(i.Rhythm), PartyStatuses: partyStatusesOf(i.Action), Reconciliation: Reconciliation{i.Reconciliation()},
			Needs: dependenciesOf(i.Action, i.Needs, day), AwaitedBy: dependenciesOf(i.Action, i.AwaitedBy, day), Phases: []PhaseReached{}, Tasks: []Task{}, Reports: []StatusReport{},
			Postponements: []Postponement{}, ForwardedFrom: actionRefs(i.ForwardedFrom), CreatedAt: i.CreatedAt}
		for _, g := range i.Goals {
			out.GoalIDs = append(out.GoalIDs, g.ID)
		}
		if i.Stage != nil {
			out.StageID = i.StageID.Ptr()
		}
		if h := i.Handover; h != nil {
			out.HandoverID = &h.ID
			out.Handover = &HandoverRef{ID: h.ID, ChainID: h.ChainID, ChainKey: h.ChainKey, ChainTitle: h.Chain, What: h.What, From: h.From, To: h.To}
		}
		if i.Forum != nil {
			out.ForumID = i.ForumID.Ptr()
		}
		if o := i.Origin; o != nil {
			out.Origin = &ActionOrigin{OutcomeID: o.OutcomeID, Type: o.Type, Text: o.Text, AgendaItemID: o.AgendaItemID, AgendaNo: o.AgendaNo,
				Section: o.Section, ItemTitle: o.ItemTitle, MeetingID: o.MeetingID, Number: o.MeetingNumber, Year: o.MeetingYear,
				HeldOn: domain.DateOf(o.MeetingStart), Status: o.MeetingStatus, Paper: o.Paper, Forum: ForumRef(o.Forum)}
		}
		for _, p := range i.Phases {
			out.Phases = append(out.Phases, PhaseReached{p.PhaseID, p.On})
		}
		for _, t := range i.Steps {
			out.Tasks = append(out.Tasks, taskBody(a, day)(action.TaskItem{Task: t, Action: i.Action}))
		}
		for _, p := range i.Postponements {
			out.Postponements = append(out.Postponements, postponementBody(p))
		}
		for _, r := range i.Reports {
			out.Reports = append(out.Reports, statusReportBody(r))
		}
		if w := i.Undoable; w != nil {
			out.Undoable = &Word{ID: w.ID, Kind: w.Kind(), ReportID: w.ReportID.Ptr(), At: w.SaidAt, NeedsReason: i.UnsayNeedsReason(*w, day)}
		}
		return out
	}
}

func statusReportBody(r action.StatusReport) StatusReport {
	out := StatusReport{ID: r.ID, PartyID: r.PartyID, Status: r.Status, Progress: r.Progress, Text: r.Text, Reason: r.Reason,
		Public: r.Public, ForwardTo: actionRefs(r.Forwards), ReportedOn: r.ReportedOn, ReportedAt: r.ReportedAt}
	if !r.PostID.IsZero() {
		out.Post = &PostRef{ID: r.PostID, Title: r.PostTitle, PartyID: r.PartyID}
	}
	if r.WithdrawnAt != nil {
		out.Withdrawn = &ReportWithdrawn{At: r.WithdrawnAt.UTC()}
		if !r.WithdrawnBy.IsZero() {
			out.Withdrawn.Post = &PostRef{ID: r.WithdrawnBy, Title: r.WithdrawnPost, PartyID: r.PartyID}
		}
	}
	return out
}

func (in ActionInput) edit() (action.Edit, error) {
	e := action.Edit{Title: in.Title, Description: in.Description, GoalIDs: in.GoalIDs,
		StartsPrecision: in.StartsPrecision, DuePrecision: in.DuePrecision, Rhythm: in.OwnFreshness.rhythm(),
		Responsibilities: responsibles(in.Responsibilities), TargetGroupIDs: in.TargetGroupIDs, DistrictIDs: in.DistrictIDs, TagIDs: in.TagIDs,
		References: references(in.LegalBasisIDs, in.Cases), Visibility: in.Visibility, VisibilityGround: in.VisibilityGround}
	if in.PhaseID != nil {
		e.PhaseID = *in.PhaseID
	}
	if in.ForumID != nil {
		e.ForumID = *in.ForumID
	}
	if in.StageID != nil {
		e.StageID = *in.StageID
	}
	if in.HandoverID != nil {
		e.HandoverID = *in.HandoverID
	}
	return e, firstError(dateField(&e.StartsOn, "/startsOn", in.StartsOn), dateField(&e.DueOn, "/dueOn", in.DueOn))
}

func (in StatusReportInput) reporting() action.Reporting {
	r := action.Reporting{Status: in.Status, Progress: in.Progress, Text: in.Text, Result: in.Result, Reason: in.Reason, Public: in.Public}
	for _, id := range in.ForwardTo {
		r.ForwardTo = append(r.ForwardTo, action.Target{Ref: action.Ref{ID: id}})
	}
	if in.PhaseID != nil {
		r.PhaseID = *in.PhaseID
	}
	return r
}

// ActionFilters are the filters of lists of actions.
type ActionFilters struct {
	Status        []string `query:"status,explode" maxItems:"10" enum:"not_started,in_progress,done,paused,cancelled,merged,superseded" doc:"What people report"`
	Condition     []string `query:"condition,explode" maxItems:"10" enum:"cancelled,done,paused,late,stale,due_soon,not_started,on_time" doc:"On the day shown"`
	Unowned       string   `query:"unowned" enum:"true,false" doc:"Whether nobody leads it or holds the lead post, on the day shown"`
	AtRisk        string   `query:"atRisk" enum:"true,false" doc:"Whether it waits for an action that is late, directly or by others, on the day shown"`
	Party         []string `query:"partyId,explode" maxItems:"50" doc:"Party of the lead post; none: no lead"`
	Post          []string `query:"postId,explode" maxItems:"50" doc:"Responsible in any part; none: nobody"`
	LeadPost      []string `query:"leadPostId,explode" maxItems:"50" doc:"The lead post; none: no lead"`
	Goal          []string `query:"goalId,explode" maxItems:"50" doc:"For one of these goals; none: for no goal"`
	Theme         []string `query:"themeId,explode" maxItems:"50" doc:"For a goal of one of these themes; none: for no goal"`
	Plan          []string `query:"planId,explode" maxItems:"50" doc:"For a goal of one of these plans; none: for no goal"`
	Chain         []string `query:"chainId,explode" maxItems:"50" doc:"At a stage of one of these chains, or against a hand-over; none: neither"`
	Stage         []string `query:"stageId,explode" maxItems:"50" doc:"At one of these stages; none: at no stage"`
	Handover      []string `query:"handoverId,explode" maxItems:"50" doc:"Against one of these hand-overs; none: against none"`
	Phase         []string `query:"phaseId,explode" maxItems:"50" doc:"In one of these phases of implementation; none: in no phase"`
	Forum         []string `query:"forumId,explode" maxItems:"50" doc:"Followed by one of these forums; none: by no forum"`
	TargetGroup   []string `query:"targetGroupId,explode" maxItems:"50" doc:"For one of these target groups; none: for no group"`
	District      []string `query:"districtId,explode" maxItems:"50" doc:"In one of these districts; none: in no named district"`
	Tag           []string `query:"tagId,explode" maxItems:"50" doc:"With one of these tags; none: without tags"`
	Outcome       []string `query:"outcomeId,explode" maxItems:"50" doc:"From one of these outcomes; none: from no meeting"`
	DueFrom       string   `query:"dueFrom" format:"date" doc:"The due period ends on this day or later"`
	DueTo         string   `query:"dueTo" format:"date" doc:"The due period ends on this day or earlier"`
	ConfirmedFrom string   `query:"confirmedFrom" format:"date" doc:"Somebody said on this day or later that the status is true"`
	ConfirmedTo   string   `query:"confirmedTo" format:"date" doc:"Nobody has said after this day that the status is true"`
	Silent        []string `query:"silentPartyId,explode" maxItems:"50" doc:"Running, and one of these parties, which leads or shares it, has said nothing of its own for longer than the limit of its freshness; none: no party is so silent"`
	Freshness     []string `query:"freshness,explode" maxItems:"3" enum:"in_target,in_limit,stale" doc:"Not over, and confirmed within the target, within the limit, or before it or never; asks only for the days: what is late or paused too"`
	Unit          []string `query:"unitId,explode" maxItems:"50" doc:"Unit of the lead post, or one above it"`
	Text          string   `query:"q" maxLength:"200" doc:"In the title, in any language, also nearly so; or the number"`
	Withdrawn     string   `query:"withdrawn" enum:"true" doc:"Those that were withdrawn as made in error, which no list has otherwise"`
	Mine          string   `query:"mine" enum:"true" doc:"Led or shared by the post that the caller acts in"`
}

func (in *ActionFilters) filter(a domain.Actor) (f action.Filter, err error) {
	f.Status = filterOf[action.Status](toStrings[action.Status](in.Status))
	f.Condition = filterOf[action.ConditionValue](toStrings[action.ConditionValue](in.Condition))
	f.Freshness = filterOf[action.FreshnessLevel](toStrings[action.FreshnessLevel](in.Freshness))
	if in.Unowned != "" {
		yes := in.Unowned == "true"
		f.Unowned = &yes
	}
	f.Text, f.Withdrawn = in.Text, in.Withdrawn == "true"
	if in.AtRisk != "" {
		yes := in.AtRisk == "true"
		f.AtRisk = &yes
	}
	if in.Mine != "" {
		if a.PostID.IsZero() {
			return f, domain.InvalidField("mine", "no_post")
		}
		f.Owner = a.PostID
	}
	return f, firstError(
		idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Post, "postId", in.Post), idFilter(&f.LeadPost, "leadPostId", in.LeadPost),
		idFilter(&f.Goal, "goalId", in.Goal), idFilter(&f.Theme, "themeId", in.Theme), idFilter(&f.Plan, "planId", in.Plan), idFilter(&f.Chain, "chainId", in.Chain),
		idFilter(&f.Stage, "stageId", in.Stage), idFilter(&f.Handover, "handoverId", in.Handover), idFilter(&f.Phase, "phaseId", in.Phase), idFilter(&f.Forum, "forumId", in.Forum), idFilter(&f.TargetGroup, "targetGroupId", in.TargetGroup),
		idFilter(&f.District, "districtId", in.District), idFilter(&f.Tag, "tagId", in.Tag), idFilter(&f.Outcome, "outcomeId", in.Outcome),
		idFilter(&f.Silent, "silentPartyId", in.Silent), idsOf(&f.Unit, "unitId", in.Unit), dateField(&f.DueFrom, "dueFrom", in.DueFrom), dateField(&f.DueTo, "dueTo", in.DueTo),
		dateField(&f.ConfirmedFrom, "confirmedFrom", in.ConfirmedFrom), dateField(&f.ConfirmedTo, "confirmedTo", in.ConfirmedTo))
}

func (s *Server) registerActions() {
	const tag = "Actions"
	actions := s.Services.Actions
	s.registerWithdrawals()

	handle(s, operation{ID: "listActions", Kept: true, Method: http.MethodGet, Path: "/actions", Tag: tag, Permission: readScope,
		Summary:     "List actions",
		Description: "Sorted by dueOn (the default; what has no due date comes last), no, title, updatedAt, confirmedOn, or a field by which GET /action-groups groups: goal (the number of the first goal), theme, party, post, status, condition, phase, chain, forum, dueMonth."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ActionFilters
			Include []string `query:"include,explode" maxItems:"1" enum:"milestones" doc:"What to tell beside what a list always tells: the milestones of each action, at most 12"`
		}) (*ListOutput[ActionSummary], error) {
			f, err := in.filter(a)
			if err != nil {
				return nil, err
			}
			day := domain.DayShown(ctx, s.Clock)
			if len(in.Include) > 0 {
				page, of, err := actions.ListWithMilestones(ctx, a, f, in.request())
				if err != nil {
					return nil, err
				}
				return listOf(page, withMilestones(a, day, of)), nil
			}
			page, err := actions.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, actionSummary(a, day)), nil
		})

	handle(s, operation{ID: "getAction", Kept: true, Method: http.MethodGet, Path: "/actions/{id}", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary: "Get an action by its id or number"},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" maxLength:"36" doc:"Id or number"`
		}) (*ItemOutput[Action], error) {
			i, err := byIDOrNo(in.ID, "action",
				func(id domain.ActionID) (action.Item, error) { return actions.Get(ctx, a, id) },
				func(no int) (action.Item, error) { return actions.ByNo(ctx, a, no) })
			if err != nil {
				return nil, err
			}
			return item(actionBody(a, domain.DayShown(ctx, s.Clock))(i), i.Version), nil
		})

	handle(s, operation{ID: "createAction", Method: http.MethodPost, Path: "/actions", Tag: tag, Permission: domain.ActionCreate, Status: http.StatusCreated,
		Errors: []int{401, 403}, Summary: "Create an action",
		Description: "Coordinators, the manager of the lead's unit and the secretary of the action's forum."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ActionInput }) (*ItemOutput[Action], error) {
			e, err := in.Body.edit()
			if err != nil {
				return nil, err
			}
			i, err := actions.Create(ctx, a, e)
			if err != nil {
				return nil, err
			}
			return created(actionBody(a, s.Clock.Today())(i), i.Version, "/actions/"+i.ID.String()), nil
		})

	handle(s, operation{ID: "updateAction", Method: http.MethodPut, Path: "/actions/{id}", Tag: tag, Permission: domain.ActionEdit,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Replace the editable fields of an action",
		Description: "The status changes by status reports. Other responsible posts need the permission responsibility.edit."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body ActionChange
		}) (*ItemOutput[Action], error) {
			e, err := in.Body.edit()
			return s.writeAction(a, in.IfMatch, in.ID, err, func(id domain.ActionID, version int) (action.Item, error) {
				return actions.Change(ctx, a, id, version, e, in.Body.Reason)
			})
		})

	handle(s, operation{ID: "listStatusReports", Kept: true, Method: http.MethodGet, Path: "/actions/{id}/status-reports", Tag: tag, Permission: readScope,
		Errors: []int{404}, Summary: "List the status reports of an action, the latest first",
		Description: "Public ones to the public, all to staff. Sorted by -reportedAt (the default) or reportedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			PageParams
			ID string `path:"id" format:"uuid"`
		}) (*ListOutput[StatusReport], error) {
			var id domain.ActionID
			if err := pathID(&id, in.ID, "action"); err != nil {
				return nil, err
			}
			page, err := actions.Reports(ctx, a, id, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, statusReportBody), nil
		})

	handle(s, operation{ID: "reportStatus", Method: http.MethodPost, Path: "/actions/{id}/status-reports", Tag: tag, Permission: domain.ActionReport,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Report the status of an action",
		Description: "A merged or superseded action names where it goes on; 409 forward_circle tells the path in state if it would go on in itself. Writes a dated report of the caller's party and post: its own status. The status of the action is what the parties that lead or share it say together. Answers with the action."},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body StatusReportInput
		}) (*ItemOutput[Action], error) {
			return s.writeAction(a, in.IfMatch, in.ID, nil, func(id domain.ActionID, version int) (action.Item, error) {
				return actions.Report(ctx, a, id, version, in.Body.reporting())
			})
		})

	handle(s, operation{ID: "confirmAction", Method: http.MethodPost, Path: "/actions/{id}/confirmation", Tag: tag, Permission: domain.ActionReport,
		Errors: []int{401, 403, 404, 409, 412, 428}, Summary: "Confirm that the status of an action is still true for the caller's party"},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[Action], error) {
			return s.writeAction(a, in.IfMatch, in.ID, nil, func(id domain.ActionID, version int) (action.Item, error) {
				return actions.Confirm(ctx, a, id, version)
			})
		})

	handle(s, operation{ID: "withdrawWord", Method: http.MethodPost, Path: "/actions/{id}/words/{wordId}/withdrawal", Tag: tag, Permission: domain.ActionReport,
		Errors: []int{401, 403, 404, 409}, Summary: "Take back what the caller's party said last of an action",
		Description: "A status report or a confirmation: undoable of the action names it. What the party had said before counts again. A report that was taken back stays in the list, marked. 409 not_latest_word: more was said since; word_withdrawn: it was taken back already; forward_outdated: the action would go on again in one that was withdrawn or goes on in it by now. What ended the action and was said on an earlier day needs a reason. It names the exact word, so it needs no version."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID     string `path:"id" format:"uuid"`
			WordID string `path:"wordId" format:"uuid"`
			Body   *struct {
				Reason string `json:"reason,omitempty" maxLength:"1000" doc:"Kept in the log; required where needsReason says so"`
			}
		}) (*ItemOutput[Action], error) {
			var id domain.ActionID
			var word domain.WordID
			if err := firstError(pathID(&id, in.ID, "action"), pathID(&word, in.WordID, "word")); err != nil {
				return nil, err
			}
			var reason string
			if in.Body != nil {
				reason = in.Body.Reason
			}
			i, err := actions.Unsay(ctx, a, id, word, reason)
			if err != nil {
				return nil, err
			}
			return item(actionBody(a, s.Clock.Today())(i), i.Version), nil
		})
}

func (s *Server) registerWithdrawals() {
	const tag = "Actions"
	for _, decision := range []struct {
		id, path, summary, description string
		do                             func(context.Context, domain.Actor, domain.ActionID, int, string) (action.Item, error)
	}{
		{"withdrawAction", "/actions/{id}/withdrawal", "Withdraw an action that was made in error",
			"No list or figure has it any more; it is read at its address with the reason. 409 others_spoke: another party has had a word in it, so it is cancelled by reports instead; action_ended: it has ended; forwarded_here: another action goes on in it.",
			s.Services.Actions.Withdraw},
		{"restoreAction", "/actions/{id}/restoration", "Take back that an action was withdrawn", "409 action_not_withdrawn: it was not.", s.Services.Actions.Restore},
	} {
		handle(s, operation{ID: decision.id, Method: http.MethodPost, Path: decision.path, Tag: tag, Permission: domain.ActionWithdraw,
			Errors: []int{401, 403, 404, 409, 412, 428}, Summary: decision.summary, Description: decision.description},
			func(ctx context.Context, a domain.Actor, in *struct {
				IfMatch
				ID   string `path:"id" format:"uuid"`
				Body ActionReason
			}) (*ItemOutput[Action], error) {
				return s.writeAction(a, in.IfMatch, in.ID, nil, func(id domain.ActionID, version int) (action.Item, error) {
					return decision.do(ctx, a, id, version, in.Body.Reason)
				})
			})
	}
}

// writeAction runs a change of one version of an action and answers with it.
func (s *Server) writeAction(a domain.Actor, match IfMatch, path string, bad error, change func(domain.ActionID, int) (action.Item, error)) (*ItemOutput[Action], error) {
	var id domain.ActionID
	version, err := match.version()
	if err := firstError(err, pathID(&id, path, "action"), bad); err != nil {
		return nil, err
	}
	i, err := change(id, version)
	if err != nil {
		return nil, stale(err, actionBody(a, s.Clock.Today()))
	}
	return item(actionBody(a, s.Clock.Today())(i), i.Version), nil
}
