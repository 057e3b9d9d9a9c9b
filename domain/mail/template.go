package mail

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Placeholder is a word in braces in the texts of a mail, for which the mail says
// something of its own.
type Placeholder string

// The placeholders. AUnsubscribe has several lines, the others one.
const (
	AForum       Placeholder = "forum"
	ANumber      Placeholder = "number" // of the meeting
	ATime        Placeholder = "time"   // when the meeting begins
	APaper       Placeholder = "paper"  // what its paper is called
	ALink        Placeholder = "link"   // address of the meeting's page
	ABecause     Placeholder = "because"
	AThing       Placeholder = "thing"  // the token, role or post
	ACounts      Placeholder = "counts" // what a digest tells of, in few words
	ADay         Placeholder = "day"
	AMyWork      Placeholder = "myWork"      // address of the page "my work"
	AChoices     Placeholder = "choices"     // address of the choices of mail
	AUnsubscribe Placeholder = "unsubscribe" // how to stop each topic
)

// Part is a part of a mail that has a text.
type Part string

// The parts.
const (
	PartSubject Part = "subject"
	PartIntro   Part = "intro"   // before what the mail tells
	PartClosing Part = "closing" // after it
)

// Parts lists them.
var Parts = []Part{PartSubject, PartIntro, PartClosing}

// Slot is what may stand in a part, and what must.
type Slot struct {
	May  []Placeholder
	Must []Placeholder
}

// Slots tells what may stand in the texts of a kind of mail. What must is there so
// that whoever gets the mail knows what it is about, why they get it, where to go,
// and how to stop it.
func Slots(k Kind) map[Part]Slot {
	if k == Digest {
		body := []Placeholder{ACounts, ADay, AMyWork, AChoices, AUnsubscribe}
		return map[Part]Slot{
			PartSubject: {May: []Placeholder{ACounts, ADay}, Must: []Placeholder{ACounts}},
			PartIntro:   {May: body[:4]},
			PartClosing: {May: body, Must: []Placeholder{AMyWork, AUnsubscribe}},
		}
	}
	if k.Security() {
		return map[Part]Slot{
			PartSubject: {May: []Placeholder{AThing}, Must: []Placeholder{AThing}},
			PartIntro:   {May: []Placeholder{AThing, ALink}},
			PartClosing: {May: []Placeholder{AThing, ALink, ABecause}, Must: []Placeholder{ALink, ABecause}},
		}
	}
	subject := []Placeholder{AForum, ANumber, ATime, APaper}
	body := append(slices.Clone(subject), ALink, ABecause)
	return map[Part]Slot{
		PartSubject: {May: subject, Must: []Placeholder{AForum}},
		PartIntro:   {May: body},
		PartClosing: {May: body, Must: []Placeholder{ALink, ABecause}},
	}
}

// Texts are those of one kind of mail.
type Texts struct {
	Subject, Intro, Closing domain.Text
}

// Of returns the text of a part.
func (t Texts) Of(p Part) domain.Text {
	switch p {
	case PartSubject:
		return t.Subject
	case PartIntro:
		return t.Intro
	}
	return t.Closing
}

// Original are the texts that the product comes with.
func Original(k Kind) Texts {
	of := func(text func(domain.Lang) string) domain.Text {
		return domain.Text{FI: text(domain.Finnish), SV: text(domain.Swedish), EN: text(domain.English)}
	}
	if k == Digest {
		return Texts{
			Subject: of(func(l domain.Lang) string { return digestIn[l].subject }),
			Intro:   of(func(l domain.Lang) string { return digestIn[l].lead }),
			Closing: of(func(l domain.Lang) string {
				w := digestIn[l]
				return strings.Repeat("-", 20) + "\n" + w.more + "{myWork}\n" + w.choose + "{choices}\n{unsubscribe}\n" + w.why
			}),
		}
	}
	if k.Security() {
		return originalAccess(k, of)
	}
	return Texts{
		Subject: of(func(l domain.Lang) string { return inLanguage[l].subject[k] }),
		Intro:   of(func(l domain.Lang) string { return inLanguage[l].lead[k] }),
		Closing: of(func(l domain.Lang) string {
			w := inLanguage[l]
			return w.page + "{link}\n\n{because}\n" + w.automatic
		}),
	}
}

var braces = regexp.MustCompile(`\{([^{}\n]*)\}`)

// fill puts what a mail says for the placeholders of a text, once: what is put in is
// not looked at again.
func fill(text string, values map[Placeholder]string) string {
	return braces.ReplaceAllStringFunc(text, func(word string) string {
		if v, ok := values[Placeholder(word[1:len(word)-1])]; ok {
			return v
		}
		return word
	})
}

// Flaw is what is wrong with a text.
type Flaw struct {
	Part        Part
	Language    domain.Lang
	Code        string // required, too_long, unknown_placeholder, missing_placeholder
	Placeholder string // for the last two
}

