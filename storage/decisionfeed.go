package storage

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/decisionfeed"
)

// DecisionFeedStore keeps the feeds of decision services, what they told, and
// what forums look for and did with it.
type DecisionFeedStore struct{ tx Tx }

// NewDecisionFeedStore binds the store to a transaction.
func NewDecisionFeedStore(tx Tx) *DecisionFeedStore { return &DecisionFeedStore{tx} }

type decisionFeedRow struct {
	ID        domain.DecisionFeedID
	PartyID   domain.PartyID
	URL       string
	Language  domain.Lang
	Active    bool
	Version   int
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
}

func (decisionFeedRow) TableName() string { return "decision_feed" }

func rowOfDecisionFeed(f decisionfeed.Feed) decisionFeedRow {
	return decisionFeedRow{f.ID, f.PartyID, f.URL, f.Language, f.Active, f.Version, f.CreatedAt, f.UpdatedAt}
}

type decisionFeedView struct {
	Row          decisionFeedRow `gorm:"embedded"`
	FetchURL     string
	ETag         string `gorm:"column:etag"`
	LastModified string
	Failure      decisionfeed.FailureCode
	HTTPStatus   int `gorm:"column:http_status"`
	Failures     int
	TriedAt      *time.Time
	ReadAt       *time.Time
	NextAt       *time.Time
	Entries      int
}

func (v decisionFeedView) entity() decisionfeed.Feed {
	r := v.Row
	return decisionfeed.Feed{ID: r.ID, PartyID: r.PartyID, URL: r.URL, Language: r.Language, Active: r.Active, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
		Entries: v.Entries, Fetch: decisionfeed.Fetch{URL: v.FetchURL, ETag: v.ETag, LastModified: v.LastModified, Failure: v.Failure, HTTPStatus: v.HTTPStatus,
			Failures: v.Failures, TriedAt: timeOf(v.TriedAt), ReadAt: timeOf(v.ReadAt), NextAt: timeOf(v.NextAt)}}
}

const (
	decisionFeedSelect = `
select d.id, d.party_id, d.url, d.language, d.active, d.version, d.created_at, d.updated_at,
       coalesce(x.url, '') as fetch_url, coalesce(x.etag, '') as etag, coalesce(x.last_modified, '') as last_modified, coalesce(x.failure, '') as failure,
       coalesce(x.http_status, 0) as http_status, coalesce(x.failures, 0) as failures, x.tried_at, x.read_at, x.next_at,
       (select count(*) from decision_entry e where e.feed_id = d.id) as entries`
	decisionFeedFrom = " from decision_feed d left join decision_fetch x on x.feed_id = d.id"
)

func decisionFeedsVisible(w *where, scope domain.Scope) {
	switch {
	case scope.AccessAll:
	case len(scope.AccessParties) == 0:
		w.add("false")
	default:
		w.add("d.party_id in ?", scope.AccessParties)
	}
}

// Feed implements decisionfeed.Store.
func (s *DecisionFeedStore) Feed(scope domain.Scope, id domain.DecisionFeedID) (decisionfeed.Feed, error) {
	var w where
	w.add("d.id = ?", id)
	decisionFeedsVisible(&w, scope)
	rows, err := query[decisionFeedView](s.tx, decisionFeedSelect+decisionFeedFrom+w.sql(), w.args...)
	if err != nil {
		return decisionfeed.Feed{}, fmt.Errorf("load a feed: %w", err)
	}
	if len(rows) == 0 {
		return decisionfeed.Feed{}, domain.NotFound("decision_feed")
	}
	return rows[0].entity(), nil
}

var decisionFeedOrdering = ordering{
	keys: map[string]sortKey{
		"createdAt": {"d.created_at", "timestamptz"},
		"url":       {"d.url", "text"},
	},
	standard: "createdAt",
	id:       "d.id",
}

// Feeds implements decisionfeed.Store.
func (s *DecisionFeedStore) Feeds(scope domain.Scope, f decisionfeed.Filter, req domain.PageRequest) (domain.Page[decisionfeed.Feed], error) {
	var w where
	decisionFeedsVisible(&w, scope)
	in(&w, "d.party_id", f.Party)
	rows, err := list[decisionFeedView](s.tx, decisionFeedOrdering, req, decisionFeedSelect, decisionFeedFrom, w)
	if err != nil {
		return domain.Page[decisionfeed.Feed]{}, fmt.Errorf("list feeds: %w", err)
	}
	return pageOf(rows, entities(rows.Items)), nil
}

