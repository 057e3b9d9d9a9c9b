package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

type (
	requestIDKey struct{}
	actorKey     struct{}
)

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// actor is who makes the request; the public if nobody signed in.
func actor(ctx context.Context) domain.Actor {
	a, _ := ctx.Value(actorKey{}).(domain.Actor)
	return a
}

func (s *Server) withRequestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := s.NewID().String()
		c.Response().Header().Set("X-Request-Id", id)
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), requestIDKey{}, id)))
		return next(c)
	}
}

// requestTime is what an answer may take: what waits longer, for a connection to the
// database for example, gives up, a little before the server would cut it off.
const requestTime = 55 * time.Second

// withDeadline bounds each request but uploads and streams, which have limits of
// their own.
func withDeadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isUpload(c) || strings.HasSuffix(c.Request().URL.Path, "/events") {
			return next(c)
		}
		ctx, cancel := context.WithTimeout(c.Request().Context(), requestTime)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// withActor reads the actor only where one is asked for: static files and
// health checks touch no database. A token that opens nothing counts as a costly
// request of its network: who guesses is slowed down.
func (s *Server) withActor(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if !strings.HasPrefix(r.URL.Path, apiPath) {
			return next(c)
		}
		tellScheme(c)
		a, who, err := s.whoActs(r)
		if isRefusedToken(err) {
			if limited := s.count(c, rateCostly, networkOf(c.RealIP())); limited != nil {
				return limited
			}
		}
		if err != nil {
			return err
		}
		a.RequestID = requestID(r.Context())
		ctx := context.WithValue(r.Context(), actorKey{}, a)
		if a.Token.IsUsed() {
			ctx = context.WithValue(ctx, standingKey{}, who)
		}
		c.SetRequest(r.WithContext(ctx))
		return next(c)
	}
}

func (s *Server) accessLog(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err) // writes the problem, so that its status is logged
		}
		took := time.Since(start)
		s.Log.Info("request", "request", requestID(c.Request().Context()), "method", c.Request().Method,
			"route", c.Path(), "status", c.Response().Status, "ms", took.Milliseconds())
		if s.Observe != nil {
			s.Observe(s.operationOf(c), c.Response().Status, took)
		}
		return nil
	}
}

func (s *Server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if v := recover(); v != nil {
				if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(v)
				}
				err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
			}
		}()
		return next(c)
	}
}

func securityHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if strings.HasPrefix(c.Request().URL.Path, "/api/") {
			h.Set("Cache-Control", noStore)
		}
		return next(c)
	}
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
