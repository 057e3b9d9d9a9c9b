package api

import "yhdyspinta/domain"

// PostRef names a post with its party, as readers see it.
type PostRef struct {
	ID      domain.PostID  `json:"id" format:"uuid"`
	Title   Text           `json:"title"`
	PartyID domain.PartyID `json:"partyId" format:"uuid"`
}

// Responsibility is one post's part in a goal, action, stage or forum.
type Responsibility struct {
	Post     PostRef         `json:"post"`
	Part     domain.Part     `json:"part" enum:"lead,shared,support,informed"`
	Wording  Text            `json:"wording" doc:"In what words; empty in all languages if nothing more is agreed"`
	Standing domain.Standing `json:"standing" enum:"proposed,declined,in_force,reopened,change_declined" doc:"How far the parties have agreed on it"`
}

// ResponsibilityInput names a post and its part.
type ResponsibilityInput struct {
	PostID  domain.PostID `json:"postId" format:"uuid"`
	Part    domain.Part   `json:"part" enum:"lead,shared,support,informed"`
	Wording Text          `json:"wording,omitempty"`
}

func responsibilitiesOf(rs []domain.Responsible) []Responsibility {
	out := make([]Responsibility, len(rs))
	for i, r := range rs {
		out[i] = Responsibility{Post: PostRef{ID: r.PostID, Title: r.Title, PartyID: r.PartyID}, Part: r.Part, Wording: r.Wording, Standing: r.Standing}
	}
	return out
}

func responsibles(in []ResponsibilityInput) []domain.Responsible {
	out := make([]domain.Responsible, len(in))
	for i, r := range in {
		out[i] = domain.Responsible{PostID: r.PostID, Part: r.Part, Wording: r.Wording.Trim()}
	}
	return out
}

// CaseReference ties the resource to a case in a party's own registry.
type CaseReference struct {
	PartyID    domain.PartyID `json:"partyId" format:"uuid"`
	RegistryNo string         `json:"registryNo" maxLength:"100" doc:"Registry number (diaarinumero), free text: systems differ" example:"11937/00.01.02/2021"`
	URLFI      string         `json:"urlFi" maxLength:"2000" doc:"Finnish document in the party's decision service"`
	URLSV      string         `json:"urlSv" maxLength:"2000" doc:"Swedish document, a separate item there"`
}

func casesOf(cs []domain.CaseReference) []CaseReference {
	out := make([]CaseReference, len(cs))
	for i, c := range cs {
		out[i] = CaseReference{c.PartyID, c.RegistryNo, c.URLFI, c.URLSV}
	}
	return out
}

func references(legalBases []domain.LegalBasisID, cases []CaseReference) domain.References {
	r := domain.References{LegalBases: legalBases}
	for _, c := range cases {
		r.Cases = append(r.Cases, domain.CaseReference{PartyID: c.PartyID, RegistryNo: c.RegistryNo, URLFI: c.URLFI, URLSV: c.URLSV})
	}
	return r
}

// orEmpty keeps a list that has nothing in it a list, not null.
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
