package storage_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"yhdyspinta/domain"
	"yhdyspinta/domain/decisionfeed"
	"yhdyspinta/storage"
	"yhdyspinta/storage/pgtest"
)

// feeds is a store of feeds, and a connection that may write what a test needs
// without what it refers to.
type feeds struct {
	t    *testing.T
	uow  storage.UnitOfWork[*storage.DecisionFeedStore]
	conn *pgx.Conn
	now  time.Time
}

func newFeeds(t *testing.T) feeds {
	t.Helper()
	db := pgtest.New(t)
	f := feeds{t: t, conn: connect(t, db.SuperDSN), now: time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)}
	exec(t, f.conn, "set session_replication_role = replica")
	st, err := storage.Open(t.Context(), db.AppDSN, storage.Options{MaxConnections: 4, Clock: func() time.Time { return f.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(st.Close)
	f.uow = storage.NewUnitOfWork(st, storage.NewDecisionFeedStore)
	return f
}

func (f feeds) insert(sql string, args ...any) {
	f.t.Helper()
	if _, err := f.conn.Exec(f.t.Context(), sql, args...); err != nil {
		f.t.Fatalf("%v\n%s", err, sql)
	}
}

// A word is found wherever it stands, as it is written: what means something in a
// pattern is a sign like any other. A number is found for its own party.
func TestDecisionOffersAreFound(t *testing.T) {
	t.Parallel()
	f := newFeeds(t)
	var espoo, luvn domain.PartyID
	espoo.SetNew(domain.UUIDv7)
	luvn.SetNew(domain.UUIDv7)
	for i, e := range []struct {
		party    domain.PartyID
		folded   string
		mentions []string
	}{
		{espoo, "äitiysneuvolan aukiolo", nil},
		{espoo, "kuntoutus 100% etänä", nil},
		{espoo, "kuntoutus 100 henkilölle", nil},
		{espoo, "tiedosto a_b", nil},
		{espoo, "tiedosto a-b", nil},
		{espoo, `polku c:\x`, nil},
		{espoo, "päätös 1/2026", []string{"1/2026"}},
		{luvn, "päätös 1/2026 toinen", []string{"1/2026"}},
	} {
		f.insert(`insert into decision_entry (id, feed_id, party_id, language, guid, title, body, link, folded, mentions, found_at, seen_at)
values ($1, $1, $2, 'fi', $3, $4, '', 'https://dynasty.example/', $4, coalesce($5::text[], '{}'), $6, $6)`,
			uuid.New(), e.party.UUID, fmt.Sprint(i), e.folded, e.mentions, f.now.Add(-time.Duration(i)*time.Minute))
	}
	of := func(party domain.PartyID) []decisionfeed.CaseNumber {
		return []decisionfeed.CaseNumber{{PartyID: party, No: "1/2026"}}
	}
	for _, c := range []struct {
		words []string
		cases []decisionfeed.CaseNumber
		want  []string
	}{
		{nil, nil, nil},
		{[]string{"Neuvola"}, nil, []string{"äitiysneuvolan aukiolo"}},
		{[]string{"ÄIT"}, nil, []string{"äitiysneuvolan aukiolo"}},
		{[]string{"100%"}, nil, []string{"kuntoutus 100% etänä"}},
		{[]string{"a_b"}, nil, []string{"tiedosto a_b"}},
		{[]string{`:\x`}, nil, []string{`polku c:\x`}},
		{[]string{"neuvola", "tiedosto", "olematon"}, nil, []string{"äitiysneuvolan aukiolo", "tiedosto a_b", "tiedosto a-b"}},
		{nil, of(luvn), []string{"päätös 1/2026 toinen"}},
		{nil, append(of(espoo), of(luvn)...), []string{"päätös 1/2026", "päätös 1/2026 toinen"}},
		{[]string{"päätös"}, of(espoo), []string{"päätös 1/2026", "päätös 1/2026 toinen"}}, // each once
	} {
		var got []string
		err := f.uow.Read(t.Context(), func(s *storage.DecisionFeedStore) error {
			page, err := s.Offers(domain.ForumID{}, decisionfeed.NewWanted(c.cases, c.words), domain.PageRequest{Limit: 50})
			for _, o := range page.Items {
				got = append(got, o.Title)
			}
			return err
		})
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%q %v: %q %v, want %q", c.words, c.cases, got, err, c.want)
		}
	}
}

// A forum of many years looks for the cases of its latest meetings.
func TestCaseNumbersOfTheLatestMeetings(t *testing.T) {
	t.Parallel()
	f := newFeeds(t)
	var forum domain.ForumID
	forum.SetNew(domain.UUIDv7)
	for i, no := range []string{"1/2024", "2/2025", "3/2026", "1/2024"} { // the first comes again
		id := uuid.New()
		f.insert(`insert into meeting (id, forum_id, year, number, starts_at, ends_at, status, visibility, version, created_at, updated_at)
values ($1, $2, 2026, $3::int, $4, $4::timestamptz + interval '1 hour', 'draft', 'public', 1, $4, $4)`, id, forum.UUID, i+1, f.now.AddDate(0, 0, i))
		f.insert(`insert into agenda_item (id, meeting_id, position, agenda_no, title_fi, title_sv, title_en, visibility, version, created_at, updated_at)
values ($1, $1, 'a', 1, 'Asia', '', '', 'public', 1, $2, $2)`, id, f.now)
		f.insert("insert into case_reference (id, subject_kind, subject_id, party_id, registry_no) values ($1, 'agenda_item', $1, $1, $2)", id, no)
	}
	f.insert("update case_reference set party_id = $1", uuid.New())
	err := f.uow.Read(t.Context(), func(s *storage.DecisionFeedStore) error {
		found, err := s.CaseNumbers(forum, 2)
		if err == nil && (len(found) != 2 || found[0].No != "1/2024" || found[1].No != "3/2026") {
			t.Errorf("%+v", found)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
