package domain

import "github.com/google/uuid"

// ID identifies an entity of kind K. It is a UUIDv7, so ids sort by time of
// creation. The zero value means "none" and is never stored.
type ID[K any] struct{ uuid.UUID }

// IsZero reports whether the id is unset.
func (id ID[K]) IsZero() bool { return id.UUID == uuid.Nil }

// Ptr returns nil for the zero id, for columns that may be empty.
func (id ID[K]) Ptr() *ID[K] {
	if id.IsZero() {
		return nil
	}
	return &id
}

// ParseID reads the canonical text form. Anything else is ErrNotFound's kind:
// an id that cannot exist names nothing.
func ParseID[K any](s string) (ID[K], error) {
	u, err := uuid.Parse(s)
	if err != nil || len(s) != 36 {
		return ID[K]{}, Invalid("id_malformed", "not a UUID")
	}
	return ID[K]{u}, nil
}

// SetNew gives the id a fresh value from src.
func (id *ID[K]) SetNew(src IDSource) { id.UUID = src() }

// IDSource makes fresh ids. It is passed in, so that tests can fix it.
type IDSource func() uuid.UUID

// UUIDv7 is the IDSource of production.
func UUIDv7() uuid.UUID { return uuid.Must(uuid.NewV7()) }

type (
	partyKind            struct{}
	unitKind             struct{}
	postKind             struct{}
	holdingKind          struct{}
	personKind           struct{}
	grantKind            struct{}
	planKind             struct{}
	themeKind            struct{}
	targetGroupKind      struct{}
	districtKind         struct{}
	legalBasisKind       struct{}
	tagKind              struct{}
	phaseKind            struct{}
	goalKind             struct{}
	actionKind           struct{}
	statusReportKind     struct{}
	wordKind             struct{}
	taskKind             struct{}
	dependencyKind       struct{}
	responsibilityKind   struct{}
	agreementKind        struct{}
	acceptanceKind       struct{}
	handoverKind         struct{}
	reservationKind      struct{}
	chainKind            struct{}
	stageKind            struct{}
	forumKind            struct{}
	membershipKind       struct{}
	meetingKind          struct{}
	participantKind      struct{}
	watcherKind          struct{}
	agendaItemKind       struct{}
	outcomeKind          struct{}
	approvalKind         struct{}
	dissentKind          struct{}
	referralKind         struct{}
	transferKind         struct{}
	attachmentKind       struct{}
	attachmentFileKind   struct{}
	storedFileKind       struct{}
	caseReferenceKind    struct{}
	draftKind            struct{}
	draftCommentKind     struct{}
	agreementCommentKind struct{}
	templateKind         struct{}
	topicKind            struct{}
	planEventKind        struct{}
	paperKind            struct{}
	paperCommentKind     struct{}
	paperReturnKind      struct{}
	amendmentKind        struct{}
	mailKind             struct{}
	mailPreferenceKind   struct{}
	mailTemplateKind     struct{}
	followingKind        struct{}
	calendarKind         struct{}
	decisionFeedKind     struct{}
	decisionEntryKind    struct{}
	settlementKind       struct{}
	watchListKind        struct{}
	roundKind            struct{}
	roundReportKind      struct{}
	savedViewKind        struct{}
	apiTokenKind         struct{}
	sessionKind          struct{}
	anyKind              struct{}
)

// PartyID and the others are the ids by which features refer to each other.
type (
	PartyID            = ID[partyKind]
	UnitID             = ID[unitKind]
	PostID             = ID[postKind]
	HoldingID          = ID[holdingKind]
	PersonID           = ID[personKind]
	GrantID            = ID[grantKind]
	PlanID             = ID[planKind]
	ThemeID            = ID[themeKind]
	TargetGroupID      = ID[targetGroupKind]
	DistrictID         = ID[districtKind]
	LegalBasisID       = ID[legalBasisKind]
	PhaseID            = ID[phaseKind]
	TagID              = ID[tagKind]
	GoalID             = ID[goalKind]
	ActionID           = ID[actionKind]
	StatusReportID     = ID[statusReportKind]
	WordID             = ID[wordKind]
	TaskID             = ID[taskKind]
	DependencyID       = ID[dependencyKind]
	ResponsibilityID   = ID[responsibilityKind]
	AgreementID        = ID[agreementKind]
	AcceptanceID       = ID[acceptanceKind]
	HandoverID         = ID[handoverKind]
	ReservationID      = ID[reservationKind]
	ChainID            = ID[chainKind]
	StageID            = ID[stageKind]
	ForumID            = ID[forumKind]
	MembershipID       = ID[membershipKind]
	MeetingID          = ID[meetingKind]
	ParticipantID      = ID[participantKind]
	WatcherID          = ID[watcherKind]
	AgendaItemID       = ID[agendaItemKind]
	OutcomeID          = ID[outcomeKind]
	ApprovalID         = ID[approvalKind]
	DissentID          = ID[dissentKind]
	ReferralID         = ID[referralKind]
	TransferID         = ID[transferKind]
	AttachmentID       = ID[attachmentKind]
	AttachmentFileID   = ID[attachmentFileKind]
	StoredFileID       = ID[storedFileKind]
	CaseReferenceID    = ID[caseReferenceKind]
	DraftID            = ID[draftKind]
	DraftCommentID     = ID[draftCommentKind]
	AgreementCommentID = ID[agreementCommentKind]
	TemplateID         = ID[templateKind]
	TopicID            = ID[topicKind]
	PlanEventID        = ID[planEventKind]
	PaperID            = ID[paperKind]
	PaperCommentID     = ID[paperCommentKind]
	PaperReturnID      = ID[paperReturnKind]
	AmendmentID        = ID[amendmentKind]
	MailID             = ID[mailKind]
	CalendarID         = ID[calendarKind]
	MailPreferenceID   = ID[mailPreferenceKind]
	MailTemplateID     = ID[mailTemplateKind]
	FollowingID        = ID[followingKind]
	DecisionFeedID     = ID[decisionFeedKind]
	DecisionEntryID    = ID[decisionEntryKind]
	SettlementID       = ID[settlementKind]
	WatchListID        = ID[watchListKind]
	RoundID            = ID[roundKind]
	SavedViewID        = ID[savedViewKind]
	APITokenID         = ID[apiTokenKind]
	SessionID          = ID[sessionKind]
	RoundReportID      = ID[roundReportKind]
	AnyID              = ID[anyKind]
)
