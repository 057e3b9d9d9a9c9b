package mail

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"yhdyspinta/domain"
)

// Service holds the use cases of mail.
type Service struct {
	UoW    domain.UnitOfWork[Stores]
	NewID  domain.IDSource
	Clock  domain.Clock
	Site   string // public address, for links
	Host   string // of Site, for Message-ID and UID
	Sender Sender // nil: no mail server is configured
	Work   Work   // what waits for whom
	Log    *slog.Logger
	// Observe, if set, is told of each mail that is settled, for metrics.
	Observe func(State)
}

func (s *Service) observe(m Mail) {
	if s.Observe != nil && m.Settled() {
		s.Observe(m.State)
	}
}

// batch is how many rows one transaction takes.
const batch = 50

// Drain makes mails of what stands in the outbox and returns how many.
func (s *Service) Drain(ctx context.Context) (made int, err error) {
	for more := true; more; {
		err := s.UoW.Housekeep(ctx, func(st Stores) error {
			notices, err := st.Mails.Notices(batch)
			if err != nil {
				return err
			}
			more = len(notices) == batch
			for _, n := range notices {
				to, err := st.Mails.Recipients(n)
				if err != nil {
					return err
				}
				mails := make([]Mail, len(to))
				for i, r := range to {
					var id domain.MailID
					id.SetNew(s.NewID)
					mails[i] = New(id, n, r, s.Host, s.Clock.Now())
				}
				if err := st.Mails.Insert(n, mails); err != nil {
					return err
				}
				if err := st.Mails.Done(n); err != nil {
					return err
				}
				made += len(mails)
			}
			return nil
		})
		if err != nil {
			return made, err
		}
	}
	if made > 0 {
		s.Log.InfoContext(ctx, "mails were queued", "mails", made)
	}
	return made, nil
}

// Due lists the mails to deliver now.
func (s *Service) Due(ctx context.Context) (ids []domain.MailID, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		ids, err = st.Mails.Due(s.Clock.Now(), 1000)
		return err
	})
	return ids, err
}

// Deliver tries to send one mail and notes what came of it. Two must not run for
// one mail at the same time. An error says that it could not be noted: the mail
// is in doubt then, and delivering it again sends it again, marked.
func (s *Service) Deliver(ctx context.Context, id domain.MailID) error {
	letter, err := s.begin(ctx, id)
	if err != nil || letter == nil {
		return err
	}
	sendErr := s.Sender.Send(ctx, *letter)
	// The mail is out: that is noted even if the process has been told to stop.
	var m Mail
	err = s.UoW.Housekeep(context.WithoutCancel(ctx), func(st Stores) error {
		if m, err = st.Mails.Lock(id); err != nil {
			return err
		}
		if sendErr == nil {
			m.Failure, m.SMTPCode = "", ""
			m.Settle(Sent, s.Clock.Now())
			s.Log.InfoContext(ctx, "a mail was sent", "mail", m.ID, "kind", m.Kind, "inDoubt", m.InDoubt)
			return st.Mails.Update(m)
		}
		refusal, ok := errors.AsType[*Refusal](sendErr)
		if !ok {
			refusal = &Refusal{Failure: FailureUnreachable, Err: sendErr}
		}
		m.Fail(refusal, s.Clock.Now())
		s.Log.WarnContext(ctx, "a mail was not sent", "mail", m.ID, "kind", m.Kind, "failure", m.Failure, "code", m.SMTPCode,
			"attempts", m.Attempts, "state", m.State, "error", refusal.Err)
		return st.Mails.Update(m)
	})
	if err == nil {
		s.observe(m)
	}
	return err
}

// begin writes the letter and notes that it is being sent; nil if there is
// nothing to send.
func (s *Service) begin(ctx context.Context, id domain.MailID) (letter *Letter, err error) {
	recalled, err := s.recall(ctx, id)
	if err != nil {
		return nil, err
	}
	var m Mail
	changed := false
	err = s.UoW.Housekeep(ctx, func(st Stores) error {
		letter, changed = nil, false
		m, err = st.Mails.Lock(id)
		if err != nil || !m.Kind.Known() || m.Settled() || m.State == Queued && m.NextTryAt.After(s.Clock.Now()) {
			return err
		}
		to, settled, err := s.address(st, &m, recalled)
		if err != nil {
			return err
		}
		if settled != "" {
			changed = true
			m.Settle(settled, s.Clock.Now())
			s.Log.InfoContext(ctx, "a mail is not sent", "mail", m.ID, "kind", m.Kind, "state", m.State)
			return st.Mails.Update(m)
		}
		m.Begin(s.Clock.Now())
		stop, err := s.stopURL(st, m)
		if err != nil {
			return err
		}
		letter = &Letter{MessageID: m.MessageID, To: to, Subject: m.Subject, Body: m.Body, HTML: htmlOf(m.Subject, m.Body, m.Language, s.Site), Language: m.Language, Event: m.Event, StopURL: stop, Date: m.QueuedAt}
		return st.Mails.Update(m)
	})
	if err != nil {
		return nil, err
	}
	if changed {
		s.observe(m)
	}
	return letter, nil
}

