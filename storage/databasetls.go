package storage

import (
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
)

// UnprovenHost is the first host of a database's address that is another machine and does
// not have to prove who it is: without sslmode=verify-full whoever stands between reads
// the password and all that is asked. "" if there is none, or the address cannot be read.
func UnprovenHost(dsn string) string {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return ""
	}
	tries := []struct {
		host   string
		proves bool
	}{{cfg.Host, cfg.TLSConfig != nil && !cfg.TLSConfig.InsecureSkipVerify}}
	for _, f := range cfg.Fallbacks {
		tries = append(tries, struct {
			host   string
			proves bool
		}{f.Host, f.TLSConfig != nil && !f.TLSConfig.InsecureSkipVerify})
	}
	for _, try := range tries {
		if !try.proves && !isThisMachine(try.host) {
			return try.host
		}
	}
	return ""
}

// isThisMachine reports whether a host is a socket's folder, localhost or loopback.
func isThisMachine(host string) bool {
	return host == "" || strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") || host == "localhost" || net.ParseIP(host).IsLoopback()
}
