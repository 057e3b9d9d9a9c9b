package api

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"yhdyspinta/domain"
)

// toldByTheClock are fields that count days or otherwise go on by themselves every day:
// they are no change. What a day brings about, such as being late, is one.
var toldByTheClock = []string{"condition.explanation", "daysSinceConfirmed", "days", "ageDays", "daysOver", "cameFrom.daysOver", "awaited.daysOver", "oldestDays"}

// toldElsewhere are figures of other things and what the caller may do: by the field, or
// by the view that they are in.
var toldElsewhere = []string{"byCondition", "taskFigures", "milestones", "figures", "nextDueOn", "postponements", "reports", "undoable", "reasonStatuses", "lacking", "naming",
	"snapshot.audience", "snapshot.bytes", "snapshot.intact", "snapshot.sha256"}

// comparedColumn is a field of a row that is compared.
type comparedColumn struct {
	rowColumn
	text bool // in three languages
}

// comparedColumns are the columns of a list's file, or of an item, that can change.
func comparedColumns(id string, row reflect.Type) []comparedColumn {
	var out []comparedColumn
	for _, c := range inOrder(spread(id, row, "", nil, true)) {
		view, _, _ := strings.Cut(c.key, ".")
		if slices.Contains(knownBy, c.key) || slices.Contains(toldByTheClock, c.key) || slices.Contains(toldElsewhere, c.key) || slices.Contains(toldElsewhere, view) {
			continue
		}
		out = append(out, comparedColumn{c, typeAt(row, c.key) == textType})
	}
	return out
}

// typeAt is the type of a field of a row, or of a view within it.
func typeAt(row reflect.Type, key string) reflect.Type {
	for name := range strings.SplitSeq(key, ".") {
		if row.Kind() != reflect.Struct {
			return row
		}
		f, ok := fieldNamed(row, name)
		if !ok {
			return row
		}
		row = deref(f.Type)
	}
	return row
}

// fieldAt is a field of a row, or of a view within it, with what the contract says of it;
// the zero Value if it is missing.
func fieldAt(row reflect.Value, key string) (f viewField, at reflect.Value) {
	if at = deepest(row); !at.IsValid() {
		return f, at
	}
	for name := range strings.SplitSeq(key, ".") {
		if !at.IsValid() || at.Kind() != reflect.Struct {
			return f, reflect.Value{}
		}
		var ok bool
		if f, ok = fieldNamed(at.Type(), name); !ok {
			return f, reflect.Value{}
		}
		in, err := at.FieldByIndexErr(f.Index)
		if err != nil {
			return f, reflect.Value{}
		}
		at = deepest(in)
	}
	return f, at
}

// deepest is what a value points to; the zero Value if to nothing.
func deepest(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return v
}

// rowKeys tell the rows of lists apart that have no id of their own: by the fields of the
// row, those of a view within it after a full stop.
var rowKeys = map[string][]string{
	"getCase":                {"meeting.id", "title"},
	"getMeetingTemplate":     {"title"},
	"getPostDuties":          {"kind", "id", "part"},
	"listAgreements":         {"revision"},
	"listFreshness":          {"partyId", "unit.id", "post.id"},
	"listGaps":               {"handover.id"},
	"listHandoverAgreements": {"revision"},
	"listPaperComments":      {"at", "post.id"},
	"listRadar":              {"reason", "partyId", "post.id", "thing.id"},
	"listRoundExpectations":  {"level", "id", "partyId"},
}

// rowTitles are what rows are called that have no title of their own, by their type.
var rowTitles = map[string][]string{
	"Agreement":             {"revision", "state"},
	"DraftComment":          {"post", "text"},
	"FreshnessGroup":        {"partyId", "unit", "post"},
	"GapItem":               {"chain", "handover.what"},
	"Grant":                 {"role", "post", "personId"},
	"HandoverItem":          {"chain", "what"},
	"HandoverRevision":      {"revision", "state"},
	"Holding":               {"post", "person"},
	"OpenLoop":              {"item", "text"},
	"OutcomeEntry":          {"meeting", "text"},
	"RadarItem":             {"reason", "post", "thing"},
	"Reservation":           {"partyId", "of"},
	"ResponsibilityComment": {"post", "text"},
	"Revision":              {"revision", "state"},
	"RoundReport":           {"reportedOn", "partyId", "assessment"},
	"StatusReport":          {"reportedOn", "partyId", "status"},
	"handlingLine":          {"meeting", "title"},
	"paperCommentLine":      {"post", "text"},
}

