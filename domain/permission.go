package domain

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Permission is one thing that can be allowed: "noun.verb", the same text in
// the matrix, the audit log and error details.
type Permission string

// The permissions.
const (
	PartyEdit           Permission = "party.edit"
	UnitEdit            Permission = "unit.edit"
	PostEdit            Permission = "post.edit"
	HoldingEdit         Permission = "holding.edit"
	HoldingPublish      Permission = "holding.publish"
	PersonRead          Permission = "person.read"
	GrantRead           Permission = "grant.read"
	GrantCreate         Permission = "grant.create"
	GrantEnd            Permission = "grant.end"
	PersonSignIn        Permission = "person.sign_in"
	PersonSignOut       Permission = "person.sign_out" // elsewhere: of one's own other sessions
	PlanEdit            Permission = "plan.edit"
	ThemeEdit           Permission = "theme.edit"
	TargetGroupEdit     Permission = "target_group.edit"
	DistrictEdit        Permission = "district.edit"
	LegalBasisEdit      Permission = "legal_basis.edit"
	TagEdit             Permission = "tag.edit"
	PhaseEdit           Permission = "phase.edit"
	TermUseRead         Permission = "term_use.read"
	TranslationRead     Permission = "translation.read"
	GoalCreate          Permission = "goal.create"
	GoalEdit            Permission = "goal.edit"
	GoalEditParty       Permission = "goal.edit_party"
	ActionCreate        Permission = "action.create"
	ActionEdit          Permission = "action.edit"
	ActionReport        Permission = "action.report"
	ActionWithdraw      Permission = "action.withdraw"
	TaskEdit            Permission = "task.edit"
	TaskComplete        Permission = "task.complete"
	TaskWithdraw        Permission = "task.withdraw"
	ResponsibilityEdit  Permission = "responsibility.edit"
	AgreementAccept     Permission = "agreement.accept"
	AgreementComment    Permission = "agreement.comment"
	AgreementAskChanges Permission = "agreement.ask_changes"
	ReservationMake     Permission = "reservation.make"
	ChainEdit           Permission = "chain.edit"
	DraftEdit           Permission = "draft.edit"
	DraftPublish        Permission = "draft.publish"
	DraftComment        Permission = "draft.comment"
	DraftAnswer         Permission = "draft.answer"
	ForumCreate         Permission = "forum.create"
	ForumEdit           Permission = "forum.edit"
	MeetingCreate       Permission = "meeting.create"
	MeetingEdit         Permission = "meeting.edit"
	MeetingCall         Permission = "meeting.call"
	MeetingStart        Permission = "meeting.start"
	MeetingRecord       Permission = "meeting.record"
	MeetingClose        Permission = "meeting.close"
	MeetingReopen       Permission = "meeting.reopen"
	MeetingApprove      Permission = "meeting.approve"
	MeetingPublish      Permission = "meeting.publish"
	MeetingCancel       Permission = "meeting.cancel"
	MeetingImport       Permission = "meeting.import"
	TemplateEdit        Permission = "meeting_template.edit"
	TopicPropose        Permission = "topic.propose"
	TopicEdit           Permission = "topic.edit"
	TopicDecline        Permission = "topic.decline"
	PlanEventAssign     Permission = "plan_event.assign"
	PlanEventPlace      Permission = "plan_event.place"
	PaperComment        Permission = "paper.comment"
	PaperAnswer         Permission = "paper.answer"
	PaperReturn         Permission = "paper.return"
	AmendmentPropose    Permission = "amendment.propose"
	AmendmentApprove    Permission = "amendment.approve"
	AmendmentPublish    Permission = "amendment.publish"
	ReferralAnswer      Permission = "referral.answer"
	ReferralSettle      Permission = "referral.settle"
	ReferralWithdraw    Permission = "referral.withdraw"
	OutcomeEnd          Permission = "outcome.end"
	EndingCorrect       Permission = "ending.correct"
	EndingRetract       Permission = "ending.retract"
	AuditRead           Permission = "audit.read"
	MailRead            Permission = "mail.read"
	MailUnsubscribe     Permission = "mail.unsubscribe"
	ProfileEdit         Permission = "profile.edit"
	DecisionFeedRead    Permission = "decision_feed.read"
	DecisionFeedEdit    Permission = "decision_feed.edit"
	WatchListEdit       Permission = "watch_list.edit"
	RoundOpen           Permission = "round.open"
	RoundEdit           Permission = "round.edit"
	RoundCancel         Permission = "round.cancel"
	RoundReport         Permission = "round.report"
	RoundComplete       Permission = "round.complete"
	SavedViewEdit       Permission = "saved_view.edit"
	SavedViewPublish    Permission = "saved_view.publish"
	JobRead             Permission = "job.read"
	JobRun              Permission = "job.run"
	MailTemplateRead    Permission = "mail_template.read"
	MailTemplateEdit    Permission = "mail_template.edit"
	APITokenRead        Permission = "api_token.read"
	APITokenCreate      Permission = "api_token.create"
	APITokenRevoke      Permission = "api_token.revoke"
)

