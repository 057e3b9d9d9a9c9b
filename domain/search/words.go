package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yhdyspinta/domain"
)

const softHyphen = '\u00ad'

// Plain is a text in small letters with one blank for all that is neither letter nor
// figure. The database's search_plain does the same.
func Plain(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(norm.NFC.String(text), string(softHyphen), "")), sign), " ")
}

func sign(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// wordsOf are the words of what is asked that can be looked for, each once. A single
// letter says nothing, nor does the beginning of a last word that is being typed.
func wordsOf(text string) []string {
	var all, out []string
	for _, w := range strings.Fields(Plain(text)) {
		if !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	all = all[:min(len(all), MaxWords)]
	for i, w := range all {
		n := len([]rune(w))
		_, notNumber := strconv.Atoi(w)
		switch {
		case notNumber == nil:
		case n < MinLetters, n == MinLetters && i == len(all)-1 && len(out) > 0:
			continue
		case n > 60: // no word of a language
			w = string([]rune(w)[:60])
		}
		out = append(out, w)
	}
	return out
}

// queryOf leaves out the words that say nothing (ja, och, and), unless there are no others.
func queryOf(words []Word) Query {
	var telling []Word
	phrase := make([]string, len(words))
	for i, w := range words {
		phrase[i] = w.Fold
		if w.FI != "" && w.SV != "" && w.EN != "" {
			telling = append(telling, w)
		}
	}
	q := Query{Words: telling, Phrase: strings.Join(phrase, " ")}
	if len(telling) == 0 {
		q.Words = words
	}
	if len(words) == 1 {
		if n, err := strconv.ParseInt(words[0].Text, 10, 32); err == nil && n > 0 {
			q.Number = int(n)
		}
	}
	return q
}

// has reports whether word t of a text is one that w finds.
func (w Word) has(t Word) bool {
	short := len([]rune(w.Fold)) <= MinLetters
	switch {
	case t.Fold == w.Fold, !short && strings.HasPrefix(t.Fold, w.Fold):
		return true
	case same(w.FI, t.FI), same(w.SV, t.SV), same(w.EN, t.EN):
		return true
	case slices.ContainsFunc(w.Roots, func(r string) bool { return slices.Contains(t.Roots, r) }):
		return true
	}
	return slices.ContainsFunc(w.Inner(), func(part string) bool { return strings.Contains(t.Fold, part) })
}

func same(a, b string) bool { return a != "" && a == b }

// Inner are the parts of longer words by which w finds them, folded: compounds have
// their last part with its ending.
func (w Word) Inner() []string {
	if len([]rune(w.Fold)) < 4 {
		return nil
	}
	out := []string{w.Fold}
	for _, stem := range []string{w.FI, w.SV} {
		if s := folded(stem); len([]rune(s)) >= 5 && strings.HasPrefix(w.Fold, s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	// What has a shorter one in it needs no looking for.
	return slices.DeleteFunc(slices.Clone(out), func(long string) bool {
		return slices.ContainsFunc(out, func(short string) bool { return long != short && strings.Contains(long, short) })
	})
}

// folded takes accents off, as the database's unaccent does for the letters of the
// three languages.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// ErrorsAllowed is how many letters of w may be wrong: too few of a short word are left,
// and a figure is another number.
func (w Word) ErrorsAllowed() int {
	switch n := len([]rune(w.Fold)); {
	case n < 4, strings.ContainsFunc(w.Fold, unicode.IsDigit):
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// like reports whether t is w but for a typing error or two, or begins so.
func (w Word) like(t Word) bool { return w.errorsIn(t) >= 0 }

// errorsIn is by how many letters t, or its beginning, differs from w; -1: by too many.
func (w Word) errorsIn(t Word) int {
	a, b := []rune(w.Fold), []rune(t.Fold)
	allowed := w.ErrorsAllowed()
	if allowed == 0 {
		return -1
	}
	if n := errorsBetween(a, b); n <= allowed {
		return n
	}
	if len(b) > len(a) && len(a) >= 6 {
		if n := errorsBetween(a, b[:len(a)]); n <= allowed {
			return n
		}
	}
	// In another form than the one that was typed.
	for _, stem := range []string{w.FI, w.SV} {
		s := []rune(folded(stem))
		if len(s) >= 6 && len(s) < len(a) && len(b) >= len(s) {
			if n := errorsBetween(s, b[:len(s)]); n <= 1 {
				return n
			}
		}
	}
	return -1
}

// errorsBetween counts the letters added, left out, taken for another or swapped with
// their neighbour.
func errorsBetween(a, b []rune) int {
	if d := len(a) - len(b); d > 3 || d < -3 {
		return 9
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// NearWord is a word of titles that is another but for typing errors.
type NearWord struct {
	Fold   string
	Errors int // 0 where it only goes on after the word, or after its stem
}

// maxNear is by how many words near it one is looked for.
const maxNear = 50

// nearly finds what has words like those of the query.
func nearly(st Store, scope domain.Scope, q Query, kinds []domain.SubjectKind, limit int) ([]Found, error) {
	if !slices.ContainsFunc(q.Words, func(w Word) bool { return w.ErrorsAllowed() > 0 }) {
		return nil, nil
	}
	known, err := st.WordsLike(q.Words)
	if err != nil {
		return nil, err
	}
	near, some := make([][]NearWord, len(q.Words)), false
	for i, w := range q.Words {
		for _, t := range known[i] {
			if n := w.errorsIn(Word{Fold: t}); n >= 0 && len(near[i]) < maxNear {
				near[i], some = append(near[i], NearWord{t, n}), true
			}
		}
	}
	if !some {
		return nil, nil
	}
	return st.Near(scope, q, near, kinds, limit)
}
