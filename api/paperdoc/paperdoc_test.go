package paperdoc_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yhdyspinta/api/paperdoc"
	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

func view() meeting.PaperView {
	started := time.Date(2026, 12, 8, 11, 2, 0, 0, time.UTC)
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	m := meeting.Meeting{Status: meeting.Closed, StartedAt: &started}
	p := meeting.Paper{Kind: "minutes", Forum: domain.Text{FI: "Ohjausryhmä", SV: "Styrgruppen"}, Year: 2026, Number: 4, StartsAt: started, EndsAt: started.Add(2 * time.Hour), StartedAt: &started,
		Parties:      []meeting.PaperParty{{ID: espoo, Name: domain.Text{FI: "Espoon kaupunki", SV: "Esbo stad"}, Principal: true, There: true}, {ID: luvn, Name: domain.Text{FI: "Hyvinvointialue", SV: "Välfärdsområdet"}, Principal: true}},
		Participants: []meeting.PaperParticipant{{PartyID: espoo, Post: domain.Text{FI: "Johtaja", SV: "Direktör"}, Role: meeting.Chair, Attendance: meeting.Present}},
		Items: []meeting.PaperItem{
			{AgendaNo: 1, Section: 18, Title: domain.Text{FI: "Väliarviointi <ja> muuta", SV: "Halvtidsutvärdering"}, Proposal: domain.Text{FI: "1. Merkitään.\n2. Päätetään."},
				Decision: domain.Text{FI: "Hyväksyttiin.", SV: "Godkändes."}, Outcomes: []meeting.PaperOutcome{{No: 1, Type: meeting.Decision, Text: domain.Text{FI: "Siirretään."},
					Actions: []meeting.PaperAction{{No: 9, Title: domain.Text{FI: "Ohje"}, Lead: &meeting.PaperPost{Title: domain.Text{FI: "Päällikkö"}, PartyID: luvn}, Unagreed: domain.Proposed}}}},
				Attachments: []meeting.PaperAttachment{{No: 1, Title: domain.Text{FI: "Raportti"}, URL: "https://example.org/a?b=1&c=2"}}},
			{AgendaNo: 2, Section: 19, Title: domain.Text{FI: "Kanarialintu"}, Proceedings: domain.Text{FI: "Kanarialintu lauloi."}, Internal: true, Ground: "JulkL 24 § 1 mom. 25 k"},
		}}
	return meeting.PaperView{Meeting: m, Paper: p, Audience: meeting.ForMembers, Hash: p.Hash()}
}

// files unzips a DOCX and wants each part to be well-formed.
func files(t *testing.T, content []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s is not well-formed: %v\n%s", f.Name, err, b)
			}
		}
	}
	return out
}

