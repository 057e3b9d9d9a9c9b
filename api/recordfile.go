package api

import (
	"bytes"
	"strconv"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// place is where in a file a value stands.
type place struct {
	Sheet  string // "" in YAML
	Cell   string // "" in YAML
	Line   int    // 0 if it is not known
	Column int
}

// recordFile is a record with where its values stand, by their pointers, and
// what could not be read.
type recordFile struct {
	record meeting.Record
	places map[string]place
	errors []recordError
}

// recordError is something that a file has wrong.
type recordError struct {
	pointer, code, key string
	at                 place
}

func (f *recordFile) wrong(pointer, code, key string, at place) {
	f.errors = append(f.errors, recordError{pointer, code, key, at})
}

// where finds the place of a pointer: its own, or that of what it is under.
func (f *recordFile) where(pointer string) place {
	for p := pointer; ; {
		if at, ok := f.places[p]; ok {
			return at
		}
		i := strings.LastIndexByte(p, '/')
		if i <= 0 {
			return place{}
		}
		p = p[:i]
	}
}

// readRecord reads a YAML or XLSX file: which, its content tells.
func readRecord(data []byte) *recordFile {
	f := &recordFile{places: map[string]place{}}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		f.readXLSX(data)
	} else {
		f.readYAML(data)
	}
	return f
}

// value is one scalar of a file.
type value struct {
	text string
	at   place
}

// fields are the scalars of a meeting, item or outcome by their key.
type fields map[string]value

// take sets the fields of one thing under a pointer. Keys: a name, or name.fi,
// name.sv and name.en of a text.
func (f *recordFile) take(pointer string, in fields, texts map[string]*domain.Text, plain map[string]func(string) bool) {
	for key, v := range in {
		name, lang, localised := strings.Cut(key, ".")
		at := pointer + "/" + name
		if localised {
			at += "/" + lang
		}
		f.places[at] = v.at
		if t := texts[name]; t != nil {
			switch {
			case lang == "sv":
				t.SV = v.text
			case lang == "en":
				t.EN = v.text
			case lang == "fi" || !localised:
				t.FI = v.text
			default:
				f.wrong(at, "unknown_key", key, v.at)
			}
			continue
		}
		set := plain[name]
		if set == nil || localised {
			f.wrong(at, "unknown_key", key, v.at)
		} else if v.text != "" && !set(v.text) {
			f.wrong(at, "malformed", key, v.at)
		}
	}
}

func number(to *int) func(string) bool {
	return func(s string) bool {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		*to = n
		return err == nil && n >= 0
	}
}