// rowPaths are the pages of rows, by their type, with fields of the row in braces; those
// of what rows are about are found by their kind.
var rowPaths = map[string]string{
	"Action":             "/actions/{no}",
	"ActionSummary":      "/actions/{no}",
	"AgendaItem":         "/meetings/{meetingId}",
	"Chain":              "/chains/{key}",
	"DraftSummary":       "/drafts/{id}",
	"Duty":               "{.}",
	"Forum":              "/forums/{key}",
	"GapItem":            "/chains/{chain.key}",
	"Goal":               "/goals/{no}",
	"HandoverItem":       "/chains/{chain.key}",
	"Meeting":            "/meetings/{id}",
	"MeetingSummary":     "/meetings/{id}",
	"OpenLoop":           "/meetings/{meeting.id}",
	"OutcomeEntry":       "/meetings/{meeting.id}",
	"Holding":            "/organisation/posts/{post.id}",
	"Person":             "/admin/people/{id}",
	"Plan":               "/plan/{key}",
	"Post":               "/organisation/posts/{id}",
	"RadarItem":          "{thing}",
	"ReferralEntry":      "/meetings/{meeting.id}",
	"Reservation":        "{of}",
	"ResponsibilityItem": "{subject}",
	"Round":              "/rounds/{key}",
	"RoundSummary":       "/rounds/{key}",
	"Topic":              "/forums/{forum.key}",
	"handlingLine":       "/meetings/{meeting.id}",
}

// subjectPaths are the pages of what a row is about, by its kind.
var subjectPaths = map[domain.SubjectKind][]string{
	domain.SubjectGoal: {"/goals/{no}"}, domain.SubjectAction: {"/actions/{no}"}, domain.SubjectForum: {"/forums/{key}", "/forums/{id}"}, domain.SubjectMeeting: {"/meetings/{id}"},
	domain.SubjectChain: {"/chains/{key}", "/chains/{id}"}, domain.SubjectStage: {"/chains/{key}", "/chains/{chainId}"}, domain.SubjectHandover: {"/chains/{key}", "/chains/{chainId}"},
}

// keyOf tells a row from the others of its list; an item is one by itself.
func (c *compared) keyOf(row reflect.Value) string {
	keys := rowKeys[c.op.ID]
	if keys == nil {
		keys = []string{"id"}
	}
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = rawAt(row, k)
	}
	return strings.Join(parts, " ")
}

// rawAt is a field of a row as programs read it: an id, number or word; empty if it is
// missing.
func rawAt(row reflect.Value, key string) string {
	_, at := fieldAt(row, key)
	switch {
	case !at.IsValid(), at.Kind() == reflect.Int && at.Int() == 0:
		return ""
	case isID(at.Type()):
		if id := at.Field(0).Interface().(uuid.UUID); id != uuid.Nil {
			return id.String()
		}
		return ""
	}
	return fmt.Sprint(at.Interface())
}

// name is what the list or item is called.
func (c *compared) name() domain.Text {
	if !c.list {
		return itemNames[c.row.Name()]
	}
	if own, ok := ownSheets[c.op.ID]; ok {
		return own
	}
	return rowSheets[c.op.ID]
}

// title is what a row is called: by the fields that say it, or by its own title.
func (c *compared) title(w fileWords, row reflect.Value) string {
	keys, ok := rowTitles[c.row.Name()]
	if !ok {
		return w.words(view{of: c.row.Name()}, row)
	}
	var all []string
	for _, k := range keys {
		if f, at := fieldAt(row, k); at.IsValid() {
			if s := w.shown(w.cellOf(f.view, at)); s != "" {
				all = append(all, s)
			}
		}
	}
	return strings.Join(all, ": ")
}

// shown is a cell as a page shows it, in the way of the language.
func (w fileWords) shown(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return v
	case domain.Date:
		if v.IsZero() {
			return ""
		}
		if w.lang == domain.English {
			return v.StartOfDay().In(domain.Helsinki).Format("2 January 2006")
		}
		return v.StartOfDay().In(domain.Helsinki).Format("2.1.2006")
	case time.Time:
		if v.IsZero() {
			return ""
		}
		if w.lang == domain.English {
			return v.In(domain.Helsinki).Format("2 January 2006 15:04")
		}
		return v.In(domain.Helsinki).Format("2.1.2006 15.04")
	case percent:
		return strconv.Itoa(int(v)) + " %"
	case float64:
		s := strconv.FormatFloat(v, 'f', -1, 64)
		if w.lang == domain.English {
			return s
		}
		return strings.Replace(s, ".", ",", 1)
	}
	return fmt.Sprint(cell)
}

