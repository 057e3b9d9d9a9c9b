package api

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/idempotency"
	"yhdyspinta/domain/meeting"
)

// Problem is the body of every error (RFC 9457).
type Problem struct {
	Type     string              `json:"type" doc:"about:blank: the code tells the problem" example:"about:blank"`
	Title    string              `json:"title" doc:"The HTTP status in words"`
	Status   int                 `json:"status" doc:"The HTTP status"`
	Code     string              `json:"code" doc:"Stable code of the problem; clients translate it"`
	Detail   string              `json:"detail,omitempty" doc:"For developers, in English; never what the caller sent"`
	Instance string              `json:"instance" doc:"Request id, as in the server's log"`
	State    string              `json:"state,omitempty" doc:"409: the state that forbids the operation"`
	Holder   *PostRef            `json:"holder,omitempty" doc:"409 pen_held: the post that holds the pen"`
	Path     []ActionName        `json:"path,omitempty" doc:"409 dependency_cycle: the way around that the dependency would close, from the action that was to wait back to itself, as far as the caller may see it"`
	Saved    *SavedThing         `json:"saved,omitempty" doc:"409 saved_already: what the first request with the key saved"`
	Errors   []domain.FieldError `json:"errors,omitempty" doc:"What is wrong with which field"`
	Current  any                 `json:"current,omitempty" doc:"412: the resource as it is stored now"`
	Changed  *Changed            `json:"changed,omitempty" doc:"412: who changed it since, and what"`
}

// Changed tells who changed a resource since the version that the caller had.
type Changed struct {
	At     time.Time      `json:"at" doc:"When it was last changed"`
	PostID *domain.PostID `json:"postId,omitempty" format:"uuid" doc:"In which post"`
	Party  string         `json:"party,omitempty" doc:"Key of the party"`
	Post   Text           `json:"post,omitempty" doc:"Title of the post"`
	Fields []string       `json:"fields" doc:"Names of the fields that changed; of a part of it, the part's kind"`
}

// Error makes a Problem an error, as Huma wants it.
func (p *Problem) Error() string { return p.Code }

// GetStatus tells Huma the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType tells Huma the media type.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// retryAfter is after how many seconds what cannot be done now may be tried again.
const retryAfter = "5"

var statusOf = map[domain.Kind]int{
	domain.KindMalformed:           http.StatusBadRequest,
	domain.KindUnauthenticated:     http.StatusUnauthorized,
	domain.KindForbidden:           http.StatusForbidden,
	domain.KindNotFound:            http.StatusNotFound,
	domain.KindConflict:            http.StatusConflict,
	domain.KindStale:               http.StatusPreconditionFailed,
	domain.KindPreconditionMissing: http.StatusPreconditionRequired,
	domain.KindTooLarge:            http.StatusRequestEntityTooLarge,
	domain.KindInvalid:             http.StatusUnprocessableEntity,
	domain.KindUnavailable:         http.StatusServiceUnavailable,
}

var codeOfStatus = map[int]string{
	http.StatusBadRequest:            "malformed",
	http.StatusUnauthorized:          "sign_in_required",
	http.StatusForbidden:             "forbidden",
	http.StatusNotFound:              "not_found",
	http.StatusMethodNotAllowed:      "method_not_allowed",
	http.StatusNotAcceptable:         "not_acceptable",
	http.StatusRequestTimeout:        "timeout",
	http.StatusRequestEntityTooLarge: "too_large",
	http.StatusUnsupportedMediaType:  "unsupported_media_type",
	http.StatusUnprocessableEntity:   "validation_failed",
	http.StatusPreconditionRequired:  "if_match_required",
	http.StatusTooManyRequests:       "rate_limited",
}

func newProblem(status int, code, detail, requestID string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: detail, Instance: requestID}
}

// problemOf is the one place where an error becomes an answer. An error that
// nobody typed is logged and tells the client only its request id.
func problemOf(err error, requestID string, log *slog.Logger) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		p.Instance = requestID
		return p
	}
	if h, ok := errors.AsType[*echo.HTTPError](err); ok && h.Code < 500 {
		return newProblem(h.Code, fallbackCode(h.Code), "", requestID)
	}
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || statusOf[e.Kind] == 0 {
		log.Error("internal error", "request", requestID, "error", err)
		return newProblem(http.StatusInternalServerError, "internal", "", requestID)
	}
	if e.Kind == domain.KindUnavailable {
		log.Warn("unavailable", "request", requestID, "error", err)
	}
	p := newProblem(statusOf[e.Kind], e.Code, e.Detail, requestID)
	p.Errors, p.State = e.Fields, e.State
	if current, ok := e.Current.(shown); ok {
		p.Current = current.body
	}
	if pen, ok := e.Current.(meeting.Pen); ok {
		p.Holder = &PostRef{ID: pen.HolderPost.ID, Title: pen.HolderPost.Title, PartyID: pen.HolderPost.PartyID}
	}
	if saved, ok := e.Current.(idempotency.Saved); ok {
		p.Saved = &SavedThing{saved.Subject.Kind, saved.Subject.ID, saved.Path}
	}
	if cycle, ok := e.Current.(action.Cycle); ok {
		for _, n := range cycle.Names {
			p.Path = append(p.Path, ActionName(n))
		}
	}
	return p
}

func fallbackCode(status int) string {
	if c := codeOfStatus[status]; c != "" {
		return c
	}
	if status >= 500 {
		return "internal"
	}
	return "malformed"
}

// maxFieldErrors is how many fields a problem names that are not of the contract's form.
const maxFieldErrors = 100

// useProblems makes Huma's own errors (validation, media types) problems too,
// without echoing what the caller sent.
func useProblems() {
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		id := ""
		if ctx != nil {
			id = requestID(ctx.Context())
		}
		for _, err := range errs {
			if p, ok := errors.AsType[*Problem](err); ok {
				return p
			}
		}
		for _, err := range errs {
			d, ok := errors.AsType[*huma.ErrorDetail](err)
			if !ok {
				continue
			}
			if field, refused := refusedField(d.Message); refused {
				p := newProblem(http.StatusUnprocessableEntity, "validation_failed", "the request has invalid fields", id)
				p.Errors = []domain.FieldError{field}
				return p
			}
		}
		p := newProblem(status, fallbackCode(status), "", id)
		if status >= 500 {
			return p
		}
		for _, err := range errs {
			if len(p.Errors) == maxFieldErrors {
				break
			}
			if d, ok := errors.AsType[*huma.ErrorDetail](err); ok && status == http.StatusUnprocessableEntity {
				p.Errors = append(p.Errors, domain.FieldError{Pointer: pointerOf(d.Location) + missingIn(d.Message), Code: codeOfMessage(d.Message)})
			}
		}
		if len(p.Errors) > 0 && status == http.StatusUnprocessableEntity {
			p.Code, p.Detail = "validation_failed", "the request has invalid fields"
		}
		return p
	}
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return huma.NewErrorWithContext(nil, status, msg, errs...)
	}
}
