package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"yhdyspinta/domain"
	"yhdyspinta/domain/meeting"
)

const (
	pieceSize = 256 << 10 // bytes of a file that are held at once
	headSize  = 64 << 10  // bytes by which its type is found out

	// DefaultFileLimit is the greatest size of a file unless configured, in bytes.
	DefaultFileLimit = 25 << 20

	// unnamedFor is how long a file may wait for an attachment to name it.
	unnamedFor = 24 * time.Hour
)

func init() { mimetype.SetLimit(headSize) }

// Files keeps the bytes of attachments: in the database, or in a folder that all
// instances of the server share. What was written to the one is read from there
// also when the other is configured by now.
type Files struct {
	db     *DB
	folder string
	limit  int64
}

// NewFiles keeps files of at most limit bytes in folder, or in the database
// where folder is "".
func NewFiles(db *DB, folder string, limit int64) *Files { return &Files{db, folder, limit} }

// Limit implements meeting.Files.
func (f *Files) Limit() int64 { return f.limit }

// Put implements meeting.Files.
func (f *Files) Put(ctx context.Context, r io.Reader) (stored meeting.StoredFile, err error) {
	if err := f.sweep(ctx); err != nil {
		return stored, translate(err)
	}
	stored.ID.SetNew(domain.UUIDv7)
	place := "database"
	if f.folder != "" {
		place = "folder"
	}
	if _, err := f.db.sql.ExecContext(ctx, "insert into stored_file (id, place, complete, created_at) values ($1, $2, false, $3)",
		stored.ID.String(), place, f.db.clock.Now()); err != nil {
		return stored, translate(fmt.Errorf("begin a file: %w", err))
	}
	w, err := f.writer(ctx, stored.ID)
	if err != nil {
		f.forget(context.WithoutCancel(ctx), stored.ID.String())
		return stored, translate(err)
	}
	if err := f.copy(w, r, &stored); err != nil {
		w.abandon()
		f.forget(context.WithoutCancel(ctx), stored.ID.String())
		return stored, translate(err)
	}
	if _, err := f.db.sql.ExecContext(ctx, "update stored_file set complete = true where id = $1", stored.ID.String()); err != nil {
		return stored, translate(fmt.Errorf("end a file: %w", err))
	}
	return stored, nil
}

// fileWriter takes a file piece by piece.
type fileWriter interface {
	io.Writer
	commit() error
	abandon()
}

func (f *Files) writer(ctx context.Context, id domain.StoredFileID) (fileWriter, error) {
	if f.folder == "" {
		return &pieceWriter{ctx: ctx, db: f.db, id: id}, nil
	}
	path := f.path(id.String())
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, notKept(fmt.Errorf("make a folder for attachments: %w", err))
	}
	file, err := os.OpenFile(path+".part", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	if err != nil {
		return nil, notKept(fmt.Errorf("create a file in the folder of attachments: %w", err))
	}
	return &folderWriter{file, path}, nil
}

// notKept is the answer where the folder of attachments takes no file: it is full, may only
// be read, or is not there.
func notKept(err error) error {
	code, detail := "attachment_not_kept", "the file could not be kept on the server: try again later"
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) {
			code, detail = "storage_full", "there is no room to save it: try again later"
		}
	}
	return &domain.Error{Kind: domain.KindUnavailable, Code: code, Detail: detail, Err: err}
}

// path is where a file is: its id's last two digits spread the files over
// folders.
func (f *Files) path(id string) string { return filepath.Join(f.folder, id[len(id)-2:], id) }

// copy reads r to its end, one piece at a time, and finds out what it holds.
func (f *Files) copy(w fileWriter, r io.Reader, stored *meeting.StoredFile) error {
	sum := sha256.New()
	piece := make([]byte, pieceSize)
	for first := true; ; first = false {
		n, err := readPiece(r, piece)
		if first {
			stored.MediaType = mediaType(piece[:min(n, headSize)])
		}
		stored.Size += int64(n)
		if stored.Size > f.limit {
			return &domain.Error{Kind: domain.KindTooLarge, Code: "file_too_large", Detail: fmt.Sprintf("a file has at most %d bytes", f.limit)}
		}
		if n > 0 {
			if err := both(sum, w, piece[:n]); err != nil {
				return err
			}
		}
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			stored.SHA256 = hex.EncodeToString(sum.Sum(nil))
			return w.commit()
		default:
			return &domain.Error{Kind: domain.KindInvalid, Code: "file_cut_off", Detail: "the file did not come whole: send it again", Err: err}
		}
	}
}

// readPiece fills piece from r as far as r goes: io.EOF is its end. A file that was cut off
// on its way (io.ErrUnexpectedEOF) has none.
func readPiece(r io.Reader, piece []byte) (n int, err error) {
	for n < len(piece) && err == nil {
		var more int
		more, err = r.Read(piece[n:])
		n += more
	}
	return n, err
}

func both(sum hash.Hash, w io.Writer, piece []byte) error {
	sum.Write(piece)
	_, err := w.Write(piece)
	return err
}

