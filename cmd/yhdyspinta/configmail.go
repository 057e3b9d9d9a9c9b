package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"yhdyspinta/cmd/outward/mailer"
)

// mailFlags are the flags of the mail server as they were given.
type mailFlags struct{ host, port, tls, user, passwordFile, from string }

// mailPorts are the usual ones.
var mailPorts = map[string]int{mailer.StartTLS: 587, mailer.TLS: 465, mailer.None: 25}

func (m *mailFlags) declare(f *flag.FlagSet, or func(variable, standard string) string) {
	f.StringVar(&m.host, "mail-host", or("YHDYSPINTA_MAIL_HOST", ""), "mail server to hand mail to; without one no mail is sent (YHDYSPINTA_MAIL_HOST)")
	f.StringVar(&m.port, "mail-port", or("YHDYSPINTA_MAIL_PORT", ""), "its port: 587, 465 with tls and 25 with none unless set (YHDYSPINTA_MAIL_PORT)")
	f.StringVar(&m.tls, "mail-tls", or("YHDYSPINTA_MAIL_TLS", mailer.StartTLS), "starttls, tls or none (YHDYSPINTA_MAIL_TLS)")
	f.StringVar(&m.user, "mail-user", or("YHDYSPINTA_MAIL_USER", ""), "user name at the mail server (YHDYSPINTA_MAIL_USER)")
	f.StringVar(&m.passwordFile, "mail-password-file", or("YHDYSPINTA_MAIL_PASSWORD_FILE", ""), "file with the password (YHDYSPINTA_MAIL_PASSWORD_FILE)")
	f.StringVar(&m.from, "mail-from", or("YHDYSPINTA_MAIL_FROM", ""), "sender of mail, such as 'Yhdyspinta <yhdyspinta@example.fi>' (YHDYSPINTA_MAIL_FROM)")
}

// read checks the flags and returns the configuration, nil if mail is not
// configured.
func (m *mailFlags) read() (*mailer.Config, error) {
	if m.host == "" {
		for name, v := range map[string]string{"port": m.port, "user": m.user, "password-file": m.passwordFile, "from": m.from} {
			if v != "" {
				return nil, fmt.Errorf("--mail-%s is set without --mail-host (YHDYSPINTA_MAIL_HOST)", name)
			}
		}
		return nil, nil
	}
	if m.from == "" {
		return nil, errors.New("--mail-from (YHDYSPINTA_MAIL_FROM) is not set: mail needs a sender")
	}
	if (m.user == "") != (m.passwordFile == "") {
		return nil, errors.New("--mail-user and --mail-password-file go together")
	}
	c := &mailer.Config{Host: m.host, Port: mailPorts[m.tls], TLS: m.tls, User: m.user, From: m.from}
	if m.port != "" {
		n, err := strconv.ParseUint(m.port, 10, 16)
		if err != nil || n == 0 {
			return nil, fmt.Errorf("mail port %q is not a number from 1 to 65535", m.port)
		}
		c.Port = int(n)
	}
	if m.passwordFile != "" {
		b, err := os.ReadFile(m.passwordFile)
		if err != nil {
			return nil, fmt.Errorf("mail password: %w", err)
		}
		c.Password = strings.TrimSpace(string(b))
	}
	_, err := mailer.New(*c)
	return c, err
}
