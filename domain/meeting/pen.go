package meeting

import (
	"time"

	"yhdyspinta/domain"
)

const (
	// PenLapses is how long the pen stays with somebody who gives no sign of life.
	PenLapses = 3 * time.Minute
	// PenAnswer is how long a holder has to answer who asks for the pen; then the
	// one who asked may take it.
	PenAnswer = 20 * time.Second
	// WatcherLapses is how long somebody is shown as watching without a sign of life.
	WatcherLapses = time.Minute
)

// Hand is a person in a post. The person is known inside only; others see the
// post.
type Hand struct {
	PersonID domain.PersonID
	PostID   domain.PostID
}

// HandOf is the actor's hand.
func HandOf(a domain.Actor) Hand { return Hand{a.PersonID, a.PostID} }

// Post is what is shown of a hand.
type Post struct {
	ID      domain.PostID
	Title   domain.Text
	PartyID domain.PartyID
}

// Pen is who writes in a meeting's papers, and who has asked to. It is passed
// on, laid down, taken when free, and lapses. Nobody needs it to write; while
// somebody holds it, others do not write texts and outcomes. The zero Pen is
// free.
type Pen struct {
	MeetingID domain.MeetingID
	Holder    Hand
	TakenAt   time.Time
	SeenAt    time.Time // the holder's last sign of life
	Asking    Hand      // zero: nobody has asked
	AskedAt   time.Time

	// What storage fills beside it.
	HolderPost Post
	AskingPost Post
}

// Free reports whether nobody holds the pen, or its holder has given no sign of
// life for PenLapses.
func (p Pen) Free(now time.Time) bool {
	return p.Holder == (Hand{}) || now.Sub(p.SeenAt) >= PenLapses
}

// HeldBy reports whether a hand holds the pen.
func (p Pen) HeldBy(h Hand, now time.Time) bool { return !p.Free(now) && p.Holder == h }

// held is the conflict that names the holder.
func (p Pen) held(detail string) error {
	e := domain.Conflict("pen_held", "", detail)
	e.Current = p
	return e
}

// Lets is nil if a hand may write: it holds the pen, or nobody does.
func (p Pen) Lets(h Hand, now time.Time) error {
	if p.Free(now) || p.Holder == h {
		return nil
	}
	return p.held("somebody else is writing: ask for the pen")
}

// Take gives the pen to a hand, or renews it: if it is free or theirs, or they
// asked for it PenAnswer ago and got no answer.
func (p *Pen) Take(h Hand, now time.Time) error {
	switch {
	case p.Holder == h && !p.Free(now):
		p.SeenAt = now
		return nil
	case p.Free(now), p.Asking == h && now.Sub(p.AskedAt) >= PenAnswer:
		*p = Pen{MeetingID: p.MeetingID, Holder: h, TakenAt: now, SeenAt: now}
		return nil
	}
	return p.held("ask for the pen first")
}

// Ask asks the holder for the pen. A later asker waits until the earlier one's
// wish has lapsed.
func (p *Pen) Ask(h Hand, now time.Time) error {
	switch {
	case p.Free(now):
		return domain.Conflict("pen_free", "", "nobody holds the pen: take it")
	case p.Holder == h:
		return domain.Conflict("pen_yours", "", "you hold the pen")
	case p.Asking == h:
		return nil // asked already: the first time counts
	case p.Asking != (Hand{}) && now.Sub(p.AskedAt) < PenLapses:
		return domain.Conflict("pen_asked", "", "somebody else has asked for the pen")
	}
	p.Asking, p.AskedAt = h, now
	return nil
}

// Keep answers who asked for the pen: the holder goes on writing.
func (p *Pen) Keep(h Hand, now time.Time) error {
	if !p.HeldBy(h, now) {
		return domain.Conflict("pen_not_yours", "", "only who holds the pen answers")
	}
	p.Asking, p.AskedAt, p.SeenAt = Hand{}, time.Time{}, now
	return nil
}

// Pass gives the pen on, or lays it down (the zero Hand).
func (p *Pen) Pass(h, to Hand, now time.Time) error {
	if !p.HeldBy(h, now) {
		return domain.Conflict("pen_not_yours", "", "only who holds the pen passes it on")
	}
	*p = Pen{MeetingID: p.MeetingID}
	if to != (Hand{}) {
		p.Holder, p.TakenAt, p.SeenAt = to, now, now
	}
	return nil
}
