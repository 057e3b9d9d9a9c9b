-- +goose Up

-- Who was called as a member and is taken off the meeting is told so, as a
-- substitute is. A version that does not know the kind makes no mail of it: the
-- row waits for one that does.
alter table outbox
    drop constraint chk_outbox_kind,
    add constraint chk_outbox_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published', 'substitute_called', 'substitute_released', 'member_called', 'member_released', 'approver_named')),
    drop constraint chk_outbox_post,
    add constraint chk_outbox_post check ((kind in ('substitute_called', 'substitute_released', 'member_called', 'member_released', 'approver_named')) = (post_id is not null));
alter table mail
    drop constraint chk_mail_kind,
    add constraint chk_mail_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published', 'substitute_released', 'member_released'));
