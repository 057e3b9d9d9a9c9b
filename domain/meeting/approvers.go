package meeting

import (
	"slices"
	"strings"

	"yhdyspinta/domain"
)

// Named is a post that the secretary has named to approve the paper of this
// meeting because of what happened in it: an acting chair in the place of the
// forum's, or an inspector who is no participant under their own post, but a
// substitute or another post of the party. An inspector who is a participant is
// Participant.Inspector instead.
type Named struct {
	ID      domain.AnyID
	Role    ApprovalRole
	PartyID domain.PartyID // of the post
	PostID  domain.PostID
	Title   domain.Text // filled by storage
}

// auditValue is what the log holds of it.
func (n Named) auditValue() any {
	if n.PostID.IsZero() {
		return nil
	}
	return map[string]any{"postId": n.PostID}
}

// ActingChair is who chairs the meeting in the place of the forum's chair; zero:
// nobody does.
func (m Meeting) ActingChair() Named {
	for _, n := range m.Named {
		if n.Role == ByChair {
			return n
		}
	}
	return Named{}
}

// chairs reports whether the post chairs the meeting.
func (m Meeting) chairs(post domain.PostID) bool {
	if acting := m.ActingChair(); !acting.PostID.IsZero() {
		return acting.PostID == post
	}
	return !post.IsZero() && slices.ContainsFunc(m.Participants, func(p Participant) bool { return p.PostID == post && p.Role == Chair })
}

// Approver is a post whose approval the paper needs.
type Approver struct {
	PostID   domain.PostID
	PartyID  domain.PartyID
	Role     ApprovalRole
	Approved bool
}

// Approvers lists whose approval the paper needs: of who chaired, and of each
// inspector.
func (m Meeting) Approvers() []Approver {
	var out []Approver
	ask := func(post domain.PostID, party domain.PartyID, role ApprovalRole) {
		out = append(out, Approver{post, party, role, m.approved(post, role)})
	}
	acting := m.ActingChair()
	if !acting.PostID.IsZero() {
		ask(acting.PostID, acting.PartyID, ByChair)
	}
	for _, p := range m.Participants {
		switch {
		case p.Inspector:
			ask(p.PostID, p.PartyID, ByInspector)
		case p.Role == Chair && acting.PostID.IsZero():
			ask(p.PostID, p.PartyID, ByChair)
		}
	}
	for _, n := range m.Named {
		if n.Role == ByInspector {
			ask(n.PostID, n.PartyID, ByInspector)
		}
	}
	return out
}

// Lacking is whose approval the paper would need and nobody is asked for: with
// any of it the paper cannot be approved.
type Lacking struct {
	Chair      bool
	Inspectors []domain.PartyID // the principal parties without an inspector
}

// Any reports whether anything is lacking.
func (l Lacking) Any() bool { return l.Chair || len(l.Inspectors) > 0 }

// Lacking tells what has to be named before the paper can be approved. Before
// the call, when nobody takes part yet, nothing.
func (m Meeting) Lacking() Lacking {
	if m.in("", Called, InProgress, Closed) != nil {
		return Lacking{}
	}
	return m.lacking()
}

func (m Meeting) lacking() Lacking { return lackingAmong(m.Approvers(), m.Principals) }

func lackingAmong(asked []Approver, principals []domain.PartyID) (l Lacking) {
	l.Chair = !slices.ContainsFunc(asked, func(a Approver) bool { return a.Role == ByChair })
	for _, party := range principals {
		if !slices.ContainsFunc(asked, func(a Approver) bool { return a.Role == ByInspector && a.PartyID == party }) {
			l.Inspectors = append(l.Inspectors, party)
		}
	}
	return l
}

// complete reports whether the chair and an inspector of each principal party
// have approved.
func (m Meeting) complete() bool {
	given := slices.DeleteFunc(m.Approvers(), func(a Approver) bool { return !a.Approved })
	return !lackingAmong(given, m.Principals).Any()
}

