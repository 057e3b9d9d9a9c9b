package domain

import "strings"

// SubjectKind names a kind of thing that responsibilities, case references,
// legal bases and audit entries can be about.
type SubjectKind string

// The kinds of subject. The words are those of the API and of the log.
const (
	SubjectParty            SubjectKind = "party"
	SubjectUnit             SubjectKind = "unit"
	SubjectPost             SubjectKind = "post"
	SubjectHolding          SubjectKind = "holding"
	SubjectPerson           SubjectKind = "person"
	SubjectGrant            SubjectKind = "grant"
	SubjectPlan             SubjectKind = "plan"
	SubjectPlanRevision     SubjectKind = "plan_revision" // is changed as part of its plan; has cases of its own
	SubjectTheme            SubjectKind = "theme"
	SubjectTargetGroup      SubjectKind = "target_group"
	SubjectDistrict         SubjectKind = "district"
	SubjectLegalBasis       SubjectKind = "legal_basis"
	SubjectTag              SubjectKind = "tag"
	SubjectPhase            SubjectKind = "phase"
	SubjectGoal             SubjectKind = "goal"
	SubjectAction           SubjectKind = "action"
	SubjectStatusReport     SubjectKind = "status_report"
	SubjectTask             SubjectKind = "action_task"
	SubjectDependency       SubjectKind = "action_dependency"
	SubjectResponsibility   SubjectKind = "responsibility"
	SubjectAgreementComment SubjectKind = "agreement_comment"
	SubjectReservation      SubjectKind = "reservation"
	SubjectChain            SubjectKind = "chain"
	SubjectStage            SubjectKind = "stage"
	SubjectHandover         SubjectKind = "handover"
	SubjectForum            SubjectKind = "forum"
	SubjectMembership       SubjectKind = "membership"
	SubjectMeeting          SubjectKind = "meeting"
	SubjectParticipant      SubjectKind = "participant"
	SubjectAgendaItem       SubjectKind = "agenda_item"
	SubjectOutcome          SubjectKind = "outcome"
	SubjectApproval         SubjectKind = "approval"
	SubjectPaper            SubjectKind = "paper"
	SubjectPaperComment     SubjectKind = "paper_comment"
	SubjectPaperReturn      SubjectKind = "paper_return"
	SubjectAmendment        SubjectKind = "amendment"
	SubjectDissent          SubjectKind = "dissent"
	SubjectReferral         SubjectKind = "referral"
	SubjectTransfer         SubjectKind = "transfer"
	SubjectAttachment       SubjectKind = "attachment"
	SubjectDraft            SubjectKind = "draft"
	SubjectDraftComment     SubjectKind = "draft_comment"
	SubjectTemplate         SubjectKind = "meeting_template"
	SubjectTopic            SubjectKind = "topic"
	SubjectPlanEvent        SubjectKind = "plan_event"
	SubjectCalendarAddress  SubjectKind = "calendar_address"
	SubjectMailPreference   SubjectKind = "mail_preference"
	SubjectFollowing        SubjectKind = "following"
	SubjectDecisionFeed     SubjectKind = "decision_feed"
	SubjectSettlement       SubjectKind = "decision_settlement"
	SubjectWatchList        SubjectKind = "watch_list"
	SubjectRound            SubjectKind = "reporting_round"
	SubjectRoundReport      SubjectKind = "round_report"
	SubjectImport           SubjectKind = "data_import"
	SubjectSavedView        SubjectKind = "saved_view"
	SubjectJob              SubjectKind = "job"
	SubjectMailTemplate     SubjectKind = "mail_template"
	SubjectAPIToken         SubjectKind = "api_token"
)

// Subject points at one thing of any feature.
type Subject struct {
	Kind SubjectKind
	ID   AnyID
}

// SubjectOf points at the thing with the given typed id.
func SubjectOf[K any](kind SubjectKind, id ID[K]) Subject { return Subject{kind, AnyID{id.UUID}} }

// Visibility says who may read a thing.
type Visibility string

// The visibilities.
const (
	Public   Visibility = "public"   // everybody, without an account
	Internal Visibility = "internal" // people with a role, in either party
)

// CheckVisibility adds what is wrong with a visibility and its ground: what is
// internal names its ground (Act on the Openness of Government Activities
// 621/1999, section 24, or that it is unfinished), since publicity is the rule.
func CheckVisibility(v *Violations, vis Visibility, ground string) {
	switch vis {
	case Public:
	case Internal:
		v.Require(strings.TrimSpace(ground) != "", "/visibilityGround")
	default:
		v.Add("/visibility", "not_allowed")
	}
	if len([]rune(ground)) > 300 {
		v.Add("/visibilityGround", "too_long")
	}
}

// CaseReference ties a subject to a case in a party's own registry.
type CaseReference struct {
	ID         CaseReferenceID `audit:"ignore"`
	PartyID    PartyID         `audit:"track"`
	RegistryNo string          `audit:"track"` // diaarinumero, free text: systems differ
	URLFI      string          `audit:"track"` // the Finnish document in the party's decision service
	URLSV      string          `audit:"track"` // the Swedish document, a separate item there
}

// References are the legal bases and cases that any content entity can carry.
type References struct {
	LegalBases []LegalBasisID
	Cases      []CaseReference
}

// AuditValue lists the legal bases and cases without the ids of their rows.
func (r References) AuditValue() any {
	var out []any
	for _, id := range r.LegalBases {
		out = append(out, struct {
			LegalBasisID LegalBasisID `json:"legalBasisId"`
		}{id})
	}
	for _, c := range r.Cases {
		out = append(out, struct {
			PartyID    PartyID `json:"partyId"`
			RegistryNo string  `json:"registryNo"`
			URLFI      string  `json:"urlFi"`
			URLSV      string  `json:"urlSv"`
		}{c.PartyID, c.RegistryNo, c.URLFI, c.URLSV})
	}
	return out
}
