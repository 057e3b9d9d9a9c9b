package decisionfeed

import (
	"context"
	"errors"
	"log/slog"

	"yhdyspinta/domain"
)

// Service holds the use cases of decision services.
type Service struct {
	UoW    domain.UnitOfWork[Stores]
	NewID  domain.IDSource
	Clock  domain.Clock
	Source Source // nil where nothing is read, as in the API
	Log    *slog.Logger
}

func feedSubject(id domain.DecisionFeedID) domain.Subject {
	return domain.SubjectOf(domain.SubjectDecisionFeed, id)
}

// Feeds returns one page of the feeds of the parties whose access the actor may
// see.
func (s *Service) Feeds(ctx context.Context, actor domain.Actor, f Filter, p domain.PageRequest) (page domain.Page[Feed], err error) {
	if err := actor.Check(domain.DecisionFeedRead, domain.Resource{Parties: actor.Scope().AccessParties}); err != nil {
		return page, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		page, err = st.Feeds.Feeds(actor.Scope(), f, p)
		return err
	})
	return page, err
}

// Feed returns one of them, or NotFound.
func (s *Service) Feed(ctx context.Context, actor domain.Actor, id domain.DecisionFeedID) (f Feed, err error) {
	if err := actor.Check(domain.DecisionFeedRead, domain.Resource{Parties: actor.Scope().AccessParties}); err != nil {
		return f, err
	}
	err = s.UoW.Read(ctx, func(st Stores) error {
		f, err = st.Feeds.Feed(actor.Scope(), id)
		return err
	})
	return f, err
}

// AddFeed gives a party a feed.
func (s *Service) AddFeed(ctx context.Context, actor domain.Actor, party domain.PartyID, e Edit) (f Feed, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := actor.Check(domain.DecisionFeedEdit, domain.Resource{Parties: []domain.PartyID{party}}); err != nil {
			return err
		}
		var id domain.DecisionFeedID
		id.SetNew(s.NewID)
		if f, err = New(id, party, e, log.Now()); err != nil {
			return err
		}
		n, err := st.Feeds.CountFeeds(party)
		if err != nil {
			return err
		}
		if n >= MaxFeeds {
			return domain.InvalidField("/url", "too_many")
		}
		if err := st.Feeds.InsertFeed(f); err != nil {
			return err
		}
		log.Add(actor, domain.DecisionFeedEdit, feedSubject(id), f.Version, domain.Diff(Feed{}, f), domain.Under(domain.SubjectOf(domain.SubjectParty, party)))
		f, err = st.Feeds.Feed(actor.Scope(), id)
		return err
	})
	return f, err
}

// ChangeFeed replaces version of a feed: Stale if it has another version by now.
func (s *Service) ChangeFeed(ctx context.Context, actor domain.Actor, id domain.DecisionFeedID, version int, e Edit) (f Feed, err error) {
	if err := actor.Check(domain.DecisionFeedEdit, domain.Resource{Parties: actor.Scope().AccessParties}); err != nil {
		return f, err
	}
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Feeds.Feed(actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.DecisionFeedEdit, old.Resource()); err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(feedSubject(id), version, old)
		}
		f = old
		if err := f.Change(e, log.Now()); err != nil {
			return err
		}
		if f, err = st.Feeds.UpdateFeed(f); err != nil {
			return err
		}
		log.Add(actor, domain.DecisionFeedEdit, feedSubject(id), f.Version, domain.Diff(old, f), domain.Under(domain.SubjectOf(domain.SubjectParty, f.PartyID)))
		f, err = st.Feeds.Feed(actor.Scope(), id)
		return err
	})
	return f, err
}

// Due lists the feeds to read now, and removes what was kept long enough.
func (s *Service) Due(ctx context.Context) (ids []domain.DecisionFeedID, err error) {
	err = s.UoW.Housekeep(ctx, func(st Stores) error {
		n, err := st.Feeds.Sweep(s.Clock.Now().Add(-Kept))
		if err != nil {
			return err
		}
		if n > 0 {
			s.Log.InfoContext(ctx, "old entries of decision services were removed", "entries", n)
		}
		ids, err = st.Feeds.Due(s.Clock.Now(), 100)
		return err
	})
	return ids, err
}

// everything is the scope of the background work.
var everything = domain.Scope{AccessAll: true}

// Fetch reads a feed if it is due, and notes what came of it. Reading it twice
// does no harm. An error says that it could not be noted.
func (s *Service) Fetch(ctx context.Context, id domain.DecisionFeedID) error {
	var f Feed
	err := s.UoW.Read(ctx, func(st Stores) (err error) {
		f, err = st.Feeds.Feed(everything, id)
		return err
	})
	if err != nil || !f.Due(s.Clock.Now()) {
		return err
	}
	answer, readErr := s.Source.Read(ctx, f.Request())
	// What was read is kept even if the process has been told to stop.
	return s.UoW.Housekeep(context.WithoutCancel(ctx), func(st Stores) error {
		now, fetch := s.Clock.Now(), f.Fetch
		if readErr != nil {
			why, ok := errors.AsType[*Failure](readErr)
			if !ok {
				why = &Failure{Code: FailureUnreachable, Err: readErr}
			}
			fetch.Fail(f.URL, why, now)
			s.Log.WarnContext(ctx, "a feed of a decision service was not read", "feed", id, "failure", why.Code, "status", why.Status,
				"failures", fetch.Failures, "error", why.Err)
			return st.Feeds.SaveFetch(id, fetch)
		}
		before := fetch.ReadAt
		fetch.Read(f.URL, answer, now)
		if err := st.Feeds.SaveFetch(id, fetch); err != nil {
			return err
		}
		if answer.NotModified {
			return st.Feeds.StillThere(id, before, now)
		}
		entries := make([]Entry, 0, len(answer.Items))
		for _, i := range answer.Items[:min(len(answer.Items), MaxItems)] {
			var entry domain.DecisionEntryID
			entry.SetNew(s.NewID)
			if e, ok := NewEntry(entry, f, i, now); ok {
				entries = append(entries, e)
			}
		}
		fresh, err := st.Feeds.SaveEntries(entries, now)
		if err != nil {
			return err
		}
		_, err = st.Feeds.Trim(id, MaxEntries)
		s.Log.InfoContext(ctx, "a feed of a decision service was read", "feed", id, "items", len(answer.Items), "kept", len(entries), "new", fresh)
		return err
	})
}

