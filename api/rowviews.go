package api

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/responsibility"
	"yhdyspinta/domain/round"
)

// What follows are the rows of lists whose answers are more than one list, and the
// cells of views that have no name.

func (w MyWork) fileRows() any { return w.Waiting }

func (c SinceCall) fileRows() any { return c.Changes }

func (c CarryOver) fileRows() any { return c.Goals }

func (d PostDuties) fileRows() any {
	rows := []Duty{}
	for _, g := range d.Groups {
		rows = append(rows, g.Items...)
	}
	return rows
}

func (r SearchResult) fileRows() any {
	rows := []SearchHit{}
	for _, g := range r.Groups {
		rows = append(rows, g.Items...)
	}
	return rows
}

// missingTranslation is a thing that lacks a language, with what it is.
type missingTranslation struct {
	Kind domain.SubjectKind `json:"kind"`
	MissingTranslation
}

func (m MissingTranslations) fileRows() any {
	rows := []missingTranslation{}
	for _, k := range m.Kinds {
		for _, i := range k.Items {
			rows = append(rows, missingTranslation{k.Kind, i})
		}
	}
	return rows
}

// responsibleOnLine is one part that was in force on a day, and who held the post.
type responsibleOnLine struct {
	Subject   SubjectRef              `json:"subject"`
	Post      PostRef                 `json:"post"`
	Part      domain.Part             `json:"part" enum:"lead"`
	Wording   Text                    `json:"wording"`
	ValidFrom string                  `json:"validFrom" format:"date"`
	ValidTo   string                  `json:"validTo" format:"date"`
	Standing  domain.Standing         `json:"standing" enum:"proposed"`
	Bound     bool                    `json:"bound"`
	Holders   []HolderOn              `json:"holders"`
	Changed   []responsibility.Change `json:"changed" enum:"post"`
	NowPost   *PostRef                `json:"nowPost"`
}

func (r ResponsibleOn) fileRows() any {
	rows := make([]responsibleOnLine, len(r.Items))
	for i, it := range r.Items {
		t := it.Then
		rows[i] = responsibleOnLine{t.Subject, t.Post, t.Part, t.Wording, t.ValidFrom, t.ValidTo, t.Standing, it.Bound, it.Holders, it.Changed, nil}
		if it.Now != nil {
			rows[i].NowPost = &it.Now.Post
		}
	}
	return rows
}

// roundComparedLine is what one party reported in one round.
type roundComparedLine struct {
	Level      round.Level       `json:"level" enum:"action"`
	No         int               `json:"no"`
	Title      Text              `json:"title"`
	Visibility domain.Visibility `json:"visibility" enum:"public"`
	Round      Text              `json:"round"`
	PartyID    domain.PartyID    `json:"partyId"`
	Reported   RoundCell         `json:"reported"`
}

func (c RoundComparison) fileRows() any {
	rows := []roundComparedLine{}
	for _, i := range c.Items {
		for r, cells := range i.Cells {
			for p, cell := range cells {
				rows = append(rows, roundComparedLine{i.Level, i.No, i.Title, i.Visibility, c.Rounds[r].Title, c.Parties[p], cell})
			}
		}
	}
	return rows
}

// balanceLine is what one party has in one group on one day.
type balanceLine struct {
	On      domain.Date    `json:"on" format:"date"`
	Group   *MatrixGroup   `json:"group,omitempty"`
	PartyID domain.PartyID `json:"partyId"`
	Figures BalanceFigures `json:"figures"`
}

func (b Balance) fileRows() any {
	rows := []balanceLine{}
	for _, r := range b.Rows {
		for i, day := range b.Days {
			rows = append(rows, balanceLine{day, r.Group, r.PartyID, r.Figures[i]})
		}
	}
	return rows
}

// paperCommentLine is a comment on a paper or a reply to one.
type paperCommentLine struct {
	AgendaNo int       `json:"agendaNo"`
	Part     string    `json:"part" enum:"title"`
	Quote    string    `json:"quote"`
	Kind     string    `json:"kind" enum:"comment"`
	Post     PostRef   `json:"post"`
	Text     string    `json:"text"`
	At       time.Time `json:"at"`
	Resolved bool      `json:"resolved"`
	Outdated bool      `json:"outdated"`
}

