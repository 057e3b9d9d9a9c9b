package meeting

import (
	"context"
	"io"

	"yhdyspinta/domain"
)

// Files takes in and hands out the bytes of attachments, wherever they are
// kept. It never holds a whole file in memory.
type Files interface {
	// Put reads a file of at most Limit bytes to its end and keeps it: too_large
	// if there is more. What no attachment names afterwards is thrown away by
	// itself.
	Put(ctx context.Context, r io.Reader) (StoredFile, error)
	// Open reads a file from its beginning: unavailable if it is not where it was
	// put.
	Open(ctx context.Context, id domain.StoredFileID) (io.ReadCloser, error)
	// Limit is the greatest size of a file, in bytes.
	Limit() int64
}

// Attach adds an attachment with its file to an item. The file is read only if
// the actor may add it, and before anything else waits.
func (s *Service) Attach(ctx context.Context, actor domain.Actor, item domain.AgendaItemID, name string, e AttachmentEdit, r io.Reader) (m Meeting, i AgendaItem, err error) {
	var id domain.AttachmentID
	id.SetNew(s.NewID)
	err = s.UoW.Read(ctx, func(st Stores) error {
		if i, err = st.Meetings.Item(actor.Scope(), item); err != nil {
			return err
		}
		if m, err = st.Meetings.Get(actor.Scope(), i.MeetingID); err != nil {
			return err
		}
		if err := actor.Check(domain.MeetingEdit, m.Resource()); err != nil {
			return err
		}
		_, err := m.Attach(id, i, e, m.UpdatedAt)
		return err
	})
	if err != nil {
		return m, i, err
	}
	stored, err := s.takeIn(ctx, name, r)
	if err != nil {
		return m, i, err
	}
	return s.updateItem(ctx, actor, item, domain.MeetingEdit, func(st Stores, log *domain.AuditLog, m Meeting, i AgendaItem) error {
		a, err := m.Attach(id, i, e, log.Now())
		if err != nil {
			return err
		}
		var file domain.AttachmentFileID
		file.SetNew(s.NewID)
		f, err := m.AddFile(&a, file, name, stored, actor.PostID, log.Now())
		if err != nil {
			return err
		}
		if err := st.Meetings.InsertAttachment(a); err != nil {
			return err
		}
		if err := st.Meetings.InsertFile(a.ID, f); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingEdit, domain.SubjectOf(domain.SubjectAttachment, id), a.Version,
			append(domain.Diff(Attachment{}, a), domain.Diff(File{}, f)...), domain.Under(subjectOf(m.ID)))
		return s.reopenPaper(st, log, actor, domain.MeetingEdit, m)
	})
}

func (s *Service) takeIn(ctx context.Context, name string, r io.Reader) (StoredFile, error) {
	if err := CheckFileName(FileName(name)); err != nil {
		return StoredFile{}, err
	}
	stored, err := s.Files.Put(ctx, r)
	if err != nil {
		return StoredFile{}, err
	}
	return stored, checkFile(FileName(name), stored)
}

// ReplaceFile gives version of an attachment another file; the old one stays
// readable.
func (s *Service) ReplaceFile(ctx context.Context, actor domain.Actor, id domain.AttachmentID, version int, name string, r io.Reader) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		a, m, err := s.attachment(st, actor, id)
		if err != nil {
			return err
		}
		if err := actor.Check(domain.MeetingEdit, m.Resource()); err != nil {
			return err
		}
		return m.attachable(a)
	})
	if err != nil {
		return m, i, err
	}
	stored, err := s.takeIn(ctx, name, r)
	if err != nil {
		return m, i, err
	}
	return s.updateAttachment(ctx, actor, id, version, "", func(st Stores, log *domain.AuditLog, m Meeting, _ AgendaItem, a *Attachment) ([]domain.Change, error) {
		var file domain.AttachmentFileID
		file.SetNew(s.NewID)
		was, _ := a.File(0)
		f, err := m.AddFile(a, file, name, stored, actor.PostID, log.Now())
		if err != nil {
			return nil, err
		}
		return domain.Diff(was, f), st.Meetings.InsertFile(id, f)
	})
}

