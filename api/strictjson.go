package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"yhdyspinta/domain"
)

// strictJSON reads request bodies: a key twice in one object would let two
// readers of the same bytes see different things, and U+0000 and text that is
// no UTF-8 cannot be stored.
var strictJSON = huma.Format{
	Marshal: huma.DefaultJSONFormat.Marshal,
	Unmarshal: func(data []byte, v any) error {
		if field := unreadable(data); field != nil {
			return &refusedBody{*field}
		}
		return json.Unmarshal(data, v)
	},
}

// refusedBody carries what is wrong with a body through Huma, which keeps only
// the message.
type refusedBody struct{ domain.FieldError }

const refusedPrefix = "refused body: "

func (r *refusedBody) Error() string { return refusedPrefix + r.Code + " " + r.Pointer }

// refusedField reads the message of a refusedBody.
func refusedField(msg string) (domain.FieldError, bool) {
	rest, ok := strings.CutPrefix(msg, refusedPrefix)
	if !ok {
		return domain.FieldError{}, false
	}
	code, pointer, _ := strings.Cut(rest, " ")
	return domain.FieldError{Pointer: pointer, Code: code}, true
}

// unreadable returns the first place of a JSON text that is not acceptable
// although it may be well-formed; nil also for what is not well-formed, which
// json.Unmarshal tells.
func unreadable(data []byte) *domain.FieldError {
	if !utf8.Valid(data) {
		return &domain.FieldError{Pointer: "", Code: "not_utf8"}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var field *domain.FieldError
	var value func(path string) error
	value = func(path string) error {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case string:
			if strings.ContainsRune(t, 0) {
				field = &domain.FieldError{Pointer: path, Code: "character_not_allowed"}
				return errStop
			}
		case json.Delim:
			seen := map[string]bool{}
			for i := 0; dec.More(); i++ {
				next := path + "/" + strconv.Itoa(i)
				if t == '{' {
					key, err := dec.Token()
					if err != nil {
						return err
					}
					name, _ := key.(string)
					next = path + "/" + strings.NewReplacer("~", "~0", "/", "~1", "\x00", "").Replace(name)
					if seen[name] {
						field = &domain.FieldError{Pointer: next, Code: "duplicate_field"}
						return errStop
					}
					seen[name] = true
				}
				if err := value(next); err != nil {
					return err
				}
			}
			_, err := dec.Token()
			return err
		}
		return nil
	}
	if err := value(""); err != nil && !errors.Is(err, io.EOF) {
		return field
	}
	return field
}

var errStop = errors.New("stop")

// readableAddress refuses paths and parameters with text that cannot be stored
// or searched for.
func readableAddress(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		bad := func(s string) bool { return !utf8.ValidString(s) || strings.ContainsRune(s, 0) }
		if bad(u.Path) {
			return &domain.Error{Kind: domain.KindMalformed, Code: "malformed", Detail: "the path is not readable text"}
		}
		query, err := url.ParseQuery(u.RawQuery)
		if err != nil {
			return &domain.Error{Kind: domain.KindMalformed, Code: "malformed", Detail: "the query is malformed"}
		}
		for name, values := range query {
			for _, v := range values {
				if bad(v) || bad(name) {
					return domain.InvalidField(strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", ""), ""), "character_not_allowed")
				}
			}
		}
		return next(c)
	}
}
