package domain

import "strings"

// Lang is a content language.
type Lang string

// The content languages. Finnish is the fallback.
const (
	Finnish Lang = "fi"
	Swedish Lang = "sv"
	English Lang = "en"
)

// Langs lists the content languages in their fixed order.
var Langs = []Lang{Finnish, Swedish, English}

// Text is a text in the three languages of the service. Finnish and Swedish
// stand side by side by law (Language Act 423/2003); what is missing is shown
// in Finnish and counted as missing.
//
// The tags name the languages on the wire, in YAML and in history alike.
type Text struct {
	FI string `json:"fi" yaml:"fi" doc:"Finnish" maxLength:"20000"`
	SV string `json:"sv" yaml:"sv" doc:"Swedish; empty while a translation is missing" maxLength:"20000" required:"false"`
	EN string `json:"en" yaml:"en" doc:"English; empty while a translation is missing" maxLength:"20000" required:"false"`
}

// In returns the text in lang, or in the first language that has it, and the
// language it is in.
func (t Text) In(lang Lang) (string, Lang) {
	if s := t.get(lang); s != "" {
		return s, lang
	}
	for _, l := range Langs {
		if s := t.get(l); s != "" {
			return s, l
		}
	}
	return "", lang
}

// Of returns the text in a language alone, "" if it has none.
func (t Text) Of(lang Lang) string { return t.get(lang) }

func (t Text) get(lang Lang) string {
	switch lang {
	case Swedish:
		return t.SV
	case English:
		return t.EN
	default:
		return t.FI
	}
}

// IsZero reports whether no language has any text.
func (t Text) IsZero() bool { return t == Text{} }

// Missing lists the languages without a text, when another language has one.
func (t Text) Missing() []Lang {
	if t.IsZero() {
		return nil
	}
	var out []Lang
	for _, l := range Langs {
		if t.get(l) == "" {
			out = append(out, l)
		}
	}
	return out
}

// Trim removes white space around each language's text.
func (t Text) Trim() Text {
	return Text{strings.TrimSpace(t.FI), strings.TrimSpace(t.SV), strings.TrimSpace(t.EN)}
}

// Check adds a field error at pointer for each language that is longer than
// max characters, and one if required is set and Finnish and Swedish are both
// empty.
func (t Text) Check(v *Violations, pointer string, required bool, max int) {
	if required && t.FI == "" && t.SV == "" {
		v.Add(pointer+"/fi", "required")
	}
	for _, l := range Langs {
		if len([]rune(t.get(l))) > max {
			v.Add(pointer+"/"+string(l), "too_long")
		}
	}
}