// CountFeeds implements decisionfeed.Store.
func (s *DecisionFeedStore) CountFeeds(party domain.PartyID) (n int, err error) {
	if err := s.tx.Raw("select count(*) from decision_feed where party_id = ?", party).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count the feeds of a party: %w", err)
	}
	return n, nil
}

// InsertFeed implements decisionfeed.Store.
func (s *DecisionFeedStore) InsertFeed(f decisionfeed.Feed) error {
	row := rowOfDecisionFeed(f)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a feed: %w", err)
	}
	return nil
}

// UpdateFeed implements decisionfeed.Store.
func (s *DecisionFeedStore) UpdateFeed(f decisionfeed.Feed) (decisionfeed.Feed, error) {
	row := rowOfDecisionFeed(f)
	row.Version++
	res := s.tx.Model(&decisionFeedRow{}).Where("id = ? and version = ?", f.ID, f.Version).Select("url", "language", "active", "version", "updated_at").Updates(&row)
	if res.Error != nil {
		return f, fmt.Errorf("update a feed: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return f, domain.Stale(domain.SubjectOf(domain.SubjectDecisionFeed, f.ID), f.Version, nil)
	}
	f.Version = row.Version
	return f, nil
}

// Due implements decisionfeed.Store.
func (s *DecisionFeedStore) Due(now time.Time, limit int) (ids []domain.DecisionFeedID, err error) {
	err = s.tx.Raw("select d.id"+decisionFeedFrom+` where d.active and (x.feed_id is null or x.url <> d.url or x.next_at <= ?)
order by x.next_at nulls first, d.id limit ?`, now, limit).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("find the feeds to read: %w", err)
	}
	return ids, nil
}

// SaveFetch implements decisionfeed.Store.
func (s *DecisionFeedStore) SaveFetch(id domain.DecisionFeedID, f decisionfeed.Fetch) error {
	err := s.tx.Exec(`
insert into decision_fetch (feed_id, url, etag, last_modified, failure, http_status, failures, tried_at, read_at, next_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (feed_id) do update set url = excluded.url, etag = excluded.etag, last_modified = excluded.last_modified, failure = excluded.failure,
  http_status = excluded.http_status, failures = excluded.failures, tried_at = excluded.tried_at, read_at = excluded.read_at, next_at = excluded.next_at`,
		id, f.URL, f.ETag, f.LastModified, f.Failure, f.HTTPStatus, f.Failures, f.TriedAt, timeOrNil(f.ReadAt), f.NextAt).Error
	if err != nil {
		return fmt.Errorf("note how a feed was read: %w", err)
	}
	return nil
}

// SaveEntries implements decisionfeed.Store. An entry that a party's other feed
// told first stays with that one.
func (s *DecisionFeedStore) SaveEntries(es []decisionfeed.Entry, seen time.Time) (fresh int, err error) {
	for _, e := range es {
		var inserted bool
		err := s.tx.Raw(`
insert into decision_entry (id, feed_id, party_id, language, guid, title, body, link, folded, mentions, published_at, found_at, seen_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)), ?, ?, ?)
on conflict (party_id, guid) do update set title = excluded.title, body = excluded.body, link = excluded.link, folded = excluded.folded,
  mentions = excluded.mentions, published_at = excluded.published_at, seen_at = excluded.seen_at
returning xmax = 0`, e.ID, e.FeedID, e.PartyID, e.Language, e.GUID, e.Title, e.Text, e.Link, e.Folded, jsonList(e.Mentions), timeOrNil(e.PublishedAt), e.FoundAt, seen).
			Scan(&inserted).Error
		if err != nil {
			return fresh, fmt.Errorf("keep an entry of a feed: %w", err)
		}
		if inserted {
			fresh++
		}
	}
	return fresh, nil
}

// jsonList writes words as a list in JSON.
func jsonList(words []string) string {
	if words == nil {
		words = []string{}
	}
	text, err := json.Marshal(words)
	if err != nil {
		panic(err) // a list of strings has a form in JSON
	}
	return string(text)
}

// StillThere implements decisionfeed.Store.
func (s *DecisionFeedStore) StillThere(id domain.DecisionFeedID, before, seen time.Time) error {
	if err := s.tx.Exec("update decision_entry set seen_at = ? where feed_id = ? and seen_at = ?", seen, id, before).Error; err != nil {
		return fmt.Errorf("note that a feed is unchanged: %w", err)
	}
	return nil
}