// betweenWords are the words of each language, with the names that things have or had on
// either day, as far as the caller may know them: of what is gone there is no other.
func (s *Server) betweenWords(ctx context.Context, a domain.Actor, from, to domain.Date) (out [3]fileWords, err error) {
	var all [2]fileWords
	for i, day := range []domain.Date{from, to} {
		at := ctx
		if day != s.Clock.Today() {
			at = domain.WithAsOf(ctx, day.EndOfDay())
		}
		if all[i], err = s.fileWords(at, a, domain.Finnish); err != nil {
			return out, err
		}
	}
	merge(all[1].parties, all[0].parties)
	merge(all[1].plans, all[0].plans)
	merge(all[1].terms, all[0].terms)
	for i, lang := range domain.Langs {
		out[i] = all[1]
		out[i].lang, out[i].onPage = lang, true
	}
	return out, nil
}

// merge adds what to lacks.
func merge[K comparable, V any](to, from map[K]V) {
	for k, v := range from {
		if _, ok := to[k]; !ok {
			to[k] = v
		}
	}
}

// changes are the fields in which a row differs, in the asked language; what differs in
// another language alone is told in that one. One of the rows may be missing: then the
// fields of the other that have a value.
func (c *compared) changes(words [3]fileWords, lang domain.Lang, old, now reflect.Value) []BetweenChange {
	out := []BetweenChange{}
	cell := func(col comparedColumn, w fileWords, row reflect.Value) string {
		if !row.IsValid() {
			return ""
		}
		v := col.value(w, row)
		if n, ok := v.(int); ok && n == 0 && !(old.IsValid() && now.IsValid()) {
			return ""
		}
		return w.shown(v)
	}
	asked := slices.Index(domain.Langs, lang)
	for _, col := range c.columns() {
		if col.text {
			var was, is domain.Text
			if _, at := fieldAt(old, col.key); at.IsValid() {
				was, _ = at.Interface().(domain.Text)
			}
			if _, at := fieldAt(now, col.key); at.IsValid() {
				is, _ = at.Interface().(domain.Text)
			}
			for _, l := range []struct{ lang, old, now string }{{"fi", was.FI, is.FI}, {"sv", was.SV, is.SV}, {"en", was.EN, is.EN}} {
				if l.old != l.now {
					out = append(out, BetweenChange{col.key, col.head, l.lang, l.old, l.now})
				}
			}
			continue
		}
		order := []int{asked, 0, 1, 2}
		for i, n := range order {
			w := words[n]
			before, after := cell(col, w, old), cell(col, w, now)
			if before == after {
				continue
			}
			if !old.IsValid() || !now.IsValid() {
				if no, _ := yesNo[false].In(w.lang); before+after == no {
					break
				}
			}
			change := BetweenChange{Field: col.key, Heading: col.head, Old: before, New: after}
			if i > 0 {
				change.Language = string(w.lang)
			}
			out = append(out, change)
			break
		}
	}
	return out
}

var inTemplate = regexp.MustCompile(`\{[\w.]+\}`)

// path is the page of a row, below the language; empty if it has none.
func (c *compared) path(row reflect.Value) string {
	template := rowPaths[c.row.Name()]
	if !strings.HasPrefix(template, "{") {
		return filled(template, row)
	}
	about := deepest(row)
	if name := strings.Trim(template, "{}"); name != "." {
		_, about = fieldAt(row, name)
	}
	for _, template := range subjectPaths[domain.SubjectKind(rawAt(about, "kind"))] {
		if path := filled(template, about); path != "" {
			return path
		}
	}
	return ""
}

// filled is a path with the fields of a row; empty if one has no value.
func filled(template string, row reflect.Value) string {
	missing := false
	path := inTemplate.ReplaceAllStringFunc(template, func(name string) string {
		v := rawAt(row, strings.Trim(name, "{}"))
		missing = missing || v == ""
		return v
	})
	if missing {
		return ""
	}
	return path
}
