package api

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/domain"
)

var (
	dayForm     = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	isoForm     = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?(?:\.0+)?Z?)?$`)
	monthForm   = regexp.MustCompile(`^(\d{1,2})[./](\d{4})$`)
	shownForm   = regexp.MustCompile(`^(\pL+)\.?[ .-]+(\d{4}|\d{2})$`)
	quarterForm = regexp.MustCompile(`^(?:q|kvartal |neljännes )(\d)[ /.]+(\d{4})$|^(\d)\. ?(?:neljännes|kvartalet|kvartal) (\d{4})$`)
	yearForm    = regexp.MustCompile(`^(\d{4})$`)
)

// monthNames are how months begin in the three languages, also as spreadsheets
// show what they took for a month: marras.26, nov-26.
var monthNames = [12][]string{{"tammi", "jan"}, {"helmi", "feb"}, {"maalis", "mar"}, {"huhti", "apr"}, {"touko", "maj", "may"}, {"kesä", "jun"},
	{"heinä", "jul"}, {"elo", "aug"}, {"syys", "sep"}, {"loka", "okt", "oct"}, {"marras", "nov"}, {"joulu", "dec"}}

// readPeriod reads a day, month, quarter or year as people write them; "" is none.
func readPeriod(text string) (d domain.Date, p domain.Precision, ok bool) {
	text = fold(text)
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // the patterns let only digits through
	at := func(year, month int, p domain.Precision) (domain.Date, domain.Precision, bool) {
		if year < domain.FirstYear || year > domain.LastYear || month < 1 || month > 12 {
			return domain.Date{}, domain.Day, false
		}
		return domain.NewDate(year, time.Month(month), 1), p, true
	}
	if text == "" {
		return domain.Date{}, domain.Day, true
	}
	if m := dayForm.FindStringSubmatch(text); m != nil {
		d, err := domain.ParseDate(m[3] + "-" + ("0" + m[2])[len(m[2])-1:] + "-" + ("0" + m[1])[len(m[1])-1:])
		return d, domain.Day, err == nil
	}
	if m := isoForm.FindStringSubmatch(strings.ToUpper(text)); m != nil {
		d, err := domain.ParseDate(m[1])
		return d, domain.Day, err == nil
	}
	if m := monthForm.FindStringSubmatch(text); m != nil {
		return at(number(m[2]), number(m[1]), domain.Month)
	}
	if m := quarterForm.FindStringSubmatch(text); m != nil {
		quarter, year := number(m[1]+m[3]), number(m[2]+m[4])
		if quarter > 4 {
			return domain.Date{}, domain.Day, false
		}
		return at(year, quarter*3-2, domain.Quarter)
	}
	if m := yearForm.FindStringSubmatch(text); m != nil {
		return at(number(m[1]), 1, domain.Year)
	}
	if m := shownForm.FindStringSubmatch(text); m != nil {
		year := number(m[2])
		if len(m[2]) == 2 {
			year += 2000
		}
		month, length := 0, 0
		for i, names := range monthNames {
			for _, name := range names { // marraskuu begins like mars, too
				if strings.HasPrefix(m[1], name) && len(name) > length {
					month, length = i+1, len(name)
				}
			}
		}
		return at(year, month, domain.Month)
	}
	return domain.Date{}, domain.Day, false
}
