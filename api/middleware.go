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

func isEvents(c echo.Context) bool { return strings.HasSuffix(c.Request().URL.Path, "/events") }

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
		start, method, traced := time.Now(), methodOf(c.Request()), func(Answered) {}
		if s.Trace != nil {
			ctx, end := s.Trace(c.Request().Context(), method)
			traced = end
			c.SetRequest(c.Request().WithContext(ctx))
		}
		err := next(c)
		if err != nil {
			c.Error(err) // writes the problem, so that its status is logged
		}
		took, operation, status := time.Since(start), s.operationOf(c), c.Response().Status
		line := []any{"request", requestID(c.Request().Context()), "method", method,
			"route", c.Path(), "operation", operation, "status", status, "ms", took.Milliseconds()}
		s.Log.Info("request", append(line, refused(c, status)...)...)
		traced(Answered{Operation: operation, Route: c.Path(), Status: status, RequestID: requestID(c.Request().Context())})
		if s.Observe != nil {
			s.Observe(operation, status, took)
		}
		return nil
	}
}

// refused are the ids of whom a request was refused to, for the log: of a person or a
// program that asked for what it may not, nothing of anybody else.
func refused(c echo.Context, status int) []any {
	if status != http.StatusUnauthorized && status != http.StatusForbidden && status != http.StatusTooManyRequests {
		return nil
	}
	ids := []any{}
	a := actor(c.Request().Context())
	if a.SignedIn() {
		ids = append(ids, "person", a.PersonID.String())
	}
	if a.Token.IsUsed() {
		ids = append(ids, "token", a.Token.ID.String())
	}
	return ids
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

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
