package api

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yhdyspinta/domain"
	"yhdyspinta/domain/comparison"
)

// noFilters are parameters of lists that leave nothing out.
var noFilters = []string{"sort", "lang", "include"}

// filterHeads are what lists call their filters where the heading of the column says it
// otherwise: of all lists, or of one by its operation.
var filterHeads = map[string]domain.Text{
	"atRisk":                      {FI: "Vaarassa", SV: "I riskzonen", EN: "At risk"},
	"awaiting":                    {FI: "Odottaa sinua", SV: "Väntar på dig", EN: "Waiting for you"},
	"changesAsked":                {FI: "Sinulta on pyydetty muutoksia", SV: "Ändringar har begärts av dig", EN: "Changes are asked of you"},
	"chainId":                     {FI: "Palveluketju", SV: "Servicekedja", EN: "Service chain"},
	"confirmedFrom":               {FI: "Vahvistettu aikaisintaan", SV: "Bekräftad tidigast", EN: "Confirmed on or after"},
	"confirmedTo":                 {FI: "Vahvistettu viimeistään", SV: "Bekräftad senast", EN: "Confirmed on or before"},
	"current":                     {FI: "Vain jo alkaneet", SV: "Endast de som har börjat", EN: "Only those that have begun"},
	"districtId":                  {FI: "Alue", SV: "Område", EN: "District"},
	"dueFrom":                     {FI: "Määräaika aikaisintaan", SV: "Tidsfrist tidigast", EN: "Due on or after"},
	"dueTo":                       {FI: "Määräaika viimeistään", SV: "Tidsfrist senast", EN: "Due on or before"},
	"freshness":                   {FI: "Tuoreus", SV: "Aktualitet", EN: "Freshness"},
	"from":                        {FI: "Aikaisintaan", SV: "Tidigast", EN: "On or after"},
	"fromForumId":                 {FI: "Lähettävä foorumi", SV: "Avsändande forum", EN: "Sent by"},
	"leadPostId":                  {FI: "Päävastuussa", SV: "Huvudansvarig", EN: "Lead post"},
	"listActions:withdrawn":       {FI: "Virheellisinä poistetut", SV: "Borttagna som felaktiga", EN: "Withdrawn as made in error"},
	"listFreshness:by":            {FI: "Näytä", SV: "Visa", EN: "Show"},
	"listGaps:gap":                {FI: "Aukon koko", SV: "Luckans storlek", EN: "Width of the gap"},
	"listOpenLoops:kind":          {FI: "Mikä puuttuu", SV: "Vad som saknas", EN: "What is missing"},
	"listPosts:id":                {FI: "Tehtävä", SV: "Befattning", EN: "Post"},
	"listReferrals:listed":        {FI: "Ei vielä millään asialistalla", SV: "Ännu inte på någon föredragningslista", EN: "On no agenda yet"},
	"listReferrals:overdue":       {FI: "Vastaus myöhässä", SV: "Svaret är försenat", EN: "Answer overdue"},
	"listReservations:withdrawn":  {FI: "Peruutetut", SV: "Återtagna", EN: "Withdrawn"},
	"listRoundExpectations:state": {FI: "Raportointi", SV: "Rapportering", EN: "Reporting"},
	"mine":                        {FI: "Omat", SV: "Egna", EN: "My own"},
	"outcomeId":                   {FI: "Kokouksen päätös", SV: "Mötets beslut", EN: "Outcome of a meeting"},
	"parentId":                    {FI: "Ylempi yksikkö", SV: "Överordnad enhet", EN: "Unit above"},
	"party":                       {FI: "Osapuoli", SV: "Part", EN: "Party"},
	"placed":                      {FI: "Kokouksessa", SV: "Upptaget till ett möte", EN: "In a meeting"},
	"sharedGoalId":                {FI: "Taso", SV: "Nivå", EN: "Level"},
	"silentPartyId":               {FI: "Osapuolen oma tieto vanhentunut", SV: "Partens egen uppgift är föråldrad", EN: "The party’s own word is out of date"},
	"stageId":                     {FI: "Vaihe ketjussa", SV: "Steg i kedjan", EN: "Stage of chain"},
	"subjectId":                   {FI: "Kohde", SV: "Objekt", EN: "Subject"},
	"to":                          {FI: "Viimeistään", SV: "Senast", EN: "On or before"},
	"toForumId":                   {FI: "Vastaanottava foorumi", SV: "Mottagande forum", EN: "Sent to"},
	"treated":                     {FI: "Hoitava toimenpide", SV: "Åtgärd som behandlar den", EN: "Action that treats it"},
	"unended":                     {FI: "Palautetut, joita lähettäjä ei ole päättänyt", SV: "Återsända som avsändaren inte har avslutat", EN: "Refused and not ended by the sender"},
	"unitId":                      {FI: "Yksikkö", SV: "Enhet", EN: "Unit"},
}

