package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"yhdyspinta/cmd/wiring"
	"yhdyspinta/domain"
	"yhdyspinta/domain/organisation"
	"yhdyspinta/storage"
)

// addParty is `add-party`: makes one organisation known, as the operator. All
// else of the organisation is its own administrators' to write.
func addParty(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) error {
	var c Config
	f, _ := c.flags("add-party", env)
	key := f.String("key", "", "short name in configuration and addresses, such as espoo")
	kind := f.String("kind", "", "municipality, wellbeing_services_county, joint_authority, third_sector, parish_union or education_provider")
	principal := f.Bool("principal", false, "one of the equal parties that accept, inspect and sign")
	letter := f.String("letter", "", "one letter, drawn in the party's mark")
	ifMissing := f.Bool("if-missing", false, "do nothing if there is a party with the key")
	position := f.Int("position", 1, "its place where parties stand in order")
	var name, short domain.Text
	for _, t := range []struct {
		lang   string
		name   *string
		short  *string
		inWhat string
	}{{"fi", &name.FI, &short.FI, "Finnish"}, {"sv", &name.SV, &short.SV, "Swedish"}, {"en", &name.EN, &short.EN, "English"}} {
		f.StringVar(t.name, "name-"+t.lang, "", "name in "+t.inWhat)
		f.StringVar(t.short, "short-"+t.lang, "", "short name in "+t.inWhat+"; the name if empty")
	}
	if err := parseFlags(f, args, stdout); err != nil {
		return err
	}
	if err := c.validate(); err != nil {
		return err
	}
	if name.FI == "" || name.SV == "" || name.EN == "" {
		return errors.New("add-party: give the name in all three languages: --name-fi, --name-sv and --name-en")
	}
	for _, t := range []struct{ short, name *string }{{&short.FI, &name.FI}, {&short.SV, &name.SV}, {&short.EN, &name.EN}} {
		if *t.short == "" {
			*t.short = *t.name
		}
	}
	log := newLog(c.LogFormat, stderr)
	base, err := openDatabase(ctx, c, log)
	if err != nil {
		return err
	}
	defer base.close()
	if base.owner != "" {
		if err := storage.Migrate(ctx, base.owner, log); err != nil {
			return err
		}
	}
	db, err := storage.Open(ctx, base.app, storage.Options{Clock: time.Now, Log: log})
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = wiring.Services(db, time.Now, domain.UUIDv7).Organisation.AddParty(ctx, domain.Operator(domain.OriginOperator),
		*key, organisation.Kind(*kind), *principal, *letter, *position, name, short)
	if e, ok := errors.AsType[*domain.Error](err); ok && len(e.Fields) > 0 {
		if *ifMissing && e.Fields[0] == (domain.FieldError{Pointer: "/key", Code: "taken"}) {
			fmt.Fprintf(stdout, "the party %s is there already\n", *key)
			return nil
		}
		return fmt.Errorf("add-party: --%s: %s", e.Fields[0].Pointer[1:], e.Fields[0].Code)
	}
	if err != nil {
		return fmt.Errorf("add the party: %w", err)
	}
	fmt.Fprintf(stdout, "added the party %s\n", *key)
	return nil
}
