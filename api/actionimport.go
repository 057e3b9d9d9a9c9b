package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/xuri/excelize/v2"

	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
	"yhdyspinta/domain/goal"
	"yhdyspinta/domain/organisation"
	"yhdyspinta/domain/plan"
)

// ActionImportInput is a file of actions, with what was answered to its preview.
type ActionImportInput struct {
	FileName    string         `json:"fileName" minLength:"1" maxLength:"200"`
	File        []byte         `json:"file" doc:"XLSX, or CSV in UTF-8 or Windows-1252; base64, at most 8 MB and 5,000 rows"`
	Choices     []ImportChoice `json:"choices,omitempty" maxItems:"200" doc:"What names mean that the service does not know"`
	Reason      string         `json:"reason,omitempty" maxLength:"1000" doc:"Why due dates that were set move; kept in the log of each"`
	Fingerprint string         `json:"fingerprint,omitempty" maxLength:"64" doc:"Of the preview that was looked at; needed for the import, and only there"`
}

// ImportChoice says what a name in a file means.
type ImportChoice struct {
	Kind ImportKind   `json:"kind" enum:"post,goal,target_group,district,tag,phase"`
	Name string       `json:"name" maxLength:"1000"`
	ID   domain.AnyID `json:"id" format:"uuid"`
}

// ImportKind is what a name in a file is the name of.
type ImportKind string

// ActionImport is what becomes of a file, or became of it.
type ActionImport struct {
	Sheet       string         `json:"sheet,omitempty" doc:"Of a workbook"`
	Unknown     []string       `json:"unknownHeadings" doc:"Columns that are not read"`
	Untaken     []string       `json:"untakenHeadings" doc:"Columns of an export that an import does not change, where a cell is not as it is stored: the status is reported, other things are chosen in the form"`
	New         int            `json:"new"`
	Changed     int            `json:"changed"`
	Same        int            `json:"same"`
	Wrong       int            `json:"wrong"`
	Rows        []ImportedRow  `json:"rows" doc:"All but those that say nothing new"`
	Names       []ImportedName `json:"names" doc:"Names that are unknown or of several things; each is chosen once for all rows"`
	NeedsReason bool           `json:"needsReason" doc:"A due date that was set moves"`
	Fingerprint string         `json:"fingerprint,omitempty" doc:"Sent with the import: it is refused if anything is not as this preview showed it. Missing while a row is wrong"`
	Imported    bool           `json:"imported"`
}

// ImportedRow is what becomes of one row of a file.
type ImportedRow struct {
	Line   int                `json:"line" doc:"Of the file, from 1"`
	No     int                `json:"no,omitempty" doc:"Of the action; missing of a new one before it is imported"`
	Title  Text               `json:"title"`
	State  action.ImportState `json:"state" enum:"new,changed,wrong"`
	Fields []ImportedField    `json:"fields" doc:"What the row says anew"`
	Errors []ImportError      `json:"errors"`
}

// ImportedField is a cell that is not as it is stored.
type ImportedField struct {
	Key     string `json:"key"`
	Heading string `json:"heading"`
	Old     string `json:"old" doc:"As an export would write it; empty of a new action"`
	New     string `json:"new"`
}

// ImportError is one thing that is wrong with a row.
type ImportError struct {
	Code    string `json:"code"`
	Heading string `json:"heading,omitempty" doc:"Of the column; missing where the whole row is wrong"`
	Cell    string `json:"cell,omitempty" doc:"Of a workbook, e.g. C4"`
	Value   string `json:"value,omitempty" doc:"What of the cell is wrong"`
}

// ImportedName is a name that means nothing, or several things.
type ImportedName struct {
	Kind  ImportKind       `json:"kind" enum:"post,goal,target_group,district,tag,phase"`
	Name  string           `json:"name"`
	Lines []int            `json:"lines"`
	Near  []ImportProposal `json:"near" doc:"The nearest, at most five, the nearest first"`
}

// ImportProposal is what a name may mean.
type ImportProposal struct {
	ID    domain.AnyID `json:"id" format:"uuid"`
	Label string       `json:"label" doc:"In the language of the file's headings"`
}

