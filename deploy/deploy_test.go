package deploy_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// object is a YAML mapping.
type object = map[string]any

func documents(t *testing.T, name string) (out []object) {
	t.Helper()
	for dec := yaml.NewDecoder(strings.NewReader(read(t, name))); ; {
		var o object
		err := dec.Decode(&o)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, o)
	}
}

// at follows keys, and numbers in lists, into a document; nil if there is nothing.
func at(v any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		switch o := v.(type) {
		case object:
			v = o[key]
		case []any:
			var n int
			if _, err := fmt.Sscan(key, &n); err != nil || n >= len(o) {
				return nil
			}
			v = o[n]
		default:
			return nil
		}
	}
	return v
}

// known are the variables that the program reads, taken from its source; those of an
// identity provider have ISSUER_* for its key.
func known(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	files, err := filepath.Glob("../cmd/yhdyspinta/config*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no configuration")
	}
	for _, file := range files {
		text := read(t, file)
		for _, m := range regexp.MustCompile(`(?:or|env)\("((?:YHDYSPINTA|DATABASE)_[A-Z_]+)"`).FindAllStringSubmatch(text, -1) {
			out[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`\bget\("([A-Z_]+)"\)`).FindAllStringSubmatch(text, -1) {
			out["YHDYSPINTA_ISSUER_*_"+m[1]] = true
		}
	}
	if len(out) < 25 || !out["DATABASE_URL"] || !out["YHDYSPINTA_ISSUER_*_CLIENT_SECRET_FILE"] || !out["YHDYSPINTA_DRAIN"] {
		t.Fatalf("only %v", slices.Sorted(maps.Keys(out)))
	}
	return out
}

var (
	variable  = regexp.MustCompile(`\b(?:YHDYSPINTA_[A-Z_]+[A-Z]|DATABASE(?:_OWNER)?_URL)\b`)
	ofIssuer  = regexp.MustCompile(`^YHDYSPINTA_ISSUER_[A-Z0-9]+_`)
	named     = func(name string) string { return ofIssuer.ReplaceAllString(name, "YHDYSPINTA_ISSUER_*_") }
	notOurOwn = map[string]bool{"YHDYSPINTA_TEST_PG": true} // of the tests
)

// Every variable that a file for operators names is one that the program reads, and the
// example for systemd and the README name all that it reads.
func TestFilesKnowTheConfiguration(t *testing.T) {
	t.Parallel()
	program := known(t)
	files := []string{"../README.md", "../docker-compose.yml"}
	err := filepath.WalkDir(".", func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(name) != ".go" {
			files = append(files, name)
		}
		return err
	})
	if err != nil || len(files) < 14 {
		t.Fatal(files, err)
	}
	names := map[string]map[string]bool{}
	for _, file := range files {
		names[file] = map[string]bool{}
		for _, name := range variable.FindAllString(read(t, file), -1) {
			n := named(name)
			names[file][n] = true
			if !program[n] && !notOurOwn[n] {
				t.Errorf("%s names %s, which the program does not read", file, name)
			}
		}
	}
	for name := range program {
		if !names["yhdyspinta.env"][name] {
			t.Errorf("yhdyspinta.env does not name %s", name)
		}
		if !strings.Contains(name, "*") && !names["../README.md"][name] {
			t.Errorf("README.md does not name %s", name)
		}
	}
}

// The example for systemd says the same to a shell, in which operators migrate and look.
func TestVariablesAreForAShellToo(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "sh", "-euc", "set -a; . ./yhdyspinta.env; env").Output()
	if err != nil {
		t.Fatal(err)
	}
	had := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		had[strings.TrimSuffix(line, "\n")] = true
	}
	said := 0
	for line := range strings.Lines(read(t, "yhdyspinta.env")) {
		name, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "#"), "=")
		if !ok || strings.Contains(name, " ") {
			continue
		}
		if strings.ContainsAny(value, "&$; ?") && !strings.HasPrefix(value, "'") && !strings.HasPrefix(value, `"`) {
			t.Errorf("%s wants quotation marks", name)
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		said++
		if want := name + "=" + strings.Trim(value, `'"`); !had[want] {
			t.Errorf("a shell does not read %s", want)
		}
	}
	if said < 20 {
		t.Errorf("only %d variables", said)
	}
}

