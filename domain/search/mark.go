package search

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yhdyspinta/domain"
)

// token is a word of a text, by its bytes.
type token struct {
	from, to int
	plain    string // in small letters, without soft hyphens
}

// tokensOf are the words of a text, which is in the form NFC.
func tokensOf(text string) (out []token) {
	from := -1
	end := func(to int) {
		if from >= 0 {
			out = append(out, token{from, to, strings.ToLower(strings.ReplaceAll(text[from:to], string(softHyphen), ""))})
		}
		from = -1
	}
	for i, r := range text {
		switch {
		case !sign(r):
			if from < 0 {
				from = i
			}
		case r == softHyphen && from >= 0:
		default:
			end(i)
		}
	}
	end(len(text))
	return out
}

// marker finds in texts the words that were asked for.
type marker struct {
	query Query
	near  bool
	known map[string]Word // words of texts
}

// maxLearned bounds how many words of the shown texts are compared by their stems.
const maxLearned = 2000

// learn asks for the stems of those words of the hits' texts that could be forms of the
// words asked for: they begin alike.
func (m *marker) learn(st Store, hits []Hit) error {
	var begins []string
	for _, w := range m.query.Words {
		begins = append(begins, string([]rune(w.Fold)[:min(2, len([]rune(w.Fold)))]))
	}
	var texts []string
	seen := map[string]bool{}
	for _, h := range hits {
		for _, text := range h.all() {
			for _, t := range tokensOf(norm.NFC.String(text)) {
				if seen[t.plain] || len(texts) >= maxLearned {
					continue
				}
				seen[t.plain] = true
				fold := folded(t.plain)
				if slices.ContainsFunc(begins, func(b string) bool { return strings.HasPrefix(fold, b) }) {
					texts = append(texts, t.plain)
				} else {
					m.known[t.plain] = Word{Text: t.plain, Fold: fold}
				}
			}
		}
	}
	if len(texts) == 0 {
		return nil
	}
	words, err := st.Words(texts)
	for _, w := range words {
		m.known[w.Text] = w
	}
	return err
}

// all are the texts of a hit in all languages.
func (h Hit) all() []string {
	out := []string{h.Titles.FI, h.Titles.SV, h.Titles.EN}
	for _, p := range h.Parts {
		out = append(out, p.Text.FI, p.Text.SV, p.Text.EN)
	}
	return out
}

// found reports which word of the query a token is: its place, or -1.
func (m *marker) found(t token) int {
	word, ok := m.known[t.plain]
	if !ok {
		word = Word{Text: t.plain, Fold: folded(t.plain)}
	}
	return slices.IndexFunc(m.query.Words, func(w Word) bool { return w.has(word) || m.near && w.like(word) })
}

// segments parts a text at its marked words, whole.
func (m *marker) segments(text string, tokens []token) (out []Segment, words map[int]bool) {
	words = map[int]bool{}
	at := 0
	add := func(s string, hit bool) {
		if s != "" {
			out = append(out, Segment{s, hit})
		}
	}
	for _, t := range tokens {
		w := m.found(t)
		if w < 0 {
			continue
		}
		words[w] = true
		add(text[at:t.from], false)
		add(text[t.from:t.to], true)
		at = t.to
	}
	add(text[at:], false)
	return out, words
}

// The length of a snippet, in characters around the first word found.
const (
	before = 60
	after  = 140
)

// mark sets the hit's title in the reader's language, and the place in its other texts,
// or in another language's title, where most of the words stand that the title lacks.
func (m *marker) mark(h *Hit, lang domain.Lang) {
	title, in := h.Titles.In(lang)
	title = norm.NFC.String(title)
	segments, have := m.segments(title, tokensOf(title))
	h.Title = Marked{in, segments}
	if len(have) == len(m.query.Words) {
		return
	}
	best := 0
	langs := append([]domain.Lang{lang}, slices.DeleteFunc(slices.Clone(domain.Langs), func(l domain.Lang) bool { return l == lang })...)
	for _, l := range langs {
		for _, p := range append([]TextPart{{"title", h.Titles}}, h.Parts...) {
			text := norm.NFC.String(p.Text.Of(l))
			if text == "" || p.Part == "title" && l == in {
				continue
			}
			tokens := tokensOf(text)
			news, first := map[int]bool{}, -1
			for i, t := range tokens {
				if w := m.found(t); w >= 0 && !have[w] {
					news[w] = true
					if first < 0 {
						first = i
					}
				}
			}
			if len(news) > best {
				best = len(news)
				cut := excerpt(text, tokens, first)
				pieces, _ := m.segments(cut, tokensOf(cut))
				h.Snippet = &Snippet{p.Part, Marked{l, pieces}}
			}
		}
	}
}

// excerpt is the text around a token, cut between words, on one line.
func excerpt(text string, tokens []token, at int) string {
	from, to := at, at
	count := func(a, b int) int { return len([]rune(text[tokens[a].from:tokens[b].to])) }
	for from > 0 && count(from-1, at) <= before {
		from--
	}
	for to < len(tokens)-1 && count(at, to+1) <= after {
		to++
	}
	begin, end := tokens[from].from, tokens[to].to
	lead, trail := "… ", " …"
	if from == 0 {
		begin, lead = 0, ""
	}
	if to == len(tokens)-1 {
		end, trail = len(text), ""
	}
	return lead + strings.Join(strings.FieldsFunc(text[begin:end], unicode.IsSpace), " ") + trail
}

// suggestion is what was asked with each word that nothing has replaced by the one of
// the hits' titles that is most like it.
func (m *marker) suggestion(hits []Hit, lang domain.Lang) string {
	out := make([]string, len(m.query.Words))
	changed := false
	for i, w := range m.query.Words {
		best, distance := w.Text, 9
		for _, h := range hits {
			for _, l := range append([]domain.Lang{lang}, domain.Langs...) {
				for _, t := range tokensOf(norm.NFC.String(h.Titles.Of(l))) {
					known := m.known[t.plain]
					if w.has(known) && distance > 0 {
						best, distance = w.Text, 0
					}
					if d := errorsBetween([]rune(w.Fold), []rune(folded(t.plain))); d < distance && w.like(Word{Fold: folded(t.plain)}) {
						best, distance = t.plain, d
					}
				}
			}
		}
		out[i], changed = best, changed || best != w.Text
	}
	if !changed {
		return ""
	}
	return strings.Join(out, " ")
}
