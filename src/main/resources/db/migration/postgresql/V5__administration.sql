-- A text, as in the other database: EclipseLink reads no UUID from a column that may be null.
alter table audit_events alter column actor_id type text using actor_id::text;

-- Nobody changes or removes an event; an address alone can be forgotten, when its owner's account is erased.
create function audit_events_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events is append-only';
end
$$;
create trigger audit_events_no_update before update on audit_events for each row
  when (not (new.address is null
    and (new.id, new.happened_at, new.action, new.outcome, new.actor_id, new.actor, new.target, new.detail,
         new.request_id)
      is not distinct from
        (old.id, old.happened_at, old.action, old.outcome, old.actor_id, old.actor, old.target, old.detail,
         old.request_id)))
  execute function audit_events_append_only();
create trigger audit_events_no_delete before delete on audit_events for each row
  execute function audit_events_append_only();
create trigger audit_events_no_truncate before truncate on audit_events for each statement
  execute function audit_events_append_only();
create index audit_events_target on audit_events (target, happened_at, id);

-- An erased account keeps its row: the username stays the scope of what it published.
alter table users add column erased_at timestamptz;
create index users_by_role on users (role, username);
create index users_suspended on users (username) where suspended;
create index namespaces_by_use on namespaces (used_bytes desc, name);
create index downloads_by_user on downloads (downloaded_by)
  where downloaded_by <> '00000000-0000-0000-0000-000000000000';

-- One code at a time for an account, by its SHA-256 in hexadecimal digits.
create table password_resets (
  user_id    uuid primary key references users (id) on delete cascade,
  code_hash  text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- Rows to take before a rule that spans many rows is checked.
create table locks (
  name text primary key
);
insert into locks (name) values ('administrators');
