package storage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/search"
)

// SearchStore looks for things by their words, in search_text (ADR 0063).
type SearchStore struct {
	tx   Tx
	mode string // how the transaction plans; "": nothing has been said yet
	near string // from which part on words are near in it
}

// NewSearchStore binds the store to a transaction.
func NewSearchStore(tx Tx) *SearchStore { return &SearchStore{tx: tx} }

// searchKind is a kind of thing that is searched.
type searchKind struct {
	id       string   // of the row, by its alias
	from     string   // its table
	of       string   // joins to what it belongs to
	title    string   // column, without the language
	texts    []string // columns of the texts that are searched beside it
	order    string   // among hits of one rank: a number, the smallest first
	many     bool     // there may be more that have a word than are ranked
	called   bool     // whole titles are looked up among them: see called
	internal string   // whether the public does not see it
	visible  func(tx Tx, w *where, scope domain.Scope)
	columns  func(tx Tx, scope domain.Scope) (string, []any) // of searchHitRow, beyond id, title and texts
}

const (
	searchForum   = ", f.id as forum_id, f.key as forum_key, f.title_fi as forum_fi, f.title_sv as forum_sv, f.title_en as forum_en"
	searchMeeting = searchForum + ", m.id as meeting_id, m.year, m.number, m.starts_at, m.ends_at, m.status"
	searchItem    = ", i.id as item_id, coalesce(i.agenda_no, 0) as agenda_no, coalesce(i.sub_no, 0) as sub_no, coalesce(i.section, 0) as section, i.title_fi as item_fi, i.title_sv as item_sv, i.title_en as item_en"
)

func plainColumns(columns string) func(Tx, domain.Scope) (string, []any) {
	return func(Tx, domain.Scope) (string, []any) { return columns, nil }
}

func papersSearched(tx Tx, w *where, scope domain.Scope) {
	tx.papersVisible(w, scope)
	tx.visible(w, scope, "i", "agenda_item")
}

// paperInternal is true of an item i of a meeting m that the public does not read, or not yet.
const paperInternal = "(i.visibility <> 'public' or m.visibility <> 'public' or m.published_at is null)"

var searchKinds = map[domain.SubjectKind]searchKind{
	domain.SubjectGoal: {id: "g.id", from: "goal g", title: "g.title", texts: []string{"g.description"}, order: "g.no", internal: "g.visibility <> 'public'",
		visible: func(tx Tx, w *where, scope domain.Scope) { tx.visible(w, scope, "g", "goal") },
		columns: plainColumns(`, g.no, (select t.title_fi from theme t where t.id = g.theme_id) as theme_fi, (select t.title_sv from theme t where t.id = g.theme_id) as theme_sv,
  (select t.title_en from theme t where t.id = g.theme_id) as theme_en`)},
	domain.SubjectAction: {id: "a.id", from: "action a", title: "a.title", texts: []string{"a.description", "a.result"}, order: "a.no", many: true, called: true, internal: "a.visibility <> 'public'",
		visible: func(tx Tx, w *where, scope domain.Scope) { tx.visible(w, scope, "a", "action") },
		columns: func(tx Tx, scope domain.Scope) (string, []any) {
			var g, f where
			g.add("g.id = l.goal_id")
			tx.visible(&g, scope, "g", "goal")
			f.add("f.id = a.forum_id")
			tx.visible(&f, scope, "f", "forum")
			goal := func(column string) string {
				return "(select g." + column + " from action_goal l join goal g on " + on(g) + " where l.action_id = a.id order by g.no limit 1)"
			}
			forum := func(column string) string { return "(select f." + column + " from forum f where " + on(f) + ")" }
			columns := ", a.no"
			for _, c := range []string{"id", "no", "title_fi", "title_sv", "title_en"} {
				columns += ", " + goal(c) + " as goal_" + strings.TrimPrefix(c, "title_")
			}
			for _, c := range []string{"id", "key", "title_fi", "title_sv", "title_en"} {
				columns += ", " + forum(c) + " as forum_" + strings.TrimPrefix(c, "title_")
			}
			return columns, nil
		}},
	domain.SubjectForum: {id: "f.id", from: "forum f", title: "f.title", texts: []string{"f.purpose", "f.mandate"}, order: "0", internal: "f.visibility <> 'public'",
		visible: func(tx Tx, w *where, scope domain.Scope) { tx.visible(w, scope, "f", "forum") },
		columns: plainColumns(", f.key")},
	domain.SubjectAgendaItem: {id: "i.id", from: "agenda_item i", of: " join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id", title: "i.title",
		texts: []string{"i.proposal", "i.proceedings", "i.decision", "i.explanation", "i.heard", "i.goes_on_to"}, order: "-extract(epoch from m.starts_at)", many: true, called: true,
		internal: paperInternal, visible: papersSearched, columns: plainColumns(searchMeeting + searchItem)},
	domain.SubjectOutcome: {id: "o.id", from: "outcome o", of: " join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id", title: "o.text",
		texts: []string{"o.no_action_reason"}, order: "-extract(epoch from m.starts_at)", many: true, internal: paperInternal, visible: papersSearched, columns: plainColumns(searchMeeting + searchItem)},
	domain.SubjectPost: {id: "p.id", from: "post p", title: "p.title", order: "0", internal: "false",
		visible: func(tx Tx, w *where, _ domain.Scope) { tx.validOn(w, "p", domain.OnDay{}) },
		columns: plainColumns(", p.party_id, (select u.name_fi from unit u where u.id = p.unit_id) as unit_fi, (select u.name_sv from unit u where u.id = p.unit_id) as unit_sv, (select u.name_en from unit u where u.id = p.unit_id) as unit_en")},
}

