package round

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"yhdyspinta/domain"
)

// Snapshot is a completed round in the form that is hashed and kept: everything that
// was asked and said, in all languages, readable without anything else. A field that
// is added is left out while it is empty, so that what was kept reads as before.
type Snapshot struct {
	Format      string               `json:"format"` // yhdyspinta-round/1
	RoundID     domain.RoundID       `json:"roundId"`
	Key         string               `json:"key"`
	Kind        Kind                 `json:"kind"`
	Title       domain.Text          `json:"title"`
	Plan        SnapshotPlan         `json:"plan"`
	PeriodFrom  domain.Date          `json:"periodFrom"`
	PeriodTo    domain.Date          `json:"periodTo"`
	OpensOn     domain.Date          `json:"opensOn"`
	Levels      []Due                `json:"levels"`
	FrozenAt    time.Time            `json:"frozenAt"`
	Parties     []SnapshotParty      `json:"parties"` // the principal ones
	Completions []SnapshotCompletion `json:"completions"`
	Rows        []SnapshotRow        `json:"rows"`
	// Withheld says that rows or texts that only people with a role read are left out.
	Withheld bool `json:"withheld,omitempty"`
}

// SnapshotPlan names the plan.
type SnapshotPlan struct {
	ID    domain.PlanID `json:"id"`
	Key   string        `json:"key"`
	Title domain.Text   `json:"title"`
}

// SnapshotParty names a principal party.
type SnapshotParty struct {
	ID   domain.PartyID `json:"id"`
	Key  string         `json:"key"`
	Name domain.Text    `json:"name"`
}

// SnapshotCompletion is a party's word that its side is complete.
type SnapshotCompletion struct {
	PartyID     domain.PartyID `json:"partyId"`
	Post        domain.Text    `json:"post,omitzero"`
	Note        domain.Text    `json:"note,omitzero"`
	CompletedAt time.Time      `json:"completedAt"`
}

// SnapshotRow is one report that the round asked for.
type SnapshotRow struct {
	Level      Level          `json:"level"`
	ID         domain.AnyID   `json:"id"`
	No         int            `json:"no,omitempty"`
	Title      domain.Text    `json:"title"`
	Internal   bool           `json:"internal,omitempty"`
	PartyID    domain.PartyID `json:"partyId"`
	Post       domain.Text    `json:"post,omitzero"`
	Standing   Standing       `json:"standing"`
	DueOn      domain.Date    `json:"dueOn"`
	FirstOn    domain.Date    `json:"firstOn,omitzero"`
	LastOn     domain.Date    `json:"lastOn,omitzero"`
	Status     string         `json:"status,omitempty"`
	Progress   int            `json:"progress,omitempty"`
	Assessment Assessment     `json:"assessment,omitempty"`
	Text       domain.Text    `json:"text,omitzero"`
	TextPublic bool           `json:"textPublic,omitempty"`
}

// Row is the expectation as a snapshot has it.
func (e Expectation) Row() SnapshotRow {
	return SnapshotRow{Level: e.Level, ID: e.SubjectID, No: e.No, Title: e.Title, Internal: e.Internal, PartyID: e.PartyID, Post: e.PostTitle,
		Standing: e.Standing, DueOn: e.DueOn, FirstOn: e.FirstOn, LastOn: e.LastOn, Status: e.Status, Progress: e.Progress, Assessment: e.Assessed,
		Text: e.Text, TextPublic: e.Public}
}

// Freeze makes the snapshot of a round that was just completed.
func (r Round) Freeze(plan SnapshotPlan, parties []SnapshotParty, asked []Expectation) Snapshot {
	s := Snapshot{Format: "yhdyspinta-round/1", RoundID: r.ID, Key: r.Key, Kind: r.Kind, Title: r.Title, Plan: plan, PeriodFrom: r.PeriodFrom, PeriodTo: r.PeriodTo,
		OpensOn: r.OpensOn, Levels: r.Levels, FrozenAt: r.EndedAt, Parties: parties, Rows: make([]SnapshotRow, len(asked))}
	for _, p := range parties { // in the parties' order, whoever was first
		for _, c := range r.Completions {
			if c.PartyID == p.ID {
				s.Completions = append(s.Completions, SnapshotCompletion{PartyID: c.PartyID, Post: c.PostTitle, Note: c.Note, CompletedAt: c.CompletedAt})
			}
		}
	}
	for i, e := range asked {
		s.Rows[i] = e.Row()
	}
	return s
}