// filterValues are what lists call the values of their filters, where they are not those of
// a column.
var filterValues = map[string]domain.Text{
	"acceptance:accepted":        {FI: "Hyväksytyt", SV: "Godkända", EN: "Accepted"},
	"acceptance:none":            {FI: "Ilman vastuita", SV: "Utan ansvar", EN: "Without responsibilities"},
	"acceptance:open":            {FI: "Hyväksyntää odottavat", SV: "Väntar på godkännande", EN: "Waiting for acceptance"},
	"by:party":                   {FI: "Osapuolittain", SV: "Enligt part", EN: "By party"},
	"by:post":                    {FI: "Tehtävittäin", SV: "Enligt befattning", EN: "By post"},
	"by:unit":                    {FI: "Yksiköittäin", SV: "Enligt enhet", EN: "By unit"},
	"ended:all":                  {FI: "Kaikki", SV: "Alla", EN: "All"},
	"ended:true":                 {FI: "Vain päättyneet", SV: "Bara avslutade", EN: "Only ended ones"},
	"freshness:in_limit":         {FI: "Odottaa vahvistusta", SV: "Väntar på bekräftelse", EN: "To be confirmed"},
	"freshness:in_target":        {FI: "Vahvistettu ajallaan", SV: "Bekräftad i tid", EN: "Confirmed in time"},
	"freshness:stale":            {FI: "Vahvistus vanhentunut", SV: "Bekräftelsen är föråldrad", EN: "Confirmation out of date"},
	"leadPostId:none":            {FI: "Ei päävastuuta", SV: "Inget huvudansvar", EN: "No lead"},
	"listActions:partyId:none":   {FI: "Ei päävastuuta", SV: "Inget huvudansvar", EN: "No lead"},
	"listForums:chainId:none":    {FI: "Ei palveluketjua", SV: "Ingen servicekedja", EN: "No service chain"},
	"listForums:partyId:none":    {FI: "Ei jäseniä", SV: "Inga medlemmar", EN: "No members"},
	"listFreshness:partyId:none": {FI: "Ei päävastuuta", SV: "Ingen huvudansvarig", EN: "No lead"},
	"listRadar:partyId:none":     {FI: "Ei osapuolta", SV: "Ingen part", EN: "No party"},
	"sharedGoalId:none":          {FI: "Vain yhteiset tavoitteet", SV: "Endast gemensamma mål", EN: "Shared goals only"},
	"treated:false":              {FI: "Ei toimenpidettä", SV: "Ingen åtgärd", EN: "No action"},
	"treated:true":               {FI: "Toimenpide hoitaa", SV: "Behandlas i en åtgärd", EN: "Treated by an action"},
	"validOn:any":                {FI: "Milloin tahansa", SV: "När som helst", EN: "Whenever"},
}

// filterHead is what a list calls one of its filters.
func filterHead(op, param string) (domain.Text, bool) {
	for _, k := range []string{op + ":" + param, param} {
		if t, ok := filterHeads[k]; ok {
			return t, true
		}
	}
	for _, k := range []string{op + ":" + param, param, strings.TrimSuffix(param, "Id")} {
		if t, ok := headOf(k); ok {
			return t, true
		}
	}
	return domain.Text{}, false
}

// filterWord is what a list calls a value of one of its filters, if it is one of a closed
// list.
func filterWord(op, row, param, value string) (domain.Text, bool) {
	for _, k := range []string{op + ":" + param + ":" + value, param + ":" + value} {
		if t, ok := filterValues[k]; ok {
			return t, true
		}
	}
	switch value {
	case "true", "me": // the name says all
		return domain.Text{}, true
	case "false":
		return yesNo[false], true
	case "none":
		if t, ok := rowWord(row, param, value); ok {
			return t, true
		}
		return rowValues["none"], true
	}
	for _, field := range []string{param, param + "s", strings.TrimPrefix(strings.ToLower(param), "subject")} {
		if t, ok := rowWord(row, field, value); ok {
			return t, true
		}
	}
	return domain.Text{}, false
}

