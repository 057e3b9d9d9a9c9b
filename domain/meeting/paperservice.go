package meeting

import (
	"context"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
)

// Audience says whose version of a paper is asked for.
type Audience string

// The audiences.
const (
	ForMembers Audience = "internal" // with what is confidential
	ForAll     Audience = "public"   // as everybody reads it once it is published
)

// PaperView is the paper of a meeting as a reader may read it.
type PaperView struct {
	Meeting    Meeting
	Paper      Paper
	Audience   Audience
	Content    []byte     // what Hash is the SHA-256 of
	Hash       string     // of the version that is shown
	Approves   string     // hash that an approval names; "" unless Audience is ForMembers
	FrozenAt   *time.Time // when it was kept; nil: it is a draft, or was approved before papers were kept
	Amendments []Amendment
	Inside     bool     // the reader may read the paper also before it is published
	Returns    []Return // empty unless Inside
	Posts      map[domain.PostID]PaperPost
	// Permissions are meeting.approve and paper.return of exactly this paper,
	// paper.comment and amendment.propose.
	Permissions []domain.Permission
}

// everything is the scope that hides nothing: a paper is drafted from all that
// was recorded, whoever asks for it.
var everything = domain.Operator(domain.OriginOperator).Scope()

// draftPaper writes the paper of a meeting as it stands.
func draftPaper(st Stores, m Meeting) (Paper, error) {
	if !m.Papers { // the reader's scope does not cover the participants
		return Paper{}, domain.NotFound("paper")
	}
	items, err := st.Meetings.Items(everything, m.ID)
	if err != nil {
		return Paper{}, err
	}
	from, err := st.Papers.Sources(m, items)
	if err != nil {
		return Paper{}, err
	}
	return DraftPaper(m, items, from), nil
}

// paperOf is the paper of a meeting: the one that was approved, else as it
// stands.
func paperOf(st Stores, m Meeting) (p Paper, f *Frozen, err error) {
	if m.in("", Approved, Published) == nil && len(m.Approvals) > 0 {
		if hash := m.Approvals[len(m.Approvals)-1].PaperHash; hash != "" {
			kept, err := st.Papers.Frozen(m.ID, hash)
			if err != nil {
				return p, nil, err
			}
			p, err = ReadPaper(kept.Content)
			return p, &kept, err
		}
	}
	p, err = draftPaper(st, m)
	return p, nil, err
}

// Paper returns the paper of a meeting as the actor may read it: NotFound if
// they may not, or not in the version for members. Audience "" is the most that
// they may read.
func (s *Service) Paper(ctx context.Context, actor domain.Actor, id domain.MeetingID, audience Audience) (v PaperView, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		v, err = viewPaper(st, actor, id, audience)
		return err
	})
	return v, err
}

