package meeting

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Paper is the memo or the minutes of a meeting as they stand: everything that
// they say, in all languages. It is drafted from what was recorded, never typed,
// so that the paper and the record cannot differ. The tags are the form that is
// hashed and kept: a field that is added is left out while it is empty.
type Paper struct {
	Kind         string             `json:"kind"` // memo or minutes
	MeetingID    domain.MeetingID   `json:"meetingId"`
	Forum        domain.Text        `json:"forum"`
	Year         int                `json:"year"`
	Number       int                `json:"number"`
	Title        domain.Text        `json:"title,omitzero"`
	Place        domain.Text        `json:"place,omitzero"`
	StartsAt     time.Time          `json:"startsAt"`
	EndsAt       time.Time          `json:"endsAt"`
	StartedAt    *time.Time         `json:"startedAt,omitempty"`
	ClosedAt     *time.Time         `json:"closedAt,omitempty"`
	Internal     bool               `json:"internal,omitempty"` // never public
	Ground       string             `json:"ground,omitempty"`
	LegalBases   []PaperBasis       `json:"legalBases,omitempty"`
	Cases        []PaperCase        `json:"cases,omitempty"`
	Parties      []PaperParty       `json:"parties"` // that take part, principal ones first
	Participants []PaperParticipant `json:"participants"`
	Named        []PaperNamed       `json:"named,omitempty"`
	Items        []PaperItem        `json:"items"`
}

// PaperParty is a party that takes part.
type PaperParty struct {
	ID        domain.PartyID `json:"id"`
	Name      domain.Text    `json:"name"`
	Principal bool           `json:"principal,omitempty"` // without it there is no quorum
	There     bool           `json:"there,omitempty"`     // its chair or a member, or who took their place, was there
}

// PaperParticipant is who was invited, and whether they came.
type PaperParticipant struct {
	PartyID    domain.PartyID `json:"partyId"`
	Post       domain.Text    `json:"post,omitzero"`
	Guest      string         `json:"guest,omitempty"`
	Role       Role           `json:"role"`
	Inspector  bool           `json:"inspector,omitempty"`
	Attendance Attendance     `json:"attendance"`
	// Who took their place, as a post or in words.
	Substitute      domain.Text     `json:"substitute,omitzero"`
	SubstituteGuest string          `json:"substituteGuest,omitempty"`
	Movements       []PaperMovement `json:"movements,omitempty"`
}

// PaperNamed is a post that was named for this meeting: who chaired in the place
// of the chair, or who inspects without being a participant under that post.
type PaperNamed struct {
	Role ApprovalRole `json:"role"`
	Post PaperPost    `json:"post"`
}

// PaperMovement is coming or leaving while the meeting went on.
type PaperMovement struct {
	Kind     MovementKind `json:"kind"`
	At       time.Time    `json:"at"`
	AgendaNo int          `json:"agendaNo,omitempty"` // of the matter in hand
}

// PaperBasis is a statute that something rests on.
type PaperBasis struct {
	Act     string      `json:"act"`
	Section string      `json:"section,omitempty"`
	Title   domain.Text `json:"title"`
}

// PaperCase is a case in a party's own registry.
type PaperCase struct {
	PartyID    domain.PartyID `json:"partyId"`
	RegistryNo string         `json:"registryNo,omitempty"`
	URLFI      string         `json:"urlFi,omitempty"`
	URLSV      string         `json:"urlSv,omitempty"`
}

// PaperPost is a post with its party.
type PaperPost struct {
	Title   domain.Text    `json:"title"`
	PartyID domain.PartyID `json:"partyId"`
}