// Reach says how far a role's permission goes.
type Reach string

// The reaches.
const (
	ReachAll   Reach = "all"   // every resource
	ReachParty Reach = "party" // resources that concern the grant's party
	ReachUnit  Reach = "unit"  // resources owned by a post in the grant's unit or under it
	ReachForum Reach = "forum" // resources of the grant's forum
	ReachOwn   Reach = "own"   // resources owned by the post acted in
	ReachSelf  Reach = "self"  // what is said of the person who acts, in whatever post
)

// matrix is the whole of who may change what. Reading is decided by Scope.
var matrix = map[Permission]map[Role]Reach{
	PartyEdit:           {RoleAdministrator: ReachParty},
	UnitEdit:            {RoleAdministrator: ReachParty},
	PostEdit:            {RoleAdministrator: ReachParty},
	HoldingEdit:         {RoleAdministrator: ReachParty},
	HoldingPublish:      {RoleHolder: ReachSelf},
	PersonRead:          {RoleAdministrator: ReachParty, RoleAuditor: ReachAll},
	GrantRead:           {RoleAdministrator: ReachParty, RoleAuditor: ReachAll},
	GrantCreate:         {RoleAdministrator: ReachParty},
	GrantEnd:            {RoleAdministrator: ReachParty},
	PersonSignIn:        {RolePublic: ReachAll},
	PersonSignOut:       {RolePublic: ReachAll}, // whoever signed in: one's own sessions only, a role or none
	PlanEdit:            {RoleCoordinator: ReachAll},
	ThemeEdit:           {RoleCoordinator: ReachAll},
	TargetGroupEdit:     {RoleCoordinator: ReachAll},
	DistrictEdit:        {RoleCoordinator: ReachAll},
	LegalBasisEdit:      {RoleCoordinator: ReachAll},
	TagEdit:             {RoleCoordinator: ReachAll},
	PhaseEdit:           {RoleCoordinator: ReachAll},
	TermUseRead:         {RoleCoordinator: ReachAll},
	TranslationRead:     {RoleCoordinator: ReachAll},
	GoalCreate:          {RoleCoordinator: ReachAll},
	GoalEdit:            {RoleCoordinator: ReachAll},
	GoalEditParty:       {RoleCoordinator: ReachParty},
	ActionCreate:        {RoleCoordinator: ReachAll, RoleSecretary: ReachForum, RoleManager: ReachUnit},
	ActionEdit:          {RoleCoordinator: ReachParty, RoleManager: ReachUnit, RoleHolder: ReachOwn},
	ActionReport:        {RoleCoordinator: ReachParty, RoleManager: ReachUnit, RoleHolder: ReachOwn},
	ActionWithdraw:      {RoleCoordinator: ReachParty, RoleManager: ReachUnit},
	TaskEdit:            {RoleCoordinator: ReachParty, RoleManager: ReachUnit, RoleHolder: ReachOwn},
	TaskComplete:        {RoleCoordinator: ReachParty, RoleManager: ReachUnit, RoleHolder: ReachOwn},
	TaskWithdraw:        {RoleCoordinator: ReachParty, RoleManager: ReachUnit, RoleHolder: ReachOwn},
	ResponsibilityEdit:  {RoleCoordinator: ReachParty, RoleManager: ReachUnit},
	AgreementAccept:     {RoleCoordinator: ReachParty, RoleManager: ReachUnit},
	AgreementComment:    {RoleCoordinator: ReachParty, RoleManager: ReachUnit},
	AgreementAskChanges: {RoleCoordinator: ReachParty, RoleManager: ReachUnit},
	ReservationMake:     {RoleCoordinator: ReachParty, RoleManager: ReachUnit},
	ChainEdit:           {RoleCoordinator: ReachAll},
	DraftEdit:           {RoleCoordinator: ReachAll},
	DraftPublish:        {RoleCoordinator: ReachAll},
	DraftComment:        {RoleCoordinator: ReachParty, RoleManager: ReachUnit},
	DraftAnswer:         {RoleCoordinator: ReachParty},
	ForumCreate:         {RoleCoordinator: ReachAll},
	ForumEdit:           {RoleCoordinator: ReachAll, RoleSecretary: ReachForum},
	MeetingCreate:       {RoleSecretary: ReachForum},
	MeetingEdit:         {RoleSecretary: ReachForum},
	MeetingCall:         {RoleSecretary: ReachForum},
	MeetingStart:        {RoleSecretary: ReachForum},
	MeetingRecord:       {RoleSecretary: ReachForum},
	MeetingClose:        {RoleSecretary: ReachForum},
	MeetingReopen:       {RoleSecretary: ReachForum},
	MeetingApprove:      {RoleHolder: ReachOwn},
	MeetingPublish:      {RoleSecretary: ReachForum},
	MeetingCancel:       {RoleSecretary: ReachForum},
	MeetingImport:       {RoleSecretary: ReachForum},
	TemplateEdit:        {RoleSecretary: ReachForum},
	TopicPropose:        {RoleCoordinator: ReachAll, RoleSecretary: ReachForum, RoleHolder: ReachOwn},
	TopicEdit:           {RoleHolder: ReachOwn},
	TopicDecline:        {RoleSecretary: ReachForum},
	PlanEventAssign:     {RoleCoordinator: ReachAll},
	PlanEventPlace:      {RoleSecretary: ReachForum},
	PaperComment:        {RoleHolder: ReachOwn, RoleSecretary: ReachForum},
	PaperAnswer:         {RoleSecretary: ReachForum},
	PaperReturn:         {RoleHolder: ReachOwn},
	AmendmentPropose:    {RoleSecretary: ReachForum},
	AmendmentApprove:    {RoleHolder: ReachOwn},
	AmendmentPublish:    {RoleSecretary: ReachForum},
	ReferralAnswer:      {RoleSecretary: ReachForum, RoleHolder: ReachOwn},
	ReferralSettle:      {RoleSecretary: ReachForum},
	ReferralWithdraw:    {RoleSecretary: ReachForum},
	OutcomeEnd:          {RoleSecretary: ReachForum},
	EndingCorrect:       {RoleSecretary: ReachForum},
	EndingRetract:       {RoleSecretary: ReachForum},
	AuditRead:           {RoleAuditor: ReachAll},
	MailRead:            {RoleAdministrator: ReachParty, RoleAuditor: ReachAll},
	MailUnsubscribe:     {RolePublic: ReachAll},
	ProfileEdit:         {RoleHolder: ReachSelf},
	DecisionFeedRead:    {RoleAdministrator: ReachParty, RoleAuditor: ReachAll},
	DecisionFeedEdit:    {RoleAdministrator: ReachParty},
	WatchListEdit:       {RoleSecretary: ReachForum},
	RoundOpen:           {RoleCoordinator: ReachAll},
	RoundEdit:           {RoleCoordinator: ReachAll},
	RoundCancel:         {RoleCoordinator: ReachAll},
	RoundReport:         {RoleCoordinator: ReachParty, RoleManager: ReachUnit, RoleHolder: ReachOwn},
	RoundComplete:       {RoleCoordinator: ReachParty},
	SavedViewEdit:       {RoleHolder: ReachSelf, RoleCoordinator: ReachParty},
	SavedViewPublish:    {RoleCoordinator: ReachParty},
	JobRead:             {RoleAdministrator: ReachAll, RoleAuditor: ReachAll},
	JobRun:              {RoleAdministrator: ReachAll},
	MailTemplateRead:    {RoleAdministrator: ReachParty, RoleAuditor: ReachAll},
	MailTemplateEdit:    {RoleAdministrator: ReachParty},
	APITokenRead:        {RoleHolder: ReachSelf, RoleAdministrator: ReachParty, RoleAuditor: ReachAll},
	APITokenCreate:      {RoleHolder: ReachSelf},
	APITokenRevoke:      {RoleHolder: ReachSelf, RoleAdministrator: ReachParty},
}

