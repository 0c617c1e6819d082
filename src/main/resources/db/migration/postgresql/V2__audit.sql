-- What happened. No code changes or removes a row; an actor's row may be gone, so there is no reference to it.
create table audit_events (
  id          uuid primary key,
  happened_at timestamptz not null,
  action      text not null,
  outcome     text not null check (outcome in ('success', 'failure', 'denied')),
  actor_id    uuid,
  actor       text,
  target      text not null,
  detail      text,
  address     text,
  request_id  text
);
create index audit_events_time on audit_events (happened_at, id);
create index audit_events_actor on audit_events (actor, happened_at, id);
create index audit_events_action on audit_events (action, happened_at, id);
