package main

import (
	"bytes"
	"context"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// findPgbench returns the program on PATH, else the newest under Debian's
// folder of PostgreSQL versions.
func findPgbench() (string, bool) {
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path, true
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if err != nil || len(found) == 0 {
		return "", false
	}
	slices.SortFunc(found, func(a, b string) int {
		major := func(path string) int { n, _ := strconv.Atoi(strings.Split(path, "/")[4]); return n }
		return major(a) - major(b)
	})
	return found[len(found)-1], true
}

// pgbenchSides are pgbench with all statements of a report, and with those alone
// that any program must send.
func pgbenchSides(program, dir, dsn string, report captured) ([]side, error) {
	var sides []side
	for _, r := range []captured{report, report.writing()} {
		text, variables, err := script(r)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(dir, fmt.Sprintf("report-%d.sql", len(r.statements)))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return nil, err
		}
		p := pgbench{program, dir, []string{"--no-vacuum", "--protocol=prepared", "--client=" + strconv.Itoa(clients), "--jobs=1", "--file=" + path}}
		for _, v := range variables {
			p.args = append(p.args, "--define="+v)
		}
		p.args = append(p.args, dsn)
		sides = append(sides, side{fmt.Sprintf("pgbench, %d statements", len(r.statements)), p.measure})
	}
	return sides, nil
}

// pgbench runs a script over and over.
type pgbench struct {
	program, dir string
	args         []string
}

var parameter = regexp.MustCompile(`\$[0-9]+`)

// script writes captured statements as a pgbench script. What was the action's
// id in the first of them becomes one of a random action in progress, computed
// from its number as generate.sql does; its answer gives id and version to the
// others, as the reader's ETag did, and the ids of the report and its word that the server makes.
// Every other argument is a variable that holds what it held.
func script(report captured) (text string, variables []string, err error) {
	var b strings.Builder
	fmt.Fprintf(&b, "\\set n 10 * random(1, %d) - 5\n", report.actions/10)
	first := true
	id := report.action.id.String()
	for i, s := range report.statements {
		ids := 0
		sql := parameter.ReplaceAllStringFunc(s.sql, func(mark string) string {
			n, _ := strconv.Atoi(mark[1:])
			if n > len(s.args) {
				err = fmt.Errorf("%s has no argument %s", s.sql, mark)
				return mark
			}
			value, failed := driver.DefaultParameterConverter.ConvertValue(s.args[n-1])
			if failed != nil {
				err = failed
				return mark
			}
			switch v := value.(type) {
			case nil:
				return "null"
			case string:
				if v == "" { // pgbench's variables cannot be empty
					return "''"
				}
				if v == id && first {
					ids++
					return "('00000020-0000-7000-8000-' || lpad((:n)::text, 12, '0'))::uuid"
				}
				if v == id {
					return ":id"
				}
				switch v {
				case report.reportID:
					return ":report"
				case report.wordID:
					return ":word"
				}
			case int64:
				if v == int64(report.action.version) {
					return ":version"
				}
				if v == int64(report.action.version)+1 {
					return "(:version + 1)"
				}
			}
			name := fmt.Sprintf("s%d_%d", i+1, n)
			variables = append(variables, name+"="+argument(value))
			return ":" + name
		})
		end := ";"
		if ids > 0 {
			first, end = false, " \\gset"
			sql = strings.Replace(sql, " from action", ", gen_random_uuid() as report, gen_random_uuid() as word from action", 1)
		}
		b.WriteString(strings.TrimSpace(sql) + end + "\n")
	}
	if first {
		err = fmt.Errorf("no statement reads the action by its id")
	}
	return b.String(), variables, err
}

// argument is an argument in PostgreSQL's text form.
func argument(v any) string {
	switch v := v.(type) {
	case []byte:
		return `\x` + hex.EncodeToString(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v)
}

// measure runs pgbench for whole seconds, at least one, and reads each
// transaction's time from its log.
func (p pgbench) measure(ctx context.Context, length time.Duration) (sample, error) {
	prefix := filepath.Join(p.dir, "log")
	args := append([]string{"--time=" + strconv.Itoa(max(1, int(length.Seconds()))), "--log", "--log-prefix=" + prefix}, p.args...)
	out, err := exec.CommandContext(ctx, p.program, args...).CombinedOutput()
	if err != nil {
		return sample{}, fmt.Errorf("%w: %s", err, out)
	}
	logs, err := filepath.Glob(prefix + ".*")
	if err != nil {
		return sample{}, err
	}
	var latencies []time.Duration
	for _, path := range logs {
		text, err := os.ReadFile(path)
		if err != nil {
			return sample{}, err
		}
		for line := range bytes.Lines(text) { // client, transaction, microseconds, ...
			fields := bytes.Fields(line)
			if len(fields) < 3 {
				return sample{}, fmt.Errorf("pgbench logged %q", line)
			}
			us, err := strconv.Atoi(string(fields[2]))
			if err != nil {
				return sample{}, fmt.Errorf("pgbench logged %q", line)
			}
			latencies = append(latencies, time.Duration(us)*time.Microsecond)
		}
		if err := os.Remove(path); err != nil {
			return sample{}, err
		}
	}
	return newSample(latencies, max(length, time.Second).Truncate(time.Second)), nil
}