// The longest texts, in characters.
const (
	maxSubject = 150
	maxText    = 2000
)

// Flaws lists what is wrong with the texts of a kind of mail. Each has all three
// languages: people get it in theirs.
func Flaws(k Kind, t Texts) (out []Flaw) {
	slots := Slots(k)
	for _, p := range Parts {
		limit := maxText
		if p == PartSubject {
			limit = maxSubject
		}
		for _, l := range domain.Langs {
			text := t.Of(p).Of(l)
			add := func(code, placeholder string) { out = append(out, Flaw{p, l, code, placeholder}) }
			if strings.TrimSpace(text) == "" {
				add("required", "")
				continue
			}
			if len([]rune(text)) > limit {
				add("too_long", "")
			}
			var found []Placeholder
			for _, m := range braces.FindAllStringSubmatch(text, -1) {
				if name := Placeholder(m[1]); !slices.Contains(found, name) {
					found = append(found, name)
					if !slices.Contains(slots[p].May, name) {
						add("unknown_placeholder", m[1])
					}
				}
			}
			for _, must := range slots[p].Must {
				if !slices.Contains(found, must) {
					add("missing_placeholder", string(must))
				}
			}
		}
	}
	return out
}

// Template is what the mails of one kind say to the people of one party. A text that is
// "" in a language is the one that the product comes with.
type Template struct {
	ID        domain.MailTemplateID `audit:"ignore"`
	PartyID   domain.PartyID        `audit:"ignore"`
	Kind      Kind                  `audit:"track"`
	Subject   domain.Text           `audit:"track"`
	Intro     domain.Text           `audit:"track"`
	Closing   domain.Text           `audit:"track"`
	Version   int                   `audit:"ignore"`
	UpdatedAt time.Time             `audit:"ignore"`
}

// NewTemplate is that of a party that has not changed anything. It is version 1, and not
// stored.
func NewTemplate(id domain.MailTemplateID, party domain.PartyID, k Kind) Template {
	return Template{ID: id, PartyID: party, Kind: k, Version: 1}
}

// Texts are what is sent.
func (t Template) Texts() Texts {
	o := Original(t.Kind)
	return Texts{Subject: or(t.Subject, o.Subject), Intro: or(t.Intro, o.Intro), Closing: or(t.Closing, o.Closing)}
}

// Changed reports whether anything is not as the product came.
func (t Template) Changed() bool {
	return !t.Subject.IsZero() || !t.Intro.IsZero() || !t.Closing.IsZero()
}

// or is a text, in each language that it lacks another.
func or(t, other domain.Text) domain.Text {
	pick := func(a, b string) string {
		if a != "" {
			return a
		}
		return b
	}
	return domain.Text{FI: pick(t.FI, other.FI), SV: pick(t.SV, other.SV), EN: pick(t.EN, other.EN)}
}

// except is a text without what is as the product came, so that a better original of a
// later version reaches it.
func except(t, original domain.Text) domain.Text {
	drop := func(a, b string) string {
		if a == b {
			return ""
		}
		return a
	}
	return domain.Text{FI: drop(t.FI, original.FI), SV: drop(t.SV, original.SV), EN: drop(t.EN, original.EN)}
}

// tidy takes the white space from the ends of texts, and other ends of lines than \n.
func tidy(t Texts) Texts {
	each := func(t domain.Text, f func(string) string) domain.Text {
		return domain.Text{FI: f(t.FI), SV: f(t.SV), EN: f(t.EN)}
	}
	lines := func(s string) string {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
		kept := strings.Split(s, "\n")
		for i, l := range kept {
			kept[i] = strings.TrimRight(l, " \t")
		}
		return strings.TrimSpace(strings.Join(kept, "\n"))
	}
	return Texts{Subject: each(t.Subject, oneLine), Intro: each(t.Intro, lines), Closing: each(t.Closing, lines)}
}

// Edit takes over texts, or says what is wrong with them.
func (t *Template) Edit(texts Texts, now time.Time) error {
	texts = tidy(texts)
	var v domain.Violations
	for _, f := range Flaws(t.Kind, texts) {
		v.Add("/"+string(f.Part)+"/"+string(f.Language), f.Code)
	}
	if err := v.Err(); err != nil {
		return err
	}
	o := Original(t.Kind)
	t.Subject, t.Intro, t.Closing = except(texts.Subject, o.Subject), except(texts.Intro, o.Intro), except(texts.Closing, o.Closing)
	t.UpdatedAt = now
	return nil
}

// Restore makes all texts those that the product comes with.
func (t *Template) Restore(now time.Time) error {
	if !t.Changed() {
		return domain.Conflict("mail_template_original", "original", "nothing has been changed")
	}
	t.Subject, t.Intro, t.Closing, t.UpdatedAt = domain.Text{}, domain.Text{}, domain.Text{}, now
	return nil
}