// locked fails the test unless a pod's containers run without root, without privileges
// and on a file system that they cannot write to, with limits.
func locked(t *testing.T, file string, pod any) {
	t.Helper()
	for path, want := range map[string]any{"automountServiceAccountToken": false, "securityContext.runAsNonRoot": true, "securityContext.seccompProfile.type": "RuntimeDefault"} {
		if got := at(pod, path); got != want {
			t.Errorf("%s: %s is %v, want %v", file, path, got, want)
		}
	}
	var containers []any
	for _, list := range []string{"initContainers", "containers"} {
		l, _ := at(pod, list).([]any)
		containers = append(containers, l...)
	}
	if len(containers) == 0 {
		t.Errorf("%s: no containers", file)
	}
	for _, c := range containers {
		for path, want := range map[string]any{"securityContext.allowPrivilegeEscalation": false, "securityContext.readOnlyRootFilesystem": true, "securityContext.capabilities.drop.0": "ALL"} {
			if got := at(c, path); got != want {
				t.Errorf("%s: %v: %s is %v, want %v", file, at(c, "name"), path, got, want)
			}
		}
		for _, path := range []string{"image", "args.0", "resources.requests.cpu", "resources.requests.memory", "resources.limits.memory"} {
			if at(c, path) == nil {
				t.Errorf("%s: %v has no %s", file, at(c, "name"), path)
			}
		}
		mounts, _ := at(c, "volumeMounts").([]any)
		volumes, _ := at(pod, "volumes").([]any)
		for _, m := range mounts {
			if !slices.ContainsFunc(volumes, func(v any) bool { return at(v, "name") == at(m, "name") }) {
				t.Errorf("%s: %v mounts %v, which is no volume", file, at(c, "name"), at(m, "name"))
			}
		}
	}
}

func TestKubernetes(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("kubernetes/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no manifests")
	}
	byKind := map[string]object{}
	for _, file := range files {
		for _, d := range documents(t, file) {
			kind, _ := d["kind"].(string)
			if at(d, "apiVersion") == nil || at(d, "metadata.name") == nil || at(d, "metadata.labels") == nil || byKind[kind] != nil {
				t.Errorf("%s: %v %v", file, kind, d["metadata"])
			}
			byKind[kind] = d
		}
	}
	if got, want := slices.Sorted(maps.Keys(byKind)), []string{"ConfigMap", "CronJob", "Deployment", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget", "Service"}; !slices.Equal(got, want) {
		t.Fatalf("kinds %v, want %v", got, want)
	}
	deployment := byKind["Deployment"]
	pod := at(deployment, "spec.template.spec")
	locked(t, "Deployment", pod)
	locked(t, "CronJob", at(byKind["CronJob"], "spec.jobTemplate.spec.template.spec"))
	labels := fmt.Sprint(at(deployment, "spec.template.metadata.labels"))
	for what, got := range map[string]any{"Deployment": at(deployment, "spec.selector.matchLabels"), "Service": at(byKind["Service"], "spec.selector"),
		"PodDisruptionBudget": at(byKind["PodDisruptionBudget"], "spec.selector.matchLabels"), "spread": at(pod, "topologySpreadConstraints.0.labelSelector.matchLabels")} {
		if fmt.Sprint(got) != labels {
			t.Errorf("%s selects %v, the pods have %s", what, got, labels)
		}
	}
	for probe, path := range map[string]string{"livenessProbe": "/healthz", "readinessProbe": "/readyz", "startupProbe": "/healthz"} {
		if at(pod, "containers.0."+probe+".httpGet.path") != path || at(pod, "containers.0."+probe+".httpGet.port") != at(pod, "containers.0.ports.0.name") {
			t.Errorf("%s: %v", probe, at(pod, "containers.0."+probe))
		}
	}
	if at(byKind["Service"], "spec.ports.0.targetPort") != at(pod, "containers.0.ports.0.name") {
		t.Error("the service leads nowhere")
	}
	if n, ok := at(deployment, "spec.replicas").(int); !ok || n < 2 || at(byKind["PodDisruptionBudget"], "spec.minAvailable") != 1 {
		t.Error("one must remain while another goes")
	}
	// Only who migrates knows the owner's password.
	if owner := fmt.Sprint(at(pod, "containers")); strings.Contains(owner, "OWNER") {
		t.Error("the serving container has the owner's address")
	}
	if !strings.Contains(fmt.Sprint(at(pod, "initContainers")), "DATABASE_OWNER_URL") {
		t.Error("nobody migrates")
	}
}