func viewPaper(st Stores, actor domain.Actor, id domain.MeetingID, audience Audience) (v PaperView, err error) {
	scope := actor.Scope()
	m, err := st.Meetings.Get(scope, id)
	if err != nil {
		return v, err
	}
	if audience == "" {
		audience = ForAll
		if scope.Staff {
			audience = ForMembers
		}
	}
	if !m.Papers || audience == ForMembers && !scope.Staff {
		return v, domain.NotFound("paper")
	}
	v.Meeting, v.Audience = m, audience
	full, kept, err := paperOf(st, m)
	if err != nil {
		return v, err
	}
	v.Paper, v.Content = full, full.Content()
	if kept != nil {
		v.Content, v.FrozenAt = kept.Content, &kept.FrozenAt
	}
	if audience == ForAll {
		v.Paper = full.Public()
		v.Content = v.Paper.Content()
		if kept != nil {
			v.Content = kept.PublicContent
			if v.Paper, err = ReadPaper(kept.PublicContent); err != nil {
				return v, err
			}
		}
	}
	v.Hash = HashOf(v.Content)
	v.Inside = st.Papers.Inside(scope, id) == nil
	if v.Amendments, err = st.Papers.Amendments(id); err != nil {
		return v, err
	}
	v.Amendments = shownAmendments(v.Amendments, v.Paper, v.Inside && audience == ForMembers)
	v.Posts = map[domain.PostID]PaperPost{}
	for _, p := range m.Participants {
		if !p.PostID.IsZero() {
			v.Posts[p.PostID] = PaperPost{p.Title, p.PartyID}
		}
	}
	for _, n := range m.Named {
		v.Posts[n.PostID] = PaperPost{n.Title, n.PartyID}
	}
	v.Permissions = []domain.Permission{}
	if audience != ForMembers {
		return v, nil
	}
	v.Approves = v.Hash
	if !v.Inside {
		return v, nil
	}
	if v.Returns, err = st.Papers.Returns(id); err != nil {
		return v, err
	}
	now := m
	now.Approvals = slices.Clone(m.Approvals)
	if m.Status == Closed {
		now.outdate(v.Approves)
	}
	if role, err := now.asked(actor.PostID, domain.MeetingApprove); err == nil && !now.approved(actor.PostID, role) {
		v.Permissions = actor.Allowed(now.Resource(), domain.MeetingApprove, domain.PaperReturn)
	}
	if m.Status == Closed {
		v.Permissions = append(v.Permissions, actor.Allowed(m.Commenting(actor), domain.PaperComment)...)
		v.Permissions = append(v.Permissions, actor.Allowed(m.Resource(), domain.PaperAnswer)...)
	}
	if m.amendable() == nil {
		v.Permissions = append(v.Permissions, actor.Allowed(m.Resource(), domain.AmendmentPropose)...)
	}
	return v, nil
}

// shownAmendments are those that a reader of the paper sees: published ones,
// and inside those on the way. Of a matter that is hidden in the paper only
// numbers and ground.
func shownAmendments(all []Amendment, p Paper, inside bool) []Amendment {
	out := []Amendment{}
	for _, a := range all {
		if a.Status != AmendmentPublished && !inside {
			continue
		}
		_, item, _ := p.Text(a.Place)
		a.AgendaNo, a.Label, a.Section = item.AgendaNo, item.Label, item.Section
		if item.Hidden {
			a = Amendment{ID: a.ID, MeetingID: a.MeetingID, No: a.No, Place: Place{ItemID: a.Place.ItemID}, ItemID: a.ItemID, Status: a.Status,
				ProposedAt: a.ProposedAt, ApprovedAt: a.ApprovedAt, PublishedAt: a.PublishedAt, Version: a.Version, PostID: a.PostID, PartyID: a.PartyID,
				Post: a.Post, AgendaNo: item.AgendaNo, Label: item.Label, Section: item.Section, Hidden: true, Ground: item.Ground}
		}
		out = append(out, a)
	}
	return out
}

// Approve gives the approval of the actor's post to the paper with exactly this
// hash, and keeps that paper: paper_changed (Stale) if it is another by now.
// With the chair's and those of an inspector of each principal party the meeting
// is approved.
func (s *Service) Approve(ctx context.Context, actor domain.Actor, id domain.MeetingID, hash string) (Meeting, error) {
	return s.update(ctx, actor, id, domain.MeetingApprove, "", func(st Stores, log *domain.AuditLog, m *Meeting) ([]domain.Change, error) {
		p, err := s.paperNamed(st, actor, *m, hash, domain.MeetingApprove)
		if err != nil {
			return nil, err
		}
		var approval domain.ApprovalID
		approval.SetNew(s.NewID)
		a, outdated, err := m.Approve(approval, actor.PostID, hash, log.Now())
		if err != nil {
			return nil, err
		}
		var paper domain.PaperID
		paper.SetNew(s.NewID)
		f := Freeze(paper, p, log.Now())
		changes := []domain.Change{{Field: "approval", New: map[string]any{"postId": a.PostID, "role": a.Role, "paperHash": f.Hash}}}
		if len(outdated) > 0 {
			changes = append(changes, domain.Change{Field: "approvals", Old: len(outdated)})
		}
		return changes, firstOf(st.Papers.Freeze(f), st.Papers.DeleteApprovals(outdated), st.Meetings.InsertApproval(a))
	})
}

