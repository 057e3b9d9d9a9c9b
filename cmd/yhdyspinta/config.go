package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"yhdyspinta/api"
	"yhdyspinta/cmd/outward/mailer"
	"yhdyspinta/domain"
	"yhdyspinta/domain/access"
)

// Config is what the commands read from flags and the environment. A flag wins
// over its variable.
type Config struct {
	Listen         string // host:port
	BaseURL        string // public address
	DatabaseURL    string // as the application role; "" means the embedded PostgreSQL
	OwnerURL       string // as the owning role, to migrate
	DataDir        string // of the embedded PostgreSQL
	Issuers        []api.Issuer
	FirstAdmins    []access.Identity
	TrustedProxies []*net.IPNet
	LogFormat      string
	Attachments    string         // folder of attachments; "" means the database
	AttachmentMB   int            // greatest size of an attachment, in megabytes; 0 means 25
	Drain          time.Duration  // between being told to end and refusing connections
	Mail           *mailer.Config // nil: no mail is sent

	Metrics string    // host:port of /metrics; "" for none
	Rates   api.Rates // how much one caller may ask

	env      func(string) string // for what libraries read by standard variables
	mail     mailFlags
	rates    rateFlags
	Chromium string // that prints papers as PDF; "" means one that is found
}

// flags declares the flags that serving commands share.
func (c *Config) flags(name string, env func(string) string) (*flag.FlagSet, *string) {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	or := func(variable, standard string) string {
		if v := env(variable); v != "" {
			return v
		}
		return standard
	}
	f.StringVar(&c.Listen, "listen", or("YHDYSPINTA_LISTEN", "localhost:8080"), "address to listen on (YHDYSPINTA_LISTEN)")
	f.StringVar(&c.BaseURL, "base-url", or("YHDYSPINTA_BASE_URL", ""), "public address, such as https://yhdyspinta.example (YHDYSPINTA_BASE_URL)")
	f.StringVar(&c.Chromium, "chromium", or("YHDYSPINTA_CHROMIUM", ""), "program that prints papers as PDF, none for no PDF; found by itself unless given (YHDYSPINTA_CHROMIUM)")
	f.DurationVar(&c.Drain, "drain", 0, "how long to go on serving after SIGTERM, while /readyz says no, such as 5s; none unless set (YHDYSPINTA_DRAIN)")
	c.storeFlags(f, or)
	f.StringVar(&c.Metrics, "metrics-listen", or("YHDYSPINTA_METRICS_LISTEN", ""), "address of /metrics for Prometheus, not for the public; none unless set (YHDYSPINTA_METRICS_LISTEN)")
	f.Func("attachment-mb", "greatest size of an attachment in megabytes, 25 unless set (YHDYSPINTA_ATTACHMENT_MB)", c.readAttachmentMB)
	proxies := f.String("trusted-proxies", or("YHDYSPINTA_TRUSTED_PROXIES", ""), "networks whose X-Forwarded-For counts, comma-separated (YHDYSPINTA_TRUSTED_PROXIES)")
	c.mail.declare(f, or)
	c.rates.declare(f.StringVar, or)
	c.DatabaseURL, c.OwnerURL, c.env = env("DATABASE_URL"), env("DATABASE_OWNER_URL"), env
	return f, proxies
}

// storeFlags declares the flags that say where the data are.
func (c *Config) storeFlags(f *flag.FlagSet, or func(variable, standard string) string) {
	f.StringVar(&c.DataDir, "data-dir", or("YHDYSPINTA_DATA_DIR", ""), "folder of the embedded PostgreSQL (YHDYSPINTA_DATA_DIR)")
	f.StringVar(&c.LogFormat, "log", or("YHDYSPINTA_LOG", "text"), "text or json (YHDYSPINTA_LOG)")
	f.StringVar(&c.Attachments, "attachments", or("YHDYSPINTA_ATTACHMENTS", ""), "folder of attachments; the database unless set (YHDYSPINTA_ATTACHMENTS)")
}

