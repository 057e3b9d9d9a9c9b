package paperdoc

import (
	"bytes"
	_ "embed"
	"html/template"

	"yhdyspinta/domain"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"widths": func(widths []int, i int) int { return widths[i] },
	"fold":   fold,
}).Parse(pageHTML))

// Link is a way to another version, language or file of the paper.
type Link struct {
	Text    string
	Href    string
	Lang    domain.Lang // of the text, if it is not the page's
	Current bool
}

// Around is what stands round the paper on screen, and is never printed.
type Around struct {
	Back      Link
	Languages []Link
	Versions  []Link // empty: there is only one
	DOCX      string
	PDF       string // "" if this server makes none
	Demo      string // that the content is invented; "" if it is not
}

// Navigation makes the links around a paper from the address of the page
// (without a query), of the meeting, and of the files.
func Navigation(lang domain.Lang, at func(lang domain.Lang, version string) string, back, docx, pdf string, version string, both bool) Around {
	w := texts[lang]
	a := Around{Back: Link{Text: w.Back, Href: back}, DOCX: docx, PDF: pdf}
	for _, l := range domain.Langs {
		a.Languages = append(a.Languages, Link{Text: map[domain.Lang]string{domain.Finnish: "Suomi", domain.Swedish: "Svenska", domain.English: "English"}[l], Href: at(l, version), Lang: l, Current: l == lang})
	}
	if both {
		a.Versions = []Link{{Text: w.ForMembers, Href: at(lang, "internal"), Current: version == "internal"}, {Text: w.ForAll, Href: at(lang, "public"), Current: version == "public"}}
	}
	return a
}

// section is a heading of the third level with what belongs to it, for the
// layout with headings in the margin.
type section struct {
	Head   *Block
	Blocks []Block
}

// fold puts blocks under their heading of level 3.
func fold(blocks []Block) (out []section) {
	for i := range blocks {
		b := blocks[i]
		switch {
		case b.Kind == Heading && b.Level == 3:
			out = append(out, section{Head: &b})
		case len(out) == 0 || b.Kind == Heading || out[len(out)-1].Head == nil:
			out = append(out, section{Blocks: []Block{b}})
		default:
			out[len(out)-1].Blocks = append(out[len(out)-1].Blocks, b)
		}
	}
	return out
}

// chapter is a heading of level 2 with what belongs to it.
type chapter struct {
	Head     *Block
	Sections []section
}

func chapters(blocks []Block) (out []chapter) {
	from := 0
	end := func(to int) {
		if to == from {
			return
		}
		c := chapter{}
		part := blocks[from:to]
		if part[0].Kind == Heading && part[0].Level == 2 {
			c.Head, part = &part[0], part[1:]
		}
		c.Sections = fold(part)
		out = append(out, c)
	}
	for i, b := range blocks {
		if b.Kind == Heading && b.Level == 2 {
			end(i)
			from = i
		}
	}
	end(len(blocks))
	return out
}

// HTML writes the paper as a page: with a nonce for its style, fonts as the
// address of a font file or data, and what stands around it; nil around for
// printing.
func HTML(d Document, nonce, font string, around *Around) ([]byte, error) {
	var b bytes.Buffer
	css := pageCSS
	if font != "" {
		css = "@font-face{font-family:'Source Sans 3';font-weight:200 900;src:url('" + font + "') format('woff2')}\n" + css
	}
	err := page.Execute(&b, map[string]any{"D": d, "W": texts[d.Lang], "Chapters": chapters(d.Blocks), "Nonce": nonce, "CSS": template.CSS(css), "Around": around}) //nolint:gosec // the style is ours, the font's address the server's
	return b.Bytes(), err
}
