package audit

import (
	"time"

	"yhdyspinta/domain"
)

// Entry is one line of the log as a reader sees it.
type Entry struct {
	ID         int64
	At         time.Time
	Origin     domain.Origin
	RequestID  string
	PersonID   domain.PersonID // zero unless the reader is an auditor
	PostID     domain.PostID   // zero: acted in no post
	PostTitle  domain.Text     // as it is today
	PartyID    domain.PartyID
	ByProgram  bool              // by an API token
	TokenID    domain.APITokenID // which; zero unless the reader is an auditor
	TokenName  string            // likewise
	Permission domain.Permission
	Subject    domain.Subject
	Label      Label // of the subject; zero if it has none
	Parent     domain.Subject
	Version    int // of the subject after the change; 0 if it has none
	Reason     string
	Changes    []domain.Change
	Withheld   bool                   // some values or the reason are not shown: the version was not public
	Labels     map[domain.AnyID]Label // of the ids in Changes that the reader may see
}

// Label names a thing in words.
type Label struct {
	Kind  domain.SubjectKind
	No    int // the number people use; 0 if it has none
	Title domain.Text
	Path  string // of its page below the language, e.g. /goals/4; "" if it has none
}

// Filter narrows the log. Different fields are AND.
type Filter struct {
	Kind       domain.AnyOf[domain.SubjectKind]
	SubjectID  domain.AnyOf[domain.AnyID] // the subject or its parent
	Person     domain.AnyOf[domain.PersonID]
	Post       domain.AnyOf[domain.PostID]
	Party      domain.AnyOf[domain.PartyID]
	Permission domain.AnyOf[domain.Permission]
	Token      domain.AnyOf[domain.APITokenID]
	From, To   domain.Date // days in Helsinki, both included; zero: open
}

// subject is the one goal or action that the filter names, for readers without
// a role.
func (f Filter) subject() (domain.Subject, bool) {
	if len(f.Kind.Values) != 1 || f.Kind.None || len(f.SubjectID.Values) != 1 || f.SubjectID.None {
		return domain.Subject{}, false
	}
	s := domain.Subject{Kind: f.Kind.Values[0], ID: f.SubjectID.Values[0]}
	return s, s.Kind == domain.SubjectGoal || s.Kind == domain.SubjectAction
}

// Changed tells what happened to a subject since a version.
type Changed struct {
	At        time.Time // of the last change
	PostID    domain.PostID
	PostTitle domain.Text
	PartyKey  string
	Fields    []string // changed fields; of a part of the subject, the part's kind
}
