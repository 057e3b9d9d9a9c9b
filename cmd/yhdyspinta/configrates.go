package main

import (
	"cmp"
	"fmt"
	"strconv"

	"yhdyspinta/api"
)

// rateFlags are how much one caller may ask in a minute, as they were said.
type rateFlags struct{ reads, writes, costly string }

// declare adds the flags, whose values come from the environment unless they are given.
func (r *rateFlags) declare(text func(p *string, name, value, usage string), or func(variable, standard string) string) {
	d := api.DefaultRates
	text(&r.reads, "rate-reads", or("YHDYSPINTA_RATE_READS", strconv.Itoa(d.Reads)), "what one caller may read in a minute, 0 for no limit (YHDYSPINTA_RATE_READS)")
	text(&r.writes, "rate-writes", or("YHDYSPINTA_RATE_WRITES", strconv.Itoa(d.Writes)), "what one caller may change in a minute, 0 for no limit (YHDYSPINTA_RATE_WRITES)")
	text(&r.costly, "rate-costly", or("YHDYSPINTA_RATE_COSTLY", strconv.Itoa(d.Costly)), "how often one caller may search, export, import and sign in within a minute, 0 for no limit (YHDYSPINTA_RATE_COSTLY)")
}

// read checks them.
func (r *rateFlags) read() (out api.Rates, err error) {
	number := func(to *int, name, text string) {
		n, wrong := strconv.Atoi(text)
		if wrong != nil || n < 0 || n > 1_000_000 {
			err = cmp.Or(err, fmt.Errorf("rate of %s %q is not a number of requests in a minute from 0 to 1000000", name, text))
		}
		*to = n
	}
	number(&out.Reads, "reads", r.reads)
	number(&out.Writes, "writes", r.writes)
	number(&out.Costly, "costly requests", r.costly)
	return out, err
}