// parseStore reads the flags and the environment of a command that needs the data
// and nothing else: what is wrong elsewhere does not keep it from running.
func (c *Config) parseStore(f *flag.FlagSet, args []string, env func(string) string, help io.Writer) error {
	c.storeFlags(f, func(variable, standard string) string { return cmp.Or(env(variable), standard) })
	c.DatabaseURL, c.OwnerURL = env("DATABASE_URL"), env("DATABASE_OWNER_URL")
	if err := parseFlags(f, args, help); err != nil {
		return err
	}
	return c.validateStore()
}

// parseFlags reads a command's flags, which are all that it takes. It answers a
// call for help by writing them to help, and returns flag.ErrHelp.
func parseFlags(f *flag.FlagSet, args []string, help io.Writer) error {
	f.SetOutput(io.Discard) // the error says it all, on one line
	f.Usage = func() {}
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(help, "Flags of yhdyspinta %s:\n", f.Name())
		f.SetOutput(help)
		f.PrintDefaults()
		return err
	case err != nil:
		return fmt.Errorf("%w (yhdyspinta %s --help lists the flags)", err, f.Name())
	case f.NArg() > 0:
		return fmt.Errorf("%s takes no argument %q", f.Name(), f.Arg(0))
	}
	return nil
}

// parse reads the flags and the environment and checks all of it.
func (c *Config) parse(name string, args []string, env func(string) string, help io.Writer) error {
	f, proxies := c.flags(name, env)
	if err := parseFlags(f, args, help); err != nil {
		return err
	}
	if errs := c.check(env, *proxies); len(errs) > 0 {
		return errs[0]
	}
	return nil
}

// check reads the environment and tells all that is wrong, the first first. What
// is wrong with an identity provider is told before any database is touched.
func (c *Config) check(env func(string) string, proxies string) (errs []error) {
	note := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	for network := range strings.SplitSeq(proxies, ",") {
		if network = strings.TrimSpace(network); network == "" {
			continue
		}
		_, n, err := net.ParseCIDR(network)
		if err != nil {
			note(fmt.Errorf("trusted proxies: %q is not a network such as 10.0.0.0/8", network))
			continue
		}
		c.TrustedProxies = append(c.TrustedProxies, n)
	}
	note(c.readDrain(env("YHDYSPINTA_DRAIN")))
	if mb := env("YHDYSPINTA_ATTACHMENT_MB"); mb != "" && c.AttachmentMB == 0 {
		note(c.readAttachmentMB(mb))
	}
	note(c.readIssuers(env))
	note(c.validate())
	if len(errs) == 0 {
		_, err := api.NewSessions(api.SessionOptions{BaseURL: c.BaseURL, Issuers: c.Issuers})
		note(err)
	}
	return errs
}

// maxDrain is less than a minute: orchestrators kill what takes longer to end.
const maxDrain = 40 * time.Second

func (c *Config) readDrain(variable string) error {
	if variable != "" && c.Drain == 0 {
		d, err := time.ParseDuration(variable)
		if err != nil {
			return fmt.Errorf("YHDYSPINTA_DRAIN: %q is not a time such as 5s", variable)
		}
		c.Drain = d
	}
	if c.Drain < 0 || c.Drain > maxDrain {
		return fmt.Errorf("drain %s is not from 0s to %s", c.Drain, maxDrain)
	}
	return nil
}

// readAttachmentMB reads the greatest size of an attachment.
func (c *Config) readAttachmentMB(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1024 {
		return fmt.Errorf("attachment size %q is not a number of megabytes from 1 to 1024", text)
	}
	c.AttachmentMB = n
	return nil
}

