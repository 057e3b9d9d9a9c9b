package decisionfeed

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

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
	answer, err := s.Source.Read(ctx, f.Request())
	ctx = context.WithoutCancel(ctx) // what was read is kept even if the process has been told to stop
	if err == nil {
		if err = s.keep(ctx, f, answer); err == nil {
			return nil
		}
		err = &Failure{Code: FailureNotKept, Err: err}
	}
	return s.fail(ctx, f, err)
}

// keep notes that a feed was read, with what it told.
func (s *Service) keep(ctx context.Context, f Feed, a Answer) error {
	now := s.Clock.Now()
	entries := s.entries(f, a.Items, now)
	fresh := 0
	err := s.UoW.Housekeep(ctx, func(st Stores) error {
		fetch := f.Fetch
		fetch.Read(f.URL, a, now)
		if err := st.Feeds.SaveFetch(f.ID, fetch); err != nil {
			return err
		}
		if a.NotModified {
			return st.Feeds.StillThere(f.ID, f.Fetch.ReadAt, now)
		}
		var err error
		if fresh, err = st.Feeds.SaveEntries(entries, now); err != nil {
			return err
		}
		_, err = st.Feeds.Trim(f.ID, MaxEntries)
		return err
	})
	if err == nil && !a.NotModified {
		s.Log.InfoContext(ctx, "a feed of a decision service was read", "feed", f.ID, "items", len(a.Items), "kept", len(entries), "new", fresh)
	}
	return err
}

// entries are what is kept of items. They stand in the order of their guids, so
// that two feeds of a party that tell the same never wait for each other.
func (s *Service) entries(f Feed, items []Item, now time.Time) []Entry {
	out := make([]Entry, 0, len(items))
	for _, i := range items[:min(len(items), MaxItems)] {
		var id domain.DecisionEntryID
		id.SetNew(s.NewID)
		if e, ok := NewEntry(id, f, i, now); ok {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return strings.Compare(a.GUID, b.GUID) })
	return out
}

// fail notes that a feed could not be read or kept, in a transaction of its own:
// that of the reading may be what failed.
func (s *Service) fail(ctx context.Context, f Feed, err error) error {
	why, ok := errors.AsType[*Failure](err)
	if !ok {
		why = &Failure{Code: FailureUnreachable, Err: err}
	}
	fetch := f.Fetch
	fetch.Fail(f.URL, why, s.Clock.Now())
	s.Log.WarnContext(ctx, "a feed of a decision service was not read", "feed", f.ID, "failure", why.Code, "status", why.Status,
		"failures", fetch.Failures, "error", why.Err)
	return s.UoW.Housekeep(ctx, func(st Stores) error { return st.Feeds.SaveFetch(f.ID, fetch) })
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
	cases, err := st.Feeds.CaseNumbers(forum, MaxCases)
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
