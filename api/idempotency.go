package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/hashicorp/golang-lru/v2/expirable"
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

// keyRetryAfter is after how many seconds a request is sent again while the same with the
// same key is under way.
const keyRetryAfter = "1"

// settlingTime is how long it may take to keep an answer, or to forget the request.
const settlingTime = 5 * time.Second

// replayedHeaders are kept with the answer.
var replayedHeaders = []string{"Content-Type", "ETag", "Location"}

// onceOnly answers a POST with a key that was answered already as it was answered then,
// and does nothing again. It knows no operation: whatever is created, now or later, is
// covered. What was refused or failed is forgotten, so that it may be tried again.
func (s *Server) onceOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		key := strings.Trim(strings.TrimSpace(r.Header.Get(idempotencyHeader)), `"`)
		who := actor(r.Context())
		if who.Token.IsUsed() && r.Header.Get(idempotencyHeader) == "" && s.creating[r.Method+" "+c.Path()] {
			return &domain.Error{Kind: domain.KindMalformed, Code: "idempotency_key_required", Detail: "a program that creates something sends an Idempotency-Key of its own, such as a UUID, and the same one again if the answer gets lost"}
		}
		if s.Services.Idempotency == nil || r.Method != http.MethodPost || r.Header.Get(idempotencyHeader) == "" || !who.SignedIn() || !strings.HasPrefix(r.URL.Path, "/api/v1/") {
			return next(c)
		}
		if key == "" || len(key) > 255 || !utf8.ValidString(key) { // a header may hold any bytes
			return &domain.Error{Kind: domain.KindMalformed, Code: "idempotency_key_malformed", Detail: "a key has 1 to 255 characters"}
		}
		if isUpload(c) && !slices.Contains(who.Somewhere(), s.permitted[r.Method+" "+c.Path()]) {
			return next(c) // refused: no file is taken from who may send none
		}
		body, whole, err := s.bodyTwice(c)
		if err != nil {
			return err
		}
		defer func() { _ = body.Close() }() // read, and of no more use
		r.Body = body
		if !whole { // longer than anything that is taken: it will be refused
			return next(c)
		}
		hash, err := hashOf(who, r.Header.Get("If-Match"), body)
		if err != nil {
			return err
		}
		req := idempotency.Request{ID: requestID(r.Context()), PersonID: who.PersonID, Operation: operationKey(r), Key: key, Hash: hash}
		if err := s.settleBefore(r.Context(), req); err != nil {
			return err
		}
		answer, err := s.Services.Idempotency.Begin(r.Context(), req)
		if err != nil {
			if e, ok := errors.AsType[*domain.Error](err); ok && e.Code == "idempotency_running" {
				c.Response().Header().Set("Retry-After", keyRetryAfter)
			} else if ok && e.Kind == domain.KindUnavailable { // it may have begun
				s.unsettled.Add(unsettledKey(req), req.ID)
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
		secret, finished := false, false
		settle := func(do func(context.Context, idempotency.Request) error) {
			// Whoever asked may have gone away, and their time may be up.
			ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), settlingTime)
			defer cancel()
			if err := do(ctx, req); err != nil {
				s.unsettled.Add(unsettledKey(req), req.ID)
				s.idempotencyFailed(ctx, err)
			}
		}
		defer func() {
			if !finished { // also where a connection broke at the end and it may have been carried out
				settle(s.Services.Idempotency.Forget)
			}
		}()
		c.SetRequest(r.WithContext(idempotency.Under(context.WithValue(r.Context(), secretKey{}, &secret), req)))
		told := &toldWriter{ResponseWriter: c.Response().Writer}
		c.Response().Writer = told
		err = next(c)
		if status := c.Response().Status; err == nil && status >= 200 && status < 300 && (secret || told.body.Len() <= maxReplayed) {
			finished = true
			if secret {
				settle(s.Services.Idempotency.Drop)
				return nil
			}
			answer := idempotency.Answer{Status: status, Header: map[string]string{}, Body: told.body.Bytes()}
			for _, name := range replayedHeaders {
				if v := c.Response().Header().Get(name); v != "" {
					answer.Header[name] = v
				}
			}
			settle(func(ctx context.Context, req idempotency.Request) error {
				return s.Services.Idempotency.Finish(ctx, req, answer)
			})
		}
		return err
	}
}

// The bounds of what is remembered of requests whose end could not be noted, such as when
// the database went away meanwhile, by their ids. Their senders need not wait until their
// keys count as abandoned. Nothing rests on it: what was saved is noted with what was saved.
const (
	maxUnsettled = 1000
	unsettledFor = time.Hour
)

func newUnsettled() *expirable.LRU[string, string] {
	return expirable.NewLRU[string, string](maxUnsettled, nil, unsettledFor)
}

func unsettledKey(r idempotency.Request) string {
	return r.PersonID.String() + " " + r.Operation + " " + r.Key
}

// settleBefore notes the end of the request that had the key of one that is sent again.
func (s *Server) settleBefore(ctx context.Context, req idempotency.Request) error {
	first := req
	var ok bool
	if first.ID, ok = s.unsettled.Get(unsettledKey(req)); !ok {
		return nil
	}
	if err := s.Services.Idempotency.Forget(ctx, first); err != nil {
		return err
	}
	s.unsettled.Remove(unsettledKey(req))
	return nil
}

// SavedThing names what was saved by a request whose answer is not known any more.
type SavedThing struct {
	Kind domain.SubjectKind `json:"kind" doc:"As in the audit log" example:"action"`
	ID   domain.AnyID       `json:"id" format:"uuid"`
	Path string             `json:"path,omitempty" doc:"Of its page, below the language; missing if it has none of its own" example:"/actions/9"`
}