// mediaType is the type of a file by its first bytes, without parameters.
func mediaType(head []byte) string {
	t, _, _ := bytes.Cut([]byte(mimetype.Detect(head).String()), []byte(";"))
	return string(t)
}

type pieceWriter struct {
	ctx context.Context
	db  *DB
	id  domain.StoredFileID
	no  int
}

// Write implements io.Writer.
func (w *pieceWriter) Write(piece []byte) (int, error) {
	w.no++
	_, err := w.db.sql.ExecContext(w.ctx, "insert into stored_piece (stored_file_id, no, data) values ($1, $2, $3)", w.id.String(), w.no, piece)
	if err != nil {
		return 0, fmt.Errorf("write a piece of a file: %w", err)
	}
	return len(piece), nil
}

func (w *pieceWriter) commit() error { return nil }
func (w *pieceWriter) abandon()      {}

type folderWriter struct {
	*os.File
	path string
}

// Write implements io.Writer.
func (w *folderWriter) Write(piece []byte) (int, error) {
	n, err := w.File.Write(piece)
	if err != nil {
		return n, notKept(fmt.Errorf("write a file into the folder of attachments: %w", err))
	}
	return n, nil
}

func (w *folderWriter) commit() error {
	if err := w.Sync(); err != nil {
		return notKept(fmt.Errorf("write a file to the disk: %w", err))
	}
	if err := w.Close(); err != nil {
		return notKept(fmt.Errorf("close a file: %w", err))
	}
	if err := os.Rename(w.path+".part", w.path); err != nil {
		return notKept(fmt.Errorf("name a file: %w", err))
	}
	return nil
}

func (w *folderWriter) abandon() {
	_ = w.Close()
	_ = os.Remove(w.path + ".part")
}

// Open implements meeting.Files.
func (f *Files) Open(ctx context.Context, id domain.StoredFileID) (io.ReadCloser, error) {
	var place string
	if err := f.db.sql.QueryRowContext(ctx, "select place from stored_file where id = $1 and complete", id.String()).Scan(&place); err != nil {
		return nil, translate(fmt.Errorf("find a file: %w", err))
	}
	if place == "database" {
		return &pieceReader{ctx: ctx, db: f.db, id: id}, nil
	}
	if f.folder == "" {
		return nil, fileUnavailable(errors.New("a file is in the folder of attachments, which is not configured"))
	}
	file, err := os.Open(f.path(id.String()))
	if err != nil {
		return nil, fileUnavailable(fmt.Errorf("open a file of the folder of attachments: %w", err))
	}
	return file, nil
}

// fileUnavailable is the answer where a file that an attachment names cannot be
// opened: the folder is not there, or somebody took the file away.
func fileUnavailable(err error) error {
	return &domain.Error{Kind: domain.KindUnavailable, Code: "attachment_unavailable", Detail: "the file is not in its store now", Err: err}
}

// pieceReader reads a file from the database, one piece at a time.
type pieceReader struct {
	ctx  context.Context
	db   *DB
	id   domain.StoredFileID
	no   int
	rest []byte
}

// Read implements io.Reader.
func (r *pieceReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		r.no++
		rows, err := r.db.sql.QueryContext(r.ctx, "select data from stored_piece where stored_file_id = $1 and no = $2", r.id.String(), r.no)
		if err != nil {
			return 0, fmt.Errorf("read a piece of a file: %w", err)
		}
		defer func() { _ = rows.Close() }()
		if !rows.Next() {
			if err := rows.Err(); err != nil {
				return 0, fmt.Errorf("read a piece of a file: %w", err)
			}
			return 0, io.EOF // itself: readers compare it
		}
		if err := rows.Scan(&r.rest); err != nil {
			return 0, fmt.Errorf("read a piece of a file: %w", err)
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// Close implements io.Closer.
func (r *pieceReader) Close() error { return nil }

// sweep throws away files that no attachment names, now or in its history, a day
// after they came in.
func (f *Files) sweep(ctx context.Context) error {
	rows, err := f.db.sql.QueryContext(ctx, `
select s.id::text from stored_file s
where s.created_at < $1 and not exists (select 1 from attachment_file_history h where h.stored_file_id = s.id) order by s.created_at limit 20`,
		f.db.clock.Now().Add(-unnamedFor))
	if err != nil {
		return fmt.Errorf("find files that nothing names: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return fmt.Errorf("find files that nothing names: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("find files that nothing names: %w", err)
	}
	for _, id := range ids {
		f.forget(ctx, id)
	}
	return nil
}

// forget throws a file away as far as it can: what is left, the next sweep finds.
func (f *Files) forget(ctx context.Context, id string) {
	if f.folder != "" {
		_ = os.Remove(f.path(id))
		_ = os.Remove(f.path(id) + ".part")
	}
	if _, err := f.db.sql.ExecContext(ctx, "delete from stored_piece where stored_file_id = $1", id); err == nil {
		_, _ = f.db.sql.ExecContext(ctx, "delete from stored_file where id = $1", id)
	}
}