// Public is the snapshot as everybody may read it: without internal actions and
// goals, and without texts that are not public.
func (s Snapshot) Public() Snapshot {
	rows := []SnapshotRow{}
	for _, r := range s.Rows {
		if r.Internal {
			s.Withheld = true
			continue
		}
		if !r.TextPublic && !r.Text.IsZero() {
			s.Withheld, r.Text = true, domain.Text{}
		}
		rows = append(rows, r)
	}
	s.Rows = rows
	return s
}

// Content is the snapshot in the form that is hashed and kept.
func (s Snapshot) Content() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a Snapshot holds nothing that JSON does not know
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// ReadSnapshot reads a snapshot from its content.
func ReadSnapshot(content []byte) (s Snapshot, err error) {
	err = json.Unmarshal(content, &s)
	return s, err
}

// HashOf is the SHA-256 of a content in hexadecimal.
func HashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Frozen is a snapshot as it is kept, in one of its two versions.
type Frozen struct {
	RoundID  domain.RoundID
	Public   bool   // the version that everybody reads
	Content  []byte // the exact bytes
	Hash     string // what was noted as their SHA-256 when they were frozen
	FrozenAt time.Time
}

// Intact reports whether the bytes are still those that were frozen.
func (f Frozen) Intact() bool { return HashOf(f.Content) == f.Hash }

// Figures count the rows by level and party, the lowest level first, the parties in
// the order given.
func (s Snapshot) Figures() []Figure { return figuresOf(s.Rows, s.Parties) }

func figuresOf(rows []SnapshotRow, parties []SnapshotParty) (out []Figure) {
	for _, l := range Levels {
		for _, p := range parties {
			f := Figure{Level: l, PartyID: p.ID}
			for _, r := range rows {
				if r.Level == l && r.PartyID == p.ID {
					f.Add(r.Standing)
				}
			}
			out = append(out, f)
		}
	}
	return out
}

// Compared is one action, goal or plan in the rounds that are compared.
type Compared struct {
	Level    Level
	ID       domain.AnyID
	No       int
	Title    domain.Text // as the newest of the rounds has it
	Internal bool
	Cells    [][]SnapshotRow // by round, as they were asked for; one for each party, in the parties' order; empty: not asked
}

// Compare sets the rows of rounds side by side: goals before actions, by number, the
// plans first.
func Compare(rounds [][]SnapshotRow, parties []SnapshotParty) []Compared {
	type key struct {
		level Level
		id    domain.AnyID
	}
	at := map[key]int{}
	var out []Compared
	for i, rows := range rounds {
		for _, r := range rows {
			k := key{r.Level, r.ID}
			n, ok := at[k]
			if !ok {
				n = len(out)
				at[k] = n
				out = append(out, Compared{Level: r.Level, ID: r.ID, No: r.No, Cells: make([][]SnapshotRow, len(rounds))})
			}
			out[n].Title, out[n].Internal = r.Title, out[n].Internal || r.Internal
			out[n].Cells[i] = append(out[n].Cells[i], r)
		}
	}
	rank := func(p domain.PartyID) int {
		return slices.IndexFunc(parties, func(o SnapshotParty) bool { return o.ID == p })
	}
	for _, c := range out {
		for _, cell := range c.Cells {
			slices.SortStableFunc(cell, func(a, b SnapshotRow) int { return cmp.Compare(rank(a.PartyID), rank(b.PartyID)) })
		}
	}
	slices.SortFunc(out, func(a, b Compared) int {
		return cmp.Or(-cmp.Compare(slices.Index(Levels, a.Level), slices.Index(Levels, b.Level)), cmp.Compare(a.No, b.No), bytes.Compare(a.ID.UUID[:], b.ID.UUID[:]))
	})
	return out
}