// PaperItem is one matter. A hidden one, in the public paper, tells its numbers
// and the ground for hiding it, and nothing else.
type PaperItem struct {
	ID          domain.AgendaItemID `json:"id"`
	AgendaNo    int                 `json:"agendaNo"`
	Label       string              `json:"label,omitempty"` // its place in words where a number does not tell it, e.g. 4.1
	Section     int                 `json:"section,omitempty"`
	Group       domain.Text         `json:"group,omitzero"` // heading of the part of the agenda that begins with it
	Internal    bool                `json:"internal,omitempty"`
	Ground      string              `json:"ground,omitempty"`
	Hidden      bool                `json:"hidden,omitempty"`
	Missing     []domain.PartyID    `json:"missing,omitempty"` // principal parties of whom nobody who decides was there when it was settled
	Title       domain.Text         `json:"title,omitzero"`
	Presenter   *PaperPost          `json:"presenter,omitempty"`
	Preparer    domain.Text         `json:"preparer,omitzero"`
	LegalBases  []PaperBasis        `json:"legalBases,omitempty"`
	Cases       []PaperCase         `json:"cases,omitempty"`
	Explanation domain.Text         `json:"explanation,omitzero"`
	Heard       domain.Text         `json:"heard,omitzero"`
	Proposal    domain.Text         `json:"proposal,omitzero"`
	Proceedings domain.Text         `json:"proceedings,omitzero"`
	Decision    domain.Text         `json:"decision,omitzero"`
	NotHandled  domain.Text         `json:"notHandled,omitzero"` // why the meeting did not handle it
	Outcomes    []PaperOutcome      `json:"outcomes,omitempty"`
	Dissents    []PaperDissent      `json:"dissents,omitempty"`
	GoesOnTo    domain.Text         `json:"goesOnTo,omitzero"`
	Attachments []PaperAttachment   `json:"attachments,omitempty"`
}

// PaperOutcome is what came of a matter.
type PaperOutcome struct {
	ID             domain.OutcomeID `json:"id"`
	No             int              `json:"no"`
	Type           OutcomeType      `json:"type"`
	Text           domain.Text      `json:"text"`
	To             *PaperPost       `json:"to,omitempty"`    // of an assignment or recommendation: to whom
	ToWhom         domain.Text      `json:"toWhom,omitzero"` // the same in words
	DueOn          domain.Date      `json:"dueOn,omitzero"`
	NoActionReason domain.Text      `json:"noActionReason,omitzero"`
	LateEntry      bool             `json:"lateEntry,omitempty"`
	Actions        []PaperAction    `json:"actions,omitempty"`
}

// PaperAction is an action that followed, as it was when the meeting was closed.
type PaperAction struct {
	No        int              `json:"no"`
	Title     domain.Text      `json:"title,omitzero"`
	Lead      *PaperPost       `json:"lead,omitempty"`
	Unagreed  domain.Standing  `json:"unagreed,omitempty"` // proposed or declined: the lead was not agreed then; empty if it was in force
	DueOn     domain.Date      `json:"dueOn,omitzero"`
	Precision domain.Precision `json:"precision,omitempty"`
	Internal  bool             `json:"internal,omitempty"` // beyond the publication of the paper
	Ground    string           `json:"ground,omitempty"`
}

// PaperDissent is an opinion that differs from what was decided.
type PaperDissent struct {
	By   domain.Text `json:"by,omitzero"`
	Kind string      `json:"kind,omitempty"` // dissent or reservation
	Text domain.Text `json:"text"`
}

// PaperAttachment is a file or link that belongs to a matter. A hidden one, in
// the public paper, tells its number and ground.
type PaperAttachment struct {
	No       int         `json:"no"`
	Title    domain.Text `json:"title,omitzero"`
	File     string      `json:"file,omitempty"` // name of the file
	Hash     string      `json:"hash,omitempty"` // SHA-256 of the file
	URL      string      `json:"url,omitempty"`
	Internal bool        `json:"internal,omitempty"`
	Ground   string      `json:"ground,omitempty"`
	Hidden   bool        `json:"hidden,omitempty"`
}

// PaperSources are what a paper says of things that are not the meeting's own.
type PaperSources struct {
	Parties []PaperParty // of whom somebody takes part, principal ones first
	Bases   map[domain.LegalBasisID]PaperBasis
	Actions map[domain.OutcomeID][]PaperAction // as they were when the meeting was closed
}

