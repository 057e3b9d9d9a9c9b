package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const apiGuide = "../../docs/guide/api.md"

// example is a block of the guide that is run, with the answer that stands below it.
type example struct {
	line    int
	command string
	answer  string // "" of a block that only keeps something for the next
}

var guideBlock = regexp.MustCompile("(?ms)^```(sh|http)\n(.*?)^```$")

// examples are those of the guide in order. The first block says where the service is and
// which token one has: the test has others.
func examples(t *testing.T) (out []example) {
	t.Helper()
	page, err := os.ReadFile(apiGuide)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range guideBlock.FindAllSubmatchIndex(page, -1) {
		kind, text := string(page[at[2]:at[3]]), string(page[at[4]:at[5]])
		line := 1 + bytes.Count(page[:at[0]], []byte("\n"))
		switch {
		case kind == "sh":
			out = append(out, example{line: line, command: text})
		case len(out) == 0 || out[len(out)-1].answer != "":
			t.Fatalf("line %d: an answer to nothing", line)
		default:
			out[len(out)-1].answer = text
		}
	}
	if len(out) < 15 || !strings.HasPrefix(out[0].command, "base=http://localhost:8080\ntoken=yhp_") {
		t.Fatalf("%d examples, the first %q", len(out), out[0].command)
	}
	return out[1:]
}

// The examples of the guide are run as they stand, with the machine's curl if there is one
// and with a strict stand-in, against the product with the demo's data; each must answer
// with the status, headers and shape that the guide tells.
func TestExamplesOfTheAPIGuide(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	f.add("YHDYSPINTA_RATE_READS=1200", "YHDYSPINTA_RATE_WRITES=240", "YHDYSPINTA_RATE_COSTLY=120") // as where nothing is set
	coordinator := f.signIn("espoo", "esp-wellbeing-coord")
	status, _, made := coordinator.do("POST", "/api/v1/api-tokens", map[string]any{"name": "Esimerkki", "purpose": "Ohjeen esimerkit", "scopes": []string{"read", "write:goals"}})
	var token struct{ Secret string }
	if err := json.Unmarshal([]byte(made), &token); err != nil || status != http.StatusCreated {
		t.Fatalf("no token: %d %s %v", status, made, err)
	}
	standIn, err := exec.LookPath("curl")
	if err != nil {
		t.Fatal(err)
	}
	curls := map[string]string{"stand-in": standIn}
	if realCurl != "" {
		curls["curl"] = realCurl
	}
	for name, program := range curls {
		t.Run(name, func(t *testing.T) {
			bin := t.TempDir()
			if err := os.Symlink(program, filepath.Join(bin, "curl")); err != nil {
				t.Fatal(err)
			}
			all := examples(t)
			var script strings.Builder
			script.WriteString("set -eu\n")
			for i, e := range all {
				fmt.Fprintf(&script, "printf '\\n@@%d@@\\n'\n%s\n", i, e.command)
			}
			cmd := exec.CommandContext(t.Context(), "/bin/sh")
			cmd.Dir = t.TempDir()
			cmd.Stdin = strings.NewReader(script.String())
			cmd.Env = append(os.Environ(), "PATH="+bin+":/usr/bin:/bin", "base="+f.base, "token="+token.Secret)
			var said bytes.Buffer
			cmd.Stderr = &said
			out, err := cmd.Output()
			if err != nil || said.Len() > 0 {
				t.Fatalf("%v: %s\n%s", err, said.String(), out)
			}
			for i, e := range all {
				_, rest, ok := strings.Cut(string(out), fmt.Sprintf("\n@@%d@@\n", i))
				if !ok {
					t.Fatalf("line %d was not run", e.line)
				}
				got, _, _ := strings.Cut(rest, fmt.Sprintf("\n@@%d@@\n", i+1))
				if wrong := compareAnswer(e.answer, got); wrong != "" {
					t.Errorf("%s:%d: %s\nit answers\n%s", apiGuide, e.line, wrong, got[:min(len(got), 2000)])
				}
			}
		})
	}
}

// compareAnswer says in what an answer is not what the guide tells: the status, the
// headers that are told, and the shape of the body. "" if in nothing.
func compareAnswer(want, got string) string {
	if want == "" {
		if strings.TrimSpace(got) != "" {
			return "it says something, and the guide tells no answer"
		}
		return ""
	}
	wantHead, wantBody, _ := strings.Cut(want, "\n\n")
	gotHead, gotBody, _ := strings.Cut(got, "\r\n\r\n")
	wantLines, gotLines := strings.Split(strings.TrimSpace(wantHead), "\n"), strings.Split(gotHead, "\r\n")
	if wantLines[0] != gotLines[0] {
		return fmt.Sprintf("answers %q, not %q", gotLines[0], wantLines[0])
	}
	for _, header := range wantLines[1:] {
		if !slices.ContainsFunc(gotLines[1:], func(line string) bool { return likeHeader(header, line) }) {
			return "no header " + header
		}
	}
	wantBody, gotBody = strings.TrimSpace(wantBody), strings.TrimSpace(gotBody)
	if wantBody == "" {
		if gotBody != "" && strings.Contains(wantHead, " 304 ") {
			return "it has a body"
		}
		return ""
	}
	if !strings.HasPrefix(wantBody, "{") { // a text: each line of the guide is the beginning of a line
		for i, line := range strings.Split(wantBody, "\n") {
			lines := strings.Split(strings.TrimPrefix(gotBody, "\ufeff"), "\n")
			if i >= len(lines) || !like(line, strings.TrimRight(lines[i], "\r")) {
				return fmt.Sprintf("line %d of the body is not like %q", i+1, line)
			}
		}
		return ""
	}
	var w, g any
	if err := json.Unmarshal([]byte(wantBody), &w); err != nil {
		return "the guide's body is no JSON: " + err.Error()
	}
	if err := json.Unmarshal([]byte(gotBody), &g); err != nil {
		return "the body is no JSON: " + err.Error()
	}
	return shape("", w, g)
}

// like compares with … for anything.
func like(want, got string) bool {
	parts := strings.Split(want, "…")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile("^(?s:" + strings.Join(parts, ".*") + ")$").MatchString(got)
}

func likeHeader(want, got string) bool {
	wantName, wantValue, _ := strings.Cut(want, ": ")
	gotName, gotValue, _ := strings.Cut(got, ": ")
	return strings.EqualFold(wantName, gotName) && like(wantValue, gotValue)
}

// shape compares kinds of values: each field that the guide shows must be there, with a
// value of the same kind. Codes, and texts that the guide's request sent, are the same
// where it shows them without "…".
func shape(at string, want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return at + " is no object"
		}
		for name, value := range w {
			has, ok := g[name]
			if !ok {
				return at + "/" + name + " is not there"
			}
			if wrong := shape(at+"/"+name, value, has); wrong != "" {
				return wrong
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(w) > len(g) {
			return at + " has too few"
		}
		for i := range w {
			if wrong := shape(fmt.Sprintf("%s/%d", at, i), w[i], g[i]); wrong != "" {
				return wrong
			}
		}
	case string:
		g, ok := got.(string)
		if !ok || !like(w, g) {
			return fmt.Sprintf("%s is %v, not like %q", at, got, w)
		}
	case float64:
		if _, ok := got.(float64); !ok {
			return at + " is no number"
		}
	case bool:
		if got != want {
			return fmt.Sprintf("%s is %v", at, got)
		}
	}
	return ""
}
