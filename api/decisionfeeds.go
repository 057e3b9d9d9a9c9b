package api

import (
	"context"
	"net/http"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/decisionfeed"
)

// DecisionFeed is an RSS address of a party's decision service.
type DecisionFeed struct {
	ID          domain.DecisionFeedID `json:"id" format:"uuid"`
	PartyID     domain.PartyID        `json:"partyId" format:"uuid"`
	URL         string                `json:"url"`
	Language    domain.Lang           `json:"language" enum:"fi,sv"`
	Active      bool                  `json:"active" doc:"It is read"`
	Entries     int                   `json:"entries" doc:"How many of its entries are kept"`
	Reading     *FeedReading          `json:"reading,omitempty" doc:"How the last reading went; missing until the first"`
	Version     int                   `json:"version"`
	UpdatedAt   time.Time             `json:"updatedAt"`
	Permissions []domain.Permission   `json:"permissions"`
}

// FeedReading is how the last reading of a feed went.
type FeedReading struct {
	TriedAt    time.Time                `json:"triedAt"`
	ReadAt     *time.Time               `json:"readAt,omitempty" doc:"When it was last read, or found unchanged; missing: never"`
	Failure    decisionfeed.FailureCode `json:"failure,omitempty" enum:"unreachable,timeout,address,redirect,status,too_large,not_a_feed,not_kept" doc:"What was wrong with the last try. address: it leads to an address that is not of the public Internet; not_kept: it was read, but could not be stored"`
	HTTPStatus int                      `json:"httpStatus,omitempty" doc:"With the failure status"`
	Failures   int                      `json:"failures" doc:"One after another"`
	NextAt     time.Time                `json:"nextAt"`
}

// DecisionFeedInput is what can be said of a feed.
type DecisionFeedInput struct {
	URL      string      `json:"url" maxLength:"2000" doc:"An address of the scheme https."`
	Language domain.Lang `json:"language" enum:"fi,sv" doc:"Of its entries"`
	Active   bool        `json:"active" doc:"It is read"`
}

// NewDecisionFeedInput is a feed of a party.
type NewDecisionFeedInput struct {
	PartyID domain.PartyID `json:"partyId" format:"uuid"`
	DecisionFeedInput
}

// WatchedWords are the words by which a forum looks for what concerns it.
type WatchedWords struct {
	Words       []string            `json:"words"`
	Version     int                 `json:"version"`
	Permissions []domain.Permission `json:"permissions"`
}

// WatchedWordsInput replaces the words.
type WatchedWordsInput struct {
	Words []string `json:"words" nullable:"false" maxItems:"20" doc:"At most 20, each of 3 to 60 characters. A word is found inside others too"`
}

// DecisionOffer is what a decision service has published and concerns a forum.
type DecisionOffer struct {
	ID          domain.DecisionEntryID `json:"id" format:"uuid"`
	PartyID     domain.PartyID         `json:"partyId" format:"uuid" doc:"Whose decision service published it"`
	Language    domain.Lang            `json:"language" enum:"fi,sv"`
	Title       string                 `json:"title"`
	Link        string                 `json:"link"`
	PublishedAt *time.Time             `json:"publishedAt,omitempty" doc:"As the decision service says; missing if it does not"`
	FoundAt     time.Time              `json:"foundAt"`
	RegistryNos []string               `json:"registryNos" doc:"Those that it mentions and agenda items of the forum name"`
	Words       []string               `json:"words" doc:"Watched words that it holds"`
}

// TakeDecisionInput names where the link goes.
type TakeDecisionInput struct {
	AgendaItemID domain.AgendaItemID `json:"agendaItemId" format:"uuid" doc:"An item of a meeting of the forum"`
}

