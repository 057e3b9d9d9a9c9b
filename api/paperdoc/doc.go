// Package paperdoc writes the paper of a meeting (muistio, pöytäkirja) as a page,
// a DOCX file and, printed by Chromium, as tagged PDF. All are made from one
// Document, so that none of them says what another does not.
package paperdoc

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

// Span is a run of text.
type Span struct {
	Text   string
	Lang   domain.Lang // if it is in another language than the document, else ""
	Strong bool
	Quiet  bool
	Href   string // a link; "" for none
}

// Kind says what a block is.
type Kind string

// The kinds of block.
const (
	Heading Kind = "heading"
	Para    Kind = "para"
	List    Kind = "list"
	Table   Kind = "table"
	Facts   Kind = "facts" // names with values
	Note    Kind = "note"  // what the reader must not miss
)

// Block is a part of the document in its order.
type Block struct {
	Kind    Kind
	Level   int    // of a heading: 2 for a matter, 3 for its part
	ID      string // of a heading of level 2, for links
	Spans   []Span
	Ordered bool     // of a list
	Start   int      // of an ordered list: its first number
	Rows    [][]Cell // of a list one cell each; of facts name and value; of a table the first row is its head
	Caption string   // of a table
	Widths  []int    // of a table's columns, in per cent
	Amends  bool     // belongs to an amendment, which is no part of the paper itself
}

// Cell is the content of a table's cell.
type Cell []Span

// Document is a paper in one language and version, ready to be written.
type Document struct {
	Lang    domain.Lang
	Title   string
	Authors []string // the principal parties
	Forum   Span
	Kind    string // Muistio, Pöytäkirja, Esityslista
	Number  string // 4/2026
	Date    string
	State   string // draft, approved, published
	Version string // which version it is, for whom
	Secret  bool   // it holds what is confidential
	Blocks  []Block
}

type builder struct {
	words
	lang    domain.Lang
	parties map[domain.PartyID]domain.Text
	out     []Block
}

// Build writes a paper in a language.
func Build(v meeting.PaperView, lang domain.Lang) Document {
	p, m := v.Paper, v.Meeting
	b := &builder{words: texts[lang], lang: lang, parties: map[domain.PartyID]domain.Text{}}
	d := Document{Lang: lang, Forum: b.span(p.Forum), Kind: b.Kinds[p.Kind], Number: fmt.Sprintf("%d/%d", p.Number, p.Year), Date: b.day(p.StartsAt)}
	if m.Status == meeting.Draft || m.Status == meeting.Called || m.Status == meeting.Cancelled {
		d.Kind = b.Agenda
	}
	d.Title = d.Kind + " " + d.Number + ", " + d.Forum.Text
	for _, x := range p.Parties {
		b.parties[x.ID] = x.Name
		if x.Principal {
			name, _ := x.Name.In(lang)
			d.Authors = append(d.Authors, name)
		}
	}
	switch {
	case m.Status == meeting.Cancelled:
		d.State = b.Cancelled
	case m.Status == meeting.Published && m.PublishedAt != nil:
		d.State = b.Published + " " + b.day(*m.PublishedAt)
	case m.ApprovedAt != nil:
		d.State = b.Approved + " " + b.day(*m.ApprovedAt)
	default:
		d.State = b.Draft
	}
	d.Version = b.PublicVersion
	if v.Audience == meeting.ForMembers {
		d.Version = b.InternalVersion
		for _, i := range p.Items {
			d.Secret = d.Secret || i.Internal
			for _, a := range i.Attachments {
				d.Secret = d.Secret || a.Internal
			}
		}
		if d.Secret {
			d.Version = b.SecretVersion
		}
	}
	b.head(p)
	b.attendance(p, m)
	for _, i := range p.Items {
		b.item(i)
		for _, a := range v.Amendments {
			if a.Place.ItemID == i.ID && a.Status == meeting.AmendmentPublished {
				b.amendment(a)
			}
		}
	}
	b.approvals(v)
	d.Blocks = b.out
	return d
}

func (b *builder) add(x Block) { b.out = append(b.out, x) }

// span is a text in the document's language, else in one that it has, with its
// language.
func (b *builder) span(t domain.Text) Span {
	s, lang := t.In(b.lang)
	if lang == b.lang {
		lang = ""
	}
	return Span{Text: s, Lang: lang}
}