// Trim implements decisionfeed.Store.
func (s *DecisionFeedStore) Trim(id domain.DecisionFeedID, keep int) (int, error) {
	res := s.tx.Exec(`delete from decision_entry where id in (
  select e.id from decision_entry e where e.feed_id = ? order by e.seen_at desc, coalesce(e.published_at, e.found_at) desc, e.id desc offset ?)`, id, keep)
	if res.Error != nil {
		return 0, fmt.Errorf("remove entries beyond those that are kept: %w", res.Error)
	}
	return int(res.RowsAffected), nil
}

// Sweep implements decisionfeed.Store.
func (s *DecisionFeedStore) Sweep(before time.Time) (int, error) {
	res := s.tx.Exec("delete from decision_entry where seen_at < ?", before)
	if res.Error != nil {
		return 0, fmt.Errorf("remove old entries: %w", res.Error)
	}
	return int(res.RowsAffected), nil
}

// SeeForum implements decisionfeed.Store.
func (s *DecisionFeedStore) SeeForum(scope domain.Scope, id domain.ForumID) error {
	return NewMeetingStore(s.tx).SeeForum(scope, id)
}

// LockForum implements decisionfeed.Store.
func (s *DecisionFeedStore) LockForum(id domain.ForumID) error {
	return NewMeetingStore(s.tx).LockForum(id)
}

// WatchList implements decisionfeed.Store.
func (s *DecisionFeedStore) WatchList(forum domain.ForumID) (decisionfeed.WatchList, error) {
	var rows []struct {
		ID        domain.WatchListID
		Words     string
		Version   int
		CreatedAt time.Time
		UpdatedAt time.Time
	}
	if err := s.tx.Raw("select id, words::text as words, version, created_at, updated_at from watch_list where forum_id = ?", forum).Scan(&rows).Error; err != nil {
		return decisionfeed.WatchList{}, fmt.Errorf("load the words that a forum watches: %w", err)
	}
	if len(rows) == 0 {
		return decisionfeed.NoWords(forum), nil
	}
	r := rows[0]
	w := decisionfeed.WatchList{ID: r.ID, ForumID: forum, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt}
	if err := json.Unmarshal([]byte(r.Words), &w.Words); err != nil {
		return w, fmt.Errorf("read the words that a forum watches: %w", err)
	}
	return w, nil
}