// paperNamed is the paper that an approver names by its hash, if it still reads
// so and they are asked.
func (s *Service) paperNamed(st Stores, actor domain.Actor, m Meeting, hash string, p domain.Permission) (Paper, error) {
	if _, err := m.asked(actor.PostID, p); err != nil {
		return Paper{}, err
	}
	paper, err := draftPaper(st, m)
	if err != nil {
		return paper, err
	}
	if paper.Hash() != hash {
		changed := domain.Stale(subjectOf(m.ID), m.Version, m)
		changed.Code = "paper_changed"
		return paper, changed
	}
	return paper, nil
}

// Return gives the paper with this hash back to the secretary with a reason:
// paper_changed (Stale) if it is another by now.
func (s *Service) Return(ctx context.Context, actor domain.Actor, id domain.MeetingID, hash, reason string, lang domain.Lang) (v PaperView, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		m, err := s.locked(st, actor, id, domain.PaperReturn)
		if err != nil {
			return err
		}
		if _, err := s.paperNamed(st, actor, m, hash, domain.PaperReturn); err != nil {
			return err
		}
		var rid domain.PaperReturnID
		rid.SetNew(s.NewID)
		r, err := m.Return(rid, actor, hash, strings.TrimSpace(reason), lang, log.Now())
		if err != nil {
			return err
		}
		if err := st.Papers.InsertReturn(r); err != nil {
			return err
		}
		log.Add(actor, domain.PaperReturn, domain.SubjectOf(domain.SubjectPaperReturn, rid), 0, domain.Diff(Return{}, r), domain.Under(subjectOf(id)), domain.Because(r.Reason))
		v, err = viewPaper(st, actor, id, ForMembers)
		return err
	})
	return v, err
}

// Discussion is what was said of the passages of a meeting's paper.
type Discussion struct {
	Threads []Thread
	Posts   map[domain.PostID]PaperPost
	// Permissions are paper.comment and paper.answer in the present state.
	Permissions []domain.Permission
}

// Open counts the threads that are not resolved.
func (d Discussion) Open() (n int) {
	for _, t := range d.Threads {
		if !t.Resolved {
			n++
		}
	}
	return n
}

// Comments returns what was said of a paper: NotFound for everybody but those
// who may read it before it is published.
func (s *Service) Comments(ctx context.Context, actor domain.Actor, id domain.MeetingID) (d Discussion, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		d, err = discussion(st, actor, id)
		return err
	})
	return d, err
}

func discussion(st Stores, actor domain.Actor, id domain.MeetingID) (d Discussion, err error) {
	m, err := inside(st, actor, id)
	if err != nil {
		return d, err
	}
	p, _, err := paperOf(st, m)
	if err != nil {
		return d, err
	}
	said, err := st.Papers.Comments(id)
	if err != nil {
		return d, err
	}
	d.Threads, d.Permissions = Threads(p, said), []domain.Permission{}
	if m.Status == Closed {
		d.Permissions = append(actor.Allowed(m.Commenting(actor), domain.PaperComment), actor.Allowed(m.Resource(), domain.PaperAnswer)...)
	}
	return d, nil
}

// inside loads a meeting whose paper the actor may read before it is published.
func inside(st Stores, actor domain.Actor, id domain.MeetingID) (Meeting, error) {
	m, err := st.Meetings.Get(actor.Scope(), id)
	if err != nil {
		return m, err
	}
	if !m.Papers || st.Papers.Inside(actor.Scope(), id) != nil {
		return m, domain.NotFound("paper")
	}
	return m, nil
}

// Comment says something of a passage of the closed meeting's paper.
func (s *Service) Comment(ctx context.Context, actor domain.Actor, id domain.MeetingID, at Passage, text string, lang domain.Lang) (Discussion, error) {
	return s.say(ctx, actor, id, domain.PaperComment, func(st Stores, log *domain.AuditLog, m Meeting, own domain.PaperCommentID) (PaperComment, error) {
		p, err := draftPaper(st, m)
		if err != nil {
			return PaperComment{}, err
		}
		return m.Comment(own, p, at, actor, text, lang, log.Now())
	})
}

