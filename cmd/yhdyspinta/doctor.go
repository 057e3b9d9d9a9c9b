package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"yhdyspinta/cmd/outward/mailer"
	"yhdyspinta/storage/pgembed"
)

// The states of a finding. Only a fault makes the doctor fail.
const (
	fine    = "ok"
	note    = "note"    // worth knowing, nothing to do
	warning = "warning" // works, but not as it should
	fault   = "fault"   // does not work
)

// finding is what the doctor says of one thing.
type finding struct {
	Check string `json:"check"` // configuration, database, migrations, roles, clock, issuer, mail or disk
	State string `json:"state"`
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"` // what mends it
}

// examination gathers findings. No secret is told in one.
type examination struct {
	c        Config
	now      func() time.Time
	room     func(dir string) (free, total uint64, err error) // of the disk that a folder is on, in bytes
	findings []finding
}

func (e *examination) tell(check, state, says, do string) {
	hide := strings.NewReplacer(e.secrets()...)
	e.findings = append(e.findings, finding{check, state, hide.Replace(says), hide.Replace(do)})
}

// secrets are pairs of a secret of the configuration and what is told instead.
func (e *examination) secrets() (pairs []string) {
	add := func(secret string) {
		if len(secret) >= 4 {
			pairs = append(pairs, secret, "…", url.QueryEscape(secret), "…")
		}
	}
	for _, dsn := range []string{e.c.DatabaseURL, e.c.OwnerURL} {
		if u, err := url.Parse(dsn); err == nil && u.User != nil {
			password, _ := u.User.Password()
			add(password)
		}
	}
	for _, i := range e.c.Issuers {
		add(i.ClientSecret)
	}
	if e.c.Mail != nil {
		add(e.c.Mail.Password)
	}
	return pairs
}

// doctor looks whether what the product needs is in order, and says in plain words
// what is not and what to do. It changes nothing and needs nothing to work. Its
// error, and so the exit code 1, says that there is a fault.
func doctor(ctx context.Context, args []string, env func(string) string, stdout io.Writer) error {
	return (&examination{now: time.Now, room: room}).examine(ctx, args, env, stdout)
}

func (e *examination) examine(ctx context.Context, args []string, env func(string) string, stdout io.Writer) error {
	f, proxies := e.c.flags("doctor", env)
	asJSON := f.Bool("json", false, "print the findings as JSON")
	if err := parseFlags(f, args, stdout); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		e.tell("configuration", fault, err.Error(), "Correct the command line; the rest was looked at as far as it was read.")
	}
	e.configuration(env, *proxies)
	e.database(ctx)
	e.issuers(ctx)
	e.mail(ctx)
	e.disk()
	return e.report(stdout, *asJSON)
}

func (e *examination) report(stdout io.Writer, asJSON bool) error {
	count := map[string]int{}
	for _, f := range e.findings {
		count[f.State]++
	}
	if asJSON {
		enc := json.NewEncoder(stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(struct {
			Sound    bool      `json:"sound"`
			Findings []finding `json:"findings"`
		}{count[fault] == 0, e.findings}); err != nil {
			return err
		}
	} else {
		for _, f := range e.findings {
			fmt.Fprintf(stdout, "%-8s %-14s %s\n", f.State, f.Check, f.Says)
			if f.Do != "" {
				fmt.Fprintf(stdout, "%-8s %-14s %s\n", "", "", "→ "+f.Do)
			}
		}
	}
	if n := count[fault]; n > 0 {
		return fmt.Errorf("faults: %d, warnings: %d", n, count[warning])
	}
	return nil
}

func (e *examination) configuration(env func(string) string, proxies string) {
	errs := e.c.check(env, proxies)
	for _, err := range errs {
		e.tell("configuration", fault, err.Error(), "Correct the variable or the flag that this names; README.md has the table of all.")
	}
	if len(errs) == 0 {
		e.tell("configuration", fine, "It has no mistakes. The site is at "+e.c.BaseURL+".", "")
	}
	if e.c.Mail == nil { // what was wrong has been told
		e.c.Mail, _ = e.c.mail.read()
	}
	if e.c.DatabaseURL == "" && e.c.DataDir == "" {
		_ = e.c.validateStore() // finds the data folder
	}
	if len(e.c.Issuers) == 0 && env("YHDYSPINTA_ISSUERS") == "" {
		e.tell("configuration", warning, "There is no identity provider: nobody can sign in.", "Set YHDYSPINTA_ISSUERS; docs/guide/sign-in.md tells how.")
	}
	for name, file := range e.secretFiles(env) {
		info, err := os.Stat(file)
		if err == nil && info.Mode().Perm()&0o007 != 0 {
			e.tell("configuration", warning, fmt.Sprintf("Everybody on this machine may read the file of %s.", name), "chmod o-rwx "+file)
		}
	}
}

func (e *examination) secretFiles(env func(string) string) map[string]string {
	out := map[string]string{}
	for key := range strings.SplitSeq(env("YHDYSPINTA_ISSUERS"), ",") {
		name := "YHDYSPINTA_ISSUER_" + strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(key), "-", "_")) + "_CLIENT_SECRET_FILE"
		if file := env(name); file != "" {
			out[name] = file
		}
	}
	if file := e.c.mail.passwordFile; file != "" {
		out["YHDYSPINTA_MAIL_PASSWORD_FILE"] = file
	}
	return out
}