// Words implements search.Store.
func (s *SearchStore) Words(texts []string) ([]search.Word, error) {
	rows, err := query[struct {
		Text  string
		Fold  string
		Fi    string
		Sv    string
		En    string
		Roots string
	}](s.tx, `
select w as text, public.search_fold(w) as fold, coalesce((ts_lexize('pg_catalog.finnish_stem', w))[1], '') as fi, coalesce((ts_lexize('pg_catalog.swedish_stem', w))[1], '') as sv,
       coalesce((ts_lexize('pg_catalog.english_stem', w))[1], '') as en, array_to_string(public.search_roots(w), ' ') as roots
from jsonb_array_elements_text(?::jsonb) with ordinality t(w, n) order by n`, jsonList(texts))
	if err != nil {
		return nil, fmt.Errorf("read words as search does: %w", err)
	}
	out := make([]search.Word, len(rows))
	for i, r := range rows {
		out[i] = search.Word{Text: r.Text, Fold: r.Fold, FI: r.Fi, SV: r.Sv, EN: r.En, Roots: strings.Fields(r.Roots)}
	}
	return out, nil
}

// oneLexeme is a lexeme of a tsquery with its flags, or nothing.
func oneLexeme(lexeme, flags string) string {
	if lexeme = strings.NewReplacer("'", "", `\`, "").Replace(lexeme); lexeme == "" {
		return ""
	}
	if flags != "" {
		flags = ":" + flags
	}
	return "'" + lexeme + "'" + flags
}

// lexemes are what finds a word in search_text.words, as the text of a tsquery: only
// letters and figures come into it. With weight "A" it finds titles only.
func lexemes(w search.Word, weight string) string {
	var ways []string
	add := func(lexeme, flags string) {
		if lexeme = oneLexeme(lexeme, flags); lexeme != "" {
			ways = append(ways, lexeme)
		}
	}
	prefix := weight
	if len([]rune(w.Fold)) > search.MinLetters && strings.ContainsFunc(w.Fold, func(r rune) bool { return r < '0' || r > '9' }) {
		prefix = "*" + weight
	}
	add(w.Fold, prefix)
	for _, stem := range []string{w.FI, w.SV, w.EN} {
		add(stem, weight)
	}
	for _, root := range w.Roots {
		add("="+root, "")
		if weight == "" {
			add("~"+root, "")
		}
	}
	return strings.Join(slices.Compact(ways), " | ")
}

// has is the condition that thing x of search_text has a word in any way.
func has(w search.Word) (cond string, args []any) {
	inner, args := inTitles(w)
	return "(x.words @@ ?::tsquery" + inner + ")", append([]any{lexemes(w, "")}, args...)
}

// inTitles is the further condition that a word of a title of thing x has it in itself.
func inTitles(w search.Word) (cond string, args []any) {
	for _, part := range w.Inner() {
		cond, args = cond+" or x.titles like ?", append(args, "%"+likeEscaper.Replace(part)+"%")
	}
	return cond, args
}

// score ranks thing x: a title that is what was asked, that begins with it, that has it,
// that has all its words, then those that have them elsewhere.
func score(q search.Query) (expr string, args []any) {
	phrase := likeEscaper.Replace(q.Phrase)
	var titled []string
	var all []string
	expr = `case when e'\n' || x.titles || e'\n' like e'%\n' || ? || e'\n%' then 8.0 when e'\n' || x.titles like e'%\n' || ? || '%' then 5.0 when x.titles like '% ' || ? || '%' then 4.0 else 0 end`
	args = []any{likeEscaper.Replace(q.Whole), phrase, phrase}
	for _, w := range q.Words {
		titled = append(titled, "("+lexemes(w, "A")+")")
		all = append(all, "("+lexemes(w, "")+")")
	}
	expr += " + case when x.words @@ ?::tsquery then 2.0 else 0 end + ts_rank(x.words, ?::tsquery, 0)"
	return expr, append(args, strings.Join(titled, " & "), strings.Join(all, " | "))
}

type searchFoundRow struct {
	Kind  domain.SubjectKind
	ID    domain.AnyID
	Total int
}

func (s *SearchStore) foundBy(statements []string, args []any) ([]search.Found, error) {
	rows, err := query[searchFoundRow](s.tx, "("+strings.Join(statements, ")\nunion all\n(")+")", args...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	out := make([]search.Found, len(rows))
	for i, r := range rows {
		out[i] = search.Found(r)
	}
	return out, nil
}

// Find implements search.Store. What many things have is ranked among the first
// MaxCounted+1 of a kind: those that have all words in their titles, then those that the
// indexes give.
func (s *SearchStore) Find(scope domain.Scope, q search.Query, kinds []domain.SubjectKind, limit int) ([]search.Found, error) {
	mode := byIndex
	var common []float64
	if slices.Contains(kinds, domain.SubjectAction) {
		// First, so that the plan that is asked for has no workers, which would take its parts in another order.
		err := s.lookUpEach(byIndex, nearAt(q.Words))
		if err != nil {
			return nil, err
		}
		if common, err = s.common(q.Words); err != nil {
			return nil, err
		}
		if slices.Min(common) >= tooCommon {
			mode = forWords
		}
	}
	others := slices.DeleteFunc(slices.Clone(kinds), func(k domain.SubjectKind) bool { return k == domain.SubjectAction })
	if !s.tx.asOf || mode == byIndex || len(others) == 0 {
		return s.find(scope, q, kinds, limit, mode, common)
	}
	// To plan for the words takes long where there is a past to read, and only the actions need it.
	var found, actions []search.Found
	err := s.tx.alongside(func(tx Tx) (err error) {
		found, err = NewSearchStore(tx).find(scope, q, others, limit, byIndex, common)
		return err
	}, func(tx Tx) (err error) {
		actions, err = NewSearchStore(tx).find(scope, q, []domain.SubjectKind{domain.SubjectAction}, limit, mode, common)
		return err
	})
	return append(found, actions...), err
}

func (s *SearchStore) find(scope domain.Scope, q search.Query, kinds []domain.SubjectKind, limit int, mode string, common []float64) ([]search.Found, error) {
	if err := s.lookUpEach(mode, nearAt(q.Words)); err != nil {
		return nil, err
	}
	score, scoreArgs := score(q)
	var statements []string
	var args []any
	for _, kind := range kinds {
		var words where
		for i, word := range q.Words {
			cond, args := has(word)
			if kind == domain.SubjectAction && mode == byIndex && common[i] > passOver*slices.Min(common) {
				cond += " is true" // which no index answers
			}
			words.add(cond, args...)
		}
		rank, rankArgs := score, scoreArgs
		from, fromArgs := "select x.* from search_text_"+string(kind)+" x where "+on(words), words.args
		switch {
		case q.Number > 0 && (kind == domain.SubjectGoal || kind == domain.SubjectAction):
			number := strings.Split(searchKinds[kind].id, ".")[0] + ".no"
			from, fromArgs = from+" or x.id = (select n.id from "+string(kind)+" n where n.no = ?)", append(fromArgs, q.Number)
			rank, rankArgs = "case when "+number+" = ? then 10.0 else 0 end + "+rank, append([]any{q.Number}, rankArgs...)
		case searchKinds[kind].many:
			from, fromArgs = titlesFirst(kind, q, words)
		}
		statement, statementArgs := s.found(scope, kind, rank, rankArgs, from, fromArgs, limit)
		statements, args = append(statements, statement), append(args, statementArgs...)
	}
	found, err := s.foundBy(statements, args)
	if err != nil {
		return nil, err
	}
	return s.called(scope, q, found, limit)
}

// called puts what has a title that is what was asked before the rest of a kind of which
// more were found than are ranked: it may not be among them.
func (s *SearchStore) called(scope domain.Scope, q search.Query, found []search.Found, limit int) ([]search.Found, error) {
	var statements []string
	var args []any
	totals := map[domain.SubjectKind]int{}
	for _, f := range found {
		numbered := q.Number > 0 && f.Kind == domain.SubjectAction // that one is first
		if f.Total <= search.MaxCounted || !searchKinds[f.Kind].called || numbered || totals[f.Kind] > 0 {
			continue
		}
		totals[f.Kind] = f.Total
		score, scoreArgs := score(q)
		from := "select x.* from search_text_" + string(f.Kind) + ` x where string_to_array(x.titles, e'\n') @> array[?::text]`
		statement, statementArgs := s.found(scope, f.Kind, score, scoreArgs, from, []any{q.Whole}, limit)
		statements, args = append(statements, statement), append(args, statementArgs...)
	}
	if len(statements) == 0 {
		return found, nil
	}
	first, err := s.foundBy(statements, args)
	if err != nil {
		return nil, err
	}
	isFirst := map[domain.AnyID]bool{}
	for i, f := range first {
		isFirst[f.ID], first[i].Total = true, totals[f.Kind]
	}
	var out []search.Found
	many := map[domain.SubjectKind]int{}
	for _, f := range append(first, slices.DeleteFunc(found, func(f search.Found) bool { return isFirst[f.ID] })...) {
		if many[f.Kind]++; many[f.Kind] <= limit {
			out = append(out, f)
		}
	}
	return out, nil
}

// titlesFirst lets what has all words in its titles, in themselves or in longer ones, come
// before the rest of what meets words: where there is enough of it the rest is not read.
func titlesFirst(kind domain.SubjectKind, q search.Query, words where) (from string, args []any) {
	from = "select x.* from search_text_" + string(kind) + " x where "
	var titled where
	for _, word := range q.Words {
		cond, condArgs := inTitles(word)
		if cond == "" { // too short for a part of other words
			return from + on(words), words.args
		}
		titled.add("(false"+cond+")", condArgs...)
	}
	if len(q.Words) == 1 { // what has it in a longer word of a title has come
		words = where{}
		words.add("x.words @@ ?::tsquery", lexemes(q.Words[0], ""))
	}
	return from + on(titled) + " union all " + from + on(words) + " and not (" + on(titled) + ")", slices.Concat(titled.args, words.args, titled.args)
}

// lookUpEach says how what follows is planned. What has the words is found first, each
// looked up among the content and then what it belongs to; guessing how many there are
// PostgreSQL would rather go through all content, or all meetings, until enough has them.
// near is for the words that are near, should nothing be found.
func (s *SearchStore) lookUpEach(mode, near string) error {
	if s.mode == mode && s.near == near {
		return nil
	}
	if err := s.tx.Exec("select set_config('enable_mergejoin', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('join_collapse_limit', '1', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('plan_cache_mode', ?, true), set_config('pg_trgm.word_similarity_threshold', ?, true)", mode, near).Error; err != nil {
		return fmt.Errorf("set how search joins: %w", err)
	}
	s.mode, s.near = mode, near
	return nil
}

// found is the statement that finds the best of a kind: what from selects of its texts x,
// ranked by score, of the day that is shown.
func (s *SearchStore) found(scope domain.Scope, kind domain.SubjectKind, score string, scoreArgs []any, from string, fromArgs []any, limit int) (statement string, args []any) {
	k := searchKinds[kind]
	var w where
	k.visible(s.tx, &w, scope)
	return "select '" + string(kind) + "' as kind, c.id, count(*) over ()::integer as total from (select x.id, " + score + " as score, " + k.order + ` as place
  from (` + from + " offset 0) x join " + k.from + " on " + k.id + " = x.id" + k.of + w.sql() + " limit " + strconv.Itoa(search.MaxCounted+1) + ") c order by c.score desc, c.place, c.id limit " + strconv.Itoa(limit),
		slices.Concat(scoreArgs, fromArgs, w.args)
}

// tooCommon is in how many actions a word is that is found sooner by reading actions
// until there are enough than by the index.
const tooCommon = 50_000

// passOver is how many times as many actions must have a word as have the rarest of a
// search for the index not to be asked about it: those with the rarest are read for it.
// To read one takes as long as some eight in the index, but ends when there are enough.
const passOver = 4

// How a search is planned: once for all words, by the indexes; for the very words where
// all are too common. To plan takes as long as to find.
const (
	byIndex  = "force_generic_plan"
	forWords = "force_custom_plan"
)

// common is for each word how many actions PostgreSQL takes to have it. Of a past day
// the words of now tell as much, in less time.
func (s *SearchStore) common(words []search.Word) ([]float64, error) {
	var each []string
	var args []any
	for _, word := range words {
		cond, condArgs := has(word)
		each, args = append(each, "select from public.search_text_action x where "+cond), append(args, condArgs...)
	}
	var told string
	if err := s.tx.Raw("explain (format json) "+strings.Join(each, " union all "), args...).Row().Scan(&told); err != nil {
		return nil, fmt.Errorf("ask how common words are: %w", err)
	}
	type plan struct {
		Rows float64 `json:"Plan Rows"`
	}
	var plans []struct {
		Plan struct {
			plan
			Plans []plan
		}
	}
	if err := json.Unmarshal([]byte(told), &plans); err != nil {
		return nil, fmt.Errorf("read how common words are: %w", err)
	}
	if len(words) == 1 && len(plans) == 1 {
		return []float64{plans[0].Plan.Rows}, nil
	}
	if len(plans) != 1 || len(plans[0].Plan.Plans) != len(words) {
		return make([]float64, len(words)), nil // planned otherwise: a search does not fail for want of a hint
	}
	out := make([]float64, len(words))
	for i, p := range plans[0].Plan.Plans {
		out[i] = p.Rows
	}
	return out, nil
}

// maxNear is how many words of titles are compared with one that was asked for.
const maxNear = 200

// nearAt is from which part of their groups of three letters on words are near: as many
// as are right where pairs of letters are swapped, which spoils five each. Below 0.3
// almost every word is; above 0.5 forms of words fall out.
func nearAt(words []search.Word) string {
	least := 0.5
	for _, w := range words {
		if errors := w.ErrorsAllowed(); errors > 0 {
			groups := float64(len([]rune(w.Fold)) + 1)
			least = min(least, (groups-5*float64(errors))/groups)
		}
	}
	return strconv.FormatFloat(max(least, 0.3), 'f', -1, 32)
}

// WordsLike implements search.Store.
func (s *SearchStore) WordsLike(words []search.Word) ([][]string, error) {
	folds := make([]string, len(words))
	for i, w := range words {
		folds[i] = w.Fold
	}
	if err := s.lookUpEach(byIndex, nearAt(words)); err != nil {
		return nil, err
	}
	rows, err := query[struct{ Words string }](s.tx, `
select coalesce((select string_agg(c.word, ' ' order by c.likeness desc, c.word)
  from (select s.word, word_similarity(t.w, s.word) as likeness from public.search_word s where t.w <% s.word group by s.word order by likeness desc, s.word limit ?) c), '') as words
from jsonb_array_elements_text(?::jsonb) with ordinality t(w, n) order by t.n`, maxNear, jsonList(folds))
	if err != nil {
		return nil, fmt.Errorf("look for words that are written nearly so: %w", err)
	}
	out := make([][]string, len(words))
	for i, r := range rows {
		out[i] = strings.Fields(r.Words)
	}
	return out, nil
}

// Near implements search.Store.
func (s *SearchStore) Near(scope domain.Scope, q search.Query, near [][]search.NearWord, kinds []domain.SubjectKind, limit int) ([]search.Found, error) {
	if err := s.lookUpEach(byIndex, nearAt(q.Words)); err != nil {
		return nil, err
	}
	var w where
	var places []string
	var placeArgs []any
	for i, word := range q.Words {
		var first, all []string
		for _, n := range near[i] {
			lexeme := oneLexeme(n.Fold, "A")
			if all = append(all, lexeme); n.Errors < 2 {
				first = append(first, lexeme)
			}
		}
		// Of one word it is known that nothing has it.
		if len(q.Words) > 1 {
			all = append(all, lexemes(word, ""))
			cond, args := has(word)
			places, placeArgs = append(places, "case when "+cond+" then 2 else 0 end"), append(placeArgs, args...)
			inner, innerArgs := inTitles(word)
			w.add("(x.words @@ ?::tsquery"+inner+")", append([]any{strings.Join(all, " | ")}, innerArgs...)...)
		} else {
			w.add("x.words @@ ?::tsquery", strings.Join(all, " | "))
		}
		if len(first) > 0 {
			places, placeArgs = append(places, "case when x.words @@ ?::tsquery then 1 else 0 end"), append(placeArgs, strings.Join(first, " | "))
		}
	}
	score := strings.Join(append(places, "0"), " + ")
	var statements []string
	var args []any
	for _, kind := range kinds {
		statement, statementArgs := s.found(scope, kind, score, placeArgs, "select x.* from search_text_"+string(kind)+" x"+w.sql(), w.args, limit)
		statements, args = append(statements, statement), append(args, statementArgs...)
	}
	return s.foundBy(statements, args)
}

// searchHitRow is a thing that was found; what its kind does not have stays empty.
type searchHitRow struct {
	ID        domain.AnyID
	No        int
	Key       string
	TitleFi   string
	TitleSv   string
	TitleEn   string
	Internal  bool
	Parts     string // the texts in JSON, each in three languages
	GoalID    *domain.GoalID
	GoalNo    int
	Goal      domain.Text `gorm:"embedded;embeddedPrefix:goal_"`
	Theme     domain.Text `gorm:"embedded;embeddedPrefix:theme_"`
	ForumID   *domain.ForumID
	ForumKey  string
	Forum     domain.Text `gorm:"embedded;embeddedPrefix:forum_"`
	MeetingID *domain.MeetingID
	Year      int
	Number    int
	StartsAt  time.Time
	EndsAt    time.Time
	Status    string
	ItemID    *domain.AgendaItemID
	AgendaNo  int
	SubNo     int
	Section   int
	Item      domain.Text `gorm:"embedded;embeddedPrefix:item_"`
	PartyID   *domain.PartyID
	Unit      domain.Text `gorm:"embedded;embeddedPrefix:unit_"`
}

func (r searchHitRow) hit(kind domain.SubjectKind, texts []string) (search.Hit, error) {
	out := search.Hit{Kind: kind, ID: r.ID, No: r.No, Key: r.Key, Titles: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Theme: r.Theme, PartyID: valueOf(r.PartyID), Unit: r.Unit, Internal: r.Internal}
	var parts [][]string
	if err := json.Unmarshal([]byte(r.Parts), &parts); err != nil {
		return out, fmt.Errorf("read the texts of a hit: %w", err)
	}
	for i, p := range parts {
		_, name, _ := strings.Cut(texts[i], ".")
		out.Parts = append(out.Parts, search.TextPart{Part: search.Part(camel(name)), Text: domain.Text{FI: p[0], SV: p[1], EN: p[2]}})
	}
	if r.GoalID != nil {
		out.Goal = &search.Goal{ID: *r.GoalID, No: r.GoalNo, Title: r.Goal}
	}
	if r.ForumID != nil {
		out.Forum = &search.Forum{ID: *r.ForumID, Key: r.ForumKey, Title: r.Forum}
	}
	if r.MeetingID != nil {
		out.Meeting = &search.Meeting{ID: *r.MeetingID, Year: r.Year, Number: r.Number, StartsAt: r.StartsAt, EndsAt: r.EndsAt, Status: r.Status}
	}
	if r.ItemID != nil {
		out.Item = &search.Item{ID: *r.ItemID, AgendaNo: r.AgendaNo, SubNo: r.SubNo, Section: r.Section, Title: r.Item}
	}
	return out, nil
}

// camel is the name of a column as the API writes it.
func camel(column string) string {
	words := strings.Split(column, "_")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

// Hits implements search.Store, with one query for each kind, all at once.
func (s *SearchStore) Hits(scope domain.Scope, found []search.Found) ([]search.Hit, error) {
	ids := map[domain.SubjectKind][]domain.AnyID{}
	for _, f := range found {
		ids[f.Kind] = append(ids[f.Kind], f.ID)
	}
	hits := map[domain.Subject]search.Hit{}
	var parts []func() error
	for kind, of := range ids {
		parts = append(parts, func() error { return s.hitsOf(scope, kind, of, hits) })
	}
	if err := s.tx.together(parts...); err != nil {
		return nil, fmt.Errorf("read what was found: %w", err)
	}
	out := make([]search.Hit, len(found))
	for i, f := range found {
		out[i] = hits[domain.Subject{Kind: f.Kind, ID: f.ID}]
	}
	return out, nil
}

// hitsOf adds the things of one kind.
func (s *SearchStore) hitsOf(scope domain.Scope, kind domain.SubjectKind, ids []domain.AnyID, hits map[domain.Subject]search.Hit) error {
	k := searchKinds[kind]
	columns, args := k.columns(s.tx, scope)
	parts := make([]string, len(k.texts))
	for i, text := range k.texts {
		parts[i] = "json_build_array(" + strings.Join(textColumns("", text), ", ") + ")"
	}
	var w where
	w.args = args
	w.add(k.id+" = any(?)", asOne(ids))
	k.visible(s.tx, &w, scope)
	rows, err := query[searchHitRow](s.tx, "select "+k.id+", "+k.title+"_fi as title_fi, "+k.title+"_sv as title_sv, "+k.title+"_en as title_en, json_build_array("+strings.Join(parts, ", ")+")::text as parts, "+k.internal+" as internal"+
		columns+" from "+k.from+k.of+w.sql(), w.args...)
	if err != nil {
		return err
	}
	for _, r := range rows {
		hit, err := r.hit(kind, k.texts)
		if err != nil {
			return err
		}
		hits[domain.Subject{Kind: kind, ID: r.ID}] = hit
	}
	return nil
}
