package domain

import "slices"

// TokenScope is what a program may do by an API token, at most: never more than
// its owner may.
type TokenScope string

// The scopes. Reading is everything that the owner reads but administration;
// writing is in groups of what belongs together.
const (
	TokenRead                  TokenScope = "read"
	TokenWriteGoals            TokenScope = "write:goals"            // plans, goals and their drafts
	TokenWriteActions          TokenScope = "write:actions"          // actions, tasks, status reports and reporting rounds
	TokenWriteResponsibilities TokenScope = "write:responsibilities" // responsibilities, reservations and service chains
	TokenWriteMeetings         TokenScope = "write:meetings"         // forums, meetings, their papers and referrals
	TokenWriteVocabularies     TokenScope = "write:vocabularies"     // themes, target groups, districts, tags, phases, legal bases
)

// TokenScopes lists the scopes in the order in which they are offered.
var TokenScopes = []TokenScope{TokenRead, TokenWriteGoals, TokenWriteActions, TokenWriteResponsibilities, TokenWriteMeetings, TokenWriteVocabularies}

// tokenScopeWords say what a program may, as on the page where tokens are made.
var tokenScopeWords = map[TokenScope]Text{
	TokenRead:                  {FI: "lukea sen, minkä tunnuksen omistaja näkee", SV: "läsa det som nyckelns ägare ser", EN: "read what the owner of the token sees"},
	TokenWriteGoals:            {FI: "muuttaa suunnitelmia, tavoitteita ja luonnoksia", SV: "ändra planer, mål och utkast", EN: "change plans, goals and drafts"},
	TokenWriteActions:          {FI: "muuttaa toimenpiteitä, kirjata tilanteita ja raportoida", SV: "ändra åtgärder, anteckna lägen och rapportera", EN: "change actions, record their status and report"},
	TokenWriteResponsibilities: {FI: "muuttaa vastuita, varauksia ja palveluketjuja", SV: "ändra ansvar, reservationer och servicekedjor", EN: "change responsibilities, reservations and service chains"},
	TokenWriteMeetings:         {FI: "muuttaa foorumeita, kokouksia ja niiden asiakirjoja", SV: "ändra forum, möten och deras handlingar", EN: "change forums, meetings and their papers"},
	TokenWriteVocabularies:     {FI: "muuttaa luokituksia", SV: "ändra klassificeringar", EN: "change classifications"},
}

// Words say what a program may by a token of the scope, after "may".
func (s TokenScope) Words() Text { return tokenScopeWords[s] }

// tokenScopes says under which scope each permission falls. One that stands in
// neither this nor notForTokens is for no program; a test refuses that.
var tokenScopes = map[TokenScope][]Permission{
	TokenRead:       {AuditRead, TermUseRead, TranslationRead},
	TokenWriteGoals: {PlanEdit, GoalCreate, GoalEdit, GoalEditParty, DraftEdit, DraftPublish, DraftComment},
	TokenWriteActions: {ActionCreate, ActionEdit, ActionReport, ActionWithdraw, TaskEdit, TaskComplete, TaskWithdraw,
		RoundOpen, RoundEdit, RoundCancel, RoundReport},
	TokenWriteResponsibilities: {ResponsibilityEdit, AgreementComment, ReservationMake, ChainEdit},
	TokenWriteMeetings: {ForumCreate, ForumEdit, MeetingCreate, MeetingEdit, MeetingCall, MeetingStart, MeetingRecord, MeetingClose, MeetingReopen,
		MeetingPublish, MeetingCancel, MeetingImport, TemplateEdit, TopicPropose, TopicEdit, TopicDecline, PlanEventAssign, PlanEventPlace,
		PaperComment, PaperAnswer, AmendmentPropose, AmendmentPublish, ReferralAnswer, ReferralSettle, ReferralWithdraw,
		OutcomeEnd, EndingCorrect, EndingRetract, WatchListEdit},
	TokenWriteVocabularies: {ThemeEdit, TargetGroupEdit, DistrictEdit, LegalBasisEdit, TagEdit, PhaseEdit},
}

// notForTokens are the permissions that no token gives: administration, what is a
// person's own, and a word that binds a party or approves minutes, which a person says.
var notForTokens = []Permission{
	PartyEdit, UnitEdit, PostEdit, HoldingEdit, PersonRead, GrantRead, GrantCreate, GrantEnd,
	MailRead, MailTemplateRead, MailTemplateEdit, DecisionFeedRead, DecisionFeedEdit, JobRead, JobRun,
	APITokenRead, APITokenCreate, APITokenRevoke,
	PersonSignIn, PersonSignOut, ProfileEdit, HoldingPublish, MailUnsubscribe, SavedViewEdit, SavedViewPublish,
	AgreementAccept, AgreementAskChanges, DraftAnswer, MeetingApprove, AmendmentApprove, PaperReturn, RoundComplete,
}

var scopeOfPermission = func() map[Permission]TokenScope {
	out := map[Permission]TokenScope{}
	for scope, permissions := range tokenScopes {
		for _, p := range permissions {
			out[p] = scope
		}
	}
	return out
}()

// TokenScopeOf is the scope that a token needs for a permission; "" if no token
// gives it.
func TokenScopeOf(p Permission) TokenScope { return scopeOfPermission[p] }

// UsedToken is the API token by which a program acts. The zero value is none.
type UsedToken struct {
	ID     APITokenID
	Scopes []TokenScope
}

// IsUsed reports whether a program acts.
func (t UsedToken) IsUsed() bool { return !t.ID.IsZero() }

// Has reports whether the token has a scope; without a token everything is
// within.
func (t UsedToken) Has(s TokenScope) bool { return !t.IsUsed() || slices.Contains(t.Scopes, s) }

// may reports whether the token, if there is one, has the scope of a permission.
func (t UsedToken) may(p Permission) bool { return t.Has(TokenScopeOf(p)) }
