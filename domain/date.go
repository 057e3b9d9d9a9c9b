package domain

import (
	"database/sql/driver"
	"fmt"
	"time"
	_ "time/tzdata" // the calendar of Helsinki must not depend on the machine
)

// Helsinki is the time zone in which calendar dates of the service begin and end.
var Helsinki = mustLoad("Europe/Helsinki")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// Clock tells the time. Only the demo and tests fix it.
type Clock func() time.Time

// Now returns the instant in UTC, to the microsecond, as it is stored.
func (c Clock) Now() time.Time { return c().UTC().Truncate(time.Microsecond) }

// Today returns the calendar date in Helsinki.
func (c Clock) Today() Date { return DateOf(c()) }

// Date is a calendar date in Europe/Helsinki without a time. It is never
// shifted by time zones.
type Date struct{ t time.Time } // midnight UTC of the calendar date

// NewDate returns the date of a year, month and day, which must exist.
func NewDate(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// DateOf returns the calendar date in Helsinki at an instant.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Helsinki).Date()
	return NewDate(y, m, d)
}

// FirstYear and LastYear bound the calendar: what lies outside is a slip of the
// pen.
const (
	FirstYear = 1900
	LastYear  = 2200
)

// ParseDate reads an ISO 8601 calendar date (2026-11-23) from FirstYear to
// LastYear.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < FirstYear || t.Year() > LastYear {
		return Date{}, Invalid("date_malformed", "not a calendar date")
	}
	return Date{t}, nil
}

// IsZero reports whether the date is unset.
func (d Date) IsZero() bool { return d.t.IsZero() }

// String returns the ISO 8601 form, or "" for the zero date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.t.Format(time.DateOnly)
}

// Before reports whether d is an earlier date than o.
func (d Date) Before(o Date) bool { return d.t.Before(o.t) }

// After reports whether d is a later date than o.
func (d Date) After(o Date) bool { return d.t.After(o.t) }

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return Date{d.t.AddDate(0, 0, n)} }

// DaysUntil counts the days from d to o; negative when o is earlier.
func (d Date) DaysUntil(o Date) int {
	const day = 24 * 60 * 60
	return int((o.t.Unix() - d.t.Unix()) / day) // a Duration ends at 292 years
}

// Year returns the calendar year.
func (d Date) Year() int { return d.t.Year() }

// Month returns the calendar month.
func (d Date) Month() time.Month { return d.t.Month() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.t.Weekday() }

// EndOfDay is the last instant that belongs to the date in Helsinki, to the
// microsecond: what "as of that day" means.
func (d Date) EndOfDay() time.Time {
	y, m, day := d.t.Date()
	return time.Date(y, m, day+1, 0, 0, 0, 0, Helsinki).Add(-time.Microsecond).UTC()
}

// StartOfDay is the first instant of the date in Helsinki.
func (d Date) StartOfDay() time.Time {
	y, m, day := d.t.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, Helsinki).UTC()
}

// MarshalText writes the ISO 8601 form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO 8601 form.
func (d *Date) UnmarshalText(b []byte) error {
	p, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = p
	return nil
}

// Scan reads a date column.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		y, m, day := v.Date()
		*d = NewDate(y, m, day)
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	}
	return fmt.Errorf("cannot read %T as a date", src)
}

// Value writes a date column; the zero date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Precision says how exactly a date is known: a plan may know only the quarter.
type Precision string

// The precisions of a date.
const (
	Day     Precision = "day"
	Month   Precision = "month"
	Quarter Precision = "quarter"
	Year    Precision = "year"
)

// Last returns the last calendar date of the period that d stands for.
// Lateness counts from the day after it.
func (p Precision) Last(d Date) Date {
	y, m := d.Year(), d.Month()
	switch p {
	case Month:
		return NewDate(y, m+1, 0)
	case Quarter:
		return NewDate(y, ((m-1)/3+1)*3+1, 0)
	case Year:
		return NewDate(y, time.December, 31)
	default:
		return d
	}
}

// First returns the first calendar date of the period that d stands for.
func (p Precision) First(d Date) Date {
	y, m := d.Year(), d.Month()
	switch p {
	case Month:
		return NewDate(y, m, 1)
	case Quarter:
		return NewDate(y, (m-1)/3*3+1, 1)
	case Year:
		return NewDate(y, time.January, 1)
	default:
		return d
	}
}