// DecisionSettlement is what became of an offer.
type DecisionSettlement struct {
	State        decisionfeed.State   `json:"state" enum:"taken,dismissed"`
	AgendaItemID *domain.AgendaItemID `json:"agendaItemId,omitempty" format:"uuid"`
	Title        string               `json:"title"`
	Link         string               `json:"link"`
	SettledAt    time.Time            `json:"settledAt"`
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func decisionFeedBody(a domain.Actor) func(decisionfeed.Feed) DecisionFeed {
	return func(f decisionfeed.Feed) DecisionFeed {
		out := DecisionFeed{ID: f.ID, PartyID: f.PartyID, URL: f.URL, Language: f.Language, Active: f.Active, Entries: f.Entries, Version: f.Version,
			UpdatedAt: f.UpdatedAt, Permissions: f.Permissions(a)}
		if x := f.Fetch; !x.TriedAt.IsZero() {
			out.Reading = &FeedReading{TriedAt: x.TriedAt, ReadAt: instant(x.ReadAt), Failure: x.Failure, HTTPStatus: x.HTTPStatus, Failures: x.Failures, NextAt: x.NextAt}
		}
		return out
	}
}

func watchedWordsBody(a domain.Actor) func(decisionfeed.WatchList) WatchedWords {
	return func(w decisionfeed.WatchList) WatchedWords {
		return WatchedWords{Words: orEmpty(w.Words), Version: w.Version, Permissions: w.Permissions(a)}
	}
}

func decisionOfferBody(o decisionfeed.Offer) DecisionOffer {
	return DecisionOffer{ID: o.ID, PartyID: o.PartyID, Language: o.Language, Title: o.Title, Link: o.Link, PublishedAt: instant(o.PublishedAt), FoundAt: o.FoundAt,
		RegistryNos: o.Cases, Words: o.Words}
}

func settlementBody(s decisionfeed.Settlement) *struct{ Body DecisionSettlement } {
	return &struct{ Body DecisionSettlement }{DecisionSettlement{State: s.State, AgendaItemID: s.ItemID.Ptr(), Title: s.Title, Link: s.Link, SettledAt: s.SettledAt}}
}

func (s *Server) registerDecisionFeeds() {
	const tag = "Decision services"
	feeds := s.Services.DecisionFeeds

	handle(s, operation{ID: "listDecisionFeeds", Method: http.MethodGet, Path: "/decision-feeds", Tag: tag, Permission: domain.DecisionFeedRead, Errors: []int{401, 403},
		Summary:     "List the RSS addresses of decision services",
		Description: "Of the parties that the caller administers; auditors see all. Sorted by createdAt (the default) or url."},
		func(ctx context.Context, a domain.Actor, in *struct {
			PageParams
			Party []string `query:"partyId,explode" maxItems:"50" doc:"Of these parties"`
		}) (*ListOutput[DecisionFeed], error) {
			var f decisionfeed.Filter
			if err := idFilter(&f.Party, "partyId", in.Party); err != nil {
				return nil, err
			}
			page, err := feeds.Feeds(ctx, a, f, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, decisionFeedBody(a)), nil
		})

	handle(s, operation{ID: "getDecisionFeed", Method: http.MethodGet, Path: "/decision-feeds/{id}", Tag: tag, Permission: domain.DecisionFeedRead,
		Errors: []int{401, 403, 404}, Summary: "Get an RSS address of a decision service"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[DecisionFeed], error) {
			var id domain.DecisionFeedID
			if err := pathID(&id, in.ID, "decision_feed"); err != nil {
				return nil, err
			}
			f, err := feeds.Feed(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(decisionFeedBody(a)(f), f.Version), nil
		})

	handle(s, operation{ID: "createDecisionFeed", Method: http.MethodPost, Path: "/decision-feeds", Tag: tag, Permission: domain.DecisionFeedEdit, Status: http.StatusCreated,
		Errors: []int{401, 403}, Summary: "Follow an RSS address of a party's decision service",
		Description: "Only https, and only addresses of the public Internet. It is read within minutes, then every hour; at most 20 for a party."},
		func(ctx context.Context, a domain.Actor, in *struct{ Body NewDecisionFeedInput }) (*ItemOutput[DecisionFeed], error) {
			f, err := feeds.AddFeed(ctx, a, in.Body.PartyID, decisionfeed.Edit(in.Body.DecisionFeedInput))
			if err != nil {
				return nil, err
			}
			return created(decisionFeedBody(a)(f), f.Version, "/decision-feeds/"+f.ID.String()), nil
		})

	handle(s, operation{ID: "updateDecisionFeed", Method: http.MethodPut, Path: "/decision-feeds/{id}", Tag: tag, Permission: domain.DecisionFeedEdit,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace an RSS address of a decision service, or stop reading it"},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body DecisionFeedInput
		}) (*ItemOutput[DecisionFeed], error) {
			var id domain.DecisionFeedID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "decision_feed")); err != nil {
				return nil, err
			}
			f, err := feeds.ChangeFeed(ctx, a, id, version, decisionfeed.Edit(in.Body))
			if err != nil {
				return nil, stale(err, decisionFeedBody(a))
			}
			return item(decisionFeedBody(a)(f), f.Version), nil
		})

	handle(s, operation{ID: "getWatchedWords", Method: http.MethodGet, Path: "/forums/{id}/watched-words", Tag: tag, Permission: domain.WatchListEdit,
		Errors: []int{401, 403, 404}, Summary: "Get the words by which a forum looks for decisions that concern it"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID string `path:"id" format:"uuid"`
		}) (*ItemOutput[WatchedWords], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			w, err := feeds.WatchList(ctx, a, id)
			if err != nil {
				return nil, err
			}
			return item(watchedWordsBody(a)(w), w.Version), nil
		})

	handle(s, operation{ID: "updateWatchedWords", Method: http.MethodPut, Path: "/forums/{id}/watched-words", Tag: tag, Permission: domain.WatchListEdit,
		Errors: []int{401, 403, 404, 412, 428}, Summary: "Replace the words by which a forum looks for decisions that concern it"},
		func(ctx context.Context, a domain.Actor, in *struct {
			IfMatch
			ID   string `path:"id" format:"uuid"`
			Body WatchedWordsInput
		}) (*ItemOutput[WatchedWords], error) {
			var id domain.ForumID
			version, err := in.version()
			if err := firstError(err, pathID(&id, in.ID, "forum")); err != nil {
				return nil, err
			}
			w, err := feeds.ChangeWatchList(ctx, a, id, version, in.Body.Words)
			if err != nil {
				return nil, stale(err, watchedWordsBody(a))
			}
			return item(watchedWordsBody(a)(w), w.Version), nil
		})

	handle(s, operation{ID: "listDecisionOffers", Method: http.MethodGet, Path: "/forums/{id}/decision-offers", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404}, Summary: "List what decision services have published that concerns a forum",
		Description: "What mentions a registry number that an agenda item of the forum names for that party, or holds a watched word, and was neither taken nor dismissed. Sorted by -publishedAt (the default) or publishedAt."},
		func(ctx context.Context, a domain.Actor, in *struct {
			PageParams
			ID string `path:"id" format:"uuid"`
		}) (*ListOutput[DecisionOffer], error) {
			var id domain.ForumID
			if err := pathID(&id, in.ID, "forum"); err != nil {
				return nil, err
			}
			page, err := feeds.Offers(ctx, a, id, in.request())
			if err != nil {
				return nil, err
			}
			return listOf(page, decisionOfferBody), nil
		})

	handle(s, operation{ID: "takeDecisionOffer", Method: http.MethodPost, Path: "/forums/{id}/decision-offers/{entryId}/agenda-link", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Put the link of an offered decision on an agenda item",
		Description: "Under the rules of changing the item. If the item is taken off the agenda, the decision is offered again."},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID      string `path:"id" format:"uuid"`
			EntryID string `path:"entryId" format:"uuid"`
			Body    TakeDecisionInput
		}) (*struct{ Body DecisionSettlement }, error) {
			var forum domain.ForumID
			var entry domain.DecisionEntryID
			if err := firstError(pathID(&forum, in.ID, "forum"), pathID(&entry, in.EntryID, "decision_offer")); err != nil {
				return nil, err
			}
			if in.Body.AgendaItemID.IsZero() {
				return nil, domain.InvalidField("/agendaItemId", "required")
			}
			out, err := feeds.Take(ctx, a, forum, entry, in.Body.AgendaItemID)
			if err != nil {
				return nil, err
			}
			return settlementBody(out), nil
		})

	handle(s, operation{ID: "dismissDecisionOffer", Method: http.MethodPost, Path: "/forums/{id}/decision-offers/{entryId}/dismissal", Tag: tag, Permission: domain.MeetingEdit,
		Errors: []int{401, 403, 404, 409}, Summary: "Put an offered decision aside: the forum is not offered it again"},
		func(ctx context.Context, a domain.Actor, in *struct {
			ID      string `path:"id" format:"uuid"`
			EntryID string `path:"entryId" format:"uuid"`
		}) (*struct{ Body DecisionSettlement }, error) {
			var forum domain.ForumID
			var entry domain.DecisionEntryID
			if err := firstError(pathID(&forum, in.ID, "forum"), pathID(&entry, in.EntryID, "decision_offer")); err != nil {
				return nil, err
			}
			out, err := feeds.Dismiss(ctx, a, forum, entry)
			if err != nil {
				return nil, err
			}
			return settlementBody(out), nil
		})
}