// Candidate is a post that took part, or is to, and can be named without more.
type Candidate struct {
	PostID     domain.PostID
	PartyID    domain.PartyID
	Title      domain.Text
	Substitute bool // it takes a participant's place
	Role       Role // of the place
}

// taking lists the posts that take part in the meeting, members first: who took
// a participant's place instead of that participant, and nobody who is absent.
func (m Meeting) taking() []Candidate {
	var out []Candidate
	for _, role := range []Role{Chair, Member, Secretary, Expert} {
		for _, p := range m.Participants {
			switch {
			case p.Role != role || p.Attendance == Absent || p.SubstituteID.IsZero() && (p.PostID.IsZero() || p.Substitute != ""):
			case p.SubstituteID.IsZero():
				out = append(out, Candidate{p.PostID, p.PartyID, p.Title, false, role})
			default:
				out = append(out, Candidate{p.SubstituteID, p.PartyID, p.SubstituteTitle, true, role})
			}
		}
	}
	return out
}

// PossibleChairs lists who can be named as the acting chair: whoever takes part
// as a post, but the forum's chair, who needs no naming.
func (m Meeting) PossibleChairs() []Candidate {
	return slices.DeleteFunc(m.taking(), func(c Candidate) bool { return c.Role == Chair && !c.Substitute })
}

// PossibleInspectors lists who of a principal party can inspect without further
// ground: its members and their substitutes, and the secretary, who take part
// and do not chair.
func (m Meeting) PossibleInspectors(party domain.PartyID) []Candidate {
	return slices.DeleteFunc(m.taking(), func(c Candidate) bool { return c.PartyID != party || c.Role == Expert || m.chairs(c.PostID) })
}

func has(cs []Candidate, post domain.PostID) bool {
	return slices.ContainsFunc(cs, func(c Candidate) bool { return c.PostID == post })
}

// Naming says who approves the paper and why.
type Naming struct {
	PostID  domain.PostID  // zero, of the chair: the forum's chair chairs after all
	PartyID domain.PartyID // of the post
	Reason  string
}

func (m Meeting) checkNaming(v *domain.Violations, e *Naming, reasoned bool) {
	e.Reason = strings.TrimSpace(e.Reason)
	if reasoned && e.Reason == "" {
		v.Add("/reason", "required")
	}
	if len([]rune(e.Reason)) > maxReason {
		v.Add("/reason", "too_long")
	}
}

// NameActingChair has a post chair this meeting, and approve its paper, in the
// place of the forum's chair; without a post the forum's chair does again. It
// needs a reason. It must take part in the meeting; if no post does, any of a
// principal party will do. An inspector who is to chair stops inspecting, since
// nobody inspects what they are answerable for as the chair; the next plain
// member of the party inspects, if there is one. After the approval of who
// chaired nobody else is named.
func (m *Meeting) NameActingChair(e Naming) error {
	if err := m.in("meeting_locked", Called, InProgress, Closed); err != nil {
		return err
	}
	var v domain.Violations
	m.checkNaming(&v, &e, true)
	if !e.PostID.IsZero() {
		possible := m.PossibleChairs()
		if !has(possible, e.PostID) && (len(possible) > 0 || !slices.Contains(m.Principals, e.PartyID)) {
			v.Add("/postId", "not_taking_part")
		}
	}
	if err := v.Err(); err != nil {
		return err
	}
	if slices.ContainsFunc(m.Approvals, func(a Approval) bool { return a.Role == ByChair }) {
		return domain.Conflict("chair_has_approved", string(m.Status), "the chair has approved already")
	}
	m.unname(func(n Named) bool { return n.Role == ByChair })
	if !e.PostID.IsZero() {
		m.Named = append(m.Named, Named{Role: ByChair, PartyID: e.PartyID, PostID: e.PostID})
	}
	m.unname(func(n Named) bool { return n.Role == ByInspector && m.chairs(n.PostID) })
	for i := range m.Participants {
		p := &m.Participants[i]
		p.Inspector = p.Inspector && !m.chairs(p.PostID)
	}
	m.inspect()
	return nil
}