// SaveWatchList implements decisionfeed.Store.
func (s *DecisionFeedStore) SaveWatchList(w decisionfeed.WatchList) (decisionfeed.WatchList, error) {
	res := s.tx.Exec(`
insert into watch_list (id, forum_id, words, version, created_at, updated_at) values (?, ?, ?, ?, ?, ?)
on conflict (forum_id) do update set words = excluded.words, version = excluded.version, updated_at = excluded.updated_at where watch_list.version = ?`,
		w.ID, w.ForumID, jsonList(w.Words), w.Version+1, w.CreatedAt, w.UpdatedAt, w.Version)
	if res.Error != nil {
		return w, fmt.Errorf("write the words that a forum watches: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return w, domain.Stale(domain.SubjectOf(domain.SubjectWatchList, w.ID), w.Version, nil)
	}
	w.Version++
	return w, nil
}

// CaseNumbers implements decisionfeed.Store.
func (s *DecisionFeedStore) CaseNumbers(forum domain.ForumID, limit int) (out []decisionfeed.CaseNumber, err error) {
	err = s.tx.Raw(`
select c.party_id, c.registry_no as no from meeting m join agenda_item i on i.meeting_id = m.id
join case_reference c on c.subject_kind = 'agenda_item' and c.subject_id = i.id
where m.forum_id = ? and c.registry_no <> '' group by 1, 2 order by max(m.starts_at) desc, 1, 2 limit ?`, forum, limit).Scan(&out).Error
	if err != nil {
		return nil, fmt.Errorf("find the registry numbers of a forum: %w", err)
	}
	return out, nil
}

type decisionOfferRow struct {
	ID          domain.DecisionEntryID
	FeedID      domain.DecisionFeedID
	PartyID     domain.PartyID
	Language    domain.Lang
	GUID        string `gorm:"column:guid"`
	Title       string
	Body        string
	Link        string
	Folded      string
	Numbers     string // mentions in JSON
	PublishedAt *time.Time
	FoundAt     time.Time
}

func (r decisionOfferRow) offer(w decisionfeed.Wanted) (decisionfeed.Offer, error) {
	e := decisionfeed.Entry{ID: r.ID, FeedID: r.FeedID, PartyID: r.PartyID, Language: r.Language, GUID: r.GUID, Title: r.Title, Text: r.Body, Link: r.Link, Folded: r.Folded,
		PublishedAt: timeOf(r.PublishedAt), FoundAt: r.FoundAt}
	if err := json.Unmarshal([]byte(r.Numbers), &e.Mentions); err != nil {
		return decisionfeed.Offer{}, fmt.Errorf("read what an entry mentions: %w", err)
	}
	return decisionfeed.Offer{Entry: e, Reasons: w.Match(e)}, nil
}

const (
	decisionOfferSelect = `
select e.id, e.feed_id, e.party_id, e.language, e.guid, e.title, e.body, e.link, e.folded, to_jsonb(e.mentions)::text as numbers, e.published_at, e.found_at`
	decisionOfferFrom = " from decision_entry e"
)

// offered is the condition that an entry is wanted by a forum that has not
// settled it. What mentions a number and what holds a word are found apart, each
// by an index of its own, as words alone would have every entry read.
func offered(w *where, forum domain.ForumID, wanted decisionfeed.Wanted) {
	var found []string
	var args []any
	numbers := wanted.Numbers()
	for _, party := range slices.SortedFunc(maps.Keys(numbers), func(a, b domain.PartyID) int { return strings.Compare(a.String(), b.String()) }) {
		found = append(found, "select n.id from decision_entry n where n.party_id = ? and n.mentions && array(select jsonb_array_elements_text(?::jsonb))")
		args = append(args, party, jsonList(numbers[party]))
	}
	if words := wanted.Words(); len(words) > 0 {
		likes := make([]string, len(words))
		for i, word := range words {
			likes[i] = "n.folded like ?"
			args = append(args, "%"+likeEscaper.Replace(word)+"%")
		}
		found = append(found, "select n.id from decision_entry n where "+strings.Join(likes, " or "))
	}
	if len(found) == 0 {
		w.add("false")
		return
	}
	w.add("e.id in ("+strings.Join(found, " union ")+")", args...)
	w.add("not exists (select 1 from decision_settlement s where s.forum_id = ? and s.party_id = e.party_id and s.guid = e.guid)", forum)
}

var decisionOfferOrdering = ordering{
	keys:     map[string]sortKey{"publishedAt": {"coalesce(e.published_at, e.found_at)", "timestamptz"}},
	standard: "-publishedAt",
	id:       "e.id",
}

// Offers implements decisionfeed.Store.
func (s *DecisionFeedStore) Offers(forum domain.ForumID, wanted decisionfeed.Wanted, req domain.PageRequest) (domain.Page[decisionfeed.Offer], error) {
	var w where
	offered(&w, forum, wanted)
	rows, err := list[decisionOfferRow](s.tx, decisionOfferOrdering, req, decisionOfferSelect, decisionOfferFrom, w)
	if err != nil {
		return domain.Page[decisionfeed.Offer]{}, fmt.Errorf("list what decision services offer: %w", err)
	}
	out := make([]decisionfeed.Offer, len(rows.Items))
	for i, r := range rows.Items {
		if out[i], err = r.offer(wanted); err != nil {
			return domain.Page[decisionfeed.Offer]{}, err
		}
	}
	return pageOf(rows, out), nil
}

// Offer implements decisionfeed.Store.
func (s *DecisionFeedStore) Offer(forum domain.ForumID, wanted decisionfeed.Wanted, id domain.DecisionEntryID) (decisionfeed.Offer, error) {
	var w where
	w.add("e.id = ?", id)
	offered(&w, forum, wanted)
	rows, err := query[decisionOfferRow](s.tx, decisionOfferSelect+decisionOfferFrom+w.sql(), w.args...)
	if err != nil {
		return decisionfeed.Offer{}, fmt.Errorf("load what a decision service offers: %w", err)
	}
	if len(rows) == 0 {
		return decisionfeed.Offer{}, domain.NotFound("decision_offer")
	}
	return rows[0].offer(wanted)
}

// InsertSettlement implements decisionfeed.Store.
func (s *DecisionFeedStore) InsertSettlement(o decisionfeed.Settlement) error {
	err := s.tx.Table("decision_settlement").Create(map[string]any{"id": o.ID, "forum_id": o.ForumID, "party_id": o.PartyID, "guid": o.GUID, "title": o.Title, "link": o.Link,
		"state": o.State, "agenda_item_id": o.ItemID.Ptr(), "version": o.Version, "settled_at": o.SettledAt}).Error
	if err != nil {
		return fmt.Errorf("note what became of an offer: %w", err)
	}
	return nil
}