// ChangeAttachment replaces what is said of version of an attachment.
func (s *Service) ChangeAttachment(ctx context.Context, actor domain.Actor, id domain.AttachmentID, version int, e AttachmentEdit) (Meeting, AgendaItem, error) {
	return s.updateAttachment(ctx, actor, id, version, "", func(_ Stores, log *domain.AuditLog, m Meeting, i AgendaItem, a *Attachment) ([]domain.Change, error) {
		return nil, m.ChangeAttachment(a, i, e, log.Now())
	})
}

// RemoveAttachment ends version of an attachment with a reason.
func (s *Service) RemoveAttachment(ctx context.Context, actor domain.Actor, id domain.AttachmentID, version int, reason string) (Meeting, AgendaItem, error) {
	return s.updateAttachment(ctx, actor, id, version, reason, func(_ Stores, log *domain.AuditLog, m Meeting, _ AgendaItem, a *Attachment) ([]domain.Change, error) {
		return nil, m.RemoveAttachment(a, reason, log.Now())
	})
}

func (s *Service) attachment(st Stores, actor domain.Actor, id domain.AttachmentID) (Attachment, Meeting, error) {
	a, err := st.Meetings.Attachment(actor.Scope(), id)
	if err != nil {
		return a, Meeting{}, err
	}
	i, err := st.Meetings.Item(actor.Scope(), a.ItemID)
	if err != nil {
		return a, Meeting{}, err
	}
	m, err := st.Meetings.Get(actor.Scope(), i.MeetingID)
	return a, m, err
}

func (s *Service) updateAttachment(ctx context.Context, actor domain.Actor, id domain.AttachmentID, version int, reason string,
	change func(Stores, *domain.AuditLog, Meeting, AgendaItem, *Attachment) ([]domain.Change, error)) (m Meeting, i AgendaItem, err error) {
	err = s.UoW.Write(ctx, func(st Stores, log *domain.AuditLog) error {
		old, err := st.Meetings.Attachment(actor.Scope(), id)
		if err != nil {
			return err
		}
		if m, i, err = s.lockedItem(st, actor, old.ItemID, domain.MeetingEdit); err != nil {
			return err
		}
		if old, err = st.Meetings.Attachment(actor.Scope(), id); err != nil { // as it is now that others wait
			return err
		}
		subject := domain.SubjectOf(domain.SubjectAttachment, id)
		if old.Version != version {
			return domain.Stale(subject, version, old)
		}
		a := old
		more, err := change(st, log, m, i, &a)
		if err != nil {
			return err
		}
		if a, err = st.Meetings.UpdateAttachment(a); err != nil {
			return err
		}
		log.Add(actor, domain.MeetingEdit, subject, a.Version, append(domain.Diff(old, a), more...), domain.Under(subjectOf(m.ID)), domain.Because(reason))
		if err := s.reopenPaper(st, log, actor, domain.MeetingEdit, m); err != nil {
			return err
		}
		i, err = st.Meetings.Item(actor.Scope(), old.ItemID)
		return err
	})
	return m, i, err
}

// Download opens one of an attachment's files, 0 the present one. The caller
// closes it.
func (s *Service) Download(ctx context.Context, actor domain.Actor, id domain.AttachmentID, no int) (f File, r io.ReadCloser, err error) {
	err = s.UoW.Read(ctx, func(st Stores) error {
		a, err := st.Meetings.Attachment(actor.Scope(), id)
		if err != nil {
			return err
		}
		found, ok := a.File(no)
		if !ok || a.RemovedAt != nil && !actor.IsStaff() {
			return domain.NotFound("attachment_file")
		}
		f = found
		return nil
	})
	if err != nil {
		return f, nil, err
	}
	r, err = s.Files.Open(ctx, f.StoredID)
	return f, r, err
}
