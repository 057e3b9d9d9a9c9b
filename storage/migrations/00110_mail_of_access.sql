-- +goose Up

-- People are told by mail of tokens in their name, and of roles and posts that others give
-- them or take from them (ADR 0081). Such a notice names the entry of the log that it
-- tells of; like the ids of the log it refers to nothing. A version that does not know
-- the kinds finds nobody to tell and removes the notice (ADR 0081).
alter table outbox
    alter column meeting_id drop not null,
    add column entry_id bigint, -- of the log
    drop constraint chk_outbox_kind,
    add constraint chk_outbox_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published', 'substitute_called', 'substitute_released', 'member_called', 'member_released', 'approver_named',
                                                   'token_made', 'access_given', 'access_taken')),
    add constraint chk_outbox_about check ((meeting_id is null) = (kind in ('token_made', 'access_given', 'access_taken')) and (entry_id is null) = (meeting_id is not null));
alter table mail
    add column entry_id bigint, -- of the log: what a mail of the last three kinds tells of
    drop constraint chk_mail_kind,
    add constraint chk_mail_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published', 'substitute_released', 'member_released', 'digest',
                                                 'token_made', 'access_given', 'access_taken')),
    drop constraint chk_mail_subject,
    add constraint chk_mail_subject check ((kind in ('digest', 'token_made', 'access_given', 'access_taken')) = (meeting_id is null)),
    drop constraint chk_mail_post,
    add constraint chk_mail_post check (kind in ('digest', 'token_made', 'access_given', 'access_taken') or post_id is not null),
    add constraint chk_mail_entry check ((entry_id is not null) = (kind in ('token_made', 'access_given', 'access_taken')));
