package paperdoc

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"yhdyspinta/domain"
)

// parts are what is the same in every paper: styles,
// numbering, settings, what is what.
//
//go:embed docx
var parts embed.FS

// locales are the languages as Word knows them.
var locales = map[domain.Lang]string{domain.Finnish: "fi-FI", domain.Swedish: "sv-FI", domain.English: "en-GB"}

// DOCX writes the paper as an Office Open XML document (ISO/IEC 29500) with real
// headings, lists and tables, its language and its title. The same paper is the
// same file, byte by byte.
func DOCX(d Document) ([]byte, error) {
	x := &docx{lang: d.Lang}
	x.document(d)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	err := fs.WalkDir(parts, "docx", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := parts.ReadFile(name)
		if err != nil {
			return err
		}
		to := strings.TrimPrefix(name, "docx/")
		to = strings.Replace(strings.Replace(to, "content_types.xml", "[Content_Types].xml", 1), "rels.xml", "_rels/.rels", 1)
		text := strings.NewReplacer("{{LANG}}", locales[d.Lang], "{{TITLE}}", escaped(d.Title), "{{PAGE}}", escaped(texts[d.Lang].Page),
			"{{FOOT}}", escaped(d.Title+", "+strings.ToLower(d.Version))).Replace(string(b))
		return part(z, to, text)
	})
	if err != nil {
		return nil, fmt.Errorf("write the template of a DOCX: %w", err)
	}
	for _, p := range [][2]string{{"word/document.xml", x.String()}, {"word/numbering.xml", x.numbering()}, {"word/_rels/document.xml.rels", x.relations()}} {
		if err := part(z, p[0], p[1]); err != nil {
			return nil, fmt.Errorf("write a part of a DOCX: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write a DOCX: %w", err)
	}
	return out.Bytes(), nil
}

func part(z *zip.Writer, name, text string) error {
	w, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}

type docx struct {
	strings.Builder
	lang  domain.Lang
	links []string
	lists []int // first number of each ordered list
	marks int   // bookmarks
}

func (x *docx) f(format string, args ...any) { fmt.Fprintf(x, format, args...) }

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func (x *docx) document(d Document) {
	x.f(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document %s><w:body>`, namespaces)
	for _, a := range d.Authors {
		x.para("Author", Span{Text: a})
	}
	x.para("Forum", d.Forum)
	x.para("Title", Span{Text: d.Kind + " " + d.Number})
	x.para("Subtitle", Span{Text: d.Date + "  ·  " + d.State})
	x.para("Version", Span{Text: d.Version, Strong: d.Secret})
	for _, b := range d.Blocks {
		x.block(b)
	}
	x.f(`<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1247" w:left="1418" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`)
}

func (x *docx) block(b Block) {
	body := "BodyText"
	if b.Amends {
		body = "Amendment"
	}
	switch b.Kind {
	case Heading:
		x.f(`<w:p><w:pPr><w:pStyle w:val="Heading%d"/></w:pPr>`, b.Level-1)
		if b.ID != "" {
			x.marks++
			x.f(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, x.marks, escaped(strings.ReplaceAll(b.ID, "-", "_")))
		}
		x.spans(b.Spans)
		if b.ID != "" {
			x.f(`<w:bookmarkEnd w:id="%d"/>`, x.marks)
		}
		x.f(`</w:p>`)
	case Note:
		x.para("Note", b.Spans...)
	case List:
		id := 1
		if b.Ordered {
			x.lists = append(x.lists, b.Start)
			id = len(x.lists) + 1
		}
		for _, row := range b.Rows {
			x.f(`<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, id)
			x.spans(row[0])
			x.f(`</w:p>`)
		}
	case Facts:
		x.table("", nil, b.Rows, []int{28, 72})
	case Table:
		x.para("Caption", Span{Text: b.Caption})
		x.table(b.Caption, b.Rows[0], b.Rows[1:], b.Widths)
	default:
		x.para(body, b.Spans...)
	}
}

func (x *docx) para(style string, spans ...Span) {
	x.f(`<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
	x.spans(spans)
	x.f(`</w:p>`)
}

const width = 9354 // between the margins, in twentieths of a point

func (x *docx) table(caption string, head []Cell, rows [][]Cell, widths []int) {
	style, look := "PaperTable", `<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`
	if head == nil {
		style, look = "PaperFacts", `<w:tblLook w:val="0480" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`
	}
	x.f(`<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>%s`, style, width, look)
	if caption != "" {
		x.f(`<w:tblCaption w:val="%s"/>`, escaped(caption))
	}
	x.f(`</w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		x.f(`<w:gridCol w:w="%d"/>`, width*w/100)
	}
	x.f(`</w:tblGrid>`)
	row := func(cells []Cell, head bool) {
		x.f(`<w:tr><w:trPr><w:cantSplit/>`)
		if head {
			x.f(`<w:tblHeader/>`)
		}
		x.f(`</w:trPr>`)
		for i, c := range cells {
			x.f(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>`, width*widths[i]/100)
			x.spans(c)
			x.f(`</w:p></w:tc>`)
		}
		x.f(`</w:tr>`)
	}
	if head != nil {
		row(head, true)
	}
	for _, r := range rows {
		row(r, false)
	}
	x.f(`</w:tbl>`)
	x.para("AfterTable")
}

func (x *docx) spans(spans []Span) {
	for _, s := range spans {
		if s.Text == "" {
			continue
		}
		if s.Href != "" {
			x.links = append(x.links, s.Href)
			x.f(`<w:hyperlink r:id="rIdLink%d">`, len(x.links))
		}
		x.f(`<w:r>`)
		if s.Lang != "" || s.Strong || s.Quiet || s.Href != "" {
			x.f(`<w:rPr>`)
			if s.Href != "" {
				x.f(`<w:rStyle w:val="Hyperlink"/>`)
			}
			if s.Strong {
				x.f(`<w:b/>`)
			}
			if s.Quiet {
				x.f(`<w:color w:val="595959"/>`)
			}
			if s.Lang != "" {
				x.f(`<w:lang w:val="%s"/>`, locales[s.Lang])
			}
			x.f(`</w:rPr>`)
		}
		x.f(`<w:t xml:space="preserve">%s</w:t></w:r>`, escaped(s.Text))
		if s.Href != "" {
			x.f(`</w:hyperlink>`)
		}
	}
}

// numbering is the part with the lists: a bulleted one, and one of its own for
// each ordered list, so that each begins with its own number.
func (x *docx) numbering() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering %s>`, namespaces)
	const level = `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>`
	fmt.Fprintf(&b, level, 0, "bullet", "•")
	fmt.Fprintf(&b, level, 1, "decimal", "%1.")
	b.WriteString(`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	for i, start := range x.lists {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="%d"/></w:lvlOverride></w:num>`, i+2, start)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

func (x *docx) relations() string {
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range [][2]string{{"styles", "rIdStyles"}, {"numbering", "rIdNumbering"}, {"settings", "rIdSettings"}, {"footer", "rIdFooter"}} {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s.xml"/>`, r[1], kind, r[0], r[0])
	}
	for i, href := range x.links {
		fmt.Fprintf(&b, `<Relationship Id="rIdLink%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, i+1, kind, escaped(href))
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}
