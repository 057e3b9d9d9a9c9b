package storage

import (
	"yhdyspinta/domain"
	"yhdyspinta/domain/action"
)

// seenFilter narrows the filters by what an action names (a forum, an outcome, a
// place in a chain) to names that the scope may read: the list does not tell which
// actions belong to what the reader may not see.
func (s *ActionStore) seenFilter(w *where, scope domain.Scope, f action.Filter) {
	if len(f.Outcome.Values) > 0 && !scope.AllMeetings {
		var o where
		o.add("o.id = a.outcome_id")
		s.tx.papersVisible(&o, scope)
		s.tx.visible(&o, scope, "i", "agenda_item")
		w.add("(a.outcome_id is null or exists (select 1 from outcome o join agenda_item i on i.id = o.agenda_item_id join meeting m on m.id = i.meeting_id join forum f on f.id = m.forum_id"+o.sql()+"))", o.args...)
	}
	if scope.Staff {
		return
	}
	if len(f.Forum.Values) > 0 {
		fo := where{conds: []string{"fo.id = a.forum_id"}}
		s.tx.visible(&fo, scope, "fo", "forum")
		w.add("(a.forum_id is null or exists (select 1 from forum fo"+fo.sql()+"))", fo.args...)
	}
	if len(f.Stage.Values)+len(f.Handover.Values)+len(f.Chain.Values) > 0 {
		for _, place := range []string{"stage", "handover"} {
			ch := where{conds: []string{"at.id = a." + place + "_id"}}
			s.tx.visible(&ch, scope, "ch", "chain")
			w.add("(a."+place+"_id is null or exists (select 1 from "+place+" at join chain ch on ch.id = at.chain_id"+ch.sql()+"))", ch.args...)
		}
	}
}
