package paperdoc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"yhdyspinta/domain"
)

// Chromium prints pages as tagged PDF, one at a time. It is optional: the
// server runs without it.
type Chromium struct {
	path string
	turn chan struct{}
	// Limit is how long one page may take, and how long one waits for its turn.
	Limit time.Duration
}

// NewChromium finds the program: the given one, else one of the usual names.
// nil if there is none.
func NewChromium(path string) *Chromium {
	names := []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"}
	if path != "" {
		names = []string{path}
	}
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return &Chromium{path: found, turn: make(chan struct{}, 1), Limit: 45 * time.Second}
		}
	}
	return nil
}

// Print writes a page as tagged PDF. The page runs no script and reaches no
// network: it is a file of its own in a folder of its own. domain.KindUnavailable
// with code pdf_busy if others are before it, pdf_unavailable if the program
// fails.
func (c *Chromium) Print(ctx context.Context, page []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Limit)
	defer cancel()
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return nil, &domain.Error{Kind: domain.KindUnavailable, Code: "pdf_busy", Detail: "too many papers are being printed, try again"}
	}
	dir, err := os.MkdirTemp("", "paper-")
	if err != nil {
		return nil, fmt.Errorf("make a folder to print in: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	in, out := filepath.Join(dir, "paper.html"), filepath.Join(dir, "paper.pdf")
	if err := os.WriteFile(in, page, 0o600); err != nil {
		return nil, fmt.Errorf("write the page to print: %w", err)
	}
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--generate-pdf-document-outline", "--no-pdf-header-footer", "--print-to-pdf=" + out, "file://" + in}
	if os.Geteuid() == 0 { // Chromium refuses its own sandbox to root
		args = append([]string{"--no-sandbox"}, args...)
	}
	cmd := exec.CommandContext(ctx, c.path, args...)
	cmd.Env = []string{"HOME=" + dir, "TMPDIR=" + dir, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // with its helpers
	cmd.WaitDelay = 2 * time.Second
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, unprinted(fmt.Errorf("%w: %s", err, last(said)))
	}
	pdf, err := os.ReadFile(out)
	if err != nil || len(pdf) < 5 || string(pdf[:5]) != "%PDF-" {
		return nil, unprinted(errors.Join(err, errors.New("it wrote no PDF")))
	}
	return pdf, nil
}

func unprinted(err error) error {
	return &domain.Error{Kind: domain.KindUnavailable, Code: "pdf_unavailable", Detail: "the paper could not be printed as PDF", Err: err}
}

// last is the end of what a program said, for the log.
func last(said []byte) string {
	const most = 500
	if len(said) > most {
		said = said[len(said)-most:]
	}
	return strconv.Quote(string(said))
}