func (c PaperComments) fileRows() any {
	rows := []paperCommentLine{}
	for _, t := range c.Threads {
		line := paperCommentLine{AgendaNo: t.AgendaNo, Part: string(t.Part), Quote: t.Quote, Kind: "comment", Post: t.Said.Post, Text: t.Said.Text, At: t.Said.At, Resolved: t.Resolved, Outdated: t.Outdated}
		rows = append(rows, line)
		for _, r := range t.Replies {
			line.Kind, line.Post, line.Text, line.At = string(r.Kind), r.Said.Post, r.Said.Text, r.Said.At
			rows = append(rows, line)
		}
	}
	return rows
}

// handlingLine is one item in which a case was handled.
type handlingLine struct {
	Meeting  MeetingName `json:"meeting"`
	Title    Text        `json:"title"`
	Decision Text        `json:"decision"`
}

func (c Case) fileRows() any {
	rows := make([]handlingLine, len(c.Handlings))
	for i, h := range c.Handlings {
		rows[i] = handlingLine{h.Meeting, h.Item.Title, h.Item.Decision}
	}
	return rows
}

func (t SearchText) fileText(fileWords) string {
	var b strings.Builder
	for _, s := range t.Segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

func (r ResponsibilityItem) fileText(w fileWords) string {
	return w.viewName(reflect.ValueOf(r.Subject)) + ": " + Responsibility{Post: r.Post, Part: r.Part}.fileText(w)
}

func (d DraftSummary) fileText(w fileWords) string { return w.viewName(reflect.ValueOf(d.Subject)) }

func (r ReferralEntry) fileText(w fileWords) string {
	return w.viewName(reflect.ValueOf(r.Item)) + ": " + r.Referral.fileText(w)
}

func (r Referral) fileText(w fileWords) string {
	to := ""
	if r.To != nil {
		to = w.in(r.To.Title)
	}
	return w.in(r.From.Title) + " → " + to
}

func (a Agreement) fileText(w fileWords) string { return w.fieldsOf(reflect.ValueOf(a)) }

func (f Freshness) fileText(fileWords) string { return fmt.Sprintf("%d / %d", f.Target, f.Limit) }

func (c HandoverTerms) fileText(w fileWords) string { return w.fieldsOf(reflect.ValueOf(c)) }

func (d Discussion) fileText(fileWords) string { return strconv.Itoa(d.Comments) }

func (r Responsibility) fileText(w fileWords) string {
	return matrixTexts[w.lang].parts[r.Part] + ": " + w.post(r.Post.PartyID, r.Post.Title)
}

// changesOf are the changes of an entry of the log, with the names of what their ids
// name.
func changesOf(w fileWords, row reflect.Value) any {
	e := row.Interface().(AuditEntry)
	all := make([]string, len(e.Changes))
	for i, c := range e.Changes {
		if c.Secret {
			all[i] = c.Field
			continue
		}
		all[i] = c.Field + ": " + w.logged(e, c.Old) + " → " + w.logged(e, c.New)
	}
	return list(all)
}

// logged is a value of the log in words.
func (w fileWords) logged(e AuditEntry, value any) string {
	switch v := value.(type) {
	case nil:
		return "–"
	case string:
		if l, ok := e.Labels[v]; ok {
			return w.in(l.Title)
		}
		return v
	case []any:
		all := make([]string, len(v))
		for i, one := range v {
			all[i] = w.logged(e, one)
		}
		return strings.Join(all, ", ")
	case bool:
		return w.in(yesNo[v])
	case float64, int, json.Number:
		return fmt.Sprint(v)
	}
	b, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(b)
}

// rowValuesOf are the cells of columns that the fields alone do not tell, by list and key.
var rowValuesOf = map[string]func(fileWords, reflect.Value) any{
	"listAuditEntries:changes": changesOf,
	"getChain:stages":          stagesOf,
	"listChains:stages":        stagesOf,
}
