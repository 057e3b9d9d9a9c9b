package api_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"yhdyspinta/domain"
	"yhdyspinta/domain/search"
)

// notSearched are the kinds of content that no search finds by themselves, with the reason.
var notSearched = map[domain.SubjectKind]string{
	domain.SubjectParty: fewAndNamed, domain.SubjectPlan: fewAndNamed, domain.SubjectTheme: fewAndNamed, domain.SubjectTargetGroup: fewAndNamed, domain.SubjectDistrict: fewAndNamed,
	domain.SubjectLegalBasis: fewAndNamed, domain.SubjectTag: fewAndNamed, domain.SubjectPhase: fewAndNamed, domain.SubjectChain: fewAndNamed, domain.SubjectStage: fewAndNamed,
	domain.SubjectHandover: fewAndNamed, domain.SubjectUnit: "posts are found with their units", domain.SubjectRound: fewAndNamed, domain.SubjectPlanEvent: fewAndNamed,

	domain.SubjectPlanRevision: partOfAnother, domain.SubjectStatusReport: partOfAnother, domain.SubjectTask: partOfAnother, domain.SubjectDependency: partOfAnother,
	domain.SubjectResponsibility: partOfAnother, domain.SubjectReservation: partOfAnother, domain.SubjectMembership: partOfAnother, domain.SubjectParticipant: partOfAnother,
	domain.SubjectApproval: partOfAnother, domain.SubjectReferral: partOfAnother, domain.SubjectTransfer: partOfAnother, domain.SubjectAttachment: partOfAnother,
	domain.SubjectTemplate: partOfAnother, domain.SubjectTopic: partOfAnother, domain.SubjectRoundReport: partOfAnother, domain.SubjectDissent: partOfAnother,
	domain.SubjectMeeting: "found by its agenda items and outcomes", domain.SubjectPaper: "found by its agenda items and outcomes",

	domain.SubjectAgreementComment: amongInsiders, domain.SubjectPaperComment: amongInsiders, domain.SubjectPaperReturn: amongInsiders, domain.SubjectAmendment: amongInsiders,
	domain.SubjectDraft: amongInsiders, domain.SubjectDraftComment: amongInsiders,

	domain.SubjectHolding: ofPeople, domain.SubjectPerson: ofPeople, domain.SubjectGrant: ofPeople, domain.SubjectCalendarAddress: ofPeople, domain.SubjectMailPreference: ofPeople,
	domain.SubjectFollowing: ofPeople, domain.SubjectSavedView: ofPeople, domain.SubjectAPIToken: ofPeople,

	domain.SubjectDecisionFeed: administered, domain.SubjectSettlement: administered, domain.SubjectWatchList: administered, domain.SubjectImport: administered,
	domain.SubjectJob: administered, domain.SubjectMailTemplate: administered,
}

const (
	fewAndNamed   = "few, with a page of their own and a place in filters"
	partOfAnother = "a part of what is found"
	amongInsiders = "talk about a text that is not settled"
	ofPeople      = "names of people and what is their own are not searched"
	administered  = "of administration"
)

// Every kind of content is searched, or stands in notSearched with the reason: a new one
// fails here until somebody has decided.
func TestEveryKindIsSearchedOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../domain/subject.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`(?m)^\tSubject\w+ +SubjectKind = "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(kinds) < 50 {
		t.Fatalf("only %d kinds were found", len(kinds))
	}
	for _, m := range kinds {
		kind := domain.SubjectKind(m[1])
		if searched := slices.Contains(search.Kinds, kind); searched == (len(notSearched[kind]) > 10) {
			t.Errorf("%s is searched: %v, and stands in notSearched: %q", kind, searched, notSearched[kind])
		}
	}
}
