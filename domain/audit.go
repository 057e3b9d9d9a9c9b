package domain

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Origin says by what way a change came.
type Origin string

// The origins of an entry.
const (
	OriginUser     Origin = "user"
	OriginImport   Origin = "import"
	OriginOperator Origin = "operator" // the command line
)

// Change is one field's old and new value. Both are nil for a secret field:
// the log then says only that it changed.
type Change struct {
	Field  string `json:"field"`
	Old    any    `json:"old"`
	New    any    `json:"new"`
	Secret bool   `json:"secret,omitempty"`
}

// Entry is one line of the audit log: who did what to which thing, in which
// post and party, by which permission, and what changed. It names people by
// id only.
type Entry struct {
	At         time.Time
	Origin     Origin
	RequestID  string
	PersonID   *PersonID
	PostID     *PostID
	PartyID    *PartyID
	TokenID    *APITokenID // by which a program did it; nil if the person did
	Permission Permission
	Subject    Subject
	Version    int     // of the subject after the change; 0 if it has none
	Parent     Subject // the thing under which readers look for it (the action of a status report); zero if itself
	Reason     string  // what the person gave as the reason
	Changes    []Change
}

// AuditLog collects the entries of one unit of work.
type AuditLog struct {
	now     time.Time
	entries []Entry
	origin  Origin  // of all entries from now on; "" is each actor's own
	parent  Subject // of entries without one
}

// NewAuditLog starts the log of one unit of work at an instant.
func NewAuditLog(now time.Time) *AuditLog { return &AuditLog{now: now} }

// Now is the instant of the unit of work: times written in it are this one.
func (l *AuditLog) Now() time.Time { return l.now }

// Entries returns what was added.
func (l *AuditLog) Entries() []Entry { return l.entries }

// Within says by what way all entries come that are added from now on, and under
// which thing those stand that are under nothing else.
func (l *AuditLog) Within(o Origin, parent Subject) { l.origin, l.parent = o, parent }

// Add notes that actor used permission p to change a subject.
func (l *AuditLog) Add(actor Actor, p Permission, subject Subject, version int, changes []Change, opts ...EntryOption) {
	e := Entry{
		At: l.now, Origin: actor.origin(), RequestID: actor.RequestID,
		PersonID: actor.PersonID.Ptr(), PostID: actor.PostID.Ptr(), PartyID: actor.PartyID.Ptr(), TokenID: actor.Token.ID.Ptr(),
		Permission: p, Subject: subject, Version: version, Changes: changes,
	}
	if l.origin != "" {
		e.Origin = l.origin
	}
	for _, o := range opts {
		o(&e)
	}
	if e.Parent == (Subject{}) && subject != l.parent {
		e.Parent = l.parent
	}
	l.entries = append(l.entries, e)
}

// EntryOption adds what not every entry has.
type EntryOption func(*Entry)

// Because gives the reason that the person stated.
func Because(reason string) EntryOption { return func(e *Entry) { e.Reason = reason } }

// Via says by what way the change came, where it is not the actor's own.
func Via(o Origin) EntryOption { return func(e *Entry) { e.Origin = o } }

// Under names the thing whose history the entry belongs to.
func Under(parent Subject) EntryOption { return func(e *Entry) { e.Parent = parent } }

// Diff compares two values of one entity type by the audit class in its field
// tags and returns the changes; pass the zero value as old for a creation.
//
//	`audit:"track"`   old and new value; lists are compared as sets
//	`audit:"secret"`  only that it changed
//	`audit:"ignore"`  nothing
//
// The fields of an embedded struct are fields of the entity.
//
// Every field of an audited entity has a class; Diff panics on one without, and
// a test walks all entities (see storage/conventions_test.go).
func Diff[T any](old, new T) []Change {
	return diff(reflect.ValueOf(old), reflect.ValueOf(new))
}

func diff(o, n reflect.Value) []Change {
	var out []Change
	t := o.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			out = append(out, diff(o.Field(i), n.Field(i))...)
			continue
		}
		class := f.Tag.Get("audit")
		ov, nv := audited(o.Field(i)), audited(n.Field(i))
		switch class {
		case "ignore":
		case "track":
			if !sameAudited(ov, nv) {
				out = append(out, Change{Field: fieldName(f.Name), Old: ov, New: nv})
			}
		case "secret":
			if !sameAudited(ov, nv) {
				out = append(out, Change{Field: fieldName(f.Name), Secret: true})
			}
		default:
			panic(fmt.Sprintf("%s.%s has no audit class", t.Name(), f.Name))
		}
	}
	return out
}

// AuditValuer is a value that the log shows in a form of its own: what a person
// said, without what follows from it.
type AuditValuer interface{ AuditValue() any }

// audited is the form in which the log holds a field's value: nil if it is
// empty, a list as []any, times in UTC.
func audited(v reflect.Value) any {
	if a, ok := v.Interface().(AuditValuer); ok {
		v = reflect.ValueOf(a.AuditValue())
	}
	if !v.IsValid() || v.IsZero() {
		return nil
	}
	if t, ok := v.Interface().(time.Time); ok {
		return t.UTC()
	}
	if v.Kind() != reflect.Slice {
		return v.Interface()
	}
	if v.Len() == 0 {
		return nil
	}
	list := make([]any, v.Len())
	for i := range list {
		list[i] = audited(v.Index(i))
	}
	return list
}

func sameAudited(a, b any) bool {
	la, oka := a.([]any)
	lb, okb := b.([]any)
	if !oka || !okb {
		return reflect.DeepEqual(a, b)
	}
	if len(la) != len(lb) {
		return false
	}
	rest := slices.Clone(lb)
	for _, v := range la {
		i := slices.IndexFunc(rest, func(w any) bool { return reflect.DeepEqual(v, w) })
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// fieldName turns a Go field name into the API's camelCase: DueOn -> dueOn,
// LegalBasisIDs -> legalBasisIds, URLFI -> urlFi.
func fieldName(s string) string {
	s = initialisms.Replace(s)
	return strings.ToLower(s[:1]) + s[1:]
}

var initialisms = strings.NewReplacer("ID", "Id", "URL", "Url", "SHA", "Sha", "FI", "Fi", "SV", "Sv")

// Unclassified lists the fields of an entity type that have no audit class.
func Unclassified(entity any) []string {
	var out []string
	t := reflect.TypeOf(entity)
	for i := range t.NumField() {
		switch t.Field(i).Tag.Get("audit") {
		case "track", "secret", "ignore":
		default:
			out = append(out, t.Name()+"."+t.Field(i).Name)
		}
	}
	return out
}
