package domain

import (
	"errors"
	"fmt"
)

// Kind sorts failures by what the caller can do about them; the API turns it
// into an HTTP status.
type Kind string

// The kinds of failure.
const (
	KindMalformed           Kind = "malformed"
	KindUnauthenticated     Kind = "unauthenticated"
	KindForbidden           Kind = "forbidden"
	KindNotFound            Kind = "not_found"
	KindConflict            Kind = "conflict"
	KindStale               Kind = "stale"
	KindPreconditionMissing Kind = "precondition_missing"
	KindTooLarge            Kind = "too_large"
	KindInvalid             Kind = "invalid"
	KindUnavailable         Kind = "unavailable"
)

// FieldError names one field that is wrong, by JSON pointer into the request,
// and a stable code that the client translates.
type FieldError struct {
	Pointer string `json:"pointer" doc:"JSON pointer to the field in the request body, or the name of the parameter"`
	Code    string `json:"code" doc:"Stable code of what is wrong, e.g. required or too_long"`
}

// Error is a failure the caller may act on. Everything else is internal and
// tells the client nothing.
type Error struct {
	Kind    Kind         // decides the HTTP status
	Code    string       // stable, e.g. "meeting_already_closed"; the client translates it
	Detail  string       // English, for developers; never user input
	Fields  []FieldError // for forms
	Current any          // KindStale: what is stored now, as the entity
	Subject Subject      // KindStale: what it is about, to tell who changed it
	Version int          // KindStale: the version that the caller had read
	State   string       // KindConflict: the state that forbids it
	Err     error        // cause, for the log only
}

func (e *Error) Error() string {
	s := fmt.Sprintf("%s: %s", e.Code, e.Detail)
	for _, f := range e.Fields {
		s += fmt.Sprintf(" [%s %s]", f.Pointer, f.Code)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is matches errors of the same kind and code, so that a sentinel can be
// compared with errors.Is.
func (e *Error) Is(target error) bool {
	t, ok := errors.AsType[*Error](target)
	return ok && t.Kind == e.Kind && t.Code == e.Code
}

// NotFound says that nothing of that kind exists, or none that the caller may
// see: the two are told apart for nobody.
func NotFound(noun string) *Error {
	return &Error{Kind: KindNotFound, Code: noun + "_not_found", Detail: "no such " + noun}
}

// Forbidden says that the caller may see the subject but not do this.
func Forbidden(p Permission) *Error {
	return &Error{Kind: KindForbidden, Code: "forbidden", Detail: "needs permission " + string(p)}
}

// Unauthenticated says that the operation needs a signed-in person.
func Unauthenticated() *Error {
	return &Error{Kind: KindUnauthenticated, Code: "sign_in_required", Detail: "sign in first"}
}

// Conflict says that the state of the subject forbids the operation.
func Conflict(code, state, detail string) *Error {
	return &Error{Kind: KindConflict, Code: code, State: state, Detail: detail}
}

// CheckDirect is the Conflict draft_required if a person would change something that is or was
// public: such a change is a draft until it is published. err, from looking
// whether it was, goes first. The command line needs no draft.
func CheckDirect(actor Actor, wasPublic bool, err error) error {
	if err != nil || !wasPublic || actor.System != "" {
		return err
	}
	return Conflict("draft_required", "", "it is or was public: save the change as a draft, POST /drafts")
}

// Stale says that the subject has changed since the caller read its version.
// current is the entity as it is stored now.
func Stale(subject Subject, version int, current any) *Error {
	return &Error{Kind: KindStale, Code: "stale_version", Detail: "changed since it was read",
		Subject: subject, Version: version, Current: current}
}

// Invalid says that the request as a whole is not acceptable.
func Invalid(code, detail string) *Error {
	return &Error{Kind: KindInvalid, Code: code, Detail: detail}
}

// InvalidField is Invalid for one field.
func InvalidField(pointer, code string) *Error {
	return &Error{Kind: KindInvalid, Code: "validation_failed", Detail: "the request has invalid fields",
		Fields: []FieldError{{pointer, code}}}
}

// Violations collects field errors, so that a form is told all of them at once.
type Violations struct{ fields []FieldError }

// Add notes that the field at pointer is wrong.
func (v *Violations) Add(pointer, code string) {
	v.fields = append(v.fields, FieldError{pointer, code})
}

// Require adds "required" unless ok.
func (v *Violations) Require(ok bool, pointer string) {
	if !ok {
		v.Add(pointer, "required")
	}
}

// Err is nil if nothing was added.
func (v *Violations) Err() error {
	if len(v.fields) == 0 {
		return nil
	}
	return &Error{Kind: KindInvalid, Code: "validation_failed", Detail: "the request has invalid fields", Fields: v.fields}
}