// NameInspector has a post inspect the paper for its principal party, in the
// place of whoever did. Who chairs cannot. Another post than one that takes part
// for the party as a member, a substitute or the secretary needs a reason, and
// after the meeting has been closed each does. An inspector who has approved
// stays.
func (m *Meeting) NameInspector(e Naming) error {
	if err := m.in("meeting_locked", Called, InProgress, Closed); err != nil {
		return err
	}
	var v domain.Violations
	m.checkNaming(&v, &e, m.Status == Closed || !has(m.PossibleInspectors(e.PartyID), e.PostID))
	v.Require(!e.PostID.IsZero(), "/postId")
	switch {
	case e.PostID.IsZero():
	case !slices.Contains(m.Principals, e.PartyID):
		v.Add("/postId", "not_of_principal_party")
	case m.chairs(e.PostID):
		v.Add("/postId", "chairs")
	}
	if err := v.Err(); err != nil {
		return err
	}
	for _, a := range m.Approvers() {
		if a.Role == ByInspector && a.PartyID == e.PartyID && a.Approved && a.PostID != e.PostID {
			return domain.Conflict("inspector_has_approved", string(m.Status), "the inspector has approved already")
		}
	}
	m.unname(func(n Named) bool { return n.Role == ByInspector && n.PartyID == e.PartyID })
	named := true
	for i := range m.Participants {
		p := &m.Participants[i]
		if p.PartyID == e.PartyID {
			p.Inspector = p.PostID == e.PostID
			named = named && !p.Inspector
		}
	}
	if named {
		m.Named = append(m.Named, Named{Role: ByInspector, PartyID: e.PartyID, PostID: e.PostID})
	}
	return nil
}

func (m *Meeting) unname(which func(Named) bool) {
	m.Named = slices.DeleteFunc(slices.Clone(m.Named), which)
}

// inspectors are the posts that inspect, as the log holds them.
func (m Meeting) inspectors() any {
	out := []any{}
	for _, a := range m.Approvers() {
		if a.Role == ByInspector {
			out = append(out, map[string]any{"postId": a.PostID})
		}
	}
	return out
}

// namingChanges are what the log says of who approves from now on.
func (m Meeting) namingChanges(old Meeting) []domain.Change {
	var out []domain.Change
	if was, is := old.ActingChair(), m.ActingChair(); was.PostID != is.PostID {
		out = append(out, domain.Change{Field: "actingChair", Old: was.auditValue(), New: is.auditValue()})
	}
	if !slices.Equal(asked(old, ByInspector), asked(m, ByInspector)) {
		out = append(out, domain.Change{Field: "inspectors", Old: old.inspectors(), New: m.inspectors()})
	}
	return out
}

func asked(m Meeting, role ApprovalRole) (out []domain.PostID) {
	for _, a := range m.Approvers() {
		if a.Role == role {
			out = append(out, a.PostID)
		}
	}
	return out
}

// newlyAsked lists the posts of whom the approval is asked now and was not before.
func (m Meeting) newlyAsked(old Meeting) (out []domain.PostID) {
	for _, role := range []ApprovalRole{ByChair, ByInspector} {
		for _, post := range asked(m, role) {
			if !slices.Contains(asked(old, role), post) {
				out = append(out, post)
			}
		}
	}
	return out
}

// without is the meeting after participants have changed: a named inspector gives
// way to a participant who inspects for the party, and who was named as a
// substitute and takes nobody's place any more is named no more, unless they have
// approved.
func (m Meeting) without(changed []Participant) Meeting {
	old := m.Participants
	m.Participants = slices.Clone(old)
	for _, c := range changed {
		at := slices.IndexFunc(old, func(o Participant) bool { return o.ID == c.ID })
		if at < 0 {
			continue
		}
		m.Participants[at] = c
		gone := old[at].SubstituteID
		m.unname(func(n Named) bool {
			replaced := c.Inspector && n.Role == ByInspector && n.PartyID == c.PartyID
			left := !gone.IsZero() && gone != c.SubstituteID && n.PostID == gone
			return replaced || left && !m.approved(n.PostID, n.Role)
		})
	}
	return m
}
