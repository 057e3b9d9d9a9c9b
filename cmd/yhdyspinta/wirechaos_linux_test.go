//go:build chaos

package main

import "time"

// hush lets no word through any more, either way, and breaks nothing.
func (w *wire) hush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.silent == nil {
		w.silent = make(chan struct{})
	}
}

// speak ends hush.
func (w *wire) speak() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pass()
}

// slow makes each word late.
func (w *wire) slow(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.delay = d
}
