package api

import (
	"strings"

	"github.com/danielgtaylor/huma/v2/validation"
)

// pointerOf turns Huma's location ("body.title.fi", "query.limit",
// "body.items[2]") into a JSON pointer into the body, or the parameter's name.
func pointerOf(location string) string {
	rest, inBody := strings.CutPrefix(location, "body")
	if !inBody {
		_, name, ok := strings.Cut(location, ".")
		if !ok {
			return location
		}
		name, _, _ = strings.Cut(name, "[") // which of the repeated values does not matter
		return name
	}
	rest = strings.NewReplacer("[", ".", "]", "").Replace(rest)
	return strings.ReplaceAll(rest, ".", "/")
}

// missingIn is the rest of the pointer to a field that a message says is missing:
// Huma places that at the object that lacks it. "" for other messages.
func missingIn(msg string) string {
	before, after, _ := strings.Cut(validation.MsgExpectedRequiredProperty, "%s")
	name, ok := strings.CutPrefix(msg, before)
	if !ok {
		return ""
	}
	return "/" + strings.TrimSuffix(name, after)
}

// codeOfMessage gives the stable code of one of Huma's validation messages.
// The messages are the library's templates up to their first insert.
func codeOfMessage(msg string) string {
	for _, c := range messageCodes {
		if strings.HasPrefix(msg, c.prefix) {
			return c.code
		}
	}
	return "invalid"
}

var messageCodes = []struct{ prefix, code string }{
	{prefixOf(validation.MsgUnexpectedProperty), "unknown_field"},
	{prefixOf(validation.MsgExpectedRequiredProperty), "required"},
	{"required ", "required"},
	{prefixOf(validation.MsgExpectedMaxLength), "too_long"},
	{prefixOf(validation.MsgExpectedMinLength), "too_short"},
	{prefixOf(validation.MsgExpectedMaxItems), "too_many"},
	{prefixOf(validation.MsgExpectedMinItems), "too_few"},
	{prefixOf(validation.MsgExpectedMinimumNumber), "too_small"},
	{prefixOf(validation.MsgExpectedMaximumNumber), "too_large"},
	{prefixOf(validation.MsgExpectedOneOf), "not_allowed"},
	{prefixOf(validation.MsgExpectedRFC3339Date), "date_malformed"},
	{prefixOf(validation.MsgExpectedRFC3339DateTime), "time_malformed"},
	{prefixOf(validation.MsgExpectedRFC4122UUID), "id_malformed"},
	{"unknown query parameter", "unknown_parameter"},
	{"unexpected query parameter", "unknown_parameter"},
	{"expected ", "wrong_type"},
	{"invalid ", "wrong_type"},
}

func prefixOf(msg string) string {
	if i := strings.IndexByte(msg, '%'); i >= 0 {
		return msg[:i]
	}
	return msg
}
