package meeting

import "time"

// CallState is how far the call of a substitute has come.
type CallState string

// The states of a call.
const (
	CallSent      CallState = "called"
	CallOnItsWay  CallState = "on_its_way"     // it waits to be sent
	CallFailed    CallState = "failed"         // the mail server does not take it
	CallNoServer  CallState = "no_mail_server" // none is configured
	CallNoHolder  CallState = "no_holder"      // nobody holds or deputises the post today
	CallNoAddress CallState = "no_address"     // who does has no e-mail address
	CallNone      CallState = "not_called"
)

// Call tells whether a substitute's post has been called. The zero value says
// nothing: there is no such post, the meeting is over, or the past is read.
type Call struct {
	State CallState
	At    time.Time // when it was sent; zero unless it was
}

// Reached is what mail has done for one person who holds or deputises a
// substitute's post today.
type Reached struct {
	Address  bool
	CalledAt time.Time // zero: no call was sent, or it was taken back
	Waiting  bool
	Failed   bool
	NoServer bool
}

// CallOf tells how far the call of a post has come by those in it: one who has
// it is enough.
func CallOf(people []Reached) Call {
	out := Call{State: CallNone}
	address, waiting, failed, noServer := false, false, false, false
	for _, p := range people {
		if p.CalledAt.After(out.At) {
			out = Call{CallSent, p.CalledAt}
		}
		address, waiting = address || p.Address, waiting || p.Waiting
		failed, noServer = failed || p.Failed, noServer || p.NoServer
	}
	switch {
	case out.State == CallSent:
	case len(people) == 0:
		out.State = CallNoHolder
	case !address:
		out.State = CallNoAddress
	case waiting:
		out.State = CallOnItsWay
	case failed:
		out.State = CallFailed
	case noServer:
		out.State = CallNoServer
	}
	return out
}