// Reply answers a thread of comments; resolving and opening again is the
// secretary's, and of who began it.
func (s *Service) Reply(ctx context.Context, actor domain.Actor, thread domain.PaperCommentID, kind CommentKind, text string, lang domain.Lang) (d Discussion, err error) {
	var first PaperComment
	err = s.UoW.Read(ctx, func(st Stores) error {
		first, err = st.Papers.Comment(thread)
		if err == nil {
			_, err = inside(st, actor, first.MeetingID)
		}
		if err != nil || !first.ThreadID.IsZero() {
			return domain.NotFound("comment")
		}
		return nil
	})
	if err != nil {
		return d, err
	}
	p := domain.PaperComment
	if kind != Remark && first.PostID != actor.PostID {
		p = domain.PaperAnswer
	}
	return s.say(ctx, actor, first.MeetingID, p, func(st Stores, log *domain.AuditLog, m Meeting, own domain.PaperCommentID) (PaperComment, error) {
		said, err := st.Papers.Comments(m.ID)
		if err != nil {
			return PaperComment{}, err
		}
		threads := Threads(Paper{}, said)
		at := slices.IndexFunc(threads, func(t Thread) bool { return t.ID == thread })
		return m.Reply(own, threads[at], kind, actor, text, lang, log.Now())
	})
}

func (s *Service) say(ctx context.Context, actor domain.Actor, id domain.MeetingID, p domain.Permission,
	make func(Stores, *domain.AuditLog, Meeting, domain.PaperCommentID) (PaperComment, error)) (d Discussion, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Meetings.Lock(id); err != nil {
			return err
		}
		m, err := inside(st, actor, id)
		if err != nil {
			return err
		}
		of := m.Resource()
		if p == domain.PaperComment {
			of = m.Commenting(actor)
		}
		if err := actor.Check(p, of); err != nil {
			return err
		}
		if actor.PostID.IsZero() { // a comment names the post that says it
			return domain.Forbidden(p)
		}
		var own domain.PaperCommentID
		own.SetNew(s.NewID)
		c, err := make(st, log, m, own)
		if err != nil {
			return err
		}
		if err := st.Papers.InsertComment(c); err != nil {
			return err
		}
		log.Add(actor, p, domain.SubjectOf(domain.SubjectPaperComment, own), 0, domain.Diff(PaperComment{}, c), domain.Under(subjectOf(id)))
		d, err = discussion(st, actor, id)
		return err
	})
	return d, err
}

// Amend proposes an amendment of an approved paper.
func (s *Service) Amend(ctx context.Context, actor domain.Actor, id domain.MeetingID, e AmendmentEdit) (v PaperView, err error) {
	return s.amendment(ctx, actor, id, domain.AmendmentPropose, func(st Stores, log *domain.AuditLog, m Meeting, p Paper, all []Amendment) (Amendment, Amendment, error) {
		if actor.PostID.IsZero() { // an amendment names the post that proposes it
			return Amendment{}, Amendment{}, domain.Forbidden(domain.AmendmentPropose)
		}
		var own domain.AmendmentID
		own.SetNew(s.NewID)
		a, err := m.Amend(own, p, all, e, actor, log.Now())
		if err != nil {
			return Amendment{}, a, err
		}
		return Amendment{}, a, st.Papers.InsertAmendment(a)
	})
}

// ChangeAmendment replaces what version of an amendment says; approvals given
// before are taken back.
func (s *Service) ChangeAmendment(ctx context.Context, actor domain.Actor, id domain.AmendmentID, version int, e AmendmentEdit) (PaperView, error) {
	return s.changeAmendment(ctx, actor, id, version, domain.AmendmentPropose, "", func(_ Stores, log *domain.AuditLog, m Meeting, p Paper, all []Amendment, a *Amendment) error {
		return m.ChangeAmendment(a, p, all, e, actor, log.Now())
	})
}

// ApproveAmendment gives the approval of the actor's post to version of an
// amendment.
func (s *Service) ApproveAmendment(ctx context.Context, actor domain.Actor, id domain.AmendmentID, version int) (PaperView, error) {
	return s.changeAmendment(ctx, actor, id, version, domain.AmendmentApprove, "", func(st Stores, log *domain.AuditLog, m Meeting, _ Paper, _ []Amendment, a *Amendment) error {
		given, err := m.ApproveAmendment(a, actor.PostID, log.Now())
		if err != nil {
			return err
		}
		return st.Papers.InsertAmendmentApproval(id, given, domain.AnyID{UUID: s.NewID()})
	})
}