func TestDOCXHasHeadingsTablesLanguageAndTitle(t *testing.T) {
	t.Parallel()
	content, err := paperdoc.DOCX(paperdoc.Build(view(), domain.Swedish))
	if err != nil {
		t.Fatal(err)
	}
	parts := files(t, content)
	for name, wants := range map[string][]string{
		"[Content_Types].xml": {"/word/document.xml", "/word/styles.xml", "/word/numbering.xml", "/word/settings.xml", "/word/footer.xml", "/docProps/core.xml"},
		"_rels/.rels":         {"word/document.xml"},
		"docProps/core.xml":   {"<dc:title>Protokoll 4/2026, Styrgruppen</dc:title>", "<dc:language>sv-FI</dc:language>"},
		"word/styles.xml":     {`w:styleId="Heading1"`, `w:lang w:val="sv-FI"`},
		"word/document.xml": {`<w:pStyle w:val="Title"/>`, `<w:pStyle w:val="Heading1"/>`, `<w:pStyle w:val="Heading2"/>`, "<w:tblHeader/>", "§ 18", "Halvtidsutvärdering", "Endast på finska", "(föreslagen, parterna hade ännu inte godkänt)",
			`<w:lang w:val="fi-FI"/>`, "<w:numPr>", `w:hyperlink r:id="rIdLink1"`, "Sekretessbelagt. Grund: OffL 24 § 1 mom. 25 p."},
		"word/_rels/document.xml.rels": {`Target="https://example.org/a?b=1&amp;c=2" TargetMode="External"`},
		"word/numbering.xml":           {`w:numId="2"`},
	} {
		for _, want := range wants {
			if !strings.Contains(parts[name], want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
	if strings.Contains(parts["word/document.xml"], "{{") {
		t.Error("a mark of the template is left")
	}
	if again, err := paperdoc.DOCX(paperdoc.Build(view(), domain.Swedish)); err != nil || !bytes.Equal(content, again) {
		t.Error("the same paper is another file")
	}
}

// What people typed is text in the file, and the file stays well-formed.
func TestDOCXIsEscaped(t *testing.T) {
	t.Parallel()
	v := view()
	content, err := paperdoc.DOCX(paperdoc.Build(v, domain.Finnish))
	if err != nil {
		t.Fatal(err)
	}
	if document := files(t, content)["word/document.xml"]; !strings.Contains(document, "Väliarviointi &lt;ja&gt; muuta") || strings.Contains(document, "<ja>") {
		t.Error("the file has what was typed as it is")
	}
}

// What is confidential is in no file of the public version; why it is missing is
// told in the language of the file, in whichever it was written.
func TestPublicVersionLeavesOutWhatIsConfidential(t *testing.T) {
	t.Parallel()
	v := view()
	v.Paper, v.Audience = v.Paper.Public(), meeting.ForAll
	grounds := map[domain.Lang]string{domain.Finnish: "JulkL 24 § 1 mom. 25 k", domain.Swedish: "OffL 24 § 1 mom. 25 p.", domain.English: "Openness Act, section 24(1)(25)"}
	for _, lang := range domain.Langs {
		d := paperdoc.Build(v, lang)
		page, err := paperdoc.HTML(d, "n", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		content, err := paperdoc.DOCX(d)
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{"page": string(page), "docx": files(t, content)["word/document.xml"]} {
			if strings.Contains(text, "Kanarialintu") || !strings.Contains(text, grounds[lang]) || !strings.Contains(text, "§ 19") {
				t.Errorf("the %s in %s leaks, or lacks number and ground", name, lang)
			}
		}
	}
}

func TestPageIsEscapedAndMarksOtherLanguages(t *testing.T) {
	t.Parallel()
	page, err := paperdoc.HTML(paperdoc.Build(view(), domain.Finnish), "n", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<html lang="fi">`, "<title>Pöytäkirja 4/2026, Ohjausryhmä</title>", "Väliarviointi &lt;ja&gt; muuta", `lang="sv"`, "<h2>", "<ol>", "<caption>", `scope="col"`,
		"Kokous ei ollut päätösvaltainen. Puheenjohtajaa, jäsentä tai sijaista ei ollut paikalla: Hyvinvointialue."} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(string(page), "<script") || strings.Contains(string(page), "src:") {
		t.Error("the page reaches for something")
	}
}

// program is a stand-in for Chromium, which is not ours.
func program(t *testing.T, script string) *paperdoc.Chromium {
	t.Helper()
	path := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil { //nolint:gosec // a program has to be executable
		t.Fatal(err)
	}
	return paperdoc.NewChromium(path)
}

func TestPrinting(t *testing.T) {
	t.Parallel()
	const write = `for a in "$@"; do case "$a" in --print-to-pdf=*) echo "%PDF-1.4 $(cat "${a%/*}/../$(basename "$(dirname "${a#*=}")")/paper.html" 2>/dev/null)" > "${a#*=}";; esac; done`
	if got, err := program(t, write).Print(t.Context(), []byte("<p>Sivu</p>")); err != nil || !bytes.HasPrefix(got, []byte("%PDF-")) {
		t.Errorf("%q, %v", got, err)
	}
	code := func(err error) string {
		if e, ok := errors.AsType[*domain.Error](err); ok && e.Kind == domain.KindUnavailable {
			return e.Code
		}
		return ""
	}
	for name, script := range map[string]string{"fails": "exit 3", "writes nothing": "exit 0"} {
		if _, err := program(t, script).Print(t.Context(), nil); code(err) != "pdf_unavailable" {
			t.Errorf("a program that %s: %v", name, err)
		}
	}
	slow := program(t, "sleep 60")
	slow.Limit = 50 * time.Millisecond
	if _, err := slow.Print(context.Background(), nil); code(err) != "pdf_unavailable" {
		t.Errorf("a program that hangs: %v", err)
	}
	if paperdoc.NewChromium("/no/such/chromium") != nil {
		t.Error("a program that does not exist is found")
	}
}