// Resource is what a permission is asked for: the parties, posts, units and
// forum that the subject concerns. A feature fills what applies.
type Resource struct {
	Parties []PartyID // parties the subject concerns
	Posts   []PostID  // posts that own it (for approval: those whose approval is asked)
	Units   []UnitID  // units of the owning posts; a manager's grant has those under its own
	ForumID ForumID
	// PersonID is whom it is said of.
	PersonID PersonID
	// EveryParty says that it concerns every party: what nobody leads does.
	EveryParty bool
}

// Can reports whether the actor may do p to r.
func (a Actor) Can(p Permission, r Resource) bool {
	if a.System != "" {
		return true
	}
	if !a.Token.may(p) {
		return false
	}
	roles := matrix[p]
	if reach, ok := roles[RolePublic]; ok && reach == ReachAll {
		return true
	}
	if roles[RoleHolder] == ReachOwn && !a.PostID.IsZero() && slices.Contains(r.Posts, a.PostID) {
		return true
	}
	if roles[RoleHolder] == ReachSelf && !a.PersonID.IsZero() && r.PersonID == a.PersonID {
		return true
	}
	for _, g := range a.Grants {
		switch roles[g.Role] {
		case ReachAll:
			return true
		case ReachParty:
			if r.EveryParty || slices.Contains(r.Parties, g.PartyID) {
				return true
			}
		case ReachUnit:
			if slices.ContainsFunc(g.Units, func(u UnitID) bool { return slices.Contains(r.Units, u) }) {
				return true
			}
		case ReachForum:
			if !g.ForumID.IsZero() && g.ForumID == r.ForumID {
				return true
			}
		}
	}
	return false
}