// DraftPaper writes the paper of a meeting from what was recorded. items are all
// of them: nothing is hidden in it.
func DraftPaper(m Meeting, items []AgendaItem, from PaperSources) Paper {
	p := Paper{Kind: "memo", MeetingID: m.ID, Forum: m.Forum.Title, Year: m.Year, Number: m.Number, Title: m.Title, Place: m.Place,
		StartsAt: utc(m.StartsAt), EndsAt: utc(m.EndsAt), StartedAt: utcOf(m.StartedAt), ClosedAt: utcOf(m.ClosedAt), Internal: m.Visibility == domain.Internal,
		Ground: m.VisibilityGround, LegalBases: from.bases(m.References), Cases: paperCases(m.References), Parties: slices.Clone(from.Parties),
		Participants: []PaperParticipant{}, Items: []PaperItem{}}
	if m.Forum.Minutes {
		p.Kind = "minutes"
	}
	if p.Parties == nil {
		p.Parties = []PaperParty{}
	}
	for _, x := range m.Participants {
		one := PaperParticipant{PartyID: x.PartyID, Post: x.Title, Guest: x.Guest, Role: x.Role, Inspector: x.Inspector, Attendance: x.Attendance,
			Substitute: x.SubstituteTitle, SubstituteGuest: x.Substitute}
		for _, v := range x.Movements {
			one.Movements = append(one.Movements, PaperMovement{v.Kind, utc(v.At), v.AgendaNo})
		}
		p.Participants = append(p.Participants, one)
		for i := range p.Parties {
			p.Parties[i].There = p.Parties[i].There || p.Parties[i].ID == x.PartyID && x.Decides() && x.Attended()
		}
	}
	for _, n := range m.Named {
		p.Named = append(p.Named, PaperNamed{n.Role, PaperPost{n.Title, n.PartyID}})
	}
	group := domain.Text{}
	for _, i := range items {
		if i.Kind == Heading { // an internal one is in no paper: it may tell what is confidential
			if group = i.Title; i.Visibility == domain.Internal {
				group = domain.Text{}
			}
			continue
		}
		item := from.item(i)
		item.Group, group = group, domain.Text{}
		item.Missing, _ = m.MissingAt(i)
		p.Items = append(p.Items, item)
	}
	return p
}

// utcOf is an instant in the one form in which it is hashed.
func utcOf(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := utc(*t)
	return &u
}

func (from PaperSources) item(i AgendaItem) PaperItem {
	out := PaperItem{ID: i.ID, AgendaNo: i.AgendaNo, Section: i.Section, Internal: i.Visibility == domain.Internal, Ground: i.VisibilityGround,
		Title: i.Title, Preparer: i.Preparer, LegalBases: from.bases(i.References), Cases: paperCases(i.References), Explanation: i.Explanation,
		Heard: i.Heard, Proposal: i.Proposal, Proceedings: i.Proceedings, Decision: i.Decision, NotHandled: i.NotHandled, GoesOnTo: i.GoesOnTo}
	if !i.PresenterID.IsZero() {
		out.Presenter = &PaperPost{i.PresenterTitle, i.PresenterParty}
	}
	if i.SubNo > 0 {
		out.Label = fmt.Sprintf("%d.%d", i.AgendaNo, i.SubNo)
	}
	for _, o := range i.Outcomes {
		one := PaperOutcome{ID: o.ID, No: o.No, Type: o.Type, Text: o.Text, ToWhom: o.ToWhom, DueOn: o.DueOn, NoActionReason: o.NoActionReason,
			LateEntry: o.LateEntry, Actions: from.Actions[o.ID]}
		if !o.ToPostID.IsZero() {
			one.To = &PaperPost{o.ToPostTitle, o.ToPostParty}
		}
		out.Outcomes = append(out.Outcomes, one)
		for _, d := range o.Dissents {
			if d.WithdrawnAt != nil {
				continue
			}
			by := d.PostTitle
			if d.PostID.IsZero() {
				for _, p := range from.Parties {
					if p.ID == d.PartyID {
						by = p.Name
					}
				}
			}
			out.Dissents = append(out.Dissents, PaperDissent{By: by, Kind: string(d.Kind), Text: d.Text})
		}
	}
	for _, a := range i.Attachments {
		if a.RemovedAt != nil || len(a.Files) == 0 {
			continue
		}
		f := a.Files[len(a.Files)-1]
		out.Attachments = append(out.Attachments, PaperAttachment{No: len(out.Attachments) + 1, Title: a.Title, File: f.Name, Hash: f.SHA256,
			Internal: a.Visibility == domain.Internal, Ground: a.VisibilityGround})
	}
	for _, l := range i.Links {
		out.Attachments = append(out.Attachments, PaperAttachment{No: len(out.Attachments) + 1, Title: l.Title, URL: l.URL})
	}
	return out
}

