-- +goose Up

-- Goals and forums at stages and hand-overs of service chains.

create table goal_stage
(
    id       uuid not null constraint pk_goal_stage primary key,
    goal_id  uuid not null constraint fk_goal_stage_goal references goal (id),
    stage_id uuid not null constraint fk_goal_stage_stage references stage (id),
    constraint uniq_goal_stage unique (goal_id, stage_id)
);
create index ix_goal_stage_stage on goal_stage (stage_id);

create table goal_handover
(
    id          uuid not null constraint pk_goal_handover primary key,
    goal_id     uuid not null constraint fk_goal_handover_goal references goal (id),
    handover_id uuid not null constraint fk_goal_handover_handover references handover (id),
    constraint uniq_goal_handover unique (goal_id, handover_id)
);
create index ix_goal_handover_handover on goal_handover (handover_id);

create table forum_stage
(
    id       uuid not null constraint pk_forum_stage primary key,
    forum_id uuid not null constraint fk_forum_stage_forum references forum (id),
    stage_id uuid not null constraint fk_forum_stage_stage references stage (id),
    constraint uniq_forum_stage unique (forum_id, stage_id)
);
create index ix_forum_stage_stage on forum_stage (stage_id);

create table forum_handover
(
    id          uuid not null constraint pk_forum_handover primary key,
    forum_id    uuid not null constraint fk_forum_handover_forum references forum (id),
    handover_id uuid not null constraint fk_forum_handover_handover references handover (id),
    constraint uniq_forum_handover unique (forum_id, handover_id)
);
create index ix_forum_handover_handover on forum_handover (handover_id);

select keep_history(array ['goal_stage', 'goal_handover', 'forum_stage', 'forum_handover']);

-- Past reads go both ways.
create index ix_goal_stage_history_goal on goal_stage_history (goal_id, sys_from);
create index ix_goal_stage_history_stage on goal_stage_history (stage_id, sys_from);
create index ix_goal_handover_history_goal on goal_handover_history (goal_id, sys_from);
create index ix_goal_handover_history_handover on goal_handover_history (handover_id, sys_from);
create index ix_forum_stage_history_forum on forum_stage_history (forum_id, sys_from);
create index ix_forum_stage_history_stage on forum_stage_history (stage_id, sys_from);
create index ix_forum_handover_history_forum on forum_handover_history (forum_id, sys_from);
create index ix_forum_handover_history_handover on forum_handover_history (handover_id, sys_from);

select refresh_asof_views();
