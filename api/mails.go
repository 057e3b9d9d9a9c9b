package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

// SentMail is a line of the sent log.
type SentMail struct {
	ID        domain.MailID     `json:"id" format:"uuid"`
	Kind      mail.Kind         `json:"kind" enum:"meeting_called,meeting_changed,meeting_cancelled,approval_asked,meeting_published,substitute_released,member_released,digest,token_made,access_given,access_taken"`
	State     mail.State        `json:"state" enum:"queued,sending,sent,failed,withheld,not_configured,no_address,superseded" doc:"withheld: the person lost access before it was sent. superseded: what it would tell was not so any more"`
	Failure   string            `json:"failure,omitempty" enum:"unreachable,in_doubt,deferred,refused" doc:"What was wrong with the last try"`
	SMTPCode  string            `json:"smtpCode,omitempty" doc:"What the mail server answered to it" example:"550 5.1.1"`
	InDoubt   bool              `json:"inDoubt" doc:"It may have been sent twice, with the same Message-ID: the service stopped, or the connection was cut, before the server's answer was noted"`
	Attempts  int               `json:"attempts"`
	MessageID string            `json:"messageId"`
	Subject   string            `json:"subject,omitempty" doc:"Missing until the first try and a month after the last"`
	Language  domain.Lang       `json:"language,omitempty" enum:"fi,sv,en"`
	Person    MailPerson        `json:"person"`
	PartyID   domain.PartyID    `json:"partyId" format:"uuid" doc:"The person's party"`
	Post      *PostRef          `json:"post,omitempty" doc:"For which it was sent; of a digest the first of them"`
	MeetingID *domain.MeetingID `json:"meetingId,omitempty" format:"uuid" doc:"Missing of a digest, and of what happened to the access of the person, as meeting and forum"`
	Meeting   string            `json:"meeting,omitempty" doc:"Its number" example:"4/2026"`
	Forum     *Text             `json:"forum,omitempty"`
	Topics    []mail.Topic      `json:"topics" enum:"late,acceptance,papers,stale,due_soon,round_closing,round_opened,following" doc:"Of a digest: what it tells of"`
	Reasons   []mail.Because    `json:"reasons" enum:"holder,deputy,unit_manager,coordinator,follower,own" doc:"Of a digest, or of what happened to the access of the person: why they got it. own: it is about themselves. unit_manager and coordinator: the post has nobody who can be written to"`
	QueuedAt  time.Time         `json:"queuedAt"`
	NextTryAt *time.Time        `json:"nextTryAt,omitempty" doc:"Missing once nothing more happens to it"`
	LastTryAt *time.Time        `json:"lastTryAt,omitempty"`
	SettledAt *time.Time        `json:"settledAt,omitempty" doc:"Sent, or given up"`
}

// MailPerson is to whom a mail went.
type MailPerson struct {
	ID   domain.PersonID `json:"id" format:"uuid"`
	Name string          `json:"name"`
}

// SentMailText is a line of the sent log with what the mail says.
type SentMailText struct {
	SentMail
	Body     string `json:"body,omitempty" doc:"Missing until the first try, a month after the last, and if it is withheld"`
	Withheld bool   `json:"withheld" doc:"There is a text, of papers that the caller may not read"`
	Calendar bool   `json:"calendar" doc:"It carries a calendar entry"`
}

func sentMailBody(v mail.View) SentMail {
	at := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	out := SentMail{ID: v.ID, Kind: v.Kind, State: v.State, Failure: v.Failure, SMTPCode: v.SMTPCode, InDoubt: v.InDoubt, Attempts: v.Attempts,
		MessageID: v.MessageID, Subject: v.Subject, Language: v.Language, Person: MailPerson{v.PersonID, v.PersonName}, PartyID: v.PartyID,
		Topics: orEmpty(v.Topics), Reasons: orEmpty(v.Reasons), MeetingID: v.MeetingID.Ptr(),
		QueuedAt: v.QueuedAt, NextTryAt: at(v.NextTryAt), LastTryAt: at(v.LastTryAt), SettledAt: at(v.SettledAt)}
	if !v.PostID.IsZero() {
		out.Post = &PostRef{ID: v.PostID, Title: v.PostTitle, PartyID: v.PostParty}
	}
	if !v.MeetingID.IsZero() {
		out.Meeting, out.Forum = strconv.Itoa(v.Number)+"/"+strconv.Itoa(v.Year), &v.Forum
	}
	return out
}

func (s *Server) registerMails() {
	const tag = "Mail"
	ms := s.Services.Mails

	handle(s, operation{ID: "listMails", Method: http.MethodGet, Path: "/mails", Tag: tag, Permission: domain.MailRead, Errors: []int{401, 403},
		Summary:     "List the mails that were queued and sent",
		Description: "Of the people of the parties that the caller administers; auditors see all. Sorted by -queuedAt (the default) or queuedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			PageParams
			State   []string `query:"state,explode" maxItems:"10" enum:"queued,sending,sent,failed,withheld,not_configured,no_address,superseded"`
			Kind    []string `query:"kind,explode" maxItems:"11" enum:"meeting_called,meeting_changed,meeting_cancelled,approval_asked,meeting_published,substitute_released,member_released,digest,token_made,access_given,access_taken"`
			Party   []string `query:"partyId,explode" maxItems:"50" doc:"To people of these parties"`
			Meeting []string `query:"meetingId,explode" maxItems:"50" doc:"About these meetings"`
		}) (*ListOutput[SentMail], error) {
			f := mail.Filter{State: filterOf[mail.State](toStrings[mail.State](in.State)), Kind: filterOf[mail.Kind](toStrings[mail.Kind](in.Kind))}
			if err := firstError(idFilter(&f.Party, "partyId", in.Party), idFilter(&f.Meeting, "meetingId", in.Meeting)); err != nil {
				return nil, err
			}
			page, err := ms.List(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, sentMailBody), nil
		})

	handle(s, operation{ID: "getMail", Method: http.MethodGet, Path: "/mails/{id}", Tag: tag, Permission: domain.MailRead, Errors: []int{401, 403, 404},
		Summary:     "Get a mail with its text",
		Description: "The text is there for a month, for callers who may read the meeting's papers; of a digest that tells of papers for those who may read all."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*struct{ Body SentMailText }, error) {
			var id domain.MailID
			if err := pathID(&id, in.ID, "mail"); err != nil {
				return nil, err
			}
			v, withheld, err := ms.Get(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return &struct{ Body SentMailText }{SentMailText{SentMail: sentMailBody(v), Body: v.Body, Withheld: withheld, Calendar: v.Event != nil}}, nil
		})
}
