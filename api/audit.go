package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/audit"
)

// AuditEntry is one line of the log as the API shows it.
type AuditEntry struct {
	ID         int64                 `json:"id"`
	At         time.Time             `json:"at"`
	Origin     domain.Origin         `json:"origin" enum:"user,import,operator" doc:"By what way the change came"`
	Post       *PostRef              `json:"post,omitempty" doc:"In which post; missing if none"`
	PartyID    *domain.PartyID       `json:"partyId,omitempty" format:"uuid" doc:"In which party; missing on the command line"`
	PersonID   *domain.PersonID      `json:"personId,omitempty" format:"uuid" doc:"Who; for auditors only"`
	Program    *AuditProgram         `json:"program,omitempty" doc:"By which API token a program did it; missing if the person did"`
	Permission domain.Permission     `json:"permission" doc:"The permission used"`
	Subject    AuditSubject          `json:"subject"`
	Parent     *AuditParent          `json:"parent,omitempty" doc:"What the subject is a part of"`
	Version    int                   `json:"version" doc:"Of the subject after the change; 0 if it has none"`
	Reason     string                `json:"reason,omitempty" doc:"What the person gave as the reason"`
	Changes    []AuditChange         `json:"changes"`
	Withheld   bool                  `json:"withheld,omitempty" doc:"Some values or the reason are not shown, since the version was not public, they belong to papers that the caller may not read, or they have been erased by law"`
	Labels     map[string]AuditLabel `json:"labels" doc:"What the ids in the values name, by id, as far as the caller may know"`
	RequestID  string                `json:"requestId,omitempty"`
}

// AuditSubject names what an entry is about.
type AuditSubject struct {
	Kind domain.SubjectKind `json:"kind"`
	ID   domain.AnyID       `json:"id" format:"uuid"`
	AuditLabel
}

// AuditProgram is the means of a program.
type AuditProgram struct {
	TokenID *domain.APITokenID `json:"tokenId,omitempty" format:"uuid" doc:"For auditors only"`
	Name    string             `json:"name,omitempty" doc:"Of the token; for auditors only"`
}

// AuditParent names what the subject of an entry is a part of.
type AuditParent struct {
	Kind domain.SubjectKind `json:"kind"`
	ID   domain.AnyID       `json:"id" format:"uuid"`
}

// AuditLabel names a thing in words.
type AuditLabel struct {
	No    int    `json:"no,omitempty" doc:"The number people use"`
	Title Text   `json:"title" doc:"As it is today; empty in all languages if there is none"`
	Path  string `json:"path,omitempty" doc:"Of its page, below the language" example:"/goals/4"`
}

// AuditChange is one field's old and new value.
type AuditChange struct {
	Field  string `json:"field"`
	Old    any    `json:"old,omitempty"`
	New    any    `json:"new,omitempty"`
	Secret bool   `json:"secret,omitempty" doc:"Changed, but its values are never logged"`
}

func auditEntryBody(e audit.Entry) AuditEntry {
	body := AuditEntry{ID: e.ID, At: e.At, Origin: e.Origin, PartyID: e.PartyID.Ptr(), PersonID: e.PersonID.Ptr(), Permission: e.Permission,
		Subject: AuditSubject{e.Subject.Kind, e.Subject.ID, auditLabelBody(e.Label)}, Version: e.Version, Reason: e.Reason,
		Changes: make([]AuditChange, len(e.Changes)), Withheld: e.Withheld, Labels: map[string]AuditLabel{}, RequestID: e.RequestID}
	if !e.PostID.IsZero() {
		body.Post = &PostRef{ID: e.PostID, Title: e.PostTitle, PartyID: e.PartyID}
	}
	if e.ByProgram {
		body.Program = &AuditProgram{e.TokenID.Ptr(), e.TokenName}
	}
	if e.Parent.Kind != "" {
		body.Parent = &AuditParent{e.Parent.Kind, e.Parent.ID}
	}
	for i, c := range e.Changes {
		body.Changes[i] = AuditChange(c)
	}
	for id, l := range e.Labels {
		body.Labels[id.String()] = auditLabelBody(l)
	}
	return body
}

func auditLabelBody(l audit.Label) AuditLabel { return AuditLabel{l.No, l.Title, l.Path} }

func (s *Server) registerAudit() {
	handle(s, operation{ID: "listAuditEntries", Method: http.MethodGet, Path: "/audit/entries", Tag: "Audit log", Permission: readScope,
		Errors:  []int{401, 403},
		Summary: "List entries of the audit log",
		Description: "Sorted by -at (the default) or at. Auditors read everything; staff the entries of content that they may see; " +
			"without a role, name one public goal or action by subjectKind and subjectId."},
		func(ctx context.Context, a domain.Actor, in *struct {
			PageParams
			Kind       []domain.SubjectKind `query:"subjectKind,explode" maxItems:"30" doc:"About these kinds of subject"`
			Subject    []string             `query:"subjectId,explode" maxItems:"50" doc:"About these subjects or parts of them"`
			Person     []string             `query:"personId,explode" maxItems:"50" doc:"By these people; for auditors only; none: by nobody signed in"`
			Post       []string             `query:"postId,explode" maxItems:"50" doc:"By people acting in these posts; none: in no post"`
			Party      []string             `query:"partyId,explode" maxItems:"50" doc:"By people of these parties; none: of no party"`
			Permission []domain.Permission  `query:"permission,explode" maxItems:"50" doc:"By these permissions"`
			Token      []string             `query:"tokenId,explode" maxItems:"50" doc:"By these API tokens; for auditors only; none: by a person themselves"`
			From       string               `query:"from" doc:"From this day on (YYYY-MM-DD, in Helsinki)"`
			To         string               `query:"to" doc:"Up to this day, included"`
		}) (*ListOutput[AuditEntry], error) {
			f := audit.Filter{Kind: domain.AnyOf[domain.SubjectKind]{Values: in.Kind}, Permission: domain.AnyOf[domain.Permission]{Values: in.Permission}}
			err := firstError(dateField(&f.From, "from", in.From), dateField(&f.To, "to", in.To),
				idFilter(&f.SubjectID, "subjectId", in.Subject), idFilter(&f.Person, "personId", in.Person),
				idFilter(&f.Post, "postId", in.Post), idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Token, "tokenId", in.Token))
			if err == nil && f.SubjectID.None {
				err = domain.InvalidField("subjectId", "id_malformed")
			}
			if err != nil {
				return nil, err
			}
			page, err := s.Services.Audit.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, auditEntryBody), nil
		})
}
