package api

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/organisation"
	"yhdyspinta/domain/plan"
)

// headsOf are all names under which the columns of a list are found.
func headsOf[R any](columns []column[R], more map[string][]string) []head {
	out := make([]head, len(columns))
	for i, c := range columns {
		out[i] = head{c.key, append([]string{c.head.FI, c.head.SV, c.head.EN}, more[c.key]...)}
	}
	return out
}

// Headings that several lists of people's own have.
var (
	numberHeads = []string{"Nro", "No", "Nr", "#"}
	leadHeads   = []string{"Vastuutaho", "Vastuutahot", "Vastuu", "Vastuussa", "Päävastuutaho", "Ansvarig", "Ansvariga", "Huvudansvarig", "Responsible"}
	sharedHeads = []string{"Muut vastuutahot", "Delat ansvar med"}
	groupHeads  = []string{"Kohderyhmä", "Målgrupp"}
	tagHeads    = []string{"Asiasana", "Ämnesord"}
	seenHeads   = []string{"Julkinen vai sisäinen"}
	groundHeads = []string{"Peruste"}
	fromHeads   = []string{"Alkaen", "Alkaa", "Från", "Börjar", "From"}
	toHeads     = []string{"Asti", "Päättyy", "Till", "Upphör", "To"}
)

// named is a thing that a cell may name.
type named struct {
	id     domain.AnyID
	label  string
	names  []string // by which it is known, folded
	number int      // of a goal
}

// fileReader reads the rows of one file.
type fileReader struct {
	words   fileWords
	day     domain.Date
	file    tableFile
	things  map[ImportName][]named
	index   map[ImportName]map[string][]int // of things, by name, id and number
	choices map[ImportName]map[string]domain.AnyID
	rows    map[int]*readRow // by line
	untaken map[string]bool
	// goalNames says that the goals are those that the column of their names has.
	goalNames bool
	// Of goals: the plan of those whose row names none.
	plan domain.PlanID
	// Of posts.
	units        map[domain.UnitID]unitOf
	posts        []organisation.Post
	postsByTitle map[string][]organisation.Post
	// Of responsibilities.
	subjects map[domain.AnyID]subjectOf
}

// readRow is what was found out about a row.
type readRow struct {
	fields []ImportedField
	errors []ImportError
	names  []ImportedName // one line each
}

func newFileReader(file tableFile, day domain.Date, choices []ImportChoice) *fileReader {
	r := &fileReader{day: day, goalNames: file.readGoalNames(), file: file, things: map[ImportName][]named{}, index: map[ImportName]map[string][]int{},
		choices: map[ImportName]map[string]domain.AnyID{}, rows: map[int]*readRow{}, untaken: map[string]bool{}}
	for _, c := range choices {
		if r.choices[c.Kind] == nil {
			r.choices[c.Kind] = map[string]domain.AnyID{}
		}
		r.choices[c.Kind][fold(c.Name)] = c.ID
	}
	return r
}

// fold makes names that differ in case and space the same.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// add makes a thing known to cells.
func (r *fileReader) add(kind ImportName, n named) {
	if r.index[kind] == nil {
		r.index[kind] = map[string][]int{}
	}
	at := len(r.things[kind])
	keys := append(slices.Clone(n.names), n.id.String())
	if n.number != 0 {
		keys = append(keys, "#"+strconv.Itoa(n.number))
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		r.index[kind][key] = append(r.index[kind][key], at)
	}
	r.things[kind] = append(r.things[kind], n)
}

// addPosts makes the posts of today known, with and without their party.
func (s *Server) addPosts(ctx context.Context, r *fileReader) error {
	return s.Services.Organisation.ExportPosts(ctx, organisation.PostFilter{}, "party,title", func(posts []organisation.Post) error {
		for _, p := range posts {
			n := named{id: domain.AnyID{UUID: p.ID.UUID}, label: r.words.post(p.PartyID, p.Title)}
			party := r.words.parties[p.PartyID]
			for _, lang := range domain.Langs {
				title, _ := p.Title.In(lang)
				short, _ := party.In(lang)
				n.names = append(n.names, fold(title), fold(short+": "+title))
			}
			r.add(namesPost, n)
		}
		return nil
	})
}

