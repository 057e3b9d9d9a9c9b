package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// PaperComments is what was said of a paper before it was approved.
type PaperComments struct {
	Threads     []PaperThread       `json:"threads" doc:"In the order in which they began"`
	Open        int                 `json:"open" doc:"How many are not resolved"`
	Permissions []domain.Permission `json:"permissions" doc:"paper.comment: comment and answer; paper.answer: resolve any thread"`
}

// PaperThread is a comment on a passage with its answers.
type PaperThread struct {
	ID domain.PaperCommentID `json:"id" format:"uuid"`
	PaperPassage
	AgendaNo int          `json:"agendaNo"`
	Label    string       `json:"label,omitempty"`
	At       int          `json:"at" doc:"Where the passage stands now, in characters; 0 if outdated"`
	Outdated bool         `json:"outdated" doc:"The passage no longer stands in the paper"`
	Resolved bool         `json:"resolved"`
	Said     PaperSaid    `json:"said"`
	Replies  []PaperReply `json:"replies"`
}

// PaperPassage is words of a paper.
type PaperPassage struct {
	PaperPlace
	QuoteLang domain.Lang `json:"quoteLang" enum:"fi,sv,en" doc:"Language of the text that is quoted"`
	Quote     string      `json:"quote" maxLength:"20000" doc:"Empty: the whole part"`
	Start     int         `json:"start" minimum:"0" doc:"Where it stood in the text, in characters"`
}

// PaperSaid is who said what.
type PaperSaid struct {
	Post PostRef     `json:"post"`
	Text string      `json:"text"`
	Lang domain.Lang `json:"lang" enum:"fi,sv,en" doc:"That the text is in"`
	At   time.Time   `json:"at"`
}

// PaperReply is an answer in a thread.
type PaperReply struct {
	Kind meeting.CommentKind `json:"kind" enum:"comment,resolved,reopened"`
	Said PaperSaid           `json:"said"`
}

// PaperCommentInput comments on a passage.
type PaperCommentInput struct {
	PaperPassage
	Text string      `json:"text" maxLength:"4000"`
	Lang domain.Lang `json:"lang" enum:"fi,sv,en" doc:"That the comment is in"`
}

// PaperReplyInput answers a thread.
type PaperReplyInput struct {
	Kind meeting.CommentKind `json:"kind" enum:"comment,resolved,reopened" doc:"resolved and reopened may go without a text"`
	Text string              `json:"text,omitempty" maxLength:"4000"`
	Lang domain.Lang         `json:"lang" enum:"fi,sv,en"`
}

func paperSaid(c meeting.PaperComment) PaperSaid {
	return PaperSaid{Post: PostRef{ID: c.PostID, Title: c.Post, PartyID: c.PartyID}, Text: c.Text, Lang: c.Lang, At: c.SaidAt}
}

func paperComments(d meeting.Discussion) *struct{ Body PaperComments } {
	out := PaperComments{Threads: []PaperThread{}, Open: d.Open(), Permissions: d.Permissions}
	for _, t := range d.Threads {
		b := PaperThread{ID: t.ID, PaperPassage: PaperPassage{PaperPlace: placeOf(t.Passage.Place), QuoteLang: t.Passage.Lang, Quote: t.Passage.Quote, Start: t.Passage.Start},
			AgendaNo: t.AgendaNo, Label: t.Label, At: t.At, Outdated: t.Outdated, Resolved: t.Resolved, Said: paperSaid(t.PaperComment), Replies: []PaperReply{}}
		for _, r := range t.Replies {
			b.Replies = append(b.Replies, PaperReply{Kind: r.Kind, Said: paperSaid(r)})
		}
		out.Threads = append(out.Threads, b)
	}
	return &struct{ Body PaperComments }{out}
}

func (s *Server) registerPaperComments() {
	const tag = papersTag
	meetings := s.Services.Meetings

	handle(s, operation{ID: "listPaperComments", Method: http.MethodGet, Path: "/meetings/{id}/paper/comments", Tag: tag, Permission: readScope, Errors: []int{404},
		Summary:     "List what was said of a paper before it was approved",
		Description: "For those who may read the paper before it is published; 404 paper_not_found for everybody else, for good."},
		func(ctx context.Context, a domain.Actor, in *struct {
			AsOfParam
			ID string `path:"id" format:"uuid"`
		}) (*struct{ Body PaperComments }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			d, err := meetings.Comments(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return paperComments(d), nil
		})

	handle(s, operation{ID: "commentPaper", Method: http.MethodPost, Adds: true, Path: "/meetings/{id}/paper/comments", Tag: tag, Permission: domain.PaperComment,
		Errors: []int{401, 403, 404, 409}, Summary: "Comment on a passage of a closed meeting's paper",
		Description: "By the members of the forum. What is said is kept as it was said, and never public. Answers with all comments."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body PaperCommentInput
		}) (*struct{ Body PaperComments }, error) {
			var id domain.MeetingID
			if err := pathID(&id, in.ID, "meeting"); err != nil {
				return nil, err
			}
			at := meeting.Passage{Place: in.Body.place(), Lang: in.Body.QuoteLang, Quote: in.Body.Quote, Start: in.Body.Start}
			d, err := meetings.Comment(ctx, a, id, at, in.Body.Text, in.Body.Lang)
			if err != nil {
				return nil, err
			}
			return paperComments(d), nil
		})

	handle(s, operation{ID: "replyPaperComment", Method: http.MethodPost, Adds: true, Path: "/paper-comments/{id}/replies", Tag: tag, Permission: domain.PaperComment,
		Errors: []int{401, 403, 404, 409}, Summary: "Answer a comment on a paper, resolve it or open it again",
		Description: "Members answer; the secretary and who began the thread resolve it and open it again. Answers with all comments."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID   string `path:"id" format:"uuid"`
			Body PaperReplyInput
		}) (*struct{ Body PaperComments }, error) {
			var id domain.PaperCommentID
			if err := pathID(&id, in.ID, "comment"); err != nil {
				return nil, err
			}
			d, err := meetings.Reply(ctx, a, id, in.Body.Kind, in.Body.Text, in.Body.Lang)
			if err != nil {
				return nil, err
			}
			return paperComments(d), nil
		})
}