// longestOperation is up to where an address is kept as it is, in bytes: what an index of
// the database holds is bounded, an address is not.
const longestOperation = 500

// operationKey is the method and address of a request: of a long one its hash.
func operationKey(r *http.Request) string {
	address := r.URL.RequestURI()
	if len(address) > longestOperation {
		sum := sha256.Sum256([]byte(address))
		address = r.URL.EscapedPath()[:min(longestOperation, len(r.URL.EscapedPath()))] + " " + hex.EncodeToString(sum[:])
	}
	return r.Method + " " + strings.ToValidUTF8(address, "\uFFFD")
}

// hashOf tells requests under one key apart: by what is sent, and by the post and the
// rights in which it is sent. So an answer is not told again to somebody whose right to
// read it has ended meanwhile. The body is read, and stands at its beginning again.
func hashOf(who domain.Actor, ifMatch string, body io.ReadSeeker) ([]byte, error) {
	rights := make([]string, 0, len(who.Grants)+len(who.Forums))
	for _, g := range who.Grants {
		units := make([]string, len(g.Units))
		for i, u := range g.Units {
			units[i] = u.String()
		}
		slices.Sort(units)
		rights = append(rights, fmt.Sprint(g.Role, " ", g.PartyID, " ", g.ForumID, " ", units))
	}
	for _, f := range who.Forums {
		rights = append(rights, f.String())
	}
	slices.Sort(rights)
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%q\n", who.PostID, ifMatch, rights)
	if who.Token.IsUsed() { // what one program was told is no answer to another
		fmt.Fprintf(sum, "%s\n", who.Token.ID)
	}
	if _, err := io.Copy(sum, body); err != nil {
		return nil, err
	}
	_, err := body.Seek(0, io.SeekStart)
	return sum.Sum(nil), err
}

// rereadable is a body that can be read again.
type rereadable interface {
	io.ReadSeekCloser
}

// bodyTwice takes the body of a request, so that it can be read for its hash and then by
// the operation: what people type in memory, a file in one of the machine's. A file that is
// longer than the server takes, or breaks off, is not whole: the operation reads it to where
// that shows, and refuses it.
func (s *Server) bodyTwice(c echo.Context) (body rereadable, whole bool, err error) {
	r := c.Request()
	if !isUpload(c) {
		all, err := io.ReadAll(r.Body)
		return inMemory{bytes.NewReader(all)}, true, err
	}
	takeTime(http.NewResponseController(c.Response()))
	file, err := passingFile()
	if err != nil {
		return nil, false, err
	}
	spooled := onDisk{file, file}
	most := max(MaxImportBody, s.Services.Meetings.Files.Limit())
	n, broken := io.Copy(file, io.LimitReader(r.Body, most+1))
	if _, full := errors.AsType[*fs.PathError](broken); full {
		err = noRoom(broken)
	} else {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, false, errors.Join(err, spooled.Close())
	}
	switch {
	case broken != nil:
		spooled.Reader = io.MultiReader(file, brokenOff{broken})
	case n > most:
		spooled.Reader = io.MultiReader(file, r.Body)
	}
	return spooled, broken == nil && n <= most, nil
}

// passingFile is a file without a name: it is gone once it is closed, and with the process,
// however that ends.
func passingFile() (*os.File, error) {
	file, err := os.CreateTemp("", "yhdyspinta-")
	if err != nil {
		return nil, noRoom(err)
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, noRoom(errors.Join(err, file.Close()))
	}
	return file, nil
}

// noRoom is the answer where the machine takes no file.
func noRoom(err error) error {
	return &domain.Error{Kind: domain.KindUnavailable, Code: "attachment_not_kept", Detail: "the file could not be kept on the server: try again later", Err: err}
}

// brokenOff is the rest of a body that could not be read.
type brokenOff struct{ err error }

// Read implements io.Reader.
func (b brokenOff) Read([]byte) (int, error) { return 0, b.err }

// inMemory is a body in memory.
type inMemory struct{ *bytes.Reader }

// Close implements io.Closer.
func (inMemory) Close() error { return nil }

// onDisk is a body in a file without a name, which goes when it is closed.
type onDisk struct {
	io.Reader
	file *os.File
}

// Seek implements io.Seeker.
func (b onDisk) Seek(offset int64, whence int) (int64, error) { return b.file.Seek(offset, whence) }

// Close implements io.Closer.
func (b onDisk) Close() error { return b.file.Close() }

// secretKey is of the context that says whether the answer holds a secret.
type secretKey struct{}

// tellsSecret says that the answer of this request holds what opens something, of which
// the database keeps no more than a hash: it is not kept under the request's key.
func tellsSecret(ctx context.Context) {
	if secret, ok := ctx.Value(secretKey{}).(*bool); ok {
		*secret = true
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
		Description: "A key of the client's own for this one creation, such as a UUID. Required with an API token: 400 idempotency_key_required without it. Sent again within 24 hours with the same body it answers as the first time (Idempotent-Replayed: true) and creates nothing; with another body 422 idempotency_key_reused; while the first is running 409 idempotency_running with Retry-After; 409 saved_already, with what was saved in saved, if the first was carried out and its answer is not known any more, as after the server died: it is never carried out twice. What was refused may be sent again under the same key.",
		Schema:      &huma.Schema{Type: huma.TypeString, MaxLength: &longest}}
}