// addGoals makes the goals known that the caller sees: those that have ended by number
// only, so that what is for them stays so.
func (s *Server) addGoals(ctx context.Context, a domain.Actor, r *fileReader) error {
	return s.Services.Goals.Export(ctx, a, goal.Filter{Ended: goal.AllGoals}, "no", func(goals []goal.View) error {
		for _, g := range goals {
			n := named{id: domain.AnyID{UUID: g.ID.UUID}, label: strconv.Itoa(g.No) + " " + r.words.in(g.Title), number: g.No}
			if !g.Ended() { // what has ended is named by its number: the one in which it goes on may have its title
				n.names = titleNames(g.Title)
			}
			r.add(namesGoal, n)
		}
		return nil
	})
}

// addParties makes the principal parties known.
func (s *Server) addParties(ctx context.Context, r *fileReader) error {
	parties, err := s.Services.Organisation.Parties(ctx)
	for _, p := range parties {
		if p.Principal {
			r.add(namesParty, named{id: domain.AnyID{UUID: p.ID.UUID}, label: r.words.in(p.ShortName), names: append(append(titleNames(p.ShortName), titleNames(p.Name)...), fold(p.Key))})
		}
	}
	return err
}

// addTerms makes the terms of vocabularies known that are given to new things.
func (s *Server) addTerms(ctx context.Context, r *fileReader, vocabularies ...plan.Vocabulary) error {
	for _, vocabulary := range vocabularies {
		err := domain.EachPage("", func(req domain.PageRequest) (domain.Page[plan.Term], error) {
			return s.Services.Plans.Terms(ctx, vocabulary, req)
		},
			func(terms []plan.Term) error {
				for _, t := range terms {
					if !t.Retired(r.day) {
						r.add(ImportName(vocabulary), named{id: t.ID, label: r.words.in(t.Title), names: titleNames(t.Title)})
					}
				}
				return nil
			})
		if err != nil {
			return err
		}
	}
	return nil
}

func titleNames(t domain.Text) (names []string) {
	for _, lang := range domain.Langs {
		title, _ := t.In(lang)
		names = append(names, fold(title))
	}
	return names
}

var goalNumber = regexp.MustCompile(`^(?:tavoite|mål|goal|nro|nr|no)?\.?\s*(\d{1,6})\b`)

// find is the things that a name may mean: one if it is known.
func (r *fileReader) find(kind ImportName, name string) []named {
	key := fold(name)
	things, index := r.things[kind], r.index[kind]
	if chosen, ok := r.choices[kind][key]; ok {
		if at := index[chosen.String()]; len(at) > 0 {
			return []named{things[at[0]]}
		}
	}
	at := index[key]
	if numbered := index["#"+key]; len(numbered) > 0 { // Tavoite 3 is the number before it is a title
		at = numbered
	}
	if m := goalNumber.FindStringSubmatch(key); kind == namesGoal && m != nil {
		no, _ := strconv.Atoi(m[1]) // it is digits
		at = slices.Concat(at, index["#"+strconv.Itoa(no)])
		slices.Sort(at)
		at = slices.Compact(at)
	}
	var out []named
	for _, i := range at {
		out = append(out, things[i])
	}
	return out
}

// What is told of unknown names: no more can be chosen, and what is longer is no
// name.
const (
	maxNames   = 200
	maxNearFor = 200 // characters
)

