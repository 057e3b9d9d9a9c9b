package mail_test

import (
	"testing"
	"time"

	"yhdyspinta/domain"
	"yhdyspinta/domain/mail"
)

var start = time.Date(2026, 11, 23, 6, 5, 0, 0, time.UTC)

func queued() mail.Mail {
	var id domain.MailID
	id.SetNew(domain.UUIDv7)
	return mail.New(id, mail.Notice{Kind: mail.MeetingCalled, Version: 2}, mail.Recipient{}, "yhdyspinta.example", start)
}

// A mail that fails for now is tried again after longer and longer pauses, nine
// times over two days; then it has failed.
func TestTriesAndPauses(t *testing.T) {
	t.Parallel()
	m := queued()
	id := m.MessageID
	now := start
	var pauses []time.Duration
	for !m.Settled() {
		m.Begin(now)
		m.Fail(&mail.Refusal{Failure: mail.FailureDeferred, Code: "451"}, now)
		if !m.Settled() {
			pauses = append(pauses, m.NextTryAt.Sub(now))
			now = m.NextTryAt
		}
	}
	if m.State != mail.Failed || m.Attempts != 9 || len(pauses) != 8 || m.InDoubt || m.MessageID != id || !m.NextTryAt.IsZero() {
		t.Errorf("%+v after %v", m, pauses)
	}
	for i := 1; i < len(pauses); i++ {
		if pauses[i] <= pauses[i-1] {
			t.Errorf("pauses %v do not grow", pauses)
		}
	}
}

func TestWhatATryMeans(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		failure string
		state   mail.State
		doubt   bool
	}{
		{mail.FailureUnreachable, mail.Queued, false}, {mail.FailureDeferred, mail.Queued, false},
		{mail.FailureInDoubt, mail.Queued, true}, {mail.FailureRefused, mail.Failed, false},
	} {
		m := queued()
		m.Begin(start)
		m.Fail(&mail.Refusal{Failure: tt.failure}, start)
		if m.State != tt.state || m.InDoubt != tt.doubt || m.Failure != tt.failure {
			t.Errorf("after %s: %+v", tt.failure, m)
		}
	}
	m := queued()
	m.Begin(start)
	m.Begin(start.Add(time.Minute)) // the process died in between
	if !m.InDoubt || m.Attempts != 2 {
		t.Errorf("begun twice: %+v", m)
	}
}