func TestCompose(t *testing.T) {
	t.Parallel()
	d := documents(t, "../docker-compose.yml")[0]
	services, _ := d["services"].(object)
	volumes, _ := d["volumes"].(object)
	for name, s := range services {
		if at(s, "image") == nil {
			t.Errorf("%s has no image", name)
		}
		needs, _ := at(s, "depends_on").(object)
		for other := range needs {
			if services[other] == nil {
				t.Errorf("%s depends on %s, which is not there", name, other)
			}
		}
		mounts, _ := at(s, "volumes").([]any)
		for _, m := range mounts {
			source, _, _ := strings.Cut(fmt.Sprint(m), ":")
			if strings.HasPrefix(source, "./") {
				read(t, filepath.Join("..", source))
			} else if _, ok := volumes[source]; !ok {
				t.Errorf("%s mounts %s, which is no volume", name, source)
			}
		}
		ports, _ := at(s, "ports").([]any)
		for _, p := range ports {
			if !strings.HasPrefix(fmt.Sprint(p), "127.0.0.1:") {
				t.Errorf("%s listens on %v: the trial's passwords are known to all", name, p)
			}
		}
		if at(s, "build") != nil && (at(s, "read_only") != true || at(s, "cap_drop.0") != "ALL") {
			t.Errorf("%s is not locked", name)
		}
	}
	// The providers are those that the product is told of.
	env, _ := at(services, "yhdyspinta.environment").(object)
	for _, key := range []string{"espoo", "luvn"} {
		idp := documents(t, "compose/dex-"+key+".yaml")[0]
		prefix := "YHDYSPINTA_ISSUER_" + strings.ToUpper(key) + "_"
		subject := base64.RawURLEncoding.EncodeToString([]byte("\x0a\x24" + fmt.Sprint(at(idp, "staticPasswords.0.userID")) + "\x12\x05local"))
		for name, want := range map[string]any{"URL": at(idp, "issuer"), "CLIENT_ID": at(idp, "staticClients.0.id"), "CLIENT_SECRET": at(idp, "staticClients.0.secret"), "FIRST_ADMIN": subject, "PARTY": key} {
			if env[prefix+name] != want {
				t.Errorf("%s%s is %v, the provider says %v", prefix, name, env[prefix+name], want)
			}
		}
		if got, want := at(idp, "staticClients.0.redirectURIs.0"), fmt.Sprint(env["YHDYSPINTA_BASE_URL"])+"/auth/"+key+"/callback"; got != want {
			t.Errorf("%s leads back to %v, want %s", key, got, want)
		}
	}
	for _, role := range []string{"owner", "app"} {
		if password := role + "-for-trial"; !strings.Contains(read(t, "../docker-compose.yml"), "yhdyspinta_"+role+":"+password+"@") || !strings.Contains(read(t, "compose/passwords.sql"), "yhdyspinta_"+role+" password '"+password+"'") {
			t.Errorf("the password of %s is not the same everywhere", role)
		}
	}
}

func TestDockerfile(t *testing.T) {
	t.Parallel()
	text := read(t, "Dockerfile")
	lines := regexp.MustCompile(`(?m)^(FROM|USER|ENTRYPOINT|CMD|COPY|ADD|RUN|ENV|EXPOSE|STOPSIGNAL|WORKDIR) (.*)$`).FindAllStringSubmatch(text, -1)
	last := map[string]string{}
	for _, l := range lines {
		last[l[1]] = l[2]
		switch {
		case l[1] == "COPY" && !strings.HasPrefix(l[2], "--from"):
			names := strings.Fields(l[2])
			for _, name := range names[:len(names)-1] {
				if _, err := os.Stat(filepath.Join("..", name)); err != nil {
					t.Errorf("copies what is not there: %v", err)
				}
			}
		case l[1] == "ADD":
			t.Error("ADD fetches and unpacks: COPY does neither")
		case l[1] == "FROM" && (strings.HasSuffix(l[2], ":latest") || !strings.Contains(l[2], ":")):
			t.Errorf("an image without a version: %s", l[2])
		case l[1] == "RUN" && strings.Contains(l[2], "curl"):
			t.Errorf("fetches unpinned: %s", l[2])
		}
	}
	if !strings.HasPrefix(last["FROM"], "gcr.io/distroless/static") || strings.Count(text, "\nFROM ") < 3 {
		t.Errorf("ends on %s", last["FROM"])
	}
	if last["USER"] != "65532:65532" || last["ENTRYPOINT"] != `["/usr/bin/yhdyspinta"]` || last["CMD"] != `["serve"]` || last["STOPSIGNAL"] != "SIGTERM" {
		t.Errorf("%v", last)
	}
	if !strings.Contains(text, "CGO_ENABLED=0") || !strings.Contains(text, "npm ci") {
		t.Error("not static, or not by the lock file")
	}
	goVersion := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "../go.mod"))
	if goVersion == nil || !strings.Contains(text, "FROM golang:"+goVersion[1]+"-") {
		t.Errorf("the image's Go is not that of go.mod (%v)", goVersion)
	}
}