// near are the things whose names are most like a name.
func (r *fileReader) near(kind ImportName, name string) []ImportProposal {
	if len([]rune(name)) > maxNearFor {
		return []ImportProposal{}
	}
	type like struct {
		named
		score float64
	}
	var all []like
	key := fold(name)
	for _, n := range r.things[kind] {
		best := 0.0
		for _, own := range n.names {
			best = max(best, likeness(key, own))
		}
		if best >= 0.3 {
			all = append(all, like{n, best})
		}
	}
	slices.SortStableFunc(all, func(a, b like) int { return cmp.Compare(b.score, a.score) })
	out := []ImportProposal{}
	for _, n := range all[:min(5, len(all))] {
		out = append(out, ImportProposal{n.id, n.label})
	}
	return out
}

// likeness is how many of their pairs of neighbouring letters two names share,
// from 0 to 1.
func likeness(a, b string) float64 {
	pairs := func(s string) []string {
		r := []rune(s)
		var out []string
		for i := range len(r) - 1 {
			out = append(out, string(r[i:i+2]))
		}
		return out
	}
	x, y := pairs(a), pairs(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	shared, all := 0, len(x)+len(y)
	for _, p := range x {
		if i := slices.Index(y, p); i >= 0 {
			shared++
			y = slices.Delete(y, i, i+1)
		}
	}
	return 2 * float64(shared) / float64(all)
}

// tell adds a line to a name that is to be chosen; told is where each stands.
func (r *fileReader) tell(names *[]ImportedName, told map[string]int, name ImportedName, line int) {
	key := string(name.Kind) + " " + fold(name.Name)
	i, known := told[key]
	switch {
	case !known && len(*names) == maxNames: // they are told once others are chosen or put right
	case !known:
		if told[key] = len(*names); name.Near == nil {
			name.Near = r.near(name.Kind, name.Name)
		}
		*names = append(*names, name)
	case !slices.Contains((*names)[i].Lines, line):
		(*names)[i].Lines = append((*names)[i].Lines, line)
	}
}

// there is a column that the file has in the place of one of a title that it lacks.
func (r *fileReader) there(key string) string {
	if _, ok := r.file.columns[key]; ok || !strings.HasPrefix(key, "title.") {
		return key
	}
	for _, other := range []string{"title.fi", "title.sv"} {
		if _, ok := r.file.columns[other]; ok {
			return other
		}
	}
	return "title.en"
}

// errorAt is an error at a column of a line; "" is the whole row.
func (r *fileReader) errorAt(line int, key, code, value string) ImportError {
	e := ImportError{Code: code, Value: value, Heading: r.file.headings[key]}
	if i, ok := r.file.columns[key]; ok && r.file.sheet != "" {
		e.Cell, _ = excelize.CoordinatesToCellName(i+1, line) // it was read from there
	}
	return e
}

// rowCells are the cells of one row on their way into an edit.
type rowCells struct {
	*fileReader
	row tableRow
	out *readRow // nil while only its key is looked for
}

func (s rowCells) wrong(key, code, value string) {
	s.out.errors = append(s.out.errors, s.errorAt(s.row.line, key, code, value))
}

// several finds the things that a cell names, apart by semicolons or line breaks.
// What it does not find is told.
func (s rowCells) several(key string, kind ImportName, text string) (ids []domain.AnyID) {
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == ';' || c == '\n' })
	if kind == namesGoal && numbersOnly.MatchString(text) {
		parts = strings.FieldsFunc(text, func(c rune) bool { return c == ';' || c == ',' || c == ' ' || c == '\n' })
	}
	_, chosen := s.choices[kind][fold(text)]
	if chosen || len(s.index[kind][fold(text)]) == 1 { // a title may have a semicolon; 1; 2 is no goal 1
		parts = []string{text}
	}
	for _, name := range parts {
		if name = plain(name); name == "" {
			continue
		}
		if id, ok := s.single(key, kind, name, nil); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// one is the one thing that a cell names, none if it is empty.
func (s rowCells) one(key string, kind ImportName, text string, fits func(domain.AnyID) bool) (domain.AnyID, bool) {
	if text == "" {
		return domain.AnyID{}, false
	}
	return s.single(key, kind, text, fits)
}

// single finds the one thing that a name means, of those that fit; nil: any. What
// it does not find is told.
func (s rowCells) single(key string, kind ImportName, name string, fits func(domain.AnyID) bool) (domain.AnyID, bool) {
	found := s.find(kind, name)
	if fits != nil && len(found) > 1 {
		found = slices.DeleteFunc(found, func(n named) bool { return !fits(n.id) })
	}
	if len(found) == 1 {
		return found[0].id, true
	}
	unknown := ImportedName{Kind: kind, Name: name, Lines: []int{s.row.line}}
	if len(found) > 1 {
		s.wrong(key, "several_names", name)
		for _, n := range found[:min(5, len(found))] {
			unknown.Near = append(unknown.Near, ImportProposal{n.id, n.label})
		}
	} else {
		s.wrong(key, "unknown_name", name)
	}
	s.out.names = append(s.out.names, unknown)
	return domain.AnyID{}, false
}

var numbersOnly = regexp.MustCompile(`^[\d\s,;]+$`)

func (s rowCells) period(key, text string) (domain.Date, domain.Precision) {
	d, p, ok := readPeriod(text)
	if !ok {
		s.wrong(key, "period_unclear", text)
	}
	return d, p
}

// date is a day: a month or a year is not enough.
func (s rowCells) date(key, text string) domain.Date {
	d, p, ok := readPeriod(text)
	if !ok || p != domain.Day {
		s.wrong(key, "date_unclear", text)
	}
	return d
}

func (s rowCells) visibility(key, text string, to *domain.Visibility) {
	if text == "" || !visibility(to, text) {
		s.wrong(key, "not_allowed", text)
	}
}

// setIDs gives ids a type of their own.
func setIDs[K any](to *[]domain.ID[K], ids []domain.AnyID) {
	*to = nil
	for _, id := range ids {
		*to = append(*to, domain.ID[K]{UUID: id.UUID})
	}
}

// textOf is the field of a text that a key such as title.sv means; nil: none.
func textField(key, name string, t *domain.Text) *string {
	switch key {
	case name + ".fi":
		return &t.FI
	case name + ".sv":
		return &t.SV
	case name + ".en":
		return &t.EN
	}
	return nil
}

// partCells are the columns of responsible posts that say something new.
type partCells map[domain.Part][]domain.PostID

// take reads the posts of a part.
func (p partCells) take(s rowCells, key, text string) {
	var ids []domain.PostID
	setIDs(&ids, s.several(key, namesPost, text))
	p[domain.Part(key)] = ids
}

// end makes the responsible posts those of the columns. Posts that stay, also in
// another part, keep their wording.
func (p partCells) end(to *[]domain.Responsible) {
	if len(p) == 0 {
		return
	}
	old := *to
	var out []domain.Responsible
	for _, part := range []domain.Part{domain.Lead, domain.Shared, domain.Support, domain.Informed} {
		ids, said := p[part]
		if !said {
			for _, r := range old {
				if r.Part == part {
					out = append(out, r)
				}
			}
			continue
		}
		for _, id := range ids {
			r := domain.Responsible{PostID: id, Part: part}
			if i := slices.IndexFunc(old, func(o domain.Responsible) bool { return o.PostID == id }); i >= 0 {
				r.Wording = old[i].Wording
			}
			out = append(out, r)
		}
	}
	*to = out
}

// cellText is a value as a person reads it in the cell.
func cellText(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case domain.Date:
		return v.String()
	case string:
		return plain(v)
	}
	return ""
}

// plain is a text without what spreadsheets change of it unasked.
func plain(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// sameCell tells whether two texts are the same, also as dates.
func sameCell(a, b string) bool {
	if a == b {
		return true
	}
	x, p, okX := readPeriod(a)
	y, q, okY := readPeriod(b)
	return okX && okY && x == y && p == q
}