// actionHeads are other headings under which people keep such lists.
var actionHeads = map[string][]string{
	"no":               {"Nro", "No", "Nr", "#", "Toimenpiteen numero"},
	"title.fi":         {"Toimenpide", "Toimenpiteen nimi"},
	"title.sv":         {"Åtgärd"},
	"title.en":         {"Action"},
	"description.fi":   {"Kuvaus", "Toimenpiteen kuvaus", "Sisältö"},
	"description.sv":   {"Beskrivning"},
	"description.en":   {"Description"},
	"goalNos":          {"Tavoite", "Tavoitteen numero", "Tavoite nro", "Målets nummer", "Mål nr", "Goal"},
	"lead":             {"Vastuutaho", "Vastuutahot", "Vastuu", "Vastuussa", "Päävastuutaho", "Ansvarig", "Ansvariga", "Huvudansvarig", "Responsible"},
	"shared":           {"Muut vastuutahot", "Delat ansvar med"},
	"support":          {"Tukee"},
	"starts":           {"Aloitus", "Alku", "Start"},
	"due":              {"Aikataulu", "Valmis viimeistään", "Päättyy", "Tidtabell", "Tidsplan", "Deadline"},
	"phase":            {"Toteutuksen vaihe", "Fas"},
	"targetGroups":     {"Kohderyhmä", "Målgrupp"},
	"districts":        {"Alue", "Suuralue", "Område"},
	"tags":             {"Asiasana", "Ämnesord"},
	"visibility":       {"Julkinen vai sisäinen"},
	"visibilityGround": {"Peruste"},
}

// takenColumns are those that an import changes.
var takenColumns = []string{"no", "title.fi", "title.sv", "title.en", "description.fi", "description.sv", "description.en", "goalNos", "lead", "shared", "support", "informed",
	"starts", "due", "phase", "targetGroups", "districts", "tags", "visibility", "visibilityGround"}

// movingColumns are those that say another thing on another day, or of other
// things than the action: that they differ is not a change that somebody made.
var movingColumns = []string{"goals", "notAccepted", "condition", "nextTask", "nextTaskDue", "confirmedOn", "changedOn"}

// headsOf are all names under which the columns of a list are found.
func headsOf[R any](columns []column[R], more map[string][]string) []head {
	out := make([]head, len(columns))
	for i, c := range columns {
		out[i] = head{c.key, append([]string{c.head.FI, c.head.SV, c.head.EN}, more[c.key]...)}
	}
	return out
}

// named is a thing that a cell may name.
type named struct {
	id     domain.AnyID
	label  string
	names  []string // by which it is known
	number int      // of a goal
}

// actionReader reads the rows of one file.
type actionReader struct {
	words   fileWords
	day     domain.Date
	file    tableFile
	things  map[ImportKind][]named
	index   map[ImportKind]map[string][]int // of things, by name and, of goals, number
	choices map[ImportKind]map[string]domain.AnyID
	rows    map[int]*readRow // by line
	untaken map[string]bool
	// goalNames says that the goals are those that the column of their names has.
	goalNames bool
}

// readRow is what was found out about a row.
type readRow struct {
	fields []ImportedField
	errors []ImportError
	names  []ImportedName // one line each
}

func (s *Server) newActionReader(ctx context.Context, a domain.Actor, in ActionImportInput) (*actionReader, error) {
	file, err := readTable(in.File, headsOf(actionColumns, actionHeads), []string{"title.fi", "title.sv", "title.en"}, action.MaxImportRows)
	if err != nil {
		return nil, err
	}
	byNames := file.readGoalNames()
	r := &actionReader{day: s.Clock.Today(), file: file, things: map[ImportKind][]named{}, index: map[ImportKind]map[string][]int{}, choices: map[ImportKind]map[string]domain.AnyID{}, rows: map[int]*readRow{}, untaken: map[string]bool{}, goalNames: byNames}
	if r.words, err = s.fileWords(ctx, a, r.language()); err != nil {
		return nil, err
	}
	for _, c := range in.Choices {
		if r.choices[c.Kind] == nil {
			r.choices[c.Kind] = map[string]domain.AnyID{}
		}
		r.choices[c.Kind][fold(c.Name)] = c.ID
	}
	return r, r.load(ctx, a, s)
}

