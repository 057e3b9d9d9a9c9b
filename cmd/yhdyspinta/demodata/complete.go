package demodata

import (
	"reflect"
	"time"

	"yhdyspinta/domain"
)

// complete fills in what follows from other things: parties of posts, grants
// and participants, and dates that default to those of their subject.
func (d *Dataset) complete() {
	unitParty, postParty, personParty := map[string]string{}, map[string]string{}, map[string]string{}
	for i := range d.Units {
		orDate(&d.Units[i].From, d.HistoryFrom)
		unitParty[d.Units[i].Key] = d.Units[i].Party
	}
	for i := range d.Posts {
		p := &d.Posts[i]
		orDate(&p.From, d.HistoryFrom)
		p.Party = unitParty[p.Unit]
		postParty[p.Key] = p.Party
	}
	for _, p := range d.Persons {
		personParty[p.Key] = p.Party
	}
	for i := range d.Grants {
		g := &d.Grants[i]
		if g.Party = postParty[g.Post]; g.Post == "" {
			g.Party = personParty[g.Person]
		}
	}
	for _, m := range d.Meetings {
		for i := range m.Participants {
			if p := &m.Participants[i]; p.Guest == "" {
				p.Party = postParty[p.Post]
			}
		}
	}
	for _, g := range d.Goals {
		completeResponsibilities(g.Responsibilities, g.CreatedOn)
	}
	for _, c := range d.Chains {
		completeResponsibilities(c.Responsibilities, c.CreatedOn)
		for _, s := range c.Stages {
			completeResponsibilities(s.Responsibilities, c.CreatedOn)
		}
	}
	for _, a := range d.Actions {
		completeResponsibilities(a.Responsibilities, a.CreatedOn)
	}
}

func completeResponsibilities(rs []Responsibility, from domain.Date) {
	for i := range rs {
		if w := rs[i].Waiting; w != nil && w.Wording.IsZero() {
			orDate(&rs[i].From, w.ProposedOn)
		}
		orDate(&rs[i].From, from)
	}
}

func orDate(d *domain.Date, otherwise domain.Date) {
	if d.IsZero() {
		*d = otherwise
	}
}

// Shift moves every date and time by the same number of whole weeks, so that
// the reference date becomes today or one of the six days before it. Days of
// the week and times of day in Helsinki stay; numbers and words do not move.
func (d *Dataset) Shift(today domain.Date) {
	days := d.ReferenceDate.DaysUntil(today)
	days -= (days%7 + 7) % 7
	shift(reflect.ValueOf(d).Elem(), days)
}

// shift goes through everything below v, so that no date can be forgotten.
func shift(v reflect.Value, days int) {
	switch x := v.Interface().(type) {
	case domain.Date:
		if !x.IsZero() {
			v.Set(reflect.ValueOf(x.AddDays(days)))
		}
		return
	case time.Time:
		if !x.IsZero() {
			v.Set(reflect.ValueOf(x.In(domain.Helsinki).AddDate(0, 0, days)))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			shift(v.Field(i), days)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			shift(v.Elem(), days)
		}
	case reflect.Slice:
		for i := range v.Len() {
			shift(v.Index(i), days)
		}
	}
}