func (e *examination) mail(ctx context.Context) {
	m := e.c.Mail
	if m == nil {
		if e.c.mail.host == "" {
			e.tell("mail", note, "No mail server is configured: no mail is sent.", "")
		}
		return
	}
	config := *m
	config.Timeout = 10 * time.Second
	sender, err := mailer.New(config)
	if err == nil {
		err = sender.Check(ctx)
	}
	at := fmt.Sprintf("%s port %d", m.Host, m.Port)
	if err != nil {
		do := "Check YHDYSPINTA_MAIL_HOST and _PORT, and whether a firewall lets this machine through."
		switch text := strings.ToLower(err.Error()); {
		case strings.Contains(text, "certificate") || strings.Contains(text, "x509"):
			do = "The server's certificate is not valid for this name or this machine does not know who signed it: mend the certificate, or use the name that it was made for."
		case strings.Contains(text, "starttls") || strings.Contains(text, "tls"):
			do = "Set YHDYSPINTA_MAIL_TLS to what the server offers: starttls or tls."
		case strings.Contains(text, "auth") || strings.Contains(text, "535"):
			do = "Check YHDYSPINTA_MAIL_USER and the file of the password."
		}
		e.tell("mail", fault, fmt.Sprintf("The mail server %s cannot be used: %s", at, oneLine(err)), do)
		return
	}
	says := fmt.Sprintf("The mail server %s answers, with %s.", at, map[string]string{mailer.StartTLS: "STARTTLS", mailer.TLS: "TLS", mailer.None: "no encryption"}[m.TLS])
	if m.TLS == mailer.None && m.Host != "localhost" && !strings.HasPrefix(m.Host, "127.") && m.Host != "::1" {
		e.tell("mail", warning, says, "Mail goes to the server in the open. Set YHDYSPINTA_MAIL_TLS=starttls unless the way there is safe otherwise.")
		return
	}
	e.tell("mail", fine, says, "")
}

// disk looks at the folders that the product writes to.
func (e *examination) disk() {
	folders := map[string]string{"temporary files": os.TempDir()}
	if e.c.DatabaseURL == "" && e.c.DataDir != "" {
		folders["the private PostgreSQL"] = e.c.DataDir
	}
	if e.c.Attachments != "" {
		folders["attachments"] = e.c.Attachments
	}
	names := make([]string, 0, len(folders))
	for name := range folders {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		e.folder(name, folders[name])
	}
}

func (e *examination) folder(name, dir string) {
	at := dir
	for { // what is not made yet will be, in the nearest folder that is there
		if _, err := os.Stat(at); err == nil || filepath.Dir(at) == at {
			break
		}
		if name == "attachments" {
			e.tell("disk", fault, fmt.Sprintf("The folder of attachments %s is not there.", dir), "Mount it, or make it and let the product's user write to it.")
			return
		}
		at = filepath.Dir(at)
	}
	f, err := os.CreateTemp(at, ".yhdyspinta-doctor-")
	if err != nil {
		e.tell("disk", fault, fmt.Sprintf("The folder for %s, %s, cannot be written to: %v", name, at, err), "Let the product's user write to it.")
		return
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	free, total, err := e.room(at)
	switch {
	case err != nil:
		e.tell("disk", note, fmt.Sprintf("How much room there is for %s in %s cannot be told: %v", name, at, err), "")
	case free < leastRoom || free < total/leastShare:
		e.tell("disk", warning, fmt.Sprintf("For %s in %s there are %s left of %s.", name, at, size(free), size(total)), "Make room or enlarge the disk.")
	default:
		e.tell("disk", fine, fmt.Sprintf("For %s in %s there are %s free.", name, at, size(free)), "")
	}
}

func size(bytes uint64) string {
	if bytes < 1<<30 {
		return fmt.Sprintf("%d MB", bytes>>20)
	}
	return fmt.Sprintf("%.1f GB", float64(bytes)/(1<<30))
}

func oneLine(err error) string {
	return strings.Join(strings.Fields(cmp.Or(said(err), "it did not say why")), " ")
}

// databaseAt is where the database is: configured, or the private one that runs.
func (e *examination) databaseAt() (app, owner string, private bool) {
	if e.c.DatabaseURL != "" {
		return e.c.DatabaseURL, e.c.OwnerURL, false
	}
	return pgembed.Running(e.c.DataDir, pgembed.RoleApp, pgembed.Database), pgembed.Running(e.c.DataDir, pgembed.RoleOwner, pgembed.Database), true
}
