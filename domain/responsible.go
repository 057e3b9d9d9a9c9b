package domain

import "slices"

// Part is what a post has in something: who leads, who shares the work, who
// supports and who is kept informed.
type Part string

// The parts of a responsibility.
const (
	Lead     Part = "lead"
	Shared   Part = "shared"
	Support  Part = "support"
	Informed Part = "informed"
)

// Responsible is one post's part in a subject, as features that have responsible
// posts carry it: a row of the table responsibility. PartyID and UnitID follow
// from the post and are filled by storage.
type Responsible struct {
	ID      ResponsibilityID
	PostID  PostID
	Part    Part
	Wording Text // in what words; may be empty while nothing more is agreed
	// Standing is how far the parties have agreed on it; filled by storage.
	Standing Standing
	PartyID  PartyID
	UnitID   UnitID
	Title    Text // of the post
	// Principal says that the party is a principal one; filled by storage.
	Principal bool
	// From is the first day of the part; filled by storage.
	From Date
}

// CheckResponsibles adds what is wrong with a list of responsible posts: an unknown part, a post
// named twice, more than one lead of the same post, words too long.
func CheckResponsibles(v *Violations, posts []Responsible) {
	if len(posts) > 40 {
		v.Add("/responsibilities", "too_many")
	}
	seen := map[PostID]bool{}
	for _, d := range posts {
		switch d.Part {
		case Lead, Shared, Support, Informed:
		default:
			v.Add("/responsibilities", "not_allowed")
		}
		if d.PostID.IsZero() {
			v.Add("/responsibilities", "required")
		} else if seen[d.PostID] {
			v.Add("/responsibilities", "duplicate")
		}
		seen[d.PostID] = true
		d.Wording.Check(v, "/responsibilities", false, 1000)
	}
}

// ResourceOf is what permissions on a subject with these responsible posts are asked for:
// its parties, and the posts and units that lead or share it.
func ResourceOf(posts []Responsible) Resource {
	var r Resource
	for _, d := range posts {
		r.Parties = append(r.Parties, d.PartyID)
		if d.Part == Lead || d.Part == Shared {
			r.Posts = append(r.Posts, d.PostID)
			r.Units = append(r.Units, d.UnitID)
		}
	}
	return r
}

// SameResponsibles reports whether two lists say the same of the same posts, in
// any order.
func SameResponsibles(a, b []Responsible) bool {
	same := func(x, y Responsible) bool { return x.PostID == y.PostID && x.Part == y.Part && x.Wording == y.Wording }
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y Responsible) bool { return same(x, y) }) {
			return false
		}
	}
	return true
}

// ResponsibilityBook keeps the responsibilities of a subject, and what the
// parties have agreed on them, inside another feature's unit of work.
type ResponsibilityBook interface {
	// Replace makes want the responsibilities of subject, as far as the actor's own
	// party can: what concerns another party too is proposed to it, and what was
	// accepted last stays in force meanwhile. What another party has proposed stays
	// where it is though want leaves it out: it is declined, with a reason. It waits
	// again if want leaves out what the actor's party had proposed instead. Replace
	// adds its entries to the log, under parent. A manager cannot change what another
	// party's posts have promised: Forbidden.
	Replace(log *AuditLog, actor Actor, subject, parent Subject, want []Responsible) error
	// EndAll ends everything that the posts have in subject, which is no more.
	EndAll(log *AuditLog, actor Actor, subject, parent Subject) error
	// Batch is the book for so many subjects that a statement for each change would
	// take too long: it reads all of them at once, and keeps what changes until Save.
	// The things that the subjects are must be locked or new.
	Batch(subjects []Subject) (ResponsibilityBatch, error)
}

// ResponsibilityBatch is a book that keeps what changes until Save.
type ResponsibilityBatch interface {
	ResponsibilityBook
	// Save writes what has changed, with a fixed number of statements for each few
	// hundred responsibilities. Nothing changes after it.
	Save() error
}

// LeadOf returns the post that leads, and whether one does.
func LeadOf(posts []Responsible) (Responsible, bool) {
	for _, d := range posts {
		if d.Part == Lead {
			return d, true
		}
	}
	return Responsible{}, false
}

// Check adds what is wrong with references: a case that names no party or
// nothing at all, an address that is not https.
func (r References) Check(v *Violations) {
	if len(r.LegalBases) > 50 {
		v.Add("/legalBasisIds", "too_many")
	}
	if len(r.Cases) > 50 {
		v.Add("/cases", "too_many")
	}
	for _, c := range r.Cases {
		v.Require(!c.PartyID.IsZero(), "/cases")
		v.Require(c.RegistryNo != "" || c.URLFI != "" || c.URLSV != "", "/cases")
		if len([]rune(c.RegistryNo)) > 100 {
			v.Add("/cases", "too_long")
		}
		for _, u := range []string{c.URLFI, c.URLSV} {
			if u != "" && !webAddress(u) {
				v.Add("/cases", "url_malformed")
			}
		}
	}
}
