-- Where a scope wants to be told of its events. due_at is when the next delivery is due, and while a node
-- delivers, when its lease ends; null when there is nothing to deliver.
create table webhooks (
  id         uuid primary key,
  scope_id   uuid not null references namespaces (id),
  url        text not null,
  secret     text not null,
  events     text not null,
  active     boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  due_at     timestamptz
);
create index webhooks_scope on webhooks (scope_id);
create index webhooks_due on webhooks (due_at);

-- What is to be told and what was, for a while. Written in the transaction of the event itself.
create table webhook_deliveries (
  id              uuid primary key,
  webhook_id      uuid not null references webhooks (id) on delete cascade,
  event           text not null,
  payload         text not null,
  status          text not null check (status in ('pending', 'delivered', 'failed')),
  attempts        integer not null default 0,
  created_at      timestamptz not null,
  next_attempt_at timestamptz,
  last_attempt_at timestamptz,
  response_status integer,
  failure         text
);
create index webhook_deliveries_pending on webhook_deliveries (webhook_id, next_attempt_at) where status = 'pending';
create index webhook_deliveries_listed on webhook_deliveries (webhook_id, created_at, id);
create index webhook_deliveries_time on webhook_deliveries (created_at);
