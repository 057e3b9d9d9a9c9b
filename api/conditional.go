package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// conditional gives each answer in JSON to a GET an ETag of its bytes, and answers 304
// to who has them already. It knows no operation: what is read later is covered too.
//
// The tag is strong. Of a thing with a version it begins with that, so that the same
// tag is what If-Match takes; a version alone would not do, since what is derived for
// the day and the reader changes without it.
//
// The answer depends on who asks: Vary says so. What is everybody's may be kept by any
// cache that asks anew each time, what a program gets by its own only; what a person
// reads who is signed in is kept nowhere, since others use their machine.
func (s *Server) conditional(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, res := c.Request(), c.Response()
		if r.Method != http.MethodGet || !strings.HasPrefix(r.URL.Path, "/api/v1/") || strings.HasSuffix(r.URL.Path, "/events") {
			return next(c)
		}
		key, keeps, err := s.unchangedKey(r.Context(), c)
		if err != nil {
			return err
		}
		if keeps {
			if a, ok := s.unchanged.get(key); ok {
				return s.sendConditional(c, a)
			}
		}
		to := res.Writer
		held := &heldWriter{ResponseWriter: to}
		res.Writer = held
		returned := false
		defer func() {
			res.Writer = to
			if !returned && held.holds { // a panic: nothing was sent
				res.Committed = false
			}
		}()
		err = next(c)
		returned = true
		if !held.holds {
			return err
		}
		res.Writer, res.Committed, res.Size = to, false, 0
		sum := sha256.Sum256(held.body.Bytes())
		a := conditionalAnswer{contentType: to.Header().Get("Content-Type"), body: held.body.Bytes(),
			tag: `"` + versionPart(to.Header().Get("ETag")) + hex.EncodeToString(sum[:12]) + `"`}
		if keeps && err == nil && s.Clock.Today() == key.day {
			s.unchanged.add(key, a)
		}
		if failed := s.sendConditional(c, a); failed != nil && err == nil {
			err = failed
		}
		return err
	}
}

// conditionalAnswer is an answer in JSON with its ETag.
type conditionalAnswer struct {
	contentType, tag string
	body             []byte
}

// sendConditional sends an answer, or 304 to who has it.
func (s *Server) sendConditional(c echo.Context, a conditionalAnswer) error {
	r, res := c.Request(), c.Response()
	h := res.Header()
	h.Add("Vary", "Authorization, Cookie")
	if h.Get("Cache-Control") == noStore {
		switch who := actor(r.Context()); {
		case who.Token.IsUsed():
			h.Set("Cache-Control", "private, no-cache")
		case !who.SignedIn():
			h.Set("Cache-Control", "no-cache")
		}
	}
	h.Set("ETag", a.tag)
	if matches(strings.Join(r.Header.Values("If-None-Match"), ","), a.tag) {
		h.Del("Content-Type")
		h.Del("Content-Length")
		return c.NoContent(http.StatusNotModified)
	}
	h.Set("Content-Length", strconv.Itoa(len(a.body))) // known, it is sent in one piece
	return c.Blob(http.StatusOK, a.contentType, a.body)
}

// noStore is what every answer of the API says of caches unless it says otherwise.
const noStore = "no-store"

// versionPart is the version of an ETag, with what parts it from the rest; "" of none.
func versionPart(etag string) string {
	if version := strings.Trim(etag, `"`); version != "" {
		return version + "-"
	}
	return ""
}

// heldWriter holds an answer in JSON back until it is known whole.
type heldWriter struct {
	http.ResponseWriter
	holds bool
	body  bytes.Buffer
}

func (w *heldWriter) WriteHeader(status int) {
	if status == http.StatusOK && strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		w.holds = true
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *heldWriter) Write(b []byte) (int, error) {
	if w.holds {
		return w.body.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// FlushError sends nothing of what is held.
func (w *heldWriter) FlushError() error {
	if w.holds {
		return nil
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap is for http.ResponseController.
func (w *heldWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// ifNoneMatchParam is the header in the contract of what is read.
func ifNoneMatchParam() *huma.Param {
	return &huma.Param{Name: "If-None-Match", In: "header", Schema: &huma.Schema{Type: huma.TypeString},
		Description: "ETag of what the caller has: 304 without a body if it is still that"}
}

// notModified is the answer in the contract to who has it already.
func notModified() *huma.Response {
	return &huma.Response{Description: "Nothing has changed since the ETag that was sent"}
}
