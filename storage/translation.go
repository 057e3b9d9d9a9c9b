package storage

import (
	"fmt"
	"slices"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/translation"
)

// textSource is one kind of content: its texts (by their columns without the
// language), where its rows t come from, and which of them are public.
type textSource struct {
	kind   domain.SubjectKind
	texts  []string
	title  string // alias and column of what names the thing, without the language
	no     string
	path   string
	from   string
	public string
}

const publishedPapers = "t.visibility = 'public' and m.visibility = 'public' and m.published_at is not null"

var textSources = []textSource{
	{domain.SubjectGoal, []string{"title", "description"}, "t.title", "t.no", "'/goals/' || t.no", "goal t", "t.visibility = 'public'"},
	{domain.SubjectAction, []string{"title", "description", "result"}, "t.title", "t.no", "'/actions/' || t.no", "action t", "t.visibility = 'public' and t.withdrawn_on is null"},
	{domain.SubjectStatusReport, []string{"text"}, "a.title", "a.no", "'/actions/' || a.no", "status_report t join action a on a.id = t.action_id", "t.public and a.visibility = 'public' and a.withdrawn_on is null and " + strings.ReplaceAll(standingReport, "sr.", "t.")},
	{domain.SubjectTask, []string{"title"}, "t.title", "a.no", "'/actions/' || a.no", "action_task t join action a on a.id = t.action_id", "t.withdrawn_on is null and a.visibility = 'public' and a.withdrawn_on is null"},
	{domain.SubjectChain, []string{"title", "description"}, "t.title", "0", "'/chains/' || t.id", "chain t", "t.visibility = 'public'"},
	{domain.SubjectStage, []string{"title", "description"}, "t.title", "0", "'/chains/' || c.id", "stage t join chain c on c.id = t.chain_id", "c.visibility = 'public' and t.valid_to is null"},
	{domain.SubjectForum, []string{"title", "purpose", "mandate"}, "t.title", "0", "'/forums/' || t.id", "forum t", "t.visibility = 'public'"},
	{domain.SubjectMeeting, []string{"title", "cancel_reason"}, "f.title", "0", "'/meetings/' || t.id", "meeting t join forum f on f.id = t.forum_id",
		"t.visibility = 'public' and f.visibility = 'public' and t.called_at is not null"},
	{domain.SubjectAgendaItem, []string{"title", "preparer", "proposal", "proceedings", "decision", "explanation", "heard", "goes_on_to"}, "t.title", "0", "'/meetings/' || m.id",
		"agenda_item t join meeting m on m.id = t.meeting_id", publishedPapers},
	{domain.SubjectOutcome, []string{"text", "no_action_reason"}, "t.text", "0", "'/meetings/' || m.id",
		"outcome t join agenda_item i on i.id = t.agenda_item_id join meeting m on m.id = i.meeting_id", strings.Replace(publishedPapers, "t.", "i.", 1)},
	{domain.SubjectPlan, []string{"title"}, "t.title", "0", "'/plan/' || t.key", "plan t", "t.visibility = 'public'"},
	{domain.SubjectTheme, []string{"title"}, "t.title", "0", "'/plan'", "theme t", "t.retired_on is null"},
	{domain.SubjectTargetGroup, []string{"title"}, "t.title", "0", "'/plan'", "target_group t", "t.retired_on is null"},
	{domain.SubjectDistrict, []string{"title"}, "t.title", "0", "'/plan'", "district t", "t.retired_on is null"},
	{domain.SubjectTag, []string{"title"}, "t.title", "0", "'/plan'", "tag t", "t.retired_on is null"},
	{domain.SubjectLegalBasis, []string{"title"}, "t.title", "0", "'/plan'", "legal_basis t", "true"},
	{domain.SubjectUnit, []string{"name"}, "t.name", "0", "''", "unit t", "t.valid_to is null"},
	{domain.SubjectPost, []string{"title"}, "t.title", "0", "''", "post t", "t.valid_to is null"},
}

// TranslationStore finds public content that lacks a language.
type TranslationStore struct{ tx Tx }

// NewTranslationStore binds the store to a transaction.
func NewTranslationStore(tx Tx) *TranslationStore { return &TranslationStore{tx} }

// Kinds implements translation.Store.
func (s *TranslationStore) Kinds() []domain.SubjectKind {
	kinds := make([]domain.SubjectKind, len(textSources))
	for i, src := range textSources {
		kinds[i] = src.kind
	}
	return kinds
}

// query lists what lacks one of the languages, with all that it lacks.
func (src textSource) query(langs []domain.Lang) string {
	var gaps []string
	for _, text := range src.texts {
		for _, lang := range langs {
			gaps = append(gaps, fmt.Sprintf("case when t.%[1]s_%[2]s = '' and t.%[1]s_fi || t.%[1]s_sv || t.%[1]s_en <> '' then '%[1]s/%[2]s' end", text, lang))
		}
	}
	return fmt.Sprintf(`
select id, no, title_fi, title_sv, title_en, path, gaps, count(*) over () as n
from (select t.id, %[1]s as no, %[2]s_fi as title_fi, %[2]s_sv as title_sv, %[2]s_en as title_en, %[3]s as path, concat_ws(',', %[4]s) as gaps
      from %[5]s where %[6]s) found
where gaps <> ''
order by no, title_fi collate "fi", id limit ?`, src.no, src.title, src.path, strings.Join(gaps, ", "), src.from, src.public)
}

// Missing implements translation.Store.
func (s *TranslationStore) Missing(kind domain.SubjectKind, lang domain.Lang, limit int) (translation.Kind, error) {
	out := translation.Kind{Kind: kind}
	langs := domain.Langs
	if lang != "" {
		langs = []domain.Lang{lang}
	}
	src := textSources[slices.IndexFunc(textSources, func(src textSource) bool { return src.kind == kind })]
	var rows []struct {
		ID      domain.AnyID
		No      int
		TitleFi string
		TitleSv string
		TitleEn string
		Path    string
		Gaps    string
		N       int
	}
	if err := s.tx.Raw(src.query(langs), limit).Scan(&rows).Error; err != nil {
		return out, fmt.Errorf("find missing translations of %s: %w", kind, err)
	}
	for _, r := range rows {
		out.Count = r.N
		m := translation.Missing{Kind: kind, ID: r.ID, No: r.No, Title: domain.Text{FI: r.TitleFi, SV: r.TitleSv, EN: r.TitleEn}, Path: r.Path}
		for gap := range strings.SplitSeq(r.Gaps, ",") {
			field, lang, _ := strings.Cut(gap, "/")
			m.Texts = append(m.Texts, translation.Gap{Field: field, Lang: domain.Lang(lang)})
		}
		out.Items = append(out.Items, m)
	}
	return out, nil
}