// The units say what matters, and systemd itself finds no fault with them where it is
// there to ask.
func TestSystemd(t *testing.T) {
	t.Parallel()
	for file, lines := range map[string][]string{
		"systemd/yhdyspinta.service": {"User=yhdyspinta", "EnvironmentFile=/etc/yhdyspinta/yhdyspinta.env", "ExecStart=/usr/local/bin/yhdyspinta serve", "Restart=always",
			"NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "CapabilityBoundingSet=", "PrivateTmp=yes", "SystemCallFilter=@system-service"},
		"systemd/yhdyspinta-backup.service": {"Type=oneshot", "User=yhdyspinta", "NoNewPrivileges=yes", "ProtectSystem=strict", "ReadWritePaths=/var/backups/yhdyspinta"},
		"systemd/yhdyspinta-backup.timer":   {"Persistent=true", "WantedBy=timers.target"},
	} {
		have := strings.Split(read(t, file), "\n")
		for _, line := range lines {
			if !slices.Contains(have, line) {
				t.Errorf("%s has no line %s", file, line)
			}
		}
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		return // what it would check is checked where it is
	}
	// The program stands where the unit says in a folder of its own.
	dir := t.TempDir()
	var units []string
	for _, name := range []string{"yhdyspinta.service", "yhdyspinta-backup.service", "yhdyspinta-backup.timer"} {
		text := strings.ReplaceAll(read(t, "systemd/"+name), "/usr/local/bin/yhdyspinta", "/bin/true")
		units = append(units, filepath.Join(dir, name))
		if err := os.WriteFile(units[len(units)-1], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), analyze, append([]string{"verify", "--recursive-errors=no"}, units...)...).CombinedOutput()
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "yhdyspinta") {
			t.Errorf("systemd: %s (%v)", line, err)
		}
	}
}

// The proxy passes on what the product needs, and nothing that is not for the public.
func TestProxy(t *testing.T) {
	t.Parallel()
	text := read(t, "nginx/yhdyspinta.conf")
	if open, closed := strings.Count(text, "{"), strings.Count(text, "}"); open != closed || open < 6 {
		t.Errorf("%d blocks are opened, %d closed", open, closed)
	}
	for line := range strings.Lines(text) {
		code, _, _ := strings.Cut(strings.TrimSpace(line), "#")
		if code = strings.TrimSpace(code); code != "" && !strings.HasSuffix(code, ";") && !strings.HasSuffix(code, "{") && !strings.HasSuffix(code, "}") {
			t.Errorf("no end of %q", code)
		}
	}
	for _, want := range []string{"X-Forwarded-For $proxy_add_x_forwarded_for", "proxy_set_header   Host $host", "location = /metrics { return 404; }", "location = /readyz  { return 404; }",
		"proxy_buffering off", "access_log off", "proxy_next_upstream",
		`add_header Strict-Transport-Security "max-age=31536000" always;`, "proxy_hide_header Strict-Transport-Security;", "ssl_protocols       TLSv1.2 TLSv1.3;"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(text, "non_idempotent") {
		t.Error("what must not be repeated would be")
	}
	// The only stream is that of the contract.
	stream := regexp.MustCompile(`location ~ (\S+) \{\s*proxy_pass http://yhdyspinta;\s*proxy_buffering off`).FindStringSubmatch(text)
	if stream == nil || !regexp.MustCompile(stream[1]).MatchString("/api/v1/meetings/01900000-0000-7000-8000-000000000000/events") {
		t.Errorf("the stream of a meeting is buffered: %v", stream)
	}
	if contract := read(t, "../api/openapi.yaml"); strings.Count(contract, "text/event-stream") != 1 {
		t.Error("the contract has another stream: the proxy must not buffer it")
	}
}
