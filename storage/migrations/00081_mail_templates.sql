-- +goose Up

-- What the mails of a kind say to the people of a party, where its administrators have
-- changed it: '' is the text that the product comes with.
create table mail_template
(
    id         uuid        not null constraint pk_mail_template primary key,
    party_id   uuid        not null constraint fk_mail_template_party references party (id),
    kind       text        not null,
    subject_fi text        not null,
    subject_sv text        not null,
    subject_en text        not null,
    intro_fi   text        not null,
    intro_sv   text        not null,
    intro_en   text        not null,
    closing_fi text        not null,
    closing_sv text        not null,
    closing_en text        not null,
    version    integer     not null,
    updated_at timestamptz not null,
    constraint uniq_mail_template_kind unique (party_id, kind)
);
select keep_history(array ['mail_template']);
select refresh_asof_views();