// WatchList returns the words that a forum watches, to who may change them.
func (s *Service) WatchList(ctx context.Context, actor domain.Actor, forum domain.ForumID) (w WatchList, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if err := check(st, actor, domain.WatchListEdit, forum); err != nil {
			return err
		}
		w, err = st.Feeds.WatchList(forum)
		return err
	})
	return w, err
}

// check is nil if the actor sees the forum and may do p there.
func check(st Stores, actor domain.Actor, p domain.Permission, forum domain.ForumID) error {
	if err := st.Feeds.SeeForum(actor.Scope(), forum); err != nil {
		return err
	}
	return actor.Check(p, domain.Resource{ForumID: forum})
}

// ChangeWatchList replaces version of the words that a forum watches: Stale if it
// has another version by now.
func (s *Service) ChangeWatchList(ctx context.Context, actor domain.Actor, forum domain.ForumID, version int, words []string) (w WatchList, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := check(st, actor, domain.WatchListEdit, forum); err != nil {
			return err
		}
		if err := st.Feeds.LockForum(forum); err != nil {
			return err
		}
		old, err := st.Feeds.WatchList(forum)
		if err != nil {
			return err
		}
		if old.Version != version {
			return domain.Stale(domain.SubjectOf(domain.SubjectWatchList, old.ID), version, old)
		}
		w = old
		if w.ID.IsZero() {
			w.ID.SetNew(s.NewID)
			w.CreatedAt = log.Now()
		}
		if err := w.Change(words, log.Now()); err != nil {
			return err
		}
		if w, err = st.Feeds.SaveWatchList(w); err != nil {
			return err
		}
		log.Add(actor, domain.WatchListEdit, domain.SubjectOf(domain.SubjectWatchList, w.ID), w.Version, domain.Diff(old, w),
			domain.Under(domain.SubjectOf(domain.SubjectForum, forum)))
		return nil
	})
	return w, err
}

// wanted is what a forum looks for.
func wanted(st Stores, forum domain.ForumID) (Wanted, error) {
	list, err := st.Feeds.WatchList(forum)
	if err != nil {
		return Wanted{}, err
	}
	cases, err := st.Feeds.CaseNumbers(forum)
	return NewWanted(cases, list.Words), err
}

// Offers returns one page of what decision services have published that concerns
// a forum, to who may change its agendas.
func (s *Service) Offers(ctx context.Context, actor domain.Actor, forum domain.ForumID, p domain.PageRequest) (page domain.Page[Offer], err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		if err := check(st, actor, domain.MeetingEdit, forum); err != nil {
			return err
		}
		w, err := wanted(st, forum)
		if err != nil {
			return err
		}
		page, err = st.Feeds.Offers(forum, w, p)
		return err
	})
	return page, err
}

// Take puts the link of an offer on an agenda item of the forum.
func (s *Service) Take(ctx context.Context, actor domain.Actor, forum domain.ForumID, id domain.DecisionEntryID, item domain.AgendaItemID) (Settlement, error) {
	return s.settle(ctx, actor, forum, id, item)
}

// Dismiss puts an offer aside: the forum is not offered it again.
func (s *Service) Dismiss(ctx context.Context, actor domain.Actor, forum domain.ForumID, id domain.DecisionEntryID) (Settlement, error) {
	return s.settle(ctx, actor, forum, id, domain.AgendaItemID{})
}

func (s *Service) settle(ctx context.Context, actor domain.Actor, forum domain.ForumID, id domain.DecisionEntryID, item domain.AgendaItemID) (out Settlement, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		if err := check(st, actor, domain.MeetingEdit, forum); err != nil {
			return err
		}
		w, err := wanted(st, forum)
		if err != nil {
			return err
		}
		o, err := st.Feeds.Offer(forum, w, id)
		if err != nil {
			return err
		}
		if !item.IsZero() {
			if err := st.Agenda.AddLink(log, actor, forum, item, o.LinkTitle(), o.Link); err != nil {
				return err
			}
		}
		var sid domain.SettlementID
		sid.SetNew(s.NewID)
		out = o.Settle(sid, forum, item, log.Now())
		if err := st.Feeds.InsertSettlement(out); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectSettlement, out.ID), out.Version, domain.Diff(Settlement{}, out),
			domain.Under(domain.SubjectOf(domain.SubjectForum, forum)))
		return nil
	})
	return out, err
}