// address finds where a mail goes and writes its text, or says how it is settled
// unsent: access is that of today. What has been sent once is not written anew.
func (s *Service) address(st Stores, m *Mail, recalled *today) (to string, settled State, err error) {
	if m.Kind == Digest {
		return s.addressDigest(st, m, recalled)
	}
	if m.Kind.Security() {
		return s.addressAccess(st, m)
	}
	p, err := st.Mails.Person(*m)
	if err != nil {
		return "", "", err
	}
	for _, in := range p.Posts {
		about, err := st.Mails.Meeting(in.Actor.Scope(), m.MeetingID)
		if errors.Is(err, domain.NotFound("meeting")) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		if !m.readable(about) {
			continue
		}
		if m.outdated(about, in.Actor.PostID, p) {
			return "", Superseded, nil
		}
		if m.Body == "" {
			t, err := st.Templates.Template(m.PartyID, m.Kind)
			if err != nil {
				return "", "", err
			}
			m.write(about, in, p, s.Site, s.Host, t.Texts())
		}
		switch {
		case p.Email == "":
			return "", NoAddress, nil
		case s.Sender == nil:
			return "", NotConfigured, nil
		}
		return p.Email, "", nil
	}
	m.Subject, m.Body, m.Event = "", "", nil
	return "", Withheld, nil
}

// readable reports whether who gets the mail may see what it tells: the papers,
// or of a meeting to which they are not called any more that it was called.
func (m Mail) readable(about Meeting) bool {
	return about.Papers || m.Kind == MeetingCancelled || m.Kind.Releases()
}

// outdated reports whether what the mail tells is not so any more, or is not news
// to the person.
func (m Mail) outdated(about Meeting, post domain.PostID, to Person) bool {
	switch m.Kind {
	case MeetingCalled:
		return about.Status == "cancelled" || to.Told.Called && m.Attempts == 0
	case MeetingChanged:
		return about.Status == "cancelled"
	case SubstituteReleased, MemberReleased:
		return to.Takes || !to.Told.Called && m.Attempts == 0
	case ApprovalAsked:
		return about.Status != "closed" || !slices.Contains(about.Approvers, post)
	}
	return false
}

// Sweep removes the texts of mails that were settled long ago, and what old digests told.
func (s *Service) Sweep(ctx context.Context) error {
	return s.UoW.Housekeep(ctx, func(st Stores) error {
		n, err := st.Mails.Empty(s.Clock.Now().Add(-Kept))
		if n > 0 {
			s.Log.InfoContext(ctx, "texts of old mails were removed", "mails", n)
		}
		if err != nil {
			return err
		}
		return st.Digests.Forget(s.Clock.Today().AddDays(-digestMemory))
	})
}

// List returns one page of the sent log of the parties whose people the actor
// may see.
func (s *Service) List(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[View], err error) {
	if err := actor.Check(domain.MailRead, domain.Resource{Parties: actor.Scope().AccessParties}); err != nil {
		return page, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Mails.List(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Get returns a mail of the sent log with its text, or NotFound. The text is
// withheld from an actor who may not read the meeting's papers.
func (s *Service) Get(ctx context.Context, actor domain.Actor, id domain.MailID) (v View, withheld bool, err error) {
	if err := actor.Check(domain.MailRead, domain.Resource{Parties: actor.Scope().AccessParties}); err != nil {
		return v, false, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		if v, err = st.Mails.Get(actor.Scope(), id); err != nil || v.Body == "" {
			return err
		}
		if v.Kind == Digest {
			// It may name papers that few may read; what somebody follows is nobody's business.
			scope := actor.Scope()
			if slices.Contains(v.Topics, TopicPapers) && !scope.AllMeetings || slices.Contains(v.Topics, TopicFollowing) && !scope.Audit {
				v.Body, withheld = "", true
			}
			return nil
		}
		if v.Kind.Security() { // whoever sees the log sees the grants, posts and tokens
			return nil
		}
		about, err := st.Mails.Meeting(actor.Scope(), v.MeetingID)
		if err != nil && !errors.Is(err, domain.NotFound("meeting")) {
			return err
		}
		if err != nil || !about.Papers {
			v.Body, withheld = "", true
		}
		return nil
	})
	return v, withheld, err
}