// marked is a text with the remark that it is in another language only.
func (b *builder) marked(t domain.Text) Cell {
	s := b.span(t)
	if s.Lang == "" {
		return Cell{s}
	}
	return Cell{s, {Text: " (" + b.Only[s.Lang] + ")", Quiet: true}}
}

func (b *builder) heading(level int, id string, spans ...Span) {
	b.add(Block{Kind: Heading, Level: level, ID: id, Spans: spans})
}

func (b *builder) para(spans ...Span) { b.add(Block{Kind: Para, Spans: spans}) }

var numbered = regexp.MustCompile(`^(\d{1,3})[.)]\s+(.*)$`)

// body writes a text: lines are paragraphs, lines that begin with a number a
// list. A text in another language says so.
func (b *builder) body(t domain.Text) {
	s := b.span(t)
	if s.Lang != "" {
		b.para(Span{Text: b.Only[s.Lang] + ".", Quiet: true})
	}
	for line := range strings.SplitSeq(s.Text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if n := numbered.FindStringSubmatch(line); n != nil {
			no := 0
			_, _ = fmt.Sscan(n[1], &no)
			last := len(b.out) - 1
			if b.out[last].Kind != List || no != b.out[last].Start+len(b.out[last].Rows) {
				b.add(Block{Kind: List, Ordered: true, Start: no})
				last++
			}
			b.out[last].Rows = append(b.out[last].Rows, []Cell{{{Text: n[2], Lang: s.Lang}}})
			continue
		}
		b.para(Span{Text: line, Lang: s.Lang})
	}
}

func (b *builder) head(p meeting.Paper) {
	facts := [][]Cell{{plain(b.Time), plain(b.weekday(p.StartsAt) + " " + b.day(p.StartsAt) + b.clock(p.StartsAt) + "–" + b.hour(p.EndsAt))}}
	if p.StartedAt != nil && domain.DateOf(*p.StartedAt) == domain.DateOf(p.StartsAt) {
		facts = append(facts, []Cell{plain(b.Opened), plain(strings.TrimSpace(b.clock(*p.StartedAt)))})
	}
	if p.ClosedAt != nil && domain.DateOf(*p.ClosedAt) == domain.DateOf(p.StartsAt) {
		facts = append(facts, []Cell{plain(b.Closed), plain(strings.TrimSpace(b.clock(*p.ClosedAt)))})
	}
	if !p.Title.IsZero() {
		facts = append([][]Cell{{plain(b.Meeting), b.marked(p.Title)}}, facts...)
	}
	if !p.Place.IsZero() {
		facts = append(facts, []Cell{plain(b.Place), b.marked(p.Place)})
	}
	for _, c := range p.Cases {
		facts = append(facts, []Cell{plain(b.Case), b.caseOf(c)})
	}
	for _, x := range p.LegalBases {
		facts = append(facts, []Cell{plain(b.Basis), b.basis(x)})
	}
	if p.Internal {
		facts = append(facts, []Cell{plain(b.Secret), plain(b.ground(p.Ground))})
	}
	b.add(Block{Kind: Facts, Rows: facts})
}

// ground says why something is secret. The ground is kept in the language in
// which it was written; one of the offered ones is told in the paper's.
func (b *builder) ground(written string) string {
	return b.Ground + " " + domain.GroundIn(b.lang, written)
}

func plain(s string) Cell { return Cell{{Text: s}} }

func (b *builder) caseOf(c meeting.PaperCase) Cell {
	name, _ := b.parties[c.PartyID].In(b.lang)
	text := strings.Trim(name+" "+c.RegistryNo, " ")
	href := c.URLFI
	if b.lang == domain.Swedish && c.URLSV != "" || href == "" {
		href = c.URLSV
	}
	if text == "" {
		text = href
	}
	return Cell{{Text: text, Href: href}}
}

func (b *builder) basis(x meeting.PaperBasis) Cell {
	out := b.marked(x.Title)
	return append(out, Span{Text: strings.TrimRight(" ("+x.Act+") "+x.Section, " ")})
}