// sayWhat tells by which filters the list was asked for, and whose list it is.
func (s *Server) sayWhat(ctx context.Context, c *compared, b *Between, words [3]fileWords, names *betweenNames) error {
	path, query, _ := strings.Cut(b.Of, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return err // refused before
	}
	var params []string
	wanted := idsAsked(values)
	for pair := range strings.SplitSeq(query, "&") {
		param, _, _ := strings.Cut(pair, "=")
		if param, err = url.QueryUnescape(param); err != nil || param == "" || slices.Contains(noFilters, param) || slices.Contains(params, param) {
			continue
		}
		params = append(params, param)
	}
	for _, day := range []domain.Date{b.To, b.From} {
		at := ctx
		if day != s.Clock.Today() {
			at = domain.WithAsOf(ctx, day.EndOfDay())
		}
		if err := names.learn(at, wanted); err != nil {
			return err
		}
	}
	w := words[slices.Index(domain.Langs, b.lang)]
	for _, param := range params {
		f := BetweenFilter{Param: param, Name: filterName(c.op.ID, param), Values: []string{}}
		for _, v := range values[param] {
			said, err := s.filterSaid(ctx, c.op.ID, c.row.Name(), w, param, v)
			if err != nil {
				return err
			}
			if said != "" {
				f.Values = append(f.Values, said)
			}
		}
		b.Filters = append(b.Filters, f)
	}
	if b.About == nil {
		b.About, err = s.owner(ctx, path, b, words, names)
	}
	return err
}

// idsAsked are the ids among the values of filters.
func idsAsked(values url.Values) map[domain.AnyID]bool {
	out := map[domain.AnyID]bool{}
	for _, all := range values {
		for _, v := range all {
			if id, err := domain.ParseID[any](v); err == nil {
				out[domain.AnyID{UUID: id.UUID}] = true
			}
		}
	}
	return out
}

// filterName is filterHead, or the parameter itself: a test asks for a better one.
func filterName(op, param string) domain.Text {
	if name, ok := filterHead(op, param); ok {
		return name
	}
	return domain.Text{FI: param, SV: param, EN: param}
}

// filterSaid is a value of a filter of the list op with rows of the view row in words; empty
// if its name says all, or the caller may not be told what it names.
func (s *Server) filterSaid(ctx context.Context, op, row string, w fileWords, param, value string) (string, error) {
	if id, err := domain.ParseID[any](value); err == nil {
		any := domain.AnyID{UUID: id.UUID}
		for _, name := range []domain.Text{w.parties[domain.PartyID{UUID: id.UUID}], w.plans[domain.PlanID{UUID: id.UUID}], w.terms[any], w.names[any]} {
			if !name.IsZero() {
				return w.in(name), nil
			}
		}
		return "", nil
	}
	if word, ok := filterWord(op, row, param, value); ok {
		return w.in(word), nil
	}
	if day, err := domain.ParseDate(value); err == nil {
		return w.shown(day), nil
	}
	if param == "party" {
		all, err := s.Services.Organisation.Parties(ctx)
		if err != nil {
			return "", err
		}
		for _, p := range all {
			if p.Key == value {
				return w.in(p.ShortName), nil
			}
		}
	}
	return value, nil
}

// owner is the thing whose list stands at a path, such as the forum of meetings: as its own
// operation tells it to the caller, on the later day or the earlier. Nil if there is none,
// or none that the caller may see.
func (s *Server) owner(ctx context.Context, path string, b *Between, words [3]fileWords, names *betweenNames) (*BetweenAbout, error) {
	for {
		i := strings.LastIndexByte(path, '/')
		if i <= 0 {
			return nil, nil
		}
		path = path[:i]
		if c, _ := s.comparedAt(path); c == nil || c.list {
			continue
		}
		w := words[slices.Index(domain.Langs, b.lang)]
		var about *BetweenAbout
		err := s.askCompared(ctx, path, func(c *compared, read readOn) error {
			for _, day := range []domain.Date{b.To, b.From} {
				err := c.onDay(ctx, read, day, names, func(_ string, row reflect.Value) error {
					about = &BetweenAbout{c.title(w, row), c.path(row), day}
					return nil
				})
				if _, missing := errors.AsType[errNotThen](err); about != nil || err != nil && !missing {
					return err
				}
			}
			return nil
		})
		if isRefusal(err) {
			err = nil
		}
		return about, err
	}
}

// isRefusal reports whether the caller may not see something, or it is not there.
func isRefusal(err error) bool {
	if _, ok := errors.AsType[*Problem](err); ok {
		return true
	}
	e, ok := errors.AsType[*domain.Error](err)
	return ok && slices.Contains([]domain.Kind{domain.KindNotFound, domain.KindForbidden, domain.KindUnauthenticated, domain.KindInvalid}, e.Kind)
}

// numberedName is the name of a thing with the number that people use.
func numberedName(n comparison.Name) domain.Text {
	if n.No == 0 {
		return n.Title
	}
	return before(strconv.Itoa(n.No)+" ", n.Title)
}
