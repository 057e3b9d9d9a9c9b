package api

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yhdyspinta/domain"
)

// Whatever knows the past can be compared between two days, or stands in withoutBetween
// with the reason: a new list that takes asOf fails here until it does.
func TestEverythingThatKnowsThePastIsCompared(t *testing.T) {
	t.Parallel()
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7})
	known := map[string]*compared{}
	for _, c := range s.compared {
		known[c.op.ID] = c
	}
	if len(known) < 60 {
		t.Errorf("%d lists and items", len(known))
	}
	needed := map[string]bool{}
	for path, item := range s.api.OpenAPI().Paths {
		op := item.Get
		if op == nil || op.Responses["200"] == nil || op.Responses["200"].Content["application/json"] == nil {
			continue
		}
		past := false
		for _, p := range op.Parameters {
			past = past || p.Name == "asOf"
		}
		if !past {
			continue
		}
		reason, without := withoutBetween[op.OperationID]
		needed[op.OperationID] = without
		switch {
		case without && len(reason) < 10:
			t.Errorf("%s is not compared, and has no reason", op.OperationID)
		case without == (known[op.OperationID] != nil):
			t.Errorf("%s (%s) takes asOf and cannot be compared between two days: give it Items, fileRows or a body, or name it in withoutBetween with the reason", op.OperationID, path)
		case !without && op.Extensions["x-between"] != true:
			t.Errorf("the contract does not say that %s can be compared", op.OperationID)
		}
	}
	for id := range withoutBetween {
		if !needed[id] {
			t.Errorf("withoutBetween names %s, which does not know the past", id)
		}
	}
}

// withoutPast are reads that do not know the past, with the reason.
var withoutPast = map[string]string{
	"getBetween": twoDays, "comparePlan": twoDays, "getResponsibleOn": "asks for a day of its own, and tells it",

	"listAuditEntries": ownPast, "listMails": ownPast, "getMail": ownPast, "getRoundSnapshot": ownPast, "getRoundSnapshotJSON": ownPast,

	"getMe": whoAsks, "getMyUnits": whoAsks, "getMyWork": whoAsks, "getAwaited": whoAsks, "listMyHoldings": whoAsks, "listMySessions": whoAsks,
	"getMyCalendar": whoAsks, "listMyFollowing": whoAsks, "getMyMail": whoAsks, "listSavedViews": whoAsks, "getSavedView": whoAsks,
	"listAPITokens": whoAsks, "getAPIToken": whoAsks,

	"listOffers": toDo, "listDecisionOffers": toDo, "getCarryOver": toDo, "previewSeries": toDo, "previewRound": toDo, "getRoster": toDo, "getDesk": toDo,
	"listTermUses": toDo, "listMissingTranslations": toDo, "listJobs": toDo,

	"listDecisionFeeds": setting, "getDecisionFeed": setting, "getWatchedWords": setting, "listMailTemplates": setting,
	"listSecrecyGrounds": "sections of law that forms offer: in the program, not in the data",
}

const (
	twoDays = "compares two days that it is asked for"
	ownPast = "a record that does not change: each line says when"
	whoAsks = "what the caller has, or may do, this moment"
	toDo    = "what can be chosen or is to be done this moment"
	setting = "a setting for administrators: its log tells what it was"
)

// Every read of the contract knows the past, or stands in withoutPast with the reason: a new
// one that forgets the parameter fails here.
func TestEveryReadKnowsThePast(t *testing.T) {
	t.Parallel()
	knows, needed := 0, map[string]bool{}
	for path, item := range New(Options{Clock: time.Now, NewID: domain.UUIDv7}).api.OpenAPI().Paths {
		op := item.Get
		if op == nil || op.Responses["200"] == nil || op.Responses["200"].Content["application/json"] == nil {
			continue
		}
		past := slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == "asOf" })
		reason, without := withoutPast[op.OperationID]
		needed[op.OperationID] = without
		switch {
		case past && without:
			t.Errorf("%s knows the past, and stands in withoutPast", op.OperationID)
		case past:
			knows++
		case len(reason) < 10:
			t.Errorf("%s (%s) does not take asOf: give it AsOfParam, or name it in withoutPast with the reason", op.OperationID, path)
		}
	}
	if knows < 80 {
		t.Errorf("only %d reads know the past", knows)
	}
	for id := range withoutPast {
		if !needed[id] {
			t.Errorf("withoutPast names %s, which is no read", id)
		}
	}
}

