-- Where a scope wants to be told of its events. due_at is when the next delivery is due, and while a node
-- delivers, when its lease ends; null when there is nothing to deliver.
create table webhooks (
  id         text primary key,
  scope_id   text not null references namespaces (id),
  url        text not null,
  secret     text not null,
  events     text not null,
  active     boolean not null,
  created_at timestamp not null,
  updated_at timestamp not null,
  due_at     timestamp
);
create index webhooks_scope on webhooks (scope_id);
create index webhooks_due on webhooks (due_at);

-- What is to be told and what was, for a while. Written in the transaction of the event itself.
create table webhook_deliveries (
  id              text primary key,
  webhook_id      text not null references webhooks (id) on delete cascade,
  event           text not null,
  payload         text not null,
  status          text not null check (status in ('pending', 'delivered', 'failed')),
  attempts        integer not null default 0,
  created_at      timestamp not null,
  next_attempt_at timestamp,
  last_attempt_at timestamp,
  response_status integer,
  failure         text
);
create index webhook_deliveries_pending on webhook_deliveries (webhook_id, next_attempt_at) where status = 'pending';
create index webhook_deliveries_listed on webhook_deliveries (webhook_id, created_at, id);
create index webhook_deliveries_time on webhook_deliveries (created_at);