// Check is nil if the actor may do p to r. The caller has already made sure
// that the actor may see r: what is hidden is not found, never forbidden.
func (a Actor) Check(p Permission, r Resource) error {
	if a.Can(p, r) {
		return nil
	}
	if !a.SignedIn() {
		return Unauthenticated()
	}
	return Forbidden(p)
}

// Allowed returns those of the permissions that the actor has on r, in the
// order given: what the API sends as "permissions".
func (a Actor) Allowed(r Resource, ps ...Permission) []Permission {
	out := []Permission{}
	for _, p := range ps {
		if a.Can(p, r) {
			out = append(out, p)
		}
	}
	return out
}

// Somewhere returns the permissions that the actor's roles can give at all, on
// one thing or another, in alphabetical order: what a menu needs to know.
func (a Actor) Somewhere() []Permission {
	roles := map[Role]bool{RolePublic: true, RoleHolder: !a.PostID.IsZero()}
	for _, g := range a.Grants {
		roles[g.Role] = true
	}
	out := []Permission{}
	for _, p := range Permissions() {
		for role := range matrix[p] {
			if a.Token.may(p) && roles[role] || a.System != "" {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// Permissions lists all permissions in alphabetical order.
func Permissions() []Permission { return slices.Sorted(maps.Keys(matrix)) }

// MatrixText prints the permission matrix as an aligned table: the content of
// the golden file that a lawyer can read.
func MatrixText() string {
	roles := append([]Role{RolePublic, RoleHolder}, GrantedRoles...)
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s", "")
	for _, r := range roles {
		fmt.Fprintf(&b, " %-13s", r)
	}
	b.WriteString("\n")
	for _, p := range Permissions() {
		fmt.Fprintf(&b, "%-22s", p)
		for _, r := range roles {
			reach := matrix[p][r]
			if reach == "" {
				reach = "-"
			}
			fmt.Fprintf(&b, " %-13s", reach)
		}
		b.WriteString("\n")
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
