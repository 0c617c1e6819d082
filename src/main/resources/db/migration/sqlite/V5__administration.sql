-- Nobody changes or removes an event; an address alone can be forgotten, when its owner's account is erased.
create trigger audit_events_no_update before update on audit_events
when not (new.address is null
  and new.id is old.id and new.happened_at is old.happened_at and new.action is old.action
  and new.outcome is old.outcome and new.actor_id is old.actor_id and new.actor is old.actor
  and new.target is old.target and new.detail is old.detail and new.request_id is old.request_id)
begin
  select raise(abort, 'audit_events is append-only');
end;
create trigger audit_events_no_delete before delete on audit_events
begin
  select raise(abort, 'audit_events is append-only');
end;
create index audit_events_target on audit_events (target, happened_at, id);

-- An erased account keeps its row: the username stays the scope of what it published.
alter table users add column erased_at timestamp;
create index users_by_role on users (role, username);
create index users_suspended on users (username) where suspended;
create index namespaces_by_use on namespaces (used_bytes desc, name);
create index downloads_by_user on downloads (downloaded_by)
  where downloaded_by <> '00000000-0000-0000-0000-000000000000';

-- One code at a time for an account, by its SHA-256 in hexadecimal digits.
create table password_resets (
  user_id    text primary key references users (id) on delete cascade,
  code_hash  text not null unique,
  created_at timestamp not null,
  expires_at timestamp not null
);

-- Rows to take before a rule that spans many rows is checked.
create table locks (
  name text primary key
);
insert into locks (name) values ('administrators');
