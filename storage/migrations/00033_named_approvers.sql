-- +goose Up

-- Who approves a meeting's paper because of what happened in it: an acting chair,
-- or an inspector who is no participant under that post. A version that does not
-- know the table asks the forum's chair and the inspectors among the participants.
create table named_approver
(
    id         uuid not null constraint pk_named_approver primary key,
    meeting_id uuid not null constraint fk_named_approver_meeting references meeting (id),
    role       text not null constraint chk_named_approver_role check (role in ('chair', 'inspector')),
    party_id   uuid not null constraint fk_named_approver_party references party (id),
    post_id    uuid not null constraint fk_named_approver_post references post (id),
    constraint uniq_named_approver_post unique (meeting_id, post_id)
);
create unique index uniq_named_approver_chair on named_approver (meeting_id) where role = 'chair';
create unique index uniq_named_approver_inspector on named_approver (meeting_id, party_id) where role = 'inspector';
create index ix_named_approver_party on named_approver (party_id);
create index ix_named_approver_post on named_approver (post_id);

select keep_history(array ['named_approver']);
create index ix_named_approver_history_meeting on named_approver_history (meeting_id, sys_from);

-- Who has left the forum is taken off: whoever watches the meeting is told.
drop trigger told on participant;
create trigger told after insert or update or delete on participant for each row execute function meeting_told();

-- The call of who became a member after the others were called, and the request
-- for an approval of who was named after the closure, go to one post each. A
-- version that does not know a kind makes no mail of it: the row waits for one
-- that does.
alter table outbox
    drop constraint chk_outbox_kind,
    add constraint chk_outbox_kind check (kind in ('meeting_called', 'meeting_changed', 'meeting_cancelled', 'approval_asked', 'meeting_published', 'substitute_called', 'substitute_released', 'member_called', 'approver_named')),
    drop constraint chk_outbox_post,
    add constraint chk_outbox_post check ((kind in ('substitute_called', 'substitute_released', 'member_called', 'approver_named')) = (post_id is not null));

select refresh_asof_views();
