package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
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
		err := next(c)
		returned = true
		if !held.holds {
			return err
		}
		h := to.Header()
		h.Add("Vary", "Authorization, Cookie")
		if h.Get("Cache-Control") == noStore {
			switch who := actor(r.Context()); {
			case who.Token.IsUsed():
				h.Set("Cache-Control", "private, no-cache")
			case !who.SignedIn():
				h.Set("Cache-Control", "no-cache")
			}
		}
		sum := sha256.Sum256(held.body.Bytes())
		tag := `"` + versionPart(h.Get("ETag")) + hex.EncodeToString(sum[:12]) + `"`
		h.Set("ETag", tag)
		if matches(strings.Join(r.Header.Values("If-None-Match"), ","), tag) {
			h.Del("Content-Type")
			h.Del("Content-Length")
			res.Status, res.Size = http.StatusNotModified, 0
			to.WriteHeader(http.StatusNotModified)
			return err
		}
		to.WriteHeader(http.StatusOK)
		if _, failed := to.Write(held.body.Bytes()); failed != nil && err == nil {
			err = failed
		}
		return err
	}
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
