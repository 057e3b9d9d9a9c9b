package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
	"yhdyspinta/domain/idempotency"
)

// idempotencyHeader is where a client sends the key of a request
// (draft-ietf-httpapi-idempotency-key-header).
const idempotencyHeader = "Idempotency-Key"

// maxReplayed is how long an answer is kept at most, in bytes: what creates answers with
// much less.
const maxReplayed = 1 << 20

// replayedHeaders are kept with the answer.
var replayedHeaders = []string{"Content-Type", "ETag", "Location"}

// onceOnly answers a POST with a key that was answered already as it was answered then,
// and does nothing again. It knows no operation: whatever is created, now or later, is
// covered, but for files. What was refused or failed is forgotten, so that it may be tried again.
func (s *Server) onceOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		key := strings.Trim(strings.TrimSpace(r.Header.Get(idempotencyHeader)), `"`)
		who := actor(r.Context())
		if s.Services.Idempotency == nil || r.Method != http.MethodPost || r.Header.Get(idempotencyHeader) == "" || !who.SignedIn() || !strings.HasPrefix(r.URL.Path, "/api/v1/") || isUpload(c) {
			return next(c)
		}
		if key == "" || len(key) > 255 {
			return &domain.Error{Kind: domain.KindMalformed, Code: "idempotency_key_malformed", Detail: "a key has 1 to 255 characters"}
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		hash := sha256.Sum256(append([]byte(who.PostID.String()+"\n"+r.Header.Get("If-Match")+"\n"), body...))
		req := idempotency.Request{PersonID: who.PersonID, Operation: r.Method + " " + r.URL.RequestURI(), Key: key, Hash: hash[:]}
		answer, err := s.Services.Idempotency.Begin(r.Context(), req)
		if err != nil {
			if e, ok := errors.AsType[*domain.Error](err); ok && e.Code == "idempotency_running" {
				c.Response().Header().Set("Retry-After", "1")
			}
			return err
		}
		if answer != nil {
			for name, value := range answer.Header {
				c.Response().Header().Set(name, value)
			}
			c.Response().Header().Set("Idempotent-Replayed", "true")
			c.Response().WriteHeader(answer.Status)
			_, err = c.Response().Write(answer.Body)
			return err
		}
		ctx := context.WithoutCancel(r.Context()) // whoever asked may have gone away
		finished := false
		defer func() {
			if !finished {
				s.idempotencyFailed(ctx, s.Services.Idempotency.Forget(ctx, req))
			}
		}()
		told := &toldWriter{ResponseWriter: c.Response().Writer}
		c.Response().Writer = told
		err = next(c)
		if status := c.Response().Status; err == nil && status >= 200 && status < 300 && told.body.Len() <= maxReplayed {
			finished = true
			answer := idempotency.Answer{Status: status, Header: map[string]string{}, Body: told.body.Bytes()}
			for _, name := range replayedHeaders {
				if v := c.Response().Header().Get(name); v != "" {
					answer.Header[name] = v
				}
			}
			s.idempotencyFailed(ctx, s.Services.Idempotency.Finish(ctx, req, answer))
		}
		return err
	}
}

// idempotencyFailed notes in the server's log what could not be kept: the request itself
// is through.
func (s *Server) idempotencyFailed(ctx context.Context, err error) {
	if err != nil {
		s.Log.Error("could not keep the key of a request", "request", requestID(ctx), "error", err)
	}
}

// toldWriter remembers what was answered.
type toldWriter struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (w *toldWriter) Write(b []byte) (int, error) {
	w.body.Write(b)
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *toldWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// idempotencyParam is the header in the contract of what creates.
func idempotencyParam() *huma.Param {
	longest := 255
	return &huma.Param{Name: idempotencyHeader, In: "header",
		Description: "A key of the client's own for this one creation, such as a UUID. Sent again within 24 hours with the same body it answers as the first time (Idempotent-Replayed: true) and creates nothing; with another body 422 idempotency_key_reused; while the first is running 409 idempotency_running with Retry-After. What was refused may be sent again under the same key.",
		Schema:      &huma.Schema{Type: huma.TypeString, MaxLength: &longest}}
}
