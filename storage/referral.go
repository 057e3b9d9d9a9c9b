package storage

import (
	"fmt"
	"strings"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

type referralRow struct {
	ID             domain.ReferralID
	OutcomeID      domain.OutcomeID
	FromForumID    domain.ForumID
	ToForumID      domain.ForumID
	State          meeting.ReferralState
	SentAt         *time.Time
	DueOn          domain.Date
	AnsweredAt     *time.Time
	AnsweredPostID *domain.PostID
	Answer         domain.Text `gorm:"embedded;embeddedPrefix:answer_"`
	AgendaItemID   *domain.AgendaItemID
	SettledAt      *time.Time
	Settled        domain.Text `gorm:"embedded;embeddedPrefix:settled_"`
	CreatedAt      time.Time   `gorm:"autoCreateTime:false"`
	Version        int
}

func (referralRow) TableName() string { return "referral" }

func rowOfReferral(r meeting.Referral) referralRow {
	return referralRow{r.ID, r.OutcomeID, r.FromForumID, r.ToForumID, r.State, r.SentAt, r.DueOn, r.AnsweredAt, r.AnsweredPostID.Ptr(), r.Answer,
		r.ItemID.Ptr(), r.SettledAt, r.Settled, r.CreatedAt, r.Version}
}

// referralView is a row with the forums between which it goes.
type referralView struct {
	Row         referralRow `gorm:"embedded"`
	FromKey     string
	FromTitle   domain.Text `gorm:"embedded;embeddedPrefix:from_title_"`
	ToKey       string
	ToTitle     domain.Text `gorm:"embedded;embeddedPrefix:to_title_"`
	ToShown     bool
	PostTitle   domain.Text `gorm:"embedded;embeddedPrefix:post_title_"`
	PostPartyID *domain.PartyID
}

func (v referralView) entity() meeting.Referral {
	r := v.Row
	out := meeting.Referral{ID: r.ID, OutcomeID: r.OutcomeID, FromForumID: r.FromForumID, ToForumID: r.ToForumID, State: r.State, SentAt: r.SentAt, DueOn: r.DueOn,
		AnsweredAt: r.AnsweredAt, AnsweredPostID: valueOf(r.AnsweredPostID), Answer: r.Answer, ItemID: valueOf(r.AgendaItemID), SettledAt: r.SettledAt,
		Settled: r.Settled, CreatedAt: r.CreatedAt, Version: r.Version, FromForum: meeting.Forum{Key: v.FromKey, Title: v.FromTitle},
		AnsweredTitle: v.PostTitle, AnsweredParty: valueOf(v.PostPartyID)}
	if v.ToShown {
		out.ToForum = meeting.Forum{Key: v.ToKey, Title: v.ToTitle}
	}
	return out
}

// referralSelect selects a referral r with its forums f and t; what the scope may
// see of t is in it.
func (s *MeetingStore) referralSelect(scope domain.Scope) string {
	shown := where{conds: []string{"true"}}
	s.tx.visible(&shown, scope, "t", "forum")
	return `select r.id, r.outcome_id, r.from_forum_id, r.to_forum_id, r.state, r.sent_at, r.due_on, r.answered_at, r.answered_post_id, r.answer_fi, r.answer_sv, r.answer_en,
       r.agenda_item_id, r.settled_at, r.settled_fi, r.settled_sv, r.settled_en, r.created_at, r.version,
       f.key as from_key, f.title_fi as from_title_fi, f.title_sv as from_title_sv, f.title_en as from_title_en,
       t.key as to_key, t.title_fi as to_title_fi, t.title_sv as to_title_sv, t.title_en as to_title_en, (` + strings.Join(shown.conds, " and ") + `) as to_shown,
       ap.title_fi as post_title_fi, ap.title_sv as post_title_sv, ap.title_en as post_title_en, ap.party_id as post_party_id`
}

const referralFrom = ` from referral r join outcome o on o.id = r.outcome_id join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id
join forum f on f.id = m.forum_id join forum t on t.id = r.to_forum_id left join post ap on ap.id = r.answered_post_id`

// referralVisible is the condition that the scope covers a referral r: with the
// papers m of its item i, or as one sent to a forum of the scope's own.
func (s *MeetingStore) referralVisible(w *where, scope domain.Scope) {
	if scope.AllMeetings {
		return
	}
	var papers where
	s.tx.papersVisible(&papers, scope)
	s.tx.visible(&papers, scope, "i", "agenda_item")
	ways, args := []string{"(" + strings.Join(papers.conds, " and ") + ")"}, papers.args
	for _, forums := range [][]domain.ForumID{scope.OwnForums, scope.MemberForums} {
		if len(forums) > 0 {
			ways, args = append(ways, "(r.sent_at is not null and r.to_forum_id in ?)"), append(args, forums)
		}
	}
	w.add("("+strings.Join(ways, " or ")+")", args...)
}

// referralsOf loads the referrals of outcomes that the scope covers, oldest first.
func (s *MeetingStore) referralsOf(scope domain.Scope, outcomes []domain.OutcomeID) (map[domain.OutcomeID][]meeting.Referral, error) {
	out := map[domain.OutcomeID][]meeting.Referral{}
	rows, err := query[referralView](s.tx, s.referralSelect(scope)+referralFrom+" where r.outcome_id = any(?) order by r.created_at, r.id", asOne(outcomes))
	if err != nil {
		return nil, fmt.Errorf("load the referrals of outcomes: %w", err)
	}
	referrals := entities(rows)
	if err := s.completeReferrals(scope, referrals); err != nil {
		return nil, err
	}
	for _, r := range referrals {
		out[r.OutcomeID] = append(out[r.OutcomeID], r)
	}
	return out, nil
}

// completeReferrals adds where referrals landed and who chairs the receiving
// forums, with one query for each.
func (s *MeetingStore) completeReferrals(scope domain.Scope, referrals []meeting.Referral) error {
	if len(referrals) == 0 {
		return nil
	}
	var items []domain.AgendaItemID
	forums := make([]domain.ForumID, len(referrals))
	for i, r := range referrals {
		forums[i] = r.ToForumID
		if !r.ItemID.IsZero() {
			items = append(items, r.ItemID)
		}
	}
	landed := map[domain.AgendaItemID]meeting.MeetingName{}
	if len(items) > 0 {
		var w where
		w.add("i.id in ?", items)
		s.tx.papersVisible(&w, scope)
		s.tx.visible(&w, scope, "i", "agenda_item")
		var rows []struct {
			ItemID  domain.AgendaItemID
			Meeting meetingNameRow `gorm:"embedded"`
		}
		if err := s.tx.Raw("select i.id as item_id, "+meetingNameColumns+itemFrom+w.sql(), w.args...).Scan(&rows).Error; err != nil {
			return fmt.Errorf("find where referrals landed: %w", err)
		}
		for _, r := range rows {
			landed[r.ItemID] = r.Meeting.entity()
		}
	}
	var rows []struct {
		ForumID domain.ForumID
		PostID  domain.PostID
	}
	err := s.tx.Raw(`select forum_id, post_id from membership
where forum_id in ? and role = 'chair' and valid_from <= ? and (valid_to is null or valid_to >= ?)`, forums, s.tx.day, s.tx.day).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("find the chairs of forums: %w", err)
	}
	for i := range referrals {
		r := &referrals[i]
		if n, ok := landed[r.ItemID]; ok {
			r.Landed = &n
		}
		for _, c := range rows {
			if c.ForumID == r.ToForumID {
				r.ToChairs = append(r.ToChairs, c.PostID)
			}
		}
	}
	return nil
}