// PublishAmendment gives an approved amendment its number and puts it beside
// the paper.
func (s *Service) PublishAmendment(ctx context.Context, actor domain.Actor, id domain.AmendmentID, version int) (PaperView, error) {
	return s.changeAmendment(ctx, actor, id, version, domain.AmendmentPublish, "", func(_ Stores, log *domain.AuditLog, m Meeting, _ Paper, all []Amendment, a *Amendment) error {
		no := 1
		for _, o := range all {
			no = max(no, o.No+1)
		}
		return m.PublishAmendment(a, no, log.Now())
	})
}

// WithdrawAmendment gives up an amendment that has not been published.
func (s *Service) WithdrawAmendment(ctx context.Context, actor domain.Actor, id domain.AmendmentID, version int, reason string) (PaperView, error) {
	reason = strings.TrimSpace(reason)
	return s.changeAmendment(ctx, actor, id, version, domain.AmendmentPropose, reason, func(_ Stores, log *domain.AuditLog, _ Meeting, _ Paper, _ []Amendment, a *Amendment) error {
		return a.Withdraw(reason, log.Now())
	})
}

func (s *Service) changeAmendment(ctx context.Context, actor domain.Actor, id domain.AmendmentID, version int, p domain.Permission, reason string,
	change func(Stores, *domain.AuditLog, Meeting, Paper, []Amendment, *Amendment) error) (v PaperView, err error) {
	var found Amendment
	err = s.UoW.Read(ctx, func(st Stores) error {
		if found, err = st.Papers.Amendment(id); err != nil {
			return err
		}
		_, err = inside(st, actor, found.MeetingID)
		if err != nil {
			return domain.NotFound("amendment")
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	return s.amendment(ctx, actor, found.MeetingID, p, func(st Stores, log *domain.AuditLog, m Meeting, paper Paper, all []Amendment) (Amendment, Amendment, error) {
		old := all[slices.IndexFunc(all, func(a Amendment) bool { return a.ID == id })]
		if old.Version != version {
			return old, old, domain.Stale(domain.SubjectOf(domain.SubjectAmendment, id), version, AmendmentOf{m, old})
		}
		a := old
		if err := change(st, log, m, paper, all, &a); err != nil {
			return old, a, err
		}
		if stays := a.Status == old.Status; stays && p == domain.AmendmentApprove && a.Status == AmendmentProposed {
			return old, a, nil // the version is that of the words: others approve the same
		}
		a, err := st.Papers.UpdateAmendment(a)
		return old, a, err
	}, domain.Because(reason))
}

// AmendmentOf is an amendment in its meeting: what a stale error of an amendment
// holds.
type AmendmentOf struct {
	Meeting   Meeting
	Amendment Amendment
}

// amendment runs one change of a paper's amendments, alone in the meeting, with
// its entry.
func (s *Service) amendment(ctx context.Context, actor domain.Actor, id domain.MeetingID, p domain.Permission,
	change func(Stores, *domain.AuditLog, Meeting, Paper, []Amendment) (old, now Amendment, err error), opts ...domain.EntryOption) (v PaperView, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := st.Meetings.Lock(id); err != nil {
			return err
		}
		m, err := inside(st, actor, id)
		if err != nil {
			return err
		}
		if err := actor.Check(p, m.Resource()); err != nil {
			return err
		}
		if err := m.amendable(); err != nil {
			return err
		}
		paper, _, err := paperOf(st, m)
		if err != nil {
			return err
		}
		all, err := st.Papers.Amendments(id)
		if err != nil {
			return err
		}
		old, now, err := change(st, log, m, paper, all)
		if err != nil {
			return err
		}
		log.Add(actor, p, domain.SubjectOf(domain.SubjectAmendment, now.ID), now.Version, domain.Diff(old, now), append(opts, domain.Under(subjectOf(id)))...)
		v, err = viewPaper(st, actor, id, ForMembers)
		return err
	})
	return v, err
}
