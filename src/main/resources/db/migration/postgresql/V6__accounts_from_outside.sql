-- An account that its source does not know any more is closed until it does; suspended is the administrators'.
-- source_said_at: what the source said before that is not applied.
alter table users add column closed_by_source boolean not null default false;
alter table users add column source_said_at timestamptz;

-- Who gave the place: a person, or a group of the source, which takes back only what it gave.
alter table team_members add column source text not null default 'local' check (source in ('local', 'external'));