// referralMatter is a referral with the matter that it hands over.
type referralMatter struct {
	Referral    referralView   `gorm:"embedded"`
	Meeting     meetingNameRow `gorm:"embedded;embeddedPrefix:meeting_"`
	ItemID      domain.AgendaItemID
	AgendaNo    *int
	SubNo       *int
	Section     *int
	Item        domain.Text `gorm:"embedded;embeddedPrefix:item_"`
	Explanation domain.Text `gorm:"embedded;embeddedPrefix:explanation_"`
	Text        domain.Text `gorm:"embedded;embeddedPrefix:text_"`
	Visibility  domain.Visibility
	Ground      string
	Unended     bool
}

func (s *MeetingStore) matterSelect(scope domain.Scope) string {
	return s.referralSelect(scope) + ", " + prefixed("meeting_", meetingNameColumns) + `,
       i.id as item_id, i.agenda_no, i.sub_no, i.section, i.title_fi as item_fi, i.title_sv as item_sv, i.title_en as item_en,
       i.explanation_fi, i.explanation_sv, i.explanation_en, o.text_fi, o.text_sv, o.text_en, i.visibility, i.visibility_ground as ground,
       ` + senderOpenSQL + ` as unended`
}

// senderOpenSQL is true of a referral r that came back refused and that its
// sender has not ended.
const senderOpenSQL = `(r.state = 'refused' and r.settled_at is null and ` + unended + `)`

func (s *MeetingStore) matters(scope domain.Scope, rows []referralMatter) ([]meeting.ReferralView, error) {
	referrals := make([]meeting.Referral, len(rows))
	for i, r := range rows {
		referrals[i] = r.Referral.entity()
	}
	if err := s.completeReferrals(scope, referrals); err != nil {
		return nil, err
	}
	out := make([]meeting.ReferralView, len(rows))
	for i, r := range rows {
		out[i] = meeting.ReferralView{Referral: referrals[i], Meeting: r.Meeting.entity(),
			Item:        meeting.ItemRef{ID: r.ItemID, AgendaNo: orZero(r.AgendaNo), SubNo: orZero(r.SubNo), Section: orZero(r.Section), Title: r.Item},
			Explanation: r.Explanation, Text: r.Text, Visibility: r.Visibility, Ground: r.Ground, SenderOpen: r.Unended}
	}
	return out, nil
}

