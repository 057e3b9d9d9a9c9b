package main

import (
	"errors"
	"io"
	"log/slog"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// newLog writes lines of text, or of JSON. What people typed stands in none.
func newLog(format string, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{ReplaceAttr: discreet}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// discreet takes out of PostgreSQL's errors what they repeat of a value that it
// could not take.
func discreet(_ []string, a slog.Attr) slog.Attr {
	err, ok := a.Value.Any().(error)
	if !ok {
		return a
	}
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok || !strings.HasPrefix(pg.Code, "22") && !strings.HasPrefix(pg.Code, "P0") {
		return a
	}
	return slog.String(a.Key, strings.ReplaceAll(err.Error(), pg.Message, quotedValue.ReplaceAllString(pg.Message, `"…"`)))
}

// quotedValue is greedy: a value may have quotation marks itself.
var quotedValue = regexp.MustCompile(`(?s)".*"`)