func (b *builder) attendance(p meeting.Paper, m meeting.Meeting) {
	b.heading(2, "", Span{Text: b.Participants})
	begun := m.StartedAt != nil
	for _, party := range p.Parties {
		name, _ := party.Name.In(b.lang)
		rows := [][]Cell{{plain(b.Post), plain(b.Task), plain(b.Presence)}}
		for _, x := range p.Participants {
			if x.PartyID != party.ID {
				continue
			}
			who := Cell{{Text: x.Guest}}
			if x.Guest == "" {
				who = Cell{b.span(x.Post)}
			}
			task := b.Roles[x.Role]
			if x.Inspector {
				task += ", " + b.Inspector
			}
			presence := Cell{{Text: b.Attendances[x.Attendance]}}
			if !begun {
				presence = plain("")
			}
			for _, v := range x.Movements {
				presence = append(presence, Span{Text: ", " + b.Movements[v.Kind] + b.clock(v.At)})
			}
			if x.SubstituteGuest != "" {
				who = append(who, Span{Text: ", " + b.Substitute + " " + x.SubstituteGuest})
			} else if !x.Substitute.IsZero() {
				who = append(who, Span{Text: ", " + b.Substitute + " "}, b.span(x.Substitute))
			}
			rows = append(rows, []Cell{who, plain(task), presence})
		}
		if len(rows) > 1 {
			b.add(Block{Kind: Table, Caption: name, Rows: rows, Widths: []int{50, 28, 22}})
		}
	}
	for _, n := range p.Named {
		did := b.NamedInspector
		if n.Role == meeting.ByChair {
			did = b.ActingChair
		}
		b.para(append(Cell{{Text: did + " "}}, append(b.post(n.Post), Span{Text: "."})...)...)
	}
	if !begun {
		return
	}
	if p.Quorum() {
		b.para(Span{Text: b.Quorum})
		return
	}
	var missing []string
	for _, x := range p.Parties {
		if x.Principal && !x.There {
			name, _ := x.Name.In(b.lang)
			missing = append(missing, name)
		}
	}
	b.para(Span{Text: b.NoQuorum + " " + strings.Join(missing, ", ") + "."})
}

func (b *builder) number(i meeting.PaperItem) string {
	if i.Section > 0 {
		return fmt.Sprintf("§ %d", i.Section)
	}
	if i.Label != "" {
		return i.Label
	}
	return fmt.Sprint(i.AgendaNo)
}