// Referral implements meeting.Store.
func (s *MeetingStore) Referral(scope domain.Scope, id domain.ReferralID) (meeting.ReferralView, error) {
	var w where
	w.add("r.id = ?", id)
	s.referralVisible(&w, scope)
	var rows []referralMatter
	if err := s.tx.Raw(s.matterSelect(scope)+referralFrom+w.sql(), w.args...).Scan(&rows).Error; err != nil {
		return meeting.ReferralView{}, fmt.Errorf("load a referral: %w", err)
	}
	if len(rows) == 0 {
		return meeting.ReferralView{}, domain.NotFound("referral")
	}
	out, err := s.matters(scope, rows)
	if err != nil {
		return meeting.ReferralView{}, err
	}
	return out[0], nil
}

var referralOrdering = ordering{
	keys: map[string]sortKey{
		"sentAt": {"coalesce(r.sent_at, 'infinity'::timestamptz)", "timestamptz"},
		"dueOn":  {"coalesce(r.due_on, 'infinity'::date)", "date"},
	},
	standard: "-sentAt",
	id:       "r.id",
}

// Referrals implements meeting.Store.
func (s *MeetingStore) Referrals(scope domain.Scope, f meeting.ReferralFilter, req domain.PageRequest) (domain.Page[meeting.ReferralView], error) {
	var w where
	s.referralVisible(&w, scope)
	if len(f.Forum.Values) > 0 {
		w.add("(r.from_forum_id in ? or r.to_forum_id in ?)", f.Forum.Values, f.Forum.Values)
	}
	in(&w, "r.from_forum_id", f.From)
	in(&w, "r.to_forum_id", f.To)
	in(&w, "r.state", f.State)
	if !scope.Staff { // what goes to a forum that they do not see is not found by asking for that forum
		if len(f.Forum.Values) > 0 || !f.To.IsZero() {
			s.tx.visible(&w, scope, "t", "forum")
		}
	}
	if f.Overdue {
		w.add("r.state = 'open' and r.due_on < ?", s.tx.day)
	}
	if f.Unended {
		w.add(senderOpenSQL)
	}
	if f.Listed {
		w.add("r.state = 'accepted' and r.agenda_item_id is null")
	}
	about, err := s.tx.followAbout(f.About)
	if err != nil {
		return domain.Page[meeting.ReferralView]{}, err
	}
	s.tx.aboutReferral(&w, scope, "r", about)
	if f.Awaits != nil {
		w.add(`(r.state = 'open' and (r.to_forum_id in ? or r.to_forum_id in (select c.forum_id from membership c where c.role = 'chair' and c.post_id = ?
  and c.valid_from <= ? and (c.valid_to is null or c.valid_to >= ?))) or r.from_forum_id in ? and (`+senderOpenSQL+` or r.state = 'open' and r.due_on < ?))`,
			f.Awaits.Forums, f.Awaits.Post, s.tx.day, s.tx.day, f.Awaits.Forums, s.tx.day)
	}
	rows, err := list[referralMatter](s.tx, referralOrdering, req, s.matterSelect(scope), referralFrom, w)
	if err != nil {
		return domain.Page[meeting.ReferralView]{}, fmt.Errorf("list referrals: %w", err)
	}
	items, err := s.matters(scope, rows.Items)
	return pageOf(rows, items), err
}

// InsertReferral implements meeting.Store.
func (s *MeetingStore) InsertReferral(r meeting.Referral) error {
	row := rowOfReferral(r)
	if err := s.tx.Create(&row).Error; err != nil {
		return fmt.Errorf("insert a referral: %w", err)
	}
	return nil
}

// UpdateReferral implements meeting.Store.
func (s *MeetingStore) UpdateReferral(r meeting.Referral) (meeting.Referral, error) {
	row := rowOfReferral(r)
	row.Version++
	res := s.tx.Model(&referralRow{}).Where("id = ? and version = ?", r.ID, r.Version).
		Select("state", "sent_at", "due_on", "answered_at", "answered_post_id", "answer_fi", "answer_sv", "answer_en", "agenda_item_id",
			"settled_at", "settled_fi", "settled_sv", "settled_en", "version").Updates(&row)
	if res.Error != nil {
		return r, fmt.Errorf("update a referral: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return r, domain.Stale(domain.SubjectOf(domain.SubjectReferral, r.ID), r.Version, nil)
	}
	r.Version = row.Version
	return r, nil
}

// ReferralDays implements meeting.Store.
func (s *MeetingStore) ReferralDays(id domain.ForumID) (days int, err error) {
	err = s.tx.Raw("select referral_days from forum where id = ?", id).Scan(&days).Error
	return days, err
}