// What is compared speaks three languages, and each row is told from the others.
func TestWhatIsComparedHasWords(t *testing.T) {
	t.Parallel()
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7})
	for _, c := range s.compared {
		if !inThree(c.name()) {
			t.Errorf("%s (%s) has no name in rowSheets or itemNames", c.op.ID, c.row.Name())
		}
		if len(c.columns()) == 0 {
			t.Errorf("%s has nothing to compare", c.op.ID)
		}
		for _, col := range c.columns() {
			_, own := headOf(c.op.ID + ":" + col.key)
			_, known := headOf(col.key)
			for part := range strings.SplitSeq(col.key, ".") {
				if _, ok := headOf(part); !ok && !own && !known {
					t.Errorf("%s: no heading for %s in rowHeads or itemHeads", c.op.ID, col.key)
				}
			}
			for value := range strings.SplitSeq(enumAt(c.row, col.key), ",") {
				if f, _ := viewAt(c.row, col.key); value != "" {
					if text, ok := rowWord(f.of, f.name, value); !ok || !inThree(text) {
						t.Errorf("%s: no word for %s %s", c.op.ID, col.key, value)
					}
				}
			}
		}
		keys := rowKeys[c.op.ID]
		if keys == nil && c.list {
			keys = []string{"id"}
		}
		for _, key := range append(append([]string{}, keys...), rowTitles[c.row.Name()]...) {
			if _, ok := viewAt(c.row, key); !ok {
				t.Errorf("%s: its rows have no %s: tell in rowKeys what tells them apart", c.op.ID, key)
			}
		}
		for _, part := range inTemplate.FindAllString(rowPaths[c.row.Name()], -1) {
			if name := strings.Trim(part, "{}"); name != "." {
				if _, ok := viewAt(c.row, name); !ok {
					t.Errorf("%s: its rows have no %s for their path", c.op.ID, name)
				}
			}
		}
	}
}

// Every id in a row is compared by what it names, or stands in idsApart with the reason: one
// that is added later fails here until it does.
func TestIdsAreComparedByName(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	var walk func(row reflect.Type, depth int)
	walk = func(row reflect.Type, depth int) {
		for _, f := range viewFields(row) {
			elem := deref(f.Type)
			if elem.Kind() == reflect.Slice {
				elem = deref(elem.Elem())
			}
			field := row.Name() + "." + f.name
			switch {
			case isID(elem) && f.name == "id":
			case isID(elem) && slices.Contains(namedIDs, field):
				seen[field] = true
				if idsApart[field] != "" {
					t.Errorf("%s is compared and stands in idsApart", field)
				}
			case isID(elem) && leftOut(row, f):
				seen[field] = true
				if len(idsApart[field]) < 10 {
					t.Errorf("%s is an id that is not compared: name it in namedIDs, or in idsApart with the reason", field)
				}
			case elem.Kind() == reflect.Struct && depth < 4 && !isID(elem) && elem != textType && elem != dateType && elem != timeType:
				walk(elem, depth+1)
			}
		}
	}
	for _, c := range New(Options{Clock: time.Now, NewID: domain.UUIDv7}).compared {
		walk(c.row, 0)
	}
	for _, field := range append(slices.Collect(maps.Keys(idsApart)), namedIDs...) {
		if !seen[field] {
			t.Errorf("no row that is compared has %s", field)
		}
	}
}

// Every filter of what is compared has a name, and each of its values a word, in three
// languages.
func TestFiltersOfWhatIsComparedHaveWords(t *testing.T) {
	t.Parallel()
	s := New(Options{Clock: time.Now, NewID: domain.UUIDv7})
	for _, c := range s.compared {
		op := s.api.OpenAPI().Paths[c.op.Path].Get
		for _, p := range op.Parameters {
			if p.In != "query" || p.Name == "asOf" || slices.Contains(pageFields, p.Name) || slices.Contains(noFilters, p.Name) {
				continue
			}
			if name, _ := filterHead(c.op.ID, p.Name); !inThree(name) {
				t.Errorf("%s: the filter %s has no name in filterHeads", c.op.ID, p.Name)
			}
			schema := p.Schema
			if schema.Items != nil {
				schema = schema.Items
			}
			for _, v := range schema.Enum {
				value := fmt.Sprint(v)
				if word, ok := filterWord(c.op.ID, c.row.Name(), p.Name, value); !ok || !inThree(word) && value != "true" && value != "me" {
					t.Errorf("%s: the filter %s has no word for %s", c.op.ID, p.Name, value)
				}
			}
		}
	}
}

func inThree(text domain.Text) bool { return text.FI != "" && text.SV != "" && text.EN != "" }

// The site knows what can be compared: it has a link beside the files of each such list,
// and in the history of each such thing.
func TestTheSiteKnowsWhatIsCompared(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../frontend/src/lib/between.ts")
	if err != nil {
		t.Fatal(err)
	}
	var known, want []string
	for _, m := range regexp.MustCompile(`(?m)^  '(/[^']+)',$`).FindAllStringSubmatch(string(source), -1) {
		known = append(known, m[1])
	}
	for _, c := range New(Options{Clock: time.Now, NewID: domain.UUIDv7}).compared {
		want = append(want, c.op.Path)
	}
	slices.Sort(want)
	if !slices.Equal(known, want) {
		t.Errorf("frontend/src/lib/between.ts has\n%q, and\n%q can be compared", known, want)
	}
}

// viewAt is a field of a row, or of a view within it, and whether there is one.
func viewAt(row reflect.Type, key string) (f viewField, ok bool) {
	for name := range strings.SplitSeq(key, ".") {
		if row.Kind() != reflect.Struct {
			return f, false
		}
		if f, ok = fieldNamed(row, name); !ok {
			return f, false
		}
		row = deref(f.Type)
	}
	return f, ok
}

func enumAt(row reflect.Type, key string) string {
	f, ok := viewAt(row, key)
	if !ok || deref(f.Type) == reflect.TypeFor[bool]() {
		return ""
	}
	return f.Tag.Get("enum")
}