func (from PaperSources) bases(r domain.References) (out []PaperBasis) {
	for _, id := range r.LegalBases {
		if b, ok := from.Bases[id]; ok {
			out = append(out, b)
		}
	}
	return out
}

func paperCases(r domain.References) (out []PaperCase) {
	for _, c := range r.Cases {
		out = append(out, PaperCase{c.PartyID, c.RegistryNo, c.URLFI, c.URLSV})
	}
	return out
}

// Content is the paper in the form that is hashed and kept.
func (p Paper) Content() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(p); err != nil {
		panic(err) // a Paper holds nothing that JSON does not know
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// ReadPaper reads a paper from its content.
func ReadPaper(content []byte) (p Paper, err error) {
	err = json.Unmarshal(content, &p)
	return p, err
}

// HashOf is the SHA-256 of a content in hexadecimal.
func HashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Hash is the SHA-256 of the paper's content: what an approval names.
func (p Paper) Hash() string { return HashOf(p.Content()) }

// Public is the paper as everybody may read it once it is published: of what is
// confidential its numbers and ground (Act on the Openness of Government
// Activities 621/1999, section 10), nothing else.
func (p Paper) Public() Paper {
	p.Items = slices.Clone(p.Items)
	for n, i := range p.Items {
		if i.Internal {
			p.Items[n] = PaperItem{ID: i.ID, AgendaNo: i.AgendaNo, Label: i.Label, Section: i.Section, Group: i.Group, Internal: true, Ground: i.Ground, Hidden: true}
			continue
		}
		p.Items[n].Outcomes = slices.Clone(i.Outcomes)
		for o := range p.Items[n].Outcomes {
			actions := slices.Clone(p.Items[n].Outcomes[o].Actions)
			for a, x := range actions {
				if x.Internal {
					actions[a] = PaperAction{Internal: true, Ground: x.Ground}
				}
			}
			p.Items[n].Outcomes[o].Actions = actions
		}
		p.Items[n].Attachments = slices.Clone(i.Attachments)
		for a, x := range i.Attachments {
			if x.Internal {
				p.Items[n].Attachments[a] = PaperAttachment{No: x.No, Internal: true, Ground: x.Ground, Hidden: true}
			}
		}
	}
	return p
}

// Quorum reports whether the chair, a member or a substitute of each principal
// party was there.
func (p Paper) Quorum() bool {
	return !slices.ContainsFunc(p.Parties, func(x PaperParty) bool { return x.Principal && !x.There })
}

// Part names a text of a matter.
type Part string

// The parts that passages are of.
const (
	PartTitle       Part = "title"
	PartExplanation Part = "explanation"
	PartHeard       Part = "heard"
	PartProposal    Part = "proposal"
	PartProceedings Part = "proceedings"
	PartDecision    Part = "decision"
	PartGoesOnTo    Part = "goes_on_to"
	PartOutcome     Part = "outcome" // the text of one outcome
)

// Parts lists them in their order on paper.
var Parts = []Part{PartTitle, PartExplanation, PartHeard, PartProposal, PartProceedings, PartDecision, PartOutcome, PartGoesOnTo}

// Place is a text of the paper: a part of a matter, or the text of one of its
// outcomes.
type Place struct {
	ItemID    domain.AgendaItemID `audit:"track"`
	OutcomeID domain.OutcomeID    `audit:"track"` // zero unless Part is PartOutcome
	Part      Part                `audit:"track"`
}

// Text is what the paper says at a place, and the matter; false if it has no
// such place.
func (p Paper) Text(at Place) (domain.Text, PaperItem, bool) {
	n := slices.IndexFunc(p.Items, func(i PaperItem) bool { return i.ID == at.ItemID })
	if n < 0 {
		return domain.Text{}, PaperItem{}, false
	}
	i := p.Items[n]
	if at.Part == PartOutcome {
		o := slices.IndexFunc(i.Outcomes, func(o PaperOutcome) bool { return o.ID == at.OutcomeID })
		if o < 0 {
			return domain.Text{}, i, false
		}
		return i.Outcomes[o].Text, i, true
	}
	texts := map[Part]domain.Text{PartTitle: i.Title, PartExplanation: i.Explanation, PartHeard: i.Heard, PartProposal: i.Proposal,
		PartProceedings: i.Proceedings, PartDecision: i.Decision, PartGoesOnTo: i.GoesOnTo}
	text, ok := texts[at.Part]
	return text, i, ok && at.OutcomeID.IsZero()
}

// MissingText is a place that has a text, but not in one of the languages.
type MissingText struct {
	Place
	AgendaNo int
	Label    string
}

// Missing lists the places of the paper whose text is missing in a language.
func (p Paper) Missing(lang domain.Lang) (out []MissingText) {
	for _, i := range p.Items {
		add := func(at Place, t domain.Text) {
			if slices.Contains(t.Missing(), lang) {
				out = append(out, MissingText{at, i.AgendaNo, i.Label})
			}
		}
		for _, part := range Parts {
			at := Place{ItemID: i.ID, Part: part}
			if part != PartOutcome {
				t, _, _ := p.Text(at)
				add(at, t)
				continue
			}
			for _, o := range i.Outcomes {
				at.OutcomeID = o.ID
				add(at, o.Text)
			}
		}
	}
	return out
}

// Frozen is a paper that was approved, as it was then. It never changes.
type Frozen struct {
	ID            domain.PaperID   `audit:"ignore"`
	MeetingID     domain.MeetingID `audit:"ignore"`
	Hash          string           `audit:"track"`
	Content       []byte           `audit:"ignore"` // hashes to Hash
	PublicHash    string           `audit:"track"`
	PublicContent []byte           `audit:"ignore"` // hashes to PublicHash
	FrozenAt      time.Time        `audit:"ignore"`
}

// Freeze keeps a paper.
func Freeze(id domain.PaperID, p Paper, now time.Time) Frozen {
	f := Frozen{ID: id, MeetingID: p.MeetingID, Content: p.Content(), PublicContent: p.Public().Content(), FrozenAt: now}
	f.Hash, f.PublicHash = HashOf(f.Content), HashOf(f.PublicContent)
	return f
}

// Return is the word of a post whose approval is asked that the paper needs
// work, of exactly one paper. Nothing is taken back: an approval or another
// paper comes after it.
type Return struct {
	ID         domain.PaperReturnID `audit:"ignore"`
	MeetingID  domain.MeetingID     `audit:"ignore"`
	PostID     domain.PostID        `audit:"track"`
	PartyID    domain.PartyID       `audit:"ignore"`
	Role       ApprovalRole         `audit:"track"`
	PaperHash  string               `audit:"track"`
	Reason     string               `audit:"ignore"` // the entry has it as its reason
	Lang       domain.Lang          `audit:"ignore"` // that the reason is in
	ReturnedAt time.Time            `audit:"ignore"`
	Post       domain.Text          `audit:"ignore"` // title; filled by storage
}

// Return gives the paper with this hash back to the secretary with a reason.
// Only who is asked to approve it, and has not, does.
func (m Meeting) Return(id domain.PaperReturnID, actor domain.Actor, hash, reason string, lang domain.Lang, now time.Time) (Return, error) {
	role, err := m.asked(actor.PostID, domain.PaperReturn)
	if err != nil {
		return Return{}, err
	}
	m.Approvals = slices.Clone(m.Approvals)
	m.outdate(hash)
	if m.approved(actor.PostID, role) {
		return Return{}, domain.Conflict("already_approved", string(m.Status), "this post has approved this paper")
	}
	var v domain.Violations
	v.Require(reason != "", "/reason")
	if len([]rune(reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
	if !slices.Contains(domain.Langs, lang) {
		v.Add("/lang", "not_allowed")
	}
	return Return{ID: id, MeetingID: m.ID, PostID: actor.PostID, PartyID: actor.PartyID, Role: role, PaperHash: hash, Reason: reason, Lang: lang, ReturnedAt: now}, v.Err()
}
