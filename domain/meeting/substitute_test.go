package meeting_test

import (
	"testing"
	"time"

	"yhdyspinta/domain/meeting"
)

// One person in the post who has been called is enough; else it is told what
// keeps the call from them, the nearest hope first.
func TestCallOfASubstitute(t *testing.T) {
	t.Parallel()
	later := now.Add(time.Hour)
	address := meeting.Reached{Address: true}
	for _, tt := range []struct {
		name   string
		people []meeting.Reached
		want   meeting.Call
	}{
		{"nobody", nil, meeting.Call{State: meeting.CallNoHolder}},
		{"no address", []meeting.Reached{{}, {Waiting: true}}, meeting.Call{State: meeting.CallNoAddress}},
		{"an address of one of two", []meeting.Reached{{}, address}, meeting.Call{State: meeting.CallNone}},
		{"on its way to one", []meeting.Reached{{Address: true, Failed: true}, {Address: true, Waiting: true}}, meeting.Call{State: meeting.CallOnItsWay}},
		{"refused", []meeting.Reached{address, {Address: true, Failed: true}}, meeting.Call{State: meeting.CallFailed}},
		{"no server", []meeting.Reached{{Address: true, NoServer: true}}, meeting.Call{State: meeting.CallNoServer}},
		{"called, the address gone since", []meeting.Reached{{CalledAt: now}}, meeting.Call{State: meeting.CallSent, At: now}},
		{"two called", []meeting.Reached{{Address: true, CalledAt: later}, {Address: true, CalledAt: now, Waiting: true}}, meeting.Call{State: meeting.CallSent, At: later}},
		{"one called, one refused", []meeting.Reached{{Address: true, Failed: true}, {Address: true, CalledAt: now}}, meeting.Call{State: meeting.CallSent, At: now}},
	} {
		if got := meeting.CallOf(tt.people); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
