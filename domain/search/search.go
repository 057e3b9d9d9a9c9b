// Package search is the read model behind the one search box (haku, sökning): goals,
// actions, forums, agenda items, outcomes and posts by their words. It keeps nothing of
// its own; what it finds is decided by the caller's scope in the same query.
package search

import (
	"context"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Kinds are the kinds of things that are searched, in the order in which they are shown.
var Kinds = []domain.SubjectKind{domain.SubjectGoal, domain.SubjectAction, domain.SubjectForum, domain.SubjectAgendaItem, domain.SubjectOutcome, domain.SubjectPost}

// The bounds of a search.
const (
	MaxText    = 200 // characters of what is asked
	MaxWords   = 8   // words that count; what comes after them is left out
	MinLetters = 2   // of a word that finds anything; a figure may stand alone
	MaxCounted = 300 // hits of a kind that are ranked and counted
	MaxShown   = 50  // hits of a kind that are shown
)

// Request is what is asked.
type Request struct {
	Text  string
	Kinds []domain.SubjectKind // none: all
	Lang  domain.Lang          // the reader's
	Limit int                  // hits of each kind, at most MaxShown
}

// Word is a word as it is compared: folded, with its stems in the three languages and
// what the forms of a Finnish word have in common.
type Word struct {
	Text  string // in small letters
	Fold  string // without accents
	FI    string // stem; "": a word that says nothing in this language (ja, och, and)
	SV    string
	EN    string
	Roots []string
}

// Segment is a piece of a text.
type Segment struct {
	Text string
	Hit  bool // it is, or is like, a word that was asked for
}

// Marked is a text in one language with the words marked that were found.
type Marked struct {
	Lang     domain.Lang
	Segments []Segment
}

// Part names the text of a thing in which words were found.
type Part string

// Snippet is the place in a thing's texts where words were found.
type Snippet struct {
	Part Part
	Marked
}

// Goal, Forum, Meeting and Item name what a hit belongs to.
type (
	// Goal is the first goal of an action that the reader may see.
	Goal struct {
		ID    domain.GoalID
		No    int
		Title domain.Text
	}
	// Forum is that of an action, agenda item or outcome.
	Forum struct {
		ID    domain.ForumID
		Key   string
		Title domain.Text
	}
	// Meeting is that of an agenda item or outcome.
	Meeting struct {
		ID       domain.MeetingID
		Year     int
		Number   int
		StartsAt time.Time
		EndsAt   time.Time
		Status   string
	}
	// Item is the agenda item itself, or that of an outcome.
	Item struct {
		ID       domain.AgendaItemID
		AgendaNo int
		SubNo    int
		Section  int // §; 0: none
		Title    domain.Text
	}
)

// Hit is a thing that was found.
type Hit struct {
	Kind     domain.SubjectKind
	ID       domain.AnyID
	No       int    // of a goal or action
	Key      string // of a forum
	Title    Marked
	Snippet  *Snippet // nil: the words stand in the title that is shown
	Goal     *Goal
	Theme    domain.Text // of a goal
	Forum    *Forum
	Meeting  *Meeting
	Item     *Item
	PartyID  domain.PartyID // of a post
	Unit     domain.Text    // of a post
	Internal bool           // the public does not see it
	Titles   domain.Text    // in all languages
	Parts    []TextPart     // its other texts
}

// TextPart is one of a thing's texts beside its title.
type TextPart struct {
	Part Part
	Text domain.Text
}

// Group is what was found of one kind.
type Group struct {
	Kind  domain.SubjectKind
	Count int  // at most MaxCounted
	More  bool // there are more than Count
	Hits  []Hit
}

// Result is what a search gives.
type Result struct {
	// TooShort says that no word was long enough to be looked for.
	TooShort bool
	// Near says that nothing has the words themselves: the hits have words like them.
	Near bool
	// Suggestion is what was asked with the words that were found instead; "": none.
	Suggestion string
	Groups     []Group // one for each kind that was asked for
}

// Found is a thing that was found, before its texts are read.
type Found struct {
	Kind  domain.SubjectKind
	ID    domain.AnyID
	Total int // of its kind, counted to MaxCounted + 1
}

// Store looks for things.
type Store interface {
	// Words gives for each text of one word what it is compared by, in their order.
	Words(texts []string) ([]Word, error)
	// Find returns the best of each kind that the scope covers, the best first, at most
	// limit of a kind. All words must be found in a thing, in any of its texts and languages.
	// number, unless 0, also finds the goal and action of that number.
	Find(scope domain.Scope, q Query, kinds []domain.SubjectKind, limit int) ([]Found, error)
	// WordsLike gives for each word those that titles have or had and that share many of its
	// letters, the most alike first. Whose titles they are in, and who may see those, is not
	// asked: what Near finds by them is decided by the scope.
	WordsLike(words []Word) ([][]string, error)
	// Near returns what has each word of the query, itself or one of those near it in a
	// title; first what has the words themselves, then those with the fewest errors.
	Near(scope domain.Scope, q Query, near [][]NearWord, kinds []domain.SubjectKind, limit int) ([]Found, error)
	// Hits reads what was found, in its order.
	Hits(scope domain.Scope, found []Found) ([]Hit, error)
}

// Query is what a search looks for.
type Query struct {
	Words  []Word
	Phrase string // all words, folded
	Whole  string // all that was asked, folded
	Number int    // if that is all that was asked; 0: none
}

// Stores are what the use case needs, bound to one transaction.
type Stores struct{ Search Store }

// Service holds the one use case.
type Service struct {
	UoW domain.UnitOfWork[Stores]
}

// Search finds what the actor may see, today or on the as-of day. What is asked is
// words; signs part them and mean nothing.
func (s *Service) Search(ctx context.Context, actor domain.Actor, r Request) (out Result, err error) {
	kinds := slices.DeleteFunc(slices.Clone(Kinds), func(k domain.SubjectKind) bool { return len(r.Kinds) > 0 && !slices.Contains(r.Kinds, k) })
	texts := wordsOf(r.Text)
	if len(texts) == 0 {
		return Result{TooShort: true, Groups: groupsOf(kinds, nil, nil)}, nil
	}
	limit := min(max(r.Limit, 1), MaxShown)
	scope := actor.Scope()
	err = s.UoW.Read(ctx, func(st Stores) error {
		words, err := st.Search.Words(append(texts, Plain(r.Text)))
		if err != nil {
			return err
		}
		words, whole := words[:len(texts)], words[len(texts)]
		q := queryOf(words)
		q.Whole = whole.Fold
		found, err := st.Search.Find(scope, q, kinds, limit)
		if err != nil {
			return err
		}
		near := false
		if len(found) == 0 {
			if found, err = nearly(st.Search, scope, q, kinds, limit); err != nil {
				return err
			}
			near = len(found) > 0
		}
		hits, err := st.Search.Hits(scope, found)
		if err != nil {
			return err
		}
		m := marker{query: q, near: near, known: map[string]Word{}}
		if err := m.learn(st.Search, hits); err != nil {
			return err
		}
		for i := range hits {
			m.mark(&hits[i], r.Lang)
		}
		out = Result{Near: near, Groups: groupsOf(kinds, found, hits)}
		if out.Near {
			out.Suggestion = m.suggestion(hits, r.Lang)
		}
		return nil
	})
	return out, err
}

// groupsOf puts hits, which are those of found, under their kinds.
func groupsOf(kinds []domain.SubjectKind, found []Found, hits []Hit) []Group {
	out := make([]Group, len(kinds))
	for i, k := range kinds {
		out[i].Kind = k
		for j, f := range found {
			if f.Kind == k {
				out[i].Count, out[i].More = min(f.Total, MaxCounted), f.Total > MaxCounted
				out[i].Hits = append(out[i].Hits, hits[j])
			}
		}
	}
	return out
}