// readIssuers reads YHDYSPINTA_ISSUERS, a comma-separated list of keys, and for
// each key its variables, such as YHDYSPINTA_ISSUER_ESPOO_URL.
func (c *Config) readIssuers(env func(string) string) error {
	for key := range strings.SplitSeq(env("YHDYSPINTA_ISSUERS"), ",") {
		if key = strings.TrimSpace(key); key == "" {
			continue
		}
		prefix := "YHDYSPINTA_ISSUER_" + strings.ToUpper(strings.ReplaceAll(key, "-", "_")) + "_"
		get := func(name string) string { return env(prefix + name) }
		secret := get("CLIENT_SECRET")
		if file := get("CLIENT_SECRET_FILE"); file != "" {
			b, err := os.ReadFile(file)
			if err != nil {
				return fmt.Errorf("%sCLIENT_SECRET_FILE: %w", prefix, err)
			}
			secret = strings.TrimSpace(string(b))
		}
		issuer := api.Issuer{Key: key, PartyKey: get("PARTY"), IssuerURL: get("URL"), ClientID: get("CLIENT_ID"), ClientSecret: secret,
			Title: domain.Text{FI: get("TITLE_FI"), SV: get("TITLE_SV"), EN: get("TITLE_EN")}}
		for _, v := range []struct{ name, value string }{{"PARTY", issuer.PartyKey}, {"URL", issuer.IssuerURL}, {"CLIENT_ID", issuer.ClientID},
			{"CLIENT_SECRET", secret}, {"TITLE_FI", issuer.Title.FI}} {
			if v.value == "" {
				return fmt.Errorf("%s%s is not set: the identity provider %q needs it", prefix, v.name, key)
			}
		}
		c.Issuers = append(c.Issuers, issuer)
		if subject := get("FIRST_ADMIN"); subject != "" {
			c.FirstAdmins = append(c.FirstAdmins, access.Identity{Issuer: issuer.IssuerURL, Subject: subject, PartyKey: issuer.PartyKey})
		}
	}
	return nil
}

// hostPort reads an address to listen on.
func hostPort(what, address string) (host, port string, err error) {
	host, port, err = net.SplitHostPort(address)
	if err != nil {
		return "", "", fmt.Errorf("%s address %q is not of the form host:port", what, address)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return "", "", fmt.Errorf("%s address %q: the port is not a number from 1 to 65535", what, address)
	}
	return host, port, nil
}

func (c *Config) validate() error {
	host, port, err := hostPort("listen", c.Listen)
	if err != nil {
		return err
	}
	if c.Metrics != "" {
		metricsHost, _, err := hostPort("metrics", c.Metrics)
		switch {
		case err != nil:
			return err
		case metricsHost == "":
			return fmt.Errorf("metrics address %q names no host: it is not for the public, so say on which of the machine's addresses it listens", c.Metrics)
		case c.Metrics == c.Listen:
			return fmt.Errorf("metrics address %q is that of the product: it is not for the public", c.Metrics)
		}
	}
	if c.BaseURL == "" {
		if host == "" {
			host = "localhost"
		}
		c.BaseURL = "http://" + net.JoinHostPort(host, port)
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return fmt.Errorf("base URL %q is not of the form https://yhdyspinta.example", c.BaseURL)
	}
	if c.Mail, err = c.mail.read(); err != nil {
		return err
	}
	if c.Rates, err = c.rates.read(); err != nil {
		return err
	}
	return c.validateStore()
}

func (c *Config) validateStore() error {
	if c.LogFormat != "text" && c.LogFormat != "json" {
		return fmt.Errorf("log format %q is neither text nor json", c.LogFormat)
	}
	if c.DatabaseURL == "" && c.OwnerURL != "" {
		return errors.New("DATABASE_OWNER_URL is set without DATABASE_URL")
	}
	if c.DatabaseURL == "" && c.DataDir == "" {
		dir, err := os.UserHomeDir()
		if err != nil {
			return errors.New("name a folder for the embedded PostgreSQL with --data-dir, or set DATABASE_URL")
		}
		c.DataDir = filepath.Join(dir, ".local", "share", "yhdyspinta")
	}
	return nil
}
