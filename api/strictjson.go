package api

import (
	"bytes"
	"encoding/json"
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

// How deep objects and lists of a body may stand in each other, and how many values it
// may have: more than any body of the contract needs. A file is one value.
const (
	deepestJSON = 64
	mostJSON    = 100_000
)

// unreadable returns the first place of a JSON text that is not acceptable
// although it may be well-formed; nil also for what is not well-formed, which
// json.Unmarshal tells. It takes memory for the depth that is allowed and for the
// names of one way down, whatever the text: a pointer is made of what is refused
// alone.
func unreadable(data []byte) *domain.FieldError {
	if !utf8.Valid(data) {
		return &domain.FieldError{Pointer: "", Code: "not_utf8"}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var way []any // the name or number of each part down to where the reader is
	refuse := func(code string) *domain.FieldError { return &domain.FieldError{Pointer: pointerTo(way), Code: code} }
	values := 0
	// value reads one value. No error and no field: go on.
	var value func() (*domain.FieldError, error)
	value = func() (*domain.FieldError, error) {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		if values++; values > mostJSON {
			way = nil
			return refuse("too_many"), nil
		}
		text, isText := t.(string)
		delim, isDelim := t.(json.Delim)
		switch {
		case isText && strings.ContainsRune(text, 0):
			return refuse("character_not_allowed"), nil
		case !isDelim:
			return nil, nil
		case len(way) == deepestJSON:
			way = nil // which of so many does not matter
			return refuse("too_deep"), nil
		}
		seen := map[string]bool{}
		for i := 0; dec.More(); i++ {
			way = append(way, i)
			if delim == '{' {
				key, err := dec.Token()
				if err != nil {
					return nil, err
				}
				name, _ := key.(string)
				way[len(way)-1] = name
				switch {
				case strings.ContainsRune(name, 0):
					return refuse("character_not_allowed"), nil
				case seen[name]:
					return refuse("duplicate_field"), nil
				}
				seen[name] = true
			}
			if field, err := value(); field != nil || err != nil {
				return field, err
			}
			way = way[:len(way)-1]
		}
		_, err = dec.Token()
		return nil, err
	}
	field, err := value()
	if err != nil {
		return nil // not well-formed
	}
	return field
}

// pointerTo is the JSON pointer (RFC 6901) of names and numbers, as short as an
// answer needs it.
func pointerTo(way []any) string {
	const most = 500
	var b strings.Builder
	for _, step := range way {
		name, isName := step.(string)
		if !isName {
			name = strconv.Itoa(step.(int))
		}
		if b.WriteByte('/'); len(name) > most {
			name = strings.ToValidUTF8(name[:most], "")
		}
		b.WriteString(strings.NewReplacer("~", "~0", "/", "~1", "\x00", "").Replace(name))
	}
	return b.String()
}

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