func (b *builder) item(i meeting.PaperItem) {
	if !i.Group.IsZero() {
		b.add(Block{Kind: Para, Spans: []Span{{Text: b.span(i.Group).Text, Lang: b.span(i.Group).Lang, Strong: true}}})
	}
	id := fmt.Sprintf("item-%d", i.AgendaNo)
	if i.Hidden {
		b.heading(2, id, Span{Text: b.number(i) + "  " + b.SecretItem})
		b.add(Block{Kind: Note, Spans: []Span{{Text: b.Secret + ". " + b.ground(i.Ground)}}})
		return
	}
	title := b.span(i.Title)
	b.heading(2, id, Span{Text: b.number(i) + "  "}, title)
	for _, other := range []domain.Lang{domain.Finnish, domain.Swedish} { // both official languages stand in the record
		if text, lang := i.Title.In(other); lang == other && other != b.lang && title.Lang != other {
			b.para(Span{Text: text, Lang: lang, Quiet: true})
		}
	}
	if i.Internal {
		b.add(Block{Kind: Note, Spans: []Span{{Text: b.Secret + ". " + b.ground(i.Ground)}}})
	}
	var facts [][]Cell
	if i.Section > 0 {
		facts = append(facts, []Cell{plain(b.AgendaNo), plain(first(i.Label, fmt.Sprint(i.AgendaNo)))})
	}
	if i.Presenter != nil {
		facts = append(facts, []Cell{plain(b.Presenter), b.post(*i.Presenter)})
	}
	if !i.Preparer.IsZero() {
		facts = append(facts, []Cell{plain(b.Preparer), b.marked(i.Preparer)})
	}
	for _, c := range i.Cases {
		facts = append(facts, []Cell{plain(b.Case), b.caseOf(c)})
	}
	for _, x := range i.LegalBases {
		facts = append(facts, []Cell{plain(b.Basis), b.basis(x)})
	}
	if len(facts) > 0 {
		b.add(Block{Kind: Facts, Rows: facts})
	}
	if len(i.Missing) > 0 {
		var missing []string
		for _, id := range i.Missing {
			name, _ := b.parties[id].In(b.lang)
			missing = append(missing, name)
		}
		b.add(Block{Kind: Note, Spans: []Span{{Text: b.ItemNoQuorum + " " + strings.Join(missing, ", ") + "."}}})
	}
	b.part(b.Parts[meeting.PartExplanation], i.Explanation)
	b.part(b.Parts[meeting.PartHeard], i.Heard)
	b.part(b.Parts[meeting.PartProposal], i.Proposal)
	b.part(b.Parts[meeting.PartProceedings], i.Proceedings)
	b.part(b.Parts[meeting.PartDecision], i.Decision)
	if !i.NotHandled.IsZero() {
		b.para(append([]Span{{Text: b.NotHandled + " "}}, b.marked(i.NotHandled)...)...)
	}
	b.outcomes(i)
	for _, x := range i.Dissents {
		b.heading(3, "", Span{Text: first(b.Dissents[x.Kind], b.Dissents["dissent"])})
		if !x.By.IsZero() {
			by := b.span(x.By)
			by.Strong = true
			b.para(by)
		}
		b.body(x.Text)
	}
	b.part(b.Parts[meeting.PartGoesOnTo], i.GoesOnTo)
	b.attachments(i)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (b *builder) post(p meeting.PaperPost) Cell {
	name, _ := b.parties[p.PartyID].In(b.lang)
	out := Cell{b.span(p.Title)}
	if name != "" {
		out = append(out, Span{Text: ", " + name})
	}
	return out
}

func (b *builder) part(name string, t domain.Text) {
	if t.IsZero() {
		return
	}
	b.heading(3, "", Span{Text: name})
	b.body(t)
}

func (b *builder) outcomes(i meeting.PaperItem) {
	if len(i.Outcomes) == 0 {
		return
	}
	b.heading(3, "", Span{Text: b.Outcomes})
	for _, o := range i.Outcomes {
		lead := fmt.Sprintf("%d. %s", o.No, b.OutcomeTypes[o.Type])
		if o.LateEntry {
			lead += " (" + b.LateEntry + ")"
		}
		b.para(Span{Text: lead, Strong: true})
		b.body(o.Text)
		if o.To != nil || !o.ToWhom.IsZero() {
			to := b.marked(o.ToWhom)
			if o.To != nil {
				to = b.post(*o.To)
			}
			b.para(append([]Span{{Text: b.ToWhom + " "}}, to...)...)
		}
		if !o.DueOn.IsZero() {
			b.para(Span{Text: b.Due + ": " + b.date(o.DueOn.StartOfDay().In(domain.Helsinki))})
		}
		if !o.NoActionReason.IsZero() {
			b.para(append([]Span{{Text: b.NoAction + " "}}, b.marked(o.NoActionReason)...)...)
		}
		if len(o.Actions) == 0 {
			continue
		}
		rows := [][]Cell{{plain(b.Action), plain(b.Lead), plain(b.Due)}}
		for _, a := range o.Actions {
			if a.Internal && a.No == 0 {
				rows = append(rows, []Cell{plain(b.SecretAction + ". " + b.ground(a.Ground)), plain(""), plain("")})
				continue
			}
			lead := plain(b.Nobody)
			if a.Lead != nil {
				lead = b.post(*a.Lead)
				if words := b.Unagreed[a.Unagreed]; words != "" {
					lead = append(lead, Span{Text: " (" + words + ")"})
				}
			}
			rows = append(rows, []Cell{append(Cell{{Text: fmt.Sprintf("%d. ", a.No)}}, b.marked(a.Title)...), lead, plain(b.due(a))})
		}
		b.add(Block{Kind: Table, Caption: b.Actions, Rows: rows, Widths: []int{48, 34, 18}})
	}
}

func (b *builder) attachments(i meeting.PaperItem) {
	if len(i.Attachments) == 0 {
		return
	}
	b.heading(3, "", Span{Text: b.Attachments})
	list := Block{Kind: List}
	for _, a := range i.Attachments {
		if a.Hidden {
			list.Rows = append(list.Rows, []Cell{plain(fmt.Sprintf("%s %d: %s. %s", b.Attachment, a.No, b.Secret, b.ground(a.Ground)))})
			continue
		}
		cell := append(Cell{{Text: fmt.Sprintf("%s %d: ", b.Attachment, a.No)}}, b.marked(a.Title)...)
		if a.File != "" {
			cell = append(cell, Span{Text: " (" + a.File + ")", Quiet: true})
		}
		if a.URL != "" {
			cell = append(cell, Span{Text: " "}, Span{Text: a.URL, Href: a.URL})
		}
		if a.Internal {
			cell = append(cell, Span{Text: ". " + b.Secret + ". " + b.ground(a.Ground)})
		}
		list.Rows = append(list.Rows, []Cell{cell})
	}
	b.add(list)
}

func (b *builder) amendment(a meeting.Amendment) {
	from := len(b.out)
	head := fmt.Sprintf("%s %d", b.Amendment, a.No)
	if a.PublishedAt != nil {
		head += ", " + b.day(*a.PublishedAt)
	}
	b.heading(3, fmt.Sprintf("amendment-%d", a.No), Span{Text: head})
	if a.Hidden {
		b.add(Block{Kind: Note, Spans: []Span{{Text: b.Secret + ". " + b.ground(a.Ground)}}})
	} else {
		rows := [][]Cell{{plain(b.Where), plain(b.Was), plain(b.Becomes)}}
		for _, lang := range domain.Langs {
			was, becomes := exactly(a.Was, lang), exactly(a.Becomes, lang)
			if was == "" && becomes == "" {
				continue
			}
			mark := lang
			if lang == b.lang {
				mark = ""
			}
			rows = append(rows, []Cell{plain(b.Parts[a.Part] + ", " + b.Langs[lang]), {{Text: first(was, "–"), Lang: mark}}, {{Text: first(becomes, "–"), Lang: mark}}})
		}
		b.add(Block{Kind: Table, Caption: head, Rows: rows, Widths: []int{24, 38, 38}})
		b.para(append([]Span{{Text: b.Reason + " "}}, b.marked(a.Reason)...)...)
	}
	for i := from; i < len(b.out); i++ {
		b.out[i].Amends = true
	}
}

func exactly(t domain.Text, lang domain.Lang) string {
	switch lang {
	case domain.Swedish:
		return t.SV
	case domain.English:
		return t.EN
	default:
		return t.FI
	}
}

func (b *builder) approvals(v meeting.PaperView) {
	m := v.Meeting
	waits := m.Status == meeting.Closed
	if waits || m.ApprovedAt != nil {
		rows := [][]Cell{{plain(b.Post), plain(b.Task), plain(b.Approved)}}
		for _, w := range m.Approvers() {
			when := b.Waiting
			for _, a := range m.Approvals {
				if a.PostID == w.PostID && a.Role == w.Role && (!waits || v.Approves == "" || a.PaperHash == v.Approves) {
					when = b.day(a.ApprovedAt) + b.clock(a.ApprovedAt)
				}
			}
			rows = append(rows, []Cell{b.post(v.Posts[w.PostID]), plain(b.ApprovalRoles[w.Role]), plain(when)})
		}
		b.heading(2, "approval", Span{Text: b.Approval})
		b.add(Block{Kind: Table, Caption: b.ApprovedBy, Rows: rows, Widths: []int{52, 20, 28}})
	}
	if v.FrozenAt != nil {
		b.para(Span{Text: b.Frozen + " " + b.day(*v.FrozenAt) + b.clock(*v.FrozenAt) + ". " + b.Fingerprint + " "}, Span{Text: v.Hash, Quiet: true})
	}
}

func (b *builder) day(t time.Time) string { return b.date(t.In(domain.Helsinki)) }

func (b *builder) date(t time.Time) string {
	if b.lang == domain.English {
		return t.Format("2 January 2006")
	}
	return t.Format("2.1.2006")
}

func (b *builder) weekday(t time.Time) string { return b.Weekdays[t.In(domain.Helsinki).Weekday()] }

func (b *builder) hour(t time.Time) string {
	if b.lang == domain.English {
		return t.In(domain.Helsinki).Format("15:04")
	}
	return strings.TrimPrefix(t.In(domain.Helsinki).Format("15.04"), "0")
}

func (b *builder) clock(t time.Time) string { return b.At + b.hour(t) }

func (b *builder) due(a meeting.PaperAction) string {
	if a.DueOn.IsZero() {
		return "–"
	}
	t := a.DueOn.StartOfDay().In(domain.Helsinki)
	switch a.Precision {
	case domain.Year:
		return fmt.Sprint(t.Year())
	case domain.Quarter:
		return fmt.Sprintf("Q%d/%d", (int(t.Month())+2)/3, t.Year())
	case domain.Month:
		if b.lang == domain.English {
			return t.Format("January 2006")
		}
		return t.Format("1/2006")
	default:
		return b.date(t)
	}
}