// readGoalNames makes the column of the goals' names that of the goals in a list
// that people have: an export has their numbers, too, and a version.
func (f tableFile) readGoalNames() bool {
	at, names := f.columns["goals"]
	_, numbers := f.columns["goalNos"]
	_, version := f.columns["version"]
	if !names || numbers || version {
		return false
	}
	f.columns["goalNos"], f.headings["goalNos"] = at, f.headings["goals"]
	delete(f.columns, "goals")
	delete(f.headings, "goals")
	for _, row := range f.rows {
		if text, ok := row.cells["goals"]; ok {
			row.cells["goalNos"] = text
			delete(row.cells, "goals")
		}
	}
	return true
}

// language is the one in which most headings are; Finnish if no more are in
// another.
func (r *actionReader) language() domain.Lang {
	best, most := domain.Finnish, 0
	for _, lang := range domain.Langs {
		n := 0
		for _, c := range actionColumns {
			if name, _ := c.head.In(lang); strings.EqualFold(name, r.file.headings[c.key]) {
				n++
			}
		}
		if n > most {
			best, most = lang, n
		}
	}
	return best
}

// fold makes names that differ in case and space the same.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// load reads what cells may name: what is valid today and the caller may see.
func (r *actionReader) load(ctx context.Context, a domain.Actor, s *Server) error {
	add := func(kind ImportKind, n named) {
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
	err := s.Services.Organisation.ExportPosts(ctx, organisation.PostFilter{}, "party,title", func(posts []organisation.Post) error {
		for _, p := range posts {
			n := named{id: domain.AnyID{UUID: p.ID.UUID}, label: r.words.post(p.PartyID, p.Title)}
			party := r.words.parties[p.PartyID]
			for _, lang := range domain.Langs {
				title, _ := p.Title.In(lang)
				short, _ := party.In(lang)
				n.names = append(n.names, fold(title), fold(short+": "+title))
			}
			add("post", n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = s.Services.Goals.Export(ctx, a, goal.Filter{}, "no", func(goals []goal.View) error {
		for _, g := range goals {
			add("goal", named{id: domain.AnyID{UUID: g.ID.UUID}, label: strconv.Itoa(g.No) + " " + r.words.in(g.Title), names: titleNames(g.Title), number: g.No})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, vocabulary := range []plan.Vocabulary{domain.SubjectTargetGroup, domain.SubjectDistrict, domain.SubjectTag, domain.SubjectPhase} {
		err := domain.EachPage("", func(req domain.PageRequest) (domain.Page[plan.Term], error) {
			return s.Services.Plans.Terms(ctx, vocabulary, req)
		},
			func(terms []plan.Term) error {
				for _, t := range terms {
					if !t.Retired(r.day) {
						add(ImportKind(vocabulary), named{id: t.ID, label: r.words.in(t.Title), names: titleNames(t.Title)})
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
func (r *actionReader) find(kind ImportKind, name string) []named {
	key := fold(name)
	chosen, ok := r.choices[kind][key]
	number := 0
	if m := goalNumber.FindStringSubmatch(key); kind == "goal" && m != nil {
		number, _ = strconv.Atoi(m[1]) // it is digits
	}
	things, index := r.things[kind], r.index[kind]
	if at, known := index[chosen.String()]; ok && known {
		return []named{things[at[0]]}
	}
	at := index[key]
	if number != 0 {
		at = slices.Concat(at, index["#"+strconv.Itoa(number)])
		slices.Sort(at)
	}
	var out []named
	for _, i := range slices.Compact(at) {
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
func (r *actionReader) near(kind ImportKind, name string) []ImportProposal {
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

// read makes a row an edit; see action.ImportRow.
func (r *actionReader) read(row tableRow, stored *action.View) (e action.Edit, news, ok bool) {
	out := &readRow{fields: []ImportedField{}, errors: []ImportError{}}
	r.rows[row.line] = out
	now := actionRow{}
	if stored != nil {
		now.View, now.condition = *stored, stored.Condition(r.day).Value
		e = stored.AsEdit()
	} else {
		e.Visibility = domain.Public
	}
	set := cellSetter{r, row, out, &e, stored, map[domain.Part][]domain.PostID{}}
	for _, c := range actionColumns {
		heading, there := r.file.headings[c.key]
		if !there || c.key == "no" || c.key == "version" {
			continue
		}
		old, text := "", plain(row.cells[c.key])
		if stored != nil {
			value := c.value
			if c.key == "goalNos" && r.goalNames {
				value = goalNames
			}
			old = cellText(value(r.words, now))
		}
		if sameCell(text, old) {
			continue
		}
		if !slices.Contains(takenColumns, c.key) {
			if !slices.Contains(movingColumns, c.key) {
				r.untaken[heading] = true
			}
			continue
		}
		out.fields = append(out.fields, ImportedField{Key: c.key, Heading: heading, Old: old, New: text})
		set.take(c.key, text)
	}
	set.parts()
	if stored != nil && len(out.fields) > 0 {
		if version := row.cells["version"]; version != "" && version != strconv.Itoa(stored.Version) {
			set.wrong("version", "row_outdated", version)
		}
	}
	return e, len(out.fields) > 0, len(out.errors) == 0
}

// cellSetter takes the cells of one row into an edit.
type cellSetter struct {
	*actionReader
	row    tableRow
	out    *readRow
	e      *action.Edit
	stored *action.View
	posts  map[domain.Part][]domain.PostID // of the columns that say something new
}

func (s cellSetter) wrong(key, code, value string) {
	s.out.errors = append(s.out.errors, s.errorAt(s.row.line, key, code, value))
}

// errorAt is an error at a column of a line; "" is the whole row.
func (r *actionReader) errorAt(line int, key, code, value string) ImportError {
	e := ImportError{Code: code, Value: value, Heading: r.file.headings[key]}
	if i, ok := r.file.columns[key]; ok && r.file.sheet != "" {
		e.Cell, _ = excelize.CoordinatesToCellName(i+1, line) // it was read from there
	}
	return e
}

func (s cellSetter) take(key, text string) {
	e := s.e
	switch key {
	case "title.fi":
		e.Title.FI = text
	case "title.sv":
		e.Title.SV = text
	case "title.en":
		e.Title.EN = text
	case "description.fi":
		e.Description.FI = text
	case "description.sv":
		e.Description.SV = text
	case "description.en":
		e.Description.EN = text
	case "starts":
		e.StartsOn, e.StartsPrecision = s.period(key, text)
	case "due":
		e.DueOn, e.DuePrecision = s.period(key, text)
	case "lead", "shared", "support", "informed":
		var ids []domain.PostID
		setIDs(&ids, s.several(key, "post", text))
		s.posts[domain.Part(key)] = ids
	case "goalNos":
		setIDs(&e.GoalIDs, s.several(key, "goal", text))
		if s.stored != nil { // goals that the caller may not see stay
			for _, id := range s.stored.GoalIDs {
				if !slices.ContainsFunc(s.stored.Goals, func(g action.GoalRef) bool { return g.ID == id }) {
					e.GoalIDs = append(e.GoalIDs, id)
				}
			}
		}
	case "phase":
		e.PhaseID = domain.PhaseID{}
		if ids := s.several(key, "phase", text); len(ids) == 1 {
			e.PhaseID.UUID = ids[0].UUID
		} else if len(ids) > 1 {
			s.wrong(key, "several_names", text)
		}
	case "targetGroups":
		setIDs(&e.TargetGroupIDs, s.several(key, "target_group", text))
	case "districts":
		setIDs(&e.DistrictIDs, s.several(key, "district", text))
	case "tags":
		setIDs(&e.TagIDs, s.several(key, "tag", text))
	case "visibility":
		if text == "" || !visibility(&e.Visibility, text) {
			s.wrong(key, "not_allowed", text)
		}
	case "visibilityGround":
		e.VisibilityGround = text
	}
}

// setIDs gives ids a type of their own.
func setIDs[K any](to *[]domain.ID[K], ids []domain.AnyID) {
	*to = nil
	for _, id := range ids {
		*to = append(*to, domain.ID[K]{UUID: id.UUID})
	}
}

// several finds the things that a cell names, apart by semicolons or line breaks.
// What it does not find is told.
func (s cellSetter) several(key string, kind ImportKind, text string) (ids []domain.AnyID) {
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == ';' || c == '\n' })
	if kind == "goal" && numbersOnly.MatchString(text) {
		parts = strings.FieldsFunc(text, func(c rune) bool { return c == ';' || c == ',' || c == ' ' || c == '\n' })
	}
	if whole := s.find(kind, text); len(whole) == 1 { // a title may have a semicolon
		parts = []string{text}
	}
	for _, name := range parts {
		if name = plain(name); name == "" {
			continue
		}
		found := s.find(kind, name)
		if len(found) == 1 {
			if !slices.Contains(ids, found[0].id) {
				ids = append(ids, found[0].id)
			}
			continue
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
	}
	return ids
}

var numbersOnly = regexp.MustCompile(`^[\d\s,;]+$`)

func (s cellSetter) period(key, text string) (domain.Date, domain.Precision) {
	d, p, ok := readPeriod(text)
	if !ok {
		s.wrong(key, "period_unclear", text)
	}
	return d, p
}

// parts makes the responsible posts those of the columns. Posts that stay, also in
// another part, keep their wording.
func (s cellSetter) parts() {
	if len(s.posts) == 0 {
		return
	}
	old := s.e.Responsibilities
	var out []domain.Responsible
	for _, part := range []domain.Part{domain.Lead, domain.Shared, domain.Support, domain.Informed} {
		ids, said := s.posts[part]
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
	s.e.Responsibilities = out
}

var (
	dayForm     = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	isoForm     = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?(?:\.0+)?Z?)?$`)
	monthForm   = regexp.MustCompile(`^(\d{1,2})[./](\d{4})$`)
	shownForm   = regexp.MustCompile(`^(\pL+)\.?[ .-]+(\d{4}|\d{2})$`)
	quarterForm = regexp.MustCompile(`^(?:q|kvartal |neljännes )(\d)[ /.]+(\d{4})$|^(\d)\. ?(?:neljännes|kvartalet|kvartal) (\d{4})$`)
	yearForm    = regexp.MustCompile(`^(\d{4})$`)
)

// monthNames are how months begin in the three languages, also as spreadsheets
// show what they took for a month: marras.26, nov-26.
var monthNames = [12][]string{{"tammi", "jan"}, {"helmi", "feb"}, {"maalis", "mar"}, {"huhti", "apr"}, {"touko", "maj", "may"}, {"kesä", "jun"},
	{"heinä", "jul"}, {"elo", "aug"}, {"syys", "sep"}, {"loka", "okt", "oct"}, {"marras", "nov"}, {"joulu", "dec"}}

// readPeriod reads a day, month, quarter or year as people write them; "" is none.
func readPeriod(text string) (d domain.Date, p domain.Precision, ok bool) {
	text = fold(text)
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // the patterns let only digits through
	at := func(year, month int, p domain.Precision) (domain.Date, domain.Precision, bool) {
		if year < domain.FirstYear || year > domain.LastYear || month < 1 || month > 12 {
			return domain.Date{}, domain.Day, false
		}
		return domain.NewDate(year, time.Month(month), 1), p, true
	}
	if text == "" {
		return domain.Date{}, domain.Day, true
	}
	if m := dayForm.FindStringSubmatch(text); m != nil {
		d, err := domain.ParseDate(m[3] + "-" + ("0" + m[2])[len(m[2])-1:] + "-" + ("0" + m[1])[len(m[1])-1:])
		return d, domain.Day, err == nil
	}
	if m := isoForm.FindStringSubmatch(strings.ToUpper(text)); m != nil {
		d, err := domain.ParseDate(m[1])
		return d, domain.Day, err == nil
	}
	if m := monthForm.FindStringSubmatch(text); m != nil {
		return at(number(m[2]), number(m[1]), domain.Month)
	}
	if m := quarterForm.FindStringSubmatch(text); m != nil {
		quarter, year := number(m[1]+m[3]), number(m[2]+m[4])
		if quarter > 4 {
			return domain.Date{}, domain.Day, false
		}
		return at(year, quarter*3-2, domain.Quarter)
	}
	if m := yearForm.FindStringSubmatch(text); m != nil {
		return at(number(m[1]), 1, domain.Year)
	}
	if m := shownForm.FindStringSubmatch(text); m != nil {
		year := number(m[2])
		if len(m[2]) == 2 {
			year += 2000
		}
		month, length := 0, 0
		for i, names := range monthNames {
			for _, name := range names { // marraskuu begins like mars, too
				if strings.HasPrefix(m[1], name) && len(name) > length {
					month, length = i+1, len(name)
				}
			}
		}
		return at(year, month, domain.Month)
	}
	return domain.Date{}, domain.Day, false
}

// actionPointers are the columns of what the rules name.
var actionPointers = map[string]string{"/no": "no", "/title": "title.fi", "/title/fi": "title.fi", "/title/sv": "title.sv", "/title/en": "title.en",
	"/description/fi": "description.fi", "/description/sv": "description.sv", "/description/en": "description.en", "/goalIds": "goalNos", "/responsibilities": "lead",
	"/startsOn": "starts", "/dueOn": "due", "/phaseId": "phase", "/targetGroupIds": "targetGroups", "/districtIds": "districts", "/tagIds": "tags",
	"/visibility": "visibility", "/visibilityGround": "visibilityGround"}

// report tells what becomes of the file.
func (r *actionReader) report(result action.ImportResult) ActionImport {
	out := ActionImport{Sheet: r.file.sheet, Unknown: orEmpty(r.file.unknown), Untaken: []string{}, Rows: []ImportedRow{}, Names: []ImportedName{},
		New: result.Count(action.ImportNew), Changed: result.Count(action.ImportChanged), Same: result.Count(action.ImportSame), Wrong: result.Count(action.ImportWrong),
		NeedsReason: result.NeedsReason, Fingerprint: result.Fingerprint}
	for _, c := range actionColumns {
		if heading := r.file.headings[c.key]; r.untaken[heading] {
			out.Untaken = append(out.Untaken, heading)
		}
	}
	told := map[string]int{} // where each name stands in out.Names
	for _, done := range result.Rows {
		if done.State == action.ImportSame {
			continue
		}
		row := ImportedRow{Line: done.Line, No: max(done.No, 0), Title: done.Title, State: done.State, Fields: []ImportedField{}, Errors: []ImportError{}}
		if read := r.rows[done.Line]; read != nil {
			row.Fields, row.Errors = read.fields, read.errors
			for _, name := range read.names {
				key := string(name.Kind) + " " + fold(name.Name)
				i, known := told[key]
				if !known && len(out.Names) == maxNames {
					continue // they are told once others are chosen or put right
				}
				if !known {
					if told[key] = len(out.Names); name.Near == nil {
						name.Near = r.near(name.Kind, name.Name)
					}
					out.Names = append(out.Names, name)
				} else if !slices.Contains(out.Names[i].Lines, done.Line) {
					out.Names[i].Lines = append(out.Names[i].Lines, done.Line)
				}
			}
		}
		for _, f := range done.Errors {
			key := actionPointers[f.Pointer]
			if _, there := r.file.columns[key]; !there && key == "title.fi" {
				key = r.titleColumn()
			}
			value := ""
			if i := slices.IndexFunc(r.file.rows, func(t tableRow) bool { return t.line == done.Line }); i >= 0 {
				value = r.file.rows[i].cells[key]
			}
			row.Errors = append(row.Errors, r.errorAt(done.Line, key, f.Code, value))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// titleColumn is the first that the file has.
func (r *actionReader) titleColumn() string {
	for _, key := range []string{"title.fi", "title.sv"} {
		if _, there := r.file.columns[key]; there {
			return key
		}
	}
	return "title.en"
}

// wrongRows are the errors of the rows of a report, each by its line and the key
// of its column.
func (r *actionReader) wrongRows(report ActionImport) (out []domain.FieldError) {
	for _, row := range report.Rows {
		for _, e := range row.Errors {
			pointer := "/lines/" + strconv.Itoa(row.Line)
			for key, heading := range r.file.headings {
				if heading == e.Heading {
					pointer += "/" + key
				}
			}
			out = append(out, domain.FieldError{Pointer: pointer, Code: e.Code})
		}
	}
	return out
}

func (s *Server) importActions(ctx context.Context, a domain.Actor, in ActionImportInput) (*struct{ Body ActionImport }, error) {
	if err := action.MayImport(a); err != nil {
		return nil, err // nobody else makes the server read a file
	}
	r, err := s.newActionReader(ctx, a, in)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(in.File)
	what := action.Import{File: action.ImportFile{Name: in.FileName, SHA256: hex.EncodeToString(sum[:])}, Reason: in.Reason, Seen: in.Fingerprint}
	for _, c := range in.Choices {
		what.Answers = append(what.Answers, string(c.Kind)+" "+fold(c.Name)+" "+c.ID.String())
	}
	for _, row := range r.file.rows {
		no, ok := rowNumber(row.cells["no"])
		if !ok {
			no = -row.line // which no action has
		}
		what.Rows = append(what.Rows, action.ImportRow{Line: row.line, No: no, Read: func(stored *action.View) (action.Edit, bool, bool) { return r.read(row, stored) }})
	}
	result, err := s.Services.Actions.Import(ctx, a, what)
	if wrong, ok := errors.AsType[*domain.Error](err); ok && wrong.Code == "import_has_errors" {
		wrong.Fields = r.wrongRows(r.report(result))
	}
	if err != nil {
		return nil, err
	}
	out := r.report(result)
	out.Imported = in.Fingerprint != ""
	return &struct{ Body ActionImport }{out}, nil
}

// rowNumber reads the number of an action; 0 where there is none.
func rowNumber(text string) (int, bool) {
	if text == "" {
		return 0, true
	}
	no, err := strconv.ParseInt(text, 10, 32)
	return int(no), err == nil && no > 0
}

func (s *Server) registerActionImport() {
	const tag = "Actions"
	const description = "One row is one action; with the number of an action it is a change of that, as far as its cells are not as they are stored. Columns are found by their headings in Finnish, Swedish or English, also under other usual names, in one of the first ten rows. " +
		"Columns that the file lacks are left as they are. GET /actions.xlsx gives such a file, GET /action-import.xlsx an empty one. "
	handle(s, operation{ID: "checkActionImport", Method: http.MethodPost, Path: "/action-import-checks", Tag: tag, Permission: domain.ActionCreate, Import: true, Errors: []int{401, 403, 413},
		Summary: "Tell what an import of actions would do, without doing it", Description: description + "What is wrong is told by row and column, beside what each row would change."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ActionImportInput }) (*struct{ Body ActionImport }, error) {
			in.Body.Fingerprint = ""
			return s.importActions(ctx, a, in.Body)
		})
	handle(s, operation{ID: "importActions", Method: http.MethodPost, Path: "/action-imports", Tag: tag, Permission: domain.ActionCreate, Import: true, Status: http.StatusCreated, Errors: []int{401, 403, 409, 413},
		Summary: "Import actions from a file", Description: description + "All rows in one transaction, or none if one is wrong: 422 import_has_errors has the first such row, at /lines/{line}/{column}. 409 import_outdated if the file, or an action in it, is not what the check showed, or there is an open action by now with the title of a new one. Each row needs the permission that its form would."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body ActionImportInput }) (*struct{ Body ActionImport }, error) {
			if in.Body.Fingerprint == "" {
				return nil, domain.InvalidField("/fingerprint", "required")
			}
			return s.importActions(ctx, a, in.Body)
		})
	handle(s, operation{ID: "getActionImportTemplate", Method: http.MethodGet, Path: "/action-import.xlsx", Tag: tag, Permission: readScope, Media: mediaXLSX,
		Summary: "Download an empty workbook for importing actions"},
		func(_ context.Context, _ domain.Actor, in *struct {
			Lang string `query:"lang" enum:"fi,sv,en" default:"fi" doc:"Language of the headings; all are read"`
		}) (*huma.StreamResponse, error) {
			return &huma.StreamResponse{Body: func(to huma.Context) {
				f := &fileOf[actionRow]{server: s, to: to, lang: domain.Lang(in.Lang), day: s.Clock.Today(), suffix: "xlsx", media: mediaXLSX, base: "action-import", sheetName: actionSheet,
					columns: slices.DeleteFunc(slices.Clone(actionColumns), func(c column[actionRow]) bool { return !slices.Contains(takenColumns, c.key) })}
				f.head()
				err := f.begin(to.BodyWriter())
				if err == nil {
					err = f.out.end()
				}
				if err != nil {
					s.brokenExport(to, errBegun{err})
				}
			}}, nil
		})
}
