package domain

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/aa"
)

// holiday is a day on which neither party works, with its names.
type holiday struct {
	name Text
	rule *cal.Holiday
}

// holidays are the public holidays of Finland, and the two eves that are free
// at work though no public holidays. The library computes them; it has no list
// of its own for Finland. Those that are always a Sunday are left out.
var holidays = []holiday{
	{Text{FI: "uudenvuodenpäivä", SV: "nyårsdagen", EN: "New Year's Day"}, aa.NewYear},
	{Text{FI: "loppiainen", SV: "trettondagen", EN: "Epiphany"}, aa.Epiphany},
	{Text{FI: "pitkäperjantai", SV: "långfredagen", EN: "Good Friday"}, aa.GoodFriday},
	{Text{FI: "toinen pääsiäispäivä", SV: "annandag påsk", EN: "Easter Monday"}, aa.EasterMonday},
	{Text{FI: "vappu", SV: "första maj", EN: "May Day"}, aa.WorkersDay},
	{Text{FI: "helatorstai", SV: "Kristi himmelsfärdsdag", EN: "Ascension Day"}, aa.AscensionDay},
	{Text{FI: "juhannusaatto", SV: "midsommaraftonen", EN: "Midsummer Eve"},
		&cal.Holiday{Month: time.June, Day: 19, Weekday: time.Friday, Offset: 1, Func: cal.CalcWeekdayFrom}},
	{Text{FI: "juhannuspäivä", SV: "midsommardagen", EN: "Midsummer Day"},
		&cal.Holiday{Month: time.June, Day: 20, Weekday: time.Saturday, Offset: 1, Func: cal.CalcWeekdayFrom}},
	{Text{FI: "pyhäinpäivä", SV: "alla helgons dag", EN: "All Saints' Day"},
		&cal.Holiday{Month: time.October, Day: 31, Weekday: time.Saturday, Offset: 1, Func: cal.CalcWeekdayFrom}},
	{Text{FI: "itsenäisyyspäivä", SV: "självständighetsdagen", EN: "Independence Day"},
		&cal.Holiday{Month: time.December, Day: 6, Func: cal.CalcDayOfMonth}},
	{Text{FI: "jouluaatto", SV: "julaftonen", EN: "Christmas Eve"},
		&cal.Holiday{Month: time.December, Day: 24, Func: cal.CalcDayOfMonth}},
	{Text{FI: "joulupäivä", SV: "juldagen", EN: "Christmas Day"}, aa.ChristmasDay},
	{Text{FI: "tapaninpäivä", SV: "annandag jul", EN: "St Stephen's Day"}, aa.ChristmasDay2},
}

// ClosedDay is a day on which nobody works: a holiday by its name, or an
// ordinary Saturday or Sunday without one.
type ClosedDay struct {
	On   Date
	Name Text
}

// closed reports why nobody works on a day.
func closed(day Date) (ClosedDay, bool) {
	for _, h := range holidays {
		if actual, _ := h.rule.Calc(day.Year()); NewDate(actual.Date()) == day {
			return ClosedDay{day, h.name}, true
		}
	}
	weekday := day.Weekday()
	return ClosedDay{On: day}, weekday == time.Saturday || weekday == time.Sunday
}

// WorkingDay is the day, or the next working day after it, and the days between
// that are none.
func WorkingDay(day Date) (Date, []ClosedDay) {
	var skipped []ClosedDay
	for {
		c, is := closed(day)
		if !is {
			return day, skipped
		}
		skipped, day = append(skipped, c), day.AddDays(1)
	}
}

// IsWorkingDay reports whether people work on a day.
func IsWorkingDay(day Date) bool {
	_, is := closed(day)
	return !is
}

// AddWorkingDays is the n-th working day after a day, or before it where n is
// negative, and the days on the way that are none, in the order in which they
// were passed. The day itself does not count, whether it is a working day or not.
// With n zero it is the day as it is.
func AddWorkingDays(day Date, n int) (Date, []ClosedDay) {
	var skipped []ClosedDay
	step := 1
	if n < 0 {
		step = -1
	}
	for n != 0 {
		day = day.AddDays(step)
		if c, is := closed(day); is {
			skipped = append(skipped, c)
			continue
		}
		n -= step
	}
	return day, skipped
}

// WorkingDaysUntil counts the working days after from up to and including to: how
// much time there is. It is zero where to is not later.
func WorkingDaysUntil(from, to Date) (n int) {
	for day := from.AddDays(1); !day.After(to); day = day.AddDays(1) {
		if IsWorkingDay(day) {
			n++
		}
	}
	return n
}
